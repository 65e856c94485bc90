//! Whether the database can be worked with.

use std::time::{Duration, Instant};

use time::OffsetDateTime;
use tokio::sync::Mutex;

use super::{Db, write};

/// How long the database may take to answer.
const ANSWER: Duration = Duration::from_millis(1_200);
/// How long a write may wait for its turn: an import that holds the lock is no fault.
const TURN: Duration = Duration::from_millis(500);
/// No import holds it for so long: then it is stuck.
const STUCK: Duration = Duration::from_mins(2);
/// How long an answer counts, so that probes from everywhere cost no more than one.
const FRESH: Duration = Duration::from_millis(700);

/// The last answer. One for each server.
#[derive(Debug, Default)]
pub struct Health(Mutex<Last>);

#[derive(Debug, Default)]
struct Last {
    /// When it was asked last, and what was wrong, if anything.
    asked: Option<(Instant, Option<String>)>,
    /// Since when writes have been waiting for their turn.
    waiting_since: Option<Instant>,
}

impl Health {
    /// Asks the database for a sign of life, and whether it takes writes; or says what it answered a
    /// moment ago. However many ask at the same time, one question goes out.
    ///
    /// # Errors
    /// When it does not answer in time, or refuses to write: a full disk, a lost one.
    pub async fn check(&self, db: &Db, now: OffsetDateTime) -> sqlx::Result<()> {
        let mut last = self.0.lock().await;
        if let Some((at, fault)) = &last.asked
            && at.elapsed() < FRESH
        {
            return fault.clone().map_or(Ok(()), |fault| Err(sqlx::Error::Protocol(fault)));
        }
        let outcome = last.ask(db, now).await;
        last.asked = Some((Instant::now(), outcome.as_ref().err().map(ToString::to_string)));
        outcome
    }
}

impl Last {
    async fn ask(&mut self, db: &Db, now: OffsetDateTime) -> sqlx::Result<()> {
        // Nobody is let in by it: a limit that is over means the same as none.
        const WRITE: &str = "INSERT INTO rate_limits (key, tat) VALUES ('readiness', $1) \
            ON CONFLICT (key) DO UPDATE SET tat = excluded.tat";
        tokio::time::timeout(ANSWER, db.ping())
            .await
            .unwrap_or(Err(sqlx::Error::PoolTimedOut))?;
        let micros = i64::try_from(now.unix_timestamp_nanos() / 1_000).unwrap_or_default();
        let written = async { write!(db, |pool| sqlx::query(WRITE).bind(micros).execute(pool).await.map(drop)) };
        let waits = match tokio::time::timeout(TURN, written).await {
            Err(_) => true,
            Ok(Ok(())) => false,
            Ok(Err(error)) if is_busy(&error) => true,
            Ok(Err(error)) => return Err(error),
        };
        if !waits {
            self.waiting_since = None;
        } else if self.waiting_since.get_or_insert_with(Instant::now).elapsed() > STUCK {
            return Err(sqlx::Error::PoolTimedOut);
        }
        Ok(())
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
            tokio::time::sleep(FRESH).await;
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
