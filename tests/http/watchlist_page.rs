//! The page of what a user watches, and the star, without JavaScript.

use reqwest::{RequestBuilder, Response, StatusCode, header};
use serde_json::{Value, json};

use crate::{
    app::{TestApp, answer, on_each_database},
    listings::ROWS,
};

const PAGE: &str = "/watchlist";

fn location(response: &Response) -> &str {
    response.headers()["location"].to_str().unwrap()
}

async fn status_and_page(request: RequestBuilder) -> (u16, String) {
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

/// The part of a page that is the item of that code.
fn item<'a>(page: &'a str, code: &str) -> &'a str {
    let rest = page
        .split(&format!("id=\"w-{code}\""))
        .nth(1)
        .unwrap_or_else(|| panic!("no {code} in {page}"));
    rest.split("</li>").next().unwrap()
}

/// The button of the star of that issue, from its start.
fn star<'a>(page: &'a str, name: &str) -> &'a str {
    let button = page
        .split("<button ")
        .find(|button| {
            button.contains("star__button") && button.contains(&format!("aria-label=\"{name} 관심종목에 담기\""))
        })
        .unwrap_or_else(|| panic!("no star of {name}"));
    button.split('>').next().unwrap()
}

impl TestApp {
    async fn with_watcher(&self) -> String {
        self.import(ROWS, "2026-03-20").await;
        self.sign_up("hong_gd").await;
        self.browser("hong_gd").await
    }

    fn act(&self, cookies: &str, form: &[(&str, &str)]) -> RequestBuilder {
        self.post(PAGE).header(header::COOKIE, cookies).form(form)
    }

    /// A change that must lead on.
    async fn done(&self, cookies: &str, form: &[(&str, &str)]) -> String {
        let response = self.act(cookies, form).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{form:?}");
        location(&response).to_owned()
    }

    async fn seen(&self, path: &str, cookies: &str) -> String {
        let (status, page) = status_and_page(self.get(path).header(header::COOKIE, cookies)).await;
        assert_eq!(status, 200, "{path}");
        page
    }

    /// The codes on the page, in its order.
    async fn listed(&self, cookies: &str) -> Vec<String> {
        let page = self.seen(PAGE, cookies).await;
        let items = page.split("data-code=\"").skip(1);
        items.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    }

    /// The call of the page's script.
    async fn change(&self, cookies: &str, form: &Value) -> (StatusCode, Value) {
        let request = self.post("/_fn/change-watchlist").header(header::COOKIE, cookies);
        answer(
            request
                .header(header::ACCEPT, "application/json")
                .json(&json!({"form": form})),
        )
        .await
    }
}

on_each_database! {
    async fn an_empty_list_says_how_to_fill_it(app) {
        let cookies = app.with_watcher().await;
        let page = app.seen(PAGE, &cookies).await;
        for part in ["아직 담은 종목이 없습니다.", "href=\"/stocks\"", "2026-03-20 기준", "출처: 가져온 파일", "action=\"/watchlist\""] {
            assert!(page.contains(part), "{part}");
        }
        assert!(!page.contains("평균 등락률") && !page.contains("화면의 종목과 시세는"));
        let links = page.split("<nav").nth(1).unwrap().split("</nav>").next().unwrap();
        assert!(links.contains("href=\"/watchlist\"") && links.contains("관심종목"));
    }

    async fn issues_are_added_by_name_and_by_code(app) {
        let cookies = app.with_watcher().await;
        for (typed, code) in [("가람전자", "900010"), ("a0009k0", "0009K0"), ("mirae labs", "0009K0"), ("다온", "900030"), (" ㄹㅇ ", "900040")] {
            assert_eq!(app.done(&cookies, &[("action", "add"), ("q", typed)]).await, format!("/watchlist#w-{code}"), "{typed}");
        }
        assert_eq!(app.listed(&cookies).await, ["900010", "0009K0", "900030", "900040"]);
        for (typed, said) in [
            ("가람", "여럿입니다: 가람전자(900010), 가람전자우(900015)."),
            ("없는회사", "&#39;없는회사&#39; 종목을 찾을 수 없습니다."),
            ("", "검색어를 입력하세요."),
            ("a\0b", "검색어에 제어 문자를 넣을 수 없습니다."),
        ] {
            let (status, page) = status_and_page(app.act(&cookies, &[("q", typed)])).await;
            assert_eq!(status, 422, "{typed:?}");
            let notice = page.split("id=\"watch-q-error\" role=\"alert\"").nth(1).unwrap().split("</p>").next().unwrap();
            let field = page.split("id=\"watch-q\"").nth(1).unwrap().split('>').next().unwrap();
            assert!(field.contains("aria-invalid=\"true\"") && field.contains("aria-describedby=\"watch-q-error\""), "{field}");
            assert!(notice.contains(said) || notice.contains(&said.replace("&#39;", "'")), "{notice}");
        }
        let (_, page) = status_and_page(app.act(&cookies, &[("q", "\"><script>alert(1)</script>")])).await;
        assert!(!page.contains("<script>alert"));
        assert_eq!(app.listed(&cookies).await.len(), 4);
    }

    async fn figures_are_those_of_the_day(app) {
        let earlier = ROWS.replace("가람전자,KOSPI,,10000,1,500,5.26,9500,10100,9400,1000,10000000,10000000000", "가람전자,KOSPI,,9500,2,-100,-1.04,9600,9700,9400,500,4800000,9500000000");
        app.import(&earlier, "2026-03-19").await;
        let cookies = app.with_watcher().await;
        for code in ["900010", "900015", "900040"] {
            app.done(&cookies, &[("code", code)]).await;
        }
        let page = app.seen(PAGE, &cookies).await;
        let risen = item(&page, "900010");
        for part in ["10,000", "▲500", "+5.26%", "상승", "href=\"/stocks/900010\"", "KOSPI"] {
            assert!(risen.contains(part), "{part}: {risen}");
        }
        // Two closes are a way.
        assert!(risen.contains("d=\"M0 30L120 2\""), "{risen}");
        let halted = item(&page, "900040");
        assert!(halted.contains("거래정지") && halted.contains("700") && !halted.contains("0.00%") && !halted.contains("<dd>0</dd>"), "{halted}");
        // +5.26 and -1.23: 2.015, half away from zero.
        for part in ["+2.02%", "거래된 2종목의 등락률을 같은 비중으로 평균했습니다.", "1종목은 뺐습니다.", "3개 종목"] {
            assert!(page.contains(part), "{part}");
        }
    }

    async fn what_is_gone_says_so_and_shows_no_figures(app) {
        const DELISTED: &str = "\
,Symbol,Name,Market,SecuGroup,Kind,ListingDate,DelistingDate,Reason,ArrantEnforceDate,ArrantEndDate,Industry,ParValue,ListingShares,ToSymbol,ToName
0,900030,다온바이오,KOSDAQ,주권,보통주,2010-01-04,2026-03-20,기업의 계속성 상실,,,,500,1000000,,
";
        app.import(ROWS, "2026-03-19").await;
        app.sign_up("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        for code in ["900030", "0009K0"] {
            app.done(&cookies, &[("code", code)]).await;
        }
        let fewer: String = ROWS.split_inclusive('\n').filter(|line| !line.contains("900030") && !line.contains("0009K0")).collect();
        app.import_anyway(&fewer, "2026-03-20").await;
        app.add(DELISTED, "krx_delisting_2026-03-20.csv").await;
        let page = app.seen(PAGE, &cookies).await;
        let gone = item(&page, "900030");
        assert!(gone.contains("2026-03-20 상장폐지") && gone.contains("다온바이오") && !gone.contains("3,000") && !gone.contains("<dl"), "{gone}");
        let unknown = item(&page, "0009K0");
        assert!(unknown.contains("현재 상장 목록에 없음") && !unknown.contains("1,200") && !unknown.contains("sparkline"), "{unknown}");
        assert!(page.contains("거래된 종목이 없어") && !page.contains("0.00%"));
        // It is written about and taken off like any other.
        app.done(&cookies, &[("action", "edit"), ("code", "900030"), ("note", "정리매매"), ("group", "")]).await;
        assert!(item(&app.seen(PAGE, &cookies).await, "900030").contains("정리매매"));
        let (status, _) = status_and_page(app.act(&cookies, &[("action", "remove"), ("code", "900030")])).await;
        assert_eq!(status, 200);
        assert_eq!(app.listed(&cookies).await, ["0009K0"]);
        // What the market does not have cannot be added, as nothing unknown can.
        for code in ["900030", "999990", "x", "900010'--"] {
            assert_eq!(status_and_page(app.act(&cookies, &[("code", code)])).await.0, 404, "{code}");
        }
    }

    async fn groups_stand_apart_and_their_order_is_the_user_s(app) {
        let cookies = app.with_watcher().await;
        for (code, group) in [("900010", "반도체"), ("900020", ""), ("900015", "반도체"), ("900030", "가전"), ("0009K0", "")] {
            app.done(&cookies, &[("code", code), ("group", group)]).await;
        }
        assert_eq!(app.listed(&cookies).await, ["900030", "900010", "900015", "900020", "0009K0"]);
        let page = app.seen(PAGE, &cookies).await;
        for group in ["가전", "반도체", "그룹 없음"] {
            assert!(page.contains(&format!("aria-label=\"{group}\"")), "{group}");
        }
        assert_eq!(app.done(&cookies, &[("action", "up"), ("code", "900015")]).await, "/watchlist#w-900015");
        assert_eq!(app.listed(&cookies).await, ["900030", "900015", "900010", "900020", "0009K0"]);
        app.done(&cookies, &[("action", "down"), ("code", "900020")]).await;
        assert_eq!(app.listed(&cookies).await, ["900030", "900015", "900010", "0009K0", "900020"]);
        // At its end an issue stays, and so do the others.
        for (action, code) in [("up", "900015"), ("down", "900010"), ("up", "900030"), ("down", "900020")] {
            app.done(&cookies, &[("action", action), ("code", code)]).await;
        }
        assert_eq!(app.listed(&cookies).await, ["900030", "900015", "900010", "0009K0", "900020"]);
        let page = app.seen(PAGE, &cookies).await;
        let ends = |code: &str| item(&page, code).matches("aria-disabled=\"true\"").count();
        assert_eq!([ends("900030"), ends("900015"), ends("900020")], [2, 1, 1]);
        let (status, _) = status_and_page(app.act(&cookies, &[("action", "up"), ("code", "900040")])).await;
        assert_eq!(status, 404, "not on the list");
    }

    async fn what_is_written_about_an_issue_can_be_changed(app) {
        let cookies = app.with_watcher().await;
        app.done(&cookies, &[("code", "900010")]).await;
        let (group, note) = ("<b>\"반도체\"</b>", "실적 & 발표 <script>alert(1)</script>");
        let edit = [("action", "edit"), ("code", "900010"), ("group", group), ("note", note)];
        assert_eq!(app.done(&cookies, &edit).await, "/watchlist#w-900010");
        let page = app.seen(PAGE, &cookies).await;
        assert!(!page.contains("<script>alert") && !page.contains("<b>\"") && item(&page, "900010").contains("실적 &amp; 발표"));
        // Empty takes it away.
        app.done(&cookies, &[("action", "edit"), ("code", "900010"), ("group", ""), ("note", "")]).await;
        let page = app.seen(PAGE, &cookies).await;
        assert!(!page.contains("실적") && page.contains("aria-label=\"그룹 없음\""));
        // What was typed stays, in a form that is open.
        let (long, typed) = ("가".repeat(31), "메모는 그대로");
        let (status, page) = status_and_page(app.act(&cookies, &[("action", "edit"), ("code", "900010"), ("group", &long), ("note", typed)])).await;
        assert_eq!(status, 422);
        let form = item(&page, "900010");
        assert!(form.contains(" open") && form.contains(typed) && form.contains(&long) && form.contains("aria-invalid=\"true\""), "{form}");
        assert!(page.contains("30자"));
        for note in ["a\0b", "x\u{202e}y", &"x".repeat(10_000)] {
            let edit = [("action", "edit"), ("code", "900010"), ("note", note)];
            assert_eq!(status_and_page(app.act(&cookies, &edit)).await.0, 422, "{note:.9}");
        }
        let (status, _) = status_and_page(app.act(&cookies, &[("action", "edit"), ("code", "900020"), ("note", "x")])).await;
        assert_eq!(status, 404, "a stale page adds nothing");
        assert_eq!(app.listed(&cookies).await, ["900010"]);
    }

    async fn what_was_taken_off_can_be_put_back(app) {
        let cookies = app.with_watcher().await;
        for code in ["900010", "900015", "900020"] {
            app.done(&cookies, &[("code", code)]).await;
        }
        app.done(&cookies, &[("action", "edit"), ("code", "900010"), ("group", "반도체"), ("note", "첫째 & 둘째")]).await;
        let (status, page) = status_and_page(app.act(&cookies, &[("action", "remove"), ("code", "900010")])).await;
        assert_eq!(status, 200);
        let notice = page.split("watch-removed").nth(1).unwrap().split("</form>").next().unwrap();
        assert!(notice.contains("가람전자") && notice.contains("관심종목에서 뺐습니다."), "{notice}");
        let undo: Vec<(String, String)> = notice
            .split("<input type=\"hidden\" name=\"")
            .skip(1)
            .map(|field| {
                let (name, rest) = field.split_once('"').unwrap();
                let value = rest.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
                (name.to_owned(), value.replace("&amp;", "&"))
            })
            .collect();
        let undo: Vec<(&str, &str)> = undo.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(app.listed(&cookies).await, ["900015", "900020"]);
        app.done(&cookies, &undo).await;
        assert_eq!(app.listed(&cookies).await, ["900010", "900015", "900020"]);
        assert!(item(&app.seen(PAGE, &cookies).await, "900010").contains("첫째 &amp; 둘째"));
        // Again, and nothing to take off any more: simply the list.
        app.act(&cookies, &[("action", "remove"), ("code", "900020")]).send().await.unwrap();
        assert_eq!(app.done(&cookies, &[("action", "remove"), ("code", "900020")]).await, PAGE);
    }

    async fn the_star_leads_back_to_its_page(app) {
        let cookies = app.with_watcher().await;
        let here = "/stocks?market=KOSPI&q=%EA%B0%80%EB%9E%8C";
        let page = app.seen(here, &cookies).await;
        let before = star(&page, "가람전자");
        assert!(before.contains("aria-pressed=\"false\"") && before.contains("value=\"add\""), "{before}");
        assert!(page.contains("name=\"next\" value=\"/stocks?market=KOSPI&amp;q=%EA%B0%80%EB%9E%8C\""), "{}", &page[page.find("\"next\"").unwrap()..]);
        let add = [("action", "add"), ("code", "900010"), ("next", here)];
        assert_eq!(app.done(&cookies, &add).await, here);
        for path in [here, "/", "/stocks/900010"] {
            let page = app.seen(path, &cookies).await;
            let pressed = star(&page, "가람전자");
            assert!(pressed.contains("aria-pressed=\"true\"") && pressed.contains("value=\"remove\""), "{path}: {pressed}");
            assert!(pressed.contains("title=\"관심종목에서 빼기\""), "{path}");
        }
        assert!(star(&app.seen("/", &cookies).await, "나루소프트").contains("aria-pressed=\"false\""));
        let remove = [("action", "remove"), ("code", "900010"), ("next", "/stocks/900010")];
        assert_eq!(app.done(&cookies, &remove).await, "/stocks/900010");
        assert!(star(&app.seen("/stocks/900010", &cookies).await, "가람전자").contains("aria-pressed=\"false\""));
    }

    async fn nobody_is_led_elsewhere(app) {
        let cookies = app.with_watcher().await;
        for next in ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example", "\r\nX: y", "/login?next=/"] {
            let way = app.done(&cookies, &[("code", "900010"), ("next", next)]).await;
            assert_eq!(way, "/watchlist#w-900010", "{next:?}");
        }
    }

    async fn forms_that_are_none_change_nothing(app) {
        let cookies = app.with_watcher().await;
        for form in [&[("action", "drop"), ("code", "900010")][..], &[("code", "900010"), ("position", "first")]] {
            assert_eq!(status_and_page(app.act(&cookies, form)).await.0, 422, "{form:?}");
        }
        let (status, _) = status_and_page(app.act(&cookies, &[("code", "900010"), ("position", "-1")])).await;
        assert_eq!(status, 422);
        let json = app.post(PAGE).header(header::COOKIE, &cookies).json(&json!({"code": "900010"}));
        assert_eq!(status_and_page(json).await.0, 415);
        let elsewhere = app.act(&cookies, &[("code", "900010")]).header(header::ORIGIN, "https://evil.example");
        assert_eq!(status_and_page(elsewhere).await.0, 403);
        assert_eq!(app.listed(&cookies).await, [""; 0]);
        let response = app.act("", &[("code", "900010")]).send().await.unwrap();
        assert_eq!((response.status(), location(&response)), (StatusCode::SEE_OTHER, "/login?next=%2Fwatchlist"));
    }

    async fn everybody_changes_a_list_of_their_own(app) {
        let mine = app.with_watcher().await;
        app.sign_up("kim_cs").await;
        let other = app.browser("kim_cs").await;
        app.done(&mine, &[("code", "900010"), ("note", "내 메모")]).await;
        for action in ["remove", "up", "down", "edit"] {
            app.act(&other, &[("action", action), ("code", "900010"), ("note", "남의 메모"), ("group", "남의 그룹")]).send().await.unwrap();
        }
        assert_eq!(app.listed(&other).await, [""; 0]);
        assert!(star(&app.seen("/stocks", &other).await, "가람전자").contains("aria-pressed=\"false\""));
        let page = app.seen(PAGE, &mine).await;
        assert!(item(&page, "900010").contains("내 메모") && !page.contains("남의"));
    }

    /// The door of the page's script: the same answers, as values.
    async fn the_server_function_does_the_same(app) {
        let cookies = app.with_watcher().await;
        let (status, body) = app.change(&cookies, &json!({"action": "add", "q": "가람전자", "note": ""})).await;
        assert_eq!((status, body["Done"]["code"].as_str()), (StatusCode::OK, Some("900010")), "{body}");
        let edit = json!({"action": "edit", "code": "900010", "group": "반도체", "note": "메모"});
        assert_eq!(app.change(&cookies, &edit).await.1["Done"]["group"], "반도체");
        let (_, body) = app.change(&cookies, &json!({"action": "edit", "code": "900010", "note": ""})).await;
        assert_eq!((&body["Done"]["note"], body["Done"]["group"].as_str()), (&Value::Null, Some("반도체")));
        for (form, code) in [
            (json!({"code": "999990"}), "not_found"), (json!({"q": "가람"}), "invalid_input"), (json!({"q": ""}), "invalid_input"),
            (json!({"action": "edit", "code": "900020"}), "not_found"), (json!({"code": "900010", "note": "x".repeat(201)}), "invalid_input"),
        ] {
            let (status, body) = app.change(&cookies, &form).await;
            assert_eq!((status, body["Refused"]["code"].as_str()), (StatusCode::OK, Some(code)), "{form}");
        }
        let (_, body) = app.change(&cookies, &json!({"action": "remove", "code": "900010"})).await;
        assert_eq!(body["Done"]["code"], "900010");
        assert_eq!(app.change(&cookies, &json!({"action": "remove", "code": "900010"})).await.1["Done"], Value::Null);
        assert_eq!(app.change("", &json!({"code": "900010"})).await.0, StatusCode::UNAUTHORIZED);
        let (status, body) = app.change(&cookies, &json!({"action": "drop"})).await;
        assert_eq!((status, body["code"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("malformed_body")));
    }
}
