//! How the program starts and stops, or says why it does not.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Command, Output},
    time::{Duration, Instant},
};

use secondarymarket::server::store::testing::TestDb;

use crate::{
    app::{SECRET, sign_up},
    node::{Node, PATIENCE, free_address},
};

fn connect(node: &Node) -> TcpStream {
    let stream = TcpStream::connect(node.base.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Begins a sign-up: the head and a part of the body.
fn begin(node: &Node, body: &str) -> TcpStream {
    let mut stream = connect(node);
    let head = format!(
        "POST /api/auth/signup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&body.as_bytes()[..10]).unwrap();
    // It has to be under way before the server is told to stop.
    std::thread::sleep(Duration::from_millis(300));
    stream
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_under_way_is_finished_and_nothing_new_is_taken() {
    for test in TestDb::all().await {
        let mut node = Node::start(&test.url, &[]).await;
        let body = sign_up("hong_gd").to_string();
        let mut stream = begin(&node, &body);
        let idle = connect(&node);
        node.tell_to_stop();
        node.until("nothing new is taken", async || {
            TcpStream::connect(node.base.trim_start_matches("http://")).is_err()
        })
        .await;
        stream.write_all(&body.as_bytes()[10..]).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
        assert_eq!(node.ended().await, Some(0));
        drop(idle);
        let log = node.log();
        assert!(
            log.contains("told to stop") && log.trim_end().ends_with("stopped"),
            "{log}"
        );
        test.clean_up().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_does_not_come_to_an_end_is_cut_off() {
    let test = TestDb::sqlite().await;
    let mut node = Node::start(&test.url, &[("SHUTDOWN_TIMEOUT_SECONDS", "1")]).await;
    let _stream = begin(&node, &sign_up("hong_gd").to_string());
    let begun = Instant::now();
    node.tell_to_stop();
    assert_eq!(node.ended().await, Some(0));
    assert!((1..8).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    assert!(node.log().contains("cut off"), "{}", node.log());
    test.clean_up().await;
}

/// The program with these settings, in a folder with an empty site.
fn serve(folder: &Path, settings: &[(&str, &str)]) -> Output {
    std::fs::create_dir_all(folder.join("site/pkg")).unwrap();
    let address = free_address();
    Command::new("timeout")
        .args(["20", env!("CARGO_BIN_EXE_secondarymarket"), "serve"])
        .current_dir(folder)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .envs([
            ("LEPTOS_SITE_ROOT", "site"),
            ("JWT_SECRET_KEY", SECRET),
            ("LEPTOS_SITE_ADDR", &address),
        ])
        .envs(settings.iter().copied())
        .output()
        .unwrap()
}

/// One clear sentence on standard error, and nothing of the program's inside.
fn assert_refused(output: &Output, code: i32, named: &[&str]) {
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{error}");
    let said: Vec<&str> = error.lines().filter(|line| !line.contains(" INFO ")).collect();
    assert_eq!(said.len(), 1, "{error}");
    for name in named {
        assert!(said[0].contains(name), "{name}: {error}");
    }
    for inside in [
        "panicked",
        "stack backtrace",
        "RUST_BACKTRACE",
        "Os {",
        "Error {",
        SECRET,
    ] {
        assert!(!error.contains(inside), "{error}");
    }
}

#[test]
fn what_keeps_it_from_starting_is_said_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let of = |settings: &[(&str, &str)]| serve(folder.path(), settings);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    assert_refused(
        &of(&[("LEPTOS_SITE_ADDR", &address)]),
        1,
        &[&address, "LEPTOS_SITE_ADDR"],
    );
    assert_refused(&of(&[("METRICS_ADDR", &address)]), 1, &[&address, "METRICS_ADDR"]);
    assert_refused(
        &of(&[("LEPTOS_SITE_ROOT", "nowhere")]),
        1,
        &["nowhere", "LEPTOS_SITE_ROOT"],
    );
    // The file system of processes takes no files, not even from root.
    assert_refused(
        &of(&[("DATABASE_URL", "sqlite:///proc/nowhere/app.db")]),
        1,
        &["/proc/nowhere"],
    );
    assert_refused(
        &of(&[("DATABASE_URL", "postgres://u:hunter2@127.0.0.1:1/db")]),
        1,
        &["database"],
    );
    std::fs::write(folder.path().join("text.db"), "no database at all ".repeat(100)).unwrap();
    assert_refused(&of(&[("DATABASE_URL", "sqlite://text.db")]), 1, &["database"]);
    std::fs::create_dir(folder.path().join("data")).unwrap();
    std::fs::write(folder.path().join("data/secret_key"), "k".repeat(48)).unwrap();
    let open = of(&[("JWT_SECRET_KEY", ""), ("DATABASE_URL", "sqlite://data/app.db")]);
    assert_refused(&open, 2, &["data/secret_key", "0600"]);
    // Checked before anything is opened.
    std::fs::write(folder.path().join(".env"), "JWT_SECRET_KEY='unfinished\n").unwrap();
    assert_refused(&of(&[]), 2, &[".env"]);
}

/// Going back to an older program, or one that was built from something else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_of_another_program_is_refused_with_the_remedy() {
    for test in TestDb::all().await {
        let folder = tempfile::tempdir().unwrap();
        let (url, of_test) = (test.url.clone(), [("DATABASE_URL", test.url.as_str())]);
        test.pretend_migration(9_999).await;
        let output = serve(folder.path(), &of_test);
        assert_refused(&output, 1, &["newer program", "9999", "copy"]);
        for command in ["migrate", "import"] {
            let output = Command::new(env!("CARGO_BIN_EXE_secondarymarket"))
                .args([command].into_iter().chain((command == "import").then_some("x.csv")))
                .current_dir(folder.path())
                .env_clear()
                .envs([("DATABASE_URL", url.as_str()), ("JWT_SECRET_KEY", SECRET)])
                .output()
                .unwrap();
            assert_refused(&output, 1, &["newer program"]);
        }
        test.clean_up().await;
    }
}

/// Two that start at once on an empty database both find it migrated; one that is killed at it
/// leaves what the next one can go on with.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn migrations_that_are_killed_or_run_twice_at_once() {
    for test in TestDb::all().await {
        test.empty().await;
        for wait in (0..12).map(|step| Duration::from_millis(step * 8)) {
            let mut node = Node::launch(&test.url, &[]);
            std::thread::sleep(wait);
            node.kill();
        }
        let (one, other) = tokio::join!(Node::start(&test.url, &[]), Node::start(&test.url, &[]));
        one.sign_up("hong_gd").await;
        other.sign_in("hong_gd").await;
        drop((one, other));
        test.clean_up().await;
    }
}
