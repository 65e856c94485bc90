//! Bringing in days from a source on the network.

use std::{sync::Arc, time::Duration};

use time::{Date, OffsetDateTime};

use crate::server::{
    clock::Clock,
    config::{Config, ListingsSource},
    market::{
        calendar::Calendar,
        import::{ImportError, ImportOptions, ImportSummary, Origin, import_parsed},
        sources::{Fdr, FetchError, FetchedDay, KrxOpenApi, MarketSource},
    },
    store::{
        Db, imports,
        refusals::{self, Refusal},
    },
};

/// A source that several tasks share.
pub type SharedSource = Arc<dyn MarketSource>;

/// How many requests the exchange allows a key in a day, with some left for whoever else uses it.
pub const MOST_CALLS: u32 = 9_000;
/// Trading days that are looked at for the newest market.
const LOOK_BACK: usize = 5;
/// How long is waited before a day that failed for the moment is asked for again.
const PAUSES: [Duration; 3] = [Duration::from_secs(2), Duration::from_secs(10), Duration::from_mins(1)];

/// The source of the settings, if it is one that is fetched. At most `most_calls` requests are
/// made of one that counts them.
#[must_use]
pub fn source_of(config: &Config, most_calls: u32) -> Option<SharedSource> {
    match &config.listings_source {
        ListingsSource::Demo | ListingsSource::File => None,
        ListingsSource::Fdr { cache, exchange } => Some(Arc::new(Fdr::new(cache.clone(), exchange.clone()))),
        ListingsSource::KrxOpenApi { base, key } => {
            Some(Arc::new(KrxOpenApi::new(base.clone(), key.clone(), most_calls)))
        }
    }
}

/// Why a day did not come in. One line, for the operator.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
}

impl SyncError {
    /// Whether the same may succeed a little later.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Fetch(error) => error.is_temporary(),
            Self::Import(ImportError::Database(_)) | Self::Database(_) => true,
            Self::Import(_) => false,
        }
    }
}

/// What became of a day.
#[derive(Debug)]
pub enum DaySynced {
    Imported(ImportSummary),
    /// The source has nothing of this day (yet).
    Nothing,
}

/// What became of several days.
#[derive(Debug, Default)]
pub struct SyncReport {
    /// Newest first, as they came.
    pub imported: Vec<Date>,
    /// Days of which the source has nothing.
    pub without: Vec<Date>,
    /// Days that had been there before.
    pub known: usize,
    /// Where it stopped, and why. The days before it in time were not asked for.
    pub stopped: Option<(Date, SyncError)>,
}

/// Fetches days and imports them.
#[derive(Clone)]
pub struct Sync<'a> {
    pub db: &'a Db,
    pub clock: &'a dyn Clock,
    pub source: SharedSource,
    /// Import although many issues are gone.
    pub force: bool,
    /// How long is waited before each further try of a day.
    pub pauses: &'a [Duration],
}

impl<'a> Sync<'a> {
    #[must_use]
    pub fn new(db: &'a Db, clock: &'a dyn Clock, source: SharedSource) -> Self {
        Self {
            db,
            clock,
            source,
            force: false,
            pauses: &PAUSES,
        }
    }

    /// Brings in the newest day that the source has and whose session is over.
    ///
    /// # Errors
    /// When it cannot be fetched or is refused; what is shown stays.
    pub async fn newest(&self, calendar: &Calendar) -> Result<Option<ImportSummary>, SyncError> {
        let over = calendar.last_closed_day(self.clock.now());
        // What the source says is a hint: its days count, not its word.
        let told = self.ask(|source| source.newest_day()).await.unwrap_or(None);
        let mut day = calendar.trading_day_on_or_before(told.map_or(over, |told| told.min(over)));
        for _ in 0..LOOK_BACK {
            match self.day_patiently(day).await? {
                DaySynced::Imported(summary) => return Ok(Some(summary)),
                DaySynced::Nothing => {
                    day = calendar.trading_day_on_or_before(day.previous_day().unwrap_or(day));
                }
            }
        }
        Ok(None)
    }

    /// Brings in the trading days of a range, newest first, so that there is something to see soon,
    /// and leaves out those that came from this source before: run again, it goes on.
    ///
    /// `step` is told of each day that was done.
    ///
    /// # Errors
    /// When the database cannot say what is there. What stops it later is in the report.
    pub async fn range(
        &self,
        days: &[Date],
        mut step: impl FnMut(Date, &DaySynced),
    ) -> Result<SyncReport, sqlx::Error> {
        let mut report = SyncReport::default();
        let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else {
            return Ok(report);
        };
        let known = imports::days(self.db, self.source.source(), *first, *last).await?;
        for day in days.iter().rev() {
            if known.contains(day) && !self.force {
                report.known += 1;
                continue;
            }
            match self.day_patiently(*day).await {
                Ok(synced) => {
                    step(*day, &synced);
                    match synced {
                        DaySynced::Imported(_) => report.imported.push(*day),
                        DaySynced::Nothing => report.without.push(*day),
                    }
                }
                Err(error) => {
                    report.stopped = Some((*day, error));
                    break;
                }
            }
        }
        Ok(report)
    }

    /// Brings in a day, and tries again when it fails for the moment.
    async fn day_patiently(&self, day: Date) -> Result<DaySynced, SyncError> {
        for pause in self.pauses {
            match self.day(day).await {
                Err(error) if error.is_temporary() => tokio::time::sleep(*pause).await,
                done => return done,
            }
        }
        self.day(day).await
    }

    /// Brings in a day. What goes wrong is noted, so that an operator finds it later.
    ///
    /// # Errors
    /// When it cannot be fetched or is refused; what is shown stays.
    pub async fn day(&self, day: Date) -> Result<DaySynced, SyncError> {
        let synced = self.fetch_and_import(day).await;
        if let Err(error) = &synced {
            let reason = error.to_string();
            let refusal = Refusal {
                source: self.source.source(),
                as_of: Some(day),
                file_name: None,
                reason: &reason,
            };
            // The reason is on its way to the caller already.
            let _ = refusals::record(self.db, self.clock.now(), &refusal).await;
        }
        synced
    }

    async fn fetch_and_import(&self, day: Date) -> Result<DaySynced, SyncError> {
        let Some(FetchedDay { market, parts, digest }) = self.ask(move |source| source.day(day)).await? else {
            return Ok(DaySynced::Nothing);
        };
        if self.repeats_another_day(day, &digest).await? {
            return Ok(DaySynced::Nothing);
        }
        let now = self.clock.now();
        let options = ImportOptions {
            as_of: Some(day),
            force: self.force,
            ..ImportOptions::default()
        };
        let summary = self.import(now, &digest, market, &options).await?;
        for part in parts {
            self.import(now, &part.digest, part.parsed, &options).await?;
        }
        Ok(DaySynced::Imported(summary))
    }

    async fn import(
        &self,
        now: OffsetDateTime,
        digest: &str,
        parsed: crate::server::market::sources::Parsed,
        options: &ImportOptions,
    ) -> Result<ImportSummary, ImportError> {
        let origin = Origin {
            source: self.source.source(),
            digest,
            file_name: None,
        };
        import_parsed(self.db, now, origin, parsed, options).await
    }

    /// On days without trading some sources repeat the day before, to the byte.
    async fn repeats_another_day(&self, day: Date, digest: &str) -> Result<bool, sqlx::Error> {
        let before = imports::last_before(self.db, day).await?;
        Ok(before.is_some_and(|run| run.digest == digest))
    }

    /// Asks the source on a thread that may wait.
    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn MarketSource) -> Result<T, FetchError> + Send + 'static,
    ) -> Result<T, FetchError> {
        let source = Arc::clone(&self.source);
        tokio::task::spawn_blocking(move || question(&*source))
            .await
            .unwrap_or_else(|_| Err(FetchError::Unreachable("the request was interrupted".to_owned())))
    }
}

#[cfg(test)]
mod tests;
