//! The page of one issue, without JavaScript.

use reqwest::{StatusCode, header};

use crate::{
    app::{TestApp, on_each_database, without_marks},
    listings::ROWS,
};

/// Days of one issue before those that [`ROWS`] are of.
fn days_before(dates: &[&str]) -> String {
    let mut text =
        "date,code,open,high,low,close,change,change_pct,volume,amount,marcap,shares,market_id,change_code\n"
            .to_owned();
    for date in dates {
        text += date;
        text += ",900010,9600,9700,9400,9500,-100,-1.04,500,4800000,9500000000,1000000,STK,2\n";
    }
    text
}

const DELISTED: &str = "\
,Symbol,Name,Market,SecuGroup,Kind,ListingDate,DelistingDate,Reason,ArrantEnforceDate,ArrantEndDate,Industry,ParValue,ListingShares,ToSymbol,ToName
0,900060,마루은행,KOSPI,주권,보통주,1956-03-03,2004-07-02,지주회사의 완전자회사화,,,은행,5000.0,719118429,900010,가람전자
1,90006012,마루은행1WR,KOSPI,신주인수권증권,보통주,2000-07-03,2002-10-23,행사기간 만료,,,,0.0,94948149,,
2,900030,다온바이오,KOSDAQ,주권,보통주,2010-01-04,2026-03-20,기업의 계속성 상실,,,,500,1000000,,
";

const DESCRIBED: &str = "\
,Code,Name,Market,Sector,Industry,Products,ListingDate,SettleMonth,Representative,HomePage,Region
0,900010,가람전자,KOSPI,,반도체 제조업,메모리,1975-06-11,12월,,http://www.garam.example,경기도
1,900020,나루소프트,KOSDAQ GLOBAL,우량기업부,반도체 제조업,회로,2001-01-02,12월,,javascript:alert(1),서울특별시
2,900030,다온바이오,KOSDAQ,벤처기업부,의약품 제조업,약,2010-01-04,12월,,,서울특별시
";

/// What a path of a page draws: the one of this class.
fn drawn<'a>(page: &'a str, class: &str) -> Option<&'a str> {
    page.split("<path ").skip(1).find_map(|rest| {
        let (tag, _) = rest.split_once('>')?;
        let attribute = |name: &str| tag.split_once(&format!("{name}=\""))?.1.split('"').next();
        (attribute("class")? == class).then(|| attribute(" d").or_else(|| attribute("d")))?
    })
}

impl TestApp {
    /// Status and text of a page for who holds the cookies.
    pub async fn page_of(&self, path: &str, cookies: &str) -> (StatusCode, String) {
        let response = self.get(path).header(header::COOKIE, cookies).send().await.unwrap();
        (response.status(), without_marks(&response.text().await.unwrap()))
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

    async fn stale_addresses_lead_to_a_sensible_page_with_a_notice(app) {
        const NOTICE: &str = "가장 가까운 값으로";
        app.import(ROWS, "2026-03-20").await;
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        for query in [
            "range=9y&interval=hourly&scale=%00&basis=x&days=-5", "days=999999999999999999999", "range=", "ma=7,9",
            "since=1", "since=9999&range=all", "ma=5,%3Cscript%3E",
        ] {
            let (status, page) = app.page_of(&format!("/stocks/900010?{query}"), &cookies).await;
            assert_eq!(status, StatusCode::OK, "{query}");
            assert!(page.contains("<svg") && page.contains(NOTICE), "{query}");
            assert!(!page.contains("<script>&"), "{query}");
        }
        for query in ["", "range=3m&interval=weekly&scale=log&ma=5,20&since=2026&basis=intraday", "=&&&x=y", "since="] {
            let (status, page) = app.page_of(&format!("/stocks/900010?{query}"), &cookies).await;
            assert_eq!(status, StatusCode::OK, "{query}");
            assert!(page.contains("<svg") && !page.contains(NOTICE), "{query}");
        }
        let visitor = app.get("/stocks/900010?range=1m").send().await.unwrap();
        assert_eq!(visitor.status(), StatusCode::SEE_OTHER);
        assert_eq!(visitor.headers()[header::LOCATION], "/login?next=%2Fstocks%2F900010%3Frange%3D1m");
    }

    async fn the_chart_is_as_its_address_says(app) {
        app.import(ROWS, "2026-03-20").await;
        let dates: Vec<String> = (1..=28).map(|day| format!("2025-02-{day:02}")).collect();
        let dates: Vec<&str> = dates.iter().map(String::as_str).chain(["2026-03-18", "2026-03-19"]).collect();
        app.add(&days_before(&dates), "days.csv").await;
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let page = async |query: &str| {
            let (status, page) = app.page_of(&format!("/stocks/900010?{query}"), &cookies).await;
            assert_eq!(status, StatusCode::OK, "{query}");
            page
        };
        let bodies = |page: &str, class: &str| {
            drawn(page, &format!("chart__candles {class}")).map_or(0, |path| path.matches('z').count())
        };
        let average = |page: &str, bars: u32| drawn(page, &format!("chart__average chart__average--{bars}")).is_some();

        // Two days that fell and one that rose; the averages know the days before.
        let year = page("").await;
        assert_eq!((bodies(&year, "up"), bodies(&year, "down")), (1, 2));
        assert_eq!([5, 20, 60].map(|bars| average(&year, bars)), [true, true, false]);
        let all = page("range=all&ma=20").await;
        assert_eq!((bodies(&all, "up"), bodies(&all, "down")), (1, 30));
        assert_eq!([5, 20].map(|bars| average(&all, bars)), [false, true]);
        assert!(!average(&page("ma=none").await, 5));
        // A month is a bar; the one of March opened lower than it closed.
        assert_eq!(bodies(&page("range=all&interval=monthly").await, "up"), 1);
        // What the last bar is worth stands there without a pointer.
        assert!(year.contains("<dd>2026.03.20 (금)</dd>") && year.contains("▲500 +5.26%"));

        // The table begins with a year, newest first, and is not longer than was asked.
        assert!(year.contains("2025-02-01") && all.contains("2025-02-01"));
        let late = page("since=2026").await;
        assert!(!late.contains("datetime=\"2025-02"));
        let (newest, older) = (late.find("<time datetime=\"2026-03-20\">").unwrap(), late.rfind("<time datetime=\"2026-03-18\">").unwrap());
        assert!(newest < older);
        assert!(!late.contains("더 보기"));
        assert_eq!(bodies(&page("range=all&since=2026").await, "down"), 2);
    }

    async fn more_days_are_a_link_away(app) {
        app.import(ROWS, "2026-03-20").await;
        let dates: Vec<String> = (1..=59).map(|n| format!("2025-{:02}-{:02}", 1 + n / 28, 1 + n % 28)).collect();
        let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
        app.add(&days_before(&dates), "days.csv").await;
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let rows = |page: &str| page.matches("<th scope=\"row\" role=\"rowheader\"><time").count();
        let (_, first) = app.page_of("/stocks/900010?range=3m", &cookies).await;
        assert_eq!(rows(&first), 50);
        assert!(first.contains("href=\"/stocks/900010?range=3m&amp;days=250\""));
        let (_, more) = app.page_of("/stocks/900010?range=3m&days=250", &cookies).await;
        assert_eq!(rows(&more), 60);
        assert!(!more.contains("더 보기"));
    }

    async fn facts_flags_and_neighbours_are_told(app) {
        app.import(ROWS, "2026-03-20").await;
        app.add(DESCRIBED, "krx_desc_2026-03-20.csv").await;
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let (_, page) = app.page_of("/stocks/900010", &cookies).await;
        for part in [
            "반도체 제조업", "메모리", "1975-06-11", "100억 (10,000,000,000원)", "1,000,000주",
            "href=\"http://www.garam.example\"", "같은 업종", "href=\"/stocks/900020\"",
        ] {
            assert!(page.contains(part), "{part}");
        }
        assert!(!page.contains("href=\"/stocks/900030\""), "of another industry");
        let (_, other) = app.page_of("/stocks/900020", &cookies).await;
        assert!(!other.contains("href=\"javascript:") && other.contains("KOSDAQ GLOBAL"));
        // Nothing was traded: no price of the day is made up, least of all zero.
        let (_, halted) = app.page_of("/stocks/900040", &cookies).await;
        let (_, values) = halted.split_once("class=\"chart__values\"").unwrap();
        let values = values.split("</dl>").next().unwrap();
        assert!(values.contains("<dd>700</dd>") && values.contains("거래정지") && !values.contains("<dd>0</dd>"), "{values}");
        assert_eq!(drawn(&halted, "chart__halted"), Some("M0 385h1000"));
    }

    async fn who_is_gone_says_when_and_why(app) {
        app.import(ROWS, "2026-03-19").await;
        let fewer: String = ROWS.split_inclusive('\n').filter(|line| !line.contains("900030")).collect();
        app.import_anyway(&fewer, "2026-03-20").await;
        app.add(DELISTED, "krx_delisting_2026-03-20.csv").await;
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        // With figures.
        let (status, page) = app.page_of("/stocks/900030", &cookies).await;
        assert_eq!(status, StatusCode::OK);
        for part in ["다온바이오", "2026-03-20 상장폐지", "기업의 계속성 상실", "<svg", "2026-03-19 기준"] {
            assert!(page.contains(part), "{part}");
        }
        assert!(!page.contains("호가 단위") && !page.contains("현재 상장 목록에 없음"));
        // Without any, also by a code of the old form.
        let (status, page) = app.page_of("/stocks/900060", &cookies).await;
        assert_eq!(status, StatusCode::OK);
        for part in ["마루은행", "2004-07-02 상장폐지", "완전자회사화", "href=\"/stocks/900010\"", "남아 있는 시세가 없습니다"] {
            assert!(page.contains(part), "{part}");
        }
        let (status, page) = app.page_of("/stocks/90006012", &cookies).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("마루은행1WR"));
        let (status, _) = app.page_of("/stocks/900061", &cookies).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        for odd in ["%00", "90006%00", "900060%20OR%201=1"] {
            assert_eq!(app.page_of(&format!("/stocks/{odd}"), &cookies).await.0, StatusCode::NOT_FOUND, "{odd}");
        }
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
        assert!(page.contains("현재 상장 목록에 없음"));
    }
}
