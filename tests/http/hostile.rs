//! What nobody sends by accident: a clear answer, never a 500.

use reqwest::StatusCode;
use serde_json::json;

use crate::app::{PASSWORD, fields, on_each_database, sign_up};

const NASTY: [&str; 8] = [
    "\0",
    "hong\0gd",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "\u{202e}dg_gnoh",
    "{{7*7}}${7*7}",
    "%00%0d%0aSet-Cookie:x=y",
    "😀😀😀😀",
];

on_each_database! {
    async fn hostile_text_in_every_field_is_an_answer_not_a_fault(app) {
        let long = "a".repeat(10_000);
        for (i, nasty) in NASTY.into_iter().chain([long.as_str()]).enumerate() {
            for field in ["user_id", "email", "name", "password", "password_confirm"] {
                let mut body = sign_up(&format!("hong_{i}"));
                body[field] = json!(nasty);
                let (status, answer) = app.call("/api/auth/signup", &body).await;
                // A strange name is a name.
                let is_fine = status.is_client_error() || (field == "name" && status == StatusCode::CREATED);
                assert!(is_fine, "{field}={nasty:.20?}: {status} {answer}");
            }
            let (status, answer) = app.call("/api/auth/login", &json!({"user_id": nasty, "password": nasty})).await;
            assert!(status == StatusCode::UNAUTHORIZED || status == StatusCode::UNPROCESSABLE_ENTITY, "{nasty:.20?}: {status} {answer}");
            let (status, _) = app.call("/api/auth/refresh", &json!({"refresh_token": nasty})).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED);
            let (status, _) = app.call("/api/auth/logout", &json!({"refresh_token": nasty})).await;
            assert_eq!(status, StatusCode::BAD_REQUEST);
        }
    }

    async fn control_characters_are_422(app) {
        for field in ["user_id", "email", "name", "password"] {
            let mut body = sign_up("hong_gd");
            body[field] = json!("Ab1!\u{0}\u{7}xyz@example.com");
            body["password_confirm"] = body["password"].clone();
            let (status, answer) = app.call("/api/auth/signup", &body).await;
            assert_eq!((status, fields(&answer)), (StatusCode::UNPROCESSABLE_ENTITY, vec![field.to_owned()]), "{answer}");
        }
        let (status, answer) = app.call("/api/auth/login", &json!({"user_id": "ho\0ng", "password": "x\0"})).await;
        assert_eq!((status, fields(&answer)), (StatusCode::UNPROCESSABLE_ENTITY, vec!["user_id".to_owned(), "password".to_owned()]));
    }

    async fn bodies_that_are_none(app) {
        let send = async |kind: Option<&str>, body: Vec<u8>| {
            let mut request = app.post("/api/auth/login").body(body);
            if let Some(kind) = kind {
                request = request.header("content-type", kind);
            }
            let response = request.send().await.unwrap();
            let status = response.status().as_u16();
            assert_eq!(response.headers()["content-type"], "application/problem+json");
            (status, response.json::<serde_json::Value>().await.unwrap()["code"].as_str().unwrap().to_owned())
        };
        let json = Some("application/json");
        assert_eq!(send(None, b"{}".to_vec()).await, (415, "unsupported_media_type".into()));
        assert_eq!(send(Some("text/plain"), b"{}".to_vec()).await, (415, "unsupported_media_type".into()));
        assert_eq!(send(Some("application/x-www-form-urlencoded"), b"user_id=x".to_vec()).await, (415, "unsupported_media_type".into()));
        for broken in [&b""[..], b"{", b"null",
            b"[]",
            b"[\"hong_gd\",\"x\"]", b"{} {}", b"\xff\xfe", b"{\"user_id\":\"\\ud800\"}", b"{\"user_id\":\"\xff\"}"] {
            assert_eq!(send(json, broken.to_vec()).await, (422, "malformed_body".into()), "{broken:?}");
        }
        for wrong in [&br#"{"user_id":5}"#[..], br#"{"user_id":null}"#, br#"{"user_id":["x"]}"#, br#"{"remember_me":"yes"}"#] {
            assert_eq!(send(json, wrong.to_vec()).await, (422, "invalid_input".into()), "{wrong:?}");
        }
        assert_eq!(send(Some("application/json; charset=utf-8"), b"{}".to_vec()).await, (422, "invalid_input".into()));
        assert_eq!(send(json, vec![b'a'; 65 * 1024]).await, (413, "body_too_large".into()));
    }

    async fn a_body_without_a_length_is_cut_off_too(app) {
        let chunks = futures::stream::iter((0..100).map(|_| Ok::<_, std::io::Error>(vec![b' '; 4096])));
        let response = app
            .post("/api/auth/login")
            .header("content-type", "application/json")
            .body(reqwest::Body::wrap_stream(chunks))
            .send()
            .await;
        // The server may hang up while the client is still sending.
        if let Ok(response) = response {
            assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
        }
    }

    async fn cookies_of_any_kind_are_survived(app) {
        for cookie in ["access_token=", "access_token=a.b.c; refresh_token=1.0.x", "refresh_token=99999999999999999999.0.x", "x=\u{1}; ;;==", "access_token=%00%ff"] {
            let response = app.get("/login").header("cookie", cookie.as_bytes()).send().await;
            // The HTTP library refuses to send some of them: those never arrive.
            if let Ok(response) = response {
                assert!(!response.status().is_server_error(), "{cookie:?}: {}", response.status());
            }
        }
    }

    async fn unknown_paths_and_methods_are_problems(app) {
        for (method, path, expected) in [("GET", "/api/nope", 404), ("PUT", "/api/auth/me", 405), ("GET", "/api/auth/login", 405), ("POST", "/terms", 405),
            ("POST", "/privacy", 405)] {
            let response = app.request(method.parse().unwrap(), path).send().await.unwrap();
            assert_eq!(response.status().as_u16(), expected, "{method} {path}");
        }
        let (status, body) = crate::app::answer(app.get("/api/nope")).await;
        assert_eq!((status.as_u16(), body["code"].as_str(), body["status"].as_u64()), (404, Some("not_found"), Some(404)));
    }

    async fn a_long_password_costs_no_hash(app) {
        app.sign_up("hong_gd").await;
        let (status, answer) = app.call("/api/auth/login", &json!({"user_id": "hong_gd", "password": format!("{PASSWORD}{}", "x".repeat(10_000))})).await;
        assert_eq!((status, fields(&answer)), (StatusCode::UNPROCESSABLE_ENTITY, vec!["password".to_owned()]));
        assert_eq!(app.login_history().await, [], "refused before anything was looked up");
    }
}
