//! The texts that users agree to, and their consents.

use reqwest::{Response, StatusCode};
use secondarymarket::{
    model::legal::{Agreed, ConsentKind},
    server::store::consents::{self, Consent},
};
use serde_json::json;
use time::Duration;

use crate::app::{PASSWORD, TestApp, cookies_of, on_each_database, sign_up, without_marks};

const NOW: &str = "2026-03-20T09:00:00Z";

fn version(kind: ConsentKind) -> &'static str {
    kind.version()
}

fn location(response: &Response) -> &str {
    response.headers()["location"].to_str().unwrap()
}

impl TestApp {
    async fn text_of(&self, path: &str, cookies: &str) -> String {
        let response = self.get(path).header("Cookie", cookies).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        without_marks(&response.text().await.unwrap())
    }

    async fn id_of(&self, user_id: &str) -> i64 {
        self.state.auth.account(user_id).await.unwrap().unwrap().id
    }

    /// What stands in the table, the newest first: kind, version, moment.
    async fn consents_of(&self, user_id: &str) -> Vec<(String, String, String)> {
        let rows = consents::of_user(&self.state.db, self.id_of(user_id).await)
            .await
            .unwrap();
        let rows = rows
            .into_iter()
            .map(|row| (row.kind, row.version, row.agreed_at.to_rfc3339()));
        rows.collect()
    }

    /// As if the user had agreed to another version, and never to today's.
    async fn agreed_long_ago(&self, user_id: &str, kind: ConsentKind) {
        let id = self.id_of(user_id).await;
        let old = Consent {
            kind,
            version: "2025-01-01",
        };
        consents::withdraw(&self.state.db, id, kind).await.unwrap();
        let then = self.clock_now() - Duration::days(30);
        consents::add(&self.state.db, id, &[old], then.into()).await.unwrap();
    }

    async fn press(&self, cookies: &str, form: &[(&str, &str)]) -> Response {
        self.post("/account")
            .header("Cookie", cookies)
            .form(form)
            .send()
            .await
            .unwrap()
    }
}

fn row(kind: ConsentKind, version: &str, agreed_at: &str) -> (String, String, String) {
    (kind.as_str().to_owned(), version.to_owned(), agreed_at.to_owned())
}

const OUTDATED: &str = "동의한 뒤에 바뀐 약관이 있습니다";
const NOT_YET: &str = "아직 동의하지 않은 약관이 있습니다";

on_each_database! {
    async fn signing_up_stores_the_versions_of_today(app) {
        app.sign_up("hong_gd").await;
        let required = [ConsentKind::Privacy, ConsentKind::Terms].map(|kind| row(kind, version(kind), NOW));
        assert_eq!(app.consents_of("hong_gd").await, required);

        let form = [("user_id", "kim_cs"), ("email", "kim_cs@example.com"), ("name", "김철수"), ("password", PASSWORD),
            ("password_confirm", PASSWORD), ("agree_terms", "on"), ("agree_privacy", "on"), ("agree_marketing", "on")];
        let response = app.post("/signup").form(&form).send().await.unwrap();
        assert_eq!(location(&response), "/login?welcome=1");
        let all = [ConsentKind::Marketing, ConsentKind::Privacy, ConsentKind::Terms].map(|kind| row(kind, version(kind), NOW));
        assert_eq!(app.consents_of("kim_cs").await, all);
    }

    async fn the_account_shows_what_was_agreed_to_and_asks_for_nothing_else(app) {
        app.sign_up("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let page = app.text_of("/account", &cookies).await;
        for (kind, title) in [(ConsentKind::Terms, "이용약관"), (ConsentKind::Privacy, "개인정보처리방침")] {
            let consents = page.split("id=\"consents\"").nth(1).unwrap();
            let line = consents.split(&format!(">{title}</a>")).nth(1).unwrap().split("</dd>").next().unwrap();
            assert!(line.contains(&format!("{}판에 2026-03-20 18:00 동의", version(kind))), "{line}");
        }
        assert!(page.contains("동의하지 않음"), "marketing");
        assert!(page.contains("<strong>운영자가 새 기능, 행사, 혜택을 이메일로 알립니다."), "what for, before one agrees");
        assert!(!page.contains(OUTDATED) && !page.contains(NOT_YET));
    }

    async fn who_agreed_to_an_older_text_is_asked_again(app) {
        app.sign_up("hong_gd").await;
        app.agreed_long_ago("hong_gd", ConsentKind::Terms).await;
        let cookies = app.browser("hong_gd").await;
        let page = app.text_of("/account", &cookies).await;
        assert!(page.contains(OUTDATED) && page.contains("2025-01-01판에 2026-02-18 18:00 동의"), "{page}");
        let banner = page.split("aria-labelledby=\"agree-anew\"").nth(1).unwrap().split("</section>").next().unwrap();
        assert!(banner.contains("href=\"/terms\"") && !banner.contains("href=\"/privacy\""), "only what has changed");
        let shown = banner.split("name=\"terms\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(shown, version(ConsentKind::Terms));

        app.clock.advance(Duration::minutes(1));
        let response = app.press(&cookies, &[("terms", shown), ("consent", "agree")]).await;
        assert_eq!((response.status(), location(&response)), (StatusCode::SEE_OTHER, "/account?consent=agree"));
        let page = app.text_of("/account?consent=agree", &cookies).await;
        assert!(page.contains("동의를 저장했습니다.") && !page.contains(OUTDATED));
        assert_eq!(app.consents_of("hong_gd").await, [
            row(ConsentKind::Terms, version(ConsentKind::Terms), "2026-03-20T09:01:00Z"),
            row(ConsentKind::Privacy, version(ConsentKind::Privacy), NOW),
            row(ConsentKind::Terms, "2025-01-01", "2026-02-18T09:00:00Z"),
        ], "what was agreed to before stays on record");

        // A second press changes nothing: the first moment counts.
        app.clock.advance(Duration::minutes(1));
        app.press(&cookies, &[("terms", shown), ("consent", "agree")]).await;
        assert_eq!(app.consents_of("hong_gd").await[0].2, "2026-03-20T09:01:00Z");
    }

    async fn nobody_agrees_to_a_text_that_they_were_not_shown(app) {
        app.sign_up("hong_gd").await;
        app.agreed_long_ago("hong_gd", ConsentKind::Terms).await;
        let before = app.consents_of("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        for form in [&[("terms", "2025-06-01"), ("consent", "agree")][..], &[("consent", "agree")], &[("terms", "x\0y"), ("consent", "agree")],
            &[("marketing", "2025-06-01"), ("consent", "marketing-on")]] {
            let response = app.press(&cookies, form).await;
            assert_eq!((response.status(), location(&response)), (StatusCode::SEE_OTHER, "/account"), "{form:?}");
        }
        assert_eq!(app.consents_of("hong_gd").await, before);
        assert!(app.text_of("/account", &cookies).await.contains(OUTDATED));
    }

    async fn who_was_never_asked_is_asked(app) {
        let (code, out, error) = app.operator(&["user", "create", "hong_gd", "--email", "hong@example.com", "--name", "홍길동"]);
        assert_eq!((code, error.as_str()), (Some(0), ""));
        let id = app.id_of("hong_gd").await;
        assert_eq!(app.consents_of("hong_gd").await, []);
        // Another user, whose consents are nobody else's.
        app.sign_up("kim_cs").await;
        let kims = app.browser("kim_cs").await;
        assert!(!app.text_of("/account", &kims).await.contains(NOT_YET));

        let password = out.lines().find_map(|line| line.strip_prefix("password  ")).unwrap();
        let response = app.post("/login").form(&[("user_id", "hong_gd"), ("password", password)]).send().await.unwrap();
        let cookies = cookies_of(&response);
        let page = app.text_of("/account", &cookies).await;
        assert!(page.contains(NOT_YET) && page.contains("동의 기록 없음"));
        // Each by itself, with what has to be said before.
        let banner = page.split("aria-labelledby=\"agree-anew\"").nth(1).unwrap().split("</section>").next().unwrap();
        for asked in ["이용약관에 동의합니다", "개인정보 수집·이용에 동의합니다"] {
            assert!(banner.contains(asked), "{asked}");
        }
        let forms: Vec<&str> = banner.split("<form").skip(1).collect();
        assert_eq!((forms.len(), banner.matches("<details class=\"consent\"").count()), (2, 2));
        for form in forms {
            assert_eq!(form.matches("type=\"hidden\"").count(), 1, "{form}");
        }
        let form = [("terms", version(ConsentKind::Terms)), ("privacy", version(ConsentKind::Privacy)), ("consent", "agree")];
        assert_eq!(location(&app.press(&cookies, &form).await), "/account?consent=agree");
        assert_eq!(consents::of_user(&app.state.db, id).await.unwrap().len(), 2);
        assert!(!app.text_of("/account", &cookies).await.contains(NOT_YET));
    }

    async fn news_are_agreed_to_and_withdrawn_at_any_time(app) {
        app.sign_up("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        let today = version(ConsentKind::Marketing);
        let kinds = async || app.consents_of("hong_gd").await.into_iter().map(|(kind, ..)| kind).collect::<Vec<_>>();
        for _ in 0..2 {
            let response = app.press(&cookies, &[("marketing", today), ("consent", "marketing-on")]).await;
            assert_eq!(location(&response), "/account?consent=marketing-on");
            assert_eq!(kinds().await, ["marketing", "privacy", "terms"]);
        }
        let page = app.text_of("/account?consent=marketing-on", &cookies).await;
        assert!(page.contains("소식과 혜택 안내를 받기로 했습니다.") && page.contains("value=\"marketing-off\"") && !page.contains("value=\"marketing-on\""));
        for _ in 0..2 {
            let response = app.press(&cookies, &[("marketing", today), ("consent", "marketing-off")]).await;
            assert_eq!(location(&response), "/account?consent=marketing-off");
            assert_eq!(kinds().await, ["privacy", "terms"], "and those stay");
        }
        let page = app.text_of("/account?consent=marketing-off", &cookies).await;
        assert!(page.contains("동의를 철회했습니다.") && page.contains("value=\"marketing-on\""));
    }

    async fn what_is_required_cannot_be_withdrawn_and_nonsense_is_422(app) {
        app.sign_up("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        for action in ["terms-off", "withdraw", "", "agree "] {
            assert_eq!(app.press(&cookies, &[("consent", action)]).await.status(), StatusCode::UNPROCESSABLE_ENTITY, "{action}");
        }
        assert_eq!(app.consents_of("hong_gd").await.len(), 2);
        // Without such a button it is the name that is changed.
        let response = app.press(&cookies, &[("name", "김철수")]).await;
        assert_eq!(location(&response), "/account?saved=1");
    }

    async fn consents_are_told_to_who_gave_them(app) {
        let tokens = app.member("hong_gd").await;
        let response = app.post("/_fn/consents").bearer_auth(&tokens.access).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let agreed: Vec<Agreed> = response.json().await.unwrap();
        let kinds: Vec<ConsentKind> = agreed.iter().map(|agreed| agreed.kind).collect();
        assert_eq!(kinds, [ConsentKind::Privacy, ConsentKind::Terms]);
        assert_eq!(app.post("/_fn/consents").send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    }

    async fn a_failed_write_agrees_to_nothing(app) {
        app.sign_up("hong_gd").await;
        let cookies = app.browser("hong_gd").await;
        app.database().take_away("consents").await;
        let form = [("marketing", version(ConsentKind::Marketing)), ("consent", "marketing-on")];
        assert!(app.press(&cookies, &form).await.status().is_server_error());
        app.database().bring_back("consents").await;
        assert_eq!(app.consents_of("hong_gd").await.len(), 2);
    }

    async fn what_the_operator_has_not_said_is_marked(app) {
        for (path, gaps, kind) in [("/terms", 2, ConsentKind::Terms), ("/privacy", 4, ConsentKind::Privacy)] {
            let page = app.text_of(path, "").await;
            assert!(page.contains("운영자가 채워야 하는 항목이 남아 있습니다"), "{path}");
            for (index, setting) in ["OPERATOR_NAME", "OPERATOR_CONTACT", "PRIVACY_OFFICER", "DATA_PROCESSORS"].iter().enumerate() {
                assert_eq!(page.contains(&format!("<code>{setting}</code>")), index < gaps, "{setting} on {path}");
            }
            assert!(page.contains("<mark class=\"to-complete\">[운영자 이름]</mark>"), "{path}");
            assert!(page.contains(&format!("시행일: {}", version(kind))), "{path}");
        }
    }

    async fn what_the_operator_has_said_stands_in_the_texts(app: [
        ("OPERATOR_NAME", "가나다 <b>연구회</b>"), ("OPERATOR_CONTACT", "privacy@example.com"),
        ("PRIVACY_OFFICER", "성춘향"), ("DATA_PROCESSORS", "구름 호스팅(서버 임대, 대한민국)"),
        ("LOGIN_HISTORY_DAYS", "90"), ("JWT_REFRESH_TOKEN_EXPIRE_DAYS", "14"), ("LOGIN_ATTEMPT_TIMEOUT_MINUTES", "25"),
        ("PUBLIC_URL", "https://krx.example.com"), ("SENTRY_DSN", "https://key@errors.example.com/1"),
    ]) {
        let terms = app.text_of("/terms", "").await;
        let privacy = app.text_of("/privacy", "").await;
        for page in [&terms, &privacy] {
            assert!(page.contains("가나다 &lt;b&gt;연구회&lt;/b&gt;") && !page.contains("<b>연구회"), "as text");
            assert!(page.contains("privacy@example.com") && !page.contains("to-complete"));
        }
        for said in ["성춘향", "구름 호스팅(서버 임대, 대한민국)", "90일", "14일", "25분", "30일 뒤까지", "400일", "__Host-refresh_token", "오류 수집 서비스로 보냅니다"] {
            assert!(privacy.contains(said), "{said}");
        }
    }

    /// Nobody ticks for anybody, and what is agreed to can be read before.
    async fn the_sign_up_says_what_is_agreed_to(app: [("LOGIN_HISTORY_DAYS", "90")]) {
        let page = app.text_of("/signup", "").await;
        let consents = page.split("class=\"consents\"").nth(1).unwrap().split("</fieldset>").next().unwrap();
        assert_eq!((consents.matches("type=\"checkbox\"").count(), consents.matches(" checked").count()), (3, 0));
        let summaries: Vec<&str> = consents.split("<details").skip(1).collect();
        assert_eq!(summaries.len(), 3);
        for summary in &summaries {
            assert!(!summary.split('>').next().unwrap().contains("open"), "folded");
            for said in ["목적", "항목", "보유·이용 기간", "거부할 권리", "동의하지 않"] {
                assert!(summary.contains(said), "{said} in {summary}");
            }
        }
        assert!(summaries[0].contains("href=\"/terms\"") && summaries[1].contains("href=\"/privacy\""));
        assert!(summaries[1].contains("90일"), "the period of this server");
    }

    async fn rest_takes_both_required_consents_as_before(app) {
        let mut body = sign_up("hong_gd");
        body["agree"] = json!(false);
        assert_eq!(app.call("/api/auth/signup", &body).await.0, StatusCode::UNPROCESSABLE_ENTITY);
        body["agree"] = json!(true);
        assert_eq!(app.call("/api/auth/signup", &body).await.0, StatusCode::CREATED);
        assert_eq!(app.consents_of("hong_gd").await.len(), 2);
    }
}
