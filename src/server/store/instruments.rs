//! Table `instruments`: what an issue is.

use time::Date;

use crate::{
    model::market::{Board, Segment},
    server::store::{Db, read},
};

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
    pub facts: Facts,
}

/// What only some sources tell about an issue or its company.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// 주요제품.
    pub products: Option<String>,
    pub region: Option<String>,
    pub homepage: Option<String>,
    /// 주권, 외국주권, 부동산투자회사, ...
    pub secu_group: Option<String>,
    /// As published: 12월.
    pub settle_month: Option<String>,
    pub delisted_on: Option<Date>,
    /// What became of it after its delisting.
    pub successor_code: Option<String>,
}

/// What a source without prices tells about an issue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MasterFacts {
    pub code: String,
    pub name_full: Option<String>,
    pub name_en: Option<String>,
    pub industry: Option<String>,
    pub share_kind: Option<String>,
    pub par_value: Option<String>,
    pub listed_on: Option<Date>,
    pub facts: Facts,
}

/// Adds what is told to an issue that is known.
pub(super) const ADD_FACTS: &str = "\
    UPDATE instruments SET name_full = coalesce($2, name_full), name_en = coalesce($3, name_en), \
    industry = coalesce($4, industry), share_kind = coalesce($5, share_kind), \
    par_value = coalesce($6, par_value), listed_on = coalesce($7, listed_on), \
    products = coalesce($8, products), region = coalesce($9, region), \
    homepage = coalesce($10, homepage), secu_group = coalesce($11, secu_group), \
    settle_month = coalesce($12, settle_month) WHERE code = $1";

pub(super) const INSERT: &str = "\
    INSERT INTO instruments (code, isin, name, name_full, name_en, market, segment, dept, \
    industry, share_kind, par_value, listed_on, products, region, homepage, secu_group, \
    settle_month, delisted_on, successor_code) ";

/// What the newest day says holds; what its source does not know stays known.
pub(super) const REPLACE: &str = " ON CONFLICT (code) DO UPDATE SET \
    isin = excluded.isin, name = excluded.name, \
    name_full = coalesce(excluded.name_full, instruments.name_full), \
    name_en = coalesce(excluded.name_en, instruments.name_en), \
    market = excluded.market, segment = excluded.segment, dept = excluded.dept, \
    industry = coalesce(excluded.industry, instruments.industry), \
    share_kind = coalesce(excluded.share_kind, instruments.share_kind), \
    par_value = coalesce(excluded.par_value, instruments.par_value), \
    listed_on = coalesce(excluded.listed_on, instruments.listed_on), \
    products = coalesce(excluded.products, instruments.products), \
    region = coalesce(excluded.region, instruments.region), \
    homepage = coalesce(excluded.homepage, instruments.homepage), \
    secu_group = coalesce(excluded.secu_group, instruments.secu_group), \
    settle_month = coalesce(excluded.settle_month, instruments.settle_month), \
    delisted_on = excluded.delisted_on, successor_code = excluded.successor_code";

/// An older day only adds issues that are gone by now.
pub(super) const KEEP: &str = " ON CONFLICT (code) DO NOTHING";

pub(super) const CODES: &str = "SELECT code FROM instruments";

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
                .push_bind(issue.listed_on)
                .push_bind(issue.facts.products.as_deref())
                .push_bind(issue.facts.region.as_deref())
                .push_bind(issue.facts.homepage.as_deref())
                .push_bind(issue.facts.secu_group.as_deref())
                .push_bind(issue.facts.settle_month.as_deref())
                .push_bind(issue.facts.delisted_on)
                .push_bind(issue.facts.successor_code.as_deref());
        })
    };
}

pub(super) use push_instruments;

#[derive(sqlx::FromRow)]
struct InstrumentRow {
    code: String,
    isin: String,
    name: String,
    name_full: Option<String>,
    name_en: Option<String>,
    market: String,
    segment: Option<String>,
    dept: Option<String>,
    industry: Option<String>,
    share_kind: Option<String>,
    par_value: Option<String>,
    listed_on: Option<Date>,
    products: Option<String>,
    region: Option<String>,
    homepage: Option<String>,
    secu_group: Option<String>,
    settle_month: Option<String>,
    delisted_on: Option<Date>,
    successor_code: Option<String>,
}

impl TryFrom<InstrumentRow> for Instrument {
    type Error = sqlx::Error;

    fn try_from(row: InstrumentRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            code: row.code,
            isin: row.isin,
            name: row.name,
            name_full: row.name_full,
            name_en: row.name_en,
            market: board(&row.market)?,
            segment: row.segment.as_deref().and_then(Segment::parse),
            dept: row.dept,
            industry: row.industry,
            share_kind: row.share_kind,
            par_value: row.par_value,
            listed_on: row.listed_on,
            facts: Facts {
                products: row.products,
                region: row.region,
                homepage: row.homepage,
                secu_group: row.secu_group,
                settle_month: row.settle_month,
                delisted_on: row.delisted_on,
                successor_code: row.successor_code,
            },
        })
    }
}

/// The board of a column.
pub(super) fn board(name: &str) -> Result<Board, sqlx::Error> {
    Board::parse(name).ok_or_else(|| sqlx::Error::Decode(format!("board {name:?}").into()))
}

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT code, isin, name, name_full, name_en, market, segment, dept, industry, share_kind, ",
            "par_value, listed_on, products, region, homepage, secu_group, settle_month, delisted_on, ",
            "successor_code FROM instruments ",
            $rest
        )
    };
}

/// An issue's master data, also of one that is gone by now.
pub async fn find(db: &Db, code: &str) -> Result<Option<Instrument>, sqlx::Error> {
    const SQL: &str = columns!("WHERE code = $1");
    let row: Option<InstrumentRow> = read!(db, |pool| sqlx::query_as(SQL).bind(code).fetch_optional(pool).await?);
    row.map(TryInto::try_into).transpose()
}

/// The code of the issue with this ISIN.
pub async fn code_of_isin(db: &Db, isin: &str) -> Result<Option<String>, sqlx::Error> {
    const SQL: &str = "SELECT code FROM instruments WHERE isin = $1 ORDER BY delisted_on IS NULL DESC, code LIMIT 1";
    read!(db, |pool| sqlx::query_scalar(SQL).bind(isin).fetch_optional(pool).await)
}

/// All issues that were ever imported, by code.
pub async fn all(db: &Db) -> Result<Vec<Instrument>, sqlx::Error> {
    const SQL: &str = columns!("ORDER BY code");
    let rows: Vec<InstrumentRow> = read!(db, |pool| sqlx::query_as(SQL).fetch_all(pool).await?);
    rows.into_iter().map(TryInto::try_into).collect()
}
