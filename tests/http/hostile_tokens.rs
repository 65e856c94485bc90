//! Access tokens that nobody was given. All but the first few are signed with the right key: what
//! refuses them is what they say.

mod corpus;
mod forge;

use reqwest::{StatusCode, header};
use secondarymarket::server::store::testing::TestDb;
use serde_json::{Value, json};

use crate::app::TestApp;
use corpus::{Hostile, corpus};
use forge::{Forge, part, signed_with};

const PREVIOUS: &str = "the secret before which still verifies: 0123456789";

const COOKIE_SPELLINGS: [&str; 2] = ["percent-encoded", "quoted"];

async fn all_are_refused(app: &TestApp) {
    let mine = app.member("hong_gd").await;
    let other = app.member("kim_gd").await;
    let mut previous_header = part(&mine.access, 0);
    previous_header["kid"] = json!(key_id_of_the_key_before(app).await);
    let forge = Forge {
        header: part(&mine.access, 0),
        claims: part(&mine.access, 1),
        previous_header,
    };
    // Only what is bent is at fault.
    for (name, token) in [
        ("as it was issued", mine.access.clone()),
        ("signed here", forge.genuine()),
        (
            "of the key before",
            signed_with(
                PREVIOUS,
                forge.previous_header.to_string().as_bytes(),
                forge.claims.to_string().as_bytes(),
            ),
        ),
    ] {
        let (status, body) = app.ask("/api/auth/me", &token).await;
        assert_eq!(
            (status, body["user_id"].as_str()),
            (StatusCode::OK, Some("hong_gd")),
            "{name}: {body}"
        );
    }

    let corpus = corpus(&forge, &mine, &other);
    assert!(corpus.len() >= 200, "{}", corpus.len());
    for Hostile { name, token, code } in &corpus {
        let bearer = [b"Bearer ", token.as_slice()].concat();
        let response = app
            .get("/api/auth/me")
            .header("Authorization", bearer)
            .send()
            .await
            .unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{name}");
        assert_eq!(
            headers[header::WWW_AUTHENTICATE],
            "Bearer error=\"invalid_token\"",
            "{name}"
        );
        let body: Value = response.json().await.unwrap();
        assert_eq!(body["code"], *code, "{name}");

        // As a browser's cookie: the way to the sign-in page, never a fault. Cookies may be
        // percent-encoded and quoted: there, these are the genuine token.
        if COOKIE_SPELLINGS.contains(&name.as_str()) {
            continue;
        }
        let cookie = [b"access_token=", token.as_slice()].concat();
        let response = app.get("/account").header("Cookie", cookie).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{name} as a cookie");
        assert_eq!(
            response.headers()[header::LOCATION],
            "/login?next=%2Faccount",
            "{name} as a cookie"
        );
    }

    // More than the server reads of a header at all.
    let huge = app.get("/api/auth/me").bearer_auth("a".repeat(1_000_000)).send().await;
    // It may hang up while the client is still sending.
    if let Ok(response) = huge {
        assert!(response.status().is_client_error(), "{}", response.status());
    }
    // Two tokens in two headers, good ones even.
    let both = app
        .get("/api/auth/me")
        .bearer_auth(&mine.access)
        .bearer_auth(&mine.access)
        .send()
        .await
        .unwrap();
    assert_eq!(both.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(
        app.ask("/api/auth/me", &mine.access).await.0,
        StatusCode::OK,
        "nobody was signed out by all that"
    );
}

/// As a server tells it that signs with that key.
async fn key_id_of_the_key_before(app: &TestApp) -> String {
    let db = TestDb::sqlite().await;
    let before = TestApp::start(db, &[("JWT_SECRET_KEY", PREVIOUS)]).await;
    let token = before.member("hong_gd").await.access;
    before.stop().await;
    assert_eq!(
        app.ask("/api/auth/me", &token).await.0,
        StatusCode::OK,
        "the same row, by chance, and a key that verifies"
    );
    part(&token, 0)["kid"].as_str().unwrap().to_owned()
}

const SETTINGS: [(&str, &str); 1] = [("JWT_PREVIOUS_SECRET_KEYS", PREVIOUS)];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_are_refused_on_sqlite() {
    let app = TestApp::start(TestDb::sqlite().await, &SETTINGS).await;
    all_are_refused(&app).await;
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_are_refused_on_postgres() {
    let Some(db) = TestDb::postgres().await else { return };
    let app = TestApp::start(db, &SETTINGS).await;
    all_are_refused(&app).await;
    app.stop().await;
}
