//! The past of the demo market: written in parts, so that nobody waits for it, and whole only when
//! it is said to be. Real data end it.

use sqlx::QueryBuilder;
use time::OffsetDateTime;

use crate::server::store::{
    Db, Timestamp,
    daily_bars::{self, DatedBar, push_dated_bars},
    delistings::{self, Delisting, push_delistings},
    index_bars::{self, IndexBar, push_index_bars},
    instruments::{self, push_instruments},
    read, transaction,
};

use super::{CURRENT, FINISH, HOLD, ImportRow, ImportRun, ROWS_A_STATEMENT, Row, START, count, insert_all};

const PASTS: &str = "\
    SELECT count(*) FROM import_runs \
    WHERE source = 'demo' AND kind = 'history' AND status = 'finished' AND as_of = $1";

/// Whether this demo market has its whole past.
pub async fn demo_history_is_whole(db: &Db, demo: &ImportRun) -> Result<bool, sqlx::Error> {
    let found: i64 = read!(db, |pool| sqlx::query_scalar(PASTS)
        .bind(demo.as_of)
        .fetch_one(pool)
        .await?);
    Ok(found > 0)
}

/// Leaves the function, saying no, when something else than this demo market is there by now. Until
/// the transaction ends it stays: a real day waits to remove it.
macro_rules! still_there {
    ($tx:ident, $demo:ident) => {
        let held = sqlx::query(HOLD).bind($demo.id).execute(&mut *$tx).await?;
        if held.rows_affected() == 0 {
            return Ok(false);
        }
        let current: Option<ImportRow> = sqlx::query_as(CURRENT).fetch_optional(&mut *$tx).await?;
        if current.is_none_or(|run| run.id != $demo.id) {
            return Ok(false);
        }
    };
}

/// Adds issues that are gone. Whether the demo market was still there.
pub async fn write_demo_issues(db: &Db, demo: &ImportRun, gone: &[Row]) -> Result<bool, sqlx::Error> {
    transaction!(db, |tx| {
        still_there!(tx, demo);
        insert_all!(
            tx,
            gone,
            instruments::INSERT,
            |insert, rows| push_instruments!(insert, rows),
            instruments::REPLACE
        );
    });
    Ok(true)
}

/// Adds some of its bars. Whether the demo market was still there.
pub async fn write_demo_bars(db: &Db, demo: &ImportRun, bars: &[DatedBar]) -> Result<bool, sqlx::Error> {
    transaction!(db, |tx| {
        still_there!(tx, demo);
        insert_all!(
            tx,
            bars,
            daily_bars::INSERT,
            |insert, rows| push_dated_bars!(insert, rows, demo.id),
            daily_bars::REPLACE
        );
    });
    Ok(true)
}

/// Says that all bars are there, and adds what goes with them. Whether the demo market was still
/// there, and nobody had said so before.
pub async fn finish_demo_history(
    db: &Db,
    now: OffsetDateTime,
    demo: &ImportRun,
    bars: usize,
    indices: &[IndexBar],
    gone: &[Delisting],
) -> Result<bool, sqlx::Error> {
    transaction!(db, |tx| {
        let import_id: i64 = sqlx::query_scalar(START)
            .bind(demo.source.as_str())
            .bind(demo.as_of)
            .bind(demo.digest.as_str())
            .bind(None::<&str>)
            .bind(count(bars))
            .bind(Timestamp(now))
            .bind("history")
            .bind(0_i64)
            .fetch_one(&mut *tx)
            .await?;
        still_there!(tx, demo);
        let pasts: i64 = sqlx::query_scalar(PASTS).bind(demo.as_of).fetch_one(&mut *tx).await?;
        if pasts > 0 {
            return Ok(false);
        }
        insert_all!(
            tx,
            indices,
            index_bars::INSERT,
            |insert, rows| push_index_bars!(insert, rows, import_id),
            index_bars::REPLACE
        );
        insert_all!(
            tx,
            gone,
            delistings::INSERT,
            |insert, rows| push_delistings!(insert, rows),
            delistings::REPLACE
        );
        sqlx::query(FINISH)
            .bind(Timestamp(now))
            .bind(import_id)
            .execute(&mut *tx)
            .await?;
    });
    Ok(true)
}
