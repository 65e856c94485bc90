//! Table `instrument_aliases`: other names that an issue is found by.

use crate::server::store::{Db, read};

/// Another name of an issue: a former one, or what people call it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Alias {
    pub code: String,
    pub alias: String,
}

/// All of them, by issue.
pub async fn all(db: &Db) -> Result<Vec<Alias>, sqlx::Error> {
    const SQL: &str = "SELECT code, alias FROM instrument_aliases ORDER BY code, alias";
    read!(db, |pool| sqlx::query_as(SQL).fetch_all(pool).await)
}
