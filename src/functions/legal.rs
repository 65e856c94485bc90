//! What users agree to, and what is filled into those texts.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::model::{
    Problem,
    legal::{Agreed, ConsentKind, Shown, ShownSummary},
};

/// A button about consents on `/account`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConsentAction {
    /// To the versions that the form names.
    Agree,
    MarketingOn,
    MarketingOff,
}

impl ConsentAction {
    /// As the button sends it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::MarketingOn => "marketing-on",
            Self::MarketingOff => "marketing-off",
        }
    }
}

/// What is posted with such a button: each text's version as it was shown.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SeenVersions {
    pub terms: Option<String>,
    pub privacy: Option<String>,
    pub marketing: Option<String>,
}

/// A whole text with what is true of this server. The browser's program does without the texts: few
/// read them, and everybody would have to load them.
#[server(prefix = "/_fn", endpoint = "legal-text")]
pub async fn legal_text(kind: ConsentKind) -> Result<Shown, Problem> {
    use super::request::{app, fail};
    use crate::model::Language;

    let app = app().map_err(|error| fail(&error))?;
    Ok(kind.document().shown(&read::facts(&app.config), Language::now()))
}

/// What is said beside each box of the sign-up.
#[server(prefix = "/_fn", endpoint = "consent-summaries")]
pub async fn consent_summaries() -> Result<Vec<ShownSummary>, Problem> {
    use super::request::{app, fail};
    use crate::model::Language;

    let app = app().map_err(|error| fail(&error))?;
    let facts = read::facts(&app.config);
    let summary = |kind: ConsentKind| kind.document().shown_summary(&facts, Language::now());
    Ok(ConsentKind::ALL.map(summary).into())
}

/// All that the user has agreed to, the newest first.
#[server(prefix = "/_fn", endpoint = "consents")]
pub async fn consents() -> Result<Vec<Agreed>, Problem> {
    use super::request::{app, fail, identity};
    use crate::server::error::Error;

    let all = async {
        let identity = identity().ok_or(Error::MissingToken)?;
        app()?.auth.consents(&identity).await
    };
    all.await.map_err(|error| fail(&error))
}

#[cfg(feature = "ssr")]
mod read {
    use crate::{
        model::legal::Facts,
        server::{
            auth::{DEVICE_LIFETIME, ENDED_SESSION, IDLE_LIFETIME},
            config::Config,
            cookies,
        },
    };

    pub fn facts(config: &Config) -> Facts {
        let operator = &config.operator;
        Facts {
            operator: operator.name.clone(),
            contact: operator.contact.clone(),
            officer: operator.privacy_officer.clone(),
            processors: operator.processors.clone(),
            cookie_prefix: cookies::prefix(config).to_owned(),
            access_token_minutes: config.access_token_lifetime.whole_minutes(),
            session_days: config.refresh_token_lifetime.whole_days(),
            idle_hours: IDLE_LIFETIME.whole_hours(),
            ended_session_days: ENDED_SESSION.whole_days(),
            login_history_days: config.login_history_retention.whole_days(),
            known_device_days: DEVICE_LIFETIME.whole_days(),
            lock_minutes: config.login_attempt_timeout.whole_minutes(),
            cookie_days: cookies::LONGEST_AGE.whole_days(),
            draft_minutes: cookies::DRAFT_AGE.whole_minutes(),
            reports_errors: config.sentry_dsn.is_some(),
            sends_traces: config.otlp_traces.is_some(),
        }
    }
}

/// What a button about consents does; gives the page to go to.
#[cfg(feature = "ssr")]
pub mod submit {
    use super::{ConsentAction, SeenVersions};
    use crate::{
        model::{legal::ConsentKind, navigation},
        server::{auth::Identity, error::Error, state::AppState},
    };

    pub async fn change_consent(
        app: &AppState,
        identity: &Identity,
        action: ConsentAction,
        seen: &SeenVersions,
    ) -> Result<String, Error> {
        let version = |kind| match kind {
            ConsentKind::Terms => seen.terms.as_deref(),
            ConsentKind::Privacy => seen.privacy.as_deref(),
            ConsentKind::Marketing => seen.marketing.as_deref(),
        };
        let is_meant = |kind: &ConsentKind| kind.is_required() == (action == ConsentAction::Agree);
        let shown: Vec<(ConsentKind, &str)> = ConsentKind::ALL
            .into_iter()
            .filter(is_meant)
            .filter_map(|kind| Some((kind, version(kind)?)))
            .collect();
        let done = match action {
            ConsentAction::MarketingOff => {
                app.auth.withdraw_marketing(identity).await?;
                true
            }
            ConsentAction::Agree | ConsentAction::MarketingOn => {
                !shown.is_empty() && app.auth.agree(identity, &shown).await?
            }
        };
        // A text has changed since the page was shown: the page says so again.
        Ok(if done {
            format!("{}?consent={}", navigation::ACCOUNT, action.as_str())
        } else {
            navigation::ACCOUNT.to_owned()
        })
    }
}
