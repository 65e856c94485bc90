use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use crate::{
    components::{
        Check, ConsentSummary, NewPasswordFields, PostForm, SubmitButton, TextField, form_problem, rejected_form,
    },
    functions::{
        auth::{SignUp, password_policy},
        legal::legal_facts,
    },
    model::{
        RejectedForm,
        input::PasswordPolicy,
        legal::{ConsentKind, Facts},
        text,
    },
};

/// `/signup`
#[component]
pub fn Signup() -> impl IntoView {
    let rejected = rejected_form();
    // The operator's policy, in words beside the field.
    let policy = Resource::new_blocking(|| (), |()| password_policy());
    let facts = Resource::new_blocking(|| (), |()| legal_facts());
    view! {
        <Title text=text::auth::SIGNUP/>
        <main id="main" tabindex="-1" class="page page--narrow">
            <section class="card card--form">
                <h1>{text::auth::SIGNUP}</h1>
                <p class="lead">{text::auth::SIGNUP_LEAD}</p>
                <Suspense>
                    {move || {
                        let rejected = rejected.clone();
                        Suspend::new(async move {
                            let (policy, facts) = (policy.await.unwrap_or_default(), facts.await.ok());
                            view! { <SignupForm policy facts rejected/> }
                        })
                    }}
                </Suspense>
                <p class="form__alt">
                    {text::auth::HAVE_ACCOUNT} " " <A href="/login">{text::auth::LOGIN}</A>
                </p>
            </section>
        </main>
    }
}

#[component]
fn SignupForm(policy: PasswordPolicy, facts: Option<Facts>, rejected: Option<RejectedForm>) -> impl IntoView {
    let action = ServerAction::<SignUp>::new();
    let problem = form_problem(action, rejected.as_ref());
    let sent = move |field| {
        let value = rejected.as_ref().and_then(|form| form.value(field));
        value.map(str::to_owned)
    };
    let summary = |kind: ConsentKind| {
        let facts = facts.clone()?;
        Some(view! { <ConsentSummary document=kind.document() facts/> })
    };
    let [terms, privacy, marketing] = ConsentKind::ALL.map(summary);
    view! {
        <PostForm action path="/signup" problem>
            <TextField
                name="user_id"
                label=text::auth::USER_ID
                autocomplete="username"
                help=text::auth::USER_ID_HELP
                value=sent("user_id").unwrap_or_default()
                problem
            />
            <TextField
                name="email"
                label=text::auth::EMAIL
                kind="email"
                autocomplete="email"
                help=text::auth::EMAIL_HELP
                value=sent("email").unwrap_or_default()
                problem
            />
            <TextField
                name="name"
                label=text::auth::NAME
                autocomplete="name"
                help=text::auth::NAME_HELP
                value=sent("name").unwrap_or_default()
                problem
            />
            <NewPasswordFields
                name="password"
                label=text::auth::PASSWORD
                confirm="password_confirm"
                confirm_label=text::auth::PASSWORD_CONFIRM
                policy
                problem
            />
            <fieldset class="consents">
                <legend>{text::auth::CONSENTS}</legend>
                <Check name="agree_terms" label=text::auth::AGREE_TERMS checked=sent("agree_terms").is_some()
                    fault=(problem, "agree")/>
                {terms}
                <Check name="agree_privacy" label=text::auth::AGREE_PRIVACY checked=sent("agree_privacy").is_some()/>
                {privacy}
                <Check name="agree_marketing" label=text::auth::AGREE_MARKETING checked=sent("agree_marketing").is_some()/>
                {marketing}
                {move || {
                    let fault = problem.get()?.messages_for("agree").next()?.to_owned();
                    Some(view! { <p class="field__error" id="agree-error" role="alert">{fault}</p> })
                }}
            </fieldset>
            <SubmitButton label=text::auth::SIGNUP pending=action.pending()/>
        </PostForm>
    }
}
