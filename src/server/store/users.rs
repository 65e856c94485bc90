//! `users`.

use super::{
    Db, Timestamp,
    consents::{self, Consent},
    read, refresh_tokens, transaction, write,
};

/// A stored password hash (a PHC string). Does not print itself.
#[derive(Clone, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct PasswordHash(String);

impl PasswordHash {
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for PasswordHash {
    fn from(hash: String) -> Self {
        Self(hash)
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(***)")
    }
}

/// A row of `users`.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct UserRow {
    pub id: i64,
    pub user_id: String,
    pub email: String,
    pub name: String,
    pub password_hash: PasswordHash,
    pub is_active: bool,
    pub is_verified: bool,
    pub created_at: Timestamp,
    pub last_login_at: Option<Timestamp>,
}

/// What a new row needs. The keys are the lower-case forms that uniqueness goes by.
#[derive(Debug)]
pub struct NewUser<'a> {
    pub user_id: &'a str,
    pub user_id_key: &'a str,
    pub email: &'a str,
    pub email_key: &'a str,
    pub name: &'a str,
    pub password_hash: &'a PasswordHash,
    pub created_at: Timestamp,
}

/// Which unique value somebody has already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    UserId,
    Email,
}

/// Makes a user with their consents; `None` when the id or the address is taken.
pub async fn insert(db: &Db, user: &NewUser<'_>, consents: &[Consent]) -> sqlx::Result<Option<UserRow>> {
    const USER: &str = "INSERT INTO users \
        (user_id, user_id_key, email, email_key, name, password_hash, created_at, updated_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT DO NOTHING \
        RETURNING id, user_id, email, name, password_hash, is_active, is_verified, created_at, last_login_at";
    transaction!(db, |tx| {
        let row: Option<UserRow> = sqlx::query_as(USER)
            .bind(user.user_id)
            .bind(user.user_id_key)
            .bind(user.email)
            .bind(user.email_key)
            .bind(user.name)
            .bind(user.password_hash)
            .bind(user.created_at)
            .fetch_optional(&mut *tx)
            .await?;
        if let Some(row) = &row {
            consents::insert!(tx, row.id, consents, user.created_at);
        }
        Ok(row)
    })
}

/// A user who comes from elsewhere, with their past.
#[derive(Debug)]
pub struct AdoptedUser<'a> {
    pub user_id: &'a str,
    pub user_id_key: &'a str,
    pub email: &'a str,
    pub email_key: &'a str,
    pub name: &'a str,
    pub password_hash: &'a PasswordHash,
    pub is_active: bool,
    pub is_verified: bool,
    pub created_at: Timestamp,
    pub last_login_at: Option<Timestamp>,
    pub now: Timestamp,
}

/// Makes such a user; `false` when the id or the address is taken.
pub async fn adopt(db: &Db, user: &AdoptedUser<'_>) -> sqlx::Result<bool> {
    const SQL: &str = "INSERT INTO users (user_id, user_id_key, email, email_key, name, password_hash, \
        is_active, is_verified, created_at, last_login_at, updated_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING";
    let rows = write!(db, |pool| {
        sqlx::query(SQL)
            .bind(user.user_id)
            .bind(user.user_id_key)
            .bind(user.email)
            .bind(user.email_key)
            .bind(user.name)
            .bind(user.password_hash)
            .bind(user.is_active)
            .bind(user.is_verified)
            .bind(user.created_at)
            .bind(user.last_login_at)
            .bind(user.now)
            .execute(pool)
            .await?
            .rows_affected()
    });
    Ok(rows == 1)
}

/// Whether somebody has the id or the address; the id is named first.
pub async fn taken(db: &Db, user_id_key: &str, email_key: &str) -> sqlx::Result<Option<Taken>> {
    const SQL: &str = "SELECT user_id_key FROM users WHERE user_id_key = $1 OR email_key = $2";
    let keys: Vec<String> = read!(db, |pool| {
        sqlx::query_scalar(SQL)
            .bind(user_id_key)
            .bind(email_key)
            .fetch_all(pool)
            .await?
    });
    Ok(if keys.iter().any(|key| key == user_id_key) {
        Some(Taken::UserId)
    } else if keys.is_empty() {
        None
    } else {
        Some(Taken::Email)
    })
}

/// The user with that lower-case id.
pub async fn find_by_key(db: &Db, user_id_key: &str) -> sqlx::Result<Option<UserRow>> {
    const SQL: &str = "SELECT id, user_id, email, name, password_hash, is_active, is_verified, created_at, last_login_at \
        FROM users WHERE user_id_key = $1";
    read!(db, |pool| {
        sqlx::query_as(SQL).bind(user_id_key).fetch_optional(pool).await
    })
}

/// The user of a row.
pub async fn find(db: &Db, id: i64) -> sqlx::Result<Option<UserRow>> {
    const SQL: &str = "SELECT id, user_id, email, name, password_hash, is_active, is_verified, created_at, last_login_at \
        FROM users WHERE id = $1";
    read!(db, |pool| sqlx::query_as(SQL).bind(id).fetch_optional(pool).await)
}

/// All users, in the order in which they signed up.
pub async fn list(db: &Db) -> sqlx::Result<Vec<UserRow>> {
    const SQL: &str = "SELECT id, user_id, email, name, password_hash, is_active, is_verified, created_at, last_login_at \
        FROM users ORDER BY id";
    read!(db, |pool| sqlx::query_as(SQL).fetch_all(pool).await)
}

pub(super) const REPLACE_PASSWORD_HASH: &str =
    "UPDATE users SET password_hash = $3, updated_at = $4 WHERE id = $1 AND password_hash = $2";

/// Puts a new hash in the place of `old_hash`; a password that was changed meanwhile stays.
pub async fn replace_password_hash(
    db: &Db,
    id: i64,
    old_hash: &PasswordHash,
    new_hash: &PasswordHash,
    now: Timestamp,
) -> sqlx::Result<()> {
    write!(db, |pool| {
        sqlx::query(REPLACE_PASSWORD_HASH)
            .bind(id)
            .bind(old_hash)
            .bind(new_hash)
            .bind(now)
            .execute(pool)
            .await?;
    });
    Ok(())
}

/// Gives a user another name.
pub async fn rename(db: &Db, id: i64, name: &str, now: Timestamp) -> sqlx::Result<()> {
    const SQL: &str = "UPDATE users SET name = $2, updated_at = $3 WHERE id = $1";
    write!(db, |pool| {
        sqlx::query(SQL).bind(id).bind(name).bind(now).execute(pool).await?;
    });
    Ok(())
}

const SET_ACTIVE: &str = "UPDATE users SET is_active = $2, updated_at = $3 WHERE id = $1";

/// Lets a user in again.
pub async fn activate(db: &Db, id: i64, now: Timestamp) -> sqlx::Result<()> {
    write!(db, |pool| {
        sqlx::query(SET_ACTIVE)
            .bind(id)
            .bind(true)
            .bind(now)
            .execute(pool)
            .await?;
    });
    Ok(())
}

/// Keeps a user out and ends all their sessions, or neither; gives how many sessions there were.
pub async fn deactivate(db: &Db, id: i64, now: Timestamp) -> sqlx::Result<u64> {
    transaction!(db, |tx| {
        sqlx::query(SET_ACTIVE)
            .bind(id)
            .bind(false)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        let ended = sqlx::query(refresh_tokens::REVOKE_ALL)
            .bind(id)
            .bind("deactivated")
            .bind(now)
            .execute(&mut *tx)
            .await?
            .rows_affected();
        Ok(ended)
    })
}

/// Deletes a user; consents, sessions and history go along.
pub async fn delete(db: &Db, id: i64) -> sqlx::Result<()> {
    const SQL: &str = "DELETE FROM users WHERE id = $1";
    write!(db, |pool| {
        sqlx::query(SQL).bind(id).execute(pool).await?;
    });
    Ok(())
}

/// The same for who gave their password; `false` when it was changed meanwhile.
pub async fn delete_own(db: &Db, id: i64, hash: &PasswordHash) -> sqlx::Result<bool> {
    const SQL: &str = "DELETE FROM users WHERE id = $1 AND password_hash = $2";
    let rows = write!(db, |pool| {
        sqlx::query(SQL)
            .bind(id)
            .bind(hash)
            .execute(pool)
            .await?
            .rows_affected()
    });
    Ok(rows == 1)
}
