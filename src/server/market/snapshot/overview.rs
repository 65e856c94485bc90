//! A day's market at a glance.

use crate::model::market::{Board, BoardSummary, Listing, Order, Overview, PriceLimit, Sort, SortKey, Source};

use super::orders::Orders;

/// How many the lists name.
const TOP: usize = 10;

pub(super) fn look_over(as_of: &str, source: Source, listings: &[Listing], orders: &Orders) -> Overview {
    let top = |key, order, keep: fn(&Listing) -> bool| {
        orders
            .get(Sort { key, order })
            .iter()
            .filter_map(|place| listings.get(*place))
            .filter(|listing| keep(listing))
            .take(TOP)
            .cloned()
            .collect()
    };
    Overview {
        as_of: as_of.to_owned(),
        source,
        boards: Board::ALL.map(|board| summary(board, listings)).into(),
        largest: top(SortKey::Marcap, Order::Desc, |_| true),
        risers: top(SortKey::ChangesRatio, Order::Desc, |listing| {
            listing.is_common() && !listing.halted && listing.change > 0
        }),
        fallers: top(SortKey::ChangesRatio, Order::Asc, |listing| {
            listing.is_common() && !listing.halted && listing.change < 0
        }),
        most_traded: top(SortKey::Amount, Order::Desc, |listing| listing.amount > 0),
    }
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
