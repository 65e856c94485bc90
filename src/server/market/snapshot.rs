//! A day's market in memory: everything that a page or a request asks of it, without the database.

mod orders;
mod overview;
mod prepared;

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
    sync::OnceLock,
    time::Instant,
};

use time::{Date, Duration, OffsetDateTime};

use crate::{
    model::market::{
        Board, BoardSummary, FlagKind, IndexCard, IndustryCount, Listing, ListingQuery, ListingsPage, MarketFilter,
        MarketOverview, OverviewQuery, SearchQuery, SearchResults, Shortcomings, Sort, Source,
    },
    server::{
        market::{
            calendar::Calendar,
            search::{self, Keys},
        },
        store::{daily_bars::Listed, index_bars::IndexBar},
    },
};

use orders::Orders;
pub use prepared::Prepared;

/// How long after the close a day's market may take: until then its lack is nothing to speak of.
const SETTLED: Duration = Duration::hours(5);
/// Nobody counts the days of a market that is older.
const MOST_BEHIND: Duration = Duration::days(366);

/// What is known on a day beside its listing, by code.
#[derive(Debug, Default)]
pub struct Beside {
    pub flags: HashMap<String, Vec<FlagKind>>,
    /// Other names that people search for.
    pub aliases: HashMap<String, Vec<String>>,
    /// The last days of the indices, by index, oldest first.
    pub indices: Vec<IndexBar>,
    /// The exchange's calendar from that day on.
    pub calendar: Calendar,
    /// How many rows of the day were put aside because they contradict themselves.
    pub put_aside: i64,
}

/// One trading day. Never changes: a newer day is another snapshot.
#[derive(Debug)]
pub struct Snapshot {
    version: (i64, i64),
    day: Date,
    as_of: String,
    source: Source,
    /// By code.
    listings: Vec<Listing>,
    /// For each of `listings`, in the same place.
    keys: Vec<Keys>,
    /// Likewise: what it is in JSON, so that no request has to write it again.
    json: Vec<String>,
    orders: Orders,
    industries: Vec<IndustryCount>,
    indices: Vec<IndexCard>,
    boards: Vec<BoardSummary>,
    calendar: Calendar,
    put_aside: i64,
    built_at: Instant,
    /// The whole listing of each of [`MarketFilter::ALL`], when somebody asked for it.
    prepared: [OnceLock<Prepared>; MarketFilter::ALL.len()],
}

impl Snapshot {
    /// Prepares the listing of a day.
    #[must_use]
    pub fn build(version: (i64, i64), day: Date, source: Source, mut listed: Vec<Listed>, mut beside: Beside) -> Self {
        listed.sort_by(|a, b| a.listing.code.cmp(&b.listing.code));
        let keys = listed
            .iter()
            .map(|issue| {
                let of = &issue.listing;
                let (full, english) = (issue.name_full.as_deref(), issue.name_en.as_deref());
                let aliases = beside.aliases.remove(&of.code).unwrap_or_default();
                Keys::new(&of.code, &of.isin, &of.name, full, english, &aliases)
            })
            .collect();
        let listings: Vec<Listing> = listed
            .into_iter()
            .map(|issue| {
                let flags = beside.flags.remove(&issue.listing.code).unwrap_or_default();
                Listing { flags, ..issue.listing }
            })
            .collect();
        let as_of = day.to_string();
        let orders = Orders::of(&listings);
        let indices = overview::index_cards(&beside.indices);
        Self {
            version,
            day,
            source,
            keys,
            // Plain strings and numbers always have a JSON form.
            json: listings
                .iter()
                .map(|listing| serde_json::to_string(listing).unwrap_or_default())
                .collect(),
            industries: industries(&listings),
            boards: overview::summaries(&listings),
            indices,
            calendar: beside.calendar,
            put_aside: beside.put_aside,
            built_at: Instant::now(),
            as_of,
            listings,
            orders,
            prepared: Default::default(),
        }
    }

    /// What is to be said of this market at `now`: how many trading days it is behind, which boards
    /// and rows it lacks. Of one that is made up, nothing.
    #[must_use]
    pub fn shortcomings(&self, now: OffsetDateTime) -> Shortcomings {
        if self.source.is_demo() {
            return Shortcomings::default();
        }
        let newest = self.calendar.last_closed_day(now.saturating_sub(SETTLED));
        let first = self.day.saturating_add(Duration::DAY);
        let last = newest.min(self.day.saturating_add(MOST_BEHIND));
        let missing = [Board::Kospi, Board::Kosdaq]
            .into_iter()
            .filter(|board| self.listings.iter().all(|listing| listing.market != *board));
        Shortcomings {
            as_of: self.as_of.clone(),
            days_behind: u32::try_from(self.calendar.trading_days(first, last).len()).unwrap_or(u32::MAX),
            missing_boards: missing.collect(),
            put_aside: self.put_aside,
        }
    }

    /// What is prepared for all rows of a board in the usual order; `None` for any other query. What
    /// is not there yet is made by `tail`.
    ///
    /// # Errors
    /// Those of `tail`.
    pub fn prepared<E>(
        &self,
        query: &ListingQuery,
        tail: impl FnOnce() -> Result<String, E>,
    ) -> Result<Option<&Prepared>, E> {
        let whole = ListingQuery {
            market: query.market,
            ..ListingQuery::default()
        };
        let is_usual = query.sort.is_none_or(|sort| sort == Sort::default());
        let asked = ListingQuery {
            sort: None,
            ..query.clone()
        };
        if !is_usual || asked != whole {
            return Ok(None);
        }
        let place = MarketFilter::ALL.iter().position(|market| *market == query.market);
        let Some(cell) = place.and_then(|place| self.prepared.get(place)) else {
            return Ok(None);
        };
        if let Some(prepared) = cell.get() {
            return Ok(Some(prepared));
        }
        let made = Prepared::new(tail()?);
        Ok(Some(cell.get_or_init(|| made)))
    }

    /// The state of the database that it was loaded from.
    #[must_use]
    pub fn version(&self) -> (i64, i64) {
        self.version
    }

    /// The trading day.
    #[must_use]
    pub fn day(&self) -> Date {
        self.day
    }

    /// The trading day, `YYYY-MM-DD`.
    #[must_use]
    pub fn as_of(&self) -> &str {
        &self.as_of
    }

    #[must_use]
    pub fn source(&self) -> Source {
        self.source
    }

    /// How long this process has had it.
    #[must_use]
    pub fn age(&self) -> std::time::Duration {
        self.built_at.elapsed()
    }

    /// How many issues there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.listings.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.listings.is_empty()
    }

    /// The issue with exactly this code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Listing> {
        let place = self
            .listings
            .binary_search_by(|listing| listing.code.as_str().cmp(code))
            .ok()?;
        self.listings.get(place)
    }

    /// The industries that there are, in Korean order.
    #[must_use]
    pub fn industries(&self) -> &[IndustryCount] {
        &self.industries
    }

    /// The day at a glance.
    #[must_use]
    pub fn market_overview(&self, query: OverviewQuery) -> MarketOverview {
        overview::of_market(self, query)
    }

    /// The best matches of a search.
    #[must_use]
    pub fn search(&self, search: &SearchQuery) -> SearchResults {
        let query = ListingQuery {
            q: search.query.clone(),
            limit: Some(search.limit),
            ..ListingQuery::default()
        };
        let results: Vec<Listing> = self.pick(&query).listings().cloned().collect();
        SearchResults {
            query: query.q,
            count: u32::try_from(results.len()).unwrap_or(u32::MAX),
            as_of: self.as_of.clone(),
            source: self.source,
            notice: self.source.notice(),
            results,
        }
    }

    /// The rows that a query asks for; none past the end.
    #[must_use]
    pub fn select(&self, query: &ListingQuery) -> ListingsPage {
        self.pick(query).to_page()
    }

    /// The same, but a page past the end is the last one: an address that was once right still
    /// leads somewhere when the market has shrunk.
    #[must_use]
    pub fn select_nearest(&self, query: &ListingQuery) -> ListingsPage {
        let page = self.select(query);
        let last = (page.pages() - 1).saturating_mul(page.limit.unwrap_or_default());
        if page.offset <= last {
            return page;
        }
        let nearest = ListingQuery {
            offset: last,
            ..query.clone()
        };
        self.select(&nearest)
    }

    /// What a query asks for, without copying it.
    #[must_use]
    pub fn pick(&self, query: &ListingQuery) -> Pick<'_> {
        let order = self.orders.get(query.sort.unwrap_or_default());
        let is_filtered = !query.filter.is_empty();
        let window = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        let pick = |total: usize, matching: &[usize]| Pick {
            snapshot: self,
            market: query.market,
            limit: query.limit,
            offset: query.offset,
            total: u32::try_from(total).unwrap_or(u32::MAX),
            places: matching
                .iter()
                .copied()
                .skip(window(query.offset))
                .take(query.limit.map_or(usize::MAX, window))
                .collect(),
        };
        // What is asked for most lies there in its order.
        if query.market == MarketFilter::Krx && !is_filtered && query.q.is_empty() && query.then_by.is_empty() {
            return pick(order.len(), order);
        }
        let asked_for = |place: &usize| {
            self.listings.get(*place).is_some_and(|listing| {
                query.market.contains(listing.market) && (!is_filtered || query.filter.lets_pass(listing))
            })
        };
        let in_order = order.iter().copied();
        let mut matching: Vec<usize> = match search::search(&query.q, &self.keys) {
            None => in_order.filter(asked_for).collect(),
            Some(ranks) => {
                let rank = |place: usize| ranks.get(place).copied().flatten();
                let mut hits: Vec<usize> = in_order
                    .filter(|place| rank(*place).is_some())
                    .filter(asked_for)
                    .collect();
                if query.sort.is_none() {
                    // Stable: among equals the larger stays first.
                    hits.sort_by_key(|place| rank(*place));
                }
                hits
            }
        };
        if !query.then_by.is_empty() {
            let sorts = query.sorts();
            matching.sort_by(|a, b| match (self.listings.get(*a), self.listings.get(*b)) {
                (Some(a), Some(b)) => orders::compare(a, b, &sorts),
                _ => Ordering::Equal,
            });
        }
        pick(matching.len(), &matching)
    }
}

fn industries(listings: &[Listing]) -> Vec<IndustryCount> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for industry in listings.iter().filter_map(|listing| listing.industry.as_deref()) {
        *counts.entry(industry).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|(name, count)| IndustryCount {
            name: name.to_owned(),
            count,
        })
        .collect()
}

/// The rows that a query asks for, as they lie in the snapshot.
#[derive(Debug)]
pub struct Pick<'a> {
    snapshot: &'a Snapshot,
    market: MarketFilter,
    limit: Option<u32>,
    offset: u32,
    total: u32,
    places: Vec<usize>,
}

impl<'a> Pick<'a> {
    /// All that match, on this page or not.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.total
    }

    /// The rows of this page.
    pub fn listings(&self) -> impl Iterator<Item = &'a Listing> + '_ {
        let listings = &self.snapshot.listings;
        self.places.iter().filter_map(|place| listings.get(*place))
    }

    /// The rows as a JSON array, put together from what was written beforehand.
    #[must_use]
    pub fn json_array(&self) -> String {
        let rows = || {
            let json = &self.snapshot.json;
            self.places.iter().filter_map(|place| json.get(*place))
        };
        let length: usize = rows().map(|row| row.len() + 1).sum();
        let mut array = String::with_capacity(length + 2);
        array.push('[');
        for (i, row) in rows().enumerate() {
            if i > 0 {
                array.push(',');
            }
            array.push_str(row);
        }
        array.push(']');
        array
    }

    /// The rows with what is to be known about them.
    #[must_use]
    pub fn to_page(&self) -> ListingsPage {
        ListingsPage {
            market: self.market,
            as_of: self.snapshot.as_of.clone(),
            source: self.snapshot.source,
            total: self.total,
            limit: self.limit,
            offset: self.offset,
            stocks: self.listings().cloned().collect(),
        }
    }
}

#[cfg(test)]
mod tests;
