//! Security headers of every answer. A page brings its own `Content-Security-Policy`, because only
//! it knows its nonce; everything else may not load anything at all.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::server::{config::Config, site};

const NOTHING: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);
/// Swagger UI styles its elements inline and shows images from data URLs.
const API_DOCS: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
);
const ALWAYS: [(HeaderName, HeaderValue); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // Forms without JavaScript need the referrer; other sites do not.
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];
const STRICT_TRANSPORT: HeaderValue = HeaderValue::from_static("max-age=31536000");
/// Files that are named by their content never change.
const FOR_A_YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Other files have names that stay: a browser asks whether they are still the same.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// Adds the headers that the handler has not set itself.
pub async fn secure(State(config): State<Arc<Config>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let policy = if path.starts_with("/api/docs") {
        API_DOCS
    } else {
        NOTHING
    };
    let is_docs = path.starts_with("/api/docs");
    let is_versioned = site::is_versioned(path);
    let mut response = next.run(request).await;
    // Files are the only answers with a validator.
    let is_file = is_docs || response.headers().contains_key(header::LAST_MODIFIED);
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(value);
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(match (is_file, is_versioned) {
            (true, true) => FOR_A_YEAR,
            (true, false) => REVALIDATE,
            (false, _) => NO_STORE,
        });
    if config.is_https() {
        headers
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(STRICT_TRANSPORT);
    }
    response
}
