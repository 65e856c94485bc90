//! From a Bearer token or cookies to an identity, once for each request. The one place where a
//! browser's tokens are refreshed, so that pages, resources and server functions never race for it.

use std::sync::Arc;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::headers::{Authorization, HeaderMapExt as _, authorization::Bearer};
use tower_cookies::Cookies;

use super::errors;
use crate::server::{
    auth::{Client, Identity},
    cookies,
    error::Error,
    routes::{Access, access},
    state::AppState,
};

/// Who the request comes from, in its extensions.
#[derive(Debug, Clone, Default)]
pub struct CurrentSession(pub Option<Identity>);

/// Why the request's Bearer token was not accepted, in its extensions. Whether that matters is up
/// to the rule of the route.
#[derive(Debug, Clone)]
pub struct Refused(Arc<Error>);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        errors::carry(self.0)
    }
}

/// Whether the request brings a Bearer token of its own, so that cookies are ignored. Other
/// schemes are none of ours: a proxy in front may ask for them.
pub fn has_bearer(headers: &HeaderMap) -> bool {
    headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.as_bytes().get(..6))
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"bearer"))
}

/// Puts a [`CurrentSession`] into the request's extensions; refreshes the cookies when the access
/// token is over. Routes that are open, or for nobody, go without.
pub async fn resolve(
    State(app): State<AppState>,
    route: Option<MatchedPath>,
    cookies: Cookies,
    mut request: Request,
    next: Next,
) -> Response {
    // Without a route it is the page for what is not there, which shows who is signed in.
    let concerned =
        route.is_none_or(|route| access(request.method(), route.as_str()).is_some_and(|access| access != Access::Open));
    if !concerned {
        return next.run(request).await;
    }
    let identity = if has_bearer(request.headers()) {
        match from_bearer(&app, request.headers()).await {
            Ok(identity) => Some(identity),
            Err(error) if error.status().is_server_error() => return error.into_response(),
            Err(error) => {
                request.extensions_mut().insert(Refused(Arc::new(error)));
                None
            }
        }
    } else {
        match from_cookies(&app, &cookies, request.extensions().get::<Client>()).await {
            Ok(identity) => identity,
            Err(error) => return error.into_response(),
        }
    };
    request.extensions_mut().insert(CurrentSession(identity));
    next.run(request).await
}

async fn from_bearer(app: &AppState, headers: &HeaderMap) -> Result<Identity, Error> {
    // Of two tokens nobody knows which one counts.
    let is_one = headers.get_all(header::AUTHORIZATION).iter().count() == 1;
    let Some(Authorization(bearer)) = headers.typed_get::<Authorization<Bearer>>().filter(|_| is_one) else {
        return Err(Error::InvalidToken);
    };
    app.auth.authenticate(bearer.token()).await
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
