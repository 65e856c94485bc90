//! Table `daily_bars`: an issue's trading days, and the listing of a day.

use crate::{
    model::market::{Board, Listing, Percent, PriceLimit, Segment},
    server::store::{Db, imports::ImportRun, read},
};

/// One issue's figures of one trading day. Money is in won.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    pub close: i64,
    /// Against the day's base price.
    pub change: i64,
    pub changes_ratio: Percent,
    /// The exchange's code: 0 no trade, 1 up, 2 down, 3 flat, 4 upper limit, 5 lower limit.
    pub change_code: i32,
    /// Nothing without a trade.
    pub open: Option<i64>,
    pub high: Option<i64>,
    pub low: Option<i64>,
    pub volume: i64,
    pub amount: i64,
    pub marcap: i64,
    pub shares: i64,
}

/// The codes for a close at the day's limit.
pub const UPPER_LIMIT: i32 = 4;
pub const LOWER_LIMIT: i32 = 5;

/// An issue of a day's listing, with the names that it is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub listing: Listing,
    pub name_full: Option<String>,
    pub name_en: Option<String>,
}

pub(super) const INSERT: &str = "\
    INSERT INTO daily_bars (code, trade_date, close, change, change_bp, change_code, \
    open, high, low, volume, amount, marcap, shares, import_id) ";

pub(super) const DELETE_DAY: &str = "DELETE FROM daily_bars WHERE trade_date = $1";
pub(super) const DELETE_ALL: &str = "DELETE FROM daily_bars";

/// Adds the values of many bars of one day to an [`INSERT`].
macro_rules! push_bars {
    ($builder:expr, $rows:expr, $trade_date:expr, $import_id:expr) => {
        $builder.push_values($rows, |mut values, row: &$crate::server::store::imports::Row| {
            let bar = &row.bar;
            values
                .push_bind(row.instrument.code.as_str())
                .push_bind($trade_date)
                .push_bind(bar.close)
                .push_bind(bar.change)
                .push_bind(bar.changes_ratio.basis_points())
                .push_bind(bar.change_code)
                .push_bind(bar.open)
                .push_bind(bar.high)
                .push_bind(bar.low)
                .push_bind(bar.volume)
                .push_bind(bar.amount)
                .push_bind(bar.marcap)
                .push_bind(bar.shares)
                .push_bind($import_id);
        })
    };
}

pub(super) use push_bars;

#[derive(sqlx::FromRow)]
struct ListedRow {
    code: String,
    isin: String,
    name: String,
    name_full: Option<String>,
    name_en: Option<String>,
    market: String,
    segment: Option<String>,
    dept: Option<String>,
    close: i64,
    change: i64,
    change_bp: i32,
    change_code: i32,
    open: Option<i64>,
    high: Option<i64>,
    low: Option<i64>,
    volume: i64,
    amount: i64,
    marcap: i64,
    shares: i64,
}

/// The listing that `run` brought, by code. Empty when another import took its place meanwhile.
pub async fn listing(db: &Db, run: &ImportRun) -> Result<Vec<Listed>, sqlx::Error> {
    const SQL: &str = "\
        SELECT i.code, i.isin, i.name, i.name_full, i.name_en, i.market, i.segment, i.dept, \
        b.close, b.change, b.change_bp, b.change_code, b.open, b.high, b.low, \
        b.volume, b.amount, b.marcap, b.shares \
        FROM daily_bars b JOIN instruments i ON i.code = b.code \
        WHERE b.import_id = $1 ORDER BY i.code";
    let rows: Vec<ListedRow> = read!(db, |pool| sqlx::query_as(SQL).bind(run.id).fetch_all(pool).await?);
    rows.into_iter().map(TryInto::try_into).collect()
}

impl TryFrom<ListedRow> for Listed {
    type Error = sqlx::Error;

    fn try_from(row: ListedRow) -> Result<Self, sqlx::Error> {
        let market =
            Board::parse(&row.market).ok_or_else(|| sqlx::Error::Decode(format!("board {:?}", row.market).into()))?;
        Ok(Self {
            name_full: row.name_full,
            name_en: row.name_en,
            listing: Listing {
                code: row.code,
                isin: row.isin,
                name: row.name,
                market,
                segment: row.segment.as_deref().and_then(Segment::parse),
                dept: row.dept,
                close: row.close,
                change: row.change,
                changes_ratio: Percent::from_basis_points(row.change_bp),
                open: row.open,
                high: row.high,
                low: row.low,
                volume: row.volume,
                amount: row.amount,
                marcap: row.marcap,
                shares: row.shares,
                halted: row.volume == 0 && row.open.is_none(),
                price_limit: match row.change_code {
                    UPPER_LIMIT => Some(PriceLimit::Upper),
                    LOWER_LIMIT => Some(PriceLimit::Lower),
                    _ => None,
                },
            },
        })
    }
}
