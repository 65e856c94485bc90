//! One's own account: devices, login history, name, password, deletion.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::legal::{ConsentAction, SeenVersions};
use crate::model::{
    FormOutcome, Problem,
    account::{DevicesPage, HistoryPage},
};

/// What is posted to `/account`: another name, or, with a button about consents, what was shown.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountForm {
    #[serde(flatten)]
    pub name: NameForm,
    pub consent: Option<ConsentAction>,
    #[serde(flatten)]
    pub seen: SeenVersions,
}

/// The field of `/account`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NameForm {
    pub name: String,
}

/// The fields of `/account/password`.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    pub current_password: String,
    pub new_password: String,
    pub new_password_confirm: String,
}

/// The fields of `/account/delete`.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DeleteForm {
    pub current_password: String,
    pub confirm: Option<String>,
}

/// The button that was pressed on `/account/devices`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DeviceForm {
    /// The device's number, or `others`.
    pub device: String,
}

/// Forms hold passwords: they do not print themselves.
impl std::fmt::Debug for PasswordForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordForm(***)")
    }
}

impl std::fmt::Debug for DeleteForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DeleteForm(***)")
    }
}

/// The devices that the user is signed in on.
#[server(prefix = "/_fn", endpoint = "devices")]
pub async fn devices() -> Result<DevicesPage, Problem> {
    read::devices().await.map_err(|error| super::request::fail(&error))
}

/// The attempts to sign in from before the one of that id: a page of them.
#[server(prefix = "/_fn", endpoint = "login-history")]
pub async fn login_history(before: Option<i64>) -> Result<HistoryPage, Problem> {
    read::login_history(before)
        .await
        .map_err(|error| super::request::fail(&error))
}

/// Gives the user another name.
#[server(prefix = "/_fn", endpoint = "change-name")]
pub async fn change_name(#[server(flatten)] form: NameForm) -> Result<FormOutcome, Problem> {
    super::request::outcome(submit::change_name_here(form).await)
}

/// Changes the password and signs the user's other devices out.
#[server(prefix = "/_fn", endpoint = "change-password")]
pub async fn change_password(#[server(flatten)] form: PasswordForm) -> Result<FormOutcome, Problem> {
    super::request::outcome(submit::change_password_here(form).await)
}

/// Deletes the account.
#[server(prefix = "/_fn", endpoint = "delete-account")]
pub async fn delete_account(#[server(flatten)] form: DeleteForm) -> Result<FormOutcome, Problem> {
    super::request::outcome(submit::delete_account_here(form).await)
}

/// What the pages show. Addresses leave the server coarse.
#[cfg(feature = "ssr")]
mod read {
    use crate::{
        functions::request::{app, identity},
        model::{
            account::{DevicesPage, HistoryPage},
            address,
        },
        server::error::Error,
    };

    /// Attempts on a page.
    const PAGE_SIZE: u32 = 20;

    pub async fn devices() -> Result<DevicesPage, Error> {
        let identity = identity().ok_or(Error::MissingToken)?;
        let app = app()?;
        let mut sessions = app.auth.sessions(&identity).await?;
        for session in &mut sessions {
            session.ip_address = address::coarse(&session.ip_address);
        }
        let thefts = app.auth.thefts(&identity).await?;
        Ok(DevicesPage { sessions, thefts })
    }

    pub async fn login_history(before: Option<i64>) -> Result<HistoryPage, Error> {
        let identity = identity().ok_or(Error::MissingToken)?;
        let app = app()?;
        let mut history = app.auth.login_history(&identity, before, PAGE_SIZE).await?;
        for attempt in &mut history.items {
            attempt.ip_address = address::coarse(&attempt.ip_address);
        }
        let newer = app.auth.newer_history(&identity, before, PAGE_SIZE).await?;
        Ok(HistoryPage { history, newer })
    }
}

/// What both ways of submitting a form do: the server function and the plain post of the page.
/// Each gives the page to go to.
#[cfg(feature = "ssr")]
pub mod submit {
    use tower_cookies::Cookies;

    use super::{DeleteForm, DeviceForm, NameForm, PasswordForm};
    use crate::{
        functions::request,
        model::{FieldError, input::whole_number, navigation, text},
        server::{
            auth::{ChangePassword, Client, Identity},
            cookies,
            error::Error,
            state::AppState,
        },
    };

    pub async fn change_name(app: &AppState, identity: &Identity, form: NameForm) -> Result<String, Error> {
        app.auth.change_name(identity, &form.name).await?;
        Ok(format!("{}?saved=1", navigation::ACCOUNT))
    }

    pub async fn change_password(
        app: &AppState,
        client: &Client,
        identity: &Identity,
        form: PasswordForm,
    ) -> Result<String, Error> {
        let input = ChangePassword {
            current_password: form.current_password,
            new_password: form.new_password,
            new_password_confirm: form.new_password_confirm,
        };
        app.auth.change_password(identity, &input, client).await?;
        Ok(format!("{}?changed=1", navigation::ACCOUNT_PASSWORD))
    }

    /// Clears the cookies, too.
    pub async fn delete_account(
        app: &AppState,
        client: &Client,
        jar: &Cookies,
        identity: &Identity,
        form: DeleteForm,
    ) -> Result<String, Error> {
        const PASSWORD: &str = "current_password";
        if form.confirm.is_none() {
            let mut faults = Vec::new();
            if form.current_password.is_empty() {
                faults.push(FieldError::new(PASSWORD, text::auth::password_missing()));
            }
            faults.push(FieldError::new("confirm", text::account::delete_confirm_missing()));
            return Err(Error::InvalidInput(faults));
        }
        app.auth
            .delete_account(identity, PASSWORD, &form.current_password, client)
            .await?;
        cookies::clear(jar, &app.config);
        Ok(format!("{}?deleted=1", navigation::LOGIN))
    }

    /// Clears the cookies when it is this device that is signed out.
    pub async fn sign_out(
        app: &AppState,
        jar: &Cookies,
        identity: &Identity,
        form: DeviceForm,
    ) -> Result<String, Error> {
        if form.device == "others" {
            app.auth.end_other_sessions(identity).await?;
            return Ok(format!("{}?ended=others", navigation::ACCOUNT_DEVICES));
        }
        let id = whole_number(&form.device).ok_or(Error::UnknownDevice)?;
        app.auth.end_session(identity, id).await?;
        if id == identity.session_id {
            cookies::clear(jar, &app.config);
            return Ok(navigation::LOGIN.to_owned());
        }
        Ok(format!("{}?ended=one", navigation::ACCOUNT_DEVICES))
    }

    fn who() -> Result<Identity, Error> {
        request::identity().ok_or(Error::MissingToken)
    }

    pub(super) async fn change_name_here(form: NameForm) -> Result<String, Error> {
        change_name(&request::app()?, &who()?, form).await
    }

    pub(super) async fn change_password_here(form: PasswordForm) -> Result<String, Error> {
        change_password(&request::app()?, &request::client()?, &who()?, form).await
    }

    pub(super) async fn delete_account_here(form: DeleteForm) -> Result<String, Error> {
        delete_account(
            &request::app()?,
            &request::client()?,
            &request::cookies()?,
            &who()?,
            form,
        )
        .await
    }
}
