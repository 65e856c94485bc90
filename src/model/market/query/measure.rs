//! The figures of a row that a filter may ask for, and how their limits are written.

use serde::{Deserialize, Serialize};

use crate::model::{
    input::typed_number,
    market::{Listing, Percent, format::shortest},
    text::stocks,
};

/// A figure of a row that may be within a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Won.
    Close,
    /// Won, also below zero.
    Change,
    /// Percent with two decimals, also below zero.
    ChangesRatio,
    /// Shares.
    Volume,
    /// Won.
    Amount,
    /// Won.
    Marcap,
    /// Won.
    Open,
    /// Won.
    High,
    /// Won.
    Low,
    /// Shares.
    Shares,
}

/// A measure's parameter for the lower and the upper end.
type Ends = (&'static str, &'static str);

impl Measure {
    pub const ALL: [Self; 10] = [
        Self::Close,
        Self::Change,
        Self::ChangesRatio,
        Self::Volume,
        Self::Amount,
        Self::Marcap,
        Self::Open,
        Self::High,
        Self::Low,
        Self::Shares,
    ];

    /// Those whose ranges the page's form asks for; others may stand in the address.
    pub const IN_FORM: [Self; 5] = [
        Self::Close,
        Self::ChangesRatio,
        Self::Volume,
        Self::Amount,
        Self::Marcap,
    ];

    /// The parameters of its range.
    #[must_use]
    pub const fn ends(self) -> Ends {
        match self {
            Self::Close => ("close_min", "close_max"),
            Self::Change => ("change_min", "change_max"),
            Self::ChangesRatio => ("changes_ratio_min", "changes_ratio_max"),
            Self::Volume => ("volume_min", "volume_max"),
            Self::Amount => ("amount_min", "amount_max"),
            Self::Marcap => ("marcap_min", "marcap_max"),
            Self::Open => ("open_min", "open_max"),
            Self::High => ("high_min", "high_max"),
            Self::Low => ("low_min", "low_max"),
            Self::Shares => ("shares_min", "shares_max"),
        }
    }

    /// What a reader calls it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Close => stocks::close(),
            Self::Change => stocks::change(),
            Self::ChangesRatio => stocks::changes_ratio(),
            Self::Volume => stocks::volume(),
            Self::Amount => stocks::amount(),
            Self::Marcap => stocks::marcap(),
            Self::Open => stocks::open(),
            Self::High => stocks::high(),
            Self::Low => stocks::low(),
            Self::Shares => stocks::shares(),
        }
    }

    /// The figure of a row; `None` where nothing was traded.
    #[must_use]
    pub fn of(self, listing: &Listing) -> Option<i64> {
        match self {
            Self::Close => Some(listing.close),
            Self::Change => Some(listing.change),
            Self::ChangesRatio => Some(listing.changes_ratio.basis_points().into()),
            Self::Volume => Some(listing.volume),
            Self::Amount => Some(listing.amount),
            Self::Marcap => Some(listing.marcap),
            Self::Open => listing.open,
            Self::High => listing.high,
            Self::Low => listing.low,
            Self::Shares => Some(listing.shares),
        }
    }

    /// An end of its range. Ratios are kept in basis points.
    pub(super) fn parse(self, text: &str) -> Result<i64, &'static str> {
        let (whole, accepted) = match self {
            Self::ChangesRatio => {
                let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
                let ratio = Percent::parse(text).filter(|_| decimals <= 2);
                (ratio.map(|ratio| ratio.basis_points().into()), stocks::ratio_form())
            }
            Self::Change => (integer(text), stocks::change_form()),
            _ => (integer(text).filter(|number| *number >= 0), stocks::won_form()),
        };
        whole.ok_or(accepted)
    }

    /// An end of its range as people write it: also `1,000억`, `1조 5,000억`, `1.5조`, `+5%`.
    #[must_use]
    pub fn parse_typed(self, text: &str) -> Option<i64> {
        let text = text.trim();
        if let Ok(end) = self.parse(text) {
            return Some(end);
        }
        match self {
            Self::ChangesRatio => {
                let ratio = text.strip_suffix('%').unwrap_or(text).trim_end();
                self.parse(ratio.strip_prefix('+').unwrap_or(ratio)).ok()
            }
            Self::Change => typed_number(text),
            _ => typed_number(text).filter(|number| *number >= 0),
        }
    }

    /// What people may write as an end of its range.
    #[must_use]
    pub fn typed_form(self) -> &'static str {
        match self {
            Self::ChangesRatio => stocks::ratio_form(),
            _ => stocks::typed_form(),
        }
    }

    /// An end of its range as a form shows it; [`Self::parse_typed`] reads it back.
    #[must_use]
    pub fn typed(self, end: i64) -> String {
        match self {
            Self::ChangesRatio => self.print(end),
            _ => shortest(end),
        }
    }

    /// The measure of which this parameter is an end.
    #[must_use]
    pub fn of_end(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| {
            let (min, max) = measure.ends();
            name == min || name == max
        })
    }

    /// An end of its range as [`Self::parse`] reads it.
    #[must_use]
    pub fn print(self, end: i64) -> String {
        match self {
            Self::ChangesRatio => {
                let sign = if end < 0 { "-" } else { "" };
                let hundredths = end.unsigned_abs();
                format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)
            }
            _ => end.to_string(),
        }
    }
}

/// Digits, perhaps with a minus before them.
fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}
