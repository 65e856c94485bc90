//! The demo market into the database: its last day at once, the year before it behind.

use time::{Date, OffsetDateTime};

use crate::{
    model::market::Source,
    server::{
        market::{as_of, calendar::Calendar, demo, digest_of},
        store::{
            Db,
            imports::{self, Day, Row},
        },
    },
};

use super::flags_of;

/// Issues whose year is written at a time: a tenth of a second, in which nobody else can write.
const ISSUES_AT_A_TIME: usize = 32;

/// Fills a database that never had a market with the made-up one. Says whether it did.
///
/// # Errors
/// When the database fails.
pub async fn ensure_demo(db: &Db, now: OffsetDateTime) -> Result<bool, sqlx::Error> {
    ensure_demo_of(db, now, newest_made_up_day(now)).await
}

/// The day that the made-up market shows where nobody chose one.
#[must_use]
pub fn newest_made_up_day(now: OffsetDateTime) -> Date {
    Calendar::default().trading_day_on_or_before(as_of::last_weekday_before(now))
}

/// The same with the made-up market of a trading day that was chosen.
///
/// # Errors
/// When the database fails.
pub async fn ensure_demo_of(db: &Db, now: OffsetDateTime, as_of: Date) -> Result<bool, sqlx::Error> {
    if imports::current(db).await?.is_some() {
        return Ok(false);
    }
    let rows = issues(as_of);
    let digest = digest_of(b"demo");
    let flags = flags_of(as_of, &rows);
    let day = Day {
        flags: &flags,
        ..Day::new(Source::Demo, as_of, &digest, &rows)
    };
    // Asked again inside, because another process may have been quicker.
    let written = imports::write_day(db, now, &day, |existing| match existing.current {
        Some(_) => Err(()),
        None => Ok(()),
    });
    Ok(written.await?.is_ok())
}

fn issues(as_of: Date) -> Vec<Row> {
    demo::with_newcomers(as_of, demo::market())
}

/// Gives the demo market that is there the year before its day, unless it has it. Says whether it
/// did. Interrupted, it is done anew by the next call; two at once write the same.
///
/// # Errors
/// When the database fails.
pub async fn ensure_demo_history(db: &Db, now: OffsetDateTime) -> Result<bool, sqlx::Error> {
    history_of(db, now, usize::MAX).await
}

/// The same for so many issues only.
pub(super) async fn history_of(db: &Db, now: OffsetDateTime, issues_at_most: usize) -> Result<bool, sqlx::Error> {
    let Some(demo) = imports::current(db).await?.filter(|run| run.source.is_demo()) else {
        return Ok(false);
    };
    if imports::demo_history_is_whole(db, &demo).await? {
        return Ok(false);
    }
    let mut issues = issues(demo.as_of);
    issues.truncate(issues_at_most);
    let mut year = demo::Year::new(demo.as_of, issues);
    if !imports::write_demo_issues(db, &demo, &year.gone()).await? {
        return Ok(false);
    }
    let mut written = 0;
    while let Some(bars) = year.next(ISSUES_AT_A_TIME) {
        written += bars.len();
        if !imports::write_demo_bars(db, &demo, &bars).await? {
            return Ok(false);
        }
    }
    imports::finish_demo_history(db, now, &demo, written, &year.indices(), &year.delistings()).await
}
