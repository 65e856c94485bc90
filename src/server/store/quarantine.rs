//! Table `quarantined_rows`: what an import put aside.

use crate::server::store::{Db, read};

/// A row that was put aside because it contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Quarantined {
    #[sqlx(try_from = "i64")]
    pub line: u64,
    pub code: String,
    pub reason: String,
}

pub(super) const INSERT: &str = "INSERT INTO quarantined_rows (import_id, line, code, reason) ";

/// Adds the values of rows that were put aside to an [`INSERT`].
macro_rules! push_quarantined {
    ($builder:expr, $rows:expr, $import_id:expr) => {
        $builder.push_values(
            $rows,
            |mut values, row: &$crate::server::store::quarantine::Quarantined| {
                values
                    .push_bind($import_id)
                    .push_bind(i64::try_from(row.line).unwrap_or(i64::MAX))
                    .push_bind(row.code.as_str())
                    .push_bind(row.reason.as_str());
            },
        )
    };
}

pub(super) use push_quarantined;

/// What an import put aside, by line.
pub async fn of_import(db: &Db, import_id: i64) -> Result<Vec<Quarantined>, sqlx::Error> {
    const SQL: &str = "SELECT line, code, reason FROM quarantined_rows WHERE import_id = $1 ORDER BY line";
    read!(db, |pool| sqlx::query_as(SQL).bind(import_id).fetch_all(pool).await)
}
