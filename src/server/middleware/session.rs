//! From cookies to an identity. The one place where a browser's tokens are refreshed, so that
//! pages, resources and server functions never race for it.

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use tower_cookies::Cookies;

use crate::server::{
    auth::{Client, Identity},
    cookies,
    error::Error,
    routes::{self, Access},
    state::AppState,
};

/// Who the request's cookies belong to, in its extensions.
#[derive(Debug, Clone, Default)]
pub struct CurrentSession(pub Option<Identity>);

/// Whether the request brings a Bearer token of its own, so that cookies are ignored. Other
/// schemes are none of ours: a proxy in front may ask for them.
pub fn has_bearer(headers: &HeaderMap) -> bool {
    headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.as_bytes().get(..6))
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"bearer"))
}

/// Puts a [`CurrentSession`] into the request's extensions; refreshes the cookies when the access
/// token is over.
pub async fn resolve(State(app): State<AppState>, cookies: Cookies, mut request: Request, next: Next) -> Response {
    let identity = if has_bearer(request.headers()) {
        None
    } else {
        match from_cookies(&app, &cookies, request.extensions().get::<Client>()).await {
            Ok(identity) => identity,
            Err(error) => return error.into_response(),
        }
    };
    request.extensions_mut().insert(CurrentSession(identity));
    next.run(request).await
}

async fn from_cookies(app: &AppState, jar: &Cookies, client: Option<&Client>) -> Result<Option<Identity>, Error> {
    let (access, refresh) = cookies::read(jar, &app.config);
    if let Some(access) = access {
        match app.auth.authenticate(&access).await {
            Ok(identity) => return Ok(Some(identity)),
            Err(error) if error.status().is_server_error() => return Err(error),
            // Over, of an older key, or signed out: the refresh token decides.
            Err(_) => {}
        }
    }
    let (Some(refresh), Some(client)) = (refresh, client) else {
        return Ok(None);
    };
    match app.auth.refresh(&refresh, client).await {
        Ok(signed_in) => {
            cookies::set(jar, &app.config, &signed_in, app.clock.now());
            Ok(Some(signed_in.identity))
        }
        Err(error) if error.status().is_server_error() => Err(error),
        // The cookies stay: if this was the loser of a race, they are the winner's by now.
        Err(_) => Ok(None),
    }
}

/// Sends a visitor who is not signed in from a page that is not public to the sign-in page, and
/// afterwards back.
pub async fn require(route: MatchedPath, request: Request, next: Next) -> Response {
    let public = routes::access(route.as_str()) == Access::Public;
    let signed_in = request
        .extensions()
        .get::<CurrentSession>()
        .is_some_and(|session| session.0.is_some());
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if public || signed_in || !is_read {
        return next.run(request).await;
    }
    let here = request
        .uri()
        .path_and_query()
        .map_or("/", axum::http::uri::PathAndQuery::as_str);
    Redirect::to(&crate::model::navigation::login_path(here)).into_response()
}
