//! A number for every request: in the log, in `X-Request-Id` and in error answers.

use std::time::Instant;

use axum::{
    extract::{Request, State},
    http::HeaderValue,
    middleware::Next,
    response::Response,
};
use tracing::{Instrument as _, debug};

use crate::server::{
    error::Error,
    random::{self, SharedRandomness},
};

const HEADER: &str = "x-request-id";

/// The request's number, in its extensions.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

impl RequestId {
    /// As problem details name the request.
    #[must_use]
    pub fn instance(&self) -> String {
        format!("urn:uuid:{}", self.0)
    }
}

/// Numbers the request. A number that the client sends is not taken: it would be the client who
/// writes into the log.
pub async fn number(State(random): State<SharedRandomness>, mut request: Request, next: Next) -> Response {
    let id = match random::bytes(&*random) {
        Ok(bytes) => uuid::Builder::from_random_bytes(bytes).into_uuid().to_string(),
        Err(error) => return axum::response::IntoResponse::into_response(Error::from(error)),
    };
    let begun = Instant::now();
    let span = tracing::info_span!("request", id, method = %request.method(), path = request.uri().path());
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).instrument(span.clone()).await;
    span.in_scope(|| debug!(status = response.status().as_u16(), took = ?begun.elapsed(), "answered"));
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
