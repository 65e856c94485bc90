//! What stands between a guesser and an account: request limits, the lock of an account, devices
//! that it knows.

use futures::{StreamExt as _, stream};
use reqwest::{RequestBuilder, StatusCode, header};
use serde_json::{Value, json};
use time::Duration;

use crate::app::{PASSWORD, TestApp, answer, cookies_of, on_each_database, sign_up};

const LIMITED: [(&str, &str); 2] = [("RATE_LIMIT_ENABLED", "true"), ("TRUSTED_PROXIES", "127.0.0.0/8")];
const WRONG: &str = "Wrong-Zebra-71!";

impl TestApp {
    async fn try_password(&self, user_id: &str, password: &str) -> StatusCode {
        self.call("/api/auth/login", &json!({"user_id": user_id, "password": password}))
            .await
            .0
    }

    async fn lock(&self, user_id: &str) {
        for _ in 0..5 {
            assert_eq!(self.try_password(user_id, WRONG).await, StatusCode::UNAUTHORIZED);
        }
    }

    /// Signs in by the form as the browser with these cookies.
    fn form(&self, user_id: &str, password: &str, cookies: &str) -> RequestBuilder {
        self.post("/login")
            .header(header::COOKIE, cookies)
            .form(&[("user_id", user_id), ("password", password)])
    }

    async fn form_status(&self, user_id: &str, password: &str, cookies: &str) -> StatusCode {
        self.form(user_id, password, cookies).send().await.unwrap().status()
    }
}

fn device_of(cookies: &str) -> String {
    let device = cookies.split("; ").find(|cookie| cookie.starts_with("device="));
    device.unwrap_or_default().to_owned()
}

on_each_database! {
    async fn a_client_has_five_attempts_a_minute(app: LIMITED) {
        app.sign_up("hong_gd").await;
        let attempt = |user_id: &str, password: &str, from: &str| {
            app.post("/api/auth/login")
                .header("X-Forwarded-For", from)
                .json(&json!({"user_id": user_id, "password": password}))
                .send()
        };
        // A success counts, too, and clears nothing; every id counts.
        for (i, (user_id, password, expected)) in [
            ("hong_gd", WRONG, 401), ("nobody_1", WRONG, 401), ("hong_gd", PASSWORD, 200), ("hong_gd", PASSWORD, 200), ("hong_gd", WRONG, 401),
        ].into_iter().enumerate() {
            let response = attempt(user_id, password, "203.0.113.9").await.unwrap();
            assert_eq!(response.status(), expected);
            assert_eq!(response.headers()["ratelimit-policy"], "\"login\";q=5;w=60");
            let left = format!("\"login\";r={};t={}", 4 - i, 12 * (i + 1));
            assert_eq!(response.headers()["ratelimit"], left.as_str());
            assert!(response.headers().get(header::RETRY_AFTER).is_none());
        }
        for password in [WRONG, PASSWORD] {
            let response = attempt("hong_gd", password, "203.0.113.9").await.unwrap();
            assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
            assert_eq!(response.headers()[header::RETRY_AFTER], "12");
            assert_eq!(response.headers()["ratelimit"], "\"login\";r=0;t=60");
            assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
            let body: Value = response.json().await.unwrap();
            assert_eq!((body["code"].as_str(), body["status"].as_u64()), (Some("rate_limited"), Some(429)));
            assert_eq!(body["detail"], "시도가 너무 많습니다. 12초 후에 다시 시도하세요.");
        }
        // Other clients are not concerned, and what the client claims to have come through is not looked at.
        assert_eq!(attempt("hong_gd", PASSWORD, "203.0.113.10").await.unwrap().status(), 200);
        assert_eq!(attempt("hong_gd", PASSWORD, "198.51.100.1, 203.0.113.9").await.unwrap().status(), 429);
        app.clock.advance(Duration::seconds(12));
        assert_eq!(attempt("hong_gd", PASSWORD, "203.0.113.9").await.unwrap().status(), 200);
        assert_eq!(attempt("hong_gd", PASSWORD, "203.0.113.9").await.unwrap().status(), 429);
    }

    async fn what_cannot_be_an_attempt_is_not_counted(app: LIMITED) {
        for _ in 0..10 {
            let (status, _) = app.call("/api/auth/login", &json!({"user_id": "hong_gd", "password": ""})).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        assert_eq!(app.try_password("hong_gd", WRONG).await, StatusCode::UNAUTHORIZED);
    }

    async fn a_form_says_when_to_try_again_and_keeps_what_was_typed(app: LIMITED) {
        for _ in 0..5 {
            assert_eq!(app.form_status("hong_gd", WRONG, "").await, StatusCode::UNAUTHORIZED);
        }
        let response = app.form("hong_gd", WRONG, "").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(response.headers()[header::RETRY_AFTER], "12");
        let page = response.text().await.unwrap();
        assert!(page.contains("12초 후에 다시 시도하세요.") && page.contains("value=\"hong_gd\""));
        assert!(!page.contains(WRONG));
        // The server function is another door to the same counter.
        let response = app.post("/_fn/sign-in").form(&[("user_id", "hong_gd"), ("password", PASSWORD)]).send().await.unwrap();
        assert!(response.text().await.unwrap().contains("rate_limited"));
    }

    async fn signing_up_is_limited(app: [("RATE_LIMIT_ENABLED", "true"), ("RATE_LIMIT_SIGNUP", "2/hour")]) {
        for i in 0..2 {
            app.sign_up(&format!("hong_{i}")).await;
        }
        let (status, body) = app.call("/api/auth/signup", &sign_up("hong_2")).await;
        assert_eq!((status, body["code"].as_str()), (StatusCode::TOO_MANY_REQUESTS, Some("rate_limited")));
        assert_eq!(body["detail"], "시도가 너무 많습니다. 30분 후에 다시 시도하세요.");
        // Who asks about ids and addresses that are taken is counted as well.
        assert_eq!(app.call("/api/auth/signup", &sign_up("hong_0")).await.0, StatusCode::TOO_MANY_REQUESTS);
    }

    async fn five_failures_lock_the_account_for_who_it_does_not_know(app) {
        app.sign_up("hong_gd").await;
        app.sign_up("kim_cs").await;
        app.lock("hong_gd").await;
        assert_eq!(app.try_password("hong_gd", PASSWORD).await, StatusCode::UNAUTHORIZED);
        assert_eq!(app.try_password("HONG_gd ", PASSWORD).await, StatusCode::UNAUTHORIZED, "however it is typed");
        assert_eq!(app.form_status("hong_gd", PASSWORD, "").await, StatusCode::UNAUTHORIZED);
        assert_eq!(app.try_password("kim_cs", PASSWORD).await, StatusCode::OK, "another account");
        let reasons = app.failure_reasons().await;
        assert_eq!(reasons[..5], ["invalid_credentials"; 5]);
        assert_eq!(reasons[5..8], ["account_locked"; 3]);
    }

    async fn a_lock_ends_and_further_failures_do_not_prolong_it(app) {
        app.sign_up("hong_gd").await;
        app.lock("hong_gd").await;
        for _ in 0..14 {
            app.clock.advance(Duration::minutes(1));
            assert_eq!(app.try_password("hong_gd", WRONG).await, StatusCode::UNAUTHORIZED);
        }
        app.clock.advance(Duration::seconds(59));
        assert_eq!(app.try_password("hong_gd", PASSWORD).await, StatusCode::UNAUTHORIZED);
        app.clock.advance(Duration::seconds(1));
        assert_eq!(app.try_password("hong_gd", PASSWORD).await, StatusCode::OK);
    }

    async fn failures_are_forgotten_by_success_and_by_time(app) {
        app.sign_up("hong_gd").await;
        for _ in 0..3 {
            for _ in 0..4 {
                app.try_password("hong_gd", WRONG).await;
            }
            assert_eq!(app.try_password("hong_gd", PASSWORD).await, StatusCode::OK);
        }
        for _ in 0..4 {
            app.try_password("hong_gd", WRONG).await;
        }
        app.clock.advance(Duration::minutes(15));
        app.try_password("hong_gd", WRONG).await;
        assert_eq!(app.try_password("hong_gd", PASSWORD).await, StatusCode::OK);
    }

    async fn the_settings_count(app: [("MAX_LOGIN_ATTEMPTS", "2"), ("LOGIN_ATTEMPT_TIMEOUT_MINUTES", "1")]) {
        app.sign_up("hong_gd").await;
        app.try_password("hong_gd", WRONG).await;
        app.try_password("hong_gd", WRONG).await;
        assert_eq!(app.try_password("hong_gd", PASSWORD).await, StatusCode::UNAUTHORIZED);
        app.clock.advance(Duration::minutes(1));
        assert_eq!(app.try_password("hong_gd", PASSWORD).await, StatusCode::OK);
    }

    async fn one_attempt_is_enough_when_the_operator_says_so(app: [("MAX_LOGIN_ATTEMPTS", "1")]) {
        app.sign_up("hong_gd").await;
        assert_eq!(app.try_password("hong_gd", PASSWORD).await, StatusCode::OK);
        assert_eq!(app.try_password("hong_gd", WRONG).await, StatusCode::UNAUTHORIZED);
        assert_eq!(app.try_password("hong_gd", PASSWORD).await, StatusCode::UNAUTHORIZED);
    }

    /// The owner gets in while an attacker keeps the account locked.
    async fn a_known_device_keeps_its_own_budget(app) {
        app.sign_up("hong_gd").await;
        let device = device_of(&app.browser("hong_gd").await);
        app.lock("hong_gd").await;
        assert_eq!(app.form_status("hong_gd", PASSWORD, "").await, StatusCode::UNAUTHORIZED);
        assert_eq!(app.form_status("hong_gd", PASSWORD, &device).await, StatusCode::SEE_OTHER);
        let by_rest = app.post("/api/auth/login").header(header::COOKIE, &device).json(&json!({"user_id": "hong_gd", "password": PASSWORD}));
        assert_eq!(answer(by_rest).await.0, StatusCode::OK, "by REST, too");
        // Its budget has an end as well, and the end of one is not the end of the other.
        for _ in 0..5 {
            app.form_status("hong_gd", WRONG, &device).await;
        }
        assert_eq!(app.form_status("hong_gd", PASSWORD, &device).await, StatusCode::UNAUTHORIZED);
        app.clock.advance(Duration::minutes(15));
        assert_eq!(app.form_status("hong_gd", PASSWORD, "").await, StatusCode::SEE_OTHER);
    }

    async fn a_device_is_known_to_its_own_users_only(app) {
        app.sign_up("hong_gd").await;
        app.sign_up("kim_cs").await;
        let device = device_of(&app.browser("hong_gd").await);
        app.lock("kim_cs").await;
        assert_eq!(app.form_status("kim_cs", PASSWORD, &device).await, StatusCode::UNAUTHORIZED);
        // Nor can anybody make one up.
        for foreign in ["device=x", "device=", &format!("device={}", "A".repeat(43))] {
            assert_eq!(app.form_status("kim_cs", PASSWORD, foreign).await, StatusCode::UNAUTHORIZED, "{foreign}");
        }
    }

    /// Two people at one computer stay known both; a cookie that an attacker planted is replaced.
    async fn the_device_cookie_is_ours_and_stays(app) {
        app.sign_up("hong_gd").await;
        app.sign_up("kim_cs").await;
        let planted = format!("device={}", "A".repeat(43));
        let response = app.form("hong_gd", PASSWORD, &planted).send().await.unwrap();
        let device = device_of(&cookies_of(&response));
        assert!(!device.is_empty() && device != planted, "{device}");
        let cookie = response.headers().get_all("set-cookie").iter().find(|c| c.to_str().unwrap().starts_with("device=")).unwrap().to_str().unwrap().to_owned();
        for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=34560000"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        for user_id in ["kim_cs", "hong_gd"] {
            let response = app.form(user_id, PASSWORD, &device).send().await.unwrap();
            assert_eq!(device_of(&cookies_of(&response)), device);
        }
        // It survives signing out.
        let cookies = cookies_of(&app.form("hong_gd", PASSWORD, &device).send().await.unwrap());
        let response = app.post("/logout").header(header::COOKIE, cookies).send().await.unwrap();
        assert!(device_of(&cookies_of(&response)).is_empty());
        app.lock("hong_gd").await;
        app.lock("kim_cs").await;
        for user_id in ["kim_cs", "hong_gd"] {
            assert_eq!(app.form_status(user_id, PASSWORD, &device).await, StatusCode::SEE_OTHER);
        }
    }

    /// Unknown, wrong, locked, deactivated, and locked with the right password: one answer.
    async fn nobody_learns_what_the_matter_is(app) {
        for user_id in ["hong_gd", "locked_1", "gone_1"] {
            app.sign_up(user_id).await;
        }
        app.lock("locked_1").await;
        app.set_active("gone_1", false).await;
        let mut seen = Vec::new();
        for (user_id, password) in [("nobody_1", WRONG), ("hong_gd", WRONG), ("locked_1", WRONG), ("locked_1", PASSWORD), ("gone_1", WRONG)] {
            let response = app.post("/api/auth/login").json(&json!({"user_id": user_id, "password": password})).send().await.unwrap();
            let mut headers: Vec<_> = response.headers().keys().map(ToString::to_string).collect();
            headers.sort();
            let status = response.status();
            let mut body: Value = response.json().await.unwrap();
            body["instance"] = json!("");
            seen.push((status, headers, body.to_string()));
        }
        assert!(seen.iter().all(|one| *one == seen[0] && one.0 == StatusCode::UNAUTHORIZED), "{seen:#?}");
        // Once locked, the right password of a deactivated account is not told either.
        app.lock("gone_1").await;
        assert_eq!(app.try_password("gone_1", PASSWORD).await, StatusCode::UNAUTHORIZED);
    }

    /// However many ask at once: five are told whether they were right.
    async fn a_thousand_guesses_at_once_are_five(app) {
        app.sign_up("hong_gd").await;
        let statuses: Vec<_> = stream::iter(0..1_000)
            .map(|_| app.try_password("hong_gd", WRONG))
            .buffer_unordered(200)
            .collect()
            .await;
        assert!(statuses.iter().all(|status| *status == StatusCode::UNAUTHORIZED), "{statuses:?}");
        let reasons = app.failure_reasons().await;
        assert_eq!(reasons.len(), 1_000);
        assert_eq!(reasons.iter().filter(|reason| *reason == "invalid_credentials").count(), 5);
        assert_eq!(app.try_password("hong_gd", PASSWORD).await, StatusCode::UNAUTHORIZED);
    }

    async fn a_thousand_requests_at_once_are_five_attempts(app: LIMITED) {
        app.sign_up("hong_gd").await;
        let statuses: Vec<_> = stream::iter(0..1_000)
            .map(|_| app.try_password("hong_gd", WRONG))
            .buffer_unordered(200)
            .collect()
            .await;
        let told = statuses.iter().filter(|status| **status == StatusCode::UNAUTHORIZED).count();
        let limited = statuses.iter().filter(|status| **status == StatusCode::TOO_MANY_REQUESTS).count();
        assert_eq!((told, limited), (5, 995));
        assert_eq!(app.failure_reasons().await.len(), 5);
    }

    /// Many right passwords at once are no failures.
    async fn an_owner_in_a_hurry_is_not_locked_out(app) {
        app.sign_up("hong_gd").await;
        let statuses: Vec<_> = stream::iter(0..100)
            .map(|_| app.try_password("hong_gd", PASSWORD))
            .buffer_unordered(50)
            .collect()
            .await;
        assert!(statuses.iter().all(|status| *status == StatusCode::OK), "{statuses:?}");
    }

    /// Whoever is verified against the old password while it is changed is not signed in by it.
    async fn no_sign_in_slips_through_a_change_of_password(app) {
        let changer = app.member("hong_gd").await;
        for (round, (old, new)) in [(PASSWORD, "Quartz-Zebra-72!"), ("Quartz-Zebra-72!", "Quartz-Zebra-73!")].into_iter().enumerate() {
            let body = json!({"current_password": old, "new_password": new, "new_password_confirm": new});
            let change = answer(app.post("/api/auth/password").bearer_auth(&changer.access).json(&body));
            let sign_ins = futures::future::join_all((0..30).map(|_| app.try_password("hong_gd", old)));
            let ((status, answer), statuses) = futures::join!(change, sign_ins);
            assert_eq!(status, StatusCode::NO_CONTENT, "{answer}");
            assert!(statuses.iter().all(|s| matches!(s.as_u16(), 200 | 401)), "{statuses:?}");
            let (_, sessions) = app.ask("/api/auth/sessions", &changer.access).await;
            assert_eq!(sessions["sessions"].as_array().unwrap().len(), 1, "round {round}: {sessions}");
        }
    }

    async fn the_current_password_can_be_tried_as_often_as_at_the_front_door(app) {
        let tokens = app.member("hong_gd").await;
        let change = async |current: &str| {
            let body = json!({"current_password": current, "new_password": "Quartz-Zebra-72!", "new_password_confirm": "Quartz-Zebra-72!"});
            answer(app.post("/api/auth/password").bearer_auth(&tokens.access).json(&body)).await
        };
        for _ in 0..5 {
            let (status, body) = change(WRONG).await;
            assert_eq!((status, body["code"].as_str()), (StatusCode::FORBIDDEN, Some("wrong_current_password")));
        }
        assert_eq!(change(PASSWORD).await.0, StatusCode::FORBIDDEN, "locked");
        assert_eq!(app.try_password("hong_gd", PASSWORD).await, StatusCode::OK, "signing in is counted apart");
        app.clock.advance(Duration::minutes(15) - Duration::seconds(1));
        let tokens = app.sign_in("hong_gd").await;
        let body = json!({"current_password": PASSWORD, "new_password": "Quartz-Zebra-72!", "new_password_confirm": "Quartz-Zebra-72!"});
        let again = answer(app.post("/api/auth/password").bearer_auth(&tokens.access).json(&body)).await;
        assert_eq!(again.0, StatusCode::FORBIDDEN);
        app.clock.advance(Duration::seconds(1));
        let again = answer(app.post("/api/auth/password").bearer_auth(&tokens.access).json(&body)).await;
        assert_eq!(again.0, StatusCode::NO_CONTENT, "{}", again.1);
    }

    async fn the_current_password_is_limited_for_a_client(app: [("RATE_LIMIT_ENABLED", "true"), ("RATE_LIMIT_PASSWORD", "2/minute")]) {
        let tokens = app.member("hong_gd").await;
        let mut statuses = Vec::new();
        for _ in 0..3 {
            let body = json!({"current_password": WRONG, "new_password": "Quartz-Zebra-72!", "new_password_confirm": "Quartz-Zebra-72!"});
            statuses.push(answer(app.post("/api/auth/password").bearer_auth(&tokens.access).json(&body)).await.0.as_u16());
        }
        assert_eq!(statuses, [403, 403, 429]);
    }
}
