//! What is asked of the listing: by REST, where a mistake is answered as one, and by a page's
//! address, where anything leads to a sensible page.

use serde::{Deserialize, Serialize};

use super::MarketFilter;
use crate::model::{
    FieldError,
    input::{is_digits, whole_number},
    navigation,
    text::{problem, stocks},
};

/// Rows on a page of the listing.
pub const PAGE_SIZE: u32 = 50;
/// The most rows that a limit may ask for.
const MAX_LIMIT: u32 = 5_000;
/// The longest search, in characters.
const MAX_QUERY: usize = 100;
/// Past the end of any market; what an absurd page number stands for.
const MAX_PAGE: u32 = 10_000;

/// What the listing can be sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SortKey {
    #[default]
    Marcap,
    /// In Korean order.
    Name,
    Code,
    Close,
    Change,
    ChangesRatio,
    Volume,
    Amount,
    Open,
    High,
    Low,
}

impl SortKey {
    pub const ALL: [Self; 11] = [
        Self::Marcap,
        Self::Name,
        Self::Code,
        Self::Close,
        Self::Change,
        Self::ChangesRatio,
        Self::Volume,
        Self::Amount,
        Self::Open,
        Self::High,
        Self::Low,
    ];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Marcap => "marcap",
            Self::Name => "name",
            Self::Code => "code",
            Self::Close => "close",
            Self::Change => "change",
            Self::ChangesRatio => "changes_ratio",
            Self::Volume => "volume",
            Self::Amount => "amount",
            Self::Open => "open",
            Self::High => "high",
            Self::Low => "low",
        }
    }

    /// The key of this name, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|key| key.as_str().eq_ignore_ascii_case(name))
    }

    /// The column's heading.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Marcap => stocks::MARCAP,
            Self::Name => stocks::NAME,
            Self::Code => stocks::CODE,
            Self::Close => stocks::CLOSE,
            Self::Change => stocks::CHANGE,
            Self::ChangesRatio => stocks::CHANGES_RATIO,
            Self::Volume => stocks::VOLUME,
            Self::Amount => stocks::AMOUNT,
            Self::Open => stocks::OPEN,
            Self::High => stocks::HIGH,
            Self::Low => stocks::LOW,
        }
    }
}

/// Which end comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Order {
    #[default]
    Desc,
    Asc,
}

impl Order {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Desc => "desc",
            Self::Asc => "asc",
        }
    }

    /// The order of this name, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Desc, Self::Asc]
            .into_iter()
            .find(|order| order.as_str().eq_ignore_ascii_case(name))
    }

    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Desc => Self::Asc,
            Self::Asc => Self::Desc,
        }
    }
}

/// An order that was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sort {
    pub key: SortKey,
    pub order: Order,
}

/// What is asked of the listing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListingQuery {
    pub market: MarketFilter,
    /// `None` leaves it to us: the best match first when something is searched for, otherwise
    /// the largest by market capitalisation.
    pub sort: Option<Sort>,
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
        let key = raw.sort_by.map(|value| SortKey::parse(&value));
        if key == Some(None) {
            fault("sort_by", accepted(SortKey::ALL.map(SortKey::as_str)));
        }
        let order = raw.order.map(|value| Order::parse(&value));
        if order == Some(None) {
            fault("order", accepted([Order::Desc, Order::Asc].map(Order::as_str)));
        }
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

        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Self {
            market: market.unwrap_or_default(),
            sort: sort_of(key.flatten(), order.flatten()),
            q,
            limit: limit.flatten(),
            offset: offset.flatten().unwrap_or_default(),
        })
    }

    /// Reads a page's address: `market`, `sort_by`, `order`, `q`, `page`. Whatever is wrong
    /// there is left out or brought to the nearest that is right.
    #[must_use]
    pub fn lenient<K, V>(parameters: impl IntoIterator<Item = (K, V)>) -> Self
    where
        K: AsRef<str>,
        V: AsRef<str>,
    {
        let raw = Raw::collect(parameters);
        let market = raw.market.and_then(|value| MarketFilter::parse(&value));
        let key = raw.sort_by.and_then(|value| SortKey::parse(&value));
        let order = raw.order.and_then(|value| Order::parse(&value));
        let page = raw.page.map_or(1, |value| page_number(&value));
        let q = raw.q.map(|value| clean(&value)).unwrap_or_default();
        Self {
            market: market.unwrap_or_default(),
            sort: sort_of(key, order),
            q,
            limit: Some(PAGE_SIZE),
            offset: (page - 1) * PAGE_SIZE,
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
            _ if matches!(key, SortKey::Name | SortKey::Code) => Order::Asc,
            _ => Order::Desc,
        };
        let query = self.clone();
        Self {
            sort: Some(Sort { key, order }),
            offset: 0,
            ..query
        }
        .canonical()
    }

    /// The query part of a page's address, without the `?`: empty when all is by default.
    /// [`Self::lenient`] reads it back.
    #[must_use]
    pub fn to_page_query(&self, page: u32) -> String {
        let query = self.clone().canonical();
        let mut pairs = Vec::new();
        let mut pair = |name: &str, value: &str| {
            pairs.push(format!("{name}={}", navigation::encode(value)));
        };
        if query.market != MarketFilter::default() {
            pair("market", query.market.as_str());
        }
        if let Some(sort) = query.sort {
            pair("sort_by", sort.key.as_str());
            if sort.order != Order::default() {
                pair("order", sort.order.as_str());
            }
        }
        if !query.q.is_empty() {
            pair("q", &query.q);
        }
        if page > 1 {
            pair("page", &page.to_string());
        }
        pairs.join("&")
    }

    /// Asking for what is the case anyway is not asking.
    fn canonical(mut self) -> Self {
        if self.q.is_empty() && self.sort == Some(Sort::default()) {
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
                _ => continue,
            };
            *field = Some(value.as_ref().to_owned());
        }
        raw
    }
}

fn sort_of(key: Option<SortKey>, order: Option<Order>) -> Option<Sort> {
    if key.is_none() && order.is_none() {
        return None;
    }
    Some(Sort {
        key: key.unwrap_or_default(),
        order: order.unwrap_or_default(),
    })
}

fn accepted<const N: usize>(values: [&str; N]) -> String {
    problem::accepted(&values.join(", "))
}

/// What is wrong with a search, if anything.
pub(super) fn fault_of_search(q: &str) -> Option<String> {
    if q.chars().count() > MAX_QUERY {
        Some(problem::at_most_characters(MAX_QUERY))
    } else if q.chars().any(char::is_control) {
        Some(stocks::QUERY_CHARACTERS.to_owned())
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
