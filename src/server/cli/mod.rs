//! The command line, one file a command. Exit code 0: done; 1: could not be done; 2: wrong usage
//! or settings.

mod backup;
mod calendar;
mod copy_database;
mod demo;
mod healthcheck;
mod import;
mod import_users;
mod progress;
mod serve;
mod sync;
mod user;

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use clap::{Parser, Subcommand};
use secrecy::ExposeSecret as _;

use crate::server::{
    auth::{Auth, KeyError, Keys},
    clock::{Clock, SystemClock},
    config::{Config, Fault},
    error::Error,
    random::{OsRandomness, SharedRandomness},
    store::{Db, OpenError, backup::BackupError, copy::CopyError, original::OriginalError},
};

/// The Korean stock market, self-hosted. Without a command: serve.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Settings come from the environment and from .env in the working folder; .env.example lists them."
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve pages and API
    Serve,
    /// Bring the database up to date
    Migrate,
    /// Fill an empty database with the made-up market, of a day of your choice
    Demo(demo::Arguments),
    /// Load market data from files
    Import(import::Arguments),
    /// Fetch market data from the source of the settings: the newest day, or a range
    Sync(sync::Arguments),
    /// See when the exchange trades, and say what you know better
    #[command(subcommand)]
    Calendar(calendar::Command),
    /// See and manage accounts
    #[command(subcommand)]
    User(user::Command),
    /// Write the whole SQLite database into one file, also while the server runs
    Backup(backup::Backup),
    /// Put such a file in the place of the database; what was there is kept
    Restore(backup::Restore),
    /// Copy an installation from SQLite to PostgreSQL
    CopyDatabase(copy_database::Arguments),
    /// Take over the users of the original application, with their passwords
    ImportUsers(import_users::Arguments),
    /// Ask the server of these settings whether it is ready
    Healthcheck,
    /// Check the settings and say what they come to
    CheckConfig,
}

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("{}", lines(.0))]
    Settings(Vec<Fault>),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Original(#[from] OriginalError),
    #[error(transparent)]
    Copy(#[from] CopyError),
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error("the database does not answer properly: {0}")]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Service(#[from] Error),
    #[error("{0}")]
    Other(String),
}

fn lines(faults: &[Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
    lines.join("\n")
}

impl Failure {
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Settings(_) | Self::Key(_) => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}

/// Runs the command that the program was called with.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match start(arguments.command.unwrap_or(Command::Serve)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            failure.exit_code()
        }
    }
}

fn start(command: Command) -> Result<(), Failure> {
    // This one names its databases itself: the settings may be those of before, or of after.
    let config = match command {
        Command::CopyDatabase(_) => None,
        _ => Some(Config::from_environment().map_err(Failure::Settings)?),
    };
    // A server with one worker can stop in the middle of a streamed page.
    let workers = std::thread::available_parallelism().map_or(2, |cores| cores.get().max(2));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(workers)
        .enable_all()
        .build()
        .map_err(|error| Failure::Other(format!("the program cannot start its threads: {error}")))?;
    runtime.block_on(async {
        match (command, config) {
            (Command::CopyDatabase(arguments), _) => copy_database::run(arguments).await,
            (command, Some(config)) => carry_out(command, config).await,
            (_, None) => Ok(()),
        }
    })
}

async fn carry_out(command: Command, config: Config) -> Result<(), Failure> {
    match command {
        Command::Serve => serve::run(config).await,
        Command::Migrate => {
            open(&config).await?.close().await;
            println!("The database is up to date.");
            Ok(())
        }
        Command::Demo(arguments) => demo::run(&open(&config).await?, SystemClock.now(), arguments).await,
        Command::Import(arguments) => import::run(&open(&config).await?, SystemClock.now(), arguments).await,
        Command::Sync(arguments) => {
            let source = sync::source(&config, arguments.calls())?;
            sync::run(&open(&config).await?, source, arguments).await
        }
        Command::Calendar(command) => calendar::run(&open(&config).await?, command).await,
        Command::User(command) => user::run(&auth(config).await?, command).await,
        Command::Backup(arguments) => backup::back_up(&open_as_is(&config).await?, arguments).await,
        Command::Restore(arguments) => backup::restore(&config, arguments).await,
        Command::CopyDatabase(arguments) => copy_database::run(arguments).await,
        Command::ImportUsers(arguments) => {
            let db = if arguments.dry_run {
                open_as_is(&config).await?
            } else {
                open(&config).await?
            };
            import_users::run(&auth_on(db, config)?, arguments).await
        }
        Command::Healthcheck => healthcheck::run(&config).await,
        Command::CheckConfig => {
            // A key that is there must be one; none is made.
            if config.jwt_secret_key.is_none() && Keys::file(&config).is_some_and(|file| file.exists()) {
                Keys::load(&config, &*randomness())?;
            }
            println!("{}", summary(&config));
            if let Some(warning) = incomplete(&config.operator.missing()) {
                println!("{warning}");
            }
            Ok(())
        }
    }
}

/// The database of the settings, with an up-to-date schema.
async fn open(config: &Config) -> Result<Db, Failure> {
    let db = Db::open(config.database_url.expose_secret(), config.database_max_connections).await?;
    db.migrate().await?;
    Ok(db)
}

/// The database of the settings as it is; one that is not there is not made.
async fn open_as_is(config: &Config) -> Result<Db, Failure> {
    if let Some(file) = config.sqlite_file().filter(|file| !file.exists()) {
        return Err(BackupError::Missing(file).into());
    }
    Ok(Db::open(config.database_url.expose_secret(), config.database_max_connections).await?)
}

/// The services for accounts, on the database of the settings.
async fn auth(config: Config) -> Result<Auth, Failure> {
    let db = open(&config).await?;
    auth_on(db, config)
}

fn auth_on(db: Db, config: Config) -> Result<Auth, Failure> {
    let random = randomness();
    let keys = Keys::load(&config, &*random)?;
    Ok(Auth::new(db, Arc::new(SystemClock), random, Arc::new(config), &keys)?)
}

/// The operating system's randomness, shared.
fn randomness() -> SharedRandomness {
    Arc::new(OsRandomness)
}

/// What the operator should say before others use the server; nothing needs it to run.
fn incomplete(missing: &[&str]) -> Option<String> {
    (!missing.is_empty()).then(|| {
        format!(
            "Warning: /terms and /privacy show marked gaps, because these settings are empty: {}.",
            missing.join(", ")
        )
    })
}

/// What the settings come to, without secrets.
fn summary(config: &Config) -> String {
    let database = config.sqlite_file().map_or_else(
        || "PostgreSQL".to_owned(),
        |file: PathBuf| format!("SQLite, {}", file.display()),
    );
    let key = if config.jwt_secret_key.is_some() {
        "from JWT_SECRET_KEY"
    } else {
        "in a file beside the database"
    };
    format!(
        "The settings are valid.\n  address     {}\n  public URL  {}\n  database    {database}\n  secret key  {key}\n  listings    {}",
        config.site_addr,
        config.public_origin(),
        config.listings_source.name()
    )
}
