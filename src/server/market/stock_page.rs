//! Everything that the page of an issue shows, and what it shows where there is no such issue.

use time::Date;

use super::{
    Snapshot,
    stock::{Known, describe, summarise, trading_day},
};
use crate::{
    model::market::{
        Delisted, Filter, HistoryBar, Interval, Listing, ListingQuery, ShareKind, StatisticsQuery, StockAnswer,
        StockPage, StockView, TradingDay, bars, read_code,
    },
    server::{
        error::Error,
        store::{
            Db, daily_bars,
            delistings::{self, Delisting},
        },
    },
};

/// Codes of issues that are gone are as long at most.
const LONGEST_CODE: usize = 12;
/// What of a name that is none is shown again.
const LONGEST_SHOWN: usize = 40;
/// What of it is searched for.
const LONGEST_SEARCHED: usize = 12;
/// How many other issues are named.
const OTHERS: u32 = 10;

/// Everything that the page of an issue shows; of an unknown one, what is near it.
///
/// # Errors
/// When the database fails.
pub async fn page(db: &Db, market: &Snapshot, asked: &str, view: StockView) -> Result<StockAnswer, Error> {
    if let Some(code) = read_code(asked) {
        match Known::find(db, market, &code).await {
            Ok(known) => return Ok(StockAnswer::Found(Box::new(of_known(db, market, known, view).await?))),
            Err(Error::StockNotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let code = read_code(asked).unwrap_or_else(|| asked.trim().to_ascii_uppercase());
    let delistings = delistings(db, &code).await?;
    if !delistings.is_empty() {
        return Ok(StockAnswer::Gone { code, delistings });
    }
    Ok(StockAnswer::Missing {
        asked: asked.chars().take(LONGEST_SHOWN).collect(),
        near: near(market, asked),
    })
}

async fn of_known(db: &Db, market: &Snapshot, known: Known, view: StockView) -> Result<StockPage, Error> {
    let code = known.issue.code.clone();
    let days = daily_bars::newest(db, &code, known.last, view.most_days(known.last)).await?;
    let days: Vec<TradingDay> = days.into_iter().map(|(date, bar)| trading_day(date, &bar)).collect();
    let (bars, before) = chart(&days, view, known.last);
    let (days, has_more_days) = table(&days, view, known.last);
    let query = StatisticsQuery {
        basis: view.basis,
        ..StatisticsQuery::default()
    };
    let statistics = summarise(db, market, &known, query).await?;
    let stock = describe(db, market, known).await?;
    let delistings = if stock.delisted_on.is_some() {
        delistings(db, &code).await?
    } else {
        Vec::new()
    };
    Ok(StockPage {
        bars,
        before,
        statistics,
        days,
        has_more_days,
        peers: peers(market, &stock.listing),
        delistings,
        stock,
    })
}

/// The bars of the chart, behind those that its averages need, and how many these are.
fn chart(days: &[TradingDay], view: StockView, last: Date) -> (Vec<HistoryBar>, usize) {
    let mut bars = bars(days, view.interval, None);
    let start = view
        .chart_start(last)
        .map_or_else(String::new, |start| start.to_string());
    let shown = bars.partition_point(|bar| bar.date < start);
    let before = shown.min(view.averages.longest().saturating_sub(1));
    (bars.split_off(shown - before), before)
}

/// The rows of the table, newest first, and whether there are more.
fn table(days: &[TradingDay], view: StockView, last: Date) -> (Vec<HistoryBar>, bool) {
    let first = view
        .table_start(last)
        .map_or(0, |start| days.partition_point(|day| day.date < start));
    let mut rows = bars(days.get(first..).unwrap_or_default(), Interval::Daily, None);
    rows.reverse();
    let most = usize::try_from(view.days).unwrap_or(usize::MAX);
    let has_more = rows.len() > most;
    rows.truncate(most);
    (rows, has_more)
}

async fn delistings(db: &Db, code: &str) -> Result<Vec<Delisted>, Error> {
    // A code with a NUL is none, and an error of one of the engines.
    if code.len() > LONGEST_CODE || !code.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Ok(Vec::new());
    }
    let text = |date: Date| date.to_string();
    let delisted = |gone: Delisting| Delisted {
        name: gone.name,
        market: gone.market,
        share_kind: gone.share_kind,
        industry: gone.industry,
        listed_on: gone.listed_on.map(text),
        delisted_on: text(gone.delisted_on),
        reason: gone.reason,
        successor_code: gone.successor_code,
        successor_name: gone.successor_name,
    };
    Ok(delistings::of_code(db, code).await?.into_iter().map(delisted).collect())
}

/// What somebody may have meant: what a search finds, for less and less of what was typed.
fn near(market: &Snapshot, asked: &str) -> Vec<Listing> {
    let mut asked: String = asked
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_SEARCHED)
        .collect();
    while asked.chars().count() >= 2 {
        let query = ListingQuery {
            q: asked.clone(),
            limit: Some(OTHERS),
            ..ListingQuery::default()
        };
        let near: Vec<Listing> = market.pick(&query).listings().cloned().collect();
        if !near.is_empty() {
            return near;
        }
        asked.pop();
    }
    Vec::new()
}

/// The largest others of the same industry.
fn peers(market: &Snapshot, listing: &Listing) -> Vec<Listing> {
    let Some(industry) = &listing.industry else {
        return Vec::new();
    };
    let query = ListingQuery {
        filter: Filter {
            industries: vec![industry.clone()],
            share_kind: Some(ShareKind::Common),
            ..Filter::default()
        },
        limit: Some(OTHERS + 1),
        ..ListingQuery::default()
    };
    let pick = market.pick(&query);
    let others = pick.listings().filter(|other| other.code != listing.code);
    others
        .take(usize::try_from(OTHERS).unwrap_or(usize::MAX))
        .cloned()
        .collect()
}
