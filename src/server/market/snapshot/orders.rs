//! Every order in which listings can be shown, sorted once.

use std::cmp::{Ordering, Reverse};

use crate::model::market::{Listing, Order, Sort, SortKey};

/// For each sort key in the order of [`SortKey::ALL`]: the places of all listings, descending and
/// ascending.
#[derive(Debug)]
pub(super) struct Orders(Vec<(Vec<usize>, Vec<usize>)>);

impl Orders {
    pub fn of(listings: &[Listing]) -> Self {
        let both = |key| {
            let by = |order| sorted(listings, Sort { key, order });
            (by(Order::Desc), by(Order::Asc))
        };
        Self(SortKey::ALL.into_iter().map(both).collect())
    }

    pub fn get(&self, sort: Sort) -> &[usize] {
        let both = SortKey::ALL
            .iter()
            .position(|key| *key == sort.key)
            .and_then(|place| self.0.get(place));
        match (both, sort.order) {
            (Some((descending, _)), Order::Desc) => descending,
            (Some((_, ascending)), Order::Asc) => ascending,
            (None, _) => &[],
        }
    }
}

/// The places of all listings in an order.
fn sorted(listings: &[Listing], sort: Sort) -> Vec<usize> {
    let mut places: Vec<(usize, &Listing)> = listings.iter().enumerate().collect();
    places.sort_by(|(_, a), (_, b)| compare(a, b, &[sort]));
    places.into_iter().map(|(place, _)| place).collect()
}

/// Which of two comes first. What has no value comes last whichever way it is sorted; among equals
/// the larger market capitalisation is first, then the smaller code.
pub(super) fn compare(a: &Listing, b: &Listing, sorts: &[Sort]) -> Ordering {
    let tie = |listing: &Listing| Reverse(listing.marcap);
    sorts
        .iter()
        .map(|sort| by_one(a, b, *sort))
        .find(|ordering| ordering.is_ne())
        .unwrap_or_else(|| tie(a).cmp(&tie(b)).then_with(|| a.code.cmp(&b.code)))
}

fn by_one(a: &Listing, b: &Listing, sort: Sort) -> Ordering {
    let directed = |ordering: Ordering| match sort.order {
        Order::Asc => ordering,
        Order::Desc => ordering.reverse(),
    };
    match sort.key {
        // Hangul syllables stand in Korean order in Unicode already.
        SortKey::Name => directed(a.name.cmp(&b.name)),
        SortKey::Code => directed(a.code.cmp(&b.code)),
        SortKey::Industry => missing_last(a.industry.as_deref(), b.industry.as_deref(), directed),
        key => missing_last(figure(a, key), figure(b, key), directed),
    }
}

fn missing_last<T: Ord>(a: Option<T>, b: Option<T>, directed: impl Fn(Ordering) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => directed(a.cmp(&b)),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

fn figure(listing: &Listing, key: SortKey) -> Option<i64> {
    match key {
        SortKey::Marcap => Some(listing.marcap),
        SortKey::Close => Some(listing.close),
        SortKey::Change => Some(listing.change),
        SortKey::ChangesRatio => Some(listing.changes_ratio.basis_points().into()),
        SortKey::Volume => Some(listing.volume),
        SortKey::Amount => Some(listing.amount),
        SortKey::Open => listing.open,
        SortKey::High => listing.high,
        SortKey::Low => listing.low,
        SortKey::Shares => Some(listing.shares),
        SortKey::Name | SortKey::Code | SortKey::Industry => None,
    }
}
