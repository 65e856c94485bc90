//! `rate_limits`: one theoretical arrival time (TAT) for each key that is limited.
//!
//! Instants are plain microseconds here, because the statement computes with them.

use super::{Db, purge_step, read, write};

/// Charges one request to `key`, in one statement, so that it is exact on any number of nodes:
/// moves its arrival time on by `interval` unless that would lie more than `period` ahead of
/// `now`. All in microseconds.
///
/// Gives the new arrival time, or, as an error, the one that is too far ahead.
pub async fn take(db: &Db, key: &str, now: i64, interval: i64, period: i64) -> sqlx::Result<Result<i64, i64>> {
    // An arrival time that lies further ahead than any can be was written before the clock was
    // set back: it does not count.
    const TAKE: &str = "INSERT INTO rate_limits AS l (key, tat) VALUES ($1, $2 + $3) \
        ON CONFLICT (key) DO UPDATE SET \
        tat = $3 + CASE WHEN l.tat > $2 AND l.tat <= $2 + $4 THEN l.tat ELSE $2 END \
        WHERE $3 + CASE WHEN l.tat > $2 AND l.tat <= $2 + $4 THEN l.tat ELSE $2 END <= $2 + $4 \
        RETURNING tat";
    const TAT: &str = "SELECT tat FROM rate_limits WHERE key = $1";
    let taken: Option<i64> = write!(db, |pool| {
        sqlx::query_scalar(TAKE)
            .bind(key)
            .bind(now)
            .bind(interval)
            .bind(period)
            .fetch_optional(pool)
            .await?
    });
    if let Some(tat) = taken {
        return Ok(Ok(tat));
    }
    let tat: Option<i64> = read!(db, |pool| {
        sqlx::query_scalar(TAT).bind(key).fetch_optional(pool).await?
    });
    // Gone meanwhile: purged, because it is over.
    Ok(Err(tat.unwrap_or(now)))
}

/// Deletes some of the rows that mean nothing any more; gives how many there were.
pub async fn purge(db: &Db, now: i64) -> sqlx::Result<u64> {
    const SQL: &str = "DELETE FROM rate_limits WHERE tat < $1 \
        AND key IN (SELECT key FROM rate_limits WHERE tat < $1 LIMIT $2)";
    purge_step!(db, SQL, now)
}
