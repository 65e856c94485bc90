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
struct Known {
    issue: Instrument,
    first: Date,
    /// Not after the day that is shown.
    last: Date,
}

impl Known {
    async fn find(db: &Db, market: &Snapshot, code: &str) -> Result<Self, Error> {
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
    let Known { issue, first, last } = Known::find(db, market, code).await?;
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
    let known = Known::find(db, market, code).await?;
    let start = query.start(known.last);
    let days = days(db, code, start, known.last).await?;
    Ok(Statistics {
        code: code.to_owned(),
        name: known.issue.name,
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

fn trading_day(date: Date, bar: &Bar) -> TradingDay {
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
