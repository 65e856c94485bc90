//! The server that is measured: its settings, its start, and the accounts that the load needs.

use std::{
    env,
    fs::{self, File},
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    Result,
    http::{Connection, request},
    process::Process,
    yardstick::Argon2Parameters,
};

/// Of every account.
pub const PASSWORD: &str = "Quartz-Zebra-71!";
/// A first start makes a market.
const START: Duration = Duration::from_mins(1);
/// The made-up market's past is written behind it; a debug build takes its time.
const PAST: Duration = Duration::from_mins(5);

/// Where everything is, and on which database.
pub struct Setting {
    pub binary: PathBuf,
    pub site: PathBuf,
    /// Of this run alone: the SQLite file, the log.
    pub folder: PathBuf,
    pub database_url: String,
    /// `demo`, or `file`: no market of its own.
    pub source: &'static str,
}

/// A running server.
pub struct Server {
    pub process: Process,
    pub address: SocketAddr,
    log: PathBuf,
}

impl Setting {
    pub fn is_sqlite(&self) -> bool {
        self.database_url.starts_with("sqlite:")
    }

    pub fn has_site(&self) -> bool {
        self.site.join("pkg/secondarymarket.css").is_file()
    }

    /// The program with the settings of this run: the developer's own have no part in it. With
    /// `core` it has only that one.
    pub fn command(&self, address: SocketAddr, core: Option<usize>) -> Command {
        let mut command = match core {
            Some(core) => {
                let mut command = Command::new("taskset");
                command.args(["-c", &core.to_string()]).arg(&self.binary);
                command
            }
            None => Command::new(&self.binary),
        };
        let Argon2Parameters {
            memory_kib,
            iterations,
            parallelism,
        } = Argon2Parameters::DEFAULT;
        command.env_clear().current_dir(&self.folder);
        for name in ["PATH", "HOME", "LANG", "TMPDIR"] {
            if let Some(value) = env::var_os(name) {
                command.env(name, value);
            }
        }
        command
            .env("LEPTOS_SITE_ADDR", address.to_string())
            .env("LEPTOS_SITE_ROOT", &self.site)
            .env("PUBLIC_URL", format!("http://{address}"))
            .env("DATABASE_URL", &self.database_url)
            .env("JWT_SECRET_KEY", "only for this measurement: 0123456789abcdef")
            .env("LISTINGS_SOURCE", self.source)
            .env("ARGON2_MEMORY_KIB", memory_kib.to_string())
            .env("ARGON2_ITERATIONS", iterations.to_string())
            .env("ARGON2_PARALLELISM", parallelism.to_string())
            // All of the load is one client.
            .env("RATE_LIMIT_ENABLED", "false");
        command
    }

    /// Starts it and waits until it is ready: the database answers and a market is loaded. Says how
    /// long that took, in milliseconds.
    pub async fn start(&self, core: Option<usize>) -> Result<(Server, f64)> {
        let address = free_address()?;
        let log = self.folder.join("server.log");
        let begun = Instant::now();
        let process = Process::start(
            self.command(address, core)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(File::create(&log)?),
        )?;
        let mut server = Server { process, address, log };
        while !server.is_ready().await {
            server
                .process
                .must_run()
                .map_err(|error| format!("{error}; {}", server.last_words()))?;
            if begun.elapsed() > START {
                return Err(format!("the server is not ready after a minute; {}", server.last_words()).into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok((server, begun.elapsed().as_secs_f64() * 1e3))
    }
}

impl Server {
    pub async fn stop(self) -> Result<()> {
        self.process.stop().await
    }

    async fn is_ready(&self) -> bool {
        let Ok(mut connection) = Connection::open(self.address).await else {
            return false;
        };
        let asked = connection.send(&request("GET", "/readyz", &[], None)).await;
        asked.is_ok_and(|answer| answer.status == 200)
    }

    /// Waits until a fresh server has written the past of its made-up market, so that this does not
    /// run beside what is measured.
    pub async fn has_past(&mut self) -> Result<()> {
        let begun = Instant::now();
        while !fs::read_to_string(&self.log)?.contains("the made-up market has its past") {
            self.process.must_run()?;
            if begun.elapsed() > PAST {
                return Err("the made-up market has no past after five minutes".into());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(())
    }

    fn last_words(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        log.lines().last().unwrap_or("it logged nothing").to_owned()
    }
}

/// An address that nobody listens on.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// A device that is signed in.
#[derive(Clone)]
pub struct Device {
    pub user_id: String,
    pub access_token: String,
    pub refresh_token: String,
}

/// The body of a sign-in.
pub fn sign_in_body(user_id: &str) -> String {
    format!(r#"{{"user_id":"{user_id}","password":"{PASSWORD}"}}"#)
}

/// Makes `count` accounts and signs each in. `series` tells them from those of other calls.
pub async fn sign_up_and_in(server: &Server, series: &str, count: usize) -> Result<Vec<Device>> {
    // Enough to keep all cores at hashing; few enough that nobody is turned away.
    const AT_ONCE: usize = 8;
    let mut tasks = tokio::task::JoinSet::new();
    for worker in 0..AT_ONCE.min(count) {
        let mut connection = Connection::open(server.address).await?;
        let series = series.to_owned();
        tasks.spawn(async move {
            let mut devices = Vec::new();
            for number in (worker..count).step_by(AT_ONCE) {
                devices.push(sign_one_up_and_in(&mut connection, &format!("{series}_{number}")).await?);
            }
            Ok::<_, crate::Error>(devices)
        });
    }
    let mut devices = Vec::new();
    while let Some(made) = tasks.join_next().await {
        devices.extend(made??);
    }
    Ok(devices)
}

async fn sign_one_up_and_in(connection: &mut Connection, user_id: &str) -> Result<Device> {
    let body = format!(
        r#"{{"user_id":"{user_id}","email":"{user_id}@example.com","name":"Bench","password":"{PASSWORD}","password_confirm":"{PASSWORD}","agree":true}}"#
    );
    let answer = connection
        .send(&request("POST", "/api/auth/signup", &[], Some(&body)))
        .await?;
    if answer.status != 201 {
        return Err(format!("sign-up of {user_id}: {} {}", answer.status, answer.text()).into());
    }
    let body = sign_in_body(user_id);
    let answer = connection
        .send(&request("POST", "/api/auth/login", &[], Some(&body)))
        .await?;
    if answer.status != 200 {
        return Err(format!("sign-in of {user_id}: {} {}", answer.status, answer.text()).into());
    }
    Ok(Device {
        user_id: user_id.to_owned(),
        access_token: answer.member("access_token")?,
        refresh_token: answer.member("refresh_token")?,
    })
}
