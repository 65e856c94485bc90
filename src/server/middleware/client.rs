//! Who asks: the address behind trusted proxies, the user agent, the device; and, in the answer, how
//! the request was limited.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use ipnet::IpNet;

use tower_cookies::Cookies;

use crate::server::{
    auth::{Allowance, Client},
    config::Config,
    cookies,
};

const FORWARDED_FOR: &str = "x-forwarded-for";

/// Puts a [`Client`] into the request's extensions, and into the answer what it says of limits.
pub async fn identify(
    State(config): State<Arc<Config>>,
    cookies: Cookies,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip());
    let headers = request.headers();
    let ip = address(peer, headers, &config.trusted_proxies);
    let user_agent = headers
        .get(header::USER_AGENT)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .unwrap_or_default();
    let client = Client::new(ip, &user_agent, cookies::device(&cookies, &config));
    request.extensions_mut().insert(client.clone());
    let mut response = next.run(request).await;
    if let Some(allowance) = client.allowance() {
        announce(response.headers_mut(), &allowance);
    }
    response
}

/// The headers of the `RateLimit` draft (draft-ietf-httpapi-ratelimit-headers), and for who has to
/// wait `Retry-After`, also where a page and not an error is answered.
fn announce(headers: &mut HeaderMap, allowance: &Allowance) {
    let Allowance {
        name,
        quota,
        standing,
        refused,
    } = allowance;
    let (limit, window) = (quota.limit(), quota.window());
    let (remaining, full_after) = (standing.remaining, standing.full_after);
    for (header, value) in [
        ("ratelimit-policy", format!("\"{name}\";q={limit};w={window}")),
        ("ratelimit", format!("\"{name}\";r={remaining};t={full_after}")),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(header, value);
        }
    }
    if *refused {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(standing.next_after.max(1)));
    }
}

/// Whether what this peer says of its client is believed.
pub(super) fn is_trusted(peer: IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|net| net.contains(&peer.to_canonical()))
}

/// Walks `X-Forwarded-For` from right to left while the speaker is a trusted proxy: the first
/// address that is none is the client. What stands further left is the client's own claim.
fn address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let mut speaker = peer;
    let values = headers.get_all(FORWARDED_FOR);
    let hops = values
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect::<Vec<_>>();
    for hop in hops.into_iter().rev() {
        if !is_trusted(speaker, trusted) {
            break;
        }
        let Some(ip) = parse_hop(hop.trim()) else { break };
        speaker = ip;
    }
    speaker.to_canonical()
}

/// An address, with or without a port.
fn parse_hop(hop: &str) -> Option<IpAddr> {
    hop.parse()
        .ok()
        .or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()))
        .or_else(|| hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED_FOR, value.parse().unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        address(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn nobody_is_trusted_unless_named() {
        assert_eq!(seen("127.0.0.1", &["203.0.113.9"], &[]), "127.0.0.1");
        assert_eq!(seen("198.51.100.7", &["203.0.113.9"], &["10.0.0.0/8"]), "198.51.100.7");
    }

    #[test]
    fn the_rightmost_untrusted_address_is_the_client() {
        let trusted = ["10.0.0.0/8"];
        assert_eq!(seen("10.0.0.1", &["203.0.113.9"], &trusted), "203.0.113.9");
        assert_eq!(
            seen("10.0.0.1", &["1.1.1.1, 203.0.113.9, 10.0.0.2"], &trusted),
            "203.0.113.9"
        );
        assert_eq!(seen("10.0.0.1", &["1.1.1.1", "203.0.113.9"], &trusted), "203.0.113.9");
        assert_eq!(seen("::ffff:10.0.0.1", &["[2001:db8::1]:443"], &trusted), "2001:db8::1");
    }

    #[test]
    fn nonsense_ends_the_walk() {
        assert_eq!(seen("10.0.0.1", &["203.0.113.9, unknown"], &["10.0.0.0/8"]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &[""], &["10.0.0.0/8"]), "10.0.0.1");
    }
}
