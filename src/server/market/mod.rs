//! The market: where its data come from, and how it is shown and searched.

mod as_of;
pub mod calendar;
pub mod compare;
mod demo;
pub mod export;
mod import;
pub mod isin;
pub mod schedule;
pub mod screens;
mod search;
mod snapshot;
pub mod sources;
pub mod stock;
pub mod stock_page;
pub mod sync;
#[cfg(test)]
mod testing;
pub mod watchlist;

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use sha2::{Digest, Sha256};
use time::{Date, Duration};
use tokio::sync::Notify;

use crate::server::store::{
    Db, aliases, daily_bars, flags,
    imports::{self, ImportRun},
    index_bars,
};
use calendar::Calendar;

pub use import::{
    ImportError, ImportOptions, ImportSummary, Imported, Origin, Outcome, ensure_demo, ensure_demo_history,
    ensure_demo_of, import_bytes, import_file, import_parsed, newest_made_up_day,
};
pub use snapshot::{Beside, Pick, Prepared, Snapshot};

/// How far back the way of the indices is shown.
const INDEX_DAYS: Duration = Duration::days(100);

/// How far ahead of a market days are counted that it lacks.
const CALENDAR_DAYS: Duration = Duration::days(366);

/// The market that is shown now: one snapshot that all requests share, swapped as a whole.
#[derive(Debug, Default)]
pub struct Market {
    current: ArcSwapOption<Snapshot>,
    changed: Notify,
}

impl Market {
    /// What is shown now; nothing before the first market was loaded.
    #[must_use]
    pub fn current(&self) -> Option<Arc<Snapshot>> {
        self.current.load_full()
    }

    /// Says that there may be another market in the database.
    pub fn tell(&self) {
        self.changed.notify_one();
    }

    /// Comes back when somebody has said so since it came back last.
    pub async fn told(&self) {
        self.changed.notified().await;
    }

    /// Loads the newest market if it, or what is known beside it, is another than what is shown,
    /// and says whether it was. Cheap when nothing changed. On any fault the last good one stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reload_if_changed(&self, db: &Db) -> Result<bool, sqlx::Error> {
        let version = imports::version(db).await?;
        if self
            .current
            .load()
            .as_ref()
            .is_some_and(|shown| shown.version() == version)
        {
            return Ok(false);
        }
        let Some(newest) = imports::current(db).await? else {
            return Ok(false);
        };
        let listed = daily_bars::listing(db, &newest).await?;
        if listed.is_empty() {
            // Another import took its place between the two questions: ask again next time.
            return Ok(false);
        }
        let beside = beside(db, &newest).await?;
        let snapshot = Snapshot::build(version, newest.as_of, newest.source, listed, beside);
        self.current.store(Some(Arc::new(snapshot)));
        Ok(true)
    }
}

/// The newest day of which there is a market that is not made up.
///
/// # Errors
/// When the database fails.
pub async fn newest_real_day(db: &Db) -> Result<Option<Date>, sqlx::Error> {
    let current = imports::current(db).await?;
    Ok(current.filter(|run| !run.source.is_demo()).map(|run| run.as_of))
}

/// What is known on a day beside its listing.
async fn beside(db: &Db, run: &ImportRun) -> Result<Beside, sqlx::Error> {
    let as_of = run.as_of;
    let mut beside = Beside {
        calendar: Calendar::load(db, as_of, as_of.saturating_add(CALENDAR_DAYS)).await?,
        put_aside: imports::put_aside(db, run.id).await?,
        ..Beside::default()
    };
    for flag in flags::on(db, as_of).await? {
        beside.flags.entry(flag.code).or_default().push(flag.kind);
    }
    for alias in aliases::all(db).await? {
        beside.aliases.entry(alias.code).or_default().push(alias.alias);
    }
    beside.indices = index_bars::range(db, as_of.saturating_sub(INDEX_DAYS), as_of).await?;
    Ok(beside)
}

/// The issues of the made-up market, for benches and for whoever wants to see a full one.
#[must_use]
pub fn made_up_market() -> Vec<daily_bars::Listed> {
    demo::market()
        .into_iter()
        .map(|row| daily_bars::Listed {
            name_full: row.instrument.name_full.clone(),
            name_en: row.instrument.name_en.clone(),
            listing: row.bar.listing_of(row.instrument),
        })
        .collect()
}

/// SHA-256 of what was imported, in hexadecimal digits.
fn digest_of(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
