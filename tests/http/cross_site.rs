//! No other site may make a browser act here.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::app::{PASSWORD, on_each_database};

on_each_database! {
    async fn unsafe_requests_from_elsewhere_are_refused(app) {
        app.sign_up("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let own = app.base.clone();
        let other_port = "http://127.0.0.1:1";
        let other_scheme = own.replace("http://", "https://");
        let matrix: [(&[(&str, &str)], bool); 15] = [
            (&[], true),
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("origin", &own)], true),
            (&[("origin", &own), ("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("origin", "http://evil.example")], false),
            (&[("origin", "null")], false),
            (&[("origin", other_port)], false),
            (&[("origin", &other_scheme)], false),
            (&[("origin", &own), ("sec-fetch-site", "cross-site")], false),
            (&[("origin", "http://evil.example"), ("sec-fetch-site", "same-origin")], false),
            (&[("origin", "null"), ("sec-fetch-site", "same-origin")], false),
            // Only a Bearer token makes cookies not count.
            (&[("origin", "http://evil.example"), ("authorization", "Basic dTpw")], false),
        ];
        for path in ["/login", "/signup", "/logout", "/account", "/account/password", "/account/devices", "/account/delete",
            "/api/auth/login", "/api/auth/logout", "/api/auth/password",
            "/_fn/sign-in", "/_fn/listings", "/_fn/change-name", "/_fn/change-password", "/_fn/delete-account"] {
            for (headers, allowed) in matrix {
                // No cookie with the sign-out that is allowed: the session is needed further on.
                let mut request = app.post(path).form(&[("user_id", "nobody_1"), ("password", "x"), ("query", "")]);
                if path != "/logout" || !allowed {
                    request = request.header("Cookie", &cookies);
                }
                for (name, value) in headers {
                    request = request.header(*name, *value);
                }
                let status = request.send().await.unwrap().status();
                assert_eq!(status != StatusCode::FORBIDDEN, allowed, "{path} {headers:?}: {status}");
            }
        }
        assert_eq!(app.get("/account").header("Cookie", &cookies).send().await.unwrap().status(), StatusCode::OK);
    }

    async fn nothing_is_deleted_from_elsewhere(app) {
        app.sign_up("hong_gd").await;
        let other = app.sign_in("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let id = app.devices(&other.access).await[0];
        for path in [format!("/api/auth/sessions/{id}"), "/api/auth/sessions".to_owned(), "/api/auth/me".to_owned()] {
            let delete = |name: &'static str, value: &str| {
                let request = app.request(Method::DELETE, &path).header("Cookie", &cookies).header(name, value);
                request.json(&json!({"password": PASSWORD})).send()
            };
            for (name, value) in [("origin", "http://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")] {
                assert_eq!(delete(name, value).await.unwrap().status(), StatusCode::FORBIDDEN, "{path} {name}: {value}");
            }
            assert_eq!(app.ask("/api/auth/me", &other.access).await.0, StatusCode::OK, "{path}");
            if path.ends_with("/me") {
                assert_eq!(delete("sec-fetch-site", "same-origin").await.unwrap().status(), StatusCode::NO_CONTENT);
            }
        }
    }

    async fn reading_and_bearer_requests_are_not_concerned(app) {
        let tokens = app.member("hong_gd").await;
        let response = app.get("/login").header("sec-fetch-site", "cross-site").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let response = app
            .post("/api/auth/logout")
            .bearer_auth(&tokens.access)
            .header("origin", "http://evil.example")
            .json(&serde_json::json!({"refresh_token": tokens.refresh}))
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::OK);
    }

    async fn a_refusal_is_a_problem_or_a_page(app) {
        let refused = |path: &str| app.post(path).header("origin", "http://evil.example").send();
        let response = refused("/api/auth/login").await.unwrap();
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        assert_eq!(response.json::<serde_json::Value>().await.unwrap()["code"], "cross_site_request");
        let response = refused("/login").await.unwrap();
        assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
        assert!(response.text().await.unwrap().contains("다른 사이트에서 보낸 요청"));
    }

    async fn signing_in_from_elsewhere_sets_no_cookie(app) {
        app.sign_up("hong_gd").await;
        let response = app
            .post("/login")
            .header("sec-fetch-site", "cross-site")
            .form(&[("user_id", "hong_gd"), ("password", PASSWORD)])
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
        assert!(response.headers().get("set-cookie").is_none());
    }
}

#[tokio::test]
async fn cors_is_for_named_origins_under_the_api_only() {
    let db = secondarymarket::server::store::testing::TestDb::sqlite().await;
    let app = crate::app::TestApp::start(db, &[("CORS_ORIGINS", "https://notebook.example.com")]).await;
    let allowed = async |path: &str, origin: &str| {
        let response = app.get(path).header("origin", origin).send().await.unwrap();
        response
            .headers()
            .get("access-control-allow-origin")
            .map(|v| v.to_str().unwrap().to_owned())
    };
    let notebook = "https://notebook.example.com";
    assert_eq!(allowed("/api/auth/me", notebook).await.as_deref(), Some(notebook));
    assert_eq!(allowed("/api/auth/me", "https://evil.example").await, None);
    assert_eq!(allowed("/login", notebook).await, None);

    // It may sign in, with its token and not with the browser's cookies.
    app.sign_up("hong_gd").await;
    let cookies = app.browser("hong_gd").await;
    let post = |path: &str| {
        app.post(path)
            .header("origin", notebook)
            .header("sec-fetch-site", "cross-site")
    };
    let response = post("/api/auth/login")
        .json(&serde_json::json!({"user_id": "hong_gd", "password": PASSWORD}))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["access-control-allow-origin"], notebook);
    let response = post("/logout").header("cookie", &cookies).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::FORBIDDEN, "only under the API");
    app.stop().await;
}
