//! Signing up, signing in, and who is signed in.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::model::{FormOutcome, Problem, User, input};

/// The fields of `/signup`. Missing ones count as empty, so that all faults come at once.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SignUpForm {
    pub user_id: String,
    pub email: String,
    pub name: String,
    pub password: String,
    pub password_confirm: String,
    pub agree_terms: Option<String>,
    pub agree_privacy: Option<String>,
    pub agree_marketing: Option<String>,
}

/// The fields of `/login`.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    pub user_id: String,
    pub password: String,
    pub remember_me: Option<String>,
    /// Where to go afterwards.
    pub next: String,
}

/// Forms hold passwords: they do not print themselves.
impl std::fmt::Debug for SignUpForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignUpForm(***)")
    }
}

impl std::fmt::Debug for SignInForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignInForm(***)")
    }
}

/// Who is signed in; `None` for a visitor.
#[server(prefix = "/_fn", endpoint = "current-user")]
pub async fn current_user() -> Result<Option<User>, Problem> {
    Ok(super::request::identity().map(|identity| identity.user))
}

/// What a new password must be.
#[server(prefix = "/_fn", endpoint = "password-policy")]
pub async fn password_policy() -> Result<input::PasswordPolicy, Problem> {
    let app = super::request::app().map_err(|error| super::request::fail(&error))?;
    Ok(app.auth.password_policy().clone())
}

/// Makes an account.
#[server(prefix = "/_fn", endpoint = "sign-up")]
pub async fn sign_up(#[server(flatten)] form: SignUpForm) -> Result<FormOutcome, Problem> {
    super::request::outcome(submit::sign_up_here(form).await)
}

/// Signs this browser in.
#[server(prefix = "/_fn", endpoint = "sign-in")]
pub async fn sign_in(#[server(flatten)] form: SignInForm) -> Result<FormOutcome, Problem> {
    super::request::outcome(submit::sign_in_here(form).await)
}

/// What both ways of submitting a form do: the server function and the plain post of the page.
#[cfg(feature = "ssr")]
pub mod submit {
    use tower_cookies::Cookies;

    use super::{SignInForm, SignUpForm};
    use crate::{
        model::navigation,
        server::{
            auth::{Client, Identity, SignIn, SignUp},
            cookies,
            error::Error,
            state::AppState,
        },
    };

    /// Gives the page to go to.
    pub async fn sign_up(app: &AppState, client: &Client, form: SignUpForm) -> Result<String, Error> {
        let input = SignUp {
            user_id: form.user_id,
            email: form.email,
            name: form.name,
            password: form.password,
            password_confirm: form.password_confirm,
            agree_terms: form.agree_terms.is_some(),
            agree_privacy: form.agree_privacy.is_some(),
            agree_marketing: form.agree_marketing.is_some(),
        };
        app.auth.sign_up(&input, client).await?;
        Ok(format!("{}?welcome=1", navigation::LOGIN))
    }

    /// Sets the cookies and gives the page to go to. `before` is who the browser was signed in as.
    pub async fn sign_in(
        app: &AppState,
        client: &Client,
        jar: &Cookies,
        before: Option<Identity>,
        form: SignInForm,
    ) -> Result<String, Error> {
        let input = SignIn {
            user_id: form.user_id,
            password: form.password,
            remember_me: form.remember_me.is_some(),
        };
        let signed_in = app.auth.sign_in(&input, client).await?;
        // The browser forgets its old tokens: nobody could sign that session out any more.
        if let Some(before) = before {
            app.auth.sign_out_session(before.session_id).await?;
        }
        cookies::set(jar, &app.config, &signed_in, app.clock.now());
        if let Some(device) = &signed_in.device {
            cookies::set_device(jar, &app.config, device);
        }
        Ok(navigation::same_site(&form.next).unwrap_or(navigation::HOME).to_owned())
    }

    pub(super) async fn sign_up_here(form: SignUpForm) -> Result<String, Error> {
        use crate::functions::request::{app, client};
        sign_up(&app()?, &client()?, form).await
    }

    pub(super) async fn sign_in_here(form: SignInForm) -> Result<String, Error> {
        use crate::functions::request::{app, client, cookies, identity};
        sign_in(&app()?, &client()?, &cookies()?, identity(), form).await
    }
}
