//! The pages below `/account`, without JavaScript: what a browser sends, and what it gets back.

use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::json;
use time::Duration;

use crate::{
    account::{CHROME, NEW_PASSWORD},
    app::{PASSWORD, TestApp, cookies_of, on_each_database, without_marks},
};

const PAGES: [&str; 5] = [
    "/account",
    "/account/password",
    "/account/devices",
    "/account/history",
    "/account/delete",
];

fn location(response: &Response) -> &str {
    response.headers()["location"].to_str().unwrap()
}

async fn status_and_page(request: RequestBuilder) -> (u16, String) {
    let response = request.send().await.unwrap();
    (
        response.status().as_u16(),
        without_marks(&response.text().await.unwrap()),
    )
}

impl TestApp {
    async fn page(&self, path: &str, cookies: &str) -> String {
        let (status, page) = status_and_page(self.get(path).header("Cookie", cookies)).await;
        assert_eq!(status, 200, "{path}");
        page
    }

    fn submit(&self, path: &str, cookies: &str, form: &[(&str, &str)]) -> RequestBuilder {
        self.post(path).header("Cookie", cookies).form(form)
    }
}

/// The start tag of the field of that id.
fn field<'a>(page: &'a str, id: &str) -> &'a str {
    let rest = page.split(&format!("<input id=\"{id}\"")).nth(1).unwrap();
    rest.split('>').next().unwrap()
}

/// What stands beside the field of that name.
fn message<'a>(page: &'a str, name: &str) -> &'a str {
    let rest = page
        .split(&format!("id=\"{name}-error\" role=\"alert\""))
        .nth(1)
        .unwrap();
    rest.split('>').nth(1).unwrap().trim_end_matches("</p")
}

on_each_database! {
    async fn every_page_links_to_the_others_and_marks_itself(app) {
        app.sign_up("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let mut titles = Vec::new();
        for path in PAGES {
            let page = app.page(path, &cookies).await;
            let menu = page.split("aria-label=\"내 정보 메뉴\"").nth(1).unwrap().split("</nav>").next().unwrap();
            for other in PAGES {
                let link = menu.split("<a ").find(|link| link.contains(&format!("href=\"{other}\""))).unwrap();
                assert_eq!(link.split('>').next().unwrap().contains("aria-current=\"page\""), other == path, "{other} on {path}");
            }
            assert_eq!(page.matches("<h1").count(), 1, "{path}");
            titles.push(page.split("<title>").nth(1).unwrap().split("</title>").next().unwrap().to_owned());
        }
        titles.sort();
        titles.dedup();
        assert_eq!(titles.len(), PAGES.len(), "{titles:?}");
    }

    async fn the_profile_shows_who_one_is_and_the_name_can_be_changed(app) {
        app.sign_up("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let page = app.page("/account", &cookies).await;
        for shown in ["hong_gd", "홍길동", "hong_gd@example.com", "2026-03-20 18:00"] {
            assert!(page.contains(shown), "{shown}");
        }
        let response = app.submit("/account", &cookies, &[("name", " 김철수 ")]).send().await.unwrap();
        assert_eq!((response.status(), location(&response)), (StatusCode::SEE_OTHER, "/account?saved=1"));
        let page = app.page("/account?saved=1", &cookies).await;
        assert!(page.contains("이름을 변경했습니다.") && page.contains("김철수님") && !page.contains("홍길동"));

        for (bad, fault) in [("", "이름을 입력하세요."), ("김", "이름은 2~100자여야 합니다."), ("김\u{202e}철수", "이름에 제어 문자를 넣을 수 없습니다.")] {
            let (status, page) = status_and_page(app.submit("/account", &cookies, &[("name", bad)])).await;
            assert_eq!(status, 422);
            assert!(page.contains(fault) && field(&page, "name").contains("autofocus"), "{bad}");
        }
    }

    async fn names_and_user_agents_are_text_on_every_page(app) {
        app.sign_up("hong_gd").await;
        let nasty = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
        let form = [("user_id", "hong_gd"), ("password", PASSWORD)];
        let response = app.post("/login").header("User-Agent", nasty).form(&form).send().await.unwrap();
        let cookies = cookies_of(&response);
        let response = app.submit("/account", &cookies, &[("name", nasty)]).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        for path in PAGES {
            let page = app.page(path, &cookies).await;
            assert!(!page.contains("<script>alert") && !page.contains("<img src=x"), "{path}");
        }
        assert!(app.page("/account/devices", &cookies).await.contains("알 수 없는 기기"));
    }

    async fn a_password_is_changed_and_this_browser_stays(app) {
        app.sign_up("hong_gd").await;
        let other = app.browser("hong_gd").await;
        let program = app.sign_in("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let form = [("current_password", PASSWORD), ("new_password", NEW_PASSWORD), ("new_password_confirm", NEW_PASSWORD)];
        let response = app.submit("/account/password", &cookies, &form).send().await.unwrap();
        assert_eq!((response.status(), location(&response)), (StatusCode::SEE_OTHER, "/account/password?changed=1"));
        assert!(app.page("/account/password?changed=1", &cookies).await.contains("비밀번호를 변경했습니다."));
        let response = app.get("/account").header("Cookie", &other).send().await.unwrap();
        assert_eq!((response.status(), location(&response)), (StatusCode::SEE_OTHER, "/login?next=%2Faccount"));
        assert_eq!(app.ask("/api/auth/me", &program.access).await.0, StatusCode::UNAUTHORIZED);
    }

    async fn a_refused_change_says_why_beside_the_field(app) {
        app.sign_up("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        for (current, new, confirm, status, first, fault) in [
            ("Wrong-Zebra-71!", NEW_PASSWORD, NEW_PASSWORD, 403, "current_password", "현재 비밀번호가 올바르지 않습니다."),
            (PASSWORD, "weak", "weak", 400, "new_password", "영문 대문자를 하나 이상 넣어야 합니다."),
            (PASSWORD, PASSWORD, PASSWORD, 400, "new_password", "현재 비밀번호와 다른 비밀번호를 입력하세요."),
            (PASSWORD, NEW_PASSWORD, "other", 422, "new_password_confirm", "비밀번호가 서로 일치하지 않습니다."),
            ("", NEW_PASSWORD, NEW_PASSWORD, 422, "current_password", "비밀번호를 입력하세요."),
        ] {
            let form = [("current_password", current), ("new_password", new), ("new_password_confirm", confirm)];
            let (got, page) = status_and_page(app.submit("/account/password", &cookies, &form)).await;
            assert_eq!(got, status, "{fault}");
            assert!(message(&page, first).contains(fault), "{fault}");
            let start = field(&page, first);
            for part in ["aria-invalid=\"true\"", "autofocus", &format!("aria-describedby=\"{first}-error")] {
                assert!(start.contains(part), "{part} in {start}");
            }
            assert_eq!(page.matches(" autofocus").count(), 1, "{fault}");
            for typed in [PASSWORD, NEW_PASSWORD, "Wrong-Zebra-71!"] {
                assert!(!page.contains(typed), "passwords do not come back");
            }
        }
        // Help and what programs that keep passwords go by.
        let page = app.page("/account/password", &cookies).await;
        assert!(page.contains("8~128자") && page.contains("autocomplete=\"username\""));
        assert!(field(&page, "current_password").contains("autocomplete=\"current-password\""));
        assert!(field(&page, "new_password").contains("autocomplete=\"new-password\""));
    }

    async fn devices_are_shown_in_words_and_signed_out(app) {
        app.sign_up("hong_gd").await;
        let form = [("user_id", "hong_gd"), ("password", PASSWORD), ("remember_me", "on")];
        let response = app.post("/login").header("User-Agent", CHROME).form(&form).send().await.unwrap();
        let desk = cookies_of(&response);
        app.clock.advance(Duration::minutes(1));
        let cookies = app.browser("hong_gd").await;
        let page = app.page("/account/devices", &cookies).await;
        for shown in ["Chrome · Windows", "이 기기", "로그인 상태 유지", "127.0.0.*", "2026-03-20 18:00", "2026-03-20 18:01"] {
            assert!(page.contains(shown), "{shown}");
        }
        assert!(!page.contains("127.0.0.1<") && !page.contains("\"127.0.0.1\""), "addresses leave the server coarse");
        assert_eq!(page.matches("name=\"device\"").count(), 3, "each, and all others");
        let this = page.find("이 기기</span>").unwrap();
        assert!(this < page.find("Chrome · Windows").unwrap(), "this one first");

        let ids: Vec<&str> = page.split("name=\"device\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let response = app.submit("/account/devices", &cookies, &[("device", ids[1])]).send().await.unwrap();
        assert_eq!((response.status(), location(&response)), (StatusCode::SEE_OTHER, "/account/devices?ended=one"));
        let page = app.page("/account/devices?ended=one", &cookies).await;
        assert!(page.contains("기기를 로그아웃했습니다.") && page.contains("로그인한 다른 기기가 없습니다."));
        assert_eq!(app.get("/account").header("Cookie", &desk).send().await.unwrap().status(), StatusCode::SEE_OTHER);

        for gone in [ids[1], "999999", "x", "-1", "", "99999999999999999999"] {
            let (status, page) = status_and_page(app.submit("/account/devices", &cookies, &[("device", gone)])).await;
            assert_eq!(status, 404, "{gone}");
            assert!(page.contains("이미 로그아웃되었거나 없는 기기입니다.") && page.contains("이 기기"), "the list, and why");
        }
        let response = app.submit("/account/devices", &cookies, &[("device", ids[0])]).send().await.unwrap();
        assert_eq!((response.status(), location(&response)), (StatusCode::SEE_OTHER, "/login"));
        assert_eq!(cookies_of(&response), "access_token=; refresh_token=", "it was this one");
    }

    async fn all_other_devices_are_signed_out_by_one_button(app) {
        app.sign_up("hong_gd").await;
        let others = [app.browser("hong_gd").await, app.browser("hong_gd").await];
        let stranger = app.member("kim_gd").await;
        let cookies = app.browser("hong_gd").await;
        let response = app.submit("/account/devices", &cookies, &[("device", "others")]).send().await.unwrap();
        assert_eq!((response.status(), location(&response)), (StatusCode::SEE_OTHER, "/account/devices?ended=others"));
        assert!(app.page("/account/devices?ended=others", &cookies).await.contains("다른 기기를 모두 로그아웃했습니다."));
        for other in others {
            assert_eq!(app.get("/account").header("Cookie", other).send().await.unwrap().status(), StatusCode::SEE_OTHER);
        }
        assert_eq!(app.ask("/api/auth/me", &stranger.access).await.0, StatusCode::OK);
    }

    async fn the_form_ends_nobody_elses_device(app) {
        let kim = app.member("kim_gd").await;
        let id = app.devices(&kim.access).await[0].to_string();
        app.sign_up("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let (status, _) = status_and_page(app.submit("/account/devices", &cookies, &[("device", &id)])).await;
        assert_eq!(status, 404);
        assert_eq!(app.ask("/api/auth/me", &kim.access).await.0, StatusCode::OK);
    }

    async fn a_stolen_token_is_told_to_its_owner_for_thirty_days(app) {
        app.sign_up("hong_gd").await;
        let stolen = app.sign_in_with("hong_gd", CHROME).await;
        let refresh = async |token: &str| app.call("/api/auth/refresh", &json!({"refresh_token": token})).await.0;
        assert_eq!(refresh(&stolen.refresh).await, StatusCode::OK);
        app.clock.advance(Duration::seconds(31));
        assert_eq!(refresh(&stolen.refresh).await, StatusCode::UNAUTHORIZED);
        let notice = "로그인 정보가 복사되어 쓰인 것으로 보여";
        let cookies = app.browser("hong_gd").await;
        let page = app.page("/account/devices", &cookies).await;
        assert!(page.contains(notice) && page.contains("Chrome · Windows, 127.0.0.*, 2026-03-20 18:00"));
        app.sign_up("kim_gd").await;
        let kim = app.browser("kim_gd").await;
        assert!(!app.page("/account/devices", &kim).await.contains(notice), "nobody else's business");
        for (days, told) in [(30, true), (1, false)] {
            app.clock.advance(Duration::days(days));
            let cookies = app.browser("hong_gd").await;
            assert_eq!(app.page("/account/devices", &cookies).await.contains(notice), told);
        }
    }

    async fn the_history_is_turned_to_older_and_newer(app: [("MAX_LOGIN_ATTEMPTS", "100")]) {
        app.sign_up("hong_gd").await;
        let wrong = json!({"user_id": "hong_gd", "password": "Wrong-71!"});
        for _ in 0..44 {
            app.clock.advance(Duration::minutes(1));
            app.call("/api/auth/login", &wrong).await;
        }
        app.clock.advance(Duration::minutes(1));
        let cookies = app.browser("hong_gd").await;
        let rows = |page: &str| page.split("<tbody").nth(1).unwrap().matches("<tr").count();
        let link = |page: &str, rel: &str| {
            let pager = page.split("aria-label=\"로그인 기록 페이지\"").nth(1)?.split("</nav>").next()?;
            let tag = pager.split("<a ").find(|tag| tag.contains(&format!("rel=\"{rel}\"")))?;
            Some(tag.split("href=\"").nth(1)?.split('"').next()?.to_owned())
        };
        let first = app.page("/account/history", &cookies).await;
        assert_eq!((rows(&first), link(&first, "prev")), (20, None));
        for shown in ["성공", "실패", "2026-03-20 18:45", "127.0.0.*", "알 수 없는 기기"] {
            assert!(first.contains(shown), "{shown}");
        }
        assert!(!first.contains("\"127.0.0.1\""));
        let second_path = link(&first, "next").unwrap();
        let second = app.page(&second_path, &cookies).await;
        assert_eq!((rows(&second), link(&second, "prev").as_deref()), (20, Some("/account/history")));
        let third = app.page(&link(&second, "next").unwrap(), &cookies).await;
        assert_eq!((rows(&third), link(&third, "next")), (5, None));
        assert_eq!(link(&third, "prev").unwrap(), second_path, "back to where one came from");

        let past = app.page("/account/history?before=1", &cookies).await;
        assert!(past.contains("기록이 없습니다") && past.contains("최근 기록 보기"));
        for nonsense in ["x", "-5", "0", "", "99999999999999999999", "%00", "1'--"] {
            let page = app.page(&format!("/account/history?before={nonsense}"), &cookies).await;
            assert_eq!(rows(&page), 20, "{nonsense}: the newest");
        }
        // Another one's ids are nothing but bounds.
        app.sign_up("kim_gd").await;
        let kim = app.browser("kim_gd").await;
        let page = app.page(&second_path, &kim).await;
        assert!(page.contains("기록이 없습니다"));
    }

    async fn an_account_is_deleted_with_password_and_confirmation(app) {
        app.sign_up("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        for (form, status, first, fault) in [
            (&[("current_password", PASSWORD)][..], 422, "confirm", "확인란에 체크해야 탈퇴할 수 있습니다."),
            (&[("confirm", "on")], 422, "current_password", "비밀번호를 입력하세요."),
            (&[], 422, "current_password", "비밀번호를 입력하세요."),
            (&[("current_password", "Wrong-Zebra-71!"), ("confirm", "on")], 403, "current_password", "현재 비밀번호가 올바르지 않습니다."),
        ] {
            let (got, page) = status_and_page(app.submit("/account/delete", &cookies, form)).await;
            assert_eq!(got, status, "{form:?}");
            assert_eq!(message(&page, first), fault);
            assert_eq!(page.matches(" autofocus").count(), 1, "{form:?}");
            assert!(!page.contains("Wrong-Zebra-71!") && !page.contains(PASSWORD));
        }
        assert!(app.page("/account", &cookies).await.contains("hong_gd@example.com"), "still there");
        let form = [("current_password", PASSWORD), ("confirm", "on")];
        let response = app.submit("/account/delete", &cookies, &form).send().await.unwrap();
        assert_eq!((response.status(), location(&response)), (StatusCode::SEE_OTHER, "/login?deleted=1"));
        assert_eq!(cookies_of(&response), "access_token=; refresh_token=");
        let page = app.page("/login?deleted=1", "").await;
        assert!(page.contains("계정을 삭제했습니다."));
        assert_eq!(app.get("/account").header("Cookie", &cookies).send().await.unwrap().status(), StatusCode::SEE_OTHER);
        app.sign_up("hong_gd").await;
    }

    /// A form that is sent after the session ended leads to the sign-in page and does nothing.
    async fn a_form_without_a_session_leads_to_the_sign_in_page(app) {
        app.sign_up("hong_gd").await;
        let dead = app.browser("hong_gd").await;
        app.submit("/logout", &dead, &[]).send().await.unwrap();
        let forms: [(&str, &[(&str, &str)]); 4] = [
            ("/account", &[("name", "김철수")]),
            ("/account/password", &[("current_password", PASSWORD), ("new_password", NEW_PASSWORD), ("new_password_confirm", NEW_PASSWORD)]),
            ("/account/devices", &[("device", "others")]),
            ("/account/delete", &[("current_password", PASSWORD), ("confirm", "on")]),
        ];
        for (path, form) in forms {
            for cookies in ["", dead.as_str()] {
                let response = app.submit(path, cookies, form).send().await.unwrap();
                let way = format!("/login?next={}", path.replace('/', "%2F"));
                assert_eq!((response.status(), location(&response)), (StatusCode::SEE_OTHER, way.as_str()));
            }
        }
        let (status, me) = app.ask("/api/auth/me", &app.sign_in("hong_gd").await.access).await;
        assert_eq!((status, me["name"].as_str()), (StatusCode::OK, Some("홍길동")));
    }

    /// The doors of the pages' scripts: the same answers, as values.
    async fn server_functions_do_the_same(app) {
        app.sign_up("hong_gd").await;
        let other = app.browser("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let call = async |name: &str, cookies: &str, form: &[(&str, &str)]| {
            let (status, body) = crate::app::answer(app.submit(&format!("/_fn/{name}"), cookies, form).header("Accept", "application/json")).await;
            (status.as_u16(), body)
        };
        let (status, body) = call("devices", &cookies, &[]).await;
        assert_eq!((status, body["sessions"].as_array().unwrap().len()), (200, 2));
        assert_eq!(body["sessions"][0]["ip_address"], "127.0.0.*");
        let (status, body) = call("login-history", &cookies, &[]).await;
        assert_eq!((status, body["history"]["items"][0]["ip_address"].as_str()), (200, Some("127.0.0.*")));
        for name in ["devices", "login-history"] {
            assert_eq!(call(name, "", &[]).await.0, 401, "{name}");
        }
        let wrong = [("current_password", "Wrong-71!"), ("new_password", NEW_PASSWORD), ("new_password_confirm", NEW_PASSWORD)];
        let (status, body) = call("change-password", &cookies, &wrong).await;
        assert_eq!((status, body["Rejected"]["code"].as_str()), (200, Some("wrong_current_password")), "{body}");
        let right = [("current_password", PASSWORD), ("new_password", NEW_PASSWORD), ("new_password_confirm", NEW_PASSWORD)];
        let (status, body) = call("change-password", "", &right).await;
        assert_eq!((status, body["code"].as_str()), (401, Some("missing_token")));
        let (_, body) = call("change-password", &cookies, &right).await;
        assert_eq!(body["Accepted"]["next"], "/account/password?changed=1", "{body}");
        assert_eq!(call("devices", &other, &[]).await.0, 401, "signed out");
        let (_, body) = call("change-name", &cookies, &[("name", "김철수")]).await;
        assert_eq!(body["Accepted"]["next"], "/account?saved=1");
        let (_, body) = call("delete-account", &cookies, &[("current_password", NEW_PASSWORD)]).await;
        assert_eq!(body["Rejected"]["errors"][0]["field"], "confirm");
        let (_, body) = call("delete-account", &cookies, &[("current_password", NEW_PASSWORD), ("confirm", "on")]).await;
        assert_eq!(body["Accepted"]["next"], "/login?deleted=1");
    }
}
