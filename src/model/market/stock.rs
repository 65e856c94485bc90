//! One issue with all that is known about it, and what a search for issues finds.

use serde::{Deserialize, Serialize};

use super::{Board, FlagKind, Listing, Source, limits, tick};
use crate::model::{
    FieldError,
    input::whole_number,
    text::{problem, stocks as text},
};

/// An issue with all that is known about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Stock {
    /// The row of the listing; of an issue that is gone, of its last day.
    #[serde(flatten)]
    pub listing: Listing,
    /// The trading day that the row is of.
    pub as_of: String,
    pub source: Source,
    /// Where the issue is made up, that it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub notice: Option<String>,
    /// As in the register.
    pub name_full: Option<String>,
    pub name_en: Option<String>,
    /// 주요제품.
    pub products: Option<String>,
    pub region: Option<String>,
    pub homepage: Option<String>,
    /// As published: 12월.
    pub settle_month: Option<String>,
    /// 주권, 외국주권, 부동산투자회사, ...
    pub secu_group: Option<String>,
    /// As published: won, a fraction of a foreign currency, or 무액면.
    pub par_value: Option<String>,
    pub listed_on: Option<String>,
    pub delisted_on: Option<String>,
    /// What became of it after its delisting.
    pub successor_code: Option<String>,
    /// What holds or held for it, newest first.
    pub flag_history: Vec<FlagSpan>,
    /// What prices the next trading day allows; null for an issue that is gone.
    pub next_day: Option<PriceRange>,
    /// The first and the last day of which there are figures.
    pub history_from: String,
    pub history_to: String,
}

/// That something holds for an issue, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FlagSpan {
    pub kind: FlagKind,
    pub since: String,
    /// The last day; null while it holds.
    pub until: Option<String>,
    /// As published.
    pub reason: Option<String>,
}

/// In what range and steps a price may move on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PriceRange {
    /// The close, unless the exchange sets another one for rights or a split.
    pub base_price: i64,
    /// 상한가
    pub upper_limit: i64,
    /// 하한가
    pub lower_limit: i64,
    /// 호가단위, at the base price.
    pub tick: i64,
}

impl PriceRange {
    /// Of the day after one with this close.
    #[must_use]
    pub const fn after(close: i64, board: Board) -> Self {
        let (lower_limit, upper_limit) = limits(close, board);
        Self {
            base_price: close,
            upper_limit,
            lower_limit,
            tick: tick(close),
        }
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SearchResults {
    /// What was searched for, without the space around it.
    pub query: String,
    /// Results in this answer.
    pub count: u32,
    pub as_of: String,
    pub source: Source,
    /// Where the issues are made up, that they are.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub notice: Option<String>,
    /// The best match first.
    pub results: Vec<Listing>,
}

/// A search for issues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    /// Trimmed, not empty.
    pub query: String,
    pub limit: u32,
}

impl SearchQuery {
    const MAX_LIMIT: u32 = 50;
    const DEFAULT_LIMIT: u32 = 10;

    /// Reads `query` and `limit`. Others are ignored; of one that is repeated the last counts.
    ///
    /// # Errors
    /// Every faulty parameter, at once.
    pub fn strict<K, V>(parameters: impl IntoIterator<Item = (K, V)>) -> Result<Self, Vec<FieldError>>
    where
        K: AsRef<str>,
        V: AsRef<str>,
    {
        let (mut query, mut limit) = (String::new(), Some(Self::DEFAULT_LIMIT));
        for (name, value) in parameters {
            match name.as_ref() {
                "query" => value.as_ref().trim().clone_into(&mut query),
                "limit" => limit = whole_number(value.as_ref()),
                _ => {}
            }
        }
        let mut errors = Vec::new();
        if query.is_empty() {
            errors.push(FieldError::new("query", text::query_missing()));
        } else if let Some(fault) = super::query::fault_of_search(&query) {
            errors.push(FieldError::new("query", fault));
        }
        match limit {
            Some(limit @ 1..=Self::MAX_LIMIT) if errors.is_empty() => Ok(Self { query, limit }),
            Some(1..=Self::MAX_LIMIT) => Err(errors),
            _ => {
                errors.push(FieldError::new("limit", problem::range(1, Self::MAX_LIMIT.into())));
                Err(errors)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_needs_something_to_search_for() {
        let fields = |pairs: &[(&str, &str)]| -> Vec<String> {
            let errors = SearchQuery::strict(pairs.iter().copied()).unwrap_err();
            errors.into_iter().map(|error| error.field).collect()
        };
        assert_eq!(fields(&[]), ["query"]);
        assert_eq!(fields(&[("query", "  "), ("limit", "51")]), ["query", "limit"]);
        assert_eq!(fields(&[("query", "가"), ("limit", "0")]), ["limit"]);
        assert_eq!(fields(&[("query", &"가".repeat(101))]), ["query"]);
        assert_eq!(fields(&[("query", "가\0나")]), ["query"]);
        let search = SearchQuery::strict([("query", " 가람 "), ("limit", "50")]).unwrap();
        assert_eq!((search.query.as_str(), search.limit), ("가람", 50));
        assert_eq!(SearchQuery::strict([("query", "가")]).unwrap().limit, 10);
    }

    #[test]
    fn a_day_has_a_range() {
        let range = PriceRange::after(199_400, Board::Kospi);
        assert_eq!(
            (range.lower_limit, range.upper_limit, range.tick),
            (139_600, 259_000, 100)
        );
        // As large as a close can be.
        let _ = PriceRange::after(i64::MAX, Board::Konex);
    }
}
