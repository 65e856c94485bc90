//! Cross-site request forgery: no page of another site may make a browser act here. Every unsafe
//! request is checked by its Fetch-Metadata and `Origin` headers before anything else looks at it,
//! sign-in and server functions included. Requests with a Bearer token are exempt, because then
//! cookies are not looked at.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use tower::{Layer as _, Service as _};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use crate::server::{config::Config, error::Error};

/// Refuses unsafe requests that come from elsewhere.
pub async fn protect(State(config): State<Arc<Config>>, mut request: Request, next: Next) -> Response {
    if request.method().is_safe() || super::session::has_bearer(request.headers()) {
        return next.run(request).await;
    }
    if is_named_api_client(&request, &config) {
        // Whatever it does, it does not do in the name of the browser's user.
        request.headers_mut().remove(header::COOKIE);
        return next.run(request).await;
    }
    if !origin_fits(request.headers(), &config) {
        return Error::CrossSite.into_response();
    }
    let mut layer = CsrfLayer::new();
    // Behind a proxy that rewrites `Host`, the browser's `Origin` is still the public one.
    match layer.clone().add_trusted_origin(config.public_origin()) {
        Ok(trusting) => layer = trusting,
        Err(error) => return Error::Internal(error.to_string()).into_response(),
    }
    let mut checked = layer
        .with_rejection_response(|_: ProtectionError| Error::CrossSite.into_response())
        .layer(next);
    match checked.call(request).await {
        Ok(response) => response,
        Err(impossible) => match impossible {},
    }
}

/// A page of an origin that the operator named in `CORS_ORIGINS`, calling the API.
fn is_named_api_client(request: &Request, config: &Config) -> bool {
    let origin = request
        .headers()
        .get(header::ORIGIN)
        .and_then(|origin| origin.to_str().ok());
    request.uri().path().starts_with("/api/")
        && origin.is_some_and(|origin| config.cors_origins.iter().any(|named| named == origin))
}

/// The layer compares only host and port and lets Fetch-Metadata overrule; here scheme, `null`
/// and contradictions count as well. A request without `Origin` is left to the layer, and one
/// whose Fetch-Metadata says `none` (typed by the user) cannot be unsafe in a browser.
fn origin_fits(headers: &HeaderMap, config: &Config) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    let from_elsewhere = headers
        .get("sec-fetch-site")
        .is_some_and(|site| site != "same-origin" && site != "none");
    let own = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .map(|host| format!("{}://{host}", config.public_url.scheme()));
    !from_elsewhere && (origin == config.public_origin() || Some(origin) == own.as_deref())
}
