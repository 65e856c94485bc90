//! The whole listing from prepared bytes, and as CSV.

use std::io::Read as _;

use flate2::read::GzDecoder;
use reqwest::{StatusCode, header};
use serde_json::Value;

use crate::{
    app::{TestApp, on_each_database},
    listings::ROWS,
};

/// What an answer said about itself, and its bytes.
struct Answer {
    status: StatusCode,
    headers: header::HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn unzipped(&self) -> Vec<u8> {
        let mut text = Vec::new();
        GzDecoder::new(self.body.as_slice()).read_to_end(&mut text).unwrap();
        text
    }
}

impl TestApp {
    async fn whole(&self, path: &str, token: &str, headers: &[(header::HeaderName, &str)]) -> Answer {
        let mut request = self.get(path).bearer_auth(token);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let response = request.send().await.unwrap();
        Answer {
            status: response.status(),
            headers: response.headers().clone(),
            body: response.bytes().await.unwrap().to_vec(),
        }
    }
}

const ALL: &str = "/api/stocks/listings";

on_each_database! {
    async fn all_rows_are_compressed_once_and_revalidated(app) {
        app.import(ROWS, "2026-03-20").await;
        let token = app.member("hong_gd").await.access;
        let plain = app.whole(ALL, &token, &[]).await;
        assert_eq!(plain.status, StatusCode::OK);
        assert_eq!(plain.header(header::CACHE_CONTROL), "private, no-cache");
        assert_eq!(plain.header(header::CONTENT_TYPE), "application/json");
        assert!(plain.header(header::VARY).contains("authorization"));
        assert_eq!(plain.header(header::CONTENT_LENGTH), plain.body.len().to_string());
        let body: Value = serde_json::from_slice(&plain.body).unwrap();
        assert_eq!((&body["user"], &body["total"], &body["limit"]), (&"hong_gd".into(), &6.into(), &Value::Null));
        assert_eq!(body["stocks"].as_array().unwrap().len(), 6);

        let zipped = app.whole(ALL, &token, &[(header::ACCEPT_ENCODING, "gzip, br")]).await;
        assert_eq!(zipped.header(header::CONTENT_ENCODING), "gzip");
        assert_eq!(zipped.header(header::CONTENT_LENGTH), zipped.body.len().to_string());
        assert_eq!(zipped.unzipped(), plain.body);

        let tag = plain.header(header::ETAG);
        assert_eq!(zipped.header(header::ETAG), tag);
        for known in [tag.to_owned(), format!("\"x\", {tag}"), "*".to_owned()] {
            let same = app.whole(ALL, &token, &[(header::IF_NONE_MATCH, known.as_str())]).await;
            assert_eq!((same.status, same.body.len()), (StatusCode::NOT_MODIFIED, 0), "{known}");
            assert_eq!(same.header(header::ETAG), tag);
            assert_eq!(same.header(header::CACHE_CONTROL), "private, no-cache");
        }
        let head = app.request(reqwest::Method::HEAD, ALL).bearer_auth(&token).send().await.unwrap();
        assert_eq!(head.headers()[header::CONTENT_LENGTH], plain.body.len().to_string());

        // Boards are kept apart; another order, a limit, a search and a filter are not prepared.
        let kospi = app.whole("/api/stocks/listings?market=KOSPI", &token, &[]).await;
        assert_ne!(kospi.header(header::ETAG), tag);
        assert_eq!(serde_json::from_slice::<Value>(&kospi.body).unwrap()["total"], 2);
        for other in ["?sort_by=name", "?limit=5000", "?q=a", "?share_kind=common", "?offset=1"] {
            let answer = app.whole(&format!("{ALL}{other}"), &token, &[]).await;
            assert_eq!((answer.header(header::ETAG), answer.header(header::CACHE_CONTROL)), ("", "no-store"), "{other}");
        }
        // The usual order by its name is the usual order.
        let named = app.whole("/api/stocks/listings?sort_by=marcap&order=desc", &token, &[]).await;
        assert_eq!(named.body, plain.body);
    }

    async fn an_entity_tag_is_of_one_user_and_one_content(app) {
        app.import(ROWS, "2026-03-20").await;
        let first = app.member("hong_gd").await.access;
        let second = app.member("kim_cs").await.access;
        let tag = app.whole(ALL, &first, &[]).await.header(header::ETAG).to_owned();
        let other = app.whole(ALL, &second, &[(header::IF_NONE_MATCH, tag.as_str())]).await;
        assert_eq!(other.status, StatusCode::OK);
        assert_eq!(serde_json::from_slice::<Value>(&other.body).unwrap()["user"], "kim_cs");
        let nobody = app.get(ALL).header(header::IF_NONE_MATCH, &tag).send().await.unwrap();
        assert_eq!(nobody.status(), StatusCode::UNAUTHORIZED);

        app.import(&ROWS.replace("가람전자,", "가람반도체,"), "2026-03-20").await;
        let newer = app.whole(ALL, &first, &[(header::IF_NONE_MATCH, tag.as_str())]).await;
        assert_eq!(newer.status, StatusCode::OK);
        assert!(String::from_utf8(newer.body.clone()).unwrap().contains("가람반도체"));
        assert_ne!(newer.header(header::ETAG), tag);
    }

    async fn listings_are_taken_away_as_csv(app) {
        let rows = ROWS.replace("나루소프트", "=cmd|'/C calc'!A0").replace("다온바이오", "\"@쉼표, 따옴표\"\"\"");
        app.import(&rows, "2026-03-20").await;
        let token = app.member("hong_gd").await.access;
        let answer = app.whole("/api/stocks/listings.csv?market=KOSDAQ&sort_by=code&order=asc", &token, &[]).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header(header::CONTENT_TYPE), "text/csv; charset=utf-8");
        assert_eq!(
            answer.header(header::CONTENT_DISPOSITION),
            "attachment; filename=\"listings-KOSDAQ-2026-03-20.csv\""
        );
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
        let text = String::from_utf8(answer.body).unwrap();
        let text = text.strip_prefix('\u{feff}').unwrap();
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines.len(), 5, "{text}");
        assert!(lines[0].starts_with("종목코드,ISIN,종목명,"));
        assert!(lines[1].starts_with("0009K0,KR70009K0001,Mirae Labs,KOSDAQ,"));
        assert!(lines[2].starts_with("900020,KR7900020009,'=cmd|'/C calc'!A0,KOSDAQ,GLOBAL,"), "{}", lines[2]);
        assert!(lines[3].contains(",\"'@쉼표, 따옴표\"\"\",KOSDAQ,"), "{}", lines[3]);
        // What the page shows is what is taken: its filter and search too. By cookie as well.
        let cookies = app.browser("hong_gd").await;
        let filtered = app
            .get("/api/stocks/listings.csv?share_kind=preferred&q=가람")
            .header(header::COOKIE, cookies)
            .send()
            .await
            .unwrap();
        let text = filtered.text().await.unwrap();
        assert!(text.lines().count() == 2 && text.contains("900015"), "{text}");
        let wrong = app.whole("/api/stocks/listings.csv?marcap_min=-1", &token, &[]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let visitor = app.get("/api/stocks/listings.csv").send().await.unwrap();
        assert_eq!(visitor.status(), StatusCode::UNAUTHORIZED);
    }

    async fn some_sources_forbid_to_take_their_rows_away(app) {
        app.import(ROWS, "2026-03-20").await;
        let token = app.member("hong_gd").await.access;
        app.comes_from("fdr").await;
        let answer = app.whole("/api/stocks/listings.csv", &token, &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let problem: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(problem["code"], "export_not_allowed");
        assert_eq!(app.whole(ALL, &token, &[]).await.status, StatusCode::OK);
        let page = app.get("/stocks").header(header::COOKIE, app.browser("hong_gd").await).send().await.unwrap();
        assert!(!page.text().await.unwrap().contains("listings.csv"));
    }
}
