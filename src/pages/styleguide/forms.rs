//! Fields in every state, boxes to tick, and the buttons that send.

use leptos::prelude::*;

use super::{Example, Part, samples};
use crate::{
    components::{Check, CheckFault, Faults, NewPasswordFields, PasswordField, StrengthMeter, SubmitButton, TextField},
    model::{
        Problem,
        input::{PasswordPolicy, PasswordStrength},
        text::{auth, styleguide as text},
    },
};

#[component]
pub fn Forms() -> impl IntoView {
    let fine: Signal<Option<Problem>> = Signal::derive(|| None);
    let faulty: Signal<Option<Problem>> = Signal::derive(|| Some(samples::problem()));
    view! {
        <Part id="forms" name="Forms">
            <div class="guide__columns">
                <Example name="Field">
                    <TextField name="guide_plain" label=auth::user_id() autocomplete="off" problem=fine/>
                </Example>
                <Example name="Field with help and a value">
                    <TextField name="guide_help" label=auth::name() autocomplete="off" help=auth::name_help() value=text::LONG_NAME problem=fine/>
                </Example>
                <Example name="Field with a fault">
                    <TextField name=samples::FAULTY label=auth::user_id() autocomplete="off" help=auth::user_id_help() value="hong_gd" problem=faulty/>
                </Example>
                <Example name="Password, hidden">
                    <PasswordField name="guide_hidden" label=auth::password() autocomplete="off" problem=fine/>
                </Example>
                <Example name="Password, shown">
                    <PasswordField name="guide_shown" label=auth::password() autocomplete="off" problem=fine shown=RwSignal::new(true)/>
                </Example>
                <Example name="New password: type to see the meter">
                    <NewPasswordFields
                        name="guide_new"
                        label=auth::password()
                        confirm="guide_new_confirm"
                        confirm_label=auth::password_confirm()
                        policy=PasswordPolicy::default()
                        problem=fine
                    />
                </Example>
                <Meters/>
                <Boxes/>
            </div>
            <Example name="The button that sends: idle, busy, dangerous, dangerous and busy">
                <div class="guide__columns">
                    <SubmitButton label=auth::login() pending=false/>
                    <SubmitButton label=auth::login() pending=true/>
                    <SubmitButton label=auth::logout() pending=false dangerous=true/>
                    <SubmitButton label=auth::logout() pending=true dangerous=true/>
                </div>
            </Example>
        </Part>
    }
}

#[component]
fn Meters() -> impl IntoView {
    let meters = (0..=PasswordStrength::MAX_SCORE).map(|score| {
        let strength = RwSignal::new(Some(samples::strength(score)));
        view! { <StrengthMeter strength/> }
    });
    view! { <Example name="Strength, from 0 to 4">{meters.collect_view()}</Example> }
}

#[component]
fn Boxes() -> impl IntoView {
    let faults = Faults {
        problem: Signal::derive(|| Some(samples::problem())),
        fields: &[samples::FAULTY],
        shared: &[],
        id: "guide-consent-error",
    };
    view! {
        <Example name="Boxes to tick: not, ticked, with a text to read, faulty">
            <fieldset class="consents">
                <legend>{auth::consents()}</legend>
                <Check name="guide_off" label=auth::remember_me()/>
                <Check name="guide_on" label=auth::remember_me() checked=true/>
                <Check name="guide_read" label=auth::agree_terms()/>
                <Check name="guide_fault" label=auth::agree_privacy() faults/>
                <CheckFault faults/>
            </fieldset>
        </Example>
    }
}
