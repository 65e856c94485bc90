//! Listings by REST and on the page.

use reqwest::StatusCode;
use secondarymarket::{
    model::market::Source,
    server::market::{ImportOptions, Origin, ensure_demo, import_bytes, import_file, import_parsed, sources},
};
use serde_json::{Value, json};

use crate::app::{TestApp, fields, on_each_database};

/// Rows of our own: what listings differ in, in six issues.
pub const ROWS: &str = "\
,Code,ISU_CD,Name,Market,Dept,Close,ChangeCode,Changes,ChagesRatio,Open,High,Low,Volume,Amount,Marcap,Stocks,MarketId
0,900010,KR7900010000,가람전자,KOSPI,,10000,1,500,5.26,9500,10100,9400,1000,10000000,10000000000,1000000,STK
1,900015,KR7900015009,가람전자우,KOSPI,,8000,2,-100,-1.23,8100,8100,7900,10,80000,800000000,100000,STK
2,900020,KR7900020009,나루소프트,KOSDAQ GLOBAL,우량기업부,50000,3,0,0.0,50000,50000,50000,20,1000000,50000000000,1000000,KSQ
3,900030,KR7900030008,다온바이오,KOSDAQ,벤처기업부,3000,1,10,0.33,2990,3010,2980,30,90000,3000000000,1000000,KSQ
4,900040,KR7900040007,라온,KONEX,일반기업부,700,0,0,0.0,0,0,0,0,0,70000000,100000,KNX
5,0009K0,KR70009K0001,Mirae Labs,KOSDAQ,중견기업부,1200,2,-30,-2.44,1230,1240,1190,500,600000,1200000000,1000000,KSQ
";

impl TestApp {
    /// Loads a listing as the operator does, and follows it as the server does.
    pub async fn import(&self, rows: &str, as_of: &str) {
        self.import_with(rows, as_of, ImportOptions::default()).await;
    }

    /// The same with `--force`.
    pub async fn import_anyway(&self, rows: &str, as_of: &str) {
        let options = ImportOptions {
            force: true,
            ..ImportOptions::default()
        };
        self.import_with(rows, as_of, options).await;
    }

    async fn import_with(&self, rows: &str, as_of: &str, options: ImportOptions) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(format!("listing_krx_{as_of}.csv"));
        std::fs::write(&file, rows).unwrap();
        let now = self.state.clock.now();
        import_file(&self.state.db, now, &file, &options).await.unwrap();
        assert!(self.state.market.reload_if_changed(&self.state.db).await.unwrap());
    }

    /// Adds a file that is no day's market.
    pub async fn add(&self, text: &str, name: &str) {
        let now = self.state.clock.now();
        let options = ImportOptions::default();
        import_bytes(&self.state.db, now, text.as_bytes(), Some(name), &options)
            .await
            .unwrap();
        assert!(self.state.market.reload_if_changed(&self.state.db).await.unwrap());
    }

    /// As if the market had come from this source.
    pub async fn comes_from(&self, source: &str) {
        let origin = Origin {
            source: Source::parse(source).unwrap(),
            digest: "elsewhere",
            file_name: None,
        };
        let parsed = sources::parse(ROWS.as_bytes(), None).unwrap();
        let options = ImportOptions {
            as_of: Some(self.state.market.current().unwrap().day()),
            ..ImportOptions::default()
        };
        import_parsed(&self.state.db, self.state.clock.now(), origin, parsed, &options)
            .await
            .unwrap();
        assert!(self.state.market.reload_if_changed(&self.state.db).await.unwrap());
    }

    async fn with_market(&self) -> String {
        self.import(ROWS, "2026-03-20").await;
        self.member("hong_gd").await.access
    }
}

fn codes(body: &Value) -> Vec<&str> {
    body["stocks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stock| stock["code"].as_str().unwrap())
        .collect()
}

on_each_database! {
    async fn the_answer_has_the_promised_shape(app) {
        let token = app.with_market().await;
        let (status, body) = app.ask("/api/stocks/listings?limit=1&market=KOSPI", &token).await;
        assert_eq!(status, StatusCode::OK);
        let stock = &body["stocks"][0];
        assert_eq!(body, json!({
            "user": "hong_gd", "market": "KOSPI", "as_of": "2026-03-20", "source": "file",
            "total": 2, "limit": 1, "offset": 0, "stocks": [stock],
        }));
        for (member, value) in [
            ("code", json!("900010")), ("isin", json!("KR7900010000")), ("name", json!("가람전자")),
            ("market", json!("KOSPI")), ("segment", json!(null)), ("close", json!(10_000)), ("change", json!(500)),
            ("changes_ratio", json!(5.26)), ("open", json!(9_500)), ("high", json!(10_100)), ("low", json!(9_400)),
            ("volume", json!(1_000)), ("amount", json!(10_000_000)), ("marcap", json!(10_000_000_000_i64)), ("shares", json!(1_000_000)),
        ] {
            assert_eq!(stock[member], value, "{member}");
        }
    }

    async fn it_is_for_members(app) {
        app.with_market().await;
        let response = app.get("/api/stocks/listings").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
        assert_eq!(response.headers()["www-authenticate"], "Bearer");
    }

    async fn markets_sorts_and_pages(app) {
        let token = app.with_market().await;
        for (query, expected) in [
            ("", &["900020", "900010", "900030", "0009K0", "900015", "900040"][..]),
            ("market=kosdaq", &["900020", "900030", "0009K0"]),
            ("market=KONEX", &["900040"]),
            ("market=KRX&sort_by=code&order=asc&limit=2&offset=1", &["900010", "900015"]),
            ("sort_by=changes_ratio&limit=1", &["900010"]),
            ("sort_by=changes_ratio&order=asc&limit=1", &["0009K0"]),
            ("sort_by=name&order=asc&limit=1", &["0009K0"]),
            // Nothing traded: it comes last, whichever way.
            ("sort_by=open&order=asc&offset=5", &["900040"]),
            ("sort_by=open&order=desc&offset=5", &["900040"]),
            ("offset=100", &[]),
        ] {
            let (status, body) = app.ask(&format!("/api/stocks/listings?{query}"), &token).await;
            assert_eq!((status, codes(&body)), (StatusCode::OK, expected.to_vec()), "{query}");
        }
    }

    async fn search_finds_what_people_type(app) {
        let token = app.with_market().await;
        for (q, expected) in [
            ("가람", &["900010", "900015"][..]),
            ("가람전자우", &["900015"]),
            ("ㄱㄹㅈㅈ", &["900010", "900015"]),
            ("90002", &["900020"]),
            ("A900020", &["900020"]),
            ("0009k0", &["0009K0"]),
            ("KR7900030008", &["900030"]),
            ("mirae", &["0009K0"]),
            ("ekdhs", &["900030"]),
            ("없는회사", &[]),
            ("%", &[]),
        ] {
            let response = app.get("/api/stocks/listings").query(&[("q", q)]).bearer_auth(&token);
            let (status, body) = crate::app::answer(response).await;
            assert_eq!((status, codes(&body)), (StatusCode::OK, expected.to_vec()), "{q}");
        }
    }

    async fn every_bad_parameter_is_named(app) {
        let token = app.with_market().await;
        let (status, body) = app.ask("/api/stocks/listings?market=NASDAQ&sort_by=x&order=up&limit=0&offset=-1", &token).await;
        assert_eq!((status, fields(&body)), (StatusCode::UNPROCESSABLE_ENTITY, ["market", "sort_by", "order", "limit", "offset"].map(str::to_owned).to_vec()), "{body}");
        assert!(body["errors"][0]["message"].as_str().unwrap().contains("KONEX"));
        for query in ["limit=5001", "limit=abc", "limit=99999999999999999999", "offset=1.5"] {
            assert_eq!(app.ask(&format!("/api/stocks/listings?{query}"), &token).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        }
        assert_eq!(app.ask(&format!("/api/stocks/listings?q={}", "a".repeat(10_000)), &token).await.0, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(app.ask("/api/stocks/listings?limit=5000&whatever=1", &token).await.0, StatusCode::OK);
    }

    async fn the_page_shows_the_same_without_javascript(app) {
        app.with_market().await;
        let cookies = app.browser("hong_gd").await;
        let page = async |query: &str| {
            let response = app.get(&format!("/stocks{query}")).header("cookie", &cookies).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{query}");
            response.text().await.unwrap()
        };
        let all = page("").await;
        assert_eq!(all.matches("<tr role=\"row\"").count(), 7);
        for part in ["▲500", "+5.26%", "100억", "거래정지", "900020 · KOSDAQ GLOBAL", "2026-03-20", "aria-sort=\"descending\""] {
            assert!(all.contains(part), "{part}");
        }
        assert!(!all.contains("예시 데이터"));
        assert!(page("?market=KONEX").await.contains("라온"));
        assert!(!page("?market=KONEX").await.contains("가람전자"));
        assert!(page("?q=%E3%84%B1%E3%84%B9").await.contains("value=\"ㄱㄹ\""));
        assert!(page("?q=%3Cscript%3Ealert(1)%3C/script%3E").await.contains("종목을 찾을 수 없습니다."));
        for stale in ["?market=NASDAQ", "?sort_by=nope&order=up", "?page=9999", "?page=-1", "?page=x", "?q=%00", "?q=%ff", "?market=KOSPI&market=KONEX"] {
            page(stale).await;
        }
    }

    async fn without_a_market_pages_and_api_say_so(app) {
        let token = app.member("hong_gd").await.access;
        let (status, body) = app.ask("/api/stocks/listings", &token).await;
        assert_eq!((status, body["code"].as_str()), (StatusCode::SERVICE_UNAVAILABLE, Some("no_market_data")));
        let cookies = app.browser("hong_gd").await;
        let response = app.get("/stocks").header("cookie", &cookies).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(response.text().await.unwrap().contains("아직 불러온 시장 데이터가 없습니다."));
        assert_eq!(app.get("/readyz").send().await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
    }

    async fn the_demo_market_says_what_it_is_until_real_data_come(app) {
        let now = app.state.clock.now();
        assert!(ensure_demo(&app.state.db, now).await.unwrap());
        assert!(app.state.market.reload_if_changed(&app.state.db).await.unwrap());
        assert_eq!(app.get("/readyz").send().await.unwrap().status(), StatusCode::OK);
        let token = app.member("hong_gd").await.access;
        let (_, body) = app.ask("/api/stocks/listings", &token).await;
        assert_eq!(body["source"], "demo");
        let total = body["total"].as_u64().unwrap();
        assert!((2_700..3_100).contains(&total), "{total}");
        assert_eq!(body["stocks"].as_array().unwrap().len() as u64, total, "no limit means all");
        let cookies = app.browser("hong_gd").await;
        for path in ["/", "/stocks"] {
            let page = app.get(path).header("cookie", &cookies).send().await.unwrap().text().await.unwrap();
            assert!(page.contains("예시 데이터"), "{path}");
        }
        app.import(ROWS, "2026-03-20").await;
        let (_, body) = app.ask("/api/stocks/listings", &token).await;
        assert_eq!((body["source"].as_str(), body["total"].as_u64()), (Some("file"), Some(6)));
        assert!(!ensure_demo(&app.state.db, now).await.unwrap(), "never beside real data");
    }
}

/// The real files, where they are at hand.
#[tokio::test]
async fn real_listings_load_with_the_right_counts() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/krx");
    if !folder.exists() {
        eprintln!("skipped: the real listings are not at hand");
        return;
    }
    let app = TestApp::start(secondarymarket::server::store::testing::TestDb::sqlite().await, &[]).await;
    let token = app.member("hong_gd").await.access;
    let total = async |market: &str| {
        let (_, body) = app
            .ask(&format!("/api/stocks/listings?limit=1&market={market}"), &token)
            .await;
        body["total"].as_u64().unwrap()
    };
    for (file, counts) in [
        ("fdr_krx_data_cache/listing_krx_2026-03-19.csv", [2_878, 0, 0, 0]),
        ("krx_listing_2026-03-20.csv", [2_879, 951, 1_818, 110]),
    ] {
        let now = app.state.clock.now();
        import_file(&app.state.db, now, &folder.join(file), &ImportOptions::default())
            .await
            .unwrap();
        app.state.market.reload_if_changed(&app.state.db).await.unwrap();
        for (market, expected) in ["KRX", "KOSPI", "KOSDAQ", "KONEX"].into_iter().zip(counts) {
            if expected > 0 {
                assert_eq!(total(market).await, expected, "{file} {market}");
            }
        }
    }
    app.stop().await;
}
