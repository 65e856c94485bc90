//! What is asked of the listing: by REST, where a mistake is answered as one, and by a page's
//! address, where anything leads to a sensible page.

mod filter;
mod measure;
mod sort;

use serde::{Deserialize, Serialize};

use super::MarketFilter;
use crate::model::{
    FieldError,
    input::{is_digits, whole_number},
    navigation,
    text::{problem, stocks},
};

pub use filter::{Filter, MAX_INDUSTRIES, Range, RangeFaults, ShareKind};
pub use measure::Measure;
pub use sort::{MAX_SORTS, Order, Sort, SortKey};

/// More parameters of a filter than that are not read.
const MAX_FILTERS: usize = 100;
/// Rows on a page of the listing, unless another of [`PAGE_SIZES`] is asked for.
pub const PAGE_SIZE: u32 = 50;
/// How many rows a page may have.
pub const PAGE_SIZES: [u32; 4] = [20, PAGE_SIZE, 100, 200];
/// The size that stands for all rows, which come in parts of [`PART`].
pub const ALL_ROWS: &str = "all";
/// Rows that are asked for at once while all are gone through.
pub const PART: u32 = 100;
/// The most rows that a limit may ask for.
const MAX_LIMIT: u32 = 5_000;
/// The longest search, in characters.
const MAX_QUERY: usize = 100;
/// Past the end of any market; what an absurd page number stands for.
pub(super) const MAX_PAGE: u32 = 10_000;

/// What is asked of the listing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListingQuery {
    pub market: MarketFilter,
    /// `None` leaves it to us: the best match first when something is searched for, otherwise
    /// the largest by market capitalisation.
    pub sort: Option<Sort>,
    /// What decides among equals of [`Self::sort`], before their size does.
    pub then_by: Vec<Sort>,
    /// Which rows are left out.
    pub filter: Filter,
    /// What is searched for, trimmed; empty for everything.
    pub q: String,
    /// `None` for all rows.
    pub limit: Option<u32>,
    /// Rows to leave out at the start.
    pub offset: u32,
}

impl ListingQuery {
    /// Reads the parameters of a REST request: `market`, `sort_by`, `order`, `q`, `limit`,
    /// `offset`. Others are ignored; of one that is repeated the last counts.
    ///
    /// # Errors
    /// Every faulty parameter, at once.
    pub fn strict<K, V>(parameters: impl IntoIterator<Item = (K, V)>) -> Result<Self, Vec<FieldError>>
    where
        K: AsRef<str>,
        V: AsRef<str>,
    {
        let raw = Raw::collect(parameters);
        let mut errors = Vec::new();
        let mut fault = |field, message| errors.push(FieldError::new(field, message));

        let market = raw
            .market
            .map_or(Some(MarketFilter::Krx), |value| MarketFilter::parse(&value));
        if market.is_none() {
            fault("market", accepted(MarketFilter::ALL.map(MarketFilter::as_str)));
        }
        let mut sorts = sort::strict(raw.sort_by.as_deref(), raw.order.as_deref(), &mut fault);
        let q = raw.q.unwrap_or_default().trim().to_owned();
        if let Some(message) = fault_of_search(&q) {
            fault("q", message);
        }
        let limit = raw.limit.map(|value| whole_number(&value));
        if !matches!(limit, None | Some(Some(1..=MAX_LIMIT))) {
            fault("limit", problem::range(1, MAX_LIMIT.into()));
        }
        let offset = raw.offset.map(|value| whole_number(&value));
        if offset == Some(None) {
            fault("offset", problem::range(0, u32::MAX.into()));
        }

        let filter = Filter::strict(&raw.filters, &mut fault);

        if !errors.is_empty() {
            return Err(errors);
        }
        let then_by = sorts.split_off(sorts.len().min(1));
        Ok(Self {
            market: market.unwrap_or_default(),
            sort: sorts.pop(),
            then_by,
            filter,
            q,
            limit: limit.flatten(),
            offset: offset.flatten().unwrap_or_default(),
        })
    }

    /// Reads a page's address: `market`, `sort_by`, `order`, `q`, `size`, `page`. Whatever is wrong
    /// there is left out or brought to the nearest that is right.
    #[must_use]
    pub fn lenient<K, V>(parameters: impl IntoIterator<Item = (K, V)>) -> Self
    where
        K: AsRef<str>,
        V: AsRef<str>,
    {
        let raw = Raw::collect(parameters);
        let market = raw.market.and_then(|value| MarketFilter::parse(&value));
        let mut sorts = sort::lenient(raw.sort_by.as_deref(), raw.order.as_deref());
        let then_by = sorts.split_off(sorts.len().min(1));
        let page = raw.page.map_or(1, |value| page_number(&value));
        let size = raw.size.map_or(PAGE_SIZE, |value| page_size(&value));
        let q = raw.q.map(|value| clean(&value)).unwrap_or_default();
        Self {
            market: market.unwrap_or_default(),
            sort: sorts.pop(),
            then_by,
            filter: Filter::lenient(&raw.filters),
            q,
            limit: Some(size),
            offset: (page - 1) * size,
        }
        .canonical()
    }

    /// What the rows are sorted by when nothing is searched for.
    #[must_use]
    pub fn sort_by(&self) -> SortKey {
        self.sort.unwrap_or_default().key
    }

    /// Which end comes first.
    #[must_use]
    pub fn order(&self) -> Order {
        self.sort.unwrap_or_default().order
    }

    /// The page that this asks for, from 1.
    #[must_use]
    pub fn page(&self) -> u32 {
        self.offset / self.limit.unwrap_or(PAGE_SIZE).max(1) + 1
    }

    /// The first page of another market.
    #[must_use]
    pub fn with_market(&self, market: MarketFilter) -> Self {
        let query = self.clone();
        Self {
            market,
            offset: 0,
            ..query
        }
        .canonical()
    }

    /// The first page when the heading of a column is chosen: the other way round when the rows
    /// are sorted by it already, otherwise the end that people look for first.
    #[must_use]
    pub fn with_sort(&self, key: SortKey) -> Self {
        let sorted_by = match self.sort {
            None if self.q.is_empty() => Some(Sort::default()),
            sort => sort,
        };
        let order = match sorted_by {
            Some(sort) if sort.key == key => sort.order.reversed(),
            _ => key.usual_order(),
        };
        let query = self.clone();
        Self {
            sort: Some(Sort { key, order }),
            then_by: Vec::new(),
            offset: 0,
            ..query
        }
        .canonical()
    }

    /// The first page when a column shall decide among equals of those that are sorted by; the other
    /// way round when it does already. With [`MAX_SORTS`] columns it takes the last one's place.
    #[must_use]
    pub fn with_further_sort(&self, key: SortKey) -> Self {
        let mut sorts = self.sorts();
        if let Some(sort) = sorts.iter_mut().find(|sort| sort.key == key) {
            sort.order = sort.order.reversed();
        } else {
            sorts.truncate(MAX_SORTS - 1);
            let order = key.usual_order();
            sorts.push(Sort { key, order });
        }
        self.with_sorts(sorts)
    }

    /// The first page sorted by all columns but this one.
    #[must_use]
    pub fn without_sort(&self, key: SortKey) -> Self {
        let mut sorts = self.sorts();
        sorts.retain(|sort| sort.key != key);
        self.with_sorts(sorts)
    }

    /// The first page in the usual order: the largest first, or the best match.
    #[must_use]
    pub fn unsorted(&self) -> Self {
        self.with_sorts(Vec::new())
    }

    fn with_sorts(&self, sorts: Vec<Sort>) -> Self {
        let mut sorts = sorts.into_iter();
        let query = self.clone();
        Self {
            sort: sorts.next(),
            then_by: sorts.collect(),
            offset: 0,
            ..query
        }
        .canonical()
    }

    /// The first page of pages of another size.
    #[must_use]
    pub fn with_size(&self, size: u32) -> Self {
        let query = self.clone();
        Self {
            limit: Some(size),
            offset: 0,
            ..query
        }
    }

    /// The first page of what another search finds, the best match first.
    #[must_use]
    pub fn with_search(&self, q: &str) -> Self {
        let query = self.clone();
        Self {
            q: clean(q),
            offset: 0,
            ..query
        }
        .canonical()
    }

    /// The first page with other rows left out.
    #[must_use]
    pub fn with_filter(&self, filter: Filter) -> Self {
        let query = self.clone();
        Self {
            filter,
            offset: 0,
            ..query
        }
        .canonical()
    }

    /// All columns that are sorted by, the first one first.
    #[must_use]
    pub fn sorts(&self) -> Vec<Sort> {
        let first = self.sort.unwrap_or_default();
        std::iter::once(first).chain(self.then_by.iter().copied()).collect()
    }

    /// The query part of a page's address, without the `?`: empty when all is by default.
    /// [`Self::lenient`] reads it back.
    #[must_use]
    pub fn to_page_query(&self, page: u32) -> String {
        navigation::query(self.parameters(page))
    }

    /// The same as its parameters.
    #[must_use]
    pub fn parameters(&self, page: u32) -> Vec<(&'static str, String)> {
        let query = self.clone().canonical();
        let mut pairs = Vec::new();
        if query.market != MarketFilter::default() {
            pairs.push(("market", query.market.as_str().to_owned()));
        }
        if query.sort.is_some() {
            let (keys, orders) = sort::print(&query.sorts());
            pairs.push(("sort_by", keys));
            pairs.extend(orders.map(|orders| ("order", orders)));
        }
        pairs.extend(query.filter.parameters());
        if !query.q.is_empty() {
            pairs.push(("q", query.q));
        }
        if let Some(size) = query.limit.filter(|size| *size != PAGE_SIZE) {
            pairs.push(("size", size.to_string()));
        }
        if page > 1 {
            pairs.push(("page", page.to_string()));
        }
        pairs
    }

    /// The same as parameters of REST, for all rows.
    #[must_use]
    pub fn of_rest(&self) -> Vec<(&'static str, String)> {
        let parameters = self.parameters(1).into_iter();
        parameters.filter(|(name, _)| *name != "size").collect()
    }

    /// Asking for what is the case anyway is not asking.
    fn canonical(mut self) -> Self {
        if self.q.is_empty() && self.sort == Some(Sort::default()) && self.then_by.is_empty() {
            self.sort = None;
        }
        self
    }
}

/// The parameters as they were sent.
#[derive(Default)]
struct Raw {
    market: Option<String>,
    sort_by: Option<String>,
    order: Option<String>,
    q: Option<String>,
    limit: Option<String>,
    offset: Option<String>,
    page: Option<String>,
    size: Option<String>,
    /// Those of the filter, by name.
    filters: Vec<(String, String)>,
}

impl Raw {
    fn collect<K: AsRef<str>, V: AsRef<str>>(parameters: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut raw = Self::default();
        for (name, value) in parameters {
            let field = match name.as_ref() {
                "market" => &mut raw.market,
                "sort_by" => &mut raw.sort_by,
                "order" => &mut raw.order,
                "q" => &mut raw.q,
                "limit" => &mut raw.limit,
                "offset" => &mut raw.offset,
                "page" => &mut raw.page,
                "size" => &mut raw.size,
                other => {
                    if Filter::knows(other) && raw.filters.len() < MAX_FILTERS {
                        raw.filters.push((other.to_owned(), value.as_ref().to_owned()));
                    }
                    continue;
                }
            };
            *field = Some(value.as_ref().to_owned());
        }
        raw
    }
}

fn accepted<const N: usize>(values: [&str; N]) -> String {
    problem::accepted(&values.join(", "))
}

/// What is wrong with a search, if anything.
pub(super) fn fault_of_search(q: &str) -> Option<String> {
    if q.chars().count() > MAX_QUERY {
        Some(problem::at_most_characters(MAX_QUERY))
    } else if q.chars().any(char::is_control) {
        Some(stocks::query_characters().to_owned())
    } else {
        None
    }
}

/// The nearest page to what was asked for.
fn page_number(text: &str) -> u32 {
    match whole_number::<u32>(text) {
        Some(page) => page.clamp(1, MAX_PAGE),
        // More digits than a number has.
        None if is_digits(text) => MAX_PAGE,
        None => 1,
    }
}

/// The nearest size of a page to what was asked for; of all rows at once, the parts that they come
/// in.
fn page_size(text: &str) -> u32 {
    if text == ALL_ROWS {
        return PART;
    }
    let Some(size) = whole_number::<u32>(text) else {
        return PAGE_SIZE;
    };
    PAGE_SIZES
        .into_iter()
        .min_by_key(|offered| offered.abs_diff(size))
        .unwrap_or(PAGE_SIZE)
}

/// A search without what nobody can see, and of a length that anybody can type.
fn clean(text: &str) -> String {
    let visible: String = text
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(MAX_QUERY)
        .collect();
    visible.trim().to_owned()
}

#[cfg(test)]
mod tests;
