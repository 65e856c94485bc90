//! Table `instruments`: what an issue is.

use time::Date;

use crate::model::market::{Board, Segment};

/// An issue's master data. What not every source has is optional.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    pub code: String,
    pub isin: String,
    pub name: String,
    pub name_full: Option<String>,
    pub name_en: Option<String>,
    pub market: Board,
    pub segment: Option<Segment>,
    /// 소속부.
    pub dept: Option<String>,
    pub industry: Option<String>,
    /// 보통주, 구형우선주, ...
    pub share_kind: Option<String>,
    /// As published: won, a fraction of a foreign currency, or 무액면.
    pub par_value: Option<String>,
    pub listed_on: Option<Date>,
}

pub(super) const INSERT: &str = "\
    INSERT INTO instruments (code, isin, name, name_full, name_en, market, segment, dept, \
    industry, share_kind, par_value, listed_on) ";

/// What the newest day says holds; what its source does not know stays known.
pub(super) const REPLACE: &str = " ON CONFLICT (code) DO UPDATE SET \
    isin = excluded.isin, name = excluded.name, \
    name_full = coalesce(excluded.name_full, instruments.name_full), \
    name_en = coalesce(excluded.name_en, instruments.name_en), \
    market = excluded.market, segment = excluded.segment, dept = excluded.dept, \
    industry = coalesce(excluded.industry, instruments.industry), \
    share_kind = coalesce(excluded.share_kind, instruments.share_kind), \
    par_value = coalesce(excluded.par_value, instruments.par_value), \
    listed_on = coalesce(excluded.listed_on, instruments.listed_on)";

/// An older day only adds issues that are gone by now.
pub(super) const KEEP: &str = " ON CONFLICT (code) DO NOTHING";

pub(super) const DELETE_ALL: &str = "DELETE FROM instruments";

/// Adds the values of many issues to an [`INSERT`].
macro_rules! push_instruments {
    ($builder:expr, $rows:expr) => {
        $builder.push_values($rows, |mut values, row: &$crate::server::store::imports::Row| {
            let issue = &row.instrument;
            values
                .push_bind(issue.code.as_str())
                .push_bind(issue.isin.as_str())
                .push_bind(issue.name.as_str())
                .push_bind(issue.name_full.as_deref())
                .push_bind(issue.name_en.as_deref())
                .push_bind(issue.market.as_str())
                .push_bind(issue.segment.map($crate::model::market::Segment::as_str))
                .push_bind(issue.dept.as_deref())
                .push_bind(issue.industry.as_deref())
                .push_bind(issue.share_kind.as_deref())
                .push_bind(issue.par_value.as_deref())
                .push_bind(issue.listed_on);
        })
    };
}

pub(super) use push_instruments;
