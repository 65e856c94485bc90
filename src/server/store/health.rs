//! Whether the database can be worked with.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use time::OffsetDateTime;

use super::{Db, write};

/// How long the database may take to answer.
const ANSWER: Duration = Duration::from_millis(1_200);
/// How long a write may wait for its turn: an import that holds the lock is no fault.
const TURN: Duration = Duration::from_millis(500);
/// How long an answer counts, so that probes from everywhere cost no more than one.
const FRESH: Duration = Duration::from_millis(700);

/// The last answer. One for each server.
#[derive(Debug, Default)]
pub struct Health {
    writable_at: Mutex<Option<Instant>>,
}

impl Health {
    /// Asks the database for a sign of life, and whether it takes writes.
    ///
    /// # Errors
    /// When it does not answer in time, or refuses to write: a full disk, a lost one.
    pub async fn check(&self, db: &Db, now: OffsetDateTime) -> sqlx::Result<()> {
        // Nobody is let in by it: a limit that is over means the same as none.
        const WRITE: &str = "INSERT INTO rate_limits (key, tat) VALUES ('readiness', $1) \
            ON CONFLICT (key) DO UPDATE SET tat = excluded.tat";
        tokio::time::timeout(ANSWER, db.ping())
            .await
            .unwrap_or(Err(sqlx::Error::PoolTimedOut))?;
        if self.was_written_lately() {
            return Ok(());
        }
        let micros = i64::try_from(now.unix_timestamp_nanos() / 1_000).unwrap_or_default();
        let written = async { write!(db, |pool| sqlx::query(WRITE).bind(micros).execute(pool).await.map(drop)) };
        match tokio::time::timeout(TURN, written).await {
            // It waits for its turn: that is not to be unable.
            Err(_) => Ok(()),
            Ok(Ok(())) => {
                *self.writable_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
                Ok(())
            }
            Ok(Err(error)) if is_busy(&error) => Ok(()),
            Ok(Err(error)) => Err(error),
        }
    }

    fn was_written_lately(&self) -> bool {
        let writable_at = self.writable_at.lock().unwrap_or_else(PoisonError::into_inner);
        writable_at.is_some_and(|at| at.elapsed() < FRESH)
    }
}

/// SQLite: another process writes at the moment.
pub(super) fn is_busy(error: &sqlx::Error) -> bool {
    // SQLITE_BUSY and SQLITE_LOCKED, in their plain and extended forms.
    let code = error
        .as_database_error()
        .and_then(|error| error.code()?.parse::<u32>().ok());
    code.is_some_and(|code| matches!(code & 0xff, 5 | 6))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::server::store::testing::TestDb;

    const NOW: OffsetDateTime = datetime!(2026-03-20 09:00 UTC);

    #[tokio::test]
    async fn a_database_is_healthy_until_a_table_is_gone_and_again_when_it_is_back() {
        for test in TestDb::all().await {
            let health = Health::default();
            health.check(&test.db, NOW).await.unwrap();
            test.take_away("rate_limits").await;
            tokio::time::sleep(FRESH).await;
            assert!(health.check(&test.db, NOW).await.is_err());
            test.bring_back("rate_limits").await;
            health.check(&test.db, NOW).await.unwrap();
            test.clean_up().await;
        }
    }

    #[tokio::test]
    async fn another_writer_is_no_fault() {
        let test = TestDb::sqlite().await;
        let Db::Sqlite(sqlite) = &test.db else { unreachable!() };
        let held = sqlite.writer.begin_with("BEGIN IMMEDIATE").await.unwrap();
        Health::default().check(&test.db, NOW).await.unwrap();
        drop(held);
        test.clean_up().await;
    }
}
