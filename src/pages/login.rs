use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::A, hooks::use_query_map};

use crate::{
    components::{Check, PasswordField, PostForm, SubmitButton, TextField, form_problem, rejected_form},
    functions::auth::SignIn,
    model::{navigation, text},
};

/// Whether the one who is sent here had been signed in; the same in the browser.
fn has_ended() -> bool {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return crate::functions::session_has_ended();
        #[cfg(not(feature = "ssr"))]
        false
    })
    .into_inner()
}

/// `/login`
#[component]
pub fn Login() -> impl IntoView {
    let action = ServerAction::<SignIn>::new();
    let rejected = rejected_form();
    let problem = form_problem(action, rejected.as_ref());
    let query = use_query_map().get_untracked();
    let is_rejected = rejected.is_some();
    let sent = move |field| rejected.as_ref().and_then(|form| form.value(field).map(str::to_owned));
    let next = sent("next").or_else(|| query.get("next")).unwrap_or_default();
    let notice = if query.get("welcome").is_some() {
        Some(text::auth::signed_up())
    } else if query.get("deleted").is_some() {
        Some(text::account::deleted())
    } else if navigation::same_site(&next).is_some() && !is_rejected {
        Some(if has_ended() {
            text::auth::session_ended()
        } else {
            text::auth::login_required()
        })
    } else {
        None
    };
    view! {
        <Title text=text::auth::login()/>
        <main id="main" tabindex="-1" class="page page--narrow">
            <section class="card card--form">
                <h1>{text::auth::login()}</h1>
                <p class="lead">{text::auth::login_lead()}</p>
                {notice.map(|notice| view! { <div class="notice" role="status">{notice}</div> })}
                <PostForm action path="/login" problem>
                    <input type="hidden" name="next" value=next/>
                    <TextField
                        name="user_id"
                        label=text::auth::user_id()
                        autocomplete="username"
                        value=sent("user_id").unwrap_or_default()
                        problem
                    />
                    <PasswordField
                        name="password"
                        label=text::auth::password()
                        autocomplete="current-password"
                        problem
                    />
                    <Check name="remember_me" label=text::auth::remember_me() checked=sent("remember_me").is_some()/>
                    <SubmitButton label=text::auth::login() pending=action.pending()/>
                </PostForm>
                <p class="form__alt">
                    {text::auth::no_account()} " " <A href="/signup">{text::auth::signup()}</A>
                </p>
            </section>
        </main>
    }
}
