//! Moving in: from SQLite to PostgreSQL, and from the original application.

use std::path::Path;

use reqwest::StatusCode;
use secondarymarket::server::store::{testing::TestDb, users};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _};

use crate::{
    app::{PASSWORD, TestApp, on_each_database},
    listings::ROWS,
    node::{Node, import, operator},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_installation_goes_on_in_postgres() {
    let Some(target) = TestDb::postgres().await else { return };
    let origin = TestDb::sqlite().await;
    import(&origin.url, ROWS, "2026-03-20");
    let mut node = Node::start(&origin.url, &[]).await;
    let tokens = node.member("hong_gd").await;
    let watched = node
        .request(reqwest::Method::PUT, "/api/watchlist/900010")
        .bearer_auth(&tokens.access)
        .json(&json!({"note": "메모"}))
        .send()
        .await
        .unwrap();
    assert!(watched.status().is_success());
    node.tell_to_stop();
    node.ended().await;

    let said = operator(&origin.url, &["copy-database", &origin.url, &target.url]);
    assert!(said.contains("counted on both sides"), "{said}");
    let node = Node::start(&target.url, &[]).await;
    node.until_ready().await;
    // Who was signed in is; the note is there; others can sign up.
    let (status, list) = node.ask("/api/watchlist", &tokens.access).await;
    assert_eq!(
        (status, list["items"][0]["note"].as_str()),
        (StatusCode::OK, Some("메모"))
    );
    let (status, _) = node
        .call("/api/auth/refresh", &json!({"refresh_token": tokens.refresh}))
        .await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(node.ask("/api/stocks/listings", &tokens.access).await.1["total"], 6);
    node.sign_in("hong_gd").await;
    node.member("kim_cs").await;
    drop(node);
    origin.clean_up().await;
    target.clean_up().await;
}

/// The original's table, as `SQLAlchemy` made it, with users in it.
fn original(is_postgres: bool) -> String {
    let (id, time) = if is_postgres {
        ("SERIAL PRIMARY KEY", "TIMESTAMP WITH TIME ZONE")
    } else {
        ("INTEGER PRIMARY KEY", "DATETIME")
    };
    let hash = bcrypt::hash_with_salt(PASSWORD, 4, [7; 16]).unwrap().to_string();
    format!(
        "CREATE TABLE users (id {id}, user_id VARCHAR(20) NOT NULL, email VARCHAR(100) NOT NULL, \
            password_hash VARCHAR(255) NOT NULL, name VARCHAR(100) NOT NULL, is_active BOOLEAN, is_verified BOOLEAN, \
            created_at {time}, updated_at {time}, last_login_at {time}); \
         INSERT INTO users (user_id, email, password_hash, name, is_active, is_verified, created_at, last_login_at) VALUES \
            ('Hong_gd', 'Hong@Example.com', '{hash}', '홍길동', TRUE, TRUE, '2024-01-05 12:34:56.789012', NULL), \
            ('kim_cs', 'kim@example.com', '{hash}', '김철수', NULL, FALSE, '2024-02-05 00:00:00', '2024-03-01 01:02:03'), \
            ('HONG_GD', 'other@example.com', '{hash}', '다른 홍', TRUE, FALSE, '2024-02-06 00:00:00', NULL), \
            ('a@b.example', 'short@example.com', '{hash}', '짧은', TRUE, FALSE, NULL, NULL), \
            ('no_hash', 'no@example.com', 'plain text', '평문', TRUE, FALSE, NULL, NULL);"
    )
}

async fn adopt(app: &TestApp, url: &str) {
    let (code, out, error) = app.operator(&["import-users", url, "--dry-run"]);
    assert_eq!(
        (code, out.as_str()),
        (Some(1), "2 users would be imported, 0 there already, 3 not.\n"),
        "{error}"
    );
    assert_eq!(users::list(&app.state.db).await.unwrap().len(), 0, "nothing is written");
    let (code, out, error) = app.operator(&["import-users", url]);
    assert_eq!(
        (code, out.as_str()),
        (Some(1), "2 users imported, 0 there already, 3 not.\n"),
        "{error}"
    );
    for said in [
        "user 3 (HONG_GD): ",
        "user 4: user_id: ",
        "user 5 (no_hash): password_hash: ",
    ] {
        assert!(error.contains(said), "{error}");
    }
    assert!(
        !error.contains('@') && !error.contains("plain text") && !error.contains("$2"),
        "{error}"
    );

    let (status, body) = app
        .call("/api/auth/login", &json!({"user_id": "hong_gd", "password": PASSWORD}))
        .await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let (_, me) = app.ask("/api/auth/me", body["access_token"].as_str().unwrap()).await;
    assert_eq!(me["user_id"], "Hong_gd");
    assert_eq!(me["email"], "Hong@Example.com");
    assert_eq!(me["created_at"], "2024-01-05T12:34:56Z");
    assert_eq!(me["is_verified"], true);
    let rows = users::list(&app.state.db).await.unwrap();
    assert!(rows[0].password_hash.expose().starts_with("$argon2id$"), "hashed anew");
    assert!(!rows[1].is_active && rows[1].last_login_at.is_some());
    let kim = json!({"user_id": "kim_cs", "password": PASSWORD});
    assert_eq!(app.call("/api/auth/login", &kim).await.0, StatusCode::FORBIDDEN);

    // Again, after somebody changed something here: nothing is overwritten.
    app.set_active("kim_cs", true).await;
    let (_, out, _) = app.operator(&["import-users", url]);
    assert_eq!(out, "0 users imported, 2 there already, 3 not.\n");
    let rows = users::list(&app.state.db).await.unwrap();
    assert!(rows[1].is_active && rows[0].password_hash.expose().starts_with("$argon2id$"));
    assert_eq!(rows.len(), 2);
}

on_each_database! {
    async fn users_of_the_original_on_sqlite_just_go_on(app) {
        let folder = tempfile::tempdir().unwrap();
        // As the original's own setting has it, with four slashes for an absolute path.
        let file = folder.path().join("100% auth.db");
        let url = format!("sqlite+aiosqlite:///{}", file.display()).replace('%', "%25");
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
        let mut connection = sqlx::SqliteConnection::connect_with(&options.create_if_missing(true)).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(original(false))).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        adopt(app, &url).await;
    }

    async fn users_of_the_original_on_postgres_just_go_on(app) {
        let Some(test) = TestDb::postgres().await else { return };
        test.empty().await;
        let mut connection = sqlx::PgConnection::connect(&test.url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(original(true))).execute(&mut connection).await.unwrap();
        adopt(app, &test.url.replacen("postgres://", "postgresql+asyncpg://", 1)).await;
        connection.close().await.unwrap();
        test.clean_up().await;
    }

    async fn what_is_not_the_originals_database_is_said(app) {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| format!("sqlite://{}", folder.path().join(name).display());
        std::fs::write(folder.path().join("empty.db"), "").unwrap();
        for (url, said) in [
            ("mysql://u:hunter2@host/db".to_owned(), "named as"),
            (at("nowhere.db"), "is not there"),
            (at("empty.db"), "no table `users`"),
            (app.database_url().to_owned(), "secondarymarket itself"),
            ("postgres://u:hunter2@127.0.0.1:1/db".to_owned(), "does not answer"),
        ] {
            let (code, out, error) = app.operator(&["import-users", &url]);
            assert_eq!((code, out.as_str()), (Some(1), ""), "{url}");
            assert!(error.contains(said) && error.lines().count() == 1 && !error.contains("hunter2"), "{error}");
        }
        assert!(!Path::new(&folder.path().join("nowhere.db")).exists());
    }

    async fn what_cannot_be_copied_is_said(app) {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| format!("sqlite://{}", folder.path().join(name).display());
        std::fs::write(folder.path().join("empty.db"), "").unwrap();
        let nobody = "postgres://u:hunter2@127.0.0.1:1/db".to_owned();
        for (from, to, said) in [
            (at("nowhere.db"), nobody.clone(), "is not there"),
            (at("empty.db"), nobody.clone(), "migrate"),
            (nobody.clone(), nobody.clone(), "not SQLite"),
            (at("empty.db"), at("other.db"), "not PostgreSQL"),
        ] {
            let (code, out, error) = app.operator(&["copy-database", &from, &to]);
            assert_eq!((code, out.as_str()), (Some(1), ""), "{from} {to}");
            assert!(error.contains(said) && error.lines().count() == 1 && !error.contains("hunter2"), "{error}");
        }
    }
}
