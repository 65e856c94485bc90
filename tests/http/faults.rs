//! What goes wrong around a session: races, clocks, secrets, cookies of another time, a database
//! that fails half-way. Nobody is signed in or out by it who should not be.

use futures::future::join_all;
use reqwest::{Response, StatusCode};
use secondarymarket::server::store::testing::TestDb;
use serde_json::json;
use time::Duration;

use crate::{
    app::{PASSWORD, SECRET, TestApp, Tokens, cookies_of, on_each_database, sign_up},
    endings::cookies,
};

const NEXT_SECRET: &str = "the next secret that only the tests know: 0123";

impl TestApp {
    async fn account(&self, cookies: &str) -> Response {
        self.get("/account").header("Cookie", cookies).send().await.unwrap()
    }

    async fn login(&self, user_id: &str, password: &str) -> (StatusCode, serde_json::Value) {
        self.call("/api/auth/login", &json!({"user_id": user_id, "password": password}))
            .await
    }
}

fn generation(tokens: &Tokens) -> &str {
    tokens.refresh.split('.').nth(1).unwrap()
}

on_each_database! {
    /// Far more than there are connections to the database.
    async fn two_hundred_refreshes_at_once_rotate_once(app) {
        let first = app.member("hong_gd").await;
        let answers = join_all((0..200).map(|_| app.refresh(&first.refresh))).await;
        let successors: Vec<Tokens> = answers
            .iter()
            .map(|(status, body)| {
                assert_eq!(*status, StatusCode::OK, "{body}");
                Tokens::of(body)
            })
            .collect();
        assert!(successors.iter().all(|tokens| tokens.refresh == successors[0].refresh), "one successor");
        assert_eq!(generation(&successors[0]), "1", "one rotation");
        // All are signed in, who asked first and who asked last.
        for tokens in [&first, &successors[0], &successors[199]] {
            assert_eq!(app.ask("/api/auth/me", &tokens.access).await.0, StatusCode::OK);
        }
        let (status, body) = app.refresh(&successors[0].refresh).await;
        assert_eq!((status, generation(&Tokens::of(&body))), (StatusCode::OK, "2"));
    }

    /// The same in a browser with many tabs: nobody's cookies are cleared.
    async fn a_hundred_tabs_go_on_at_once(app) {
        let first = app.member("hong_gd").await;
        app.clock.advance(Duration::minutes(16));
        let tabs = cookies(&first);
        let pages = join_all((0..100).map(|_| app.account(&tabs))).await;
        let refresh_of = |page: &Response| cookies_of(page).split("; ").nth(1).unwrap().to_owned();
        for page in &pages {
            assert_eq!(page.status(), StatusCode::OK);
            assert_eq!(refresh_of(page), refresh_of(&pages[0]));
        }
    }

    async fn a_clock_that_is_set_back_signs_nobody_in_or_out(app) {
        let first = app.member("hong_gd").await;
        app.clock.advance(Duration::minutes(10));
        let second = Tokens::of(&app.refresh(&first.refresh).await.1);

        app.clock.advance(Duration::hours(-2));
        // The token before gets its successor, the present one goes on, in a browser as well.
        let (status, body) = app.refresh(&first.refresh).await;
        assert_eq!((status, Tokens::of(&body).refresh), (StatusCode::OK, second.refresh.clone()));
        assert_eq!(app.account(&cookies(&second)).await.status(), StatusCode::OK);
        let (status, body) = app.refresh(&second.refresh).await;
        assert_eq!(status, StatusCode::OK, "within the grace of the rotation in passing");
        let third = Tokens::of(&body);
        assert_eq!(app.ask("/api/auth/me", &third.access).await.0, StatusCode::OK);

        // The clock is right again: who was signed in still is, for as long as before.
        app.clock.advance(Duration::hours(2));
        let (status, body) = app.refresh(&third.refresh).await;
        assert_eq!(status, StatusCode::OK);
        let fourth = Tokens::of(&body);
        app.clock.advance(Duration::hours(-30));
        let (status, body) = app.refresh(&fourth.refresh).await;
        assert_eq!(status, StatusCode::OK);
        app.clock.advance(Duration::hours(30) + Duration::hours(23));
        let (status, body) = app.refresh(&Tokens::of(&body).refresh).await;
        assert_eq!(status, StatusCode::OK, "a day from its last use by the right clock");

        // And a stolen token stays one by any clock.
        app.clock.advance(Duration::hours(-5));
        assert_eq!(app.refresh(&first.refresh).await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(app.refresh(&Tokens::of(&body).refresh).await.0, StatusCode::UNAUTHORIZED);
    }

    async fn a_device_that_has_ended_stays_ended_when_the_clock_is_set_back(app) {
        let tokens = app.member("hong_gd").await;
        assert_eq!(app.call("/api/auth/logout", &json!({"refresh_token": tokens.refresh})).await.0, StatusCode::OK);
        app.clock.advance(Duration::hours(-1));
        assert_eq!(app.refresh(&tokens.refresh).await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(app.ask("/api/auth/me", &tokens.access).await.0, StatusCode::UNAUTHORIZED);
    }

    /// As the original, an older version, or another program on the host may have set them.
    async fn cookies_of_another_shape_lead_to_the_sign_in_page(app) {
        app.sign_up("hong_gd").await;
        let jwt = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJob25nX2dkIiwiZW1haWwiOiJob25nQGV4YW1wbGUuY29tIn0.c2lnbmF0dXJl";
        let many = "other=1; ".repeat(100);
        for foreign in [
            format!("access_token={jwt}; refresh_token={jwt}"),
            format!("access_token=\"Bearer {jwt}\""),
            format!("access_token=Bearer%20{jwt}; refresh_token=%7B%22id%22%3A1%7D"),
            "access_token={\"v\":2,\"token\":\"x\"}; refresh_token=[1,0,\"x\"]".to_owned(),
            "refresh_token=3f2a7c1e-5b7d-4b57-9a1b-0c6e7a1c9d10".to_owned(),
            "refresh_token=1.0".to_owned(),
            "refresh_token=v2.1.0.AAAA".to_owned(),
            "refresh_token=1:0:AAAA; access_token=1".to_owned(),
            "session=abc; access_token; refresh_token".to_owned(),
            format!("__Host-access_token={jwt}; __Host-refresh_token=1.0.AAAA"),
            format!("access_token=a; access_token=b; refresh_token={}; refresh_token=b", "x".repeat(4_000)),
            format!("{many}access_token={jwt}; refresh_token=1.0.%FF%FE"),
        ] {
            for path in ["/account", "/stocks"] {
                let page = app.get(path).header("Cookie", &foreign).send().await.unwrap();
                assert_eq!(page.status(), StatusCode::SEE_OTHER, "{path} {foreign}");
                assert!(page.headers()["location"].to_str().unwrap().starts_with("/login?next="), "{foreign}");
            }
            let login = app.get("/login").header("Cookie", &foreign).send().await.unwrap();
            assert_eq!(login.status(), StatusCode::OK, "{foreign}");
            let rest = app.get("/api/auth/me").header("Cookie", &foreign).send().await.unwrap();
            assert_eq!(rest.status(), StatusCode::UNAUTHORIZED, "{foreign}");
            // They do not keep anybody from signing in and out, either.
            let form = [("user_id", "hong_gd"), ("password", PASSWORD)];
            let signed_in = app.post("/login").header("Cookie", &foreign).form(&form).send().await.unwrap();
            assert_eq!(signed_in.status(), StatusCode::SEE_OTHER, "{foreign}");
            assert_eq!(app.account(&cookies_of(&signed_in)).await.status(), StatusCode::OK);
            let out = app.post("/logout").header("Cookie", &foreign).send().await.unwrap();
            assert_eq!(out.status(), StatusCode::SEE_OTHER, "{foreign}");
        }
    }

    async fn a_sign_in_that_fails_half_way_leaves_nothing(app) {
        app.sign_up("hong_gd").await;
        let database = app.database();
        // The last of the statements fails.
        database.take_away("login_history").await;
        let (status, body) = app.login("hong_gd", PASSWORD).await;
        assert_eq!((status, body["code"].as_str()), (StatusCode::SERVICE_UNAVAILABLE, Some("unavailable")));
        let form = app.post("/login").form(&[("user_id", "hong_gd"), ("password", PASSWORD)]).send().await.unwrap();
        assert_eq!((form.status(), cookies_of(&form).as_str()), (StatusCode::SERVICE_UNAVAILABLE, ""));
        assert_eq!(database.count("refresh_tokens").await, 0, "no device is signed in");
        // Nor may anybody guess on without a record.
        assert_eq!(app.login("hong_gd", "Wrong-71!").await.0, StatusCode::SERVICE_UNAVAILABLE);
        database.bring_back("login_history").await;
        assert_eq!(app.login_history().await, []);
        let tokens = app.sign_in("hong_gd").await;
        let (_, me) = app.ask("/api/auth/me", &tokens.access).await;
        assert_eq!(me["last_login_at"], "2026-03-20T09:00:00Z");
        assert_eq!(database.count("refresh_tokens").await, 1);
        assert_eq!(app.login_history().await, [(true, true)]);
    }

    async fn a_sign_up_that_fails_half_way_leaves_nothing(app) {
        let database = app.database();
        database.take_away("consents").await;
        let (status, _) = app.call("/api/auth/signup", &sign_up("hong_gd")).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(database.count("users").await, 0);
        database.bring_back("consents").await;
        // The id is still to be had.
        app.sign_up("hong_gd").await;
        assert_eq!((database.count("users").await, database.count("consents").await), (1, 2));
    }

    async fn a_database_that_fails_meanwhile_signs_nobody_out(app) {
        let tokens = app.member("hong_gd").await;
        app.clock.advance(Duration::minutes(16));
        let database = app.database();
        database.take_away("refresh_tokens").await;
        let busy = StatusCode::SERVICE_UNAVAILABLE;
        assert_eq!(app.refresh(&tokens.refresh).await.0, busy);
        assert_eq!(app.call("/api/auth/logout", &json!({"refresh_token": tokens.refresh})).await.0, busy);
        let page = app.account(&cookies(&tokens)).await;
        assert_eq!((page.status(), cookies_of(&page).as_str()), (busy, ""), "the cookies stay");
        let out = app.post("/logout").header("Cookie", cookies(&tokens)).send().await.unwrap();
        assert_eq!((out.status(), cookies_of(&out).as_str()), (busy, ""), "not signed out, so it does not say so");
        database.bring_back("refresh_tokens").await;
        let (status, body) = app.refresh(&tokens.refresh).await;
        assert_eq!((status, generation(&Tokens::of(&body))), (StatusCode::OK, "1"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_new_secret_everybody_signs_in_again_without_an_error_page() {
    for db in TestDb::all().await {
        let app = TestApp::start(db, &[]).await;
        let tokens = app.member("hong_gd").await;
        let app = app.restarted(&[("JWT_SECRET_KEY", NEXT_SECRET)]).await;
        let page = app.account(&cookies(&tokens)).await;
        assert_eq!(page.status(), StatusCode::SEE_OTHER);
        assert_eq!(page.headers()["location"], "/login?next=%2Faccount");
        let (status, body) = app.ask("/api/auth/me", &tokens.access).await;
        assert_eq!(
            (status, body["code"].as_str()),
            (StatusCode::UNAUTHORIZED, Some("invalid_token"))
        );
        let (status, body) = app.refresh(&tokens.refresh).await;
        assert_eq!(
            (status, body["code"].as_str()),
            (StatusCode::UNAUTHORIZED, Some("invalid_refresh_token"))
        );
        let login = app
            .get("/login")
            .header("Cookie", cookies(&tokens))
            .send()
            .await
            .unwrap();
        assert_eq!(login.status(), StatusCode::OK);
        let form = [("user_id", "hong_gd"), ("password", PASSWORD)];
        let signed_in = app
            .post("/login")
            .header("Cookie", cookies(&tokens))
            .form(&form)
            .send()
            .await
            .unwrap();
        assert_eq!(signed_in.status(), StatusCode::SEE_OTHER);
        assert_eq!(app.account(&cookies_of(&signed_in)).await.status(), StatusCode::OK);
        app.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_the_secret_before_kept_nobody_notices_the_new_one() {
    const AFTER_NEXT: &str = "the secret after the next that the tests know: 0123";
    for db in TestDb::all().await {
        let app = TestApp::start(db, &[]).await;
        let first = app.member("hong_gd").await;
        let next = [("JWT_SECRET_KEY", NEXT_SECRET), ("JWT_PREVIOUS_SECRET_KEYS", SECRET)];
        let app = app.restarted(&next).await;
        assert_eq!(app.ask("/api/auth/me", &first.access).await.0, StatusCode::OK);
        let (status, body) = app.refresh(&first.refresh).await;
        assert_eq!(status, StatusCode::OK);
        let second = Tokens::of(&body);
        // An answer that was lost over the restart finds the same generation again.
        let (status, body) = app.refresh(&first.refresh).await;
        assert_eq!(
            (status, Tokens::of(&body).refresh),
            (StatusCode::OK, second.refresh.clone())
        );
        // The new pair needs the old secret no more.
        let after = [
            ("JWT_SECRET_KEY", AFTER_NEXT),
            ("JWT_PREVIOUS_SECRET_KEYS", NEXT_SECRET),
        ];
        let app = app.restarted(&after).await;
        assert_eq!(app.ask("/api/auth/me", &second.access).await.0, StatusCode::OK);
        assert_eq!(
            app.refresh(&first.refresh).await.0,
            StatusCode::UNAUTHORIZED,
            "of a key that is gone"
        );
        assert_eq!(
            app.refresh(&second.refresh).await.0,
            StatusCode::OK,
            "which was no theft"
        );
        app.stop().await;
    }
}
