//! The filter language of the listing, by REST and in the address of the page.

use reqwest::{StatusCode, header};
use serde_json::Value;

use crate::{
    app::{TestApp, on_each_database},
    listings::ROWS,
};

impl TestApp {
    /// The codes that a query finds.
    async fn codes_of(&self, query: &str, token: &str) -> Vec<String> {
        let (status, body) = self.ask(&format!("/api/stocks/listings?{query}"), token).await;
        assert_eq!(status, StatusCode::OK, "{query}: {body}");
        let code = |stock: &Value| stock["code"].as_str().unwrap().to_owned();
        body["stocks"].as_array().unwrap().iter().map(code).collect()
    }
}

on_each_database! {
    async fn rows_are_left_out_by_what_they_are(app) {
        app.import(ROWS, "2026-03-20").await;
        let token = app.member("hong_gd").await.access;
        for (query, expected) in [
            ("segment=GLOBAL", &["900020"][..]),
            ("share_kind=preferred", &["900015"]),
            ("flags=halted", &["900040"]),
            ("exclude=halted&market=KONEX", &[]),
            ("marcap_min=3000000000&marcap_max=10000000000", &["900010", "900030"]),
            ("changes_ratio_max=-1.23", &["0009K0", "900015"]),
            ("change_min=-30&change_max=0&exclude=halted", &["900020", "0009K0"]),
            ("sort_by=market", &[]),
            ("industry=%EB%B0%98%EB%8F%84%EC%B2%B4", &[]),
            ("sort_by=change,code&order=asc,desc&limit=2", &["900015", "0009K0"]),
        ] {
            if query == "sort_by=market" {
                let (status, _) = app.ask("/api/stocks/listings?sort_by=market", &token).await;
                assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
                continue;
            }
            assert_eq!(app.codes_of(query, &token).await, expected, "{query}");
        }
    }

    async fn faulty_filters_name_the_parameter_and_what_is_accepted(app) {
        app.import(ROWS, "2026-03-20").await;
        let token = app.member("hong_gd").await.access;
        let long = format!("q={}", "a".repeat(10_000));
        for (query, field, says) in [
            ("segment=LOCAL", "segment", "GLOBAL"),
            ("share_kind=gold", "share_kind", "common, preferred"),
            ("flags=tall", "flags", "administrative"),
            ("marcap_min=-1", "marcap_min", "정수"),
            ("marcap_min=2&marcap_max=1", "marcap_min", "최솟값"),
            ("changes_ratio_min=abc", "changes_ratio_min", "퍼센트"),
            ("limit=-1", "limit", "5000"),
            ("sort_by=close,volume,low,high", "sort_by", "3"),
            (&long, "q", "100"),
        ] {
            let (status, body) = app.ask(&format!("/api/stocks/listings?{query}"), &token).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            assert_eq!(body["errors"][0]["field"], field);
            let message = body["errors"][0]["message"].as_str().unwrap();
            assert!(message.contains(says), "{field}: {message}");
        }
    }

    async fn industries_are_told_for_filters(app) {
        const DESC: &str = ",Code,Name,Market,Sector,Industry,Products,ListingDate,SettleMonth,Representative,HomePage,Region\n\
            0,900010,가람전자,KOSPI,,반도체 제조업,칩,2001-02-03,12월,,,서울\n1,900015,가람전자우,KOSPI,,반도체 제조업,칩,2001-02-03,12월,,,서울\n";
        app.import(ROWS, "2026-03-20").await;
        app.add(DESC, "desc.csv").await;
        let token = app.member("hong_gd").await.access;
        let (_, body) = app.ask("/api/market/industries", &token).await;
        assert_eq!(body["industries"], serde_json::json!([{"name": "반도체 제조업", "count": 2}]));
        assert_eq!(body["as_of"], "2026-03-20");
        let found = app.codes_of("industry=%EB%B0%98%EB%8F%84%EC%B2%B4%20%EC%A0%9C%EC%A1%B0%EC%97%85", &token).await;
        assert_eq!(found, ["900010", "900015"]);
        let visitor = app.get("/api/market/industries").send().await.unwrap();
        assert_eq!(visitor.status(), StatusCode::UNAUTHORIZED);
    }

    async fn a_pages_address_filters_too_and_forgives(app) {
        app.import(ROWS, "2026-03-20").await;
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let page = async |query: &str| {
            let response = app.get(&format!("/stocks?{query}")).header(header::COOKIE, &cookies).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{query}");
            response.text().await.unwrap()
        };
        let preferred = page("share_kind=preferred").await;
        assert!(preferred.contains("가람전자우") && !preferred.contains("나루소프트"));
        // The link to take it away carries what is shown.
        assert!(preferred.contains("/api/stocks/listings.csv?share_kind=preferred"), "{preferred}");
        let forgiven = page("share_kind=gold&marcap_min=x&flags=tall").await;
        assert!(forgiven.contains("나루소프트"));
    }
}
