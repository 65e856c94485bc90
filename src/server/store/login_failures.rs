//! `login_failures`: how often signing in to an account failed lately, and who tried.

use super::{
    Db, Timestamp,
    login_history::{self, Attempt},
    purge_step, transaction, write,
};

/// Whose failures are counted, and how many lock.
#[derive(Debug, Clone)]
pub struct Guard<'a> {
    /// The hash of the id that was typed.
    pub account: &'a str,
    /// The hash of a device that the account knows; empty for a client that it does not know.
    pub audience: &'a str,
    /// So many failures lock the account for this audience.
    pub max: i64,
    pub now: Timestamp,
    /// When failures that are counted from now on are forgotten, and a lock from now on ends.
    pub until: Timestamp,
}

/// Counts an attempt ($3: 1 for a failure, 0 for a success), unless the account is locked: then
/// only that it was tried. `refused` is above zero exactly when it was locked before.
pub(super) const COUNT: &str = "INSERT INTO login_failures AS f \
    (account, audience, failures, refused, expires_at) VALUES ($1, $2, $3, 0, $5) \
    ON CONFLICT (account, audience) DO UPDATE SET \
    failures = CASE WHEN f.expires_at <= $4 THEN $3 WHEN f.failures >= $6 THEN f.failures ELSE f.failures + $3 END, \
    refused = CASE WHEN f.expires_at <= $4 THEN 0 WHEN f.failures >= $6 THEN f.refused + 1 ELSE 0 END, \
    expires_at = CASE WHEN f.expires_at <= $4 THEN $5 \
        WHEN f.failures < $6 AND f.failures + $3 >= $6 THEN $5 ELSE f.expires_at END \
    RETURNING refused";
pub(super) const FORGIVE: &str = "DELETE FROM login_failures WHERE account = $1 AND audience = $2";

/// Runs [`COUNT`] in a transaction.
macro_rules! count {
    ($tx:expr, $guard:expr, $failed:expr) => {{
        let refused: i64 = sqlx::query_scalar($crate::server::store::login_failures::COUNT)
            .bind($guard.account)
            .bind($guard.audience)
            .bind(i64::from($failed))
            .bind($guard.now)
            .bind($guard.until)
            .bind($guard.max)
            .fetch_one(&mut *$tx)
            .await?;
        refused > 0
    }};
}
pub(super) use count;

/// Records an attempt that does not sign anybody in, in a transaction of its own. `wrong` says
/// whether it counts as a failure. Gives whether the account was locked before; the history then
/// says so.
pub async fn record(db: &Db, guard: &Guard<'_>, attempt: &Attempt<'_>, wrong: bool) -> sqlx::Result<bool> {
    transaction!(db, |tx| {
        let locked = count!(tx, guard, wrong);
        let attempt = attempt.unless(locked);
        login_history::insert!(tx, attempt);
        Ok(locked)
    })
}

/// Whether a password that was given once more counts as right: it does not while the account is
/// locked for that audience.
pub async fn judge(db: &Db, guard: &Guard<'_>, right: bool) -> sqlx::Result<bool> {
    transaction!(db, |tx| {
        let locked = count!(tx, guard, !right);
        let accepted = right && !locked;
        if accepted {
            sqlx::query(FORGIVE)
                .bind(guard.account)
                .bind(guard.audience)
                .execute(&mut *tx)
                .await?;
        }
        Ok(accepted)
    })
}

/// Forgets all failures for an account: it is unlocked for everybody. Gives whether there were any.
pub async fn forget(db: &Db, account: &str) -> sqlx::Result<bool> {
    const SQL: &str = "DELETE FROM login_failures WHERE account = $1";
    let rows = write!(db, |pool| {
        sqlx::query(SQL).bind(account).execute(pool).await?.rows_affected()
    });
    Ok(rows > 0)
}

/// When the lock of an account for clients that it does not know ends; `None` when it is not locked.
pub async fn locked_until(db: &Db, account: &str, max: i64, now: Timestamp) -> sqlx::Result<Option<Timestamp>> {
    const SQL: &str = "SELECT expires_at FROM login_failures \
        WHERE account = $1 AND audience = '' AND failures >= $2 AND expires_at > $3";
    super::read!(db, |pool| {
        sqlx::query_scalar(SQL)
            .bind(account)
            .bind(max)
            .bind(now)
            .fetch_optional(pool)
            .await
    })
}

/// Deletes some of the rows that mean nothing any more; gives how many there were.
pub async fn purge(db: &Db, now: Timestamp) -> sqlx::Result<u64> {
    const SQL: &str = "DELETE FROM login_failures WHERE expires_at <= $1 AND (account, audience) IN \
        (SELECT account, audience FROM login_failures WHERE expires_at <= $1 LIMIT $2)";
    purge_step!(db, SQL, now)
}
