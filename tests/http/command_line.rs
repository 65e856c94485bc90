//! The program as operators call it, beside a running server.

use std::process::{Command, Output};

use reqwest::StatusCode;
use serde_json::json;

use crate::{
    app::{PASSWORD, SECRET, TestApp, on_each_database},
    listings::ROWS,
};

/// Runs the program with nothing in its environment but these settings.
fn run(settings: &[(&str, &str)], arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_secondarymarket"))
        .args(arguments)
        .current_dir(folder.path())
        .env_clear()
        .envs(settings.iter().copied())
        .output()
        .unwrap()
}

fn printed(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

impl TestApp {
    /// Runs the program on this application's database.
    fn operator(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let settings = [("DATABASE_URL", self.database_url()), ("JWT_SECRET_KEY", SECRET)];
        printed(&run(&settings, arguments))
    }
}

on_each_database! {
    async fn a_deactivated_user_is_out_at_once(app) {
        let tokens = app.member("hong_gd").await;
        let (code, out, _) = app.operator(&["user", "deactivate", "HONG_gd"]);
        assert_eq!((code, out.as_str()), (Some(0), "hong_gd is deactivated; devices signed out: 1.\n"));
        let sign_in = json!({"user_id": "hong_gd", "password": PASSWORD});
        assert_eq!(app.call("/api/auth/login", &sign_in).await.0, StatusCode::FORBIDDEN);
        assert_eq!(app.ask("/api/auth/me", &tokens.access).await.0, StatusCode::FORBIDDEN);
        assert!(app.operator(&["user", "list"]).1.contains("deactivated"));
        assert_eq!(app.operator(&["user", "activate", "hong_gd"]).0, Some(0));
        assert_eq!(app.call("/api/auth/login", &sign_in).await.0, StatusCode::OK);
    }

    async fn signing_out_and_deleting_end_what_there_is(app) {
        let tokens = app.member("hong_gd").await;
        assert_eq!(app.operator(&["user", "sign-out", "hong_gd"]).0, Some(0));
        assert_eq!(app.ask("/api/auth/me", &tokens.access).await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(app.operator(&["user", "delete", "hong_gd"]).0, Some(1), "not without --yes");
        assert_eq!(app.operator(&["user", "delete", "hong_gd", "--yes"]).0, Some(0));
        assert_eq!(app.login_history().await, [], "gone with the user");
        app.sign_up("hong_gd").await;
    }

    async fn an_unknown_user_is_exit_status_1(app) {
        for act in ["show", "activate", "deactivate", "sign-out"] {
            for nobody in ["nobody_1", "x", "'; DROP TABLE users; --"] {
                let (code, _, error) = app.operator(&["user", act, nobody]);
                assert_eq!((code, error), (Some(1), format!("{nobody}: there is no such user\n")), "{act}");
            }
        }
    }

    async fn an_import_shows_and_a_faulty_one_changes_nothing(app) {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, content: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, content).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let good = write("listing_krx_2026-03-20.csv", ROWS.as_bytes());
        let (code, out, error) = app.operator(&["import", &good]);
        assert_eq!(code, Some(0), "{error}");
        assert!(out.contains("6 issues of 2026-03-20"), "{out}");
        app.state.market.reload_if_changed(&app.state.db).await.unwrap();
        let token = app.member("hong_gd").await.access;
        let total = async || app.ask("/api/stocks/listings?limit=1", &token).await.1["total"].clone();
        assert_eq!(total().await, 6);

        let cut = ROWS.len() - 30;
        for (name, content, reason) in [
            ("empty_2026-03-21.csv", &b""[..], "empty"),
            ("cut_2026-03-21.csv", &ROWS.as_bytes()[..cut], "line 7"),
            ("foreign_2026-03-21.csv", b"a,b,c\n1,2,3\n", "line 1"),
            ("page_2026-03-21.csv", b"<!DOCTYPE html><html></html>", "HTML"),
            ("korean_2026-03-21.csv", b"Code,\xc1\xbe\xb8\xf1\n", "UTF-8"),
        ] {
            let (code, out, error) = app.operator(&["import", &write(name, content)]);
            assert_eq!((code, out.as_str()), (Some(1), ""), "{name}");
            assert!(error.contains(reason) && error.contains(name) && error.lines().count() == 1, "{name}: {error}");
        }
        let (code, _, error) = app.operator(&["import", "/nowhere/at-all.csv"]);
        assert_eq!(code, Some(1), "{error}");
        let (code, _, error) = app.operator(&["import", &write("undated.csv", ROWS.as_bytes())]);
        assert!(code == Some(1) && error.contains("--as-of"), "{error}");
        app.state.market.reload_if_changed(&app.state.db).await.unwrap();
        assert_eq!(total().await, 6, "the data from before is intact");
    }
}

#[test]
fn wrong_usage_and_wrong_settings_are_exit_status_2() {
    for arguments in [
        &["nonsense"][..],
        &["import"],
        &["user", "promote", "x"],
        &["import", "--as-of", "gestern", "x.csv"],
    ] {
        assert_eq!(run(&[], arguments).status.code(), Some(2), "{arguments:?}");
    }
    let wrong = [
        ("DEBUG", "maybe"),
        ("JWT_SECRET_KEY", "hunter2"),
        ("LEPTOS_SITE_ADDR", "nowhere"),
    ];
    for command in [&[][..], &["serve"], &["check-config"], &["migrate"]] {
        let (code, out, error) = printed(&run(&wrong, command));
        assert_eq!((code, out.as_str()), (Some(2), ""), "{command:?}");
        let lines: Vec<_> = error.lines().collect();
        assert_eq!(lines.len(), 3, "{error}");
        for (variable, _) in wrong {
            assert!(
                lines.iter().any(|line| line.starts_with(&format!("{variable}: "))),
                "{error}"
            );
        }
        assert!(!error.contains("hunter2"), "{error}");
    }
}

#[test]
fn help_is_everywhere_and_valid_settings_are_confirmed() {
    for arguments in [
        &["--help"][..],
        &["serve", "--help"],
        &["import", "--help"],
        &["user", "--help"],
        &["user", "deactivate", "--help"],
    ] {
        let (code, out, _) = printed(&run(&[], arguments));
        assert!(code == Some(0) && out.contains("Usage:"), "{arguments:?}: {out}");
    }
    let (code, out, _) = printed(&run(&[], &["check-config"]));
    assert!(code == Some(0) && out.contains("127.0.0.1:3000"), "{out}");
}
