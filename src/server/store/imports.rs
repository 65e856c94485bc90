//! Table `import_runs`, and the one transaction that brings in a day's market.

use sqlx::QueryBuilder;
use time::{Date, OffsetDateTime};

use crate::{
    model::market::{Board, Source},
    server::store::{
        Db, Timestamp,
        daily_bars::{self, Bar, push_bars},
        instruments::{self, Instrument, push_instruments},
        read, transaction,
    },
};

/// Rows in one statement: with 14 values each far below what either engine takes.
const ROWS_A_STATEMENT: usize = 500;

/// An issue and its figures of the day that is imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub instrument: Instrument,
    pub bar: Bar,
}

/// A day's market, checked and ready to be written.
#[derive(Debug)]
pub struct Day<'a> {
    pub source: Source,
    pub as_of: Date,
    /// SHA-256 of what it was read from, in hexadecimal digits.
    pub digest: &'a str,
    pub file_name: Option<&'a str>,
    pub rows: &'a [Row],
}

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

/// What the database holds before an import.
#[derive(Debug)]
pub struct Existing {
    /// The newest day: what is shown now.
    pub current: Option<ImportRun>,
    /// What was imported for the same day as the new one.
    pub same_day: Option<ImportRun>,
    /// The current issues of each board; a board without any is not there.
    pub boards: Vec<(Board, i64)>,
}

/// What became of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    pub import_id: i64,
    /// The demo market made way for it.
    pub replaced_demo: bool,
    /// There was a market of this day already.
    pub replaced_day: bool,
    /// It is the newest day, and so what is shown now.
    pub is_current: bool,
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
    WHERE status = 'finished' ORDER BY as_of DESC LIMIT 1";

/// The import of the newest day, if there was any.
pub async fn current(db: &Db) -> Result<Option<ImportRun>, sqlx::Error> {
    let row: Option<ImportRow> = read!(db, |pool| sqlx::query_as(CURRENT).fetch_optional(pool).await?);
    row.map(TryInto::try_into).transpose()
}

/// Writes a day's market in one transaction, unless `allow`, which sees what is there already,
/// refuses: then nothing is changed and its reason is returned.
///
/// The day's bars are replaced as a whole. Issues take the master data of the newest day. The demo
/// market and real ones never stand side by side: the first real one removes it.
pub async fn write_day<R>(
    db: &Db,
    now: OffsetDateTime,
    day: &Day<'_>,
    allow: impl FnOnce(&Existing) -> Result<(), R>,
) -> Result<Result<Written, R>, sqlx::Error> {
    const START: &str = "\
        INSERT INTO import_runs \
        (source, as_of, digest, file_name, row_count, started_at, status) \
        VALUES ($1, $2, $3, $4, $5, $6, 'running') RETURNING id";
    const FINISH: &str = "\
        UPDATE import_runs SET status = 'finished', finished_at = $1 WHERE id = $2";
    const REPLACE_RUN: &str = "\
        UPDATE import_runs SET status = 'replaced' WHERE status = 'finished' AND as_of = $1";
    const SAME_DAY: &str = "\
        SELECT id, source, as_of, digest, row_count FROM import_runs \
        WHERE status = 'finished' AND as_of = $1";
    const BOARDS: &str = "\
        SELECT i.market, count(*) FROM daily_bars b JOIN instruments i ON i.code = b.code \
        WHERE b.import_id = $1 GROUP BY i.market";
    const DELETE_DEMO: &str = "DELETE FROM import_runs WHERE source = 'demo'";

    let row_count = i64::try_from(day.rows.len()).unwrap_or(i64::MAX);
    let written = transaction!(db, |tx| {
        // Only one run can be under way, so that from here on nobody else changes the market.
        let import_id: i64 = sqlx::query_scalar(START)
            .bind(day.source.as_str())
            .bind(day.as_of)
            .bind(day.digest)
            .bind(day.file_name)
            .bind(row_count)
            .bind(Timestamp(now))
            .fetch_one(&mut *tx)
            .await?;
        let current: Option<ImportRow> = sqlx::query_as(CURRENT).fetch_optional(&mut *tx).await?;
        let same_day: Option<ImportRow> = sqlx::query_as(SAME_DAY)
            .bind(day.as_of)
            .fetch_optional(&mut *tx)
            .await?;
        let boards: Vec<(String, i64)> = sqlx::query_as(BOARDS)
            .bind(current.as_ref().map(|run| run.id))
            .fetch_all(&mut *tx)
            .await?;
        let existing = Existing {
            current: current.map(TryInto::try_into).transpose()?,
            same_day: same_day.map(TryInto::try_into).transpose()?,
            boards: boards
                .into_iter()
                .filter_map(|(board, count)| Some((Board::parse(&board)?, count)))
                .collect(),
        };
        if let Err(refused) = allow(&existing) {
            // Dropping the transaction takes the run back.
            return Ok(Err(refused));
        }

        let had_demo = existing.current.as_ref().is_some_and(|run| run.source.is_demo());
        if had_demo {
            sqlx::query(daily_bars::DELETE_ALL).execute(&mut *tx).await?;
            sqlx::query(instruments::DELETE_ALL).execute(&mut *tx).await?;
            if !day.source.is_demo() {
                sqlx::query(DELETE_DEMO).execute(&mut *tx).await?;
            }
        }
        let is_current = had_demo || existing.current.as_ref().is_none_or(|run| run.as_of <= day.as_of);
        let on_conflict = if is_current {
            instruments::REPLACE
        } else {
            instruments::KEEP
        };
        for rows in day.rows.chunks(ROWS_A_STATEMENT) {
            let mut insert = QueryBuilder::new(instruments::INSERT);
            push_instruments!(insert, rows);
            insert.push(on_conflict);
            insert.build().execute(&mut *tx).await?;
        }
        sqlx::query(daily_bars::DELETE_DAY)
            .bind(day.as_of)
            .execute(&mut *tx)
            .await?;
        for rows in day.rows.chunks(ROWS_A_STATEMENT) {
            let mut insert = QueryBuilder::new(daily_bars::INSERT);
            push_bars!(insert, rows, day.as_of, import_id);
            insert.build().execute(&mut *tx).await?;
        }
        sqlx::query(REPLACE_RUN).bind(day.as_of).execute(&mut *tx).await?;
        sqlx::query(FINISH)
            .bind(Timestamp(now))
            .bind(import_id)
            .execute(&mut *tx)
            .await?;
        Written {
            import_id,
            replaced_demo: had_demo,
            replaced_day: !had_demo && existing.same_day.is_some(),
            is_current,
        }
    });
    Ok(Ok(written))
}
