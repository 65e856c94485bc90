//! What passwords may be, and how they are kept.

use reqwest::StatusCode;
use secondarymarket::server::{
    auth::Passwords,
    config::Argon2Settings,
    random::OsRandomness,
    store::users::{self, PasswordHash},
};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization as _;

use crate::app::{PASSWORD, TestApp, answer, fields, on_each_database, sign_up};

/// [`PASSWORD`] as the original application kept it: made by libxcrypt, cost 12.
const BCRYPT: &str = "$2b$12$abcdefghijklmnopqrstuu3pFq9rLdPWo/JPrMAkIAhBPY8rmXmJO";
/// What `TestApp` hashes with.
const TODAY: &str = "$argon2id$v=19$m=64,t=1,p=1$";

async fn stored_hash(app: &TestApp, user_id: &str) -> String {
    let user = users::find_by_key(&app.state.db, user_id).await.unwrap().unwrap();
    user.password_hash.expose().to_owned()
}

async fn store_hash(app: &TestApp, user_id: &str, hash: &str) {
    let db = &app.state.db;
    let user = users::find_by_key(db, user_id).await.unwrap().unwrap();
    let now = app.state.clock.now().into();
    let hash = PasswordHash::from(hash.to_owned());
    users::replace_password_hash(db, user.id, &user.password_hash, &hash, now)
        .await
        .unwrap();
}

async fn sign_in(app: &TestApp, password: &str) -> StatusCode {
    let body = json!({"user_id": "hong_gd", "password": password});
    app.call("/api/auth/login", &body).await.0
}

/// Signs up with that password; gives status and code.
async fn choose(app: &TestApp, password: &str) -> (u16, String) {
    let mut body = sign_up(&format!("user_{:x}", number_of(password)));
    body["password"] = json!(password);
    body["password_confirm"] = json!(password);
    let (status, body) = app.call("/api/auth/signup", &body).await;
    (status.as_u16(), body["code"].as_str().unwrap_or_default().to_owned())
}

/// A user for each password.
fn number_of(password: &str) -> u32 {
    password
        .bytes()
        .fold(7_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()))
}

fn refused() -> (u16, String) {
    (400, "password_policy".to_owned())
}

fn accepted() -> (u16, String) {
    (201, String::new())
}

async fn strength(app: &TestApp, form: &[(&str, &str)]) -> Value {
    let (status, body) = answer(app.post("/_fn/password-strength").form(form)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    body
}

fn unmet(strength: &Value) -> Vec<&str> {
    let rules = strength["rules"].as_array().unwrap();
    let unmet = rules.iter().filter(|rule| rule["met"] == false);
    unmet.map(|rule| rule["rule"].as_str().unwrap()).collect()
}

on_each_database! {
    async fn users_of_the_original_sign_in_and_get_todays_hash(app) {
        app.sign_up("hong_gd").await;
        store_hash(app, "hong_gd", BCRYPT).await;
        assert_eq!(sign_in(app, "Quartz-Zebra-72!").await, StatusCode::UNAUTHORIZED);
        assert_eq!(stored_hash(app, "hong_gd").await, BCRYPT, "nothing is renewed for who does not know it");
        assert_eq!(sign_in(app, PASSWORD).await, StatusCode::OK);
        let renewed = stored_hash(app, "hong_gd").await;
        assert!(renewed.starts_with(TODAY), "{renewed}");
        assert_eq!(sign_in(app, PASSWORD).await, StatusCode::OK);
        assert_eq!(stored_hash(app, "hong_gd").await, renewed, "once");
        assert_eq!(sign_in(app, "Quartz-Zebra-72!").await, StatusCode::UNAUTHORIZED);
    }

    /// Each of them would renew the hash: all get in.
    async fn an_old_hash_is_renewed_under_many_hands(app) {
        app.sign_up("hong_gd").await;
        // A cheap one: the pool turns away who would wait for seconds.
        let hash = bcrypt::hash_with_salt(PASSWORD, 4, [7; 16]).unwrap().to_string();
        store_hash(app, "hong_gd", &hash).await;
        let credentials = json!({"user_id": "hong_gd", "password": PASSWORD});
        let answers = futures::future::join_all((0..20).map(|_| app.call("/api/auth/login", &credentials))).await;
        for (status, body) in answers {
            assert_eq!(status, StatusCode::OK, "{body}");
        }
        assert!(stored_hash(app, "hong_gd").await.starts_with(TODAY));
    }

    /// Hangul in single letters, as some systems send it, and more than bcrypt looks at.
    async fn a_hash_of_the_original_is_of_the_password_as_it_was_typed(app) {
        app.sign_up("hong_gd").await;
        let long = "비밀번호는 길수록 좋습니다 그래서 깁니다 Quartz-71!".repeat(2);
        let decomposed: String = long.nfd().collect();
        let hash = bcrypt::hash_with_salt(&decomposed, 4, [7; 16]).unwrap().to_string();
        store_hash(app, "hong_gd", &hash.replacen("$2b$", "$2y$", 1)).await;
        assert_eq!(sign_in(app, &long).await, StatusCode::OK);
        assert!(stored_hash(app, "hong_gd").await.starts_with(TODAY));
        assert_eq!(sign_in(app, &decomposed).await, StatusCode::OK);
    }

    async fn a_hash_with_other_parameters_is_renewed_at_the_next_sign_in(app) {
        app.sign_up("hong_gd").await;
        let made_today = stored_hash(app, "hong_gd").await;
        assert_eq!(sign_in(app, PASSWORD).await, StatusCode::OK);
        assert_eq!(stored_hash(app, "hong_gd").await, made_today, "nothing to renew");
        for (memory_kib, iterations, parallelism) in [(128, 1, 1), (64, 2, 1), (64, 1, 2)] {
            let settings = Argon2Settings { memory_kib, iterations, parallelism };
            let before = Passwords::new(settings, std::sync::Arc::new(OsRandomness)).unwrap();
            let password = secondarymarket::model::input::PasswordPolicy::normalize(PASSWORD).unwrap();
            let hash = before.hash(&password).await.unwrap();
            store_hash(app, "hong_gd", &hash).await;
            assert_eq!(sign_in(app, "Wrong-Zebra-71!").await, StatusCode::UNAUTHORIZED);
            assert_eq!(stored_hash(app, "hong_gd").await, hash);
            assert_eq!(sign_in(app, PASSWORD).await, StatusCode::OK);
            let renewed = stored_hash(app, "hong_gd").await;
            assert!(renewed.starts_with(TODAY), "{renewed}");
        }
        assert_eq!(sign_in(app, PASSWORD).await, StatusCode::OK);
    }

    async fn a_hash_that_cannot_be_read_is_a_wrong_password(app) {
        app.sign_up("hong_gd").await;
        for unreadable in [PASSWORD, "", "$2b$12$short", "$argon2id$v=19$m=4294967295,t=1,p=1$c29tZXNhbHQ$c29tZWhhc2hzb21laGFzaA"] {
            store_hash(app, "hong_gd", unreadable).await;
            assert_eq!(sign_in(app, PASSWORD).await, StatusCode::UNAUTHORIZED, "{unreadable}");
            assert_eq!(stored_hash(app, "hong_gd").await, unreadable);
        }
    }

    async fn a_password_is_the_same_however_it_was_composed(app) {
        let composed = "비밀Quartz-71!é";
        let decomposed: String = composed.nfd().collect();
        assert_ne!(composed, decomposed);
        for (user_id, chosen, typed) in [("user_one", composed, &*decomposed), ("user_two", &decomposed, composed)] {
            let mut body = sign_up(user_id);
            body["password"] = json!(chosen);
            body["password_confirm"] = json!(typed);
            let (status, body) = app.call("/api/auth/signup", &body).await;
            assert_eq!(status, StatusCode::CREATED, "{body}");
            for password in [composed, &decomposed] {
                let (status, _) = app.call("/api/auth/login", &json!({"user_id": user_id, "password": password})).await;
                assert_eq!(status, StatusCode::OK);
                let form = [("user_id", user_id), ("password", password)];
                let response = app.post("/login").form(&form).send().await.unwrap();
                assert_eq!(response.status(), StatusCode::SEE_OTHER);
            }
        }
    }

    async fn common_and_personal_passwords_are_refused_with_the_reason(app) {
        let (common, personal) = ("널리 쓰여 쉽게 알아낼 수 있는", "아이디, 이메일, 이름이 들어간");
        for (password, reason) in [
            ("Password2024!", common), ("Qwer1234!", common), ("Tkfkdgo1!", common), ("P@ssw0rd!1", common),
            ("Hong_GD-Zebra!1", personal), ("홍길동Quartz-71!", personal), ("Ghdrlfehd-Quartz1!", personal),
        ] {
            let mut body = sign_up("hong_gd");
            body["password"] = json!(password);
            body["password_confirm"] = json!(password);
            let (status, answer) = app.call("/api/auth/signup", &body).await;
            assert_eq!((status, fields(&answer)), (StatusCode::BAD_REQUEST, vec!["password".to_owned()]), "{password}");
            assert!(answer["errors"][0]["message"].as_str().unwrap().starts_with(reason), "{password}: {answer}");
            // A fault elsewhere does not hide it.
            body["email"] = json!("none");
            let (status, answer) = app.call("/api/auth/signup", &body).await;
            assert_eq!((status, fields(&answer)), (StatusCode::UNPROCESSABLE_ENTITY, vec!["email".to_owned(), "password".to_owned()]), "{password}");
        }
    }

    async fn of_the_four_classes_each_counts_by_default(app) {
        for (password, expected) in [
            ("quartz-zebra-71!", refused()), ("QUARTZ-ZEBRA-71!", refused()), ("Quartz-Zebra-XL!", refused()), ("QuartzZebra71xk", refused()),
            ("Qz7-xK!", refused()), ("Qz7-xK!w", accepted()), (PASSWORD, accepted()),
        ] {
            assert_eq!(choose(app, password).await, expected, "{password}");
        }
    }

    async fn password_min_length_is_obeyed(app: [("PASSWORD_MIN_LENGTH", "12")]) {
        assert_eq!(choose(app, "Qz7-xK!wQz7").await, refused());
        assert_eq!(choose(app, "Qz7-xK!wQ9z7").await, accepted());
        let page = app.get("/signup").send().await.unwrap().text().await.unwrap();
        assert!(page.contains("12~128자"), "the page says so");
        assert_eq!(unmet(&strength(app, &[("password", "Qz7-xK!wQz7")]).await), ["12자 이상"]);
    }

    async fn password_require_uppercase_is_obeyed(app: [("PASSWORD_REQUIRE_UPPERCASE", "false")]) {
        assert_eq!(choose(app, "quartz-zebra-71!").await, accepted());
        assert_eq!(choose(app, "QUARTZ-ZEBRA-71!").await, refused());
    }

    async fn password_require_lowercase_is_obeyed(app: [("PASSWORD_REQUIRE_LOWERCASE", "false")]) {
        assert_eq!(choose(app, "QUARTZ-ZEBRA-71!").await, accepted());
        assert_eq!(choose(app, "quartz-zebra-71!").await, refused());
    }

    async fn password_require_digit_is_obeyed(app: [("PASSWORD_REQUIRE_DIGIT", "false")]) {
        assert_eq!(choose(app, "Quartz-Zebra-XL!").await, accepted());
        assert_eq!(choose(app, "QuartzZebra71xk").await, refused());
    }

    async fn password_require_special_is_obeyed(app: [("PASSWORD_REQUIRE_SPECIAL", "false")]) {
        assert_eq!(choose(app, "QuartzZebra71xk").await, accepted());
        assert_eq!(choose(app, "Quartz-Zebra-XL!").await, refused());
    }

    /// With everything off a sentence will do; what everybody has will not.
    async fn without_classes_a_sentence_is_a_password(app: [("PASSWORD_REQUIRE_UPPERCASE", "false"), ("PASSWORD_REQUIRE_LOWERCASE", "false"), ("PASSWORD_REQUIRE_DIGIT", "false"), ("PASSWORD_REQUIRE_SPECIAL", "false")]) {
        assert_eq!(choose(app, "나비는 낮에 날고 나방은 밤에 난다").await, accepted());
        assert_eq!(choose(app, "사랑해사랑해사랑해").await, refused());
        assert_eq!(choose(app, "ㅂㅈㄷㄱㅁㄴㅇㄹ").await, refused());
    }

    async fn what_is_too_long_is_refused_at_every_door(app) {
        app.sign_up("hong_gd").await;
        let long = format!("{PASSWORD}{}", "x".repeat(10_000 - PASSWORD.len()));
        assert_eq!(choose(app, &long).await, refused());
        assert_eq!(choose(app, &format!("{PASSWORD}{}", "xK9#".repeat(28))).await, accepted(), "128 characters");
        assert_eq!(choose(app, &format!("{PASSWORD}{}x", "xK9#".repeat(28))).await, refused(), "129 characters");
        assert_eq!(sign_in(app, &long).await, StatusCode::UNPROCESSABLE_ENTITY);
        let response = app.post("/login").form(&[("user_id", "hong_gd"), ("password", &long)]).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(app.login_history().await, [], "refused before anything was looked up");
        let judged = strength(app, &[("password", &long)]).await;
        assert_eq!((&judged["score"], unmet(&judged)), (&json!(0), vec!["128자 이하"]));
        let response = app.post("/_fn/password-strength").form(&[("password", "x".repeat(70_000))]).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }

    async fn the_meter_says_how_good_a_password_is(app) {
        let good = strength(app, &[("password", PASSWORD)]).await;
        assert_eq!((&good["score"], &good["refusal"], unmet(&good)), (&json!(4), &Value::Null, vec![]));
        assert_eq!(good["rules"].as_array().unwrap().len(), 6);
        let common = strength(app, &[("password", "Password1!")]).await;
        assert_eq!(common["score"], 1);
        assert!(common["refusal"].as_str().unwrap().starts_with("널리 쓰여"), "{common}");
        let begun = strength(app, &[("password", "quartz")]).await;
        assert_eq!(unmet(&begun), ["8자 이상", "영문 대문자", "숫자", "특수문자"]);
        // Who it is for, as far as they have said so.
        let own = [("password", "Hong_GD-Zebra-7!"), ("user_id", "hong_gd"), ("email", "not yet"), ("name", "")];
        let own = strength(app, &own).await;
        assert!(own["refusal"].as_str().unwrap().starts_with("아이디, 이메일, 이름"), "{own}");
        assert_eq!(strength(app, &[("password", "Hong_GD-Zebra-7!")]).await["refusal"], Value::Null);
        // Nothing to say, or nothing that can be said.
        assert_eq!(strength(app, &[]).await["score"], 0);
        assert_eq!(unmet(&strength(app, &[("password", "Quartz-71!\0")]).await), ["제어 문자 없음"]);
    }

    async fn a_password_that_is_typed_is_in_no_address_and_no_cache(app) {
        let asked = app.get("/_fn/password-strength?password=Quartz-71!").send().await.unwrap();
        assert_eq!(asked.status(), StatusCode::METHOD_NOT_ALLOWED);
        let asked = app.get("/_fn/generate-password").send().await.unwrap();
        assert_eq!(asked.status(), StatusCode::METHOD_NOT_ALLOWED);
        for path in ["/_fn/password-strength", "/_fn/generate-password"] {
            let response = app.post(path).form(&[("password", PASSWORD)]).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK);
            assert_eq!(response.headers()["cache-control"], "no-store");
            assert!(!response.text().await.unwrap().contains(PASSWORD));
            let elsewhere = app.post(path).header("sec-fetch-site", "cross-site").form(&[("password", PASSWORD)]).send().await.unwrap();
            assert_eq!(elsewhere.status(), StatusCode::FORBIDDEN);
        }
    }

    async fn a_made_password_fits_and_signs_in(app: [("PASSWORD_MIN_LENGTH", "24")]) {
        let form = [("user_id", "hong_gd"), ("email", "hong_gd@example.com"), ("name", "홍길동")];
        let (status, made) = answer(app.post("/_fn/generate-password").form(&form)).await;
        assert_eq!(status, StatusCode::OK, "{made}");
        let made = made.as_str().unwrap();
        assert_eq!(made.chars().count(), 24);
        let (_, another) = answer(app.post("/_fn/generate-password").form(&form)).await;
        assert_ne!(Some(made), another.as_str());
        let mut body = sign_up("hong_gd");
        body["password"] = json!(made);
        body["password_confirm"] = json!(made);
        let (status, answer) = app.call("/api/auth/signup", &body).await;
        assert_eq!(status, StatusCode::CREATED, "{answer}");
        assert_eq!(sign_in(app, made).await, StatusCode::OK);
        assert_eq!(strength(app, &[("password", made)]).await["score"], 4);
    }

    async fn password_managers_know_what_each_field_is(app) {
        let page = async |path: &str| app.get(path).send().await.unwrap().text().await.unwrap();
        let (signup, login) = (page("/signup").await, page("/login").await);
        assert_eq!(signup.matches(r#"autocomplete="new-password""#).count(), 2);
        assert_eq!(signup.matches(r#"autocomplete="username""#).count(), 1);
        assert_eq!(login.matches(r#"autocomplete="current-password""#).count(), 1);
        assert_eq!(login.matches(r#"autocomplete="username""#).count(), 1);
        for page in [&signup, &login] {
            assert!(!page.contains("onpaste") && !page.contains("maxlength") && !page.contains(r#"autocomplete="off""#));
        }
        // Without scripts nothing promises what only they can do.
        assert!(!signup.contains(r#"role="meter""#));
        assert!(signup.contains(r#"<div hidden class="generate">"#));
    }
}
