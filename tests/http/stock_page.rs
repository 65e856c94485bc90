//! The page of one issue, without JavaScript.

use reqwest::{StatusCode, header};

use crate::{
    app::{TestApp, on_each_database},
    listings::ROWS,
};

impl TestApp {
    /// Status and text of a page for who holds the cookies.
    async fn page_of(&self, path: &str, cookies: &str) -> (StatusCode, String) {
        let response = self.get(path).header(header::COOKIE, cookies).send().await.unwrap();
        (response.status(), response.text().await.unwrap())
    }
}

on_each_database! {
    async fn an_issue_has_a_page_with_its_past(app) {
        let earlier = ROWS.replace("가람전자,KOSPI,,10000,1,500,5.26,9500,10100,9400,1000,10000000,10000000000", "가람전자,KOSPI,,9500,2,-100,-1.04,9600,9700,9400,500,4800000,9500000000");
        app.import(&earlier, "2026-03-19").await;
        app.import(ROWS, "2026-03-20").await;
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let (status, page) = app.page_of("/stocks/900010", &cookies).await;
        assert_eq!(status, StatusCode::OK);
        for part in [
            "가람전자", "<svg", "10,000", "▲500", "+5.26%", "52주 통계 정보", "KR7900010000", "2026-03-19", "9,500",
            // Limits and tick of the next day.
            "13,000", "7,000", "호가 단위",
        ] {
            assert!(page.contains(part), "{part}");
        }
        assert!(!page.contains("예시 데이터"));
        // Typed in other ways it is the same issue.
        assert_eq!(app.page_of("/stocks/A900010", &cookies).await.0, StatusCode::OK);
        let (status, halted) = app.page_of("/stocks/900040?range=all&scale=log&interval=weekly", &cookies).await;
        assert_eq!(status, StatusCode::OK);
        assert!(halted.contains("거래정지"));
        // The listing leads there.
        assert!(app.page_of("/stocks", &cookies).await.1.contains("href=\"/stocks/900010\""));
    }

    async fn an_unknown_issue_is_404_with_what_is_near(app) {
        app.import(ROWS, "2026-03-20").await;
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        for (path, near) in [("/stocks/900019", "가람전자"), ("/stocks/%EA%B0%80%EB%9E%8C", "가람전자우")] {
            let (status, page) = app.page_of(path, &cookies).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
            assert!(page.contains("종목을 찾을 수 없습니다") && page.contains(near), "{path}");
        }
        let (status, page) = app.page_of("/stocks/%3Cscript%3Ealert(1)%3C%2Fscript%3E", &cookies).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(!page.contains("<script>alert"));
        let long = format!("/stocks/{}", "9".repeat(2_000));
        assert_eq!(app.page_of(&long, &cookies).await.0, StatusCode::NOT_FOUND);
    }

    async fn stale_addresses_lead_to_a_sensible_page(app) {
        app.import(ROWS, "2026-03-20").await;
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        for query in ["range=9y&interval=hourly&scale=%00&basis=x&days=-5", "days=999999999999999999999", "=&&&range"] {
            let (status, page) = app.page_of(&format!("/stocks/900010?{query}"), &cookies).await;
            assert_eq!(status, StatusCode::OK, "{query}");
            assert!(page.contains("<svg"), "{query}");
        }
        let visitor = app.get("/stocks/900010?range=1m").send().await.unwrap();
        assert_eq!(visitor.status(), StatusCode::SEE_OTHER);
        assert_eq!(visitor.headers()[header::LOCATION], "/login?next=%2Fstocks%2F900010%3Frange%3D1m");
    }

    async fn an_issue_that_is_gone_keeps_its_page(app) {
        app.import(ROWS, "2026-03-19").await;
        let fewer: String = ROWS.split_inclusive('\n').filter(|line| !line.contains("900030")).collect();
        app.import_anyway(&fewer, "2026-03-20").await;
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let (status, page) = app.page_of("/stocks/900030", &cookies).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("다온바이오") && !page.contains("호가 단위"));
    }
}
