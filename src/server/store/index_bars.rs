//! Table `index_bars`: the trading days of the exchange's indices.

use time::Date;

use crate::{
    model::market::Percent,
    server::store::{Db, read},
};

/// One index's figures of one trading day. Points are in hundredths, money is in won.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexBar {
    /// `KOSPI`, `KOSDAQ`.
    pub index_code: String,
    pub trade_date: Date,
    pub close: i64,
    pub change: i64,
    pub changes_ratio: Percent,
    /// What old rows of some sources lack.
    pub open: Option<i64>,
    pub high: Option<i64>,
    pub low: Option<i64>,
    pub volume: Option<i64>,
    pub amount: Option<i64>,
    pub marcap: Option<i64>,
}

pub(super) const INSERT: &str = "\
    INSERT INTO index_bars (index_code, trade_date, close, change, change_bp, open, high, low, \
    volume, amount, marcap, import_id) ";

pub(super) const REPLACE: &str = " ON CONFLICT (index_code, trade_date) DO UPDATE SET \
    close = excluded.close, change = excluded.change, change_bp = excluded.change_bp, \
    open = excluded.open, high = excluded.high, low = excluded.low, volume = excluded.volume, \
    amount = excluded.amount, marcap = excluded.marcap, import_id = excluded.import_id";

pub(super) const DELETE_ALL: &str = "DELETE FROM index_bars";

/// Adds the values of index bars to an [`INSERT`].
macro_rules! push_index_bars {
    ($builder:expr, $rows:expr, $import_id:expr) => {
        $builder.push_values(
            $rows,
            |mut values, bar: &$crate::server::store::index_bars::IndexBar| {
                values
                    .push_bind(bar.index_code.as_str())
                    .push_bind(bar.trade_date)
                    .push_bind(bar.close)
                    .push_bind(bar.change)
                    .push_bind(bar.changes_ratio.basis_points())
                    .push_bind(bar.open)
                    .push_bind(bar.high)
                    .push_bind(bar.low)
                    .push_bind(bar.volume)
                    .push_bind(bar.amount)
                    .push_bind(bar.marcap)
                    .push_bind($import_id);
            },
        )
    };
}

pub(super) use push_index_bars;

#[derive(sqlx::FromRow)]
struct IndexRow {
    index_code: String,
    trade_date: Date,
    close: i64,
    change: i64,
    change_bp: i32,
    open: Option<i64>,
    high: Option<i64>,
    low: Option<i64>,
    volume: Option<i64>,
    amount: Option<i64>,
    marcap: Option<i64>,
}

impl From<IndexRow> for IndexBar {
    fn from(row: IndexRow) -> Self {
        Self {
            index_code: row.index_code,
            trade_date: row.trade_date,
            close: row.close,
            change: row.change,
            changes_ratio: Percent::from_basis_points(row.change_bp),
            open: row.open,
            high: row.high,
            low: row.low,
            volume: row.volume,
            amount: row.amount,
            marcap: row.marcap,
        }
    }
}

/// The trading days of all indices within a range, both included, by index, oldest first.
pub async fn range(db: &Db, from: Date, to: Date) -> Result<Vec<IndexBar>, sqlx::Error> {
    const SQL: &str = "\
        SELECT index_code, trade_date, close, change, change_bp, open, high, low, volume, amount, \
        marcap FROM index_bars WHERE trade_date BETWEEN $1 AND $2 ORDER BY index_code, trade_date";
    let rows: Vec<IndexRow> = read!(db, |pool| sqlx::query_as(SQL)
        .bind(from)
        .bind(to)
        .fetch_all(pool)
        .await?);
    Ok(rows.into_iter().map(Into::into).collect())
}
