//! How the page of an issue shows its past: everything is in its address.

use serde::{Deserialize, Serialize};
use time::{Date, Duration};

use super::{Basis, Chart, HistoryBar, Interval, Listing, Statistics, Stock};

/// Days in the table at first, and how many more each further look brings.
const DAYS: u32 = 50;
/// More than any issue has had.
const MOST_DAYS: u32 = 20_000;

/// How far back the chart goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Span {
    Month,
    Quarter,
    HalfYear,
    #[default]
    Year,
    ThreeYears,
    All,
}

impl Span {
    /// In the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Month,
        Self::Quarter,
        Self::HalfYear,
        Self::Year,
        Self::ThreeYears,
        Self::All,
    ];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Month => "1m",
            Self::Quarter => "3m",
            Self::HalfYear => "6m",
            Self::Year => "1y",
            Self::ThreeYears => "3y",
            Self::All => "all",
        }
    }

    /// What a reader calls it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Month => "1개월",
            Self::Quarter => "3개월",
            Self::HalfYear => "6개월",
            Self::Year => "1년",
            Self::ThreeYears => "3년",
            Self::All => "전체",
        }
    }

    /// The span of this name, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|span| span.as_str().eq_ignore_ascii_case(name))
    }

    /// Its first day, when the last one is `last`; `None` without a beginning.
    #[must_use]
    pub fn start(self, last: Date) -> Option<Date> {
        let days = match self {
            Self::Month => 31,
            Self::Quarter => 92,
            Self::HalfYear => 183,
            Self::Year => 365,
            Self::ThreeYears => 3 * 365 + 1,
            Self::All => return None,
        };
        Some(last.saturating_sub(Duration::days(days)))
    }
}

/// What the page shows, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StockView {
    pub span: Span,
    pub interval: Interval,
    /// Equal ratios are equal heights.
    pub log: bool,
    pub basis: Basis,
    /// Rows of the table.
    pub days: u32,
}

impl Default for StockView {
    fn default() -> Self {
        Self {
            span: Span::default(),
            interval: Interval::default(),
            log: false,
            basis: Basis::default(),
            days: DAYS,
        }
    }
}

impl StockView {
    /// Reads an address: `range`, `interval`, `scale`, `basis`, `days`. Whatever is wrong there is
    /// left out or brought to the nearest that is right.
    #[must_use]
    pub fn lenient<K: AsRef<str>, V: AsRef<str>>(parameters: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut view = Self::default();
        for (name, value) in parameters {
            let value = value.as_ref().trim();
            match name.as_ref() {
                "range" => view.span = Span::parse(value).unwrap_or_default(),
                "interval" => view.interval = Interval::parse(value).unwrap_or_default(),
                "scale" => view.log = value.eq_ignore_ascii_case("log"),
                "basis" => view.basis = Basis::parse(value).unwrap_or_default(),
                "days" => {
                    let days: u32 = value.parse().unwrap_or(DAYS);
                    view.days = days.clamp(DAYS, MOST_DAYS).div_ceil(DAYS) * DAYS;
                }
                _ => {}
            }
        }
        view
    }

    /// The query part of the page's address, without the `?`: empty when all is by default.
    /// [`Self::lenient`] reads it back.
    #[must_use]
    pub fn to_query(self) -> String {
        let usual = Self::default();
        let mut pairs = Vec::new();
        if self.span != usual.span {
            pairs.push(format!("range={}", self.span.as_str()));
        }
        if self.interval != usual.interval {
            pairs.push(format!("interval={}", self.interval.as_str()));
        }
        if self.log {
            pairs.push("scale=log".to_owned());
        }
        if self.basis != usual.basis {
            pairs.push(format!("basis={}", self.basis.as_str()));
        }
        if self.days != usual.days {
            pairs.push(format!("days={}", self.days));
        }
        pairs.join("&")
    }

    /// The same with more rows in the table.
    #[must_use]
    pub const fn with_more_days(self) -> Self {
        Self {
            days: if self.days >= MOST_DAYS {
                MOST_DAYS
            } else {
                self.days + DAYS * 4
            },
            ..self
        }
    }
}

/// Everything that the page of an issue shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockPage {
    pub stock: Stock,
    pub chart: Chart,
    pub statistics: Statistics,
    /// Newest first.
    pub days: Vec<HistoryBar>,
    /// All days that there are.
    pub days_total: u32,
    /// The largest others of the same industry.
    pub peers: Vec<Listing>,
}

/// What an address of a stock page leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StockAnswer {
    Found(Box<StockPage>),
    /// No issue is or was called like that; these are near.
    Missing {
        asked: String,
        near: Vec<Listing>,
    },
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;

    use super::*;

    fn read(query: &str) -> StockView {
        StockView::lenient(query.split('&').filter_map(|pair| pair.split_once('=')))
    }

    #[test]
    fn an_address_forgives() {
        assert_eq!(
            read("range=5d&interval=hourly&scale=up&basis=x&days=-1"),
            StockView::default()
        );
        let view = read("range=3Y&interval=WEEKLY&scale=log&days=51");
        assert_eq!(
            (view.span, view.interval, view.log, view.days),
            (Span::ThreeYears, Interval::Weekly, true, 100)
        );
        assert_eq!(view.with_more_days().days, 300);
        assert_eq!(read("days=999999999").days, MOST_DAYS);
        assert_eq!(StockView::default().to_query(), "");
    }

    #[test]
    fn spans_end_with_the_last_day() {
        let last = date!(2026 - 03 - 20);
        assert_eq!(Span::Year.start(last), Some(date!(2025 - 03 - 20)));
        assert_eq!(Span::All.start(last), None);
    }

    proptest! {
        #[test]
        fn every_view_has_an_address(span in 0usize..6, interval in 0usize..3, log: bool, intraday: bool, days in 0u32..30_000) {
            let view = StockView::lenient([
                ("range", Span::ALL[span].as_str()),
                ("interval", Interval::ALL[interval].as_str()),
                ("scale", if log { "log" } else { "linear" }),
                ("basis", if intraday { "intraday" } else { "close" }),
                ("days", &days.to_string()),
            ]);
            prop_assert_eq!(read(&view.to_query()), view);
        }
    }
}
