//! Table `import_runs`, and the one transaction that brings in a day's market.

use std::collections::HashSet;

use sqlx::QueryBuilder;
use time::{Date, OffsetDateTime};

use crate::{
    model::market::{Board, Source},
    server::store::{
        Db, Timestamp,
        daily_bars::{self, Bar, DatedBar, push_bars, push_dated_bars},
        delistings::{self, Delisting, push_delistings},
        flags::{self, Flag, push_flags},
        index_bars::{self, IndexBar, push_index_bars},
        instruments::{self, Instrument, push_instruments},
        quarantine::{self, Quarantined, push_quarantined},
        read, transaction,
    },
};

/// Rows in one statement: with 20 values each below what either engine takes.
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
    /// Days before this one, of the same issues, from the same source.
    pub history: &'a [DatedBar],
    pub indices: &'a [IndexBar],
    /// What holds for which issue on this day, as far as its rows tell.
    pub flags: &'a [Flag],
    pub quarantined: &'a [Quarantined],
}

impl<'a> Day<'a> {
    /// A day's market with nothing beside it.
    #[must_use]
    pub fn new(source: Source, as_of: Date, digest: &'a str, rows: &'a [Row]) -> Self {
        Self {
            source,
            as_of,
            digest,
            file_name: None,
            rows,
            history: &[],
            indices: &[],
            flags: &[],
            quarantined: &[],
        }
    }
}

/// What is imported beside markets: it is added to them, and never shown as one.
#[derive(Debug)]
pub struct Part<'a> {
    pub source: Source,
    /// The newest day in it.
    pub as_of: Date,
    pub digest: &'a str,
    pub file_name: Option<&'a str>,
    pub content: Content<'a>,
    pub quarantined: &'a [Quarantined],
}

#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// Trading days of issues that are known.
    History(&'a [DatedBar]),
    Index(&'a [IndexBar]),
    /// Facts about issues that are known; others are left out.
    Master(&'a [instruments::MasterFacts]),
    Delistings(&'a [Delisting]),
}

impl Content<'_> {
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    const fn kind(self) -> &'static str {
        match self {
            Self::History(_) => "history",
            Self::Index(_) => "index",
            Self::Master(_) => "master",
            Self::Delistings(_) => "delistings",
        }
    }

    /// How many rows there are.
    #[must_use]
    pub const fn len(self) -> usize {
        match self {
            Self::History(rows) => rows.len(),
            Self::Index(rows) => rows.len(),
            Self::Master(rows) => rows.len(),
            Self::Delistings(rows) => rows.len(),
        }
    }
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
    /// The day that is nearest to the new one, with which it can be compared.
    pub nearest: Option<ImportRun>,
    /// The issues of each board on that day; a board without any is not there.
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

const START: &str = "\
    INSERT INTO import_runs \
    (source, as_of, digest, file_name, row_count, started_at, status, kind, quarantined_count) \
    VALUES ($1, $2, $3, $4, $5, $6, 'running', $7, $8) RETURNING id";
const FINISH: &str = "\
    UPDATE import_runs SET status = 'finished', finished_at = $1 WHERE id = $2";
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

const BOARDS: &str = "\
    SELECT i.market, count(*) FROM daily_bars b JOIN instruments i ON i.code = b.code \
    WHERE b.trade_date = $1 GROUP BY i.market";

const BEFORE: &str = "\
    SELECT id, source, as_of, digest, row_count FROM import_runs \
    WHERE status = 'finished' AND kind = 'market' AND as_of <= $1 ORDER BY as_of DESC LIMIT 1";
const AFTER: &str = "\
    SELECT id, source, as_of, digest, row_count FROM import_runs \
    WHERE status = 'finished' AND kind = 'market' AND as_of > $1 ORDER BY as_of LIMIT 1";

/// What there is before a day is written.
macro_rules! existing {
    ($tx:ident, $day:ident) => {{
        let current: Option<ImportRow> = sqlx::query_as(CURRENT).fetch_optional(&mut *$tx).await?;
        let same_day: Option<ImportRow> = sqlx::query_as(SAME_DAY)
            .bind($day.as_of)
            .fetch_optional(&mut *$tx)
            .await?;
        let before: Option<ImportRow> = sqlx::query_as(BEFORE)
            .bind($day.as_of)
            .fetch_optional(&mut *$tx)
            .await?;
        let after: Option<ImportRow> = sqlx::query_as(AFTER).bind($day.as_of).fetch_optional(&mut *$tx).await?;
        let nearest = [before, after]
            .into_iter()
            .flatten()
            .min_by_key(|run| (run.as_of - $day.as_of).abs());
        let boards: Vec<(String, i64)> = sqlx::query_as(BOARDS)
            .bind(nearest.as_ref().map(|run| run.as_of))
            .fetch_all(&mut *$tx)
            .await?;
        Existing {
            current: current.map(TryInto::try_into).transpose()?,
            same_day: same_day.map(TryInto::try_into).transpose()?,
            nearest: nearest.map(TryInto::try_into).transpose()?,
            boards: boards
                .into_iter()
                .filter_map(|(board, count)| Some((Board::parse(&board)?, count)))
                .collect(),
        }
    }};
}

/// Begins and ends what holds for issues, as the newest day tells.
macro_rules! bring_flags {
    ($tx:ident, $day:ident) => {
        // What holds on goes on; what is told no longer ended on the day before.
        let open: Vec<(String, String)> = sqlx::query_as(flags::OPEN).fetch_all(&mut *$tx).await?;
        let told = |code: &str, kind: &str| $day.flags.iter().any(|f| f.code == code && f.kind.as_str() == kind);
        for (code, kind) in &open {
            if !told(code, kind) {
                sqlx::query(flags::CLOSE)
                    .bind(code)
                    .bind(kind)
                    .bind($day.as_of.previous_day().unwrap_or($day.as_of))
                    .execute(&mut *$tx)
                    .await?;
            }
        }
        let is_open = |flag: &&Flag| {
            open.iter()
                .any(|(code, kind)| *code == flag.code && kind == flag.kind.as_str())
        };
        let new: Vec<&Flag> = $day.flags.iter().filter(|flag| !is_open(flag)).collect();
        insert_all!(
            $tx,
            new,
            flags::INSERT,
            |insert, rows| push_flags!(insert, rows),
            flags::REOPEN
        );
    };
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
    const REPLACE_RUN: &str = "\
        UPDATE import_runs SET status = 'replaced' \
        WHERE status = 'finished' AND kind = 'market' AND as_of = $1";
    const DELETE_DEMO: &str = "DELETE FROM import_runs WHERE source = 'demo'";

    let written = transaction!(db, |tx| {
        // Only one run can be under way, so that from here on nobody else changes the market.
        let import_id: i64 = sqlx::query_scalar(START)
            .bind(day.source.as_str())
            .bind(day.as_of)
            .bind(day.digest)
            .bind(day.file_name)
            .bind(count(day.rows.len()))
            .bind(Timestamp(now))
            .bind("market")
            .bind(count(day.quarantined.len()))
            .fetch_one(&mut *tx)
            .await?;
        let existing = existing!(tx, day);
        if let Err(refused) = allow(&existing) {
            // Dropping the transaction takes the run back.
            return Ok(Err(refused));
        }

        let had_demo = existing.current.as_ref().is_some_and(|run| run.source.is_demo());
        if had_demo {
            sqlx::query(daily_bars::DELETE_ALL).execute(&mut *tx).await?;
            sqlx::query(index_bars::DELETE_ALL).execute(&mut *tx).await?;
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
        insert_all!(
            tx,
            day.rows,
            instruments::INSERT,
            |insert, rows| push_instruments!(insert, rows),
            on_conflict
        );
        sqlx::query(daily_bars::DELETE_DAY)
            .bind(day.as_of)
            .execute(&mut *tx)
            .await?;
        insert_all!(
            tx,
            day.rows,
            daily_bars::INSERT,
            |insert, rows| push_bars!(insert, rows, day.as_of, import_id),
            ""
        );
        insert_all!(
            tx,
            day.history,
            daily_bars::INSERT,
            |insert, rows| push_dated_bars!(insert, rows, import_id),
            daily_bars::REPLACE
        );
        insert_all!(
            tx,
            day.indices,
            index_bars::INSERT,
            |insert, rows| push_index_bars!(insert, rows, import_id),
            index_bars::REPLACE
        );
        insert_all!(
            tx,
            day.quarantined,
            quarantine::INSERT,
            |insert, rows| push_quarantined!(insert, rows, import_id),
            ""
        );
        if is_current {
            bring_flags!(tx, day);
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

/// What became of a [`Part`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartWritten {
    /// Just this was there already.
    Known,
    /// There is no real market that it could be added to.
    NoMarket,
    Written {
        /// Rows of issues that are known.
        rows: u64,
        /// Those of others, which were left out.
        unknown: u64,
    },
}

/// Writes the trading days of issues that are known; so many there were.
macro_rules! add_history {
    ($tx:ident, $bars:ident, $import_id:ident) => {{
        let known: Vec<String> = sqlx::query_scalar(instruments::CODES).fetch_all(&mut *$tx).await?;
        let known: HashSet<&str> = known.iter().map(String::as_str).collect();
        let bars: Vec<&DatedBar> = $bars.iter().filter(|bar| known.contains(bar.code.as_str())).collect();
        insert_all!(
            $tx,
            bars,
            daily_bars::INSERT,
            |insert, rows| push_dated_bars!(insert, rows.iter().copied(), $import_id),
            daily_bars::REPLACE
        );
        u64::try_from(bars.len()).unwrap_or_default()
    }};
}

/// Adds facts to their issue, if it is known: one row then.
macro_rules! add_facts {
    ($tx:ident, $issue:ident) => {
        sqlx::query(instruments::ADD_FACTS)
            .bind(&$issue.code)
            .bind($issue.name_full.as_deref())
            .bind($issue.name_en.as_deref())
            .bind($issue.industry.as_deref())
            .bind($issue.share_kind.as_deref())
            .bind($issue.par_value.as_deref())
            .bind($issue.listed_on)
            .bind($issue.facts.products.as_deref())
            .bind($issue.facts.region.as_deref())
            .bind($issue.facts.homepage.as_deref())
            .bind($issue.facts.secu_group.as_deref())
            .bind($issue.facts.settle_month.as_deref())
            .execute(&mut *$tx)
            .await?
            .rows_affected()
    };
}

/// Adds a part in one transaction.
pub async fn write_part(db: &Db, now: OffsetDateTime, part: &Part<'_>) -> Result<PartWritten, sqlx::Error> {
    const KNOWN: &str = "\
        SELECT count(*) FROM import_runs WHERE digest = $1 AND kind = $2 AND file_name IS NOT DISTINCT FROM $3 \
        AND status = 'finished'";
    let written = transaction!(db, |tx| {
        let import_id: i64 = sqlx::query_scalar(START)
            .bind(part.source.as_str())
            .bind(part.as_of)
            .bind(part.digest)
            .bind(part.file_name)
            .bind(count(part.content.len()))
            .bind(Timestamp(now))
            .bind(part.content.kind())
            .bind(count(part.quarantined.len()))
            .fetch_one(&mut *tx)
            .await?;
        let known: i64 = sqlx::query_scalar(KNOWN)
            .bind(part.digest)
            .bind(part.content.kind())
            .bind(part.file_name)
            .fetch_one(&mut *tx)
            .await?;
        if known > 0 {
            return Ok(PartWritten::Known);
        }
        let current: Option<ImportRow> = sqlx::query_as(CURRENT).fetch_optional(&mut *tx).await?;
        let current: Option<ImportRun> = current.map(TryInto::try_into).transpose()?;
        if current.is_none_or(|run| run.source.is_demo()) {
            return Ok(PartWritten::NoMarket);
        }
        let mut changed = 0;
        let mut unknown = 0;
        match part.content {
            Content::History(bars) => {
                let added = add_history!(tx, bars, import_id);
                changed += added;
                unknown += u64::try_from(bars.len()).unwrap_or_default().saturating_sub(added);
            }
            Content::Index(bars) => {
                insert_all!(
                    tx,
                    bars,
                    index_bars::INSERT,
                    |insert, rows| push_index_bars!(insert, rows, import_id),
                    index_bars::REPLACE
                );
                changed += u64::try_from(bars.len()).unwrap_or_default();
            }
            Content::Master(issues) => {
                for issue in issues {
                    let added = add_facts!(tx, issue);
                    changed += added;
                    unknown += u64::from(added == 0);
                }
            }
            Content::Delistings(gone) => {
                insert_all!(
                    tx,
                    gone,
                    delistings::INSERT,
                    |insert, rows| push_delistings!(insert, rows),
                    delistings::REPLACE
                );
                sqlx::query(delistings::MARK_ISSUES).execute(&mut *tx).await?;
                changed += u64::try_from(gone.len()).unwrap_or_default();
            }
        }
        insert_all!(
            tx,
            part.quarantined,
            quarantine::INSERT,
            |insert, rows| push_quarantined!(insert, rows, import_id),
            ""
        );
        sqlx::query(FINISH)
            .bind(Timestamp(now))
            .bind(import_id)
            .execute(&mut *tx)
            .await?;
        PartWritten::Written { rows: changed, unknown }
    });
    Ok(written)
}
