//! A day's market at a glance.

use crate::{
    model::{
        market::{
            Board, BoardSummary, IndexCard, Leaders, Listing, MarketOverview, Order, OverviewQuery, Points, PriceLimit,
            Ranking, Sort, SortKey, Source,
        },
        text::stocks as text,
    },
    server::store::index_bars::IndexBar,
};

use super::Snapshot;

/// How many the ends of a board name.
const RANKED: usize = 20;
/// Trading days of an index's way.
const SPARKLINE: usize = 60;

/// How many the lists name.
const TOP: usize = 10;

/// How many rose and fell on each board.
pub(super) fn summaries(listings: &[Listing]) -> Vec<BoardSummary> {
    Board::ALL.map(|board| summary(board, listings)).into()
}

fn summary(market: Board, listings: &[Listing]) -> BoardSummary {
    let mut board = BoardSummary {
        market,
        total: 0,
        up: 0,
        flat: 0,
        down: 0,
        upper_limit: 0,
        lower_limit: 0,
        halted: 0,
        marcap: 0,
        amount: 0,
        volume: 0,
    };
    for listing in listings.iter().filter(|listing| listing.market == market) {
        board.total += 1;
        board.marcap = board.marcap.saturating_add(listing.marcap);
        board.amount = board.amount.saturating_add(listing.amount);
        board.volume = board.volume.saturating_add(listing.volume);
        if listing.halted {
            board.halted += 1;
            continue;
        }
        match listing.change {
            1.. => board.up += 1,
            0 => board.flat += 1,
            ..0 => board.down += 1,
        }
        match listing.price_limit {
            Some(PriceLimit::Upper) => board.upper_limit += 1,
            Some(PriceLimit::Lower) => board.lower_limit += 1,
            None => {}
        }
    }
    board
}

/// The indices with the way that led to their last value; `bars` are by index, oldest first.
pub(super) fn index_cards(bars: &[IndexBar]) -> Vec<IndexCard> {
    let mut cards: Vec<IndexCard> = bars
        .chunk_by(|a, b| a.index_code == b.index_code)
        .filter_map(|days| {
            let last = days.last()?;
            let points = Points::from_hundredths;
            let name = &last.index_code;
            Some(IndexCard {
                code: name.clone(),
                name: name.clone(),
                as_of: last.trade_date.to_string(),
                value: points(last.close),
                change: points(last.change),
                changes_ratio: last.changes_ratio,
                open: last.open.map(points),
                high: last.high.map(points),
                low: last.low.map(points),
                sparkline: days
                    .iter()
                    .skip(days.len().saturating_sub(SPARKLINE))
                    .map(|day| points(day.close))
                    .collect(),
            })
        })
        .collect();
    // In the order of their boards.
    let place = |code: &str| Board::ALL.iter().position(|board| board.as_str() == code);
    cards.sort_by_key(|card| place(&card.code).unwrap_or(usize::MAX));
    cards
}

/// An index by the name under which it is shown.
fn named(source: Source, index: &IndexCard) -> IndexCard {
    let name = if source.is_demo() {
        text::demo_index(&index.name)
    } else {
        index.name.clone()
    };
    IndexCard { name, ..index.clone() }
}

pub(super) fn of_market(snapshot: &Snapshot, query: OverviewQuery) -> MarketOverview {
    let on = |board: Board| query.market.contains(board);
    let top = |key, order, count, keep: &dyn Fn(&Listing) -> bool| -> Vec<Listing> {
        snapshot
            .orders
            .get(Sort { key, order })
            .iter()
            .filter_map(|place| snapshot.listings.get(*place))
            .filter(|listing| on(listing.market) && query.shares.contains(listing) && keep(listing))
            .take(count)
            .cloned()
            .collect()
    };
    MarketOverview {
        as_of: snapshot.as_of.clone(),
        source: snapshot.source,
        notice: snapshot.source.notice(),
        market: query.market,
        shares: query.shares,
        indices: snapshot
            .indices
            .iter()
            .map(|index| named(snapshot.source, index))
            .collect(),
        boards: snapshot
            .boards
            .iter()
            .filter(|board| on(board.market))
            .cloned()
            .collect(),
        leaders: Leaders {
            gainers: top(SortKey::ChangesRatio, Order::Desc, TOP, &|listing| {
                !listing.halted && listing.change > 0
            }),
            losers: top(SortKey::ChangesRatio, Order::Asc, TOP, &|listing| {
                !listing.halted && listing.change < 0
            }),
            volume: top(SortKey::Volume, Order::Desc, TOP, &|listing| listing.volume > 0),
            amount: top(SortKey::Amount, Order::Desc, TOP, &|listing| listing.amount > 0),
        },
        rankings: Board::ALL
            .into_iter()
            .filter(|board| on(*board))
            .map(|board| Ranking {
                market: board,
                top: top(SortKey::Marcap, Order::Desc, RANKED, &|listing| listing.market == board),
                bottom: top(SortKey::Marcap, Order::Asc, RANKED, &|listing| listing.market == board),
            })
            .collect(),
    }
}
