//! Signing in, going on, signing out.

use futures::future::join_all;
use reqwest::{StatusCode, header};
use serde_json::json;
use time::Duration;

use crate::app::{PASSWORD, Tokens, answer, cookies_of, on_each_database};

on_each_database! {
    async fn the_answer_has_the_promised_shape(app) {
        app.sign_up("hong_gd").await;
        let (status, body) = app.call("/api/auth/login", &json!({"user_id": "hong_gd", "password": PASSWORD})).await;
        assert_eq!(status, StatusCode::OK);
        let mut names: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["access_token", "expires_in", "refresh_token", "token_type"]);
        assert_eq!((body["token_type"].as_str(), body["expires_in"].as_i64()), (Some("bearer"), Some(900)));
    }

    /// Unknown user and wrong password: same status, same words, same headers.
    async fn nobody_learns_who_exists(app) {
        app.sign_up("hong_gd").await;
        let mut seen = Vec::new();
        for user_id in ["hong_gd", "nobody_1", "ab", "홍길동"] {
            let response = app.post("/api/auth/login").json(&json!({"user_id": user_id, "password": "Wrong-71!"})).send().await.unwrap();
            let mut headers: Vec<_> = response.headers().keys().map(ToString::to_string).collect();
            headers.sort();
            let status = response.status();
            let mut body: serde_json::Value = response.json().await.unwrap();
            body["instance"] = json!("");
            seen.push((status, headers, body.to_string()));
        }
        assert_eq!(seen[0].0, StatusCode::UNAUTHORIZED);
        assert!(seen[0].2.contains("아이디 또는 비밀번호가 올바르지 않습니다."));
        assert!(seen.iter().all(|one| *one == seen[0]), "{seen:#?}");
    }

    async fn every_attempt_is_recorded(app) {
        app.sign_up("hong_gd").await;
        for (user_id, password) in [("hong_gd", "Wrong-71!"), ("nobody_1", PASSWORD), ("hong_gd", PASSWORD)] {
            app.call("/api/auth/login", &json!({"user_id": user_id, "password": password})).await;
        }
        let rows = app.login_history().await;
        assert_eq!(rows, [(true, false), (false, false), (true, true)], "known user, success");
    }

    async fn me_wants_a_token_that_is_ours(app) {
        let tokens = app.member("hong_gd").await;
        let challenge = async |request: reqwest::RequestBuilder| {
            let response = request.send().await.unwrap();
            let header = response.headers()[header::WWW_AUTHENTICATE].to_str().unwrap().to_owned();
            let status = response.status();
            let body: serde_json::Value = response.json().await.unwrap();
            (status, body["code"].as_str().unwrap().to_owned(), header)
        };
        let me = || app.get("/api/auth/me");
        let (status, code, header) = challenge(me()).await;
        assert_eq!((status, code.as_str(), header.as_str()), (StatusCode::UNAUTHORIZED, "missing_token", "Bearer"));
        for bad in ["x", "", &tokens.refresh, &format!("{}x", tokens.access)] {
            let (status, code, header) = challenge(me().header("Authorization", format!("Bearer {bad}"))).await;
            assert_eq!((status, code.as_str()), (StatusCode::UNAUTHORIZED, "invalid_token"), "{bad}");
            assert!(header.starts_with("Bearer"), "{header}");
        }
        app.clock.advance(Duration::minutes(15));
        let (status, code, _) = challenge(me().bearer_auth(&tokens.access)).await;
        assert_eq!((status, code.as_str()), (StatusCode::UNAUTHORIZED, "expired_token"));
    }

    async fn a_refresh_rotates_and_within_the_grace_repeats_itself(app) {
        let first = app.member("hong_gd").await;
        let refresh = async |token: &str| app.call("/api/auth/refresh", &json!({"refresh_token": token})).await;
        let (status, body) = refresh(&first.refresh).await;
        assert_eq!(status, StatusCode::OK);
        let second = Tokens::of(&body);
        assert_ne!(second.refresh, first.refresh);
        // The answer was lost, or another tab asked too.
        app.clock.advance(Duration::seconds(30));
        let (status, body) = refresh(&first.refresh).await;
        assert_eq!((status, Tokens::of(&body).refresh), (StatusCode::OK, second.refresh.clone()));
        // Now it can only have been stolen: the device is signed out, by whomever.
        app.clock.advance(Duration::seconds(1));
        let (status, body) = refresh(&first.refresh).await;
        assert_eq!((status, body["code"].as_str()), (StatusCode::UNAUTHORIZED, Some("invalid_refresh_token")));
        assert_eq!(refresh(&second.refresh).await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(app.ask("/api/auth/me", &second.access).await.0, StatusCode::UNAUTHORIZED);
    }

    async fn of_many_refreshes_at_once_one_rotates_and_nobody_is_signed_out(app) {
        let first = app.member("hong_gd").await;
        let body = json!({"refresh_token": first.refresh});
        let answers = join_all((0..40).map(|_| app.call("/api/auth/refresh", &body))).await;
        let successors: Vec<String> = answers
            .iter()
            .map(|(status, body)| {
                assert_eq!(*status, StatusCode::OK, "{body}");
                Tokens::of(body).refresh
            })
            .collect();
        assert!(successors.iter().all(|token| *token == successors[0]), "one successor");
        assert!(successors[0].split('.').nth(1) == Some("1"), "one rotation: {}", successors[0]);
        assert_eq!(app.call("/api/auth/refresh", &json!({"refresh_token": successors[0]})).await.0, StatusCode::OK);
    }

    async fn a_device_ends_a_day_after_its_last_use_unless_it_is_remembered(app) {
        app.sign_up("hong_gd").await;
        let sign_in = async |remember_me: bool| {
            let (_, body) = app.call("/api/auth/login", &json!({"user_id": "hong_gd", "password": PASSWORD, "remember_me": remember_me})).await;
            Tokens::of(&body)
        };
        let refresh = async |tokens: &Tokens| app.call("/api/auth/refresh", &json!({"refresh_token": tokens.refresh})).await;
        let (mut passing, remembered) = (sign_in(false).await, sign_in(true).await);
        // Used every day it lives on ...
        for _ in 0..3 {
            app.clock.advance(Duration::hours(23));
            let (status, body) = refresh(&passing).await;
            assert_eq!(status, StatusCode::OK);
            passing = Tokens::of(&body);
        }
        // ... and ends without.
        app.clock.advance(Duration::hours(24));
        assert_eq!(refresh(&passing).await.0, StatusCode::UNAUTHORIZED);
        let (status, body) = refresh(&remembered).await;
        assert_eq!(status, StatusCode::OK);
        // Thirty days from signing in, however often it is used.
        app.clock.advance(Duration::days(30) - Duration::hours(93));
        assert_eq!(refresh(&Tokens::of(&body)).await.0, StatusCode::UNAUTHORIZED);
    }

    async fn signing_out_ends_both_tokens_at_once(app) {
        let tokens = app.member("hong_gd").await;
        let other = app.sign_in("hong_gd").await;
        let body = json!({"refresh_token": tokens.refresh});
        let (status, answer) = app.call("/api/auth/logout", &body).await;
        assert_eq!((status, answer["message"].as_str()), (StatusCode::OK, Some("로그아웃되었습니다.")));
        assert_eq!(app.ask("/api/auth/me", &tokens.access).await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(app.call("/api/auth/refresh", &body).await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(app.call("/api/auth/logout", &body).await.0, StatusCode::BAD_REQUEST);
        assert_eq!(app.ask("/api/auth/me", &other.access).await.0, StatusCode::OK, "the other device stays");
    }

    async fn a_deactivated_user_is_told_only_with_the_right_password(app) {
        let tokens = app.member("hong_gd").await;
        app.set_active("hong_gd", false).await;
        let sign_in = async |password: &str| app.call("/api/auth/login", &json!({"user_id": "hong_gd", "password": password})).await;
        let (status, body) = sign_in(PASSWORD).await;
        assert_eq!((status, body["code"].as_str()), (StatusCode::FORBIDDEN, Some("account_deactivated")));
        assert_eq!(body["detail"], "비활성화된 계정입니다. 관리자에게 문의하세요.");
        assert_eq!(sign_in("Wrong-71!").await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(app.ask("/api/auth/me", &tokens.access).await.0, StatusCode::FORBIDDEN);
        assert_eq!(app.call("/api/auth/refresh", &json!({"refresh_token": tokens.refresh})).await.0, StatusCode::FORBIDDEN);
        app.set_active("hong_gd", true).await;
        assert_eq!(sign_in(PASSWORD).await.0, StatusCode::OK);
    }

    async fn a_browser_is_refreshed_in_passing(app) {
        app.sign_up("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let account = |cookies: &str| app.get("/account").header("Cookie", cookies.to_owned()).send();
        let fresh = account(&cookies).await.unwrap();
        assert_eq!(fresh.status(), StatusCode::OK);
        assert_eq!(cookies_of(&fresh), "", "nothing to refresh yet");
        app.clock.advance(Duration::minutes(16));
        let refreshed = account(&cookies).await.unwrap();
        assert_eq!(refreshed.status(), StatusCode::OK);
        let new = cookies_of(&refreshed);
        assert!(new.contains("access_token=") && new.contains("refresh_token="), "{new}");
        // A second tab with the old cookies gets the same refresh token and is not signed out.
        let tab = account(&cookies).await.unwrap();
        assert_eq!(tab.status(), StatusCode::OK);
        let token = |cookies: &str| cookies.split("; ").find(|c| c.starts_with("refresh_token=")).unwrap().to_owned();
        assert_eq!(token(&cookies_of(&tab)), token(&new));
        assert_eq!(account(&new).await.unwrap().status(), StatusCode::OK);
    }

    /// The loser of a race, and whoever is thrown out, keeps the cookies: they may be newer ones.
    async fn a_dead_session_leads_to_the_sign_in_page_and_clears_nothing(app) {
        app.sign_up("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        app.set_active("hong_gd", false).await;
        let response = app.get("/stocks?market=KOSDAQ").header("Cookie", &cookies).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        assert_eq!(response.headers()["location"], "/login?next=%2Fstocks%3Fmarket%3DKOSDAQ");
        assert_eq!(cookies_of(&response), "");
        let login = async |cookies: &str| {
            let page = app.get("/login?next=%2Fstocks").header("Cookie", cookies).send().await.unwrap();
            page.text().await.unwrap()
        };
        // Told from whoever was never signed in.
        assert!(login(&cookies).await.contains("로그인이 끝났습니다."));
        assert!(login("").await.contains("로그인이 필요한 페이지입니다."));
    }

    async fn signing_in_again_ends_the_session_before(app) {
        app.sign_up("hong_gd").await;
        let before = app.browser("hong_gd").await;
        let response = app
            .post("/login")
            .header("Cookie", &before)
            .form(&[("user_id", "hong_gd"), ("password", PASSWORD)])
            .send()
            .await
            .unwrap();
        let account = |cookies: String| app.get("/account").header("Cookie", cookies).send();
        assert_eq!(account(cookies_of(&response)).await.unwrap().status(), StatusCode::OK);
        assert_eq!(account(before).await.unwrap().status(), StatusCode::SEE_OTHER);
    }

    async fn a_bad_bearer_token_counts_more_than_a_good_cookie(app) {
        app.sign_up("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let me = || app.get("/api/auth/me").header("Cookie", &cookies);
        assert_eq!(answer(me()).await.0, StatusCode::OK);
        assert_eq!(answer(me().bearer_auth("x")).await.0, StatusCode::UNAUTHORIZED);
    }
}
