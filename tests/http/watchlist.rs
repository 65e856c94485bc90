//! What a user watches, by REST.

use futures::future::join_all;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    app::{TestApp, answer, fields, on_each_database},
    listings::ROWS,
};

impl TestApp {
    async fn watch(&self, token: &str, code: &str, change: &Value) -> (StatusCode, Value) {
        let request = self.request(Method::PUT, &format!("/api/watchlist/{code}"));
        answer(request.bearer_auth(token).json(change)).await
    }

    async fn unwatch(&self, token: &str, code: &str) -> StatusCode {
        let request = self.request(Method::DELETE, &format!("/api/watchlist/{code}"));
        request.bearer_auth(token).send().await.unwrap().status()
    }

    /// The codes in their order; positions must have no gap.
    async fn watched(&self, token: &str) -> Vec<String> {
        let (status, body) = self.ask("/api/watchlist", token).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        let items = body["items"].as_array().unwrap();
        for (position, item) in items.iter().enumerate() {
            assert_eq!(item["position"], position, "{body}");
        }
        items
            .iter()
            .map(|item| item["code"].as_str().unwrap().to_owned())
            .collect()
    }
}

on_each_database! {
    async fn an_issue_is_put_on_the_list_once(app) {
        app.import(ROWS, "2026-03-20").await;
        let token = app.member("hong_gd").await.access;
        assert_eq!(app.watched(&token).await, [""; 0]);
        // Without a body, too.
        let bare = app.request(Method::PUT, "/api/watchlist/a900010").bearer_auth(&token);
        let (status, body) = answer(bare).await;
        assert_eq!((status, &body), (StatusCode::OK, &json!({
            "code": "900010", "name": "가람전자", "group": null, "note": null, "position": 0, "added_at": "2026-03-20T09:00:00Z",
        })));
        app.clock.advance(time::Duration::minutes(5));
        let change = json!({"group": " 반도체 ", "note": "실적 발표 뒤에 다시 본다"});
        let (_, first) = app.watch(&token, "900010", &change).await;
        let (status, again) = app.watch(&token, "900010", &change).await;
        assert_eq!((status, &again), (StatusCode::OK, &first));
        assert_eq!((again["group"].as_str(), again["added_at"].as_str()), (Some("반도체"), Some("2026-03-20T09:00:00Z")));
        // What is missing stays, what is empty goes.
        let (_, body) = app.watch(&token, "900010", &json!({"note": ""})).await;
        assert_eq!((body["group"].as_str(), &body["note"]), (Some("반도체"), &Value::Null));
        assert_eq!(app.ask("/api/watchlist/900010", &token).await, (StatusCode::OK, body));
        assert_eq!(app.watched(&token).await, ["900010"]);
    }

    async fn the_order_is_the_user_s(app) {
        app.import(ROWS, "2026-03-20").await;
        let token = app.member("hong_gd").await.access;
        for code in ["900010", "900015", "900020", "900030"] {
            app.watch(&token, code, &json!({})).await;
        }
        app.watch(&token, "900030", &json!({"position": 0})).await;
        assert_eq!(app.watched(&token).await, ["900030", "900010", "900015", "900020"]);
        app.watch(&token, "900010", &json!({"position": 99})).await;
        assert_eq!(app.watched(&token).await, ["900030", "900015", "900020", "900010"]);
        app.watch(&token, "0009K0", &json!({"position": 1})).await;
        assert_eq!(app.watched(&token).await, ["900030", "0009K0", "900015", "900020", "900010"]);
        assert_eq!(app.unwatch(&token, "0009k0").await, StatusCode::NO_CONTENT);
        assert_eq!(app.unwatch(&token, "0009K0").await, StatusCode::NO_CONTENT, "it is off the list");
        assert_eq!(app.watched(&token).await, ["900030", "900015", "900020", "900010"]);
        let (status, _) = app.ask("/api/watchlist/0009K0", &token).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }

    async fn many_changes_at_once_leave_no_gap(app) {
        app.import(ROWS, "2026-03-20").await;
        let token = app.member("hong_gd").await.access;
        let codes = ["900010", "900015", "900020", "900030", "900040", "0009K0"];
        let puts = (0..4).flat_map(|round| codes.map(|code| (code, json!({"position": round}))));
        let answers = join_all(puts.map(|(code, change)| {
            let token = &token;
            async move { app.watch(token, code, &change).await }
        })).await;
        assert!(answers.iter().all(|(status, _)| *status == StatusCode::OK), "{answers:?}");
        let mut watched = app.watched(&token).await;
        watched.sort();
        assert_eq!(watched, ["0009K0", "900010", "900015", "900020", "900030", "900040"]);
    }

    async fn everybody_has_a_list_of_their_own(app) {
        app.import(ROWS, "2026-03-20").await;
        let (mine, other) = (app.member("hong_gd").await.access, app.member("kim_cs").await.access);
        app.watch(&mine, "900010", &json!({"note": "mine"})).await;
        assert_eq!(app.watched(&other).await, [""; 0]);
        assert_eq!(app.ask("/api/watchlist/900010", &other).await.0, StatusCode::NOT_FOUND);
        assert_eq!(app.unwatch(&other, "900010").await, StatusCode::NO_CONTENT);
        assert_eq!(app.watched(&mine).await, ["900010"]);
    }

    async fn what_cannot_be_is_told(app) {
        app.import(ROWS, "2026-03-20").await;
        let token = app.member("hong_gd").await.access;
        for code in ["999990", "x", "%00", "9000100"] {
            assert_eq!(app.watch(&token, code, &json!({})).await.0, StatusCode::NOT_FOUND, "{code}");
        }
        for (change, field) in [
            (json!({"group": "가".repeat(31)}), "group"), (json!({"note": "x".repeat(10_000)}), "note"), (json!({"note": "a\u{0}b"}), "note"),
            (json!({"position": -1}), "position"), (json!({"position": "first"}), "position"), (json!({"position": 1.5}), "position"), (json!({"group": 5}), "group"),
        ] {
            let (status, body) = app.watch(&token, "900010", &change).await;
            assert_eq!((status, fields(&body)), (StatusCode::UNPROCESSABLE_ENTITY, vec![field.to_owned()]), "{change}");
        }
        let broken = app.request(Method::PUT, "/api/watchlist/900010").bearer_auth(&token).header("content-type", "application/json").body("{");
        assert_eq!(answer(broken).await.1["code"], "malformed_body");
        assert_eq!(app.watched(&token).await, [""; 0]);
    }

    /// The market of the day no longer has it; the list does.
    async fn an_issue_that_is_gone_stays_on_the_list(app) {
        app.import(ROWS, "2026-03-20").await;
        let token = app.member("hong_gd").await.access;
        app.watch(&token, "0009K0", &json!({})).await;
        app.clock.advance(time::Duration::days(3));
        let token = app.sign_in("hong_gd").await.access;
        let without: Vec<_> = ROWS.lines().filter(|line| !line.contains("0009K0")).collect();
        app.import_anyway(&(without.join("\n") + "\n"), "2026-03-23").await;
        assert_eq!(app.watched(&token).await, ["0009K0"]);
        let (status, body) = app.watch(&token, "0009K0", &json!({"note": "상장폐지"})).await;
        assert_eq!((status, body["name"].as_str()), (StatusCode::OK, Some("Mirae Labs")));
    }
}
