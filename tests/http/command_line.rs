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
    pub fn operator(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
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
            ("mixed_2026-03-21.csv", b"Code,\xea\xb0\x80\xc1\xbe\n", "UTF-8"),
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

    async fn the_made_up_market_goes_into_an_empty_database_on_a_trading_day(app) {
        let (code, out, error) = app.operator(&["demo", "--as-of", "2026-03-21"]);
        assert_eq!((code, out.as_str(), error.as_str()), (Some(1), "", "2026-03-21 is no trading day\n"));
        app.import(ROWS, "2026-03-19").await;
        let (code, out, error) = app.operator(&["demo", "--as-of", "2026-03-20"]);
        assert_eq!((code, out.as_str()), (Some(1), ""));
        assert!(error.contains("has a market already"), "{error}");
        assert_eq!(app.shown().await, ("2026-03-19".to_owned(), 6));
    }
}

#[test]
fn wrong_usage_and_wrong_settings_are_exit_status_2() {
    for arguments in [
        &["nonsense"][..],
        &["import"],
        &["user", "promote", "x"],
        &["import", "--as-of", "gestern", "x.csv"],
        &["demo", "--as-of", "gestern"],
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

#[test]
fn what_the_texts_lack_of_the_operator_is_a_warning_and_no_failure() {
    let said = [
        ("OPERATOR_NAME", "가나다 연구회"),
        ("OPERATOR_CONTACT", "privacy@example.com"),
        ("PRIVACY_OFFICER", "홍길동"),
        ("DATA_PROCESSORS", "none"),
    ];
    for given in 0..=said.len() {
        let (code, out, error) = printed(&run(&said[..given], &["check-config"]));
        assert_eq!((code, error.as_str()), (Some(0), ""), "{out}");
        let warning = out.lines().find(|line| line.starts_with("Warning: "));
        assert_eq!(warning.is_some(), given < said.len(), "{out}");
        for (index, (setting, _)) in said.iter().enumerate() {
            assert_eq!(out.contains(setting), index >= given, "{setting}: {out}");
        }
    }
}

/// A day's market of FinanceDataReader's cache, served on loopback by axum.
async fn cache() -> (std::net::SocketAddr, tokio::task::JoinHandle<()>) {
    use axum::{Router, extract::Path, http::StatusCode as Status, routing::get};

    let listing = get(async |Path(file): Path<String>| {
        let day = file.trim_end_matches(".csv");
        if day == "2026-03-17" {
            return (Status::NOT_FOUND, String::new());
        }
        // No two days are alike.
        let volume = day.replace('-', "");
        let rows = ROWS.replace(",9400,1000,", &format!(",9400,{volume},"));
        (Status::OK, rows)
    });
    let router = Router::new().route("/data/listing/krx/{file}", listing);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (address, server)
}

#[tokio::test(flavor = "multi_thread")]
async fn days_are_fetched_and_the_calendar_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("app.db").display());
    let (address, server) = cache().await;
    let (cache, exchange) = (format!("http://{address}/data"), format!("http://{address}"));
    let settings = [
        ("DATABASE_URL", database.as_str()),
        ("LISTINGS_SOURCE", "fdr"),
        ("FDR_CACHE_URL", cache.as_str()),
        ("KRX_DATA_URL", exchange.as_str()),
    ];
    let call = async |arguments: &'static [&'static str]| {
        let settings: Vec<(String, String)> = settings
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect();
        let outcome = tokio::task::spawn_blocking(move || {
            let settings: Vec<(&str, &str)> = settings.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            printed(&run(&settings, arguments))
        });
        outcome.await.unwrap()
    };

    let (code, out, error) = call(&["sync", "--from", "2026-03-16", "--to", "2026-03-20"]).await;
    assert_eq!(code, Some(0), "{error}");
    assert!(out.contains("6 issues of 2026-03-20 from source fdr"), "{out}");
    assert!(
        out.contains("5 trading days: 4 imported, 0 there already, 1 without data"),
        "{out}"
    );
    let (code, out, _) = call(&["sync", "--from", "2026-03-16", "--to", "2026-03-20"]).await;
    assert_eq!(code, Some(0));
    assert!(out.contains("0 imported, 4 there already, 1 without data"), "{out}");

    // What the operator says is a holiday is not asked for.
    let (code, out, _) = call(&["calendar", "set", "2026-03-17", "holiday", "--note", "임시 휴장"]).await;
    assert_eq!((code, out.trim()), (Some(0), "2026-03-17 Tue  closed  임시 휴장"));
    let (_, out, _) = call(&["sync", "--from", "2026-03-16", "--to", "2026-03-20"]).await;
    assert!(
        out.contains("4 trading days: 0 imported, 4 there already, 0 without data"),
        "{out}"
    );
    let (_, out, _) = call(&["calendar", "show", "--from", "2026-03-01", "--to", "2026-05-05"]).await;
    assert_eq!(
        out.lines().collect::<Vec<_>>(),
        [
            "2026-03-01 Sun  closed  삼일절",
            "2026-03-02 Mon  closed  대체공휴일",
            "2026-03-17 Tue  closed  임시 휴장  (operator)",
            "2026-05-01 Fri  closed  근로자의날",
            "2026-05-05 Tue  closed  어린이날",
        ]
    );
    assert_eq!(call(&["calendar", "unset", "2026-03-17"]).await.0, Some(0));
    assert_eq!(call(&["calendar", "unset", "2026-03-17"]).await.0, Some(1));
    assert_eq!(call(&["calendar", "set", "2026-03-17", "feast"]).await.0, Some(2));

    let (code, _, error) = call(&["sync", "--from", "2026-03-20", "--to", "2026-03-16"]).await;
    assert_eq!(code, Some(1));
    assert!(error.contains("is after"), "{error}");
    assert_eq!(call(&["sync", "--from", "yesterday"]).await.0, Some(2));
    server.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_fetches_the_last_day_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("site/pkg")).unwrap();
    let (address, stub) = cache().await;
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let mut server = Command::new(env!("CARGO_BIN_EXE_secondarymarket"))
        .current_dir(folder.path())
        .env_clear()
        .envs([
            ("LISTINGS_SOURCE", "fdr".to_owned()),
            ("FDR_CACHE_URL", format!("http://{address}/data")),
            ("KRX_DATA_URL", format!("http://{address}")),
            ("LEPTOS_SITE_ADDR", free.to_string()),
            ("LEPTOS_SITE_ROOT", "site".to_owned()),
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut status = None;
    for _ in 0..300 {
        let answer = reqwest::get(format!("http://{free}/readyz")).await;
        status = answer.ok().map(|answer| answer.status());
        if status == Some(StatusCode::OK) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    server.kill().unwrap();
    server.wait().unwrap();
    stub.abort();
    assert_eq!(status, Some(StatusCode::OK));
}

#[test]
fn what_is_not_fetched_is_not_synced() {
    let (code, _, error) = printed(&run(&[], &["sync"]));
    assert_eq!(code, Some(2));
    assert!(error.contains("LISTINGS_SOURCE: is demo"), "{error}");
    let (code, _, error) = printed(&run(&[("LISTINGS_SOURCE", "krx_openapi")], &["sync"]));
    assert_eq!(code, Some(2));
    assert!(error.contains("KRX_API_KEY"), "{error}");
}

/// A listing of so many made-up issues of one board.
fn large_listing(issues: usize) -> String {
    use secondarymarket::server::market::isin;

    const REST: &str = "KOSDAQ,,1000,3,0,0.0,1000,1000,1000,1,1000,10000,10,KSQ\n";
    let mut text = format!("{}\n", ROWS.lines().next().unwrap());
    for issue in 0..issues {
        let code = format!("{:05}0", 50_000 + issue);
        let isin = isin::of_code(&code).unwrap();
        text += &[&issue.to_string(), &code, &isin, &format!("이름{issue}"), REST].join(",");
    }
    text
}

impl TestApp {
    /// The day that is shown after what happened in the database, and how many issues it has.
    async fn shown(&self) -> (String, usize) {
        self.state.market.reload_if_changed(&self.state.db).await.unwrap();
        let market = self.state.market.current().unwrap();
        (market.as_of().to_owned(), market.len())
    }
}

on_each_database! {
    async fn an_import_that_is_killed_leaves_the_market_of_before(app) {
        app.import(ROWS, "2026-03-19").await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("listing_2026-03-20.csv");
        std::fs::write(&file, large_listing(15_000)).unwrap();
        let whole = app.database_url().to_owned();
        let mut killed = 0;
        // At moments all through its work: the sooner ones before it writes, the later while.
        for wait in (0..40).map(|step| std::time::Duration::from_millis(step * 25)) {
            let mut import = Command::new(env!("CARGO_BIN_EXE_secondarymarket"))
                .args(["import", "--force"])
                .arg(&file)
                .current_dir(folder.path())
                .env_clear()
                .envs([("DATABASE_URL", whole.as_str()), ("JWT_SECRET_KEY", SECRET)])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            tokio::time::sleep(wait).await;
            if import.try_wait().unwrap().is_some() {
                break;
            }
            // SIGKILL: nothing of it gets to tidy up.
            import.kill().unwrap();
            import.wait().unwrap();
            let shown = app.shown().await;
            if shown == ("2026-03-20".to_owned(), 15_000) {
                // It had just finished.
                break;
            }
            killed += 1;
            assert_eq!(shown, ("2026-03-19".to_owned(), 6), "after {wait:?}");
        }
        assert!(killed > 3, "{killed}");
        // What was half done stands in nobody's way.
        let (code, out, error) = app.operator(&["import", "--force", file.to_str().unwrap()]);
        assert_eq!(code, Some(0), "{error}");
        assert!(out.contains("15000 issues of 2026-03-20"), "{out}");
        assert_eq!(app.shown().await, ("2026-03-20".to_owned(), 15_000));
    }
}
