//! How pages look.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::model::{Appearance, Keys, Language, Palette, Problem, Theme};

/// The fields of the forms that post to `/appearance`. What is missing stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AppearanceForm {
    pub theme: Option<Theme>,
    pub palette: Option<Palette>,
    pub language: Option<Language>,
    pub keys: Option<Keys>,
    /// Where to go afterwards.
    pub next: String,
}

/// How the page that is being rendered looks; the same in the browser.
#[must_use]
pub fn of_page() -> Appearance {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return submit::current();
        #[cfg(not(feature = "ssr"))]
        Appearance::default()
    })
    .into_inner()
}

/// The same for the document around the page, which only the server writes.
#[must_use]
pub fn of_document() -> Appearance {
    #[cfg(feature = "ssr")]
    return submit::current();
    #[cfg(not(feature = "ssr"))]
    Appearance::default()
}

/// Changes how pages look from now on.
#[server(prefix = "/_fn", endpoint = "set-appearance")]
pub async fn set_appearance(#[server(flatten)] form: AppearanceForm) -> Result<(), Problem> {
    use super::request::{app, cookies, fail};

    let set = || {
        submit::set(&app()?, &cookies()?, &form);
        Ok(())
    };
    set().map_err(|error| fail(&error))
}

/// What both ways of changing it do.
#[cfg(feature = "ssr")]
pub mod submit {
    use tower_cookies::Cookies;

    use super::AppearanceForm;
    use crate::{
        functions::request,
        model::Appearance,
        server::{cookies, state::AppState},
    };

    pub fn set(app: &AppState, jar: &Cookies, form: &AppearanceForm) {
        let before = cookies::appearance(jar, &app.config);
        let appearance = Appearance {
            theme: form.theme.unwrap_or(before.theme),
            palette: form.palette.unwrap_or(before.palette),
            language: form.language.unwrap_or(before.language),
            keys: form.keys.unwrap_or(before.keys),
        };
        cookies::set_appearance(jar, &app.config, appearance);
    }

    /// As usual where nothing is known.
    #[must_use]
    pub fn current() -> Appearance {
        match (request::app(), request::cookies()) {
            (Ok(app), Ok(jar)) => cookies::appearance(&jar, &app.config),
            _ => Appearance::default(),
        }
    }
}
