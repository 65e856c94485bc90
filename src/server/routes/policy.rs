//! Who may call what: one table with a rule for every route, and the layer that holds it before
//! any handler runs. What has no rule is for nobody.

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};

use crate::{
    model::navigation,
    server::{
        error::Error,
        middleware::{
            errors::Door,
            session::{CurrentSession, Refused},
        },
    },
};

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, and nobody is asked who they are: neither token nor cookies are looked at.
    Open,
    /// Anybody; the handler knows who is signed in.
    Public,
    /// Who is signed in. Visitors of a page are sent to the sign-in page.
    SignedIn,
    /// Who may administer. Users have no roles yet: nobody may.
    Admin,
    /// Anybody, while the program is a debug build; in any other it is not there.
    Developer,
}

use Access::{Developer, Open, Public, SignedIn};

/// Every route with its rule: method, path as it is registered, access. `HEAD` goes by `GET`.
pub const RULES: &[(Method, &str, Access)] = &[
    // Pages
    (Method::GET, "/", SignedIn),
    (Method::GET, "/stocks", SignedIn),
    (Method::GET, "/stocks/{code}", SignedIn),
    (Method::GET, "/watchlist", SignedIn),
    (Method::GET, "/compare", SignedIn),
    (Method::GET, "/account", SignedIn),
    (Method::GET, "/account/password", SignedIn),
    (Method::GET, "/account/devices", SignedIn),
    (Method::GET, "/account/history", SignedIn),
    (Method::GET, "/account/delete", SignedIn),
    (Method::GET, "/login", Public),
    (Method::GET, "/signup", Public),
    (Method::GET, "/terms", Public),
    (Method::GET, "/privacy", Public),
    (Method::GET, "/styleguide", Developer),
    // Forms
    (Method::POST, "/login", Public),
    (Method::POST, "/signup", Public),
    (Method::POST, "/logout", Public),
    (Method::POST, "/appearance", Public),
    (Method::POST, "/stocks", SignedIn),
    (Method::POST, "/account", SignedIn),
    (Method::POST, "/account/password", SignedIn),
    (Method::POST, "/account/devices", SignedIn),
    (Method::POST, "/account/delete", SignedIn),
    (Method::POST, "/watchlist", SignedIn),
    // Server functions
    (Method::POST, "/_fn/current-user", Public),
    (Method::POST, "/_fn/set-appearance", Public),
    (Method::POST, "/_fn/legal-text", Public),
    (Method::POST, "/_fn/consent-summaries", Public),
    (Method::POST, "/_fn/password-policy", Public),
    (Method::POST, "/_fn/password-strength", Public),
    (Method::POST, "/_fn/generate-password", Public),
    (Method::POST, "/_fn/sign-in", Public),
    (Method::POST, "/_fn/sign-up", Public),
    (Method::POST, "/_fn/listings", SignedIn),
    (Method::POST, "/_fn/listing-count", SignedIn),
    (Method::POST, "/_fn/industries", SignedIn),
    (Method::POST, "/_fn/suggestions", SignedIn),
    (Method::POST, "/_fn/screens", SignedIn),
    (Method::POST, "/_fn/stock", SignedIn),
    (Method::POST, "/_fn/overview", SignedIn),
    (Method::POST, "/_fn/compare", SignedIn),
    (Method::POST, "/_fn/watchlist", SignedIn),
    (Method::POST, "/_fn/change-watchlist", SignedIn),
    (Method::POST, "/_fn/devices", SignedIn),
    (Method::POST, "/_fn/login-history", SignedIn),
    (Method::POST, "/_fn/consents", SignedIn),
    (Method::POST, "/_fn/change-name", SignedIn),
    (Method::POST, "/_fn/change-password", SignedIn),
    (Method::POST, "/_fn/delete-account", SignedIn),
    // REST
    (Method::POST, "/api/auth/signup", Open),
    (Method::POST, "/api/auth/login", Open),
    (Method::POST, "/api/auth/refresh", Open),
    (Method::POST, "/api/auth/logout", Open),
    (Method::GET, "/api/auth/me", SignedIn),
    (Method::DELETE, "/api/auth/me", SignedIn),
    (Method::GET, "/api/auth/sessions", SignedIn),
    (Method::DELETE, "/api/auth/sessions", SignedIn),
    (Method::DELETE, "/api/auth/sessions/{id}", SignedIn),
    (Method::GET, "/api/auth/login-history", SignedIn),
    (Method::POST, "/api/auth/password", SignedIn),
    (Method::GET, "/api/stocks/listings", SignedIn),
    (Method::GET, "/api/stocks/listings.csv", SignedIn),
    (Method::GET, "/api/stocks/search", SignedIn),
    (Method::GET, "/api/stocks/{code}", SignedIn),
    (Method::GET, "/api/stocks/{code}/history", SignedIn),
    (Method::GET, "/api/stocks/{code}/statistics", SignedIn),
    (Method::GET, "/api/market/overview", SignedIn),
    (Method::GET, "/api/market/industries", SignedIn),
    (Method::GET, "/api/watchlist", SignedIn),
    (Method::GET, "/api/watchlist/{code}", SignedIn),
    (Method::PUT, "/api/watchlist/{code}", SignedIn),
    (Method::DELETE, "/api/watchlist/{code}", SignedIn),
    // The API's description
    (Method::GET, "/api/openapi.json", Open),
    (Method::GET, "/api/docs", Open),
    (Method::GET, "/api/docs/", Open),
    (Method::GET, "/api/docs/{*rest}", Open),
    // Health
    (Method::GET, "/healthz", Open),
    (Method::GET, "/readyz", Open),
];

/// The rule for a route; `None`: nobody may.
#[must_use]
pub fn access(method: &Method, route: &str) -> Option<Access> {
    let method = if method == Method::HEAD { &Method::GET } else { method };
    RULES
        .iter()
        .find(|(ruled, path, _)| ruled == method && *path == route)
        .map(|(_, _, access)| *access)
}

/// The pages with their rules.
pub fn pages() -> impl Iterator<Item = (&'static str, Access)> {
    RULES
        .iter()
        .filter(|(method, path, _)| *method == Method::GET && Door::of(path) == Door::Page)
        .map(|(_, path, access)| (*path, *access))
}

/// Lets a request pass to its handler when the rule of its route says so.
pub async fn enforce(route: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let route = route.as_ref().map_or("", MatchedPath::as_str);
    let Some(access) = access(request.method(), route) else {
        return unruled(route);
    };
    let session = request.extensions().get::<CurrentSession>();
    let is_signed_in = session.is_some_and(|session| session.0.is_some());
    match verdict(access, is_signed_in, cfg!(debug_assertions)) {
        Verdict::Pass => next.run(request).await,
        Verdict::Missing => Error::NotFound.into_response(),
        Verdict::SignInFirst => sign_in_first(&request),
        Verdict::Forbidden => Error::Forbidden.into_response(),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Pass,
    Missing,
    SignInFirst,
    Forbidden,
}

fn verdict(access: Access, is_signed_in: bool, is_debug_build: bool) -> Verdict {
    match access {
        Access::Open | Access::Public => Verdict::Pass,
        Access::Developer if is_debug_build => Verdict::Pass,
        Access::Developer => Verdict::Missing,
        Access::SignedIn if is_signed_in => Verdict::Pass,
        Access::Admin if is_signed_in => Verdict::Forbidden,
        Access::SignedIn | Access::Admin => Verdict::SignInFirst,
    }
}

/// A route without a rule does not exist; one with rules for other methods has those only.
fn unruled(route: &str) -> Response {
    let mut allowed = Vec::new();
    for (method, _, _) in RULES.iter().filter(|(_, path, _)| *path == route) {
        allowed.push(method.as_str());
        if *method == Method::GET {
            allowed.push("HEAD");
        }
    }
    if allowed.is_empty() {
        return Error::NotFound.into_response();
    }
    let mut response = Error::MethodNotAllowed.into_response();
    if let Ok(allowed) = HeaderValue::from_str(&allowed.join(",")) {
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    response
}

/// To the sign-in page and afterwards back, or, for a program, 401.
fn sign_in_first(request: &Request) -> Response {
    if Door::of(request.uri().path()) != Door::Page {
        return match request.extensions().get::<Refused>() {
            Some(refused) => refused.clone().into_response(),
            None => Error::MissingToken.into_response(),
        };
    }
    let here = request
        .uri()
        .path_and_query()
        .map_or("/", axum::http::uri::PathAndQuery::as_str);
    Redirect::to(&navigation::login_path(here)).into_response()
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, http::StatusCode, middleware::from_fn, routing::any};
    use tower::ServiceExt as _;

    use super::*;

    #[test]
    fn each_level_lets_in_whom_it_should() {
        for (access, visitor, user) in [
            (Open, Verdict::Pass, Verdict::Pass),
            (Public, Verdict::Pass, Verdict::Pass),
            (SignedIn, Verdict::SignInFirst, Verdict::Pass),
            (Access::Admin, Verdict::SignInFirst, Verdict::Forbidden),
        ] {
            for is_debug_build in [false, true] {
                assert_eq!(verdict(access, false, is_debug_build), visitor, "{access:?}");
                assert_eq!(verdict(access, true, is_debug_build), user, "{access:?}");
            }
        }
    }

    #[test]
    fn what_is_for_developers_is_in_debug_builds_only() {
        for is_signed_in in [false, true] {
            assert_eq!(verdict(Developer, is_signed_in, true), Verdict::Pass);
            assert_eq!(verdict(Developer, is_signed_in, false), Verdict::Missing);
        }
    }

    #[test]
    fn no_route_has_two_rules() {
        for (i, (method, path, _)) in RULES.iter().enumerate() {
            let same = |(other, at, _): &&(Method, &str, Access)| other == method && at == path;
            assert_eq!(RULES.iter().position(|rule| same(&rule)), Some(i), "{method} {path}");
        }
    }

    #[tokio::test]
    async fn what_has_no_rule_is_for_nobody() {
        let router: Router = Router::new()
            .route("/forgotten", any(async || "secret"))
            .route("/login", any(async || "secret"))
            .layer(from_fn(enforce));
        let ask = async |method: Method, path: &str| {
            let request = Request::builder().method(method).uri(path).body(Body::empty());
            router.clone().oneshot(request.unwrap()).await.unwrap()
        };
        assert_eq!(ask(Method::GET, "/forgotten").await.status(), StatusCode::NOT_FOUND);
        let response = ask(Method::DELETE, "/login").await;
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(response.headers()[header::ALLOW], "GET,HEAD,POST");
        assert_eq!(ask(Method::HEAD, "/login").await.status(), StatusCode::OK);
    }
}
