//! What the listing is sorted by: one column, and others where it has equals.

use serde::{Deserialize, Serialize};

use super::accepted;
use crate::model::text::{problem, stocks};

/// The most columns that are sorted by.
pub const MAX_SORTS: usize = 3;

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
    Shares,
    /// In Korean order.
    Industry,
}

impl SortKey {
    pub const ALL: [Self; 13] = [
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
        Self::Shares,
        Self::Industry,
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
            Self::Shares => "shares",
            Self::Industry => "industry",
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
    pub fn label(self) -> &'static str {
        match self {
            Self::Marcap => stocks::marcap(),
            Self::Name => stocks::name(),
            Self::Code => stocks::code(),
            Self::Close => stocks::close(),
            Self::Change => stocks::change(),
            Self::ChangesRatio => stocks::changes_ratio(),
            Self::Volume => stocks::volume(),
            Self::Amount => stocks::amount(),
            Self::Open => stocks::open(),
            Self::High => stocks::high(),
            Self::Low => stocks::low(),
            Self::Shares => stocks::shares(),
            Self::Industry => stocks::industry(),
        }
    }

    /// The end that people look for first.
    #[must_use]
    pub const fn usual_order(self) -> Order {
        match self {
            Self::Name | Self::Code | Self::Industry => Order::Asc,
            _ => Order::Desc,
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

/// Reads `sort_by` and `order`, lists with commas between: the n-th order is that of the n-th
/// column. What is wrong with either comes with its parameter.
pub(super) fn strict(
    keys: Option<&str>,
    orders: Option<&str>,
    mut fault: impl FnMut(&'static str, String),
) -> Vec<Sort> {
    let keys: Option<Vec<&str>> = keys.map(|keys| keys.split(',').map(str::trim).collect());
    let orders: Option<Vec<&str>> = orders.map(|orders| orders.split(',').map(str::trim).collect());
    let known: Vec<Option<SortKey>> = keys.iter().flatten().map(|key| SortKey::parse(key)).collect();
    if known.contains(&None) {
        fault("sort_by", accepted(SortKey::ALL.map(SortKey::as_str)));
    } else if known.len() > MAX_SORTS {
        fault("sort_by", problem::at_most_values(MAX_SORTS));
    }
    let directions: Vec<Option<Order>> = orders.iter().flatten().map(|order| Order::parse(order)).collect();
    if directions.contains(&None) {
        fault("order", accepted([Order::Desc, Order::Asc].map(Order::as_str)));
    } else if directions.len() > known.len().max(1) {
        fault("order", problem::at_most_values(known.len().max(1)));
    }
    pair(known.into_iter().flatten(), directions.into_iter().flatten())
}

/// The same of an address, where what is wrong is left out.
pub(super) fn lenient(keys: Option<&str>, orders: Option<&str>) -> Vec<Sort> {
    let words = |text: Option<&str>| -> Vec<String> {
        text.into_iter()
            .flat_map(|text| text.split(','))
            .take(MAX_SORTS)
            .map(|word| word.trim().to_owned())
            .collect()
    };
    let orders = words(orders);
    let mut sorts: Vec<Sort> = Vec::new();
    let mut told = false;
    for (place, key) in words(keys).iter().enumerate() {
        told = true;
        let order = orders
            .get(place)
            .and_then(|order| Order::parse(order))
            .unwrap_or_default();
        if let Some(key) = SortKey::parse(key) {
            sorts.push(Sort { key, order });
        }
    }
    if !told && let Some(order) = orders.first().and_then(|order| Order::parse(order)) {
        sorts.push(Sort {
            key: SortKey::default(),
            order,
        });
    }
    without_repeats(sorts)
}

fn pair(keys: impl Iterator<Item = SortKey>, orders: impl Iterator<Item = Order>) -> Vec<Sort> {
    let keys: Vec<SortKey> = keys.collect();
    let mut orders = orders.peekable();
    if keys.is_empty() {
        // An order alone is one of what everything is sorted by anyway.
        let order = orders.next();
        return order
            .map(|order| Sort {
                key: SortKey::default(),
                order,
            })
            .into_iter()
            .collect();
    }
    without_repeats(
        keys.into_iter()
            .map(|key| Sort {
                key,
                order: orders.next().unwrap_or_default(),
            })
            .collect(),
    )
}

/// A column once decides: again, it finds equals only.
fn without_repeats(sorts: Vec<Sort>) -> Vec<Sort> {
    let mut kept: Vec<Sort> = Vec::with_capacity(sorts.len());
    for sort in sorts {
        if kept.len() < MAX_SORTS && kept.iter().all(|other| other.key != sort.key) {
            kept.push(sort);
        }
    }
    kept
}

/// `sort_by` and `order` as [`lenient`] reads them; the second only when it is not by default.
pub(super) fn print(sorts: &[Sort]) -> (String, Option<String>) {
    let join = |words: Vec<&str>| words.join(",");
    let keys = join(sorts.iter().map(|sort| sort.key.as_str()).collect());
    let orders = sorts
        .iter()
        .any(|sort| sort.order != Order::default())
        .then(|| join(sorts.iter().map(|sort| sort.order.as_str()).collect()));
    (keys, orders)
}
