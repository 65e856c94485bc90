//! The language of pages, forms and errors: the browser's cookie decides, nothing else.

use reqwest::{RequestBuilder, StatusCode, header};
use serde_json::{Value, json};

use crate::{
    app::{PASSWORD, answer, cookies_of, on_each_database, without_marks},
    listings::ROWS,
};

const ENGLISH: &str = "appearance=system.red.en";

fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣' | 'ㄱ'..='ㅣ')
}

async fn text(request: RequestBuilder) -> String {
    without_marks(&request.send().await.unwrap().text().await.unwrap())
}

/// What is Korean in a page beside names, data and the way to Korean.
fn korean_in(page: &str) -> Vec<String> {
    let mut page = page
        .replace("한국어로 보기", "")
        .replace("한국어", "")
        .replace("홍길동", "");
    let mut data: Vec<&str> = ROWS
        .split([',', '\n'])
        .filter(|cell| cell.contains(is_hangul))
        .collect();
    data.sort_by_key(|cell| std::cmp::Reverse(cell.len()));
    for cell in data {
        page = page.replace(cell, "");
    }
    let lines = page.split(['<', '>', '\n']).filter(|part| part.contains(is_hangul));
    lines.map(|part| part.chars().take(200).collect()).collect()
}

on_each_database! {
    async fn the_cookie_decides_and_what_a_browser_accepts_does_not(app) {
        let accepting = app.get("/login").header(header::ACCEPT_LANGUAGE, "en-GB,en;q=0.9");
        let korean = text(accepting).await;
        assert!(korean.contains("<html lang=\"ko\""), "{korean}");
        assert!(korean.contains("로그인") && !korean.contains("User ID"));
        // Cookies of before there were languages, and of no sense at all.
        for cookie in ["appearance=dark.green", "appearance=en-GB", "appearance="] {
            assert!(text(app.get("/login").header(header::COOKIE, cookie)).await.contains("<html lang=\"ko\""), "{cookie}");
        }
        let page = text(app.get("/login").header(header::COOKIE, ENGLISH)).await;
        assert!(page.contains("<html lang=\"en\""), "{page}");
        assert!(page.contains("User ID") && page.contains("<h1>Sign in</h1>"), "{page}");
        assert!(page.contains("aria-label=\"한국어로 보기\"") && page.contains("lang=\"ko\""), "the way back");
    }

    async fn the_switch_keeps_everything_else(app) {
        let request = app.post("/appearance").header(header::COOKIE, "appearance=dark.green");
        let response = request.form(&[("language", "en"), ("next", "/signup")]).send().await.unwrap();
        assert_eq!((response.status(), &response.headers()["location"]), (StatusCode::SEE_OTHER, &"/signup".parse().unwrap()));
        assert_eq!(cookies_of(&response), "appearance=dark.green.en");
        let request = app.post("/appearance").header(header::COOKIE, "appearance=dark.green.en");
        let response = request.form(&[("theme", "light")]).send().await.unwrap();
        assert_eq!(cookies_of(&response), "appearance=light.green.en");
        let wrong = app.post("/appearance").form(&[("language", "de")]).send().await.unwrap();
        assert!(wrong.status().is_client_error());
    }

    async fn forms_without_javascript_speak_it(app) {
        let form = [("user_id", "a b"), ("password", PASSWORD), ("password_confirm", "other"), ("name", "홍길동"), ("email", "x")];
        let post = |cookie: &'static str| app.post("/signup").header(header::COOKIE, cookie).form(&form);
        let response = post(ENGLISH).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = without_marks(&response.text().await.unwrap());
        for sentence in [
            "Check what you have entered.",
            "A user ID has 4 to 20 letters, digits or underscores (_).",
            "Enter a valid email address. Example: name@example.com",
            "The passwords do not match.",
            "You need to agree to the required terms to sign up.",
        ] {
            assert!(page.contains(sentence), "{sentence}: {page}");
        }
        assert_eq!(korean_in(&page), [""; 0]);
        let page = text(post("")).await;
        assert!(page.contains("아이디는 영문, 숫자, 밑줄(_)로 4~20자여야 합니다.") && page.contains("<html lang=\"ko\""));
    }

    async fn server_functions_and_errors_speak_it(app) {
        app.sign_up("hong_gd").await;
        let call = async |path: &str, cookie: &str, form: &[(&str, &str)]| answer(app.post(path).header(header::COOKIE, cookie).form(form)).await;
        let detail = |(status, body): (StatusCode, Value)| (status.as_u16(), body["detail"].as_str().unwrap().to_owned());
        // Refused by its rule, before the function runs.
        assert_eq!(detail(call("/_fn/devices", ENGLISH, &[]).await), (401, "Please sign in.".to_owned()));
        assert_eq!(detail(call("/_fn/devices", "", &[]).await), (401, "로그인이 필요합니다.".to_owned()));
        // An outcome of the function, in the form's own words.
        let wrong = [("user_id", "hong_gd"), ("password", "wrong"), ("remember_me", "false"), ("next", "")];
        let (_, said) = call("/_fn/sign-in", ENGLISH, &wrong).await;
        assert!(said.to_string().contains("The user ID or password is wrong."), "{said}");
        let (_, said) = call("/_fn/sign-in", "", &wrong).await;
        assert!(said.to_string().contains("아이디 또는 비밀번호가 올바르지 않습니다."), "{said}");
        // Judged on another thread.
        let meter = [("password", "Hong_gd-Quartz-71!"), ("user_id", "hong_gd")];
        let (_, said) = call("/_fn/password-strength", ENGLISH, &meter).await;
        assert_eq!(said["refusal"], "A password cannot contain your user ID, email address or name.", "{said}");
        assert_eq!(said["rules"][0]["rule"], "at least 8 characters");
        // REST, where a cookie comes with it; programs have none.
        let login = json!({"user_id": "hong_gd", "password": "wrong"});
        let (_, body) = answer(app.post("/api/auth/login").header(header::COOKIE, ENGLISH).json(&login)).await;
        assert_eq!(body["detail"], "The user ID or password is wrong.");
        assert_eq!(app.call("/api/auth/login", &login).await.1["detail"], "아이디 또는 비밀번호가 올바르지 않습니다.");
        // The page that stands in for one that cannot be rendered, outside of the whole site.
        let crossing = app.post("/login").header(header::COOKIE, ENGLISH).header("Sec-Fetch-Site", "cross-site");
        let page = text(crossing.form(&[("user_id", "x")])).await;
        assert!(page.contains("<html lang=\"en\"") && page.contains("The request came from another site"), "{page}");
        assert_eq!(korean_in(&page), [""; 0]);
    }

    async fn no_korean_is_left_but_names_and_data(app) {
        app.import(ROWS, "2026-03-20").await;
        app.member("hong_gd").await;
        let cookies = format!("{ENGLISH}; {}", app.browser("hong_gd").await);
        let added = app.post("/watchlist").header(header::COOKIE, &cookies).form(&[("action", "add"), ("code", "900010")]);
        assert!(added.send().await.unwrap().status().is_redirection());
        for path in [
            "/",
            "/stocks",
            "/stocks?size=all&sort_by=changes_ratio,volume&cols=close,isin,dept,marcap",
            "/stocks?segment=GLOBAL&share_kind=common&exclude=halted&marcap_min=1B&changes_ratio_max=5",
            "/stocks?q=zzzz&page=x",
            "/stocks/900010?interval=weekly",
            "/stocks/900040",
            "/stocks/123456",
            "/watchlist",
            "/compare",
            "/compare?codes=900010,900020",
            "/account",
            "/account/password",
            "/account/devices",
            "/account/history",
            "/account/delete",
            "/no/such/page",
        ] {
            let page = text(app.get(path).header(header::COOKIE, &cookies)).await;
            assert!(page.contains("<html lang=\"en\""), "{path}");
            assert_eq!(korean_in(&page), [""; 0], "{path}");
        }
        let page = text(app.get("/stocks").header(header::COOKIE, &cookies)).await;
        assert!(page.contains("<strong>6</strong> stocks") && page.contains("₩10B"), "{page}");
        let file = app.get("/api/stocks/listings.csv").header(header::COOKIE, &cookies);
        assert!(text(file).await.starts_with("\u{feff}Code,ISIN,Name,Market,"));
    }

    /// What is prepared once for everybody is not prepared in one user's language.
    async fn nobody_gets_the_language_of_somebody_before(app) {
        app.import(ROWS, "2026-03-20").await;
        let tokens = app.member("hong_gd").await;
        let whole = |cookie: &'static str| app.get("/api/stocks/listings").bearer_auth(&tokens.access).header(header::COOKIE, cookie);
        let english = whole(ENGLISH).send().await.unwrap();
        assert!(english.headers().get(header::ETAG).is_none());
        let korean = whole("").send().await.unwrap();
        assert!(korean.headers().get(header::ETAG).is_some());
        let (english, korean): (Value, Value) = (english.json().await.unwrap(), korean.json().await.unwrap());
        assert_eq!(english["stocks"], korean["stocks"]);
        let pages = futures::future::join_all((0..20).map(|turn| {
            let cookie = if turn % 2 == 0 { ENGLISH } else { "" };
            text(app.get("/login").header(header::COOKIE, cookie))
        })).await;
        for (turn, page) in pages.iter().enumerate() {
            assert_eq!(page.contains("Keep me signed in"), turn % 2 == 0, "{turn}: {page}");
            assert_eq!(page.contains("로그인 상태 유지"), turn % 2 == 1, "{turn}: {page}");
        }
    }
}
