//! Loads a running server and measures it against its budgets; writes `docs/benchmarks.md`.
//! `make bench` calls it through `scripts/bench`.

#![allow(
    clippy::disallowed_methods,
    reason = "the server's rules: this is another program, with a clock and settings of its own"
)]

mod capacity;
mod http;
mod load;
mod machine;
mod measure;
mod process;
mod report;
mod run;
mod server;
mod stats;
mod yardstick;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use tokio::signal::unix::{SignalKind, signal};

use report::Database;

pub type Error = Box<dyn std::error::Error + Send + Sync>;
pub type Result<T> = std::result::Result<T, Error>;

const HELP: &str = "Measures a server against its budgets and writes docs/benchmarks.md.

  load [--quick] [--only sqlite|postgres] [--clean-clone SECONDS] [--out FILE]

  --quick                 a fraction of the time: shows that it works, measures nothing
  --only sqlite|postgres  one database
  --clean-clone SECONDS   what scripts/bench --clean-clone measured
  --out FILE              another file than docs/benchmarks.md

PostgreSQL is measured on TEST_DATABASE_URL, which should be an empty database. SECONDARYMARKET_BIN and
LEPTOS_SITE_ROOT name another server and site than those of the release build.";

/// What was asked for.
struct Arguments {
    quick: bool,
    sqlite: bool,
    postgres: bool,
    clean_clone: Option<f64>,
    out: PathBuf,
}

impl Arguments {
    fn parse(mut words: impl Iterator<Item = String>) -> Result<Option<Self>> {
        let mut arguments = Self {
            quick: false,
            sqlite: true,
            postgres: true,
            clean_clone: None,
            out: PathBuf::from("docs/benchmarks.md"),
        };
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or(format!("{word} needs a value; see --help"));
            match word.as_str() {
                "--help" => return Ok(None),
                "--quick" => arguments.quick = true,
                "--only" => match value()?.as_str() {
                    "sqlite" => arguments.postgres = false,
                    "postgres" => arguments.sqlite = false,
                    other => return Err(format!("--only takes sqlite or postgres, not {other}").into()),
                },
                "--clean-clone" => {
                    let seconds = value()?;
                    let seconds = seconds
                        .parse()
                        .map_err(|_| format!("--clean-clone takes seconds, not {seconds}"))?;
                    arguments.clean_clone = Some(seconds);
                }
                "--out" => arguments.out = value()?.into(),
                other => return Err(format!("{other} is not understood; see --help").into()),
            }
        }
        Ok(Some(arguments))
    }
}

fn main() -> ExitCode {
    if env::args().nth(1).as_deref() == Some("bare") {
        return ended(yardstick::run_bare());
    }
    match Arguments::parse(env::args().skip(1)) {
        Ok(Some(arguments)) => ended(measure_all(&arguments)),
        Ok(None) => {
            println!("{HELP}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn ended(outcome: Result<()>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// One thread for everything: the client shall leave the cores to the server.
fn measure_all(arguments: &Arguments) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut terminated = signal(SignalKind::terminate())?;
        let mut hung_up = signal(SignalKind::hangup())?;
        // Whatever comes first: what was started ends with its values.
        tokio::select! {
            outcome = databases(arguments) => outcome,
            _ = tokio::signal::ctrl_c() => Err("interrupted".into()),
            _ = terminated.recv() => Err("told to stop".into()),
            _ = hung_up.recv() => Err("the terminal is gone".into()),
        }
    })
}

async fn databases(arguments: &Arguments) -> Result<()> {
    let target = absolute(&env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from))?;
    let named = |name, default: PathBuf| env::var_os(name).map_or(default, PathBuf::from);
    let program = run::Program {
        binary: absolute(&named("SECONDARYMARKET_BIN", target.join("release/secondarymarket")))?,
        site: absolute(&named("LEPTOS_SITE_ROOT", target.join("site")))?,
        // Beside the build: a temporary folder may be in memory, where nothing is durable.
        folder: target.join(format!("bench-{}", std::process::id())),
        quick: arguments.quick,
        clean_clone: arguments.clean_clone,
    };
    if !program.binary.is_file() {
        return Err(format!("{} is missing: scripts/build", program.binary.display()).into());
    }
    let machine = machine::Machine::look().await;
    println!("{}", machine.written());
    let _folder = Folder::make(&program.folder)?;

    let mut found = Vec::new();
    if arguments.sqlite {
        let url = format!("sqlite://{}", program.folder.join("bench.db").display());
        found.push(program.measure("SQLite, synchronous=FULL", url).await);
    }
    if arguments.postgres {
        found.push(match env::var("TEST_DATABASE_URL") {
            Ok(url) => program.measure(&postgres_name(&url), url).await,
            Err(_) => Database::missing("PostgreSQL", "TEST_DATABASE_URL is not set and none could be started"),
        });
    }
    let page = report::page(&machine, arguments.quick, &found);
    fs::write(&arguments.out, page)
        .map_err(|error| format!("{} cannot be written: {error}", arguments.out.display()))?;
    println!("{} is written", arguments.out.display());
    if found.iter().any(Database::has_failed) {
        return Err("some of it could not be measured; the page says what".into());
    }
    Ok(())
}

fn absolute(path: &Path) -> Result<PathBuf> {
    Ok(std::path::absolute(path)?)
}

/// The server says itself how durable it is.
fn postgres_name(url: &str) -> String {
    let ask = |what: &str| {
        let output = std::process::Command::new("psql")
            .args(["--no-psqlrc", "-Atc", &format!("SHOW {what}"), url])
            .output();
        output
            .ok()
            .filter(|output| output.status.success())
            .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    match (ask("server_version"), ask("fsync"), ask("synchronous_commit")) {
        (Some(version), Some(fsync), Some(commit)) => {
            let version = version.split_whitespace().next().unwrap_or_default();
            format!("PostgreSQL {version} on the same machine, fsync={fsync}, synchronous_commit={commit}")
        }
        _ => "PostgreSQL".to_owned(),
    }
}

/// A folder that goes when this value does.
struct Folder(PathBuf);

impl Folder {
    fn make(path: &Path) -> Result<Self> {
        fs::create_dir_all(path).map_err(|error| format!("{} cannot be made: {error}", path.display()))?;
        Ok(Self(path.to_owned()))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

    use super::*;

    fn parse(words: &[&str]) -> Result<Option<Arguments>> {
        Arguments::parse(words.iter().map(|word| (*word).to_owned()))
    }

    #[test]
    fn arguments_are_understood_or_refused() {
        let all = parse(&["--quick", "--only", "sqlite", "--clean-clone", "601", "--out", "x.md"]);
        let all = all.unwrap().unwrap();
        assert!(all.quick && all.sqlite && !all.postgres && all.out == Path::new("x.md"));
        assert!(parse(&["--help"]).unwrap().is_none());
        for wrong in [
            &["--fast"][..],
            &["--only"],
            &["--only", "mysql"],
            &["--clean-clone", "soon"],
            &["--out"],
        ] {
            assert!(parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
