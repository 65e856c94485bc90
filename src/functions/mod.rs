//! Server functions, for the pages: thin like `server::api`, over the same services.
//! Read the request, call a service, map the error.

#![allow(
    clippy::unused_async,
    reason = "server functions are async, those that wait for nothing too"
)]

pub mod account;
pub mod appearance;
pub mod auth;
pub mod legal;
pub mod password;
pub mod stocks;
pub mod watchlist;

use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};

use crate::model::{Problem, text};

/// What a call comes to that never reached a service: the network, or a page older than the
/// server.
impl FromServerFnError for Problem {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        #[cfg(feature = "ssr")]
        if matches!(
            error,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_)
        ) {
            return request::fail(&crate::server::error::Error::MalformedBody(error.to_string()));
        }
        let _ = error;
        Self {
            kind: "/problems/unreachable".to_owned(),
            title: "Service Unavailable".to_owned(),
            status: 503,
            detail: text::problem::unreachable().to_owned(),
            instance: String::new(),
            code: "unreachable".to_owned(),
            errors: Vec::new(),
        }
    }
}

/// What was typed into this page's form before the session ended.
#[cfg(feature = "ssr")]
pub(crate) fn draft() -> Option<crate::model::RejectedForm> {
    request::draft()
}

/// Whether the browser was signed in and is not any more, without anybody having signed it out there.
#[cfg(feature = "ssr")]
pub(crate) fn session_has_ended() -> bool {
    request::session_has_ended()
}

/// What server functions take out of the request that they answer.
#[cfg(feature = "ssr")]
mod request {
    use axum::http::request::Parts;
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;
    use tower_cookies::Cookies;

    use crate::{
        model::{FormOutcome, Problem, RejectedForm, market::Shortcomings},
        server::{
            auth::{Client, Identity},
            error::Error,
            middleware::{errors, request_id::RequestId, session::CurrentSession, watched::Watched},
            state::AppState,
        },
    };

    fn extension<T: Clone + Send + Sync + 'static>() -> Option<T> {
        use_context::<Parts>()?.extensions.get::<T>().cloned()
    }

    fn required<T: Clone + Send + Sync + 'static>() -> Result<T, Error> {
        extension().ok_or_else(|| Error::Internal(format!("no {} in the request", std::any::type_name::<T>())))
    }

    pub fn app() -> Result<AppState, Error> {
        use_context().ok_or_else(|| Error::Internal("no application state in the context".to_owned()))
    }

    pub fn cookies() -> Result<Cookies, Error> {
        required()
    }

    pub fn client() -> Result<Client, Error> {
        required()
    }

    /// Who is signed in, if anybody.
    pub fn identity() -> Option<Identity> {
        extension::<CurrentSession>()?.0
    }

    /// Tokens that sign nobody in: the session took too long, or was ended on another device.
    pub fn session_has_ended() -> bool {
        let (Ok(app), Ok(jar)) = (app(), cookies()) else {
            return false;
        };
        let (_, refresh) = crate::server::cookies::read(&jar, &app.config);
        identity().is_none() && refresh.is_some()
    }

    /// The codes that the user of the page watches.
    pub fn watched() -> Vec<String> {
        extension::<Watched>().map_or_else(Vec::new, |watched| watched.0.to_vec())
    }

    /// What the market lacks that is shown; nobody is told who may not see it.
    pub fn shortcomings() -> Shortcomings {
        let (Ok(app), Some(_)) = (app(), identity()) else {
            return Shortcomings::default();
        };
        let market = app.market.current();
        market.map_or_else(Shortcomings::default, |market| market.shortcomings(app.clock.now()))
    }

    /// What was typed into this page's form before the session ended.
    pub fn draft() -> Option<RejectedForm> {
        extension()
    }

    /// Logs the error as the other doors do.
    pub fn problem(error: &Error) -> Problem {
        errors::log(error);
        error.problem(&extension::<RequestId>().map(|id| id.instance()).unwrap_or_default())
    }

    /// An error that ends the call: the answer, of the function or of the page that is being
    /// rendered, gets its status.
    pub fn fail(error: &Error) -> Problem {
        if let Some(options) = use_context::<ResponseOptions>() {
            options.set_status(error.status());
        }
        problem(error)
    }

    /// The page that is being rendered is one of what is not there. A call of the function itself
    /// was answered.
    pub fn missing() {
        let is_page = use_context::<Parts>().is_some_and(|parts| parts.method == axum::http::Method::GET);
        if is_page && let Some(options) = use_context::<ResponseOptions>() {
            options.set_status(axum::http::StatusCode::NOT_FOUND);
        }
    }

    /// A faulty input is an outcome of the call; a server at fault is an error of it.
    pub fn outcome(result: Result<String, Error>) -> Result<FormOutcome, Problem> {
        match result {
            Ok(next) => Ok(FormOutcome::Accepted { next }),
            Err(error) if error.status().is_server_error() => Err(fail(&error)),
            Err(error) => Ok(FormOutcome::Rejected(problem(&error))),
        }
    }
}
