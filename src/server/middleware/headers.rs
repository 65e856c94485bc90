//! Security headers of every answer. A page brings its own `Content-Security-Policy`, because only
//! it knows its nonce; everything else may not load anything at all.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::server::config::Config;

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
/// Files of the site carry no hash in their names: a browser asks whether they are still the same.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");
/// Fonts do: another font has another name.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
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
    let of_file = caching(path);
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
        .or_insert(if is_file { of_file } else { NO_STORE });
    if config.is_https() {
        headers
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(STRICT_TRANSPORT);
    }
    response
}

/// How long a file of the site is the same.
fn caching(path: &str) -> HeaderValue {
    if path.starts_with("/fonts/") && path.ends_with(".woff2") {
        FOREVER
    } else {
        REVALIDATE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_carries_a_hash_in_its_name_is_kept_unasked() {
        assert_eq!(caching("/fonts/text-0f3a92c1.woff2"), FOREVER);
        for path in [
            "/pkg/secondarymarket.css",
            "/fonts/LICENSE.txt",
            "/favicon.svg",
            "/pkg/fonts.woff2",
        ] {
            assert_eq!(caching(path), REVALIDATE, "{path}");
        }
    }
}
