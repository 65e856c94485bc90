//! The market: where its data come from, and how it is shown and searched.

mod as_of;
mod demo;
mod import;
pub mod isin;
mod search;
mod snapshot;
pub mod sources;
#[cfg(test)]
mod testing;

use std::sync::Arc;

use arc_swap::ArcSwapOption;

use crate::server::store::{Db, daily_bars, imports};

pub use import::{ImportError, ImportOptions, ImportSummary, Outcome, ensure_demo, import_bytes, import_file};
pub use snapshot::{Pick, Snapshot};

/// The market that is shown now: one snapshot that all requests share, swapped as a whole.
#[derive(Debug, Default)]
pub struct Market {
    current: ArcSwapOption<Snapshot>,
}

impl Market {
    /// What is shown now; nothing before the first market was loaded.
    #[must_use]
    pub fn current(&self) -> Option<Arc<Snapshot>> {
        self.current.load_full()
    }

    /// Loads the newest market if it is another than the one that is shown, and says whether it
    /// was. Cheap when nothing changed. On any fault the last good one stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reload_if_changed(&self, db: &Db) -> Result<bool, sqlx::Error> {
        let Some(newest) = imports::current(db).await? else {
            return Ok(false);
        };
        if self
            .current
            .load()
            .as_ref()
            .is_some_and(|shown| shown.import_id() == newest.id)
        {
            return Ok(false);
        }
        let listed = daily_bars::listing(db, &newest).await?;
        if listed.is_empty() {
            // Another import took its place between the two questions: ask again next time.
            return Ok(false);
        }
        let snapshot = Snapshot::build(newest.id, newest.as_of, newest.source, listed);
        self.current.store(Some(Arc::new(snapshot)));
        Ok(true)
    }
}
