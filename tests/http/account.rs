//! One's own account over REST: devices, login history, password, deletion.

use futures::future::join_all;
use reqwest::{Method, StatusCode};
use secondarymarket::{
    functions::stocks::ScreenForm,
    server::{
        market::screens,
        store::{testing::TestDb, users},
    },
};
use serde_json::{Value, json};
use time::Duration;

use crate::app::{PASSWORD, TestApp, Tokens, answer, fields, on_each_database};

pub const NEW_PASSWORD: &str = "Velvet-Otter-82!";
pub const CHROME: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

impl TestApp {
    /// Signs in with a program of that name.
    pub async fn sign_in_with(&self, user_id: &str, user_agent: &str) -> Tokens {
        let body = json!({"user_id": user_id, "password": PASSWORD});
        let request = self
            .post("/api/auth/login")
            .header("User-Agent", user_agent)
            .json(&body);
        let (status, body) = answer(request).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        Tokens::of(&body)
    }

    /// The ids of a user's devices, in their order.
    pub async fn devices(&self, token: &str) -> Vec<i64> {
        let (status, body) = self.ask("/api/auth/sessions", token).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        let sessions = body["sessions"].as_array().unwrap();
        sessions.iter().map(|session| session["id"].as_i64().unwrap()).collect()
    }

    /// Deletes with a Bearer token.
    async fn remove(&self, path: &str, token: &str) -> (StatusCode, Value) {
        answer(self.request(Method::DELETE, path).bearer_auth(token)).await
    }

    async fn change_password(&self, token: &str, current: &str, new: &str, confirm: &str) -> (StatusCode, Value) {
        let body = json!({"current_password": current, "new_password": new, "new_password_confirm": confirm});
        answer(self.post("/api/auth/password").bearer_auth(token).json(&body)).await
    }

    async fn delete_account(&self, token: &str, password: &str) -> (StatusCode, Value) {
        let body = json!({"password": password});
        answer(
            self.request(Method::DELETE, "/api/auth/me")
                .bearer_auth(token)
                .json(&body),
        )
        .await
    }

    async fn signs_in(&self, user_id: &str, password: &str) -> bool {
        let body = json!({"user_id": user_id, "password": password});
        self.call("/api/auth/login", &body).await.0 == StatusCode::OK
    }
}

fn names(object: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

on_each_database! {
    async fn the_devices_have_the_promised_shape(app) {
        app.sign_up("hong_gd").await;
        let phone = app.sign_in_with("hong_gd", "python-requests/2.32.3").await;
        app.clock.advance(Duration::minutes(5));
        let desk = app.sign_in_with("hong_gd", CHROME).await;
        app.clock.advance(Duration::minutes(5));
        let (status, body) = app.call("/api/auth/refresh", &json!({"refresh_token": desk.refresh})).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        let (status, body) = app.ask("/api/auth/sessions", &phone.access).await;
        assert_eq!((status, names(&body)), (StatusCode::OK, vec!["sessions"]));
        let sessions = body["sessions"].as_array().unwrap();
        assert_eq!(sessions.len(), 2);
        assert_eq!(sessions[0], json!({
            "id": sessions[0]["id"], "current": true, "device": "python-requests", "user_agent": "python-requests/2.32.3",
            "ip_address": "127.0.0.1", "created_at": "2026-03-20T09:00:00Z", "last_used_at": "2026-03-20T09:00:00Z",
            "expires_at": "2026-03-21T09:00:00Z", "remember_me": false,
        }));
        assert_eq!(sessions[1], json!({
            "id": sessions[1]["id"], "current": false, "device": "Chrome · Windows", "user_agent": CHROME,
            "ip_address": "127.0.0.1", "created_at": "2026-03-20T09:05:00Z", "last_used_at": "2026-03-20T09:10:00Z",
            "expires_at": "2026-03-21T09:10:00Z", "remember_me": false,
        }));
        assert_eq!(app.ask("/api/auth/sessions", "x").await.0, StatusCode::UNAUTHORIZED);
    }

    async fn only_living_devices_are_listed(app) {
        let over = app.member("hong_gd").await;
        app.clock.advance(Duration::hours(25));
        let gone = app.sign_in("hong_gd").await;
        app.call("/api/auth/logout", &json!({"refresh_token": gone.refresh})).await;
        let token = app.sign_in("hong_gd").await.access;
        assert_eq!(app.devices(&token).await.len(), 1);
        // What is over cannot be ended either.
        let id: i64 = over.refresh.split('.').next().unwrap().parse().unwrap();
        assert_eq!(app.remove(&format!("/api/auth/sessions/{id}"), &token).await.0, StatusCode::NOT_FOUND);
    }

    async fn a_device_is_signed_out_at_once(app) {
        app.sign_up("hong_gd").await;
        let other = app.sign_in("hong_gd").await;
        let this = app.sign_in("hong_gd").await;
        let ids = app.devices(&this.access).await;
        let (status, body) = app.remove(&format!("/api/auth/sessions/{}", ids[1]), &this.access).await;
        assert_eq!((status, body), (StatusCode::NO_CONTENT, json!({"not JSON": ""})));
        assert_eq!(app.ask("/api/auth/me", &other.access).await.0, StatusCode::UNAUTHORIZED);
        let (status, _) = app.call("/api/auth/refresh", &json!({"refresh_token": other.refresh})).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert_eq!(app.devices(&this.access).await, [ids[0]]);
        let (status, body) = app.remove(&format!("/api/auth/sessions/{}", ids[1]), &this.access).await;
        assert_eq!((status, body["code"].as_str()), (StatusCode::NOT_FOUND, Some("not_found")), "dead already");
        // This one, too, can be ended.
        assert_eq!(app.remove(&format!("/api/auth/sessions/{}", ids[0]), &this.access).await.0, StatusCode::NO_CONTENT);
        assert_eq!(app.ask("/api/auth/me", &this.access).await.0, StatusCode::UNAUTHORIZED);
    }

    async fn all_others_are_signed_out_at_once(app) {
        app.sign_up("hong_gd").await;
        let others = [app.sign_in("hong_gd").await, app.sign_in("hong_gd").await];
        let this = app.sign_in("hong_gd").await;
        let stranger = app.member("kim_gd").await;
        for _ in 0..2 {
            // Whether there are others or not.
            assert_eq!(app.remove("/api/auth/sessions", &this.access).await.0, StatusCode::NO_CONTENT);
        }
        for other in others {
            assert_eq!(app.ask("/api/auth/me", &other.access).await.0, StatusCode::UNAUTHORIZED);
            let (status, _) = app.call("/api/auth/refresh", &json!({"refresh_token": other.refresh})).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED);
        }
        assert_eq!(app.devices(&this.access).await.len(), 1);
        assert_eq!(app.devices(&stranger.access).await.len(), 1, "somebody else's stay");
    }

    async fn nobody_sees_or_ends_the_devices_of_another(app) {
        let hong = app.member("hong_gd").await;
        let kim = app.member("kim_gd").await;
        let (hongs, kims) = (app.devices(&hong.access).await, app.devices(&kim.access).await);
        assert!(hongs.len() == 1 && kims.len() == 1 && hongs != kims);
        let (status, foreign) = app.remove(&format!("/api/auth/sessions/{}", kims[0]), &hong.access).await;
        let (_, unknown) = app.remove("/api/auth/sessions/999999", &hong.access).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert_eq!((&foreign["code"], &foreign["detail"]), (&unknown["code"], &unknown["detail"]), "says not which");
        assert_eq!(app.ask("/api/auth/me", &kim.access).await.0, StatusCode::OK);
    }

    async fn what_is_no_device_is_not_there(app) {
        let token = app.member("hong_gd").await.access;
        for id in ["0", "-1", "x", "1.0", "9223372036854775808", "1%20OR%201=1", "%00", "%ff", "null", "%2e%2e"] {
            let (status, body) = app.remove(&format!("/api/auth/sessions/{id}"), &token).await;
            assert_eq!((status, body["code"].as_str()), (StatusCode::NOT_FOUND, Some("not_found")), "{id}");
        }
        assert_eq!(app.devices(&token).await.len(), 1);
    }

    async fn the_login_history_is_paged_backwards(app) {
        let token = app.member("hong_gd").await.access;
        let wrong = json!({"user_id": "hong_gd", "password": "Wrong-71!"});
        for _ in 0..4 {
            app.clock.advance(Duration::seconds(1));
            app.call("/api/auth/login", &wrong).await;
        }
        let (status, all) = app.ask("/api/auth/login-history", &token).await;
        assert_eq!((status, names(&all)), (StatusCode::OK, vec!["items", "next_before"]));
        let items = all["items"].as_array().unwrap();
        assert_eq!((items.len(), &all["next_before"]), (5, &Value::Null));
        assert_eq!(items[0], json!({
            "id": items[0]["id"], "success": false, "ip_address": "127.0.0.1", "user_agent": "", "device": "알 수 없는 기기",
            "login_at": "2026-03-20T09:00:04Z",
        }));
        assert_eq!((items[4]["success"].as_bool(), items[4]["login_at"].as_str()), (Some(true), Some("2026-03-20T09:00:00Z")));

        let (mut path, mut seen, mut parts) = ("/api/auth/login-history?limit=2".to_owned(), Vec::new(), Vec::new());
        loop {
            let (status, part) = app.ask(&path, &token).await;
            assert_eq!(status, StatusCode::OK, "{part}");
            let rows = part["items"].as_array().unwrap();
            parts.push(rows.len());
            seen.extend(rows.clone());
            let Some(before) = part["next_before"].as_i64() else { break };
            path = format!("/api/auth/login-history?limit=2&before={before}");
        }
        assert_eq!((parts, &seen), (vec![2, 2, 1], items));
        // Exactly as many as there are is the last part, too.
        assert_eq!(app.ask("/api/auth/login-history?limit=5", &token).await.1["next_before"], Value::Null);
    }

    async fn nobody_pages_the_history_of_another(app) {
        let hong = app.member("hong_gd").await;
        let kim = app.member("kim_gd").await;
        let (_, kims) = app.ask("/api/auth/login-history", &kim.access).await;
        let (_, hongs) = app.ask("/api/auth/login-history", &hong.access).await;
        assert_eq!((kims["items"].as_array().unwrap().len(), hongs["items"].as_array().unwrap().len()), (1, 1));
        assert_ne!(kims["items"][0]["id"], hongs["items"][0]["id"]);
        for before in [1, 2, 3, 99, i64::MAX] {
            let (status, part) = app.ask(&format!("/api/auth/login-history?before={before}"), &hong.access).await;
            assert_eq!(status, StatusCode::OK);
            for item in part["items"].as_array().unwrap() {
                assert_eq!(item["id"], hongs["items"][0]["id"], "before={before}");
            }
        }
    }

    async fn hostile_parameters_are_named(app) {
        let token = app.member("hong_gd").await.access;
        for bad in ["0", "101", "-1", "x", "", "1.5", "+5", "99999999999999999999", "%00", "5%20"] {
            let (status, body) = app.ask(&format!("/api/auth/login-history?limit={bad}"), &token).await;
            assert_eq!((status, fields(&body)), (StatusCode::UNPROCESSABLE_ENTITY, vec!["limit".to_owned()]), "{bad}");
            assert_eq!(body["errors"][0]["message"], "1에서 100 사이의 정수여야 합니다.");
        }
        for bad in ["0", "-1", "x", "", "9223372036854775808", "1'--"] {
            let (status, body) = app.ask(&format!("/api/auth/login-history?before={bad}"), &token).await;
            assert_eq!((status, fields(&body)), (StatusCode::UNPROCESSABLE_ENTITY, vec!["before".to_owned()]), "{bad}");
            assert_eq!(body["errors"][0]["message"], "1 이상의 정수여야 합니다.");
        }
        let (_, body) = app.ask("/api/auth/login-history?limit=x&before=x", &token).await;
        assert_eq!(fields(&body), ["limit", "before"], "all at once");
        for fine in ["?limit=1", "?limit=100", "?before=1", "?before=9223372036854775807", "?limit=x&limit=5", "?foo=bar"] {
            assert_eq!(app.ask(&format!("/api/auth/login-history{fine}"), &token).await.0, StatusCode::OK, "{fine}");
        }
    }

    async fn a_new_password_signs_the_other_devices_out_at_once(app) {
        app.sign_up("hong_gd").await;
        let others = [app.sign_in("hong_gd").await, app.sign_in("hong_gd").await];
        let this = app.sign_in("hong_gd").await;
        let stranger = app.member("kim_gd").await;
        let (status, body) = app.change_password(&this.access, PASSWORD, NEW_PASSWORD, NEW_PASSWORD).await;
        assert_eq!((status, body), (StatusCode::NO_CONTENT, json!({"not JSON": ""})));
        for other in others {
            assert_eq!(app.ask("/api/auth/me", &other.access).await.0, StatusCode::UNAUTHORIZED);
            let (status, _) = app.call("/api/auth/refresh", &json!({"refresh_token": other.refresh})).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED);
        }
        assert_eq!(app.ask("/api/auth/me", &this.access).await.0, StatusCode::OK, "this one stays");
        assert_eq!(app.call("/api/auth/refresh", &json!({"refresh_token": this.refresh})).await.0, StatusCode::OK);
        assert_eq!(app.ask("/api/auth/me", &stranger.access).await.0, StatusCode::OK);
        assert!(!app.signs_in("hong_gd", PASSWORD).await && app.signs_in("hong_gd", NEW_PASSWORD).await);
        assert!(app.signs_in("kim_gd", PASSWORD).await);
    }

    async fn a_refused_change_changes_nothing(app) {
        let this = app.member("hong_gd").await;
        let other = app.sign_in("hong_gd").await;
        let long = "x".repeat(10_000);
        for (current, new, confirm, status, code, faulty) in [
            ("Wrong-71!", NEW_PASSWORD, NEW_PASSWORD, 403, "wrong_current_password", vec!["current_password"]),
            (PASSWORD, "abc", "abc", 400, "password_policy", vec!["new_password"; 4]),
            (PASSWORD, "Password1!", "Password1!", 400, "password_policy", vec!["new_password"]),
            (PASSWORD, "hong_gd@example.com", "hong_gd@example.com", 400, "password_policy", vec!["new_password"; 2]),
            (PASSWORD, PASSWORD, PASSWORD, 400, "password_policy", vec!["new_password"]),
            (PASSWORD, NEW_PASSWORD, "other", 422, "invalid_input", vec!["new_password_confirm"]),
            (PASSWORD, "abc", "other", 422, "invalid_input", [vec!["new_password_confirm"], vec!["new_password"; 4]].concat()),
            ("", "", "", 422, "invalid_input", vec!["current_password", "new_password"]),
            (&long, NEW_PASSWORD, NEW_PASSWORD, 422, "invalid_input", vec!["current_password"]),
            ("x\0", "y\u{7}", "y\u{7}", 422, "invalid_input", vec!["current_password", "new_password"]),
            (PASSWORD, &long, &long, 400, "password_policy", vec!["new_password"]),
        ] {
            let (got, body) = app.change_password(&this.access, current, new, confirm).await;
            assert_eq!((got.as_u16(), body["code"].as_str(), fields(&body)), (status, Some(code), faulty.into_iter().map(str::to_owned).collect()), "{current:.20} {new:.20} {body}");
            let text = body.to_string();
            assert!(!text.contains(PASSWORD) && !text.contains(NEW_PASSWORD), "{text}");
        }
        let (status, body) = answer(app.post("/api/auth/password").bearer_auth(&this.access).json(&json!({}))).await;
        assert_eq!((status, fields(&body)), (StatusCode::UNPROCESSABLE_ENTITY, vec!["current_password".to_owned(), "new_password".to_owned()]));
        assert_eq!(app.change_password("x", PASSWORD, NEW_PASSWORD, NEW_PASSWORD).await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(app.ask("/api/auth/me", &other.access).await.0, StatusCode::OK, "nobody was signed out");
        assert!(app.signs_in("hong_gd", PASSWORD).await);
    }

    /// A new password is compared and kept in its normal form.
    async fn a_hangul_password_is_normalised_when_it_is_changed(app) {
        let token = app.member("hong_gd").await.access;
        let composed = "비밀Quartz-71!";
        let decomposed = "\u{1107}\u{1175}\u{1106}\u{1175}\u{11af}Quartz-71!";
        assert_eq!(app.change_password(&token, PASSWORD, decomposed, decomposed).await.0, StatusCode::NO_CONTENT);
        let (status, body) = app.change_password(&token, composed, decomposed, decomposed).await;
        assert_eq!((status, body["code"].as_str()), (StatusCode::BAD_REQUEST, Some("password_policy")), "the same one");
        assert_eq!(app.change_password(&token, composed, PASSWORD, PASSWORD).await.0, StatusCode::NO_CONTENT);
    }

    /// Of many changes at the same time one counts, and its password is the one that signs in.
    async fn of_many_changes_at_once_one_counts(app) {
        let token = app.member("hong_gd").await.access;
        let passwords: Vec<String> = (0..6).map(|i| format!("Velvet-Otter-{i}82!")).collect();
        let answers = join_all(passwords.iter().map(|new| app.change_password(&token, PASSWORD, new, new))).await;
        let mut changed = Vec::new();
        for ((status, body), new) in answers.iter().zip(&passwords) {
            match *status {
                StatusCode::NO_CONTENT => changed.push(new),
                StatusCode::FORBIDDEN => assert_eq!(body["code"], "wrong_current_password"),
                other => panic!("{other}: {body}"),
            }
        }
        assert_eq!(changed.len(), 1, "{answers:?}");
        assert!(app.signs_in("hong_gd", changed[0]).await);
    }

    async fn a_deleted_account_leaves_nothing(app) {
        let this = app.member("hong_gd").await;
        let other = app.sign_in("hong_gd").await;
        app.member("kim_gd").await;
        app.call("/api/auth/login", &json!({"user_id": "hong_gd", "password": "Wrong-71!"})).await;
        app.call("/api/auth/login", &json!({"user_id": "nobody_1", "password": "Wrong-71!"})).await;
        app.import(crate::listings::ROWS, "2026-03-20").await;
        assert_eq!(answer(app.request(Method::PUT, "/api/watchlist/900010").bearer_auth(&this.access)).await.0, StatusCode::OK);
        let db = &app.state.db;
        let id = users::find_by_key(db, "hong_gd").await.unwrap().unwrap().id;
        let screen = ScreenForm { name: "배당주".to_owned(), query: "market=KOSPI".to_owned(), ..ScreenForm::default() };
        screens::save(db, &*app.state.clock, id, &screen).await.unwrap();
        assert_eq!(TestDb::belongings(db, id).await, [("users", 1), ("consents", 2), ("refresh_tokens", 2), ("known_devices", 2), ("watchlist_items", 1), ("saved_screens", 1), ("login_history", 3)]);

        for (password, status, code) in [("Wrong-71!", 403, "wrong_current_password"), ("", 422, "invalid_input"), ("x\0", 422, "invalid_input")] {
            let (got, body) = app.delete_account(&this.access, password).await;
            assert_eq!((got.as_u16(), body["code"].as_str(), fields(&body)), (status, Some(code), vec!["password".to_owned()]));
        }
        assert_eq!(app.delete_account("x", PASSWORD).await.0, StatusCode::UNAUTHORIZED);
        let without = answer(app.request(Method::DELETE, "/api/auth/me").bearer_auth(&this.access)).await;
        assert_eq!(without.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(TestDb::belongings(db, id).await[0], ("users", 1));

        let (status, body) = app.delete_account(&this.access, PASSWORD).await;
        assert_eq!((status, body), (StatusCode::NO_CONTENT, json!({"not JSON": ""})));
        assert!(TestDb::belongings(db, id).await.iter().all(|(_, rows)| *rows == 0));
        for tokens in [this, other] {
            assert_eq!(app.ask("/api/auth/me", &tokens.access).await.0, StatusCode::UNAUTHORIZED);
            let (status, _) = app.call("/api/auth/refresh", &json!({"refresh_token": tokens.refresh})).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED);
        }
        assert!(!app.signs_in("hong_gd", PASSWORD).await && app.signs_in("kim_gd", PASSWORD).await);
        // The id and the address are free again; tokens of before are not the new account's.
        app.member("hong_gd").await;
    }

    async fn what_belongs_to_a_user_is_for_who_is_signed_in(app) {
        for (method, path) in [
            (Method::GET, "/api/auth/sessions"), (Method::DELETE, "/api/auth/sessions"), (Method::DELETE, "/api/auth/sessions/1"),
            (Method::GET, "/api/auth/login-history"), (Method::POST, "/api/auth/password"), (Method::DELETE, "/api/auth/me"),
        ] {
            let response = app.request(method.clone(), path).json(&json!({})).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{method} {path}");
            assert_eq!(response.headers()["www-authenticate"], "Bearer");
            assert_eq!(response.headers()["cache-control"], "no-store");
            assert_eq!(response.json::<Value>().await.unwrap()["code"], "missing_token");
        }
    }

    /// Whatever a program calls itself comes back as data and is never taken for words of ours.
    async fn a_user_agent_is_nothing_but_data(app) {
        app.sign_up("hong_gd").await;
        let nasty = "<script>alert(1)</script>\" onload=x";
        let token = app.sign_in_with("hong_gd", nasty).await.access;
        let (_, body) = app.ask("/api/auth/sessions", &token).await;
        assert_eq!((body["sessions"][0]["user_agent"].as_str(), body["sessions"][0]["device"].as_str()), (Some(nasty), Some("알 수 없는 기기")));
        let (_, body) = app.ask("/api/auth/login-history", &token).await;
        assert_eq!((body["items"][0]["user_agent"].as_str(), body["items"][0]["device"].as_str()), (Some(nasty), Some("알 수 없는 기기")));
    }
}
