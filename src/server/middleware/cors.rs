//! Other sites' scripts may use the API, with Bearer tokens and without cookies, when the operator
//! names them. Around the access rules, so that such a script can read a refusal as well.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use tower::{Layer as _, Service as _};
use tower_http::cors::CorsLayer;

use super::errors::Door;
use crate::server::config::Config;

/// What named origins may do; without any nothing is allowed.
pub fn layer(config: &Config) -> CorsLayer {
    let origins: Vec<HeaderValue> = config
        .cors_origins
        .iter()
        .filter_map(|origin| HeaderValue::from_str(origin).ok())
        .collect();
    if origins.is_empty() {
        return CorsLayer::new();
    }
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .expose_headers([header::RETRY_AFTER, header::WWW_AUTHENTICATE])
        .max_age(std::time::Duration::from_mins(10))
}

/// Answers preflights under `/api` and marks its answers.
pub async fn share(State(layer): State<CorsLayer>, request: Request, next: Next) -> Response {
    if !Door::is_rest(request.uri().path()) {
        return next.run(request).await;
    }
    match layer.layer(next).call(request).await {
        Ok(response) => response,
        Err(impossible) => match impossible {},
    }
}
