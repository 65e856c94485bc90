//! Databases for tests: each test gets its own, brought up to date, and drops it afterwards.

use std::{
    hash::{BuildHasher, RandomState},
    sync::atomic::{AtomicU32, Ordering},
};

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, postgres::PgConnectOptions};

use crate::server::store::{Db, read, write};

/// Connections enough for a test that races with itself.
const CONNECTIONS: u32 = 4;

/// A database of a test's own.
#[derive(Debug)]
pub struct TestDb {
    pub db: Db,
    /// What `DATABASE_URL` would be.
    pub url: String,
    origin: Origin,
}

#[derive(Debug)]
enum Origin {
    /// Deleted with its folder.
    Sqlite(Folder),
    Postgres {
        server: Box<PgConnectOptions>,
        name: String,
    },
}

/// A folder that goes when it is dropped.
#[derive(Debug)]
struct Folder(std::path::PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl TestDb {
    /// An empty `SQLite` database in a folder of its own.
    pub async fn sqlite() -> Self {
        Self::sqlite_in(&std::env::temp_dir()).await
    }

    /// The same in memory, where the machine has such a folder: for small databases with very many
    /// writes, each of which would wait for the disk.
    pub async fn volatile() -> Self {
        let memory = std::path::Path::new("/dev/shm");
        if memory.is_dir() {
            Self::sqlite_in(memory).await
        } else {
            Self::sqlite().await
        }
    }

    /// # Panics
    /// When it cannot be made: the test cannot go on.
    #[expect(clippy::expect_used, reason = "only tests come here")]
    async fn sqlite_in(folder: &std::path::Path) -> Self {
        let folder = Folder(folder.join(unique_name()));
        let url = format!("sqlite://{}", folder.0.join("test.db").display());
        let db = opened(&url).await.expect("a SQLite database for the test");
        Self {
            db,
            url,
            origin: Origin::Sqlite(folder),
        }
    }

    /// An empty database on the server that `TEST_DATABASE_URL` names. `None`, and a line that
    /// says so, without the variable.
    ///
    /// # Panics
    /// When it cannot be made although the variable is set.
    #[expect(clippy::expect_used, reason = "only tests come here")]
    pub async fn postgres() -> Option<Self> {
        let Some(server_url) = server_url() else {
            eprintln!("skipped: PostgreSQL, because TEST_DATABASE_URL is not set");
            return None;
        };
        let server: PgConnectOptions = server_url.parse().expect("TEST_DATABASE_URL is a URL");
        let name = unique_name();
        on_server(&server, format!("CREATE DATABASE {name}"))
            .await
            .expect("a PostgreSQL database for the test");
        let url = server.clone().database(&name).to_url_lossy().to_string();
        let db = opened(&url).await.expect("the test's PostgreSQL database");
        Some(Self {
            db,
            url,
            origin: Origin::Postgres {
                server: Box::new(server),
                name,
            },
        })
    }

    /// One of each kind that there is.
    pub async fn all() -> Vec<Self> {
        let mut all = vec![Self::sqlite().await];
        all.extend(Self::postgres().await);
        all
    }

    /// How many rows of each table belong to a user.
    ///
    /// # Panics
    /// When the database does not answer.
    #[expect(clippy::expect_used, reason = "only tests come here")]
    pub async fn belongings(db: &Db, user_id: i64) -> Vec<(&'static str, i64)> {
        const TABLES: [(&str, &str); 7] = [
            ("users", "SELECT count(*) FROM users WHERE id = $1"),
            ("consents", "SELECT count(*) FROM consents WHERE user_id = $1"),
            (
                "refresh_tokens",
                "SELECT count(*) FROM refresh_tokens WHERE user_id = $1",
            ),
            ("known_devices", "SELECT count(*) FROM known_devices WHERE user_id = $1"),
            (
                "watchlist_items",
                "SELECT count(*) FROM watchlist_items WHERE user_id = $1",
            ),
            ("saved_screens", "SELECT count(*) FROM saved_screens WHERE user_id = $1"),
            ("login_history", "SELECT count(*) FROM login_history WHERE user_id = $1"),
        ];
        let mut rows = Vec::new();
        for (table, count) in TABLES {
            let counted = async {
                Ok::<i64, sqlx::Error>(read!(db, |pool| sqlx::query_scalar(count)
                    .bind(user_id)
                    .fetch_one(pool)
                    .await?))
            };
            rows.push((table, counted.await.expect("the rows of a user can be counted")));
        }
        rows
    }

    /// How many rows a table has.
    ///
    /// # Panics
    /// When it cannot be asked: the test cannot go on.
    #[expect(clippy::expect_used, reason = "only tests come here")]
    pub async fn count(&self, table: &'static str) -> i64 {
        let sql = AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        let count: sqlx::Result<i64> = read!(&self.db, |pool| sqlx::query_scalar(sql).fetch_one(pool).await);
        count.expect("a table that can be counted")
    }

    /// Takes a table away, so that every statement about it fails.
    pub async fn take_away(&self, table: &'static str) {
        self.rename(table, &format!("{table}_away")).await;
    }

    /// Brings back what [`TestDb::take_away`] took.
    pub async fn bring_back(&self, table: &'static str) {
        self.rename(&format!("{table}_away"), table).await;
    }

    #[expect(clippy::expect_used, reason = "only tests come here")]
    async fn rename(&self, from: &str, to: &str) {
        let sql = AssertSqlSafe(format!("ALTER TABLE {from} RENAME TO {to}"));
        let renamed = write!(&self.db, |pool| sqlx::raw_sql(sql).execute(pool).await.map(drop));
        renamed.expect("a table that can be renamed");
    }

    /// So many attempts to sign in, by nobody.
    ///
    /// # Panics
    /// When they cannot be written.
    #[expect(clippy::expect_used, reason = "only tests come here")]
    pub async fn fill_login_history(&self, rows: i64, login_at: time::OffsetDateTime) {
        const SQL: &str = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $1) \
            INSERT INTO login_history (success, ip_address, user_agent, login_at) SELECT FALSE, '', '', $2 FROM n";
        let filled: sqlx::Result<()> = write!(&self.db, |pool| sqlx::query(SQL)
            .bind(rows)
            .bind(crate::server::store::Timestamp(login_at))
            .execute(pool)
            .await
            .map(drop));
        filled.expect("rows that can be written");
    }

    /// As if a program had run a migration of that number.
    ///
    /// # Panics
    /// When it cannot be written.
    #[expect(clippy::expect_used, reason = "only tests come here")]
    pub async fn pretend_migration(&self, version: i64) {
        const SQL: &str = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
            SELECT $1, 'another', TRUE, checksum, 0 FROM _sqlx_migrations WHERE version = 1";
        let written: sqlx::Result<()> = write!(&self.db, |pool| sqlx::query(SQL)
            .bind(version)
            .execute(pool)
            .await
            .map(drop));
        written.expect("a migration that can be noted");
    }

    /// Makes it a database on which no migration ever ran.
    ///
    /// # Panics
    /// When that cannot be done.
    #[expect(clippy::expect_used, reason = "only tests come here")]
    pub async fn empty(&self) {
        match &self.origin {
            Origin::Sqlite(folder) => {
                self.db.close().await;
                std::fs::remove_file(folder.0.join("test.db")).expect("the database's file");
            }
            Origin::Postgres { .. } => {
                const SQL: &str = "DROP SCHEMA public CASCADE; CREATE SCHEMA public";
                let emptied = write!(&self.db, |pool| sqlx::raw_sql(SQL).execute(pool).await.map(drop));
                emptied.expect("a schema that can be dropped");
            }
        }
    }

    /// Ends all connections to a PostgreSQL database, as its server's end would.
    ///
    /// # Panics
    /// When that cannot be done, or there is no such server.
    #[expect(clippy::expect_used, reason = "only tests come here")]
    pub async fn cut_connections(&self) {
        if let Origin::Postgres { server, name } = &self.origin {
            let cut = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
            on_server(server, cut).await.expect("connections that can be ended");
        }
    }

    /// Closes the connections and drops the database.
    pub async fn clean_up(self) {
        self.db.close().await;
        if let Origin::Postgres { server, name } = self.origin {
            // A test that passed has passed, whatever becomes of its database.
            let _ = on_server(&server, format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

async fn opened(url: &str) -> Result<Db, crate::server::store::OpenError> {
    let db = Db::open(url, CONNECTIONS).await?;
    db.migrate().await?;
    Ok(db)
}

async fn on_server(server: &PgConnectOptions, statement: String) -> Result<(), sqlx::Error> {
    let mut connection = server.connect().await?;
    // The statement holds nothing but a name that was made here.
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
    connection.close().await
}

#[expect(
    clippy::disallowed_methods,
    reason = "how tests learn of the server that was started for them"
)]
fn server_url() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())
}

/// A name that no other test has, nor one that was killed before it could clean up.
fn unique_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let random = RandomState::new().hash_one(std::process::id());
    format!("secondarymarket_test_{random:016x}_{count}")
}
