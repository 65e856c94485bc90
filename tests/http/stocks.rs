//! Single issues by REST: found, described, with their past and what it says.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::{
    app::{TestApp, fields, on_each_database},
    listings::ROWS,
};

/// The same six issues on the days before: halted, risen, fallen.
fn on(close: i64, change: i64, ratio: &str, ohl: (i64, i64, i64)) -> String {
    let (open, high, low) = ohl;
    let traded = if open == 0 { (0, 0) } else { (1_000, 10_000_000) };
    let code = match change {
        _ if open == 0 => 0,
        0 => 3,
        1.. => 1,
        _ => 2,
    };
    let row = format!(
        "0,900010,KR7900010000,가람전자,KOSPI,,{close},{code},{change},{ratio},{open},{high},{low},{},{},{},1000000,STK",
        traded.0,
        traded.1,
        close * 1_000_000
    );
    let mut lines: Vec<&str> = ROWS.lines().collect();
    lines[1] = &row;
    lines.join("\n") + "\n"
}

impl TestApp {
    /// Four days of a market; gives a token.
    async fn with_history(&self) -> String {
        for (rows, as_of) in [
            (on(9_000, 0, "0.0", (9_000, 9_300, 8_700)), "2026-03-12"),
            (on(9_000, 0, "0.0", (0, 0, 0)), "2026-03-13"),
            (on(9_500, 500, "5.56", (9_000, 9_600, 8_900)), "2026-03-19"),
            (ROWS.to_owned(), "2026-03-20"),
        ] {
            self.import(&rows, as_of).await;
        }
        self.member("hong_gd").await.access
    }
}

async fn refused(app: &TestApp, path: &str, token: &str) -> Vec<String> {
    let (status, body) = app.ask(path, token).await;
    assert_eq!(
        (status, body["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("invalid_input")),
        "{path}: {body}"
    );
    fields(&body)
}

fn found(body: &Value) -> Vec<&str> {
    body["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stock| stock["code"].as_str().unwrap())
        .collect()
}

on_each_database! {
    async fn a_search_finds_the_best_first(app) {
        let token = app.with_history().await;
        for (query, expected) in [
            ("가람", &["900010", "900015"][..]),
            ("900030", &["900030"]),
            ("KR7900020009", &["900020"]),
            ("ㄷㅇㅂㅇㅇ", &["900030"]),
            ("mirae", &["0009K0"]),
            ("없는종목", &[]),
        ] {
            let (status, body) = crate::app::answer(app.get("/api/stocks/search").query(&[("query", query)]).bearer_auth(&token)).await;
            assert_eq!((status, found(&body)), (StatusCode::OK, expected.to_vec()), "{query}");
            assert_eq!((body["query"].as_str(), body["count"].as_u64()), (Some(query), Some(expected.len() as u64)));
        }
        let (_, body) = app.ask("/api/stocks/search?query=9&limit=2", &token).await;
        assert_eq!(body["count"], 2);
        assert_eq!(body["results"][0]["close"], 50_000, "the larger one first");
        for (path, field) in [
            ("", "query"), ("?query=", "query"), ("?query=%20", "query"), ("?query=%00", "query"), (&*format!("?query={}", "x".repeat(10_000)), "query"),
            ("?query=x&limit=0", "limit"), ("?query=x&limit=51", "limit"), ("?query=x&limit=-1", "limit"), ("?query=x&limit=two", "limit"),
        ] {
            assert_eq!(refused(app, &format!("/api/stocks/search{path}"), &token).await, [field], "{path:.40}");
        }
    }

    async fn an_issue_is_described(app) {
        let token = app.with_history().await;
        let (status, body) = app.ask("/api/stocks/900010", &token).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        for (member, value) in [
            ("code", json!("900010")), ("name", json!("가람전자")), ("isin", json!("KR7900010000")), ("market", json!("KOSPI")),
            ("close", json!(10_000)), ("changes_ratio", json!(5.26)), ("as_of", json!("2026-03-20")), ("source", json!("file")),
            ("history_from", json!("2026-03-12")), ("history_to", json!("2026-03-20")), ("delisted_on", json!(null)),
            ("next_day", json!({"base_price": 10_000, "upper_limit": 13_000, "lower_limit": 7_000, "tick": 10})),
        ] {
            assert_eq!(body[member], value, "{member}");
        }
        for same in ["/api/stocks/A900010", "/api/stocks/a900010", "/api/stocks/0009k0"] {
            assert_eq!(app.ask(same, &token).await.0, StatusCode::OK, "{same}");
        }
        for nobody in ["999990", "x", "90001", "9000100", "%00", "'%20OR%201=1", "삼성"] {
            let (status, body) = app.ask(&format!("/api/stocks/{nobody}"), &token).await;
            assert_eq!((status, body["code"].as_str()), (StatusCode::NOT_FOUND, Some("not_found")), "{nobody}");
        }
        let (status, _) = crate::app::answer(app.get("/api/stocks/900010")).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
    }

    async fn the_past_comes_by_days_weeks_and_months(app) {
        let token = app.with_history().await;
        let history = async |query: &str| {
            let (status, body) = app.ask(&format!("/api/stocks/900010/history{query}"), &token).await;
            assert_eq!(status, StatusCode::OK, "{query}: {body}");
            body
        };
        let daily = history("").await;
        assert_eq!((daily["code"].as_str(), daily["interval"].as_str()), (Some("900010"), Some("daily")));
        assert_eq!(daily["bars"], json!([
            {"date": "2026-03-12", "open": 9_000, "high": 9_300, "low": 8_700, "close": 9_000, "change": 0, "volume": 1_000, "amount": 10_000_000},
            {"date": "2026-03-13", "open": null, "high": null, "low": null, "close": 9_000, "change": 0, "volume": 0, "amount": 0},
            {"date": "2026-03-19", "open": 9_000, "high": 9_600, "low": 8_900, "close": 9_500, "change": 500, "volume": 1_000, "amount": 10_000_000},
            {"date": "2026-03-20", "open": 9_500, "high": 10_100, "low": 9_400, "close": 10_000, "change": 500, "volume": 1_000, "amount": 10_000_000},
        ]));
        assert_eq!(history("?interval=weekly").await["bars"], json!([
            {"date": "2026-03-13", "open": 9_000, "high": 9_300, "low": 8_700, "close": 9_000, "change": 0, "volume": 1_000, "amount": 10_000_000},
            {"date": "2026-03-20", "open": 9_000, "high": 10_100, "low": 8_900, "close": 10_000, "change": 1_000, "volume": 2_000, "amount": 20_000_000},
        ]));
        assert_eq!(history("?interval=monthly").await["bars"].as_array().unwrap().len(), 1);
        let dates = |body: &Value| body["bars"].as_array().unwrap().iter().map(|bar| bar["date"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(dates(&history("?start_date=2026-03-13&end_date=2026-03-19").await), ["2026-03-13", "2026-03-19"]);
        assert_eq!(dates(&history("?start_date=2030-01-01").await), [""; 0]);
        assert_eq!(dates(&history("?end_date=1990-01-01").await), [""; 0]);
        for (query, field) in [
            ("?start_date=2026-13-01", "start_date"), ("?end_date=gestern", "end_date"), ("?interval=hourly", "interval"),
            ("?start_date=2026-03-20&end_date=2026-03-01", "start_date"), ("?start_date=20260320", "start_date"),
        ] {
            assert_eq!(refused(app, &format!("/api/stocks/900010/history{query}"), &token).await, [field], "{query}");
        }
        assert_eq!(app.ask("/api/stocks/999990/history", &token).await.0, StatusCode::NOT_FOUND);
    }

    async fn the_past_says_something_of_the_price(app) {
        let token = app.with_history().await;
        let (status, body) = app.ask("/api/stocks/900010/statistics", &token).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        for (member, value) in [
            ("current_price", json!(10_000)), ("week_52_high", json!(10_000)), ("week_52_high_date", json!("2026-03-20")),
            ("week_52_low", json!(9_000)), ("week_52_low_date", json!("2026-03-12")), ("week_52_avg", json!(9_375)),
            ("high_ratio", json!(0.0)), ("low_ratio", json!(11.11)), ("avg_ratio", json!(6.67)),
            ("year_change", json!(1_000)), ("year_change_ratio", json!(11.11)), ("as_of", json!("2026-03-20")), ("source", json!("file")),
            ("period", json!({"weeks": 52, "start_date": "2025-03-21", "end_date": "2026-03-20"})),
        ] {
            assert_eq!(body[member], value, "{member}");
        }
        let (_, body) = app.ask("/api/stocks/900010/statistics?period=1&basis=intraday", &token).await;
        assert_eq!((body["week_52_high"].as_i64(), body["week_52_low"].as_i64()), (Some(10_100), Some(8_900)));
        for (query, field) in [("?period=0", "period"), ("?period=261", "period"), ("?period=-1", "period"), ("?period=x", "period"), ("?basis=mood", "basis")] {
            assert_eq!(refused(app, &format!("/api/stocks/900010/statistics{query}"), &token).await, [field], "{query}");
        }
        assert_eq!(app.ask("/api/stocks/999990/statistics", &token).await.0, StatusCode::NOT_FOUND);
    }

    async fn the_market_is_seen_at_a_glance(app) {
        let token = app.with_history().await;
        let (status, body) = app.ask("/api/market/overview", &token).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        assert_eq!((body["as_of"].as_str(), body["source"].as_str(), body["market"].as_str()), (Some("2026-03-20"), Some("file"), Some("KRX")));
        let board = |name: &str| body["boards"].as_array().unwrap().iter().find(|board| board["market"] == name).unwrap().clone();
        assert_eq!((board("KOSPI")["up"].as_u64(), board("KOSPI")["down"].as_u64(), board("KOSDAQ")["total"].as_u64()), (Some(1), Some(1), Some(3)));
        assert_eq!(body["leaders"]["gainers"][0]["code"], "900010");
        let top = |body: &Value| body["rankings"][0]["top"].as_array().unwrap().iter().map(|stock| stock["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(top(&body), ["900010"], "common shares");
        let (_, all) = app.ask("/api/market/overview?shares=all", &token).await;
        assert_eq!(top(&all), ["900010", "900015"]);
        assert_eq!(refused(app, "/api/market/overview?market=NASDAQ", &token).await, ["market"]);
        assert_eq!(refused(app, "/api/market/overview?shares=some", &token).await, ["shares"]);
    }
}
