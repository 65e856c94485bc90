//! `consents`: what a user agreed to, in which version and when.

use super::{Db, Timestamp, read, transaction, write};
use crate::model::legal::ConsentKind;

/// Something that a user agreed to.
#[derive(Debug, Clone, Copy)]
pub struct Consent {
    pub kind: ConsentKind,
    pub version: &'static str,
}

/// A row of `consents`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ConsentRow {
    pub kind: String,
    pub version: String,
    pub agreed_at: Timestamp,
}

/// Who agrees a second time has agreed since the first.
pub(super) const INSERT: &str = "INSERT INTO consents (user_id, kind, version, agreed_at) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (user_id, kind, version) DO NOTHING";

/// Runs [`INSERT`] for each consent, in a transaction.
macro_rules! insert {
    ($tx:expr, $user_id:expr, $consents:expr, $now:expr) => {
        for consent in $consents {
            sqlx::query($crate::server::store::consents::INSERT)
                .bind($user_id)
                .bind(consent.kind.as_str())
                .bind(consent.version)
                .bind($now)
                .execute(&mut *$tx)
                .await?;
        }
    };
}
pub(super) use insert;

/// All that a user agreed to, the newest first.
pub async fn of_user(db: &Db, user_id: i64) -> sqlx::Result<Vec<ConsentRow>> {
    const SQL: &str = "SELECT kind, version, agreed_at FROM consents WHERE user_id = $1 \
        ORDER BY agreed_at DESC, kind, version DESC";
    read!(db, |pool| sqlx::query_as(SQL).bind(user_id).fetch_all(pool).await)
}

/// Notes what a user agrees to, all of it or nothing.
pub async fn add(db: &Db, user_id: i64, consents: &[Consent], now: Timestamp) -> sqlx::Result<()> {
    transaction!(db, |tx| {
        insert!(tx, user_id, consents, now);
        Ok(())
    })
}

/// Forgets that a user ever agreed to something of that kind; gives whether they had.
pub async fn withdraw(db: &Db, user_id: i64, kind: ConsentKind) -> sqlx::Result<bool> {
    const SQL: &str = "DELETE FROM consents WHERE user_id = $1 AND kind = $2";
    let rows = write!(db, |pool| {
        sqlx::query(SQL)
            .bind(user_id)
            .bind(kind.as_str())
            .execute(pool)
            .await?
            .rows_affected()
    });
    Ok(rows > 0)
}
