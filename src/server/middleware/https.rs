//! With https in `PUBLIC_URL`, nobody goes on in plain http. The program does not end TLS itself:
//! only a trusted proxy knows how its client came, and says so in `X-Forwarded-Proto`. One that
//! says nothing is taken at the operator's word, or every request would be sent round in a circle.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, Method},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};

use super::client;
use crate::server::{config::Config, error::Error};

const FORWARDED_PROTO: &str = "x-forwarded-proto";
/// A supervisor asks for these directly, without TLS.
const HEALTH: [&str; 2] = ["/healthz", "/readyz"];

/// Sends who came by http to the same address by https; what would have acted is refused, because
/// it was readable on its way.
pub async fn require(State(config): State<Arc<Config>>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let came_plain = config.is_https()
        && !HEALTH.contains(&request.uri().path())
        && peer.is_some_and(|ConnectInfo(peer)| client::is_trusted(peer.ip(), &config.trusted_proxies))
        && says_http(request.headers());
    if !came_plain {
        return next.run(request).await;
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Error::PlainHttp.into_response();
    }
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", axum::http::uri::PathAndQuery::as_str);
    Redirect::permanent(&format!("{}{path}", config.public_origin())).into_response()
}

/// Of several values the last one is the proxy's own.
fn says_http(headers: &HeaderMap) -> bool {
    headers
        .get_all(FORWARDED_PROTO)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .next_back()
        .is_some_and(|proto| proto.trim().eq_ignore_ascii_case("http"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_counts() {
        for (values, expected) in [
            (&["http"][..], true),
            (&["HTTP "], true),
            (&["https"], false),
            (&["https, http"], true),
            (&["http", "https"], false),
            (&[], false),
            (&[""], false),
        ] {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(FORWARDED_PROTO, value.parse().unwrap());
            }
            assert_eq!(says_http(&headers), expected, "{values:?}");
        }
    }
}
