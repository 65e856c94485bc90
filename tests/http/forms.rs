//! The forms without JavaScript: what a browser sends, and what it gets back.

use reqwest::{Response, StatusCode};

use crate::app::{PASSWORD, cookies_of, on_each_database};

const SIGN_UP: [(&str, &str); 7] = [
    ("user_id", "hong_gd"),
    ("email", "hong@example.com"),
    ("name", "홍길동"),
    ("password", PASSWORD),
    ("password_confirm", PASSWORD),
    ("agree_terms", "on"),
    ("agree_privacy", "on"),
];

fn location(response: &Response) -> &str {
    response.headers()["location"].to_str().unwrap()
}

on_each_database! {
    async fn sign_up_and_in(app) {
        let response = app.post("/signup").form(&SIGN_UP).send().await.unwrap();
        assert_eq!((response.status(), location(&response)), (StatusCode::SEE_OTHER, "/login?welcome=1"));
        let welcome = app.get("/login?welcome=1").send().await.unwrap().text().await.unwrap();
        assert!(welcome.contains("가입이 완료되었습니다."));
        let response = app.post("/login").form(&[("user_id", "hong_gd"), ("password", PASSWORD)]).send().await.unwrap();
        assert_eq!((response.status(), location(&response)), (StatusCode::SEE_OTHER, "/stocks"));
        let cookies = cookies_of(&response);
        let account = app.get("/account").header("Cookie", &cookies).send().await.unwrap().text().await.unwrap();
        assert!(account.contains("hong@example.com") && account.contains("홍길동"));
        let response = app.post("/logout").header("Cookie", &cookies).send().await.unwrap();
        assert_eq!((response.status(), location(&response)), (StatusCode::SEE_OTHER, "/login"));
        assert_eq!(cookies_of(&response), "access_token=; refresh_token=");
        // The cookies that were cleared are worth nothing either.
        let response = app.get("/account").header("Cookie", &cookies).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
    }

    async fn what_was_typed_stays_but_never_the_password(app) {
        let mut form = SIGN_UP;
        form[0].1 = "<b>\"x";
        form[4].1 = "other Password-9";
        let response = app.post("/signup").form(&form).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(response.headers()["cache-control"], "no-store");
        let page = response.text().await.unwrap();
        assert!(page.contains("아이디는 영문, 숫자, 밑줄(_)로 4~20자여야 합니다."));
        assert!(page.contains("비밀번호가 서로 일치하지 않습니다."));
        assert!(page.contains("value=\"hong@example.com\""));
        assert!(!page.contains("<b>\"x"), "what was typed is escaped");
        assert!(!page.contains(PASSWORD) && !page.contains("other Password-9"));
        // Tied to its field, and the first fault has the focus.
        let field = page.split("<input id=\"user_id\"").nth(1).unwrap().split('>').next().unwrap();
        for part in ["aria-invalid=\"true\"", "aria-describedby=\"user_id-error user_id-help\"", "autofocus"] {
            assert!(field.contains(part), "{part} in {field}");
        }
        assert_eq!(page.matches(" autofocus").count(), 1);
        assert!(page.contains("id=\"user_id-error\" role=\"alert\""));
    }

    async fn a_missing_consent_marks_its_own_box(app) {
        for (left_out, marked) in [(&["agree_terms"][..], [true, false]), (&["agree_privacy"], [false, true]), (&["agree_terms", "agree_privacy"], [true, true])] {
            let form: Vec<_> = SIGN_UP.into_iter().filter(|(name, _)| !left_out.contains(name)).collect();
            let response = app.post("/signup").form(&form).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{left_out:?}");
            let page = response.text().await.unwrap();
            let is_marked = ["agree_terms", "agree_privacy"].map(|name| {
                let field = page.split(&format!("name=\"{name}\"")).nth(1).unwrap().split('>').next().unwrap();
                let is_invalid = field.contains("aria-invalid=\"true\"");
                assert_eq!(field.contains("aria-describedby=\"agree-error\""), is_invalid, "{field}");
                is_invalid
            });
            assert_eq!(is_marked, marked, "{left_out:?}");
            assert_eq!((page.matches("id=\"agree-error\"").count(), page.matches(" autofocus").count()), (1, 1), "{left_out:?}");
        }
    }

    async fn each_fault_has_its_status(app) {
        app.sign_up("hong_gd").await;
        let status = async |path: &str, form: &[(&str, &str)]| {
            let response = app.post(path).form(form).send().await.unwrap();
            (response.status().as_u16(), response.text().await.unwrap())
        };
        let (code, page) = status("/signup", &SIGN_UP).await;
        assert_eq!(code, 409);
        assert!(page.contains("이미 존재하는 아이디입니다."));
        let mut weak = SIGN_UP;
        (weak[0].1, weak[3].1, weak[4].1) = ("kim_gd", "weak", "weak");
        assert_eq!(status("/signup", &weak).await.0, 400);
        let (code, page) = status("/login", &[("user_id", "hong_gd"), ("password", "x"), ("next", "/account")]).await;
        assert_eq!(code, 401);
        assert!(page.contains("아이디 또는 비밀번호가 올바르지 않습니다."));
        assert!(page.contains("name=\"next\" value=\"/account\""), "the way on is kept");
        assert_eq!(status("/login", &[]).await.0, 422);
        app.set_active("hong_gd", false).await;
        let (code, page) = status("/login", &[("user_id", "hong_gd"), ("password", PASSWORD)]).await;
        assert_eq!(code, 403);
        assert!(page.contains("비활성화된 계정입니다."));
    }

    async fn the_way_on_stays_on_the_site(app) {
        app.sign_up("hong_gd").await;
        for (next, expected) in [
            ("/account", "/account"),
            ("/stocks?market=KOSPI&page=2", "/stocks?market=KOSPI&page=2"),
            ("//evil.example", "/stocks"),
            ("https://evil.example/", "/stocks"),
            ("/\\evil.example", "/stocks"),
            ("javascript:alert(1)", "/stocks"),
            ("/login", "/stocks"),
            ("", "/stocks"),
        ] {
            let form = [("user_id", "hong_gd"), ("password", PASSWORD), ("next", next)];
            let response = app.post("/login").form(&form).send().await.unwrap();
            assert_eq!((response.status(), location(&response)), (StatusCode::SEE_OTHER, expected), "{next}");
        }
    }

    async fn cookies_have_the_right_attributes(app) {
        app.sign_up("hong_gd").await;
        for remember in [false, true] {
            let mut form = vec![("user_id", "hong_gd"), ("password", PASSWORD)];
            if remember {
                form.push(("remember_me", "on"));
            }
            let response = app.post("/login").form(&form).send().await.unwrap();
            let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().map(|c| c.to_str().unwrap().to_owned()).collect();
            assert_eq!(cookies.len(), 3);
            for cookie in &cookies {
                for part in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
                    assert!(cookie.contains(part), "{part} in {cookie}");
                }
                assert!(!cookie.contains("Domain") && !cookie.contains("Secure"), "{cookie}");
                // The device is remembered in any case: it signs nobody in.
                assert_eq!(cookie.contains("Max-Age="), remember || cookie.starts_with("device="), "{cookie}");
            }
            if remember {
                assert!(cookies.iter().any(|c| c.starts_with("refresh_token=") && c.ends_with("Max-Age=2592000")), "{cookies:?}");
            }
        }
    }
}

#[tokio::test]
async fn with_https_cookies_are_bound_to_the_host() {
    let db = secondarymarket::server::store::testing::TestDb::sqlite().await;
    let app = crate::app::TestApp::start(db, &[("PUBLIC_URL", "https://krx.example.com")]).await;
    app.sign_up("hong_gd").await;
    let response = app
        .post("/login")
        .header("Origin", "https://krx.example.com")
        .form(&[("user_id", "hong_gd"), ("password", PASSWORD)])
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert!(
        response.headers()["strict-transport-security"]
            .to_str()
            .unwrap()
            .starts_with("max-age=")
    );
    for cookie in response.headers().get_all("set-cookie") {
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.starts_with("__Host-") && cookie.contains("; Secure"), "{cookie}");
    }
    let cookies = cookies_of(&response);
    let account = app.get("/account").header("Cookie", &cookies).send().await.unwrap();
    assert_eq!(account.status(), StatusCode::OK);
    app.stop().await;
}
