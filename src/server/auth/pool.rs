//! Work that takes a core for milliseconds: never on the async threads, never more at once than
//! there is room for, and who would wait too long is turned away.

use std::{sync::Arc, time::Duration};

use tokio::sync::Semaphore;

use crate::server::error::Error;

/// A bounded number of places to work in. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Pool {
    places: Arc<Semaphore>,
    max_wait: Duration,
}

impl Pool {
    /// What a client that was turned away is asked to wait, in seconds.
    const RETRY_AFTER: u64 = 3;

    pub fn new(places: usize, max_wait: Duration) -> Self {
        Self {
            places: Arc::new(Semaphore::new(places)),
            max_wait,
        }
    }

    /// As many places as there are cores.
    pub fn of_cores(max_wait: Duration) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self::new(cores, max_wait)
    }

    /// Runs `work` when it is its turn.
    ///
    /// # Errors
    /// [`Error::Busy`] when that would take too long.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let places = Arc::clone(&self.places);
        let Ok(Ok(place)) = tokio::time::timeout(self.max_wait, places.acquire_owned()).await else {
            return Err(Error::Busy {
                retry_after: Self::RETRY_AFTER,
            });
        };
        // The place goes along: a client that hangs up does not free the core it still uses.
        tokio::task::spawn_blocking(move || {
            let out = work();
            drop(place);
            out
        })
        .await
        .map_err(|error| Error::Internal(format!("work off the async threads: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_would_wait_too_long_is_turned_away() {
        tokio::time::pause();
        let pool = Pool::new(1, Duration::from_secs(3));
        let held = pool.places.acquire().await.unwrap();
        assert!(matches!(pool.run(|| 1).await, Err(Error::Busy { retry_after: 3 })));
        drop(held);
        assert_eq!(pool.run(|| 1).await.unwrap(), 1);
    }
}
