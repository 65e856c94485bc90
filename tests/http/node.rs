//! Servers as processes of their own: what one is, its end included, cannot be seen from inside.

use std::{
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use reqwest::StatusCode;
use tempfile::TempDir;

use crate::app::{Caller, SECRET};

/// How long a server may take for anything that it does by itself; on a machine that is busy.
pub const PATIENCE: Duration = Duration::from_secs(30);

pub struct Node {
    pub caller: Caller,
    process: Child,
    /// Its working folder: an empty site and its log.
    folder: TempDir,
}

impl std::ops::Deref for Node {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl Node {
    /// Starts a server on a database, with settings over the tests' own, and waits until it answers.
    pub async fn start(database: &str, settings: &[(&str, &str)]) -> Self {
        Self::start_inside(&[], database, settings).await
    }

    /// The same by another program that starts this one, such as `unshare`.
    pub async fn start_inside(starter: &[String], database: &str, settings: &[(&str, &str)]) -> Self {
        let node = Self::launch_inside(starter, database, settings);
        node.until("the server answers", async || {
            node.get("/healthz")
                .send()
                .await
                .is_ok_and(|answer| answer.status() == StatusCode::OK)
        })
        .await;
        node
    }

    /// The same without waiting.
    pub fn launch(database: &str, settings: &[(&str, &str)]) -> Self {
        Self::launch_inside(&[], database, settings)
    }

    fn launch_inside(starter: &[String], database: &str, settings: &[(&str, &str)]) -> Self {
        let program = env!("CARGO_BIN_EXE_secondarymarket").to_owned();
        let mut words = starter.iter().cloned().chain([program]);
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("site/pkg")).unwrap();
        let log = std::fs::File::create(folder.path().join("log")).unwrap();
        let address = free_address();
        let own = [
            ("DATABASE_URL", database),
            ("LEPTOS_SITE_ADDR", &address),
            ("LEPTOS_SITE_ROOT", "site"),
            ("JWT_SECRET_KEY", SECRET),
            ("LISTINGS_SOURCE", "file"),
            ("RATE_LIMIT_ENABLED", "false"),
            ("ARGON2_MEMORY_KIB", "64"),
            ("ARGON2_ITERATIONS", "1"),
        ];
        let process = Command::new(words.next().unwrap())
            .args(words)
            .current_dir(folder.path())
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .envs(own)
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        Self {
            caller: Caller::new(format!("http://{address}")),
            process,
            folder,
        }
    }

    /// Waits until `is_so`, and fails with the log when it takes too long.
    pub async fn until(&self, what: &str, is_so: impl AsyncFn() -> bool) {
        let begun = Instant::now();
        while !is_so().await {
            assert!(begun.elapsed() < PATIENCE, "not so: {what}\n{}", self.log_end());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn is_ready(&self) -> bool {
        self.get("/readyz")
            .send()
            .await
            .is_ok_and(|answer| answer.status() == StatusCode::OK)
    }

    pub async fn until_ready(&self) {
        self.until("the server is ready", || self.is_ready()).await;
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    /// Its last lines.
    fn log_end(&self) -> String {
        let log = self.log();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// SIGKILL: nothing of it gets to tidy up.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// SIGTERM, as supervisors stop a server.
    pub fn tell_to_stop(&self) {
        signal("TERM", self.id());
    }

    /// Its exit status, once it has ended.
    pub async fn ended(&mut self) -> Option<i32> {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status.code();
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end\n{}", self.log_end());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The memory that it holds, in KiB.
    pub fn resident_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub fn signal(name: &str, process: u32) {
    let sent = Command::new("kill")
        .arg(format!("-{name}"))
        .arg(process.to_string())
        .status();
    assert!(sent.unwrap().success(), "kill -{name} {process}");
}

/// An address that was free a moment ago.
pub fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .to_string()
}

/// Runs a command of the program on a database; it must succeed.
pub fn operator(database: &str, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_secondarymarket"))
        .args(arguments)
        .current_dir(std::env::temp_dir())
        .env_clear()
        .envs([("DATABASE_URL", database), ("JWT_SECRET_KEY", SECRET)])
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

/// Imports a day's market as the operator does.
pub fn import(database: &str, rows: &str, as_of: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file: PathBuf = folder.path().join(format!("listing_krx_{as_of}.csv"));
    std::fs::write(&file, rows).unwrap();
    operator(database, &["import", "--force", file.to_str().unwrap()]);
}
