//! The table of access rules, held against the running program.

use reqwest::{RequestBuilder, Response, StatusCode, header};
use secondarymarket::server::routes::{
    Access,
    policy::{RULES, access},
};
use serde_json::json;
use time::Duration;

use crate::app::{PASSWORD, TestApp, answer, on_each_database};

/// A path as somebody would ask for it.
fn example(path: &str) -> String {
    path.split('/')
        .map(|part| if part.starts_with('{') { "1" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

impl TestApp {
    /// One request, without a body, for each rule with one of these levels.
    fn requests(&self, levels: &[Access]) -> Vec<(String, RequestBuilder)> {
        let ruled = RULES.iter().filter(|(_, _, access)| levels.contains(access));
        ruled
            .map(|(method, path, _)| {
                let path = example(path);
                (format!("{method} {path}"), self.request(method.clone(), &path))
            })
            .collect()
    }
}

/// A refusal before any handler: a page leads to the sign-in page, everything else says what is
/// wrong with the token.
async fn assert_refused(what: &str, code: &str, response: Response) {
    let (status, headers) = (response.status(), response.headers().clone());
    if what.contains(" /api/") || what.contains(" /_fn/") {
        let body: serde_json::Value = response.json().await.unwrap();
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{what}");
        assert_eq!(body["code"], code, "{what}");
        assert_eq!(headers[header::CONTENT_TYPE], "application/problem+json", "{what}");
        let challenge = if code == "missing_token" {
            "Bearer"
        } else {
            "Bearer error=\"invalid_token\""
        };
        assert_eq!(headers[header::WWW_AUTHENTICATE], challenge, "{what}");
    } else {
        assert_eq!(status, StatusCode::SEE_OTHER, "{what}");
        let path = what.split(' ').nth(1).unwrap().replace('/', "%2F");
        assert_eq!(headers[header::LOCATION], format!("/login?next={path}"), "{what}");
    }
    assert_eq!(headers[header::CACHE_CONTROL], "no-store", "{what}");
}

const PROTECTED: [Access; 2] = [Access::SignedIn, Access::Admin];

on_each_database! {
    async fn what_is_protected_is_refused_without_a_good_token(app) {
        let tokens = app.member("hong_gd").await;
        let other = app.sign_in("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        for (what, request) in app.requests(&PROTECTED) {
            assert_refused(&what, "missing_token", request.send().await.unwrap()).await;
        }
        for (what, request) in app.requests(&PROTECTED) {
            let cookie = "access_token=a.b.c; refresh_token=1.0.x";
            assert_refused(&what, "missing_token", request.header("Cookie", cookie).send().await.unwrap()).await;
        }
        for bad in ["", "x", "a.b.c", tokens.refresh.as_str(), &format!("{}x", tokens.access)] {
            for (what, request) in app.requests(&PROTECTED) {
                // A good cookie beside it does not help.
                let request = request.header("Authorization", format!("Bearer {bad}")).header("Cookie", &cookies);
                assert_refused(&what, "invalid_token", request.send().await.unwrap()).await;
            }
        }
        let (status, _) = app.call("/api/auth/logout", &json!({"refresh_token": other.refresh})).await;
        assert_eq!(status, StatusCode::OK);
        for (what, request) in app.requests(&PROTECTED) {
            assert_refused(&what, "invalid_token", request.bearer_auth(&other.access).send().await.unwrap()).await;
        }
        app.clock.advance(Duration::minutes(15));
        for (what, request) in app.requests(&PROTECTED) {
            assert_refused(&what, "expired_token", request.bearer_auth(&tokens.access).send().await.unwrap()).await;
        }
    }

    async fn what_is_for_members_lets_them_in(app) {
        app.sign_up("hong_gd").await;
        for (what, request) in app.requests(&[Access::SignedIn]) {
            // Each on a device of its own: some of the routes end sessions.
            let tokens = app.sign_in("hong_gd").await;
            let response = request.bearer_auth(&tokens.access).send().await.unwrap();
            assert_ne!(response.status(), StatusCode::UNAUTHORIZED, "{what}");
            assert_ne!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{what}");
            let leads_to = response.headers().get(header::LOCATION).map(|way| way.to_str().unwrap().to_owned());
            assert!(leads_to.is_none_or(|way| !way.starts_with("/login?next=")), "{what}");
        }
    }

    async fn what_is_public_is_not_refused_whatever_comes_along(app) {
        for token in [None, Some("stale")] {
            for (what, mut request) in app.requests(&[Access::Open, Access::Public, Access::Developer]) {
                if let Some(token) = token {
                    request = request.bearer_auth(token);
                }
                let status = request.send().await.unwrap().status();
                let handled = ![StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::METHOD_NOT_ALLOWED].contains(&status);
                assert!(handled, "{what}: {status}");
            }
        }
    }

    /// Programs keep a default header: an old token must not keep them from getting a new one.
    async fn a_stale_token_does_not_keep_anybody_from_signing_in(app) {
        app.sign_up("hong_gd").await;
        let credentials = json!({"user_id": "hong_gd", "password": PASSWORD});
        let (status, tokens) = answer(app.post("/api/auth/login").bearer_auth("stale").json(&credentials)).await;
        assert_eq!(status, StatusCode::OK, "{tokens}");
        let refresh = json!({"refresh_token": tokens["refresh_token"]});
        assert_eq!(answer(app.post("/api/auth/refresh").bearer_auth("stale").json(&refresh)).await.0, StatusCode::OK);
    }

    async fn a_deactivated_user_is_told_so_at_every_protected_door(app) {
        let tokens = app.member("hong_gd").await;
        app.set_active("hong_gd", false).await;
        for (what, request) in app.requests(&PROTECTED) {
            let status = request.bearer_auth(&tokens.access).send().await.unwrap().status();
            let is_page = !what.contains(" /api/") && !what.contains(" /_fn/");
            assert_eq!(status, if is_page { StatusCode::SEE_OTHER } else { StatusCode::FORBIDDEN }, "{what}");
        }
    }

    /// Health must answer without a database, whatever cookies are sent along.
    async fn what_is_open_looks_at_no_token(app) {
        let tokens = app.member("hong_gd").await;
        app.state.db.close().await;
        for path in ["/healthz", "/api/openapi.json", "/api/docs/"] {
            assert_eq!(access(&reqwest::Method::GET, path).unwrap_or(Access::Open), Access::Open);
            let response = app.get(path).bearer_auth(&tokens.access).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{path}");
        }
    }

    async fn a_method_without_a_rule_is_not_allowed(app) {
        for (method, path, allowed) in [("DELETE", "/api/auth/login", "POST"), ("PUT", "/login", "GET,HEAD,POST"), ("OPTIONS", "/stocks", "GET,HEAD,POST")] {
            let response = app.request(method.parse().unwrap(), path).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            assert_eq!(response.headers()[header::ALLOW], allowed, "{method} {path}");
        }
        let response = app.request(reqwest::Method::HEAD, "/stocks").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "HEAD goes by the rule for GET");
    }
}
