//! A day's market at a glance.

use serde::{Deserialize, Serialize};

use super::{Board, Listing, MarketFilter, Percent, Points, Source};
use crate::model::{
    FieldError,
    text::{problem, stocks},
};

/// One board's day. `up + flat + down + halted == total`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct BoardSummary {
    pub market: Board,
    /// Issues listed.
    pub total: u32,
    /// Those at the upper limit included.
    pub up: u32,
    pub flat: u32,
    /// Those at the lower limit included.
    pub down: u32,
    pub upper_limit: u32,
    pub lower_limit: u32,
    /// Nothing traded.
    pub halted: u32,
    /// Won.
    pub marcap: i64,
    /// Won traded.
    pub amount: i64,
    /// Shares traded.
    pub volume: i64,
}

/// An index on a day, with the way that led there. Values are in points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct IndexCard {
    /// `KOSPI`, `KOSDAQ`.
    pub code: String,
    /// What a reader calls it; of a made-up one that it is made up.
    pub name: String,
    /// The trading day that the value is of.
    pub as_of: String,
    #[cfg_attr(feature = "ssr", schema(value_type = f64))]
    pub value: Points,
    #[cfg_attr(feature = "ssr", schema(value_type = f64))]
    pub change: Points,
    /// Percent.
    #[cfg_attr(feature = "ssr", schema(value_type = f64))]
    pub changes_ratio: Percent,
    #[cfg_attr(feature = "ssr", schema(value_type = Option<f64>))]
    pub open: Option<Points>,
    #[cfg_attr(feature = "ssr", schema(value_type = Option<f64>))]
    pub high: Option<Points>,
    #[cfg_attr(feature = "ssr", schema(value_type = Option<f64>))]
    pub low: Option<Points>,
    /// The values of the last trading days, oldest first, with this one.
    #[cfg_attr(feature = "ssr", schema(value_type = Vec<f64>))]
    pub sparkline: Vec<Points>,
}

/// Who leads the day, ten each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Leaders {
    /// By `changes_ratio`.
    pub gainers: Vec<Listing>,
    pub losers: Vec<Listing>,
    /// By `volume`.
    pub volume: Vec<Listing>,
    /// By `amount`.
    pub amount: Vec<Listing>,
}

/// The ends of a board by market capitalisation, twenty each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Ranking {
    pub market: Board,
    /// The largest, largest first.
    pub top: Vec<Listing>,
    /// The smallest, smallest first.
    pub bottom: Vec<Listing>,
}

/// The market overview: of the page, and of programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MarketOverview {
    pub as_of: String,
    pub source: Source,
    /// Where the market is made up, that it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub notice: Option<String>,
    pub market: MarketFilter,
    pub shares: Shares,
    pub indices: Vec<IndexCard>,
    /// How many rose and fell on each board.
    pub boards: Vec<BoardSummary>,
    pub leaders: Leaders,
    pub rankings: Vec<Ranking>,
}

/// Which shares are ranked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Shares {
    /// Without preferred shares, which are all of a board's smallest.
    #[default]
    Common,
    All,
}

impl Shares {
    pub const ALL: [Self; 2] = [Self::Common, Self::All];

    /// What a reader calls it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Common => stocks::common_only(),
            Self::All => stocks::all_shares(),
        }
    }

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Common => "common",
            Self::All => "all",
        }
    }

    #[must_use]
    pub fn contains(self, listing: &Listing) -> bool {
        self == Self::All || listing.is_common()
    }
}

/// What is asked of the overview.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverviewQuery {
    pub market: MarketFilter,
    pub shares: Shares,
}

impl OverviewQuery {
    /// Reads a page's address: `shares`. Something else there is the usual one; the second says
    /// whether it was understood.
    #[must_use]
    pub fn read<K: AsRef<str>, V: AsRef<str>>(parameters: impl IntoIterator<Item = (K, V)>) -> (Self, bool) {
        let shares = parameters.into_iter().filter(|(name, _)| name.as_ref() == "shares");
        match Self::strict(shares) {
            Ok(query) => (query, true),
            Err(_) => (Self::default(), false),
        }
    }

    /// The address of the page.
    #[must_use]
    pub fn path(self) -> String {
        if self.shares == Shares::default() {
            "/".to_owned()
        } else {
            format!("/?shares={}", self.shares.as_str())
        }
    }

    /// Reads `market` and `shares`. Others are ignored; of one that is repeated the last counts.
    ///
    /// # Errors
    /// Every faulty parameter, at once.
    pub fn strict<K, V>(parameters: impl IntoIterator<Item = (K, V)>) -> Result<Self, Vec<FieldError>>
    where
        K: AsRef<str>,
        V: AsRef<str>,
    {
        let (mut market, mut shares) = (Some(MarketFilter::default()), Some(Shares::default()));
        for (name, value) in parameters {
            let value = value.as_ref();
            match name.as_ref() {
                "market" => market = MarketFilter::parse(value),
                "shares" => {
                    shares = Shares::ALL
                        .into_iter()
                        .find(|shares| shares.as_str().eq_ignore_ascii_case(value));
                }
                _ => {}
            }
        }
        let fault = |field, accepted: &[&str]| FieldError::new(field, problem::accepted(&accepted.join(", ")));
        match (market, shares) {
            (Some(market), Some(shares)) => Ok(Self { market, shares }),
            (market, shares) => {
                let of_market = market
                    .is_none()
                    .then(|| fault("market", &MarketFilter::ALL.map(MarketFilter::as_str)));
                let of_shares = shares
                    .is_none()
                    .then(|| fault("shares", &Shares::ALL.map(Shares::as_str)));
                Err([of_market, of_shares].into_iter().flatten().collect())
            }
        }
    }
}
