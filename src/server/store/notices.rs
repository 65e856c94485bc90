//! What other nodes, and the command line beside them, change: PostgreSQL tells (its triggers are in
//! migration 7). SQLite has one server and tells nothing; whoever relies on notices must ask now
//! and then as well, since one may be lost.

use std::time::Duration;

use sqlx::postgres::{PgListener, PgPoolOptions};

use super::{ACQUIRE_TIMEOUT, Db};

const CHANNEL: &str = "secondarymarket";

/// After so long without a notice the connection is tried.
const QUIET: Duration = Duration::from_secs(20);

/// Something that this process may hold in memory is out of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The device of this row.
    Session(i64),
    /// The user of this row, with all their devices.
    User(i64),
    Market,
    /// The connection was lost for a while: anything may have changed.
    Missed,
}

/// A connection that listens.
#[derive(Debug)]
pub struct Notices(Option<PgListener>);

impl Notices {
    /// Begins to listen, on a connection beside the pool's: the pool's may all be busy.
    pub async fn listen(db: &Db) -> sqlx::Result<Self> {
        let Db::Postgres(pool) = db else {
            return Ok(Self(None));
        };
        let options = pool.connect_options().as_ref().clone();
        let own = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_lazy_with(options);
        let mut listener = PgListener::connect_with(&own).await?;
        listener.listen(CHANNEL).await?;
        Ok(Self(Some(listener)))
    }

    /// The next one; never on SQLite.
    ///
    /// # Errors
    /// When the connection is lost and cannot be made again.
    pub async fn next(&mut self) -> sqlx::Result<Notice> {
        let Some(listener) = &mut self.0 else {
            return std::future::pending().await;
        };
        loop {
            let Ok(received) = tokio::time::timeout(QUIET, listener.try_recv()).await else {
                // Nothing happened, or nothing comes through any more.
                let alive = sqlx::query("SELECT 1").execute(&mut *listener);
                tokio::time::timeout(ACQUIRE_TIMEOUT, alive)
                    .await
                    .unwrap_or(Err(sqlx::Error::PoolTimedOut))?;
                continue;
            };
            match received? {
                None => return Ok(Notice::Missed),
                Some(notification) => {
                    if let Some(notice) = read(notification.payload()) {
                        return Ok(notice);
                    }
                }
            }
        }
    }
}

/// Others may use the channel of this name, too: what is not understood is none of ours.
fn read(payload: &str) -> Option<Notice> {
    let mut words = payload.split(' ');
    let notice = match (words.next()?, words.next()) {
        ("market", None) => Notice::Market,
        ("session", Some(id)) => Notice::Session(id.parse().ok()?),
        ("user", Some(id)) => Notice::User(id.parse().ok()?),
        _ => return None,
    };
    words.next().is_none().then_some(notice)
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::server::store::{
        Timestamp,
        testing::TestDb,
        users::{self, NewUser},
    };

    #[test]
    fn payloads_are_read() {
        for (payload, notice) in [
            ("session 7", Some(Notice::Session(7))),
            ("user 12", Some(Notice::User(12))),
            ("market", Some(Notice::Market)),
            ("market 1", None),
            ("session", None),
            ("session x", None),
            ("session 1 2", None),
            ("", None),
            ("weather", None),
        ] {
            assert_eq!(read(payload), notice, "{payload}");
        }
    }

    #[tokio::test]
    async fn what_is_written_is_told() {
        let Some(test) = TestDb::postgres().await else { return };
        let mut notices = Notices::listen(&test.db).await.unwrap();
        let now = Timestamp(datetime!(2026-03-20 09:00 UTC));
        let new = NewUser {
            user_id: "hong_gd",
            user_id_key: "hong_gd",
            email: "hong@example.com",
            email_key: "hong@example.com",
            name: "hong",
            password_hash: &String::new().into(),
            created_at: now,
        };
        let id = users::insert(&test.db, &new, &[]).await.unwrap().unwrap().id;
        users::deactivate(&test.db, id, now).await.unwrap();
        assert_eq!(notices.next().await.unwrap(), Notice::User(id));
        test.cut_connections().await;
        assert_eq!(notices.next().await.unwrap(), Notice::Missed);
        test.clean_up().await;
    }
}
