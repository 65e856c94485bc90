//! `known_devices`: from where a user has signed in before.

use super::{Db, Timestamp, purge_step, read};

/// So many devices of a user are kept.
pub(super) const MAX: i64 = 50;

pub(super) const REMEMBER: &str = "INSERT INTO known_devices (user_id, device_hash, created_at, last_used_at) \
    VALUES ($1, $2, $3, $3) ON CONFLICT (user_id, device_hash) DO UPDATE SET last_used_at = $3";
/// Those that never came back go first: a program that signs in without keeping its cookies
/// leaves a new one each time.
pub(super) const KEEP_THE_LATEST: &str = "DELETE FROM known_devices WHERE user_id = $1 AND device_hash NOT IN \
    (SELECT device_hash FROM known_devices WHERE user_id = $1 \
    ORDER BY CASE WHEN last_used_at > created_at THEN 0 ELSE 1 END, last_used_at DESC, device_hash LIMIT $2)";

/// The users that know the device.
pub async fn users_of(db: &Db, device_hash: &str) -> sqlx::Result<Vec<i64>> {
    const SQL: &str = "SELECT user_id FROM known_devices WHERE device_hash = $1";
    read!(db, |pool| {
        sqlx::query_scalar(SQL).bind(device_hash).fetch_all(pool).await
    })
}

/// Deletes some of the devices that were last used before `then`; gives how many there were.
pub async fn purge(db: &Db, then: Timestamp) -> sqlx::Result<u64> {
    const SQL: &str = "DELETE FROM known_devices WHERE last_used_at < $1 AND (user_id, device_hash) IN \
        (SELECT user_id, device_hash FROM known_devices WHERE last_used_at < $1 LIMIT $2)";
    purge_step!(db, SQL, then)
}
