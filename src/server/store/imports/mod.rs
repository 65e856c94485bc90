//! Table `import_runs`, and the transactions that bring in market data: a day's market, what is
//! added to markets, and the past of the demo market.

mod day;
mod demo;
mod part;

use time::Date;

use crate::{
    model::market::Source,
    server::store::{Db, read},
};

pub use day::{Day, Existing, Row, Written, write_day};
pub use demo::{demo_history_is_whole, finish_demo_history, write_demo_bars, write_demo_issues};
pub use part::{Content, Part, PartWritten, write_part};

/// Rows in one statement: with 20 values each below what either engine takes.
const ROWS_A_STATEMENT: usize = 500;

/// An import that was finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRun {
    pub id: i64,
    pub source: Source,
    pub as_of: Date,
    pub digest: String,
    /// Issues in it.
    pub rows: i64,
}

#[derive(sqlx::FromRow)]
struct ImportRow {
    id: i64,
    source: String,
    as_of: Date,
    digest: String,
    row_count: i64,
}

impl TryFrom<ImportRow> for ImportRun {
    type Error = sqlx::Error;

    fn try_from(row: ImportRow) -> Result<Self, sqlx::Error> {
        let source =
            Source::parse(&row.source).ok_or_else(|| sqlx::Error::Decode(format!("source {:?}", row.source).into()))?;
        Ok(Self {
            id: row.id,
            source,
            as_of: row.as_of,
            digest: row.digest,
            rows: row.row_count,
        })
    }
}

const CURRENT: &str = "\
    SELECT id, source, as_of, digest, row_count FROM import_runs \
    WHERE status = 'finished' AND kind = 'market' ORDER BY as_of DESC LIMIT 1";

/// The import of the newest day, if there was any.
pub async fn current(db: &Db) -> Result<Option<ImportRun>, sqlx::Error> {
    let row: Option<ImportRow> = read!(db, |pool| sqlx::query_as(CURRENT).fetch_optional(pool).await?);
    row.map(TryInto::try_into).transpose()
}

/// Changes with every import that is finished, whatever it brought.
pub async fn version(db: &Db) -> Result<(i64, i64), sqlx::Error> {
    // The number of imports too: a run may get its id long before its turn.
    const SQL: &str = "SELECT count(*), coalesce(max(id), 0) FROM import_runs WHERE status <> 'running'";
    read!(db, |pool| sqlx::query_as(SQL).fetch_one(pool).await)
}

/// The import of a day, if there was any.
pub async fn of_day(db: &Db, as_of: Date) -> Result<Option<ImportRun>, sqlx::Error> {
    let row: Option<ImportRow> = read!(db, |pool| sqlx::query_as(SAME_DAY)
        .bind(as_of)
        .fetch_optional(pool)
        .await?);
    row.map(TryInto::try_into).transpose()
}

/// The market of the last day before this one.
pub async fn last_before(db: &Db, day: Date) -> Result<Option<ImportRun>, sqlx::Error> {
    const SQL: &str = "\
        SELECT id, source, as_of, digest, row_count FROM import_runs \
        WHERE status = 'finished' AND kind = 'market' AND as_of < $1 ORDER BY as_of DESC LIMIT 1";
    let row: Option<ImportRow> = read!(db, |pool| sqlx::query_as(SQL).bind(day).fetch_optional(pool).await?);
    row.map(TryInto::try_into).transpose()
}

/// The days with a market of this source within a range, both included, oldest first.
pub async fn days(db: &Db, source: Source, from: Date, to: Date) -> Result<Vec<Date>, sqlx::Error> {
    const SQL: &str = "\
        SELECT as_of FROM import_runs \
        WHERE status = 'finished' AND kind = 'market' AND source = $1 AND as_of BETWEEN $2 AND $3 \
        ORDER BY as_of";
    read!(db, |pool| sqlx::query_scalar(SQL)
        .bind(source.as_str())
        .bind(from)
        .bind(to)
        .fetch_all(pool)
        .await)
}

/// How many rows of an import were put aside because they contradict themselves.
pub async fn put_aside(db: &Db, import_id: i64) -> Result<i64, sqlx::Error> {
    const SQL: &str = "SELECT quarantined_count FROM import_runs WHERE id = $1";
    let found: Option<i64> = read!(db, |pool| sqlx::query_scalar(SQL)
        .bind(import_id)
        .fetch_optional(pool)
        .await?);
    Ok(found.unwrap_or_default())
}

const START: &str = "\
    INSERT INTO import_runs \
    (source, as_of, digest, file_name, row_count, started_at, status, kind, quarantined_count) \
    VALUES ($1, $2, $3, $4, $5, $6, 'running', $7, $8) RETURNING id";
const FINISH: &str = "\
    UPDATE import_runs SET status = 'finished', finished_at = $1 WHERE id = $2";
/// Keeps a run as it is until the transaction ends.
const HOLD: &str = "UPDATE import_runs SET status = status WHERE id = $1 AND status = 'finished'";
const SAME_DAY: &str = "\
    SELECT id, source, as_of, digest, row_count FROM import_runs \
    WHERE status = 'finished' AND kind = 'market' AND as_of = $1";

fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// Runs an insert of many rows in statements of a size that the engines take.
macro_rules! insert_all {
    ($tx:ident, $rows:expr, $insert:expr, |$builder:ident, $chunk:ident| $push:expr, $end:expr) => {
        for $chunk in $rows.chunks(ROWS_A_STATEMENT) {
            let mut $builder = QueryBuilder::new($insert);
            $push;
            $builder.push($end);
            $builder.build().execute(&mut *$tx).await?;
        }
    };
}

use insert_all;
