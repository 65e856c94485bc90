//! What is over is deleted now and then, in small steps; nothing depends on it but the size of the
//! tables, and that nobody's past is kept longer than it was said to be.

use time::Duration;

use super::{Auth, limits::micros};
use crate::server::{
    error::Error,
    store::{PURGE_STEP, known_devices, login_failures, login_history, rate_limits, refresh_tokens},
};

/// A device that did not come back: as long as browsers keep the cookie.
pub const DEVICE_LIFETIME: Duration = Duration::days(400);
/// An ended session stands in for the row that its late tokens ask for, and for the notice of a
/// theft. A month after its end nobody asks.
pub const ENDED_SESSION: Duration = Duration::days(30);

/// Until a step finds less than it may take.
macro_rules! in_steps {
    ($step:expr) => {{
        let mut deleted = 0;
        loop {
            let rows = $step.await?;
            deleted += rows;
            if rows < PURGE_STEP.unsigned_abs() {
                break deleted;
            }
        }
    }};
}

impl Auth {
    /// Gives back the memory of sessions that nobody uses: on every node.
    pub fn tidy_memory(&self) {
        self.session_cache.tidy();
    }

    /// Deletes limits and failures whose time is over, sessions that ended a month ago, attempts to
    /// sign in that are older than the settings allow, and devices that did not come back. One node
    /// is enough. Gives how many rows there were.
    pub async fn tidy(&self) -> Result<u64, Error> {
        let now = self.clock.now();
        let history = now - self.config.login_history_retention;
        let db = &self.db;
        let (ended, unused) = (now - ENDED_SESSION, now - DEVICE_LIFETIME);
        Ok(in_steps!(rate_limits::purge(db, micros(now)))
            + in_steps!(login_failures::purge(db, now.into()))
            + in_steps!(known_devices::purge(db, unused.into()))
            + in_steps!(refresh_tokens::purge(db, ended.into()))
            + in_steps!(login_history::purge(db, history.into())))
    }
}
