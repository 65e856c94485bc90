//! `watchlist_items`: what a user watches, in the user's order.

use time::Date;

use super::{Db, Timestamp, read, transaction};

/// An item of a user's list.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ItemRow {
    pub code: String,
    pub name: String,
    pub group_name: Option<String>,
    pub note: Option<String>,
    pub position: i64,
    pub added_at: Timestamp,
}

/// What is written about an issue; what is `None` stays as it is.
#[derive(Debug)]
pub struct Put<'a> {
    pub user_id: i64,
    pub code: &'a str,
    pub name: &'a str,
    /// An inner `None` takes the group away.
    pub group_name: Option<Option<&'a str>>,
    pub note: Option<Option<&'a str>>,
    /// Where it shall stand; at the end when there are fewer.
    pub position: Option<usize>,
    pub now: Timestamp,
    /// The most items that a list may have.
    pub max: usize,
}

/// The user's list is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

const ALL: &str = "SELECT code, name, group_name, note, position, added_at \
    FROM watchlist_items WHERE user_id = $1 ORDER BY position, code";
const SET_POSITION: &str = "UPDATE watchlist_items SET position = $3 WHERE user_id = $1 AND code = $2";
/// Two changes of one list wait for each other. SQLite has one writer anyway.
const LOCK: &str = "UPDATE users SET updated_at = updated_at WHERE id = $1";

/// A user's list.
pub async fn all(db: &Db, user_id: i64) -> sqlx::Result<Vec<ItemRow>> {
    read!(db, |pool| sqlx::query_as(ALL).bind(user_id).fetch_all(pool).await)
}

/// The codes on it.
pub async fn codes(db: &Db, user_id: i64) -> sqlx::Result<Vec<String>> {
    const SQL: &str = "SELECT code FROM watchlist_items WHERE user_id = $1 ORDER BY position, code";
    read!(db, |pool| sqlx::query_scalar(SQL).bind(user_id).fetch_all(pool).await)
}

/// The closes of all of it within a range of days, both included: by code, oldest first.
pub async fn closes(db: &Db, user_id: i64, from: Date, to: Date) -> sqlx::Result<Vec<(String, i64)>> {
    const SQL: &str = "SELECT b.code, b.close FROM watchlist_items w JOIN daily_bars b ON b.code = w.code \
        WHERE w.user_id = $1 AND b.trade_date BETWEEN $2 AND $3 ORDER BY b.code, b.trade_date";
    read!(db, |pool| sqlx::query_as(SQL)
        .bind(user_id)
        .bind(from)
        .bind(to)
        .fetch_all(pool)
        .await)
}

/// The last day on which a code on it was delisted, of those that ever were.
pub async fn delistings(db: &Db, user_id: i64) -> sqlx::Result<Vec<(String, Date)>> {
    const SQL: &str = "SELECT w.code, max(d.delisted_on) FROM watchlist_items w JOIN delistings d ON d.code = w.code \
        WHERE w.user_id = $1 GROUP BY w.code";
    read!(db, |pool| sqlx::query_as(SQL).bind(user_id).fetch_all(pool).await)
}

/// One item of it.
pub async fn find(db: &Db, user_id: i64, code: &str) -> sqlx::Result<Option<ItemRow>> {
    const SQL: &str = "SELECT code, name, group_name, note, position, added_at \
        FROM watchlist_items WHERE user_id = $1 AND code = $2";
    read!(db, |pool| sqlx::query_as(SQL)
        .bind(user_id)
        .bind(code)
        .fetch_optional(pool)
        .await)
}

/// Puts an issue on the list, or changes what is written about it. Positions stay without gaps.
pub async fn put(db: &Db, put: &Put<'_>) -> sqlx::Result<Result<(), Full>> {
    const WRITE: &str = "INSERT INTO watchlist_items (user_id, code, name, group_name, note, position, added_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (user_id, code) DO UPDATE SET \
        name = excluded.name, group_name = excluded.group_name, note = excluded.note";
    transaction!(db, |tx| {
        sqlx::query(LOCK).bind(put.user_id).execute(&mut *tx).await?;
        let items: Vec<ItemRow> = sqlx::query_as(ALL).bind(put.user_id).fetch_all(&mut *tx).await?;
        let old = items.iter().find(|item| item.code == put.code);
        if old.is_none() && items.len() >= put.max {
            return Ok(Err(Full));
        }
        let group_name = put
            .group_name
            .unwrap_or_else(|| old.and_then(|item| item.group_name.as_deref()));
        let note = put.note.unwrap_or_else(|| old.and_then(|item| item.note.as_deref()));
        sqlx::query(WRITE)
            .bind(put.user_id)
            .bind(put.code)
            .bind(put.name)
            .bind(group_name)
            .bind(note)
            .bind(i64::try_from(items.len()).unwrap_or(i64::MAX))
            .bind(put.now)
            .execute(&mut *tx)
            .await?;
        let mut order: Vec<&str> = items.iter().map(|item| item.code.as_str()).collect();
        if old.is_none() {
            order.push(put.code);
        }
        if let Some(position) = put.position {
            order.retain(|code| *code != put.code);
            order.insert(position.min(order.len()), put.code);
        }
        for (position, code) in (0_i64..).zip(order) {
            if items.iter().any(|item| item.code == code && item.position == position) {
                continue;
            }
            sqlx::query(SET_POSITION)
                .bind(put.user_id)
                .bind(code)
                .bind(position)
                .execute(&mut *tx)
                .await?;
        }
        Ok(Ok(()))
    })
}

/// Takes an issue off the list, and gives what was on it.
pub async fn remove(db: &Db, user_id: i64, code: &str) -> sqlx::Result<Option<ItemRow>> {
    const DELETE: &str = "DELETE FROM watchlist_items WHERE user_id = $1 AND code = $2";
    const CLOSE_GAP: &str = "UPDATE watchlist_items SET position = position - 1 \
        WHERE user_id = $1 AND position > $2";
    transaction!(db, |tx| {
        sqlx::query(LOCK).bind(user_id).execute(&mut *tx).await?;
        let items: Vec<ItemRow> = sqlx::query_as(ALL).bind(user_id).fetch_all(&mut *tx).await?;
        let item = items.into_iter().find(|item| item.code == code);
        if let Some(item) = &item {
            sqlx::query(DELETE).bind(user_id).bind(code).execute(&mut *tx).await?;
            sqlx::query(CLOSE_GAP)
                .bind(user_id)
                .bind(item.position)
                .execute(&mut *tx)
                .await?;
        }
        Ok(item)
    })
}
