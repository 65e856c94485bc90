//! Table `delistings`: issues that are gone.

use time::Date;

use crate::server::store::{Db, read};

/// An issue that is gone. Codes come back: only code and day together name one.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Delisting {
    /// Not always six characters: rights and old issues have eight.
    pub code: String,
    pub delisted_on: Date,
    pub name: String,
    /// As published.
    pub market: String,
    pub secu_group: Option<String>,
    pub share_kind: Option<String>,
    pub listed_on: Option<Date>,
    pub reason: Option<String>,
    pub industry: Option<String>,
    pub par_value: Option<String>,
    pub shares: Option<i64>,
    pub successor_code: Option<String>,
    pub successor_name: Option<String>,
}

pub(super) const INSERT: &str = "\
    INSERT INTO delistings (code, delisted_on, name, market, secu_group, share_kind, listed_on, \
    reason, industry, par_value, shares, successor_code, successor_name) ";

pub(super) const REPLACE: &str = " ON CONFLICT (code, delisted_on) DO UPDATE SET \
    name = excluded.name, market = excluded.market, secu_group = excluded.secu_group, \
    share_kind = excluded.share_kind, listed_on = excluded.listed_on, reason = excluded.reason, \
    industry = excluded.industry, par_value = excluded.par_value, shares = excluded.shares, \
    successor_code = excluded.successor_code, successor_name = excluded.successor_name";

pub(super) const DELETE_ALL: &str = "DELETE FROM delistings";

/// Marks the known issues that are among them, unless they have figures of a later day.
pub(super) const MARK_ISSUES: &str = "\
    UPDATE instruments SET \
    delisted_on = (SELECT max(d.delisted_on) FROM delistings d WHERE d.code = instruments.code), \
    successor_code = (SELECT d.successor_code FROM delistings d WHERE d.code = instruments.code \
    ORDER BY d.delisted_on DESC LIMIT 1) \
    WHERE EXISTS (SELECT 1 FROM delistings d WHERE d.code = instruments.code) \
    AND NOT EXISTS (SELECT 1 FROM daily_bars b WHERE b.code = instruments.code \
    AND b.trade_date >= (SELECT max(d.delisted_on) FROM delistings d WHERE d.code = instruments.code))";

/// Adds the values of delistings to an [`INSERT`].
macro_rules! push_delistings {
    ($builder:expr, $rows:expr) => {
        $builder.push_values(
            $rows,
            |mut values, gone: &$crate::server::store::delistings::Delisting| {
                values
                    .push_bind(gone.code.as_str())
                    .push_bind(gone.delisted_on)
                    .push_bind(gone.name.as_str())
                    .push_bind(gone.market.as_str())
                    .push_bind(gone.secu_group.as_deref())
                    .push_bind(gone.share_kind.as_deref())
                    .push_bind(gone.listed_on)
                    .push_bind(gone.reason.as_deref())
                    .push_bind(gone.industry.as_deref())
                    .push_bind(gone.par_value.as_deref())
                    .push_bind(gone.shares)
                    .push_bind(gone.successor_code.as_deref())
                    .push_bind(gone.successor_name.as_deref());
            },
        )
    };
}

pub(super) use push_delistings;

/// The delistings of a code, newest first.
pub async fn of_code(db: &Db, code: &str) -> Result<Vec<Delisting>, sqlx::Error> {
    const SQL: &str = "\
        SELECT code, delisted_on, name, market, secu_group, share_kind, listed_on, reason, industry, \
        par_value, shares, successor_code, successor_name FROM delistings \
        WHERE code = $1 ORDER BY delisted_on DESC";
    read!(db, |pool| sqlx::query_as(SQL).bind(code).fetch_all(pool).await)
}
