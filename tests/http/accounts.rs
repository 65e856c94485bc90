//! Signing up.

use futures::future::join_all;
use reqwest::StatusCode;
use serde_json::json;

use crate::app::{PASSWORD, fields, on_each_database, sign_up};

on_each_database! {
    async fn an_account_is_made_and_shown(app) {
        let (status, user) = app.call("/api/auth/signup", &sign_up("Hong_gd")).await;
        assert_eq!(status, StatusCode::CREATED);
        assert_eq!(user, json!({
            "id": user["id"], "user_id": "Hong_gd", "email": "Hong_gd@example.com", "name": "홍길동",
            "is_active": true, "is_verified": false,
            "created_at": "2026-03-20T09:00:00Z", "last_login_at": null,
        }));
        let tokens = app.sign_in("hong_GD").await;
        let (status, me) = app.ask("/api/auth/me", &tokens.access).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(me["id"], user["id"]);
        assert_eq!(me["last_login_at"], "2026-03-20T09:00:00Z");
    }

    async fn ids_and_addresses_are_taken_without_regard_to_case(app) {
        app.sign_up("hong_gd").await;
        let (status, body) = app.call("/api/auth/signup", &sign_up("HONG_gd")).await;
        assert_eq!((status, body["code"].as_str().unwrap()), (StatusCode::CONFLICT, "user_id_taken"));
        assert_eq!(body["detail"], "이미 존재하는 아이디입니다.");
        assert_eq!(fields(&body), ["user_id"]);
        let mut other = sign_up("kim_gd");
        other["email"] = json!("Hong_GD@EXAMPLE.com");
        let (status, body) = app.call("/api/auth/signup", &other).await;
        assert_eq!((status, body["code"].as_str().unwrap()), (StatusCode::CONFLICT, "email_taken"));
        assert_eq!(fields(&body), ["email"]);
    }

    /// Of many who want one id at the same time, one gets it, and nobody sees a 500.
    async fn one_id_goes_to_one_user(app) {
        let attempts = (0..12).map(|i| {
            let mut body = sign_up("hong_gd");
            body["email"] = json!(format!("hong{i}@example.com"));
            async move { app.call("/api/auth/signup", &body).await.0 }
        });
        let mut statuses = join_all(attempts).await;
        statuses.sort();
        assert_eq!(statuses.iter().filter(|s| **s == StatusCode::CREATED).count(), 1);
        assert_eq!(statuses.iter().filter(|s| **s == StatusCode::CONFLICT).count(), 11);
    }

    async fn every_faulty_field_is_named_at_once(app) {
        let (status, body) = app.call("/api/auth/signup", &json!({})).await;
        assert_eq!((status, body["code"].as_str().unwrap()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid_input"));
        assert_eq!(fields(&body), ["user_id", "email", "name", "password", "agree"]);
        let mut one = sign_up("hong_gd");
        one["password_confirm"] = json!("other");
        let (status, body) = app.call("/api/auth/signup", &one).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(fields(&body), ["password_confirm"]);
        let mut one = sign_up("hong_gd");
        one["agree"] = json!(false);
        let (status, body) = app.call("/api/auth/signup", &one).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(fields(&body), ["agree"]);
    }

    async fn a_weak_password_is_a_matter_of_policy(app) {
        for (weak, faults) in [("abc", 4), ("abcdefgh1!", 1), ("Password1!", 1)] {
            let mut body = sign_up("hong_gd");
            body["password"] = json!(weak);
            body["password_confirm"] = json!(weak);
            let (status, body) = app.call("/api/auth/signup", &body).await;
            assert_eq!((status, body["code"].as_str().unwrap()), (StatusCode::BAD_REQUEST, "password_policy"), "{weak}");
            assert_eq!(fields(&body), vec!["password"; faults], "{weak}");
        }
        app.sign_up("hong_gd").await;
    }

    async fn space_around_and_decomposed_hangul_do_not_count(app) {
        let mut body = sign_up("hong_gd");
        body["user_id"] = json!("  hong_gd ");
        body["email"] = json!(" hong@example.com\n");
        // 홍길동 in single letters, as macOS sends it.
        body["name"] = json!(" \u{1112}\u{1169}\u{11bc}\u{1100}\u{1175}\u{11af}\u{1103}\u{1169}\u{11bc} ");
        let (status, user) = app.call("/api/auth/signup", &body).await;
        assert_eq!(status, StatusCode::CREATED, "{user}");
        assert_eq!((user["user_id"].as_str(), user["email"].as_str(), user["name"].as_str()), (Some("hong_gd"), Some("hong@example.com"), Some("홍길동")));
    }

    /// The same password signs in however the keyboard composes it.
    async fn a_hangul_password_is_normalised(app) {
        let composed = "비밀Quartz-71!";
        let decomposed = "\u{1107}\u{1175}\u{1106}\u{1175}\u{11af}Quartz-71!";
        let mut body = sign_up("hong_gd");
        body["password"] = json!(decomposed);
        body["password_confirm"] = json!(decomposed);
        let (status, answer) = app.call("/api/auth/signup", &body).await;
        assert_eq!(status, StatusCode::CREATED, "{answer}");
        let (status, _) = app.call("/api/auth/login", &json!({"user_id": "hong_gd", "password": composed})).await;
        assert_eq!(status, StatusCode::OK);
    }

    async fn no_password_comes_back(app) {
        let (_, user) = app.call("/api/auth/signup", &sign_up("hong_gd")).await;
        let (_, taken) = app.call("/api/auth/signup", &sign_up("hong_gd")).await;
        for body in [user, taken] {
            let text = body.to_string();
            assert!(!text.contains(PASSWORD) && !text.contains("argon2"), "{text}");
        }
    }
}
