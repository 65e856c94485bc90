//! Table `daily_bars`: an issue's trading days, and the listing of a day.

use futures_util::TryStreamExt as _;
use time::Date;

use crate::{
    model::market::{Listing, Percent, PriceLimit, Segment},
    server::store::{
        Db,
        imports::ImportRun,
        instruments::{self, Instrument},
        read,
    },
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

impl Bar {
    /// Whether nothing was traded all day. The exchange's code does not always tell.
    #[must_use]
    pub const fn is_halted(&self) -> bool {
        self.volume == 0 && self.open.is_none()
    }

    /// The row of a listing that an issue with these figures has. What holds for the issue stands
    /// elsewhere.
    #[must_use]
    pub fn listing_of(&self, issue: Instrument) -> Listing {
        Listing {
            code: issue.code,
            isin: issue.isin,
            name: issue.name,
            market: issue.market,
            segment: issue.segment,
            dept: issue.dept,
            industry: issue.industry,
            share_kind: issue.share_kind,
            close: self.close,
            change: self.change,
            changes_ratio: self.changes_ratio,
            open: self.open,
            high: self.high,
            low: self.low,
            volume: self.volume,
            amount: self.amount,
            marcap: self.marcap,
            shares: self.shares,
            halted: self.is_halted(),
            price_limit: price_limit(self.change_code),
            flags: Vec::new(),
        }
    }
}

/// The figures of any issue on any day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedBar {
    pub code: String,
    pub trade_date: Date,
    pub bar: Bar,
}

/// The codes for a close at the day's limit.
pub const UPPER_LIMIT: i32 = 4;
pub const LOWER_LIMIT: i32 = 5;

const fn price_limit(change_code: i32) -> Option<PriceLimit> {
    match change_code {
        UPPER_LIMIT => Some(PriceLimit::Upper),
        LOWER_LIMIT => Some(PriceLimit::Lower),
        _ => None,
    }
}

/// An issue of a day's listing, with what it is found by beside its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Without its flags.
    pub listing: Listing,
    pub name_full: Option<String>,
    pub name_en: Option<String>,
}

pub(super) const INSERT: &str = "\
    INSERT INTO daily_bars (code, trade_date, close, change, change_bp, change_code, \
    open, high, low, volume, amount, marcap, shares, import_id) ";

/// A day that is there already takes the newer figures.
pub(super) const REPLACE: &str = " ON CONFLICT (code, trade_date) DO UPDATE SET \
    close = excluded.close, change = excluded.change, change_bp = excluded.change_bp, \
    change_code = excluded.change_code, open = excluded.open, high = excluded.high, \
    low = excluded.low, volume = excluded.volume, amount = excluded.amount, \
    marcap = excluded.marcap, shares = excluded.shares, import_id = excluded.import_id";

pub(super) const DELETE_DAY: &str = "DELETE FROM daily_bars WHERE trade_date = $1";
pub(super) const DELETE_ALL: &str = "DELETE FROM daily_bars";

/// Adds the values of one bar to those of its statement.
macro_rules! push_bar {
    ($values:ident, $code:expr, $trade_date:expr, $bar:expr, $import_id:expr) => {{
        let bar: &$crate::server::store::daily_bars::Bar = $bar;
        $values
            .push_bind($code.as_str())
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
    }};
}

/// Adds the values of many bars of one day to an [`INSERT`].
macro_rules! push_bars {
    ($builder:expr, $rows:expr, $trade_date:expr, $import_id:expr) => {
        $builder.push_values($rows, |mut values, row: &$crate::server::store::imports::Row| {
            $crate::server::store::daily_bars::push_bar!(
                values,
                row.instrument.code,
                $trade_date,
                &row.bar,
                $import_id
            );
        })
    };
}

/// Adds the values of bars of any day to an [`INSERT`].
macro_rules! push_dated_bars {
    ($builder:expr, $rows:expr, $import_id:expr) => {
        $builder.push_values(
            $rows,
            |mut values, row: &$crate::server::store::daily_bars::DatedBar| {
                $crate::server::store::daily_bars::push_bar!(values, row.code, row.trade_date, &row.bar, $import_id);
            },
        )
    };
}

pub(super) use {push_bar, push_bars, push_dated_bars};

#[derive(sqlx::FromRow)]
struct BarRow {
    trade_date: Date,
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

impl BarRow {
    fn dated(self) -> (Date, Bar) {
        let bar = Bar {
            close: self.close,
            change: self.change,
            changes_ratio: Percent::from_basis_points(self.change_bp),
            change_code: self.change_code,
            open: self.open,
            high: self.high,
            low: self.low,
            volume: self.volume,
            amount: self.amount,
            marcap: self.marcap,
            shares: self.shares,
        };
        (self.trade_date, bar)
    }
}

/// An issue's trading days within a range, both included, oldest first.
pub async fn history(db: &Db, code: &str, from: Date, to: Date) -> Result<Vec<(Date, Bar)>, sqlx::Error> {
    const SQL: &str = "\
        SELECT trade_date, close, change, change_bp, change_code, open, high, low, volume, amount, \
        marcap, shares FROM daily_bars \
        WHERE code = $1 AND trade_date BETWEEN $2 AND $3 ORDER BY trade_date";
    let rows: Vec<BarRow> = read!(db, |pool| sqlx::query_as(SQL)
        .bind(code)
        .bind(from)
        .bind(to)
        .fetch_all(pool)
        .await?);
    Ok(rows.into_iter().map(BarRow::dated).collect())
}

/// An issue's newest trading days up to one, at most `limit`, oldest first.
pub async fn newest(db: &Db, code: &str, to: Date, limit: u32) -> Result<Vec<(Date, Bar)>, sqlx::Error> {
    const SQL: &str = "\
        SELECT trade_date, close, change, change_bp, change_code, open, high, low, volume, amount, \
        marcap, shares FROM daily_bars \
        WHERE code = $1 AND trade_date <= $2 ORDER BY trade_date DESC LIMIT $3";
    let rows: Vec<BarRow> = read!(db, |pool| sqlx::query_as(SQL)
        .bind(code)
        .bind(to)
        .bind(i64::from(limit))
        .fetch_all(pool)
        .await?);
    Ok(rows.into_iter().rev().map(BarRow::dated).collect())
}

/// The first and the last day of an issue, when there is any.
pub async fn span(db: &Db, code: &str) -> Result<Option<(Date, Date)>, sqlx::Error> {
    const SQL: &str = "SELECT min(trade_date), max(trade_date) FROM daily_bars WHERE code = $1";
    let (first, last): (Option<Date>, Option<Date>) =
        read!(db, |pool| sqlx::query_as(SQL).bind(code).fetch_one(pool).await?);
    Ok(first.zip(last))
}

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
    industry: Option<String>,
    share_kind: Option<String>,
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
        SELECT i.code, i.isin, i.name, i.name_full, i.name_en, i.market, i.segment, i.dept, i.industry, i.share_kind, \
        b.close, b.change, b.change_bp, b.change_code, b.open, b.high, b.low, \
        b.volume, b.amount, b.marcap, b.shares \
        FROM daily_bars b JOIN instruments i ON i.code = b.code \
        WHERE b.trade_date = (SELECT as_of FROM import_runs WHERE id = $1 AND status = 'finished') \
        ORDER BY i.code";
    let mut listed = Vec::new();
    read!(db, |pool| {
        // One by one: what an engine keeps for a row is many times what we keep.
        let mut rows = sqlx::query_as::<_, ListedRow>(SQL).bind(run.id).fetch(pool);
        while let Some(row) = rows.try_next().await? {
            listed.push(row.try_into()?);
        }
    });
    Ok(listed)
}

impl TryFrom<ListedRow> for Listed {
    type Error = sqlx::Error;

    fn try_from(row: ListedRow) -> Result<Self, sqlx::Error> {
        let market = instruments::board(&row.market)?;
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
                industry: row.industry,
                share_kind: row.share_kind,
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
                price_limit: price_limit(row.change_code),
                flags: Vec::new(),
            },
        })
    }
}
