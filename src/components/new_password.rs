//! A new password: the field with a meter and a generator beside it, and the field to repeat it.
//! Both need the server, and so JavaScript; without it they are not there, and the browser's own
//! generator knows by `new-password` what to do.

use std::time::Duration;

use leptos::{html, prelude::*, task::spawn_local, web_sys::HtmlInputElement};

use super::{
    PasswordField,
    dom::{alive, find_in},
};
use crate::{
    functions::password::{PasswordOwner, TypedPassword, generate_password, password_strength},
    model::{
        Problem,
        input::{PasswordPolicy, PasswordStrength},
        text,
    },
};

/// How long nothing must have been typed until the server is asked: nobody wants to hear of each
/// key.
const PAUSE: Duration = Duration::from_millis(400);
/// No password is longer, in bytes, and the server need not be asked about it.
const MAX_BYTES: usize = 4096;

/// A new password and its repetition.
#[component]
pub fn NewPasswordFields(
    name: &'static str,
    label: &'static str,
    /// The second field's name.
    confirm: &'static str,
    confirm_label: &'static str,
    policy: PasswordPolicy,
    #[prop(into)] problem: Signal<Option<Problem>>,
    /// Whose password it is; without it, who the fields `user_id`, `email` and `name` of the same
    /// form are about.
    #[prop(optional)]
    owner: Option<PasswordOwner>,
) -> impl IntoView {
    let (first, second) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let (first_shown, second_shown) = (RwSignal::new(false), RwSignal::new(false));
    let strength = RwSignal::new(None::<PasswordStrength>);
    let notice = RwSignal::new(None::<&'static str>);
    // Counts what was typed: an answer to anything but the latest is out of date.
    let latest = StoredValue::new(0_u64);
    let owner = StoredValue::new(owner);
    let owner = move || {
        let known = owner.try_get_value().flatten();
        known.or_else(|| first.try_get_untracked().flatten().map(|input| owner_in_form(&input)))
    };

    let measure = move |password| measure_after_a_pause(password, owner, latest, strength);
    // A form that came back has lost its passwords.
    Effect::new(move |_| {
        if problem.with(Option::is_some) {
            measure(String::new());
            notice.set(None);
        }
    });

    let pending = RwSignal::new(false);
    let generate = move |_| {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let made = generate_password(owner().unwrap_or_default()).await;
            if pending.try_set(false).is_some() {
                return;
            }
            let Ok(password) = made else {
                notice.set(Some(text::auth::not_generated()));
                return;
            };
            for (input, shown) in [(first, first_shown), (second, second_shown)] {
                if let Some(input) = input.get_untracked() {
                    input.set_value(&password);
                }
                shown.set(true);
            }
            notice.set(Some(text::auth::generated()));
            measure(password);
        });
    };
    let alive = alive();

    view! {
        <PasswordField
            name
            label
            autocomplete="new-password"
            help=policy.help()
            problem
            shown=first_shown
            input=first
            typed=move |password: String| {
                notice.set(None);
                measure(password);
            }
        >
            <StrengthMeter strength/>
            <div class="generate" hidden=move || !alive.get()>
                <button
                    type="button"
                    class="button generate__button"
                    aria-busy=move || pending.get().then_some("true")
                    on:click=generate
                >
                    {text::auth::generate()}
                </button>
                <p class="generate__notice" role="status">{move || notice.get()}</p>
            </div>
        </PasswordField>
        <PasswordField
            name=confirm
            label=confirm_label
            autocomplete="new-password"
            problem
            shown=second_shown
            input=second
        />
    }
}

/// Asks how good the password is, unless something else is typed meanwhile.
fn measure_after_a_pause(
    password: String,
    owner: impl Fn() -> Option<PasswordOwner> + 'static,
    latest: StoredValue<u64>,
    strength: RwSignal<Option<PasswordStrength>>,
) {
    let this = latest.try_update_value(|count| {
        *count += 1;
        *count
    });
    let is_latest = move || latest.try_get_value() == this;
    if password.is_empty() || password.len() > MAX_BYTES {
        strength.set(None);
        return;
    }
    set_timeout(
        move || {
            if !is_latest() {
                return;
            }
            let typed = TypedPassword::new(password, owner().unwrap_or_default());
            spawn_local(async move {
                let answer = password_strength(typed).await;
                if is_latest() {
                    // Without an answer nothing is said: the form works as well.
                    strength.try_set(answer.ok());
                }
            });
        },
        PAUSE,
    );
}

/// The strength as a bar and in words. The words are announced when they change, which is after a
/// pause in typing.
#[component]
pub fn StrengthMeter(strength: RwSignal<Option<PasswordStrength>>) -> impl IntoView {
    // Nothing is measured yet: what will be seen has its place, so that nothing moves below a finger.
    let known = move |part: fn(&PasswordStrength) -> String| move || strength.with(|known| known.as_ref().map(part));
    view! {
        <div class="strength">
            <div
                class="strength__bar"
                role=known(|_| "meter".to_owned())
                aria-label=known(|_| text::auth::strength_label().to_owned())
                aria-valuemin=known(|_| "0".to_owned())
                aria-valuemax=known(|_| PasswordStrength::MAX_SCORE.to_string())
                aria-valuenow=known(|strength| strength.score.to_string())
                aria-valuetext=known(|strength| strength.word().to_owned())
            >
                <span></span><span></span><span></span><span></span>
            </div>
            <p class="strength__text" aria-live="polite">
                {move || strength.with(|strength| strength.as_ref().map(PasswordStrength::sentence))}
            </p>
        </div>
    }
}

/// What the other fields of the form say about its user.
fn owner_in_form(input: &HtmlInputElement) -> PasswordOwner {
    let value_of = |name| other_value(input, name).unwrap_or_default();
    PasswordOwner {
        user_id: value_of("user_id"),
        email: value_of("email"),
        name: value_of("name"),
    }
}

fn other_value(input: &HtmlInputElement, name: &str) -> Option<String> {
    let form = input.closest("form").ok().flatten()?;
    find_in(&form, &format!("input[name={name}]")).map(|other: HtmlInputElement| other.value())
}
