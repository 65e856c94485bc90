//! A database that is away, busy or full, and comes back: nothing acknowledged is lost, nobody is
//! wrongly let in, readiness says it within two seconds and takes it back by itself.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use reqwest::StatusCode;
use secondarymarket::server::store::testing::TestDb;
use serde_json::json;

use crate::{
    app::{PASSWORD, answer, sign_up},
    listings::ROWS,
    node::{Node, import, signal},
};

/// How soon readiness follows; one of the two seconds is what a busy machine may add.
const FOLLOWS: Duration = Duration::from_secs(3);

impl Node {
    /// Readiness turns false, soon.
    async fn until_not_ready(&self) {
        let begun = Instant::now();
        self.until("the server is not ready", async || !self.is_ready().await)
            .await;
        assert!(begun.elapsed() < FOLLOWS, "{:?}", begun.elapsed());
    }
}

/// It says where it is, and ends when its input does. Commits must survive a crash, which the
/// cluster for tests does without.
const PREPARE: &str = "echo $TEST_DATABASE_URL; psql -Atc 'SHOW data_directory' && \
    psql -qc 'ALTER ROLE postgres SET synchronous_commit = on' && cat";

/// A PostgreSQL of a test's own, to do with as it likes.
struct Postgres {
    url: String,
    data: PathBuf,
    script: Child,
}

impl Postgres {
    /// `None` where there is none on this machine.
    fn start() -> Option<Self> {
        let mut script = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/with-postgres"))
            .args(["bash", "-c", PREPARE])
            .env_remove("TEST_DATABASE_URL")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(script.stdout.take().unwrap()).lines();
        let (Some(Ok(url)), Some(Ok(data))) = (lines.next(), lines.next()) else {
            eprintln!("skipped: no PostgreSQL of one's own can be had here");
            let _ = script.wait();
            return None;
        };
        let data = PathBuf::from(data);
        Some(Self { url, data, script })
    }

    fn process(&self) -> u32 {
        let file = std::fs::read_to_string(self.data.join("postmaster.pid")).unwrap();
        file.lines().next().unwrap().parse().unwrap()
    }

    /// As by a crash: no connection is asked.
    fn crash(&self) {
        signal("QUIT", self.process());
        let begun = Instant::now();
        while self.data.join("postmaster.pid").exists() {
            assert!(begun.elapsed() < Duration::from_secs(20));
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// With the options of before.
    fn come_back(&self) {
        let options = std::fs::read_to_string(self.data.join("postmaster.opts")).unwrap();
        let start = format!("cd / && {} >/dev/null 2>&1 &", options.trim());
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh", "-c", &start]);
            command
        } else {
            let mut command = Command::new("sh");
            command.args(["-c", &start]);
            command
        };
        command
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.script.stdin.take());
        let _ = self.script.wait();
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.trim_ascii() == b"0"
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_that_crashes_and_comes_back() {
    let Some(postgres) = Postgres::start() else { return };
    import(&postgres.url, ROWS, "2026-03-20");
    let node = Node::start(&postgres.url, &[]).await;
    node.until_ready().await;
    let tokens = node.member("hong_gd").await;
    let out = node.sign_in("hong_gd").await;
    let logout = json!({"refresh_token": out.refresh});
    assert_eq!(node.call("/api/auth/logout", &logout).await.0, StatusCode::OK);

    postgres.crash();
    node.until_not_ready().await;
    assert_eq!(node.get("/healthz").send().await.unwrap().status(), StatusCode::OK);
    let (status, body) = node.call("/api/auth/signup", &sign_up("kim_cs")).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{body}");
    // What cannot be looked up is not believed.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    assert_eq!(
        node.ask("/api/auth/me", &out.access).await.0,
        StatusCode::SERVICE_UNAVAILABLE
    );

    postgres.come_back();
    node.until_ready().await;
    assert_eq!(node.ask("/api/auth/me", &tokens.access).await.0, StatusCode::OK);
    assert_eq!(node.ask("/api/auth/me", &out.access).await.0, StatusCode::UNAUTHORIZED);
    let (status, _) = node
        .call("/api/auth/refresh", &json!({"refresh_token": tokens.refresh}))
        .await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        node.call("/api/auth/signup", &sign_up("kim_cs")).await.0,
        StatusCode::CREATED
    );
    // It follows others again, too.
    import(&postgres.url, ROWS, "2026-03-23");
    node.until("the new day is shown", async || {
        node.ask("/api/stocks/listings?limit=1", &tokens.access).await.1["as_of"] == "2026-03-23"
    })
    .await;
    let log = node.log();
    for said in ["notices of other servers", "this server runs the schedules"] {
        assert!(log.contains(said), "{said}\n{log}");
    }
}

/// Not gone, but without an answer: the worse of the two.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_that_hangs() {
    let Some(postgres) = Postgres::start() else { return };
    import(&postgres.url, ROWS, "2026-03-20");
    let node = Node::start(&postgres.url, &[("DATABASE_MAX_CONNECTIONS", "4")]).await;
    node.until_ready().await;
    let tokens = node.member("hong_gd").await;
    // The connections that the server has, and whatever it would make.
    let processes = || {
        let listed = Command::new("pgrep")
            .arg("-P")
            .arg(postgres.process().to_string())
            .output()
            .unwrap();
        let listed = String::from_utf8(listed.stdout).unwrap();
        let children = listed.lines().map(|line| line.parse().unwrap()).collect::<Vec<u32>>();
        [children, vec![postgres.process()]].concat()
    };
    let stopped = processes();
    for process in &stopped {
        signal("STOP", *process);
    }
    node.until_not_ready().await;
    for process in stopped.iter().rev() {
        signal("CONT", *process);
    }
    node.until_ready().await;
    assert_eq!(node.ask("/api/auth/me", &tokens.access).await.0, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_requests_than_connections() {
    use sqlx::{Connection as _, Executor as _};

    let Some(test) = TestDb::postgres().await else { return };
    import(&test.url, ROWS, "2026-03-20");
    let node = Node::start(&test.url, &[("DATABASE_MAX_CONNECTIONS", "2")]).await;
    node.until_ready().await;
    node.sign_up("hong_gd").await;
    // Somebody holds what every sign-in needs.
    let mut other = sqlx::PgConnection::connect(&test.url).await.unwrap();
    other
        .execute("BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE")
        .await
        .unwrap();
    let login = json!({"user_id": "hong_gd", "password": PASSWORD});
    let calls = futures::future::join_all((0..20).map(|_| node.call("/api/auth/login", &login)));
    let (answers, ()) = tokio::join!(calls, async {
        node.until_not_ready().await;
        assert_eq!(node.get("/healthz").send().await.unwrap().status(), StatusCode::OK);
        // Longer than a request waits for a connection.
        tokio::time::sleep(Duration::from_secs(6)).await;
        other.execute("ROLLBACK").await.unwrap();
    });
    let shed = answers
        .iter()
        .filter(|(status, _)| *status == StatusCode::SERVICE_UNAVAILABLE)
        .count();
    let served = answers.iter().filter(|(status, _)| *status == StatusCode::OK).count();
    assert_eq!(shed + served, 20, "{answers:?}");
    assert!(
        shed >= 18,
        "{shed}: who waits longer than five seconds is told to come again"
    );
    node.until_ready().await;
    assert_eq!(node.call("/api/auth/login", &login).await.0, StatusCode::OK);
    other.close().await.unwrap();
    drop(node);
    test.clean_up().await;
}

/// A small disk of the server's own, in a mount namespace; `None` where that may not be made.
fn on_small_disk(disk: &Path) -> Option<Vec<String>> {
    let mount = format!("mount -t tmpfs -o size=3m none '{}'", disk.display());
    for unshare in [
        &["unshare", "--mount"][..],
        &["unshare", "--user", "--map-root-user", "--mount"],
    ] {
        let (program, rest) = unshare.split_first().unwrap();
        let tried = Command::new(program)
            .args(rest)
            .args(["sh", "-c", &mount])
            .stderr(Stdio::null())
            .status();
        if tried.is_ok_and(|status| status.success()) {
            let shell = ["sh", "-c", &format!("{mount} && exec \"$0\" \"$@\"")].map(str::to_owned);
            return Some(unshare.iter().map(|word| (*word).to_owned()).chain(shell).collect());
        }
    }
    eprintln!("skipped: no file system can be mounted here");
    None
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_is_full() {
    let disk = tempfile::tempdir().unwrap();
    let Some(inside) = on_small_disk(disk.path()) else {
        return;
    };
    let file = disk.path().join("app.db");
    let database = format!("sqlite://{}", file.display());
    let node = Node::start_inside(&inside, &database, &[]).await;
    // The disk as the server sees it.
    let seen = |name: &str| PathBuf::from(format!("/proc/{}/root{}/{name}", node.id(), disk.path().display()));
    let tokens = node.member("hong_gd").await;
    let login = json!({"user_id": "hong_gd", "password": PASSWORD});

    let mut filling = std::fs::File::create(seen("filling")).unwrap();
    let zeros = std::io::repeat(0).take(64 * 1024 * 1024);
    std::io::copy(&mut { zeros }, &mut filling).unwrap_err();
    drop(filling);
    let mut acknowledged = Vec::new();
    let mut refused = 0;
    for n in 0..200 {
        let user = format!("full_{n}");
        match node.call("/api/auth/signup", &sign_up(&user)).await.0 {
            StatusCode::CREATED => acknowledged.push(user),
            StatusCode::SERVICE_UNAVAILABLE => refused += 1,
            other => panic!("{other}"),
        }
        if refused == 3 {
            break;
        }
    }
    assert_eq!(refused, 3, "it is full at last");
    let why = async || answer(node.get("/readyz")).await.1["code"].as_str().unwrap().to_owned();
    node.until("not ready, for the disk", async || why().await == "unavailable")
        .await;
    // Reading goes on.
    assert_eq!(node.ask("/api/auth/me", &tokens.access).await.0, StatusCode::OK);
    assert!(node.log().contains("full"), "{}", node.log());

    std::fs::remove_file(seen("filling")).unwrap();
    node.until("no longer for the disk", async || why().await == "no_market_data")
        .await;
    node.until("it writes again", async || {
        node.call("/api/auth/login", &login).await.0 == StatusCode::OK
    })
    .await;
    for user in acknowledged {
        let login = json!({"user_id": user, "password": PASSWORD});
        assert_eq!(
            node.call("/api/auth/login", &login).await.0,
            StatusCode::OK,
            "{user} is lost"
        );
    }
    let (status, _) = node
        .call("/api/auth/refresh", &json!({"refresh_token": tokens.refresh}))
        .await;
    assert_eq!(status, StatusCode::OK);
}
