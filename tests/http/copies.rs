//! `backup` and `restore`, beside a server that is written to all the time.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use reqwest::StatusCode;
use secondarymarket::server::store::{login_history, testing::TestDb, users};
use serde_json::json;

use crate::{
    app::{PASSWORD, SECRET},
    listings::ROWS,
    node::{Node, import},
};

fn run(database: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_secondarymarket"))
        .args(arguments)
        .current_dir(std::env::temp_dir())
        .env_clear()
        .envs([("DATABASE_URL", database), ("JWT_SECRET_KEY", SECRET)])
        .output()
        .unwrap()
}

fn done(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn refused(output: &Output, why: &str) {
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains(why) && error.lines().count() == 1, "{error}");
}

fn file_of(test: &TestDb) -> PathBuf {
    PathBuf::from(test.url.trim_start_matches("sqlite://"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_taken_under_load_holds_all_that_was_acknowledged_before() {
    let test = TestDb::sqlite().await;
    import(&test.url, ROWS, "2026-03-20");
    let folder = tempfile::tempdir().unwrap();
    let node = Node::start(&test.url, &[]).await;
    let stop = std::sync::atomic::AtomicBool::new(false);
    let writers = futures::future::join_all((0..4).map(|n| {
        let (node, stop) = (&node, &stop);
        async move {
            let mut round = 0;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                node.member(&format!("user_{n}_{round}")).await;
                round += 1;
            }
            round
        }
    }));
    let tokens = node.member("hong_gd").await;
    let url = test.url.clone();
    let folder_path = folder.path().to_owned();
    let copying = async {
        let copies = tokio::task::spawn_blocking(move || {
            (0..5)
                .map(|n| {
                    let copy = folder_path.join(format!("copy{n}.db"));
                    done(&run(&url, &["backup", copy.to_str().unwrap()]));
                    copy
                })
                .collect::<Vec<_>>()
        });
        let copies = copies.await.unwrap();
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        copies
    };
    let (copies, rounds) = tokio::join!(copying, writers);
    assert!(rounds.iter().sum::<i32>() > 0, "it was written to meanwhile");
    drop(node);

    for (n, copy) in copies.iter().enumerate() {
        let restored = folder.path().join(format!("restored{n}.db"));
        let url = format!("sqlite://{}", restored.display());
        let said = done(&run(&url, &["restore", copy.to_str().unwrap()]));
        assert!(said.contains("users, 1 imports"), "{said}");
        let node = Node::start(&url, &[]).await;
        node.until_ready().await;
        let login = json!({"user_id": "hong_gd", "password": PASSWORD});
        assert_eq!(node.call("/api/auth/login", &login).await.0, StatusCode::OK);
        // The key is the same: sessions go on.
        assert_eq!(node.ask("/api/auth/me", &tokens.access).await.0, StatusCode::OK);
    }
    test.clean_up().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_copied_is_what_is_restored() {
    let test = TestDb::sqlite().await;
    import(&test.url, ROWS, "2026-03-20");
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    let node = Node::start(&test.url, &[]).await;
    node.member("hong_gd").await;
    let before = (
        users::list(&test.db).await.unwrap(),
        login_history::all(&test.db).await.unwrap(),
    );
    done(&run(&test.url, &["backup", copy.to_str().unwrap()]));
    node.member("kim_cs").await;
    // Not under a server that has it open.
    refused(&run(&test.url, &["restore", copy.to_str().unwrap()]), "stop the server");
    drop(node);
    let file = file_of(&test);
    test.db.close().await;

    let said = done(&run(&test.url, &["restore", copy.to_str().unwrap()]));
    let kept = said.lines().find_map(|line| line.split("kept: ").nth(1)).unwrap();
    assert!(Path::new(kept).exists());
    let restored = secondarymarket::server::store::Db::open(&test.url, 2).await.unwrap();
    let after = (
        users::list(&restored).await.unwrap(),
        login_history::all(&restored).await.unwrap(),
    );
    assert_eq!(format!("{before:?}"), format!("{after:?}"));
    restored.close().await;
    assert!(file.exists());
    test.clean_up().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_copied_or_restored_is_said() {
    let test = TestDb::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    done(&run(&test.url, &["backup", &at("copy.db")]));
    refused(&run(&test.url, &["backup", &at("copy.db")]), "there already");
    refused(&run(&test.url, &["backup", "/proc/nowhere/copy.db"]), "/proc/nowhere");
    refused(
        &run(&format!("sqlite://{}", at("none.db")), &["backup", &at("x.db")]),
        "is not there",
    );
    refused(&run(&test.url, &["restore", &at("nowhere.db")]), "is not there");
    std::fs::write(at("text.db"), "no database at all ".repeat(100)).unwrap();
    refused(&run(&test.url, &["restore", &at("text.db")]), "no sound database");
    test.pretend_migration(9_999).await;
    done(&run(&test.url, &["backup", &at("newer.db")]));
    let other = format!("sqlite://{}", at("other.db"));
    refused(&run(&other, &["restore", &at("newer.db")]), "newer program");
    test.clean_up().await;
    let Some(test) = TestDb::postgres().await else { return };
    refused(&run(&test.url, &["backup", &at("y.db")]), "pg_dump");
    refused(&run(&test.url, &["restore", &at("copy.db")]), "pg_restore");
    test.clean_up().await;
}

/// The script for operators, with PostgreSQL's own tools.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dump_of_postgres_is_restored_as_it_was() {
    let Some(test) = TestDb::postgres().await else { return };
    import(&test.url, ROWS, "2026-03-20");
    let node = Node::start(&test.url, &[]).await;
    let tokens = node.member("hong_gd").await;
    let folder = tempfile::tempdir().unwrap();
    let dump = folder.path().join("krx.dump");
    let script = |url: &str, act: &str, file: &Path| {
        // PostgreSQL's own tools do not know what the driver adds.
        let url = url.split('?').next().unwrap();
        Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/backup-postgres"))
            .arg(act)
            .arg(file)
            .env("DATABASE_URL", url)
            .output()
            .unwrap()
    };
    let said = done(&script(&test.url, "dump", &dump));
    assert!(said.contains("read back"), "{said}");
    let before = (
        users::list(&test.db).await.unwrap(),
        login_history::all(&test.db).await.unwrap(),
    );
    refused(&script(&test.url, "dump", &dump), "there already");
    refused(&script(&test.url, "restore", &dump), "not empty");
    refused(&script("sqlite://x.db", "dump", &dump), "not PostgreSQL");

    let target = TestDb::postgres().await.unwrap();
    target.empty().await;
    let cut = folder.path().join("cut.dump");
    let bytes = std::fs::read(&dump).unwrap();
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(script(&target.url, "restore", &cut).status.code(), Some(1));
    let said = done(&script(&target.url, "restore", &dump));
    assert!(said.contains("1 users, 1 imports"), "{said}");
    let after = (
        users::list(&target.db).await.unwrap(),
        login_history::all(&target.db).await.unwrap(),
    );
    assert_eq!(format!("{before:?}"), format!("{after:?}"));
    let restored = Node::start(&target.url, &[]).await;
    restored.until_ready().await;
    assert_eq!(restored.ask("/api/auth/me", &tokens.access).await.0, StatusCode::OK);
    // The triggers came along: ids go on, and others are told.
    restored.member("kim_cs").await;
    drop((node, restored));
    target.clean_up().await;
    test.clean_up().await;
}
