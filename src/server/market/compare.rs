//! Several issues side by side.

use std::collections::BTreeSet;

use time::{Date, macros::date};

use super::{Snapshot, stock::stock, watchlist::meant};
use crate::{
    model::market::{Close, CompareQuery, Compared, Comparison, Filter, ListingQuery, ShareKind, rebased},
    server::{
        error::Error,
        store::{Db, daily_bars},
    },
};

/// The day on which the exchange opened.
const OPENING: Date = date!(1956 - 03 - 03);

/// How many issues somebody who chose none is offered.
const OFFERED: u32 = 3;

/// The issues that are asked for, each beginning at 100, and the one that was typed to be added.
///
/// # Errors
/// When the database fails. What was typed in vain is told in the answer.
pub async fn compare(db: &Db, market: &Snapshot, asked: CompareQuery) -> Result<Comparison, Error> {
    let mut query = CompareQuery {
        add: String::new(),
        ..asked.clone()
    };
    let mut fault = None;
    if !asked.add.is_empty() {
        match meant(market, &asked.add) {
            Ok(code) => query = query.with(&code),
            Err(Error::InvalidInput(faults)) => fault = faults.into_iter().next().map(|fault| fault.message),
            Err(error) => return Err(error),
        }
    }
    let from = query.span.start(market.day()).unwrap_or(OPENING);
    let mut unknown = Vec::new();
    let mut found = Vec::new();
    for code in std::mem::take(&mut query.codes) {
        let issue = match market.find(&code) {
            Some(listing) => (listing.clone(), None),
            None => match stock(db, market, &code).await {
                Ok(gone) => (gone.listing, Some(gone.delisted_on.unwrap_or(gone.history_to))),
                Err(Error::StockNotFound) => {
                    unknown.push(code);
                    continue;
                }
                Err(error) => return Err(error),
            },
        };
        let days = daily_bars::history(db, &code, from, market.day()).await?;
        let closes: Vec<Close> = days
            .into_iter()
            .map(|(date, bar)| Close {
                date,
                close: bar.close,
                change: bar.change,
            })
            .collect();
        query.codes.push(code);
        found.push((issue, closes));
    }
    let dates: BTreeSet<Date> = found
        .iter()
        .flat_map(|(_, closes)| closes.iter().map(|close| close.date))
        .collect();
    let dates: Vec<Date> = dates.into_iter().collect();
    let issues: Vec<Compared> = found
        .into_iter()
        .map(|((listing, ended_on), closes)| Compared {
            listing,
            ended_on,
            values: rebased(&closes, &dates),
        })
        .collect();
    Ok(Comparison {
        as_of: market.day().to_string(),
        source: market.source(),
        issues,
        dates: dates.iter().map(Date::to_string).collect(),
        offers: if query.codes.is_empty() {
            largest(market)
        } else {
            Vec::new()
        },
        unknown,
        query,
        fault,
    })
}

fn largest(market: &Snapshot) -> Vec<String> {
    let query = ListingQuery {
        filter: Filter {
            share_kind: Some(ShareKind::Common),
            ..Filter::default()
        },
        limit: Some(OFFERED),
        ..ListingQuery::default()
    };
    market
        .pick(&query)
        .listings()
        .map(|listing| listing.code.clone())
        .collect()
}
