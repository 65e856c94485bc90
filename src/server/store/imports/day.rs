//! The one transaction that brings in a day's market.

use sqlx::QueryBuilder;
use time::{Date, OffsetDateTime};

use crate::{
    model::market::{Board, Source},
    server::store::{
        Db, Timestamp,
        daily_bars::{self, Bar, push_bars},
        delistings,
        flags::{self, Flag, push_flags},
        index_bars,
        instruments::{self, Instrument, push_instruments},
        quarantine::{self, Quarantined, push_quarantined},
        transaction,
    },
};

use super::{CURRENT, FINISH, HOLD, ImportRow, ImportRun, ROWS_A_STATEMENT, SAME_DAY, START, count, insert_all};

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
            flags: &[],
            quarantined: &[],
        }
    }
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

        let demo = existing.current.as_ref().filter(|run| run.source.is_demo());
        let had_demo = demo.is_some();
        if let Some(demo) = demo {
            // Parts of its past are written by others; the one under way is waited for.
            sqlx::query(HOLD).bind(demo.id).execute(&mut *tx).await?;
            sqlx::query(daily_bars::DELETE_ALL).execute(&mut *tx).await?;
            sqlx::query(index_bars::DELETE_ALL).execute(&mut *tx).await?;
            sqlx::query(delistings::DELETE_ALL).execute(&mut *tx).await?;
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
