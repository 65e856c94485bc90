//! Table `instrument_flags`: what holds for an issue over a time.

use time::Date;

use crate::{
    model::market::FlagKind,
    server::store::{Db, read},
};

/// That something holds for an issue, from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    pub code: String,
    pub kind: FlagKind,
    pub valid_from: Date,
    /// The last day; nothing while it holds.
    pub valid_to: Option<Date>,
    pub reason: Option<String>,
}

pub(super) const INSERT: &str = "INSERT INTO instrument_flags (code, kind, valid_from, valid_to, reason) ";
/// The same day imported again after it had seemed to end.
pub(super) const REOPEN: &str = " ON CONFLICT (code, kind, valid_from) DO UPDATE SET valid_to = excluded.valid_to";
pub(super) const OPEN: &str = "SELECT code, kind FROM instrument_flags WHERE valid_to IS NULL";
pub(super) const CLOSE: &str = "\
    UPDATE instrument_flags SET valid_to = $3 WHERE code = $1 AND kind = $2 AND valid_to IS NULL";

/// Adds the values of flags to an [`INSERT`].
macro_rules! push_flags {
    ($builder:expr, $rows:expr) => {
        $builder.push_values($rows, |mut values, flag: &&$crate::server::store::flags::Flag| {
            values
                .push_bind(flag.code.as_str())
                .push_bind(flag.kind.as_str())
                .push_bind(flag.valid_from)
                .push_bind(flag.valid_to)
                .push_bind(flag.reason.as_deref());
        })
    };
}

pub(super) use push_flags;

#[derive(sqlx::FromRow)]
struct FlagRow {
    code: String,
    kind: String,
    valid_from: Date,
    valid_to: Option<Date>,
    reason: Option<String>,
}

impl TryFrom<FlagRow> for Flag {
    type Error = sqlx::Error;

    fn try_from(row: FlagRow) -> Result<Self, sqlx::Error> {
        let kind =
            FlagKind::parse(&row.kind).ok_or_else(|| sqlx::Error::Decode(format!("flag {:?}", row.kind).into()))?;
        Ok(Self {
            code: row.code,
            kind,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            reason: row.reason,
        })
    }
}

/// What holds on a day, by issue.
pub async fn on(db: &Db, day: Date) -> Result<Vec<Flag>, sqlx::Error> {
    const SQL: &str = "\
        SELECT code, kind, valid_from, valid_to, reason FROM instrument_flags \
        WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to >= $1) ORDER BY code, kind";
    let rows: Vec<FlagRow> = read!(db, |pool| sqlx::query_as(SQL).bind(day).fetch_all(pool).await?);
    rows.into_iter().map(TryInto::try_into).collect()
}

/// What ever held for an issue, newest first.
pub async fn of_issue(db: &Db, code: &str) -> Result<Vec<Flag>, sqlx::Error> {
    const SQL: &str = "\
        SELECT code, kind, valid_from, valid_to, reason FROM instrument_flags \
        WHERE code = $1 ORDER BY valid_from DESC, kind";
    let rows: Vec<FlagRow> = read!(db, |pool| sqlx::query_as(SQL).bind(code).fetch_all(pool).await?);
    rows.into_iter().map(TryInto::try_into).collect()
}
