//! `saved_screens`: views of the listing that a user gave a name.

use super::{Db, Timestamp, read, transaction, write};

/// A view and its name.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ScreenRow {
    pub name: String,
    pub query: String,
}

/// Why a screen was not saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The user has as many as may be.
    Full,
    /// Another view has the name.
    Taken,
}

/// A user's screens, the oldest first.
pub async fn all(db: &Db, user_id: i64) -> sqlx::Result<Vec<ScreenRow>> {
    const SQL: &str = "SELECT name, query FROM saved_screens WHERE user_id = $1 ORDER BY created_at, name";
    read!(db, |pool| sqlx::query_as(SQL).bind(user_id).fetch_all(pool).await)
}

/// Saves a screen, if need be in the place of another one of the same name: only where that
/// `may_replace`.
pub async fn put(
    db: &Db,
    user_id: i64,
    screen: &ScreenRow,
    may_replace: bool,
    now: Timestamp,
    max: i64,
) -> sqlx::Result<Result<(), Refused>> {
    /// Two of one user wait for each other. SQLite has one writer anyway.
    const LOCK: &str = "UPDATE users SET updated_at = updated_at WHERE id = $1";
    const OTHERS: &str = "SELECT count(*) FROM saved_screens WHERE user_id = $1 AND name <> $2";
    const SAME_NAME: &str = "SELECT query FROM saved_screens WHERE user_id = $1 AND name = $2";
    const WRITE: &str = "INSERT INTO saved_screens (user_id, name, query, created_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (user_id, name) DO UPDATE SET query = excluded.query";
    transaction!(db, |tx| {
        sqlx::query(LOCK).bind(user_id).execute(&mut *tx).await?;
        let others: i64 = sqlx::query_scalar(OTHERS)
            .bind(user_id)
            .bind(&screen.name)
            .fetch_one(&mut *tx)
            .await?;
        if others >= max {
            return Ok(Err(Refused::Full));
        }
        let saved: Option<String> = sqlx::query_scalar(SAME_NAME)
            .bind(user_id)
            .bind(&screen.name)
            .fetch_optional(&mut *tx)
            .await?;
        if !may_replace && saved.is_some_and(|saved| saved != screen.query) {
            return Ok(Err(Refused::Taken));
        }
        sqlx::query(WRITE)
            .bind(user_id)
            .bind(&screen.name)
            .bind(&screen.query)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        Ok(Ok(()))
    })
}

/// Takes a screen away; `false` when there was none.
pub async fn remove(db: &Db, user_id: i64, name: &str) -> sqlx::Result<bool> {
    const SQL: &str = "DELETE FROM saved_screens WHERE user_id = $1 AND name = $2";
    write!(db, |pool| {
        let done = sqlx::query(SQL).bind(user_id).bind(name).execute(pool).await?;
        Ok(done.rows_affected() > 0)
    })
}
