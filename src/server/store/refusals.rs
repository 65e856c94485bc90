//! Table `import_refusals`: what did not become an import, and why.

use time::{Date, OffsetDateTime};

use crate::{
    model::market::Source,
    server::store::{Db, Timestamp, read, write},
};

/// What was asked for and refused, or could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal<'a> {
    pub source: Source,
    pub as_of: Option<Date>,
    pub file_name: Option<&'a str>,
    pub reason: &'a str,
}

pub async fn record(db: &Db, now: OffsetDateTime, refusal: &Refusal<'_>) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        INSERT INTO import_refusals (source, as_of, file_name, reason, refused_at) VALUES ($1, $2, $3, $4, $5)";
    write!(db, |pool| {
        sqlx::query(SQL)
            .bind(refusal.source.as_str())
            .bind(refusal.as_of)
            .bind(refusal.file_name)
            .bind(refusal.reason)
            .bind(Timestamp(now))
            .execute(pool)
            .await?;
    });
    Ok(())
}

/// The reasons, newest first, at most `limit`.
pub async fn latest(db: &Db, limit: u32) -> Result<Vec<String>, sqlx::Error> {
    const SQL: &str = "SELECT reason FROM import_refusals ORDER BY id DESC LIMIT $1";
    read!(db, |pool| sqlx::query_scalar(SQL)
        .bind(i64::from(limit))
        .fetch_all(pool)
        .await)
}
