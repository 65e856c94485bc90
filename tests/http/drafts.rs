//! A session that ends while somebody types: signed in again, they are back, and so is what they typed.

use reqwest::{Response, StatusCode, header};

use crate::{
    app::{TestApp, cookies_of, on_each_database},
    listings::ROWS,
};

impl TestApp {
    /// A form posted by a browser that is signed in no more.
    async fn post_signed_out(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let response = self.post(path).form(form).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{path}");
        response
    }
}

/// Name and value of the cookie with which the browser keeps what was typed.
fn draft(response: &Response) -> Option<String> {
    let cookies = response.headers().get_all(header::SET_COOKIE).into_iter();
    let mut cookies = cookies.map(|cookie| cookie.to_str().unwrap().to_owned());
    let cookie = cookies.find(|cookie| cookie.starts_with("draft="))?;
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"] {
        assert!(cookie.contains(attribute), "{attribute}: {cookie}");
    }
    Some(cookie.split(';').next().unwrap().to_owned())
}

on_each_database! {
    async fn what_was_typed_is_there_after_signing_in_again(app) {
        app.import(ROWS, "2026-03-20").await;
        app.member("hong_gd").await;
        let typed = "느린 <b>시장</b>";
        let path = "/stocks?market=KOSPI";
        let response = app.post_signed_out(path, &[("name", typed), ("query", "market=KOSPI")]).await;
        assert_eq!(response.headers()["location"], "/login?next=%2Fstocks%3Fmarket%3DKOSPI");
        let draft = draft(&response).unwrap();
        let cookies = format!("{}; {draft}", app.browser("hong_gd").await);
        // Only the page of the form has it.
        let (_, other) = app.page_of("/account", &cookies).await;
        assert!(!other.contains("느린"));
        let response = app.get(path).header(header::COOKIE, &cookies).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let gone = response.headers().get_all(header::SET_COOKIE).into_iter();
        assert!(gone.map(|cookie| cookie.to_str().unwrap()).any(|cookie| cookie.starts_with("draft=;") && cookie.contains("Max-Age=0")));
        let page = response.text().await.unwrap();
        assert!(page.contains("느린 &lt;b&gt;시장&lt;/b&gt;") && page.contains("입력한 내용은 그대로"));
        // Nothing was done in the meantime.
        let (_, page) = app.page_of(path, &app.browser("hong_gd").await).await;
        assert!(!page.contains("느린"));
    }

    async fn notes_and_names_come_back_and_passwords_do_not(app) {
        app.import(ROWS, "2026-03-20").await;
        app.member("hong_gd").await;
        let response = app.post_signed_out("/account", &[("name", "홍길순")]).await;
        let cookies = format!("{}; {}", app.browser("hong_gd").await, draft(&response).unwrap());
        let (_, page) = app.page_of("/account", &cookies).await;
        assert!(page.contains("value=\"홍길순\"") && page.contains("입력한 내용은 그대로"));

        let secret = [("password", "Ab3-secret-one"), ("new_password", "Ab3-secret-two"), ("new_password_confirm", "Ab3-secret-two")];
        let response = app.post_signed_out("/account/password", &secret).await;
        let kept = draft(&response).unwrap();
        let cookies = format!("{}; {kept}", app.browser("hong_gd").await);
        let (_, page) = app.page_of("/account/password", &cookies).await;
        assert!(page.contains("비밀번호는 다시 입력해야") && !page.contains("secret"));
        let bytes = base64::Engine::decode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, kept.trim_start_matches("draft=")).unwrap();
        assert!(!String::from_utf8(bytes).unwrap().contains("secret"));

        let cookies = app.browser("hong_gd").await;
        app.post("/watchlist").header(header::COOKIE, &cookies).form(&[("action", "add"), ("code", "900010")]).send().await.unwrap();
        let note = [("action", "edit"), ("code", "900010"), ("group", "반도체"), ("note", "분할 매수")];
        let response = app.post_signed_out("/watchlist", &note).await;
        let cookies = format!("{cookies}; {}", draft(&response).unwrap());
        let (_, page) = app.page_of("/watchlist", &cookies).await;
        assert!(page.contains("value=\"분할 매수\"") && page.contains("value=\"반도체\""));
    }

    async fn signing_out_takes_what_was_typed_along(app) {
        app.member("hong_gd").await;
        let response = app.post_signed_out("/account", &[("name", "홍길순")]).await;
        let cookies = format!("{}; {}", app.browser("hong_gd").await, draft(&response).unwrap());
        let response = app.post("/logout").header(header::COOKIE, &cookies).send().await.unwrap();
        assert!(cookies_of(&response).contains("draft=;"), "{}", cookies_of(&response));
    }

    async fn a_star_leads_back_to_its_page(app) {
        let star = [("action", "add"), ("code", "900010"), ("next", "/stocks?q=abc")];
        let response = app.post_signed_out("/watchlist", &star).await;
        assert_eq!(response.headers()["location"], "/login?next=%2Fstocks%3Fq%3Dabc");
        assert_eq!(draft(&response), None);
        let elsewhere = [("action", "add"), ("code", "900010"), ("next", "//evil.example")];
        let response = app.post_signed_out("/watchlist", &elsewhere).await;
        assert_eq!(response.headers()["location"], "/login?next=%2Fwatchlist");
    }

    async fn a_draft_that_is_none_is_nothing(app) {
        app.member("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        for draft in ["", "x", "bnVsbA", "e30", "%00", "W10"] {
            let (status, page) = app.page_of("/account", &format!("{cookies}; draft={draft}")).await;
            assert_eq!(status, StatusCode::OK, "{draft:?}");
            assert!(!page.contains("입력한 내용은 그대로"), "{draft:?}");
        }
        let response = app.post_signed_out("/account", &[("name", &"가".repeat(2_000))]).await;
        assert_eq!(draft(&response), None, "longer than a cookie may be");
    }
}
