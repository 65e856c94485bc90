//! A SQLite installation, whole, in a PostgreSQL database: every row with its id, in one
//! transaction, counted on both sides.

use std::path::Path;

use futures_util::TryStreamExt as _;
use sqlx::{
    AssertSqlSafe, Connection as _, PgConnection, Postgres, QueryBuilder, Row as _, SqliteConnection,
    query_builder::Separated,
    sqlite::{SqliteConnectOptions, SqliteRow},
};
use time::Date;

use super::{Db, Timestamp, migrations};

/// Every table, each after those that it refers to. A test holds it against the schema.
pub const TABLES: [&str; 19] = [
    "users",
    "consents",
    "refresh_tokens",
    "login_history",
    "known_devices",
    "login_failures",
    "rate_limits",
    "watchlist_items",
    "saved_screens",
    "import_runs",
    "import_refusals",
    "quarantined_rows",
    "instruments",
    "instrument_aliases",
    "instrument_flags",
    "daily_bars",
    "delistings",
    "index_bars",
    "trading_calendar",
];

/// PostgreSQL takes 65,535 values a statement; no table here has more than thirty columns.
const ROWS_A_STATEMENT: usize = 2_000;

/// Why nothing was copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    #[error("{0}: is not there, or cannot be read")]
    Missing(String),
    #[error(
        "{file}: its schema is that of migration {found}, this program's that of {known}: run `secondarymarket migrate` on it first, or take the program that made it"
    )]
    NotMigrated { file: String, found: i64, known: i64 },
    #[error("the database to copy to is not PostgreSQL: name it as postgres://USER:PASSWORD@HOST/DATABASE")]
    NotPostgres,
    #[error("the database to copy to is not empty (table {table}): make a new one, as by `createdb`")]
    NotEmpty { table: String },
    #[error("{table}.{column}: rows of the type {kind} cannot be copied")]
    Kind {
        table: &'static str,
        column: String,
        kind: String,
    },
    #[error("{table}: {found} rows arrived of {expected}; nothing was kept")]
    Lost {
        table: &'static str,
        expected: i64,
        found: i64,
    },
    #[error("{table}: {source}; nothing was kept")]
    Table { table: &'static str, source: sqlx::Error },
    #[error("the databases do not answer properly: {0}; nothing was kept")]
    Database(#[from] sqlx::Error),
}

/// How many rows a table has now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    pub table: &'static str,
    pub rows: i64,
}

/// A column of the target, by what travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Integer,
    Small,
    Text,
    Boolean,
    Instant,
    Day,
}

/// A SQLite database that is read as it is at one moment, and never changed.
#[derive(Debug)]
pub struct Source(SqliteConnection);

impl Source {
    /// Opens the file; it is not made.
    pub async fn open(file: &Path) -> Result<Self, CopyError> {
        let missing = || CopyError::Missing(file.display().to_string());
        if !file.is_file() {
            return Err(missing());
        }
        // Not immutable: a server may have left a log that belongs to it.
        let options = SqliteConnectOptions::new()
            .filename(file)
            .read_only(true)
            .create_if_missing(false);
        let mut connection = SqliteConnection::connect_with(&options).await.map_err(|_| missing())?;
        let found: i64 = sqlx::query_scalar(migrations::FOUND)
            .fetch_one(&mut connection)
            .await
            .unwrap_or_default();
        let known = migrations::newest();
        if found != known {
            return Err(CopyError::NotMigrated {
                file: file.display().to_string(),
                found,
                known,
            });
        }
        sqlx::raw_sql("BEGIN").execute(&mut connection).await?;
        Ok(Self(connection))
    }

    /// How many rows there are in all tables.
    pub async fn rows(&mut self) -> Result<i64, CopyError> {
        let mut rows = 0;
        for table in TABLES {
            rows += self.count(table).await?;
        }
        Ok(rows)
    }

    async fn count(&mut self, table: &'static str) -> Result<i64, CopyError> {
        let sql = AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        Ok(sqlx::query_scalar(sql).fetch_one(&mut self.0).await?)
    }

    /// The highest id that was ever given: those of deleted rows must not come back, since tokens
    /// may name them.
    async fn highest_id(&mut self, table: &'static str) -> Result<Option<i64>, CopyError> {
        const SQL: &str = "SELECT seq FROM sqlite_sequence WHERE name = $1";
        Ok(sqlx::query_scalar(SQL).bind(table).fetch_optional(&mut self.0).await?)
    }
}

/// Whether nothing is in the target yet: before it is migrated, and again in the transaction.
///
/// # Errors
/// [`CopyError::NotEmpty`] with a table that has rows, or is not ours.
pub async fn check_target(target: &Db) -> Result<(), CopyError> {
    let Db::Postgres(pool) = target else {
        return Err(CopyError::NotPostgres);
    };
    assert_empty(&mut *pool.acquire().await?).await
}

async fn assert_empty(target: &mut PgConnection) -> Result<(), CopyError> {
    const SQL: &str = "SELECT table_name::text FROM information_schema.tables \
        WHERE table_schema = current_schema() AND table_name <> '_sqlx_migrations'";
    let found: Vec<String> = sqlx::query_scalar(SQL).fetch_all(&mut *target).await?;
    for table in found {
        let Some(ours) = TABLES.into_iter().find(|ours| *ours == table) else {
            return Err(CopyError::NotEmpty { table });
        };
        let sql = AssertSqlSafe(format!("SELECT EXISTS (SELECT 1 FROM {ours})"));
        if sqlx::query_scalar(sql).fetch_one(&mut *target).await? {
            return Err(CopyError::NotEmpty { table });
        }
    }
    Ok(())
}

/// Copies every table into an empty, migrated PostgreSQL database. `told` hears of every so many
/// rows.
pub async fn copy(source: &mut Source, target: &Db, told: impl Fn(u64)) -> Result<Vec<Copied>, CopyError> {
    let Db::Postgres(pool) = target else {
        return Err(CopyError::NotPostgres);
    };
    let mut transaction = pool.begin().await?;
    assert_empty(&mut transaction).await?;
    let mut copied = Vec::new();
    for table in TABLES {
        let columns = columns_of(&mut transaction, table).await?;
        let in_table = |error| match error {
            CopyError::Database(source) => CopyError::Table { table, source },
            other => other,
        };
        copy_table(source, &mut transaction, table, &columns, &told)
            .await
            .map_err(in_table)?;
        if columns.iter().any(|(name, _)| name == "id") {
            go_on_from(source, &mut transaction, table).await.map_err(in_table)?;
        }
        let expected = source.count(table).await?;
        let sql = AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        let found: i64 = sqlx::query_scalar(sql).fetch_one(&mut *transaction).await?;
        if found != expected {
            return Err(CopyError::Lost { table, expected, found });
        }
        copied.push(Copied { table, rows: found });
    }
    transaction.commit().await?;
    Ok(copied)
}

/// The columns of a table as PostgreSQL has them: they are the same in both.
async fn columns_of(target: &mut PgConnection, table: &'static str) -> Result<Vec<(String, Kind)>, CopyError> {
    const SQL: &str = "SELECT column_name::text, data_type::text FROM information_schema.columns \
        WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position";
    let found: Vec<(String, String)> = sqlx::query_as(SQL).bind(table).fetch_all(target).await?;
    found
        .into_iter()
        .map(|(column, kind)| {
            let known = match kind.as_str() {
                "bigint" => Kind::Integer,
                "integer" | "smallint" => Kind::Small,
                "text" => Kind::Text,
                "boolean" => Kind::Boolean,
                "timestamp with time zone" => Kind::Instant,
                "date" => Kind::Day,
                _ => return Err(CopyError::Kind { table, column, kind }),
            };
            Ok((column, known))
        })
        .collect()
}

async fn copy_table(
    source: &mut Source,
    target: &mut PgConnection,
    table: &'static str,
    columns: &[(String, Kind)],
    told: &impl Fn(u64),
) -> Result<(), CopyError> {
    let names = columns
        .iter()
        .map(|(name, _)| name.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    let select = AssertSqlSafe(format!("SELECT {names} FROM {table}"));
    let insert = format!("INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE ");
    let mut rows = sqlx::query(select).fetch(&mut source.0).try_chunks(ROWS_A_STATEMENT);
    while let Some(chunk) = rows.try_next().await.map_err(|error| error.1)? {
        let mut fault = None;
        let mut builder = QueryBuilder::<Postgres>::new(&insert);
        builder.push_values(&chunk, |mut values, row| {
            for (index, (_, kind)) in columns.iter().enumerate() {
                if let Err(error) = push(&mut values, row, index, *kind) {
                    fault.get_or_insert(error);
                }
            }
        });
        if let Some(fault) = fault {
            return Err(fault.into());
        }
        builder.build().execute(&mut *target).await?;
        told(u64::try_from(chunk.len()).unwrap_or_default());
    }
    Ok(())
}

/// A value as the target takes it.
fn push(
    values: &mut Separated<'_, Postgres, &'static str>,
    row: &SqliteRow,
    index: usize,
    kind: Kind,
) -> Result<(), sqlx::Error> {
    match kind {
        Kind::Integer => values.push_bind(row.try_get::<Option<i64>, _>(index)?),
        Kind::Small => values.push_bind(row.try_get::<Option<i32>, _>(index)?),
        Kind::Text => values.push_bind(row.try_get::<Option<String>, _>(index)?),
        Kind::Boolean => values.push_bind(row.try_get::<Option<bool>, _>(index)?),
        Kind::Instant => values.push_bind(row.try_get::<Option<Timestamp>, _>(index)?),
        Kind::Day => values.push_bind(row.try_get::<Option<Date>, _>(index)?),
    };
    Ok(())
}

/// The next row gets an id that no row ever had.
async fn go_on_from(source: &mut Source, target: &mut PgConnection, table: &'static str) -> Result<(), CopyError> {
    const SQL: &str = "SELECT setval(pg_get_serial_sequence($1, 'id'), $2)";
    if let Some(highest) = source.highest_id(table).await?.filter(|id| *id > 0) {
        sqlx::query(SQL).bind(table).bind(highest).execute(target).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
