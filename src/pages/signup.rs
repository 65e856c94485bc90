use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use crate::{
    components::{
        Check, CheckFault, Faults, NewPasswordFields, PostForm, SubmitButton, TextField, consent_summary, form_problem,
        rejected_form,
    },
    functions::{
        auth::{SignUp, password_policy},
        legal::consent_summaries,
    },
    model::{
        RejectedForm,
        input::PasswordPolicy,
        legal::{ConsentKind, ShownSummary},
        text,
    },
};

/// `/signup`
#[component]
pub fn Signup() -> impl IntoView {
    let rejected = rejected_form();
    // The operator's policy, in words beside the field.
    let policy = Resource::new_blocking(|| (), |()| password_policy());
    let summaries = Resource::new_blocking(|| (), |()| consent_summaries());
    view! {
        <Title text=text::auth::signup()/>
        <main id="main" tabindex="-1" class="page page--narrow">
            <section class="card card--form">
                <h1>{text::auth::signup()}</h1>
                <p class="lead">{text::auth::signup_lead()}</p>
                <Suspense>
                    {move || {
                        let rejected = rejected.clone();
                        Suspend::new(async move {
                            let policy = policy.await.unwrap_or_default();
                            let summaries = summaries.await.unwrap_or_default();
                            view! { <SignupForm policy summaries rejected/> }
                        })
                    }}
                </Suspense>
                <p class="form__alt">
                    {text::auth::have_account()} " " <A href="/login">{text::auth::login()}</A>
                </p>
            </section>
        </main>
    }
}

#[component]
fn SignupForm(policy: PasswordPolicy, summaries: Vec<ShownSummary>, rejected: Option<RejectedForm>) -> impl IntoView {
    let action = ServerAction::<SignUp>::new();
    let problem = form_problem(action, rejected.as_ref());
    let sent = move |field| {
        let value = rejected.as_ref().and_then(|form| form.value(field));
        value.map(str::to_owned)
    };
    let [terms, privacy, marketing] = ConsentKind::ALL.map(|kind| consent_summary(kind, &summaries));
    // Both boxes may be missing, or one.
    let faults = move |fields: &'static [&'static str], shared: &'static [&'static str]| Faults {
        problem,
        fields,
        shared,
        id: "agree-error",
    };
    view! {
        <PostForm action path="/signup" problem>
            <TextField
                name="user_id"
                label=text::auth::user_id()
                autocomplete="username"
                help=text::auth::user_id_help()
                value=sent("user_id").unwrap_or_default()
                problem
            />
            <TextField
                name="email"
                label=text::auth::email()
                kind="email"
                autocomplete="email"
                help=text::auth::email_help()
                value=sent("email").unwrap_or_default()
                problem
            />
            <TextField
                name="name"
                label=text::auth::name()
                autocomplete="name"
                help=text::auth::name_help()
                value=sent("name").unwrap_or_default()
                problem
            />
            <NewPasswordFields
                name="password"
                label=text::auth::password()
                confirm="password_confirm"
                confirm_label=text::auth::password_confirm()
                policy
                problem
            />
            <fieldset class="consents">
                <legend>{text::auth::consents()}</legend>
                <Check name="agree_terms" label=text::auth::agree_terms() checked=sent("agree_terms").is_some()
                    faults=faults(&["agree", "agree_terms"], &[])/>
                {terms}
                <Check name="agree_privacy" label=text::auth::agree_privacy() checked=sent("agree_privacy").is_some()
                    faults=faults(&["agree_privacy"], &["agree"])/>
                {privacy}
                <Check name="agree_marketing" label=text::auth::agree_marketing() checked=sent("agree_marketing").is_some()/>
                {marketing}
                <CheckFault faults=faults(&["agree", "agree_terms", "agree_privacy"], &[])/>
            </fieldset>
            <SubmitButton label=text::auth::signup() pending=action.pending()/>
        </PostForm>
    }
}
