//! Time, handed in. Nothing else in the server reads a clock (`clippy.toml` holds that).

use std::sync::{Arc, Mutex, PoisonError};

use time::OffsetDateTime;

/// Where the server's idea of "now" comes from.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The present instant, UTC, in whole microseconds: the finest that every database keeps.
    fn now(&self) -> OffsetDateTime;
}

/// The clock that services and middleware share.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the time")]
    fn now(&self) -> OffsetDateTime {
        whole_microseconds(OffsetDateTime::now_utc())
    }
}

/// A clock that stands still until told otherwise: for tests.
#[derive(Debug)]
pub struct ManualClock(Mutex<OffsetDateTime>);

impl ManualClock {
    /// A clock that shows `start`.
    #[must_use]
    pub fn new(start: OffsetDateTime) -> Self {
        Self(Mutex::new(whole_microseconds(start)))
    }

    /// Moves the clock, forwards or (as real clocks do now and then) backwards.
    pub fn advance(&self, by: time::Duration) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now += by;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn whole_microseconds(instant: OffsetDateTime) -> OffsetDateTime {
    let excess = instant.nanosecond() % 1_000;
    instant - time::Duration::nanoseconds(i64::from(excess))
}
