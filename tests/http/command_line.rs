//! The program as operators call it, beside a running server.

use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

use reqwest::StatusCode;
use serde_json::json;

use crate::{
    app::{PASSWORD, SECRET, TestApp, on_each_database},
    listings::ROWS,
};

/// Runs the program with nothing in its environment but these settings.
fn run(settings: &[(&str, &str)], arguments: &[&str]) -> Output {
    run_with(settings, arguments, "")
}

fn run_with(settings: &[(&str, &str)], arguments: &[&str], typed: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_secondarymarket"))
        .args(arguments)
        .current_dir(folder.path())
        .env_clear()
        .envs(settings.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that asks for nothing may be gone before it is told.
    let _ = program.stdin.take().unwrap().write_all(typed.as_bytes());
    program.wait_with_output().unwrap()
}

fn printed(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

impl TestApp {
    /// Runs the program on this application's database.
    fn operator(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        self.operator_types(arguments, "")
    }

    /// The same with something on its standard input.
    fn operator_types(&self, arguments: &[&str], typed: &str) -> (Option<i32>, String, String) {
        let settings = [("DATABASE_URL", self.database_url()), ("JWT_SECRET_KEY", SECRET)];
        printed(&run_with(&settings, arguments, typed))
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

    /// A server that looked at the session a moment ago remembers it for a second at most.
    async fn a_running_server_follows_within_a_second(app) {
        let tokens = app.member("hong_gd").await;
        let me = async || app.ask("/api/auth/me", &tokens.access).await.0;
        assert_eq!(me().await, StatusCode::OK);
        assert_eq!(app.operator(&["user", "deactivate", "hong_gd"]).0, Some(0));
        let mut waited = 0;
        while me().await != StatusCode::FORBIDDEN {
            assert!(waited < 20, "two seconds");
            waited += 1;
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    }

    async fn accounts_are_made_for_users(app) {
        let create = |user_id: &str, password: Option<&str>| {
            let email = format!("{user_id}@example.com");
            let mut arguments = vec!["user", "create", user_id, "--email", &email, "--name", "홍길동"];
            arguments.extend(password.map(|_| "--password-stdin"));
            app.operator_types(&arguments, password.unwrap_or_default())
        };
        let (code, out, error) = create("hong_gd", None);
        assert_eq!((code, error.as_str()), (Some(0), ""));
        let made = out.lines().find_map(|line| line.strip_prefix("password  ")).unwrap().to_owned();
        let sign_in = async |user_id: &str, password: &str| app.call("/api/auth/login", &json!({"user_id": user_id, "password": password})).await.0;
        assert_eq!(sign_in("hong_gd", &made).await, StatusCode::OK);
        let (code, out, _) = create("kim_cs", Some(PASSWORD));
        assert_eq!((code, out.as_str()), (Some(0), "kim_cs is made.\n"), "what was given is not repeated");
        assert_eq!(sign_in("kim_cs", PASSWORD).await, StatusCode::OK);
        for (user_id, password, named) in [("lee_yh", "weak", "password: "), ("l", PASSWORD, "user_id: "), ("kim_cs", PASSWORD, "user_id: ")] {
            let (code, out, error) = create(user_id, Some(password));
            assert_eq!((code, out.as_str()), (Some(1), ""), "{user_id}");
            assert!(error.lines().all(|line| line.starts_with(named)) && !error.contains(password), "{error}");
        }
    }

    async fn a_locked_account_is_unlocked(app) {
        app.sign_up("hong_gd").await;
        let sign_in = async |password: &str| app.call("/api/auth/login", &json!({"user_id": "hong_gd", "password": password})).await.0;
        for _ in 0..5 {
            sign_in("Wrong-Zebra-71!").await;
        }
        assert_eq!(sign_in(PASSWORD).await, StatusCode::UNAUTHORIZED);
        assert!(app.operator(&["user", "show", "hong_gd"]).1.contains("locked_until"));
        assert_eq!(app.operator(&["user", "unlock", "hong_gd"]).1, "hong_gd is unlocked.\n");
        assert_eq!(app.operator(&["user", "unlock", "hong_gd"]).1, "hong_gd was not locked.\n");
        assert_eq!(sign_in(PASSWORD).await, StatusCode::OK);
    }

    async fn a_password_is_reset(app) {
        let tokens = app.member("hong_gd").await;
        let sign_in = async |password: &str| app.call("/api/auth/login", &json!({"user_id": "hong_gd", "password": password})).await.0;
        for _ in 0..5 {
            sign_in("Wrong-Zebra-71!").await;
        }
        let (code, out, error) = app.operator(&["user", "reset-password", "HONG_gd"]);
        assert_eq!((code, error.as_str()), (Some(0), ""));
        let made = out.lines().find_map(|line| line.strip_prefix("password  ")).unwrap().to_owned();
        assert_eq!(sign_in(&made).await, StatusCode::OK, "unlocked, too");
        assert_eq!(sign_in(PASSWORD).await, StatusCode::UNAUTHORIZED);
        assert_eq!(app.ask("/api/auth/me", &tokens.access).await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(app.call("/api/auth/refresh", &json!({"refresh_token": tokens.refresh})).await.0, StatusCode::UNAUTHORIZED);
        let (code, out, _) = app.operator_types(&["user", "reset-password", "hong_gd", "--password-stdin"], "Quartz-Zebra-72!\n");
        assert_eq!((code, out.as_str()), (Some(0), "hong_gd has another password; all devices are signed out.\n"));
        assert_eq!(sign_in("Quartz-Zebra-72!").await, StatusCode::OK);
        let (code, _, error) = app.operator_types(&["user", "reset-password", "hong_gd", "--password-stdin"], "weak\n");
        assert!(code == Some(1) && error.starts_with("password: "), "{error}");
    }

    async fn an_unknown_user_is_exit_status_1(app) {
        for act in ["show", "activate", "deactivate", "unlock", "sign-out", "reset-password"] {
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
