//! Issues side by side.

use reqwest::StatusCode;

use crate::{app::on_each_database, listings::ROWS};

on_each_database! {
    async fn issues_stand_side_by_side(app) {
        let earlier = ROWS.replace("가람전자,KOSPI,,10000,1,500,5.26,9500,10100,9400,1000,10000000,10000000000", "가람전자,KOSPI,,9500,2,-100,-1.04,9600,9700,9400,500,4800000,9500000000");
        app.import(&earlier, "2026-03-19").await;
        app.import(ROWS, "2026-03-20").await;
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let (status, page) = app.page_of("/compare?codes=900010,900020", &cookies).await;
        assert_eq!(status, StatusCode::OK);
        for part in ["가람전자", "나루소프트", "chart__line series-1", "chart__line series-2", "+5.26%", "105.26", "2026-03-20 기준"] {
            assert!(page.contains(part), "{part}");
        }
        assert!(!page.contains("chart__line series-3") && !page.contains("가장 가까운 값으로"));
        // Taken out, the others stay.
        assert!(page.contains("href=\"/compare?codes=900020\"") && page.contains("range=3m"));
    }

    async fn stale_addresses_show_what_they_can(app) {
        app.import(ROWS, "2026-03-20").await;
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        for query in ["codes=x%00,900010", "range=7d&codes=900010", "codes=900010,900011,900012,900013,900014,900015"] {
            let (status, page) = app.page_of(&format!("/compare?{query}"), &cookies).await;
            assert_eq!(status, StatusCode::OK, "{query}");
            assert!(page.contains("가장 가까운 값으로") && page.contains("가람전자"), "{query}");
        }
        let (_, page) = app.page_of("/compare?codes=900010,999990", &cookies).await;
        assert!(page.contains("뺐습니다: 999990"));
        // A single day is no line.
        assert!(page.contains("chart__empty"));
        let (_, page) = app.page_of("/compare", &cookies).await;
        assert!(page.contains("비교할 종목을 골라 주세요") && page.contains("href=\"/compare?codes=9000"));
    }

    async fn what_is_typed_is_added(app) {
        app.import(ROWS, "2026-03-20").await;
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let request = app.get("/compare?codes=900020&range=3m&add=%EA%B0%80%EB%9E%8C%EC%A0%84%EC%9E%90");
        let response = request.header("Cookie", &cookies).header("Accept", "text/html").send().await.unwrap();
        assert!(response.status().is_redirection());
        assert_eq!(response.headers()["location"], "/compare?codes=900020,900010&range=3m");
        let (status, page) = app.page_of("/compare?codes=900020&add=%3Cb%3Enothing", &cookies).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("&#x27;&lt;b&gt;nothing&#x27; 종목을 찾을 수 없습니다") || page.contains("'&lt;b&gt;nothing' 종목을 찾을 수 없습니다"), "{page}");
        assert!(page.contains("나루소프트"));
        let (_, page) = app.page_of("/compare?add=%EC%9E%90", &cookies).await;
        assert!(page.contains("role=\"alert\""));
        let signed_out = app.get("/compare?codes=900010").send().await.unwrap();
        assert_eq!(signed_out.headers()["location"], "/login?next=%2Fcompare%3Fcodes%3D900010");
    }
}
