//! Headers that keep pages and tokens safe, and the way from http to https.

use reqwest::{Method, Response, StatusCode, header};
use serde_json::json;

use crate::app::{PASSWORD, TestApp, cookies_of, on_each_database};

const PUBLIC: &str = "https://krx.example.com";
const HTTPS: [(&str, &str); 2] = [("PUBLIC_URL", PUBLIC), ("TRUSTED_PROXIES", "127.0.0.0/8")];

fn value<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// The directives of a policy, by name.
fn directives(policy: &str) -> std::collections::BTreeMap<String, String> {
    policy
        .split(';')
        .filter_map(|directive| {
            let (name, value) = directive.trim().split_once(' ')?;
            Some((name.to_owned(), value.to_owned()))
        })
        .collect()
}

on_each_database! {
    async fn a_page_may_load_its_own_and_nothing_else(app) {
        for path in ["/login", "/signup", "/terms", "/no/such/page"] {
            let response = app.get(path).send().await.unwrap();
            let policy = directives(value(&response, "content-security-policy"));
            let script = &policy["script-src"];
            let nonce = script.strip_prefix("'nonce-").and_then(|rest| rest.split('\'').next()).unwrap();
            assert!(nonce.len() >= 16, "{script}");
            assert_eq!(*script, format!("'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'"));
            for (directive, expected) in [
                ("default-src", "'none'"), ("style-src", "'self'"), ("img-src", "'self'"), ("font-src", "'self'"), ("connect-src", "'self'"),
                ("form-action", "'self'"), ("base-uri", "'none'"), ("frame-ancestors", "'none'"),
            ] {
                assert_eq!(policy[directive], expected, "{path}: {directive}");
            }
            assert_eq!(policy.len(), 9, "{policy:?}");
        }
    }

    /// Pages of a user, and every answer that carries tokens or says who somebody is.
    async fn what_is_private_is_stored_nowhere(app) {
        app.sign_up("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        for path in ["/", "/stocks", "/account", "/account/devices", "/account/history", "/api/auth/me", "/api/auth/sessions", "/login"] {
            let response = app.get(path).header(header::COOKIE, &cookies).send().await.unwrap();
            assert_eq!(value(&response, "cache-control"), "no-store", "{path}");
        }
        let credentials = json!({"user_id": "hong_gd", "password": PASSWORD});
        let signed_in = app.post("/api/auth/login").json(&credentials).send().await.unwrap();
        assert_eq!((signed_in.status(), value(&signed_in, "cache-control")), (StatusCode::OK, "no-store"));
        let token = signed_in.json::<serde_json::Value>().await.unwrap()["refresh_token"].clone();
        let refreshed = app.post("/api/auth/refresh").json(&json!({"refresh_token": token})).send().await.unwrap();
        assert_eq!((refreshed.status(), value(&refreshed, "cache-control")), (StatusCode::OK, "no-store"));
        let form = app.post("/login").form(&[("user_id", "hong_gd"), ("password", PASSWORD)]).send().await.unwrap();
        assert_eq!((form.status(), value(&form, "cache-control")), (StatusCode::SEE_OTHER, "no-store"));
    }

    async fn who_came_by_http_is_sent_to_https(app: HTTPS) {
        let plain = |method: Method, path: &str| app.request(method, path).header("X-Forwarded-Proto", "http");
        for (path, to) in [("/login?next=%2Fstocks", "/login?next=%2Fstocks"), ("/", "/"), ("/api/auth/me", "/api/auth/me"), ("//evil.example/", "//evil.example/")] {
            for method in [Method::GET, Method::HEAD] {
                let response = plain(method, path).send().await.unwrap();
                assert_eq!(response.status(), StatusCode::PERMANENT_REDIRECT, "{path}");
                assert_eq!(value(&response, "location"), format!("{PUBLIC}{to}"));
            }
        }
        // What acts was readable on its way: it is not done.
        app.sign_up("hong_gd").await;
        let refused = plain(Method::POST, "/api/auth/login").json(&json!({"user_id": "hong_gd", "password": PASSWORD})).send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        assert_eq!(refused.json::<serde_json::Value>().await.unwrap()["code"], "https_required");
        let refused = plain(Method::POST, "/login").header("Origin", PUBLIC).form(&[("user_id", "hong_gd"), ("password", PASSWORD)]).send().await.unwrap();
        assert_eq!((refused.status(), cookies_of(&refused).as_str()), (StatusCode::FORBIDDEN, ""));
        assert_eq!(app.login_history().await, []);
        // Supervisors ask directly; a proxy that says https, or nothing, is believed.
        assert_eq!(plain(Method::GET, "/healthz").send().await.unwrap().status(), StatusCode::OK);
        assert_eq!(plain(Method::GET, "/readyz").send().await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE, "no market");
        for proto in ["https", "http, https"] {
            let response = app.get("/login").header("X-Forwarded-Proto", proto).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{proto}");
        }
        let response = app.get("/login").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert!(value(&response, "strict-transport-security").starts_with("max-age=31536000"));
    }

    async fn a_stranger_cannot_say_how_it_came(app: [("PUBLIC_URL", PUBLIC)]) {
        let response = app.get("/login").header("X-Forwarded-Proto", "http").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
    }

    async fn with_http_nobody_is_sent_anywhere(app: [("TRUSTED_PROXIES", "127.0.0.0/8")]) {
        let response = app.get("/login").header("X-Forwarded-Proto", "http").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(value(&response, "strict-transport-security"), "");
    }

    async fn features_that_no_page_uses_are_off(app) {
        let response = app.get("/login").send().await.unwrap();
        let policy = value(&response, "permissions-policy");
        for feature in ["camera", "geolocation", "microphone", "payment", "usb"] {
            assert!(policy.contains(&format!("{feature}=()")), "{policy}");
        }
        assert_eq!(value(&response, "cross-origin-opener-policy"), "same-origin");
        assert_eq!(value(&response, "referrer-policy"), "same-origin");
    }

    async fn other_origins_get_what_the_operator_named(app: [("CORS_ORIGINS", "https://notebook.example.com")]) {
        let preflight = |app: &TestApp, path: &str, origin: &str| {
            app.request(Method::OPTIONS, path)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization")
        };
        for (path, origin, allowed) in [
            ("/api/auth/me", "https://notebook.example.com", true),
            ("/api/auth/sessions", "https://notebook.example.com", true),
            ("/api/auth/me", "https://evil.example", false),
            ("/api/auth/me", "http://notebook.example.com", false),
            ("/api/auth/me", "null", false),
            ("/login", "https://notebook.example.com", false),
            ("/_fn/current-user", "https://notebook.example.com", false),
        ] {
            let response = preflight(app, path, origin).send().await.unwrap();
            let echoed = value(&response, "access-control-allow-origin");
            assert_eq!(echoed == origin, allowed, "{path} {origin}: {echoed}");
            assert_eq!(value(&response, "access-control-allow-credentials"), "", "cookies never");
        }
    }
}
