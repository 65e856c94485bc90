//! `refresh_tokens`: one row for each signed-in device.

use super::{
    Db, Timestamp, known_devices,
    login_failures::{self, Guard},
    login_history::{self, Attempt},
    purge_step, read, transaction,
    users::{self, PasswordHash, UserRow},
    write,
};

/// A device with the user it belongs to.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SessionRow {
    #[sqlx(rename = "session_id")]
    pub id: i64,
    /// How often the device's refresh token has been rotated.
    pub generation: i64,
    #[sqlx(rename = "signed_in_at")]
    pub created_at: Timestamp,
    pub rotated_at: Timestamp,
    pub expires_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
    pub remember_me: bool,
    #[sqlx(flatten)]
    pub user: UserRow,
}

/// What a new row needs.
#[derive(Debug)]
pub struct NewSession<'a> {
    pub user_id: i64,
    /// What the password was verified against.
    pub password_hash: &'a PasswordHash,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub device_info: &'a str,
    /// The hash of the device's cookie.
    pub device_hash: &'a str,
    pub ip_address: &'a str,
    pub remember_me: bool,
}

/// A session by its row id, with its user; `None` when there is none.
pub async fn find(db: &Db, id: i64) -> sqlx::Result<Option<SessionRow>> {
    const SQL: &str = "SELECT s.id AS session_id, s.generation, s.created_at AS signed_in_at, \
        s.rotated_at, s.expires_at, s.revoked_at, s.remember_me, \
        u.id, u.user_id, u.email, u.name, u.password_hash, u.is_active, u.is_verified, \
        u.created_at, u.last_login_at \
        FROM refresh_tokens s JOIN users u ON u.id = s.user_id WHERE s.id = $1";
    read!(db, |pool| sqlx::query_as(SQL).bind(id).fetch_optional(pool).await)
}

/// What an attempt to sign a device in comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// The row's id.
    Session(i64),
    /// The account was locked; the history says so.
    Locked,
    /// The user is not as they were when the password was verified: nothing was written.
    Changed,
}

/// Signs a device in, unless the account is locked: the row, the user's last sign-in, the device
/// that is known from now on, the history, or none of them.
pub async fn open(db: &Db, session: &NewSession<'_>, guard: &Guard<'_>, attempt: &Attempt<'_>) -> sqlx::Result<Opened> {
    const SESSION: &str = "INSERT INTO refresh_tokens \
        (user_id, created_at, rotated_at, last_used_at, expires_at, device_info, ip_address, remember_me) \
        VALUES ($1, $2, $2, $2, $3, $4, $5, $6) RETURNING id";
    // A password that was changed, or a user who was deactivated, while the password was being
    // verified: whoever changes it ends the sessions that there are, so there must not be a new one.
    const LAST_LOGIN: &str = "UPDATE users SET last_login_at = $2 WHERE id = $1 AND password_hash = $3 AND is_active";
    transaction!(db, |tx| {
        let locked = login_failures::count!(tx, guard, false);
        let attempt = attempt.unless(locked);
        login_history::insert!(tx, attempt);
        if locked {
            Ok(Opened::Locked)
        } else {
            let unchanged = sqlx::query(LAST_LOGIN)
                .bind(session.user_id)
                .bind(session.created_at)
                .bind(session.password_hash)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if unchanged == 0 {
                return Ok(Opened::Changed);
            }
            sqlx::query(login_failures::FORGIVE)
                .bind(guard.account)
                .bind(guard.audience)
                .execute(&mut *tx)
                .await?;
            let id: i64 = sqlx::query_scalar(SESSION)
                .bind(session.user_id)
                .bind(session.created_at)
                .bind(session.expires_at)
                .bind(session.device_info)
                .bind(session.ip_address)
                .bind(session.remember_me)
                .fetch_one(&mut *tx)
                .await?;
            sqlx::query(known_devices::REMEMBER)
                .bind(session.user_id)
                .bind(session.device_hash)
                .bind(session.created_at)
                .execute(&mut *tx)
                .await?;
            // A known audience is a known device: there is no new row.
            if guard.audience.is_empty() {
                sqlx::query(known_devices::KEEP_THE_LATEST)
                    .bind(session.user_id)
                    .bind(known_devices::MAX)
                    .execute(&mut *tx)
                    .await?;
            }
            Ok(Opened::Session(id))
        }
    })
}

/// Compare-and-swap: moves a living session from `generation` to the next one. `false` when
/// another call was faster or the session has ended.
pub async fn rotate(
    db: &Db,
    id: i64,
    generation: i64,
    now: Timestamp,
    expires_at: Timestamp,
    ip_address: &str,
) -> sqlx::Result<bool> {
    const SQL: &str = "UPDATE refresh_tokens \
        SET generation = generation + 1, rotated_at = $3, last_used_at = $3, expires_at = $4, ip_address = $5 \
        WHERE id = $1 AND generation = $2 AND revoked_at IS NULL AND expires_at > $3";
    let rows = write!(db, |pool| {
        sqlx::query(SQL)
            .bind(id)
            .bind(generation)
            .bind(now)
            .bind(expires_at)
            .bind(ip_address)
            .execute(pool)
            .await?
            .rows_affected()
    });
    Ok(rows == 1)
}

/// Ends a session for good; `false` when it had ended already.
pub async fn revoke(db: &Db, id: i64, reason: &'static str, now: Timestamp) -> sqlx::Result<bool> {
    const SQL: &str = "UPDATE refresh_tokens SET revoked_at = $3, revoked_reason = $2 \
        WHERE id = $1 AND revoked_at IS NULL";
    let rows = write!(db, |pool| {
        sqlx::query(SQL)
            .bind(id)
            .bind(reason)
            .bind(now)
            .execute(pool)
            .await?
            .rows_affected()
    });
    Ok(rows == 1)
}

/// Ends a session that is alive, if it is the user's.
pub async fn revoke_own(db: &Db, user_id: i64, id: i64, reason: &'static str, now: Timestamp) -> sqlx::Result<bool> {
    const SQL: &str = "UPDATE refresh_tokens SET revoked_at = $4, revoked_reason = $3 \
        WHERE id = $2 AND user_id = $1 AND revoked_at IS NULL AND expires_at > $4";
    let rows = write!(db, |pool| {
        sqlx::query(SQL)
            .bind(user_id)
            .bind(id)
            .bind(reason)
            .bind(now)
            .execute(pool)
            .await?
            .rows_affected()
    });
    Ok(rows == 1)
}

pub(super) const REVOKE_ALL: &str = "UPDATE refresh_tokens SET revoked_at = $3, revoked_reason = $2 \
    WHERE user_id = $1 AND revoked_at IS NULL";

/// Ends every session of a user; gives how many there were.
pub async fn revoke_all(db: &Db, user_id: i64, reason: &'static str, now: Timestamp) -> sqlx::Result<u64> {
    let rows = write!(db, |pool| {
        sqlx::query(REVOKE_ALL)
            .bind(user_id)
            .bind(reason)
            .bind(now)
            .execute(pool)
            .await?
            .rows_affected()
    });
    Ok(rows)
}

/// Those that are over by their time as well: a clock may be set back.
const REVOKE_OTHERS: &str = "UPDATE refresh_tokens SET revoked_at = $4, revoked_reason = $3 \
    WHERE user_id = $1 AND id <> $2 AND revoked_at IS NULL";

/// Ends every session of a user but one; gives how many there were.
pub async fn revoke_others(
    db: &Db,
    user_id: i64,
    kept: i64,
    reason: &'static str,
    now: Timestamp,
) -> sqlx::Result<u64> {
    let rows = write!(db, |pool| {
        sqlx::query(REVOKE_OTHERS)
            .bind(user_id)
            .bind(kept)
            .bind(reason)
            .bind(now)
            .execute(pool)
            .await?
            .rows_affected()
    });
    Ok(rows)
}

/// A password that takes the place of another one.
#[derive(Debug)]
pub struct PasswordChange<'a> {
    pub user_id: i64,
    pub old_hash: &'a PasswordHash,
    pub new_hash: &'a PasswordHash,
    /// The session that changes it; the user's others end.
    pub kept: i64,
    pub now: Timestamp,
}

/// Changes a password and ends the user's other sessions, or neither. `None` when the password
/// was changed meanwhile; otherwise how many sessions ended.
pub async fn change_password(db: &Db, change: &PasswordChange<'_>) -> sqlx::Result<Option<u64>> {
    transaction!(db, |tx| {
        let changed = sqlx::query(users::REPLACE_PASSWORD_HASH)
            .bind(change.user_id)
            .bind(change.old_hash)
            .bind(change.new_hash)
            .bind(change.now)
            .execute(&mut *tx)
            .await?
            .rows_affected();
        if changed == 0 {
            return Ok(None);
        }
        let ended = sqlx::query(REVOKE_OTHERS)
            .bind(change.user_id)
            .bind(change.kept)
            .bind("password_changed")
            .bind(change.now)
            .execute(&mut *tx)
            .await?
            .rows_affected();
        Ok(Some(ended))
    })
}

/// A device as its user sees it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DeviceRow {
    pub id: i64,
    pub device_info: String,
    pub ip_address: String,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
    pub expires_at: Timestamp,
    pub remember_me: bool,
}

/// The user's sessions that are alive, the last used first.
pub async fn list_alive(db: &Db, user_id: i64, now: Timestamp) -> sqlx::Result<Vec<DeviceRow>> {
    const SQL: &str = "SELECT id, device_info, ip_address, created_at, last_used_at, expires_at, remember_me \
        FROM refresh_tokens WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $2 \
        ORDER BY last_used_at DESC, id DESC";
    read!(db, |pool| {
        sqlx::query_as(SQL).bind(user_id).bind(now).fetch_all(pool).await
    })
}

/// A device that was ended, and when.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct EndedRow {
    pub device_info: String,
    pub ip_address: String,
    pub revoked_at: Timestamp,
}

/// The user's sessions that ended for `reason` since then, the newest first, at most `limit`.
pub async fn list_ended(
    db: &Db,
    user_id: i64,
    reason: &'static str,
    since: Timestamp,
    limit: u32,
) -> sqlx::Result<Vec<EndedRow>> {
    const SQL: &str = "SELECT device_info, ip_address, revoked_at FROM refresh_tokens \
        WHERE user_id = $1 AND revoked_reason = $2 AND revoked_at >= $3 ORDER BY revoked_at DESC, id DESC LIMIT $4";
    read!(db, |pool| {
        sqlx::query_as(SQL)
            .bind(user_id)
            .bind(reason)
            .bind(since)
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await
    })
}

/// Deletes some of the sessions whose time was over before `then`, signed out or not; gives how
/// many there were.
pub async fn purge(db: &Db, then: Timestamp) -> sqlx::Result<u64> {
    const SQL: &str = "DELETE FROM refresh_tokens WHERE expires_at < $1 \
        AND id IN (SELECT id FROM refresh_tokens WHERE expires_at < $1 LIMIT $2)";
    purge_step!(db, SQL, then)
}

#[cfg(test)]
mod tests;
