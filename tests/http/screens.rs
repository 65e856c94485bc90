//! Views of the listing: its page as its address says, and those that a user keeps under a name.

use reqwest::{StatusCode, header};
use time::Duration;

use crate::{
    app::{TestApp, on_each_database},
    listings::ROWS,
};

impl TestApp {
    async fn listing_page(&self, query: &str, cookies: &str) -> String {
        let request = self.get(&format!("/stocks?{query}")).header(header::COOKIE, cookies);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{query}");
        response.text().await.unwrap()
    }

    async fn post_screen(&self, query: &str, cookies: &str, form: &[(&str, &str)]) -> (StatusCode, String, String) {
        let request = self.post(&format!("/stocks{query}")).header(header::COOKIE, cookies);
        let response = request.form(form).send().await.unwrap();
        let location = response.headers().get(header::LOCATION);
        let location = location.map(|location| location.to_str().unwrap().to_owned());
        (
            response.status(),
            location.unwrap_or_default(),
            response.text().await.unwrap(),
        )
    }
}

on_each_database! {
    async fn a_stale_address_shows_the_nearest_and_says_so(app) {
        const NOTICE: &str = "가장 가까운 값으로";
        app.import(ROWS, "2026-03-20").await;
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        for query in ["sort_by=beauty", "market=NYSE", "cols=%00", "size=7", "open_min=9&open_max=1", "page=0", "q=%00"] {
            let page = app.listing_page(query, &cookies).await;
            assert!(page.contains(NOTICE), "{query}");
        }
        for query in ["", "cols=none&cols=close", "marcap_min=1%EC%96%B5&segment=", "size=all", "utm_source=x"] {
            let page = app.listing_page(query, &cookies).await;
            assert!(!page.contains(NOTICE), "{query}");
        }
        let page = app.listing_page("marcap_min=9&marcap_max=1", &cookies).await;
        assert!(page.contains("둘을 바꾸어 보여 드립니다") && page.contains("시가총액 1원 ~ 9원"));
        // What is no figure stays in its field, which says what one is.
        let page = app.listing_page("close_min=%3Cb%3E&close_max=5000", &cookies).await;
        assert!(page.contains("읽을 수 없는 범위는 빼고") && page.contains("현재가 5,000원 이하"));
        let field = page.split("name=\"close_min\"").nth(1).and_then(|rest| rest.split('>').next()).unwrap();
        assert!(field.contains("value=\"&lt;b") && field.contains("aria-describedby=\"close_min-error\""), "{field}");
        assert!(page.contains("id=\"close_min-error\""));
        let page = app.listing_page("page=9999", &cookies).await;
        assert!(page.contains("마지막 쪽을 보여 드립니다") && page.contains("가람전자"));
    }

    async fn columns_and_orders_are_as_asked(app) {
        app.import(ROWS, "2026-03-20").await;
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let page = app.listing_page("cols=close,isin&sort_by=market", &cookies).await;
        assert!(page.contains("data-label=\"ISIN\"") && page.contains("data-label=\"현재가\""));
        assert!(!page.contains("data-label=\"거래량\""));
        let page = app.listing_page("sort_by=changes_ratio,close&order=desc,asc", &cookies).await;
        assert!(page.contains("정렬 등락률 ▼") && page.contains("정렬 현재가 ▲"));
        let page = app.listing_page("share_kind=preferred&exclude=spac,halted", &cookies).await;
        assert!(page.contains("우선주 조건 지우기") && page.contains("SPAC 제외 조건 지우기"));
    }

    async fn a_view_is_kept_under_a_name(app) {
        app.import(ROWS, "2026-03-20").await;
        app.member("hong_gd").await;
        app.member("kim_gd").await;
        let cookies = app.browser("hong_gd").await;
        let here = "?market=KOSPI&cols=close";
        let form = [("name", " 대형주 "), ("query", "market=KOSPI&cols=close&page=7&x=<b>")];
        let (status, location, _) = app.post_screen(here, &cookies, &form).await;
        assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/stocks?market=KOSPI&cols=close&screens=1"));
        let page = app.listing_page("", &cookies).await;
        assert!(page.contains("href=\"/stocks?market=KOSPI&amp;cols=close\"") && page.contains("대형주"));
        // What is there already is saved once more; another view takes its name when that was said.
        let (status, ..) = app.post_screen(here, &cookies, &form).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let other = [("name", "대형주"), ("query", "market=KOSDAQ")];
        let (status, _, page) = app.post_screen("?market=KOSDAQ", &cookies, &other).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("‘대형주’ 화면이 이미 있습니다") && page.contains("name=\"replace\""));
        assert!(app.listing_page("", &cookies).await.contains("href=\"/stocks?market=KOSPI&amp;cols=close\""));
        // Nor was it said of another one.
        let (status, ..) = app.post_screen("", &cookies, &[other[0], other[1], ("replace", "소형주")]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        let (status, ..) = app.post_screen("?market=KOSDAQ", &cookies, &[other[0], other[1], ("replace", " 대형주")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let page = app.listing_page("", &cookies).await;
        assert_eq!(page.matches("대형주 삭제").count(), 1);
        assert!(!page.contains("href=\"/stocks?market=KOSPI&amp;cols=close\""));
        // Nobody else sees it, nor takes it away.
        let others = app.browser("kim_gd").await;
        assert!(!app.listing_page("", &others).await.contains("대형주"));
        app.post_screen("", &others, &[("delete", "대형주")]).await;
        assert!(app.listing_page("", &cookies).await.contains("대형주 삭제"));
        let (status, ..) = app.post_screen("", &cookies, &[("delete", "\0")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "no screen is called so");
        let (status, ..) = app.post_screen("", &cookies, &[("delete", "대형주")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert!(!app.listing_page("", &cookies).await.contains("대형주 삭제"));
    }

    async fn a_name_that_is_none_is_said_so_on_the_page(app) {
        app.import(ROWS, "2026-03-20").await;
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let long = "가".repeat(31);
        for name in ["", " ", "\u{202e}x", &long] {
            let (status, _, page) = app.post_screen("?market=KOSPI", &cookies, &[("name", name), ("query", "")]).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name:?}");
            assert!(page.contains("id=\"screen-fault\"") && page.contains("market=KOSPI"), "{name:?}");
        }
        for n in 0..30 {
            let (status, ..) = app.post_screen("", &cookies, &[("name", &format!("화면 {n}")), ("query", "")]).await;
            assert_eq!(status, StatusCode::SEE_OTHER);
        }
        let (status, _, page) = app.post_screen("", &cookies, &[("name", "하나 더"), ("query", "")]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("30개까지"));
    }

    async fn the_overview_shows_both_ends_of_each_board(app) {
        app.import(ROWS, "2026-03-20").await;
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let page = async |path: &str| {
            let response = app.get(path).header(header::COOKIE, &cookies).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            response.text().await.unwrap()
        };
        let usual = page("/").await;
        for part in ["KOSPI 시가총액 상위 20", "KOSPI 시가총액 하위 20", "KOSDAQ 시가총액 상위 20", "KOSDAQ 시가총액 하위 20", "거래량 상위", "하한"] {
            assert!(usual.contains(part), "{part}");
        }
        assert!(!usual.contains("실시간") && usual.contains("2026-03-20 기준"));
        assert!(page("/?shares=all").await.contains("href=\"/\""));
        assert!(page("/?shares=some").await.contains("가장 가까운 값으로"));
    }

    async fn an_old_market_says_so_on_every_page(app) {
        const OLD: &str = "그 뒤 5거래일의 시세를 아직 받지 못했습니다";
        app.import(ROWS, "2026-03-20").await;
        app.clock.advance(Duration::days(7) + Duration::hours(6));
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        for path in ["/", "/stocks", "/stocks/900010", "/watchlist", "/compare?codes=900010"] {
            let (status, page) = app.page_of(path, &cookies).await;
            assert_eq!((status, page.contains(OLD)), (StatusCode::OK, true), "{path}");
        }
        let (_, account) = app.page_of("/account", &cookies).await;
        assert!(!account.contains(OLD));
    }
}
