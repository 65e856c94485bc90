//! `login_history`: every attempt to sign in.

use super::{Db, Timestamp, purge_step, read};

/// One attempt; it succeeded unless a reason says otherwise.
#[derive(Debug, Clone)]
pub struct Attempt<'a> {
    /// `None` for an id that does not exist.
    pub user_id: Option<i64>,
    pub failure_reason: Option<&'static str>,
    pub ip_address: &'a str,
    pub user_agent: &'a str,
    pub login_at: Timestamp,
}

/// The reason of attempts that came while the account was locked.
const LOCKED: &str = "account_locked";

impl Attempt<'_> {
    /// The same attempt, failed for a reason.
    #[must_use]
    pub fn failed(&self, reason: &'static str) -> Self {
        Self {
            failure_reason: Some(reason),
            ..self.clone()
        }
    }

    /// The same attempt, failed for another reason when the account was `locked`.
    #[must_use]
    pub(super) fn unless(&self, locked: bool) -> Self {
        Self {
            failure_reason: if locked { Some(LOCKED) } else { self.failure_reason },
            ..self.clone()
        }
    }
}

pub(super) const INSERT: &str = "INSERT INTO login_history \
    (user_id, success, failure_reason, ip_address, user_agent, login_at) VALUES ($1, $2, $3, $4, $5, $6)";

/// Writes an attempt as a part of a transaction.
macro_rules! insert {
    ($tx:expr, $attempt:expr) => {
        sqlx::query($crate::server::store::login_history::INSERT)
            .bind($attempt.user_id)
            .bind($attempt.failure_reason.is_none())
            .bind($attempt.failure_reason)
            .bind($attempt.ip_address)
            .bind($attempt.user_agent)
            .bind($attempt.login_at)
            .execute(&mut *$tx)
            .await?;
    };
}
pub(super) use insert;

/// A row as the history shows it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AttemptRow {
    pub id: i64,
    pub user_id: Option<i64>,
    pub success: bool,
    pub failure_reason: Option<String>,
    pub ip_address: String,
    pub user_agent: String,
    pub login_at: Timestamp,
}

/// Every attempt of everybody, oldest first.
pub async fn all(db: &Db) -> sqlx::Result<Vec<AttemptRow>> {
    const SQL: &str = "SELECT id, user_id, success, failure_reason, ip_address, user_agent, login_at \
        FROM login_history ORDER BY id";
    read!(db, |pool| sqlx::query_as(SQL).fetch_all(pool).await)
}

/// A user's attempts before the one of that id, the newest first.
pub async fn page(db: &Db, user_id: i64, before: i64, limit: u32) -> sqlx::Result<Vec<AttemptRow>> {
    const SQL: &str = "SELECT id, user_id, success, failure_reason, ip_address, user_agent, login_at \
        FROM login_history WHERE user_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    read!(db, |pool| {
        sqlx::query_as(SQL)
            .bind(user_id)
            .bind(before)
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await
    })
}

/// The ids of a user's attempts from that id on, the oldest first.
pub async fn ids_from(db: &Db, user_id: i64, from: i64, limit: u32) -> sqlx::Result<Vec<i64>> {
    const SQL: &str = "SELECT id FROM login_history WHERE user_id = $1 AND id >= $2 ORDER BY id LIMIT $3";
    read!(db, |pool| {
        sqlx::query_scalar(SQL)
            .bind(user_id)
            .bind(from)
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await
    })
}

/// Deletes some of the attempts from before `then`; gives how many there were.
pub async fn purge(db: &Db, then: Timestamp) -> sqlx::Result<u64> {
    const SQL: &str = "DELETE FROM login_history WHERE login_at < $1 \
        AND id IN (SELECT id FROM login_history WHERE login_at < $1 LIMIT $2)";
    purge_step!(db, SQL, then)
}
