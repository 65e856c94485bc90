//! Counts requests by route. Routes are as they are written in the router, so that there are no
//! more of them than the program has.

use std::{sync::Arc, time::Instant};

use axum::{
    extract::{MatchedPath, Request},
    http::Method,
    middleware::Next,
    response::Response,
};

use crate::server::metrics;

/// What no route of ours matched: files, and addresses that are not there.
const OTHER: &str = "other";

pub async fn measure(request: Request, next: Next) -> Response {
    let method = name_of(request.method());
    let route: Arc<str> = request
        .extensions()
        .get::<MatchedPath>()
        .map_or(OTHER, MatchedPath::as_str)
        .into();
    let begun = Instant::now();
    let response = metrics::during(metrics::HTTP_REQUESTS_IN_FLIGHT, next.run(request)).await;
    metrics::count_request(method, route, response.status().as_u16(), begun.elapsed());
    response
}

/// A client may make methods up.
fn name_of(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
