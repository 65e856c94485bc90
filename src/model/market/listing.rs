//! One issue on one day, and a page of them.

use serde::{Deserialize, Serialize};

use super::{Board, FlagKind, MarketFilter, Percent, Segment, Source};

/// A listed issue with its figures of one trading day. Money is in won.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Listing {
    /// Short code of six characters: always text, `005930`, some with letters.
    pub code: String,
    pub isin: String,
    pub name: String,
    pub market: Board,
    pub segment: Option<Segment>,
    /// 소속부, on KOSDAQ and KONEX.
    pub dept: Option<String>,
    /// 업종.
    pub industry: Option<String>,
    /// As published: 보통주, 구형우선주, ...
    pub share_kind: Option<String>,
    pub close: i64,
    /// Against the day's base price, which after ex-rights is not the previous close.
    pub change: i64,
    /// Percent.
    #[cfg_attr(feature = "ssr", schema(value_type = f64))]
    pub changes_ratio: Percent,
    /// Null when nothing was traded: the close is then carried over.
    pub open: Option<i64>,
    pub high: Option<i64>,
    pub low: Option<i64>,
    /// Shares traded.
    pub volume: i64,
    /// Won traded.
    pub amount: i64,
    /// Close times shares.
    pub marcap: i64,
    /// Shares listed.
    pub shares: i64,
    /// Nothing was traded all day.
    pub halted: bool,
    /// Whether the close stands at the day's limit.
    pub price_limit: Option<PriceLimit>,
    /// What a reader should know about it before its price.
    pub flags: Vec<FlagKind>,
}

/// The end of the range in which a price may move in a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PriceLimit {
    /// 상한가
    Upper,
    /// 하한가
    Lower,
}

impl Listing {
    /// A common share: the code's last character is 0; preferred shares have 5, 7, 9 or a letter.
    #[must_use]
    pub fn is_common(&self) -> bool {
        self.code.ends_with('0')
    }
}

/// A part of a day's listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ListingsPage {
    pub market: MarketFilter,
    /// The trading day, `YYYY-MM-DD`.
    pub as_of: String,
    pub source: Source,
    /// All that match, on this page or not.
    pub total: u32,
    /// Null when everything was asked for.
    pub limit: Option<u32>,
    pub offset: u32,
    pub stocks: Vec<Listing>,
}

/// An industry with how many issues it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct IndustryCount {
    pub name: String,
    pub count: u32,
}

/// The industries of a day's market, for filters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Industries {
    /// The trading day, `YYYY-MM-DD`.
    pub as_of: String,
    pub source: Source,
    /// Where the market is made up, that it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub notice: Option<String>,
    /// In Korean order.
    pub industries: Vec<IndustryCount>,
}

impl ListingsPage {
    /// How many pages there are; one when nothing matches.
    #[must_use]
    pub fn pages(&self) -> u32 {
        match self.limit {
            Some(limit) if limit > 0 => self.total.div_ceil(limit).max(1),
            _ => 1,
        }
    }
}
