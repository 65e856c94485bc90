//! Which of several servers on one database runs what only one may run.

use std::time::Duration;

use sqlx::{Connection as _, PgConnection};

use super::Db;

/// What servers of this program agree on; no other meaning ("secmkt" as a number).
const LOCK: i64 = 0x7365_636d_6b74;
/// How often a leader makes sure that it still is one.
const CHECK: Duration = Duration::from_secs(2);
/// A connection that does not answer within this time is lost.
const ANSWER: Duration = Duration::from_secs(3);

/// How long asking for it may take.
const SOUGHT: Duration = Duration::from_secs(10);

/// Held by one server at a time. On PostgreSQL it is a connection with an advisory lock, which the
/// database gives to another when the connection, or the server with it, is gone.
#[derive(Debug)]
pub struct Leadership(Option<PgConnection>);

impl Leadership {
    /// `None` while another server has it. On SQLite there is no other.
    pub async fn seek(db: &Db) -> sqlx::Result<Option<Self>> {
        /// A leader that says nothing for so long is frozen, cut off or without power: its lock goes.
        const SILENCE: &str = "SET idle_session_timeout = '10s'";
        const SEEK: &str = "SELECT pg_try_advisory_lock($1)";
        let Db::Postgres(pool) = db else {
            return Ok(Some(Self(None)));
        };
        // Not of the pool: those change hands.
        let sought = async {
            let mut connection = PgConnection::connect_with(&pool.connect_options()).await?;
            sqlx::query(SILENCE).execute(&mut connection).await?;
            let held: bool = sqlx::query_scalar(SEEK).bind(LOCK).fetch_one(&mut connection).await?;
            if held {
                return Ok(Some(Self(Some(connection))));
            }
            connection.close().await?;
            Ok(None)
        };
        tokio::time::timeout(SOUGHT, sought)
            .await
            .unwrap_or(Err(sqlx::Error::PoolTimedOut))
    }

    /// Comes back when it is lost; never on SQLite.
    pub async fn lost(&mut self) {
        let Some(connection) = &mut self.0 else {
            return std::future::pending().await;
        };
        loop {
            tokio::time::sleep(CHECK).await;
            if !matches!(tokio::time::timeout(ANSWER, connection.ping()).await, Ok(Ok(()))) {
                return;
            }
        }
    }

    /// Gives it to whoever asks next.
    pub async fn resign(self) {
        if let Some(connection) = self.0 {
            // Closed or lost: both let it go.
            let _ = connection.close().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::store::testing::TestDb;

    #[tokio::test]
    async fn one_leads_at_a_time() {
        let Some(test) = TestDb::postgres().await else { return };
        let first = Leadership::seek(&test.db).await.unwrap().unwrap();
        assert!(Leadership::seek(&test.db).await.unwrap().is_none());
        first.resign().await;
        let second = Leadership::seek(&test.db).await.unwrap();
        assert!(second.is_some());
        drop(second);
        test.clean_up().await;
    }

    #[tokio::test]
    async fn who_loses_the_connection_learns_it() {
        let Some(test) = TestDb::postgres().await else { return };
        let mut leadership = Leadership::seek(&test.db).await.unwrap().unwrap();
        test.cut_connections().await;
        tokio::time::timeout(Duration::from_secs(10), leadership.lost())
            .await
            .unwrap();
        test.clean_up().await;
    }
}
