//! One issue: what is known about it, its past, and what the past says of its price.

use time::{Date, Duration};

use crate::{
    model::market::{
        Figures, FlagSpan, History, HistoryQuery, Interval, Period, PriceRange, Statistics, StatisticsQuery, Stock,
        TradingDay, bars,
    },
    server::{
        error::Error,
        market::Snapshot,
        store::{
            Db,
            daily_bars::{self, Bar},
            flags,
            instruments::{self, Instrument},
        },
    },
};

/// How far back the close before a range is looked for. A listed issue has figures of every
/// trading day, and no holidays are as long.
const LOOK_BACK: Duration = Duration::days(30);

/// An issue of which there are figures, listed or gone.
pub(super) struct Known {
    pub issue: Instrument,
    pub first: Date,
    /// Not after the day that is shown.
    pub last: Date,
}

impl Known {
    pub async fn find(db: &Db, market: &Snapshot, code: &str) -> Result<Self, Error> {
        let (Some(issue), Some((first, last))) =
            (instruments::find(db, code).await?, daily_bars::span(db, code).await?)
        else {
            return Err(Error::StockNotFound);
        };
        // A newer day is imported but not shown yet.
        let last = last.min(market.day());
        if first > last {
            return Err(Error::StockNotFound);
        }
        Ok(Self { issue, first, last })
    }
}

/// An issue with all that is known about it, also one that is gone.
///
/// # Errors
/// [`Error::StockNotFound`] when there was never one with this code.
pub async fn stock(db: &Db, market: &Snapshot, code: &str) -> Result<Stock, Error> {
    describe(db, market, Known::find(db, market, code).await?).await
}

/// What is known about an issue that was found.
pub(super) async fn describe(db: &Db, market: &Snapshot, known: Known) -> Result<Stock, Error> {
    let Known { issue, first, last } = known;
    let code = issue.code.as_str();
    let ever = flags::of_issue(db, code).await?;
    let listed = market.find(code).cloned();
    let next_day = listed
        .as_ref()
        .map(|listing| PriceRange::after(listing.close, listing.market));
    let listing = if let Some(listing) = listed {
        listing
    } else {
        let days = daily_bars::history(db, code, last, last).await?;
        let (_, bar) = days.into_iter().next().ok_or(Error::StockNotFound)?;
        let mut listing = bar.listing_of(issue.clone());
        listing.flags = ever
            .iter()
            .filter(|flag| flag.valid_from <= last && flag.valid_to.is_none_or(|end| end >= last))
            .map(|flag| flag.kind)
            .collect();
        listing
    };
    let facts = issue.facts;
    let text = |date: Option<Date>| date.map(|date| date.to_string());
    Ok(Stock {
        listing,
        as_of: last.to_string(),
        source: market.source(),
        notice: market.source().notice(),
        name_full: issue.name_full,
        name_en: issue.name_en,
        products: facts.products,
        region: facts.region,
        homepage: facts.homepage,
        settle_month: facts.settle_month,
        secu_group: facts.secu_group,
        par_value: issue.par_value,
        listed_on: text(issue.listed_on),
        delisted_on: text(facts.delisted_on),
        successor_code: facts.successor_code,
        flag_history: ever
            .into_iter()
            .map(|flag| FlagSpan {
                kind: flag.kind,
                since: flag.valid_from.to_string(),
                until: text(flag.valid_to),
                reason: flag.reason,
            })
            .collect(),
        next_day,
        history_from: first.to_string(),
        history_to: last.to_string(),
    })
}

/// An issue's past.
///
/// # Errors
/// As [`stock`].
pub async fn history(db: &Db, market: &Snapshot, code: &str, query: HistoryQuery) -> Result<History, Error> {
    let known = Known::find(db, market, code).await?;
    let start = query.start.map_or(known.first, |start| start.max(known.first));
    let end = query.end.map_or(known.last, |end| end.min(known.last));
    let from = match query.interval {
        Interval::Daily => start,
        // A week or month is against the close before it.
        Interval::Weekly | Interval::Monthly => start.saturating_sub(LOOK_BACK),
    };
    let days = days(db, code, from, end).await?;
    let (before, within) = days.split_at(days.partition_point(|day| day.date < start));
    Ok(History {
        code: code.to_owned(),
        name: known.issue.name,
        interval: query.interval,
        as_of: market.as_of().to_owned(),
        source: market.source(),
        notice: market.source().notice(),
        bars: bars(within, query.interval, before.last().map(|day| day.close)),
    })
}

/// What the last weeks did to an issue's price: the weeks before the day that is shown, or, of an
/// issue that is gone, before its last one.
///
/// # Errors
/// As [`stock`].
pub async fn statistics(db: &Db, market: &Snapshot, code: &str, query: StatisticsQuery) -> Result<Statistics, Error> {
    summarise(db, market, &Known::find(db, market, code).await?, query).await
}

/// The statistics of an issue that was found.
pub(super) async fn summarise(
    db: &Db,
    market: &Snapshot,
    known: &Known,
    query: StatisticsQuery,
) -> Result<Statistics, Error> {
    let start = query.start(known.last);
    let days = days(db, &known.issue.code, start, known.last).await?;
    Ok(Statistics {
        code: known.issue.code.clone(),
        name: known.issue.name.clone(),
        as_of: market.as_of().to_owned(),
        source: market.source(),
        notice: market.source().notice(),
        period: Period {
            weeks: query.weeks,
            start_date: start.to_string(),
            end_date: known.last.to_string(),
        },
        basis: query.basis,
        figures: Figures::of(&days, query.basis).ok_or(Error::StockNotFound)?,
    })
}

async fn days(db: &Db, code: &str, from: Date, to: Date) -> Result<Vec<TradingDay>, Error> {
    let days = daily_bars::history(db, code, from, to).await?;
    Ok(days.into_iter().map(|(date, bar)| trading_day(date, &bar)).collect())
}

pub(super) fn trading_day(date: Date, bar: &Bar) -> TradingDay {
    TradingDay {
        date,
        open: bar.open,
        high: bar.high,
        low: bar.low,
        close: bar.close,
        change: bar.change,
        volume: bar.volume,
        amount: bar.amount,
    }
}

#[cfg(test)]
mod tests {
    use csv::ReaderBuilder;

    use super::*;
    use crate::{
        model::market::{Basis, read_date},
        server::market::testing::shared_file,
    };

    /// A published history of one issue, with its prices and volumes only.
    fn published() -> Option<Vec<TradingDay>> {
        let bytes = shared_file("ohlcv/invest-kr/005930.csv")?;
        let mut reader = ReaderBuilder::new().from_reader(bytes.as_slice());
        let rows = reader.deserialize::<(String, i64, i64, i64, i64, i64, f64)>();
        let day = |(date, open, high, low, close, volume, _): (String, i64, i64, i64, i64, i64, f64)| TradingDay {
            date: read_date(&date).unwrap(),
            open: Some(open),
            high: Some(high),
            low: Some(low),
            close,
            change: 0,
            volume,
            amount: 0,
        };
        Some(rows.map(|row| day(row.unwrap())).collect())
    }

    #[test]
    fn a_published_history_gives_the_known_figures() {
        let Some(days) = published() else { return };
        let query = StatisticsQuery::default();
        let start = query.start(days.last().unwrap().date);
        assert_eq!(start.to_string(), "2024-06-18");
        let year: Vec<TradingDay> = days.into_iter().filter(|day| day.date >= start).collect();
        let figures = Figures::of(&year, Basis::Close).unwrap();
        assert_eq!((figures.days, figures.current_price), (241, 58_450));
        assert_eq!(
            (figures.week_52_high, figures.week_52_high_date.as_str()),
            (87_800, "2024-07-09")
        );
        assert_eq!(
            (figures.week_52_low, figures.week_52_low_date.as_str()),
            (49_900, "2024-11-14")
        );
        assert_eq!(figures.week_52_avg, 62_273);
        assert_eq!(figures.year_change, 58_450 - 79_800);
        let intraday = Figures::of(&year, Basis::Intraday).unwrap();
        assert_eq!(
            (intraday.week_52_high, intraday.week_52_high_date.as_str()),
            (88_800, "2024-07-11")
        );
    }
}
