//! Pages: who may see them, and the headers that keep them safe.

use reqwest::StatusCode;
use secondarymarket::server::routes::{Access, policy};

use crate::app::on_each_database;

/// An address of each page, with its rule.
fn pages() -> impl Iterator<Item = (String, Access)> {
    policy::pages().map(|(path, access)| (path.replace("{code}", "005930"), access))
}

on_each_database! {
    async fn pages_for_members_send_visitors_to_the_sign_in_page(app) {
        for (path, access) in pages() {
            let response = app.get(&path).send().await.unwrap();
            if matches!(access, Access::Public | Access::Developer) {
                assert_eq!(response.status(), StatusCode::OK, "{path}");
            } else {
                assert_eq!(response.status(), StatusCode::SEE_OTHER, "{path}");
                let way = format!("/login?next={}", path.replace('/', "%2F"));
                assert_eq!(response.headers()["location"], way.as_str());
            }
        }
    }

    /// Tests are debug builds; `policy` tests that no other has it.
    async fn the_style_guide_shows_the_components_themselves(app) {
        let response = app.get("/styleguide").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let page = response.text().await.unwrap();
        for shown in [
            "var(--accent-soft)", "aria-busy=\"true\"", "field--invalid", "strength__bar", "table--stocks", "aria-sort=\"descending\"",
            "ranking__empty", "chart__candles up", "chart__line series-5", "chart__empty", "pager", "banner--note", "fault__code", "<dialog",
        ] {
            assert!(page.contains(shown), "{shown}");
        }
        // The policy of a page forbids it.
        assert!(!page.contains(" style=\""), "a style in an attribute");
    }

    async fn a_slash_too_many_leads_to_the_page(app) {
        for (path, _) in pages().filter(|(path, _)| *path != "/") {
            for (asked, expected) in [(format!("{path}/"), path.clone()), (format!("{path}//?q=1"), format!("{path}?q=1"))] {
                let response = app.get(&asked).send().await.unwrap();
                assert_eq!(response.status(), StatusCode::PERMANENT_REDIRECT, "{asked}");
                assert_eq!(response.headers()["location"], expected.as_str());
            }
        }
        let response = app.get("//evil.example/").send().await.unwrap();
        assert_eq!(response.headers()["location"], "/evil.example");
    }

    async fn every_answer_carries_the_security_headers(app) {
        for path in ["/login", "/stocks", "/nope", "/api/auth/me", "/healthz", "/pkg/nope.js", "/api/docs/"] {
            let response = app.get(path).send().await.unwrap();
            let headers = response.headers();
            let value = |name: &str| headers.get(name).unwrap_or_else(|| panic!("{name} on {path}")).to_str().unwrap();
            assert_eq!(value("x-content-type-options"), "nosniff");
            assert_eq!(value("referrer-policy"), "same-origin");
            assert_eq!(value("cross-origin-opener-policy"), "same-origin");
            assert!(value("permissions-policy").contains("camera=()"));
            assert!(value("content-security-policy").contains("frame-ancestors 'none'"));
            assert!(!value("x-request-id").is_empty());
            assert!(headers.get("strict-transport-security").is_none(), "http only");
            if path != "/api/docs/" {
                assert_eq!(value("cache-control"), "no-store", "{path}");
            }
        }
    }

    async fn nothing_runs_in_a_page_without_its_nonce(app) {
        let mut nonces = Vec::new();
        for _ in 0..2 {
            let response = app.get("/signup").send().await.unwrap();
            let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
            let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
            assert!(policy.starts_with("default-src 'none'; script-src 'nonce-"), "{policy}");
            assert!(!policy.contains("unsafe-inline"), "{policy}");
            let page = response.text().await.unwrap();
            let scripts: Vec<_> = page.split("<script").skip(1).collect();
            assert!(!scripts.is_empty());
            for script in scripts {
                assert!(script.split('>').next().unwrap().contains(&format!("nonce=\"{nonce}\"")), "{script:.80}");
            }
            for inline in [" style=\"", " onclick=", " onload=", "<style"] {
                assert!(!page.contains(inline), "{inline}");
            }
            nonces.push(nonce);
        }
        assert_ne!(nonces[0], nonces[1]);
    }

    async fn what_is_not_there_is_a_page_with_the_right_status(app) {
        let response = app.get("/nope/<script>").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        let page = response.text().await.unwrap();
        assert!(page.contains("페이지를 찾을 수 없습니다") && page.contains("lang=\"ko\""));
        assert!(!page.contains("<script>\""));
    }

    async fn a_dead_database_is_a_503_and_not_a_panic(app) {
        app.sign_up("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        app.state.db.close().await;
        let page = app.get("/account").header("cookie", &cookies).send().await.unwrap();
        assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(page.headers().contains_key("retry-after"));
        let text = page.text().await.unwrap();
        assert!(text.contains("서비스를 잠시 사용할 수 없습니다.") && text.contains("요청 번호"), "{text}");
        assert!(!text.contains("pool"), "the cause stays in the log");
        for path in ["/login", "/signup", "/terms"] {
            assert_eq!(app.get(path).send().await.unwrap().status(), StatusCode::OK, "{path} needs no database");
        }
        let (status, body) = app.call("/api/auth/login", &serde_json::json!({"user_id": "hong_gd", "password": "x"})).await;
        assert_eq!((status, body["code"].as_str()), (StatusCode::SERVICE_UNAVAILABLE, Some("unavailable")));
        let form = app.post("/login").form(&[("user_id", "hong_gd"), ("password", "x")]).send().await.unwrap();
        assert_eq!(form.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(app.get("/readyz").send().await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(app.get("/healthz").send().await.unwrap().status(), StatusCode::OK);
    }

    async fn the_api_describes_itself(app) {
        let (status, openapi) = crate::app::answer(app.get("/api/openapi.json")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(openapi["openapi"].as_str().unwrap().starts_with("3.1"));
        assert_eq!(openapi["servers"][0]["url"], "/api");
        for path in ["/auth/signup", "/auth/login", "/auth/refresh", "/auth/logout", "/auth/me", "/auth/sessions", "/auth/sessions/{id}", "/auth/login-history", "/auth/password", "/stocks/listings"] {
            assert!(openapi["paths"][path].is_object(), "{path}");
        }
        let docs = app.get("/api/docs/").send().await.unwrap();
        assert_eq!(docs.status(), StatusCode::OK);
        assert!(docs.text().await.unwrap().contains("swagger-ui"));
    }
}
