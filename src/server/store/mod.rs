//! The database: one file a table with its SQL. Nothing else in the program holds SQL.
//!
//! Each statement is written once, with `$1` placeholders that both engines understand, and run
//! on either pool by the macros [`read!`], [`write!`] and [`transaction!`].

mod migrations;
mod timestamp;

pub mod aliases;
pub mod backup;
pub mod calendar;
pub mod consents;
pub mod copy;
pub mod daily_bars;
pub mod delistings;
pub mod flags;
pub mod health;
pub mod imports;
pub mod index_bars;
pub mod instruments;
pub mod known_devices;
pub mod leadership;
pub mod login_failures;
pub mod login_history;
pub mod notices;
pub mod original;
pub mod quarantine;
pub mod rate_limits;
pub mod refresh_tokens;
pub mod refusals;
pub mod saved_screens;
#[doc(hidden)]
pub mod testing;
pub mod users;
pub mod watchlist;

use std::{os::unix::fs::OpenOptionsExt as _, path::Path, str::FromStr, time::Duration};

use sqlx::{
    Connection as _, PgConnection, PgPool, SqliteConnection, SqlitePool,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

pub use timestamp::Timestamp;

/// How long a request waits for a connection before it is answered with 503.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a PostgreSQL may take to answer at the start.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long SQLite waits for another process's write lock (the command line beside a server).
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The database that the settings name.
#[derive(Debug, Clone)]
pub enum Db {
    Sqlite(Sqlite),
    Postgres(PgPool),
}

/// SQLite in WAL mode: readers beside one writer, so that it is never "locked" by ourselves.
#[derive(Debug, Clone)]
pub struct Sqlite {
    readers: SqlitePool,
    writer: SqlitePool,
}

/// How many connections there are, and may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    pub used: u32,
    pub idle: u32,
    pub max: u32,
}

/// Runs a statement that only reads.
macro_rules! read {
    ($db:expr, |$pool:ident| $body:expr) => {
        match $db {
            $crate::server::store::Db::Sqlite(sqlite) => {
                let $pool = &sqlite.readers;
                $body
            }
            $crate::server::store::Db::Postgres($pool) => $body,
        }
    };
}

/// Runs one statement that writes.
macro_rules! write {
    ($db:expr, |$pool:ident| $body:expr) => {
        match $db {
            $crate::server::store::Db::Sqlite(sqlite) => {
                let $pool = &sqlite.writer;
                $body
            }
            $crate::server::store::Db::Postgres($pool) => $body,
        }
    };
}

/// Runs several statements as one transaction; an early return or `?` rolls it back.
/// SQLite takes its write lock at once, because a reader that turns writer can fail.
macro_rules! transaction {
    ($db:expr, |$tx:ident| $body:expr) => {
        match $db {
            $crate::server::store::Db::Sqlite(sqlite) => {
                let mut $tx = sqlite.writer.begin_with("BEGIN IMMEDIATE").await?;
                let out = $body;
                $tx.commit().await?;
                out
            }
            $crate::server::store::Db::Postgres(pool) => {
                let mut $tx = pool.begin().await?;
                let out = $body;
                $tx.commit().await?;
                out
            }
        }
    };
}

/// Deletes at most [`PURGE_STEP`] rows: `$1` of the statement is `until`, `$2` the step. Gives how
/// many there were. The statement says its condition twice: a row that was renewed between the look
/// and the deletion stays.
macro_rules! purge_step {
    ($db:expr, $sql:expr, $until:expr) => {
        Ok($crate::server::store::write!($db, |pool| {
            sqlx::query($sql)
                .bind($until)
                .bind($crate::server::store::PURGE_STEP)
                .execute(pool)
                .await?
                .rows_affected()
        }))
    };
}

pub(in crate::server::store) use {purge_step, read, transaction, write};

/// What is over is deleted so many rows at a time, so that nobody waits long behind it.
pub const PURGE_STEP: i64 = 1_000;

/// Why the database could not be opened or brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the database file {file} cannot be made or written: {source}")]
    File { file: String, source: std::io::Error },
    #[error("the database cannot be opened: {0}")]
    Connect(#[from] sqlx::Error),
    #[error(
        "the database was made by a newer program (migration {found}; this one knows up to {known}): run that program, or restore a copy from before"
    )]
    Newer { found: i64, known: i64 },
    #[error(
        "migration {0} of the database is not the one that this program has: it was made by another build; run that one, or restore a copy"
    )]
    Differs(i64),
    #[error("migration {0} was begun and not finished: restore the copy from before it, and migrate again")]
    Unfinished(i64),
    #[error("the database could not be brought up to date: {0}")]
    Migrate(sqlx::migrate::MigrateError),
}

impl Db {
    /// Opens the database at `url` (`sqlite://FILE` or `postgres://…`), making a SQLite file and
    /// its folder when they are missing. Does not migrate.
    pub async fn open(url: &str, max_connections: u32) -> Result<Self, OpenError> {
        if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url)?
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                // A rotation that was acknowledged must survive a power cut.
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(BUSY_TIMEOUT);
            make_private(options.get_filename())?;
            let writer = SqlitePoolOptions::new()
                .max_connections(1)
                .acquire_timeout(ACQUIRE_TIMEOUT)
                .after_release(|connection, _| Box::pin(is_sound(connection)))
                .connect_with(options.clone())
                .await?;
            let readers = SqlitePoolOptions::new()
                .max_connections(max_connections)
                .acquire_timeout(ACQUIRE_TIMEOUT)
                .connect_lazy_with(options.read_only(true).create_if_missing(false));
            Ok(Self::Sqlite(Sqlite { readers, writer }))
        } else {
            // One attempt of its own: a pool would only say that it waited in vain.
            tokio::time::timeout(CONNECT_TIMEOUT, PgConnection::connect(url))
                .await
                .unwrap_or(Err(sqlx::Error::PoolTimedOut))?
                .close()
                .await?;
            let pool = PgPoolOptions::new()
                .max_connections(max_connections)
                .acquire_timeout(ACQUIRE_TIMEOUT)
                .connect(url)
                .await?;
            Ok(Self::Postgres(pool))
        }
    }

    /// Brings the schema up to date. Running it again does nothing.
    pub async fn migrate(&self) -> Result<(), OpenError> {
        migrations::run(self).await
    }

    /// Asks the database for a sign of life.
    pub async fn ping(&self) -> Result<(), sqlx::Error> {
        const PING: &str = "SELECT count(*) FROM users WHERE id < 0";
        read!(self, |pool| {
            sqlx::query(PING).execute(pool).await?;
        });
        Ok(())
    }

    /// How the connections stand.
    #[must_use]
    pub fn connections(&self) -> Connections {
        fn of<D: sqlx::Database>(pool: &sqlx::Pool<D>) -> Connections {
            let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX);
            Connections {
                used: pool.size().saturating_sub(idle),
                idle,
                max: pool.options().get_max_connections(),
            }
        }
        match self {
            Self::Sqlite(sqlite) => {
                let (readers, writer) = (of(&sqlite.readers), of(&sqlite.writer));
                Connections {
                    used: readers.used + writer.used,
                    idle: readers.idle + writer.idle,
                    max: readers.max + writer.max,
                }
            }
            Self::Postgres(pool) => of(pool),
        }
    }

    /// Closes every connection, after the statements under way.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(sqlite) => {
                sqlite.readers.close().await;
                sqlite.writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Whether a connection may be used again. When a commit fails (a full disk), SQLite has rolled back
/// by itself, and the driver believes for ever that it is in a transaction: nothing more could be
/// written.
async fn is_sound(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // A rollback may still be on its way.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// Makes the database's folder and file when they are missing. Nobody but the owner may read the
/// file: it holds addresses and password hashes. SQLite gives its side files the same mode.
fn make_private(file: &Path) -> Result<(), OpenError> {
    let fault = |source| OpenError::File {
        file: file.display().to_string(),
        source,
    };
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(fault)?;
    }
    std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(file)
        .map(drop)
        .map_err(fault)
}

#[cfg(test)]
mod schema_tests;

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[tokio::test]
    async fn the_database_file_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new/app.db");
        let db = Db::open(&format!("sqlite://{}", file.display()), 1).await.unwrap();
        db.migrate().await.unwrap();
        let names = std::fs::read_dir(file.parent().unwrap()).unwrap();
        let mut files = 0;
        for entry in names {
            let mode = entry.unwrap().metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0);
            files += 1;
        }
        assert!(files >= 2, "the log is there, too");
        db.close().await;
    }
}
