//! How the page of an issue shows its past: everything is in its address.

use serde::{Deserialize, Serialize};
use time::{Date, Duration};

use super::{Averages, Basis, HistoryBar, Interval, Listing, Statistics, Stock};
use crate::model::{navigation, text::stocks as text};

/// Days in the table at first, and how many more each further look brings.
const DAYS: u32 = 50;
/// More than any issue has had.
const MOST_DAYS: u32 = 20_000;
/// The exchange opened in this year.
const FIRST_YEAR: u16 = 1956;
/// No issue has a later past.
const LAST_YEAR: u16 = 2999;

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
    pub fn label(self) -> &'static str {
        match self {
            Self::Month => text::span_month(),
            Self::Quarter => text::span_quarter(),
            Self::HalfYear => text::span_half_year(),
            Self::Year => text::span_year(),
            Self::ThreeYears => text::span_three_years(),
            Self::All => text::span_all(),
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
    pub averages: Averages,
    pub basis: Basis,
    /// The year with which the table, and a chart of everything, begins.
    pub since: Option<u16>,
    /// Rows of the table.
    pub days: u32,
}

impl Default for StockView {
    fn default() -> Self {
        Self {
            span: Span::default(),
            interval: Interval::default(),
            log: false,
            averages: Averages::default(),
            basis: Basis::default(),
            since: None,
            days: DAYS,
        }
    }
}

impl StockView {
    /// Reads an address: `range`, `interval`, `scale`, `ma`, `basis`, `since`, `days`. Whatever is
    /// wrong there is left out or brought to the nearest that is right; the second says whether
    /// nothing was. Other parameters are not looked at; of one that is repeated the last counts.
    #[must_use]
    pub fn read<K: AsRef<str>, V: AsRef<str>>(parameters: impl IntoIterator<Item = (K, V)>) -> (Self, bool) {
        let mut view = Self::default();
        let mut is_exact = true;
        for (name, value) in parameters {
            let value = value.as_ref().trim();
            is_exact &= match name.as_ref() {
                "range" => take(&mut view.span, Span::parse(value)),
                "interval" => take(&mut view.interval, Interval::parse(value)),
                "scale" => take(&mut view.log, scale(value)),
                "basis" => take(&mut view.basis, Basis::parse(value)),
                "ma" => {
                    let (averages, is_exact) = Averages::lenient(value);
                    view.averages = averages;
                    is_exact
                }
                "since" => {
                    let year = value.parse().ok().map(|year: u32| {
                        let year = u16::try_from(year).unwrap_or(LAST_YEAR);
                        year.clamp(FIRST_YEAR, LAST_YEAR)
                    });
                    view.since = year;
                    // A form with nothing chosen says so.
                    year.map_or(value.is_empty(), |year| year.to_string() == value)
                }
                "days" => {
                    let days: Option<u32> = value.parse().ok();
                    view.days = days.unwrap_or(DAYS).clamp(DAYS, MOST_DAYS).div_ceil(DAYS) * DAYS;
                    days == Some(view.days)
                }
                _ => true,
            };
        }
        (view, is_exact)
    }

    /// The same, for whoever need not say that something was wrong.
    #[must_use]
    pub fn lenient<K: AsRef<str>, V: AsRef<str>>(parameters: impl IntoIterator<Item = (K, V)>) -> Self {
        Self::read(parameters).0
    }

    /// What is not by default, as parameters of an address. [`Self::read`] reads them back.
    #[must_use]
    pub fn parameters(self) -> Vec<(&'static str, String)> {
        let usual = Self::default();
        let word = |is_other: bool, name, word: &str| is_other.then(|| (name, word.to_owned()));
        [
            word(self.span != usual.span, "range", self.span.as_str()),
            word(self.interval != usual.interval, "interval", self.interval.as_str()),
            word(self.log, "scale", LOG),
            (self.averages != usual.averages).then(|| ("ma", self.averages.in_address())),
            word(self.basis != usual.basis, "basis", self.basis.as_str()),
            self.since.map(|year| ("since", year.to_string())),
            (self.days != usual.days).then(|| ("days", self.days.to_string())),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The query part of the page's address, without the `?`: empty when all is by default.
    #[must_use]
    pub fn to_query(self) -> String {
        navigation::query(self.parameters())
    }

    /// The first day of the chart, when the last day of the issue is `last`; `None` when it begins
    /// with the issue.
    #[must_use]
    pub fn chart_start(self, last: Date) -> Option<Date> {
        self.span.start(last).or_else(|| self.table_start(last))
    }

    /// How many of the newest trading days are enough for chart and table. There are fewer of them
    /// than days.
    #[must_use]
    pub fn most_days(self, last: Date) -> u32 {
        let days_of_bar = match self.interval {
            Interval::Daily => 1,
            Interval::Weekly => 7,
            Interval::Monthly => 31,
        };
        let Some(start) = self.chart_start(last) else {
            return u32::MAX;
        };
        let shown = usize::try_from((last - start).whole_days()).unwrap_or_default();
        let before = (self.averages.longest() + 1) * days_of_bar;
        let of_chart = u32::try_from(shown + before).unwrap_or(u32::MAX);
        // One more, to know whether there are more.
        of_chart.max(self.days.saturating_add(1))
    }

    /// The first day of the table; a year after the last day is its own year.
    #[must_use]
    pub fn table_start(self, last: Date) -> Option<Date> {
        let year = i32::from(self.since?).min(last.year());
        Date::from_ordinal_date(year, 1).ok()
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

const LINEAR: &str = "linear";
const LOG: &str = "log";

fn scale(name: &str) -> Option<bool> {
    [(LINEAR, false), (LOG, true)]
        .into_iter()
        .find_map(|(known, log)| known.eq_ignore_ascii_case(name).then_some(log))
}

/// Takes over what was understood, else goes back to what is usual. Whether it was.
fn take<T: Default>(place: &mut T, read: Option<T>) -> bool {
    let is_known = read.is_some();
    *place = read.unwrap_or_default();
    is_known
}

/// Everything that the page of an issue shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockPage {
    pub stock: Stock,
    /// What the chart shows, oldest first, behind what its averages need.
    #[serde(with = "rows")]
    pub bars: Vec<HistoryBar>,
    /// How many of them are only there for the averages.
    pub before: usize,
    pub statistics: Statistics,
    /// Newest first.
    pub days: Vec<HistoryBar>,
    /// Whether there are more, in the years that are asked for.
    pub has_more_days: bool,
    /// The largest others of the same industry.
    pub peers: Vec<Listing>,
    /// How an issue came to its end, and those before it that had its code.
    pub delistings: Vec<Delisted>,
}

/// An issue that is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delisted {
    pub name: String,
    /// As published, like the rest.
    pub market: String,
    pub share_kind: Option<String>,
    pub industry: Option<String>,
    pub listed_on: Option<String>,
    pub delisted_on: String,
    pub reason: Option<String>,
    pub successor_code: Option<String>,
    pub successor_name: Option<String>,
}

/// What an address of a stock page leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StockAnswer {
    Found(Box<StockPage>),
    /// There were issues with this code, the newest first, but no figures of them are known.
    Gone {
        code: String,
        delistings: Vec<Delisted>,
    },
    /// No issue is or was called like that; these are near.
    Missing {
        asked: String,
        near: Vec<Listing>,
    },
}

/// Bars as rows of numbers: names and quotes would be two thirds of a long chart.
mod rows {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::HistoryBar;

    /// The date as 20260320; 0 for a price that there is none of.
    type Row = [i64; 8];

    pub fn serialize<S: Serializer>(bars: &[HistoryBar], serializer: S) -> Result<S::Ok, S::Error> {
        let row = |bar: &HistoryBar| -> Row {
            let price = Option::unwrap_or_default;
            let digits = bar.date.bytes().filter(u8::is_ascii_digit);
            let date = digits.fold(0, |date: i64, digit| {
                date.wrapping_mul(10).wrapping_add((digit - b'0').into())
            });
            let (open, high, low) = (price(bar.open), price(bar.high), price(bar.low));
            [date, open, high, low, bar.close, bar.change, bar.volume, bar.amount]
        };
        bars.iter().map(row).collect::<Vec<Row>>().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<HistoryBar>, D::Error> {
        let bar = |[date, open, high, low, close, change, volume, amount]: Row| {
            let price = |won| (won != 0).then_some(won);
            HistoryBar {
                date: format!("{:04}-{:02}-{:02}", date / 10_000, date / 100 % 100, date % 100),
                open: price(open),
                high: price(high),
                low: price(low),
                close,
                change,
                volume,
                amount,
            }
        };
        Ok(Vec::<Row>::deserialize(deserializer)?.into_iter().map(bar).collect())
    }
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
            read("range=5d&interval=hourly&scale=up&basis=x&days=-1&ma=7&since=soon"),
            StockView::default()
        );
        let view = read("range=3Y&interval=WEEKLY&scale=log&days=51&ma=20,%205,6,20&since=1800");
        assert_eq!(
            (view.span, view.interval, view.log, view.days),
            (Span::ThreeYears, Interval::Weekly, true, 100)
        );
        assert_eq!(view.averages.in_address(), "20");
        assert_eq!(view.since, Some(FIRST_YEAR));
        assert_eq!(view.with_more_days().days, 300);
        assert_eq!(read("days=999999999").days, MOST_DAYS);
        assert_eq!(read("ma=60,5").averages.in_address(), "5,60");
        assert_eq!(StockView::default().to_query(), "");
    }

    #[test]
    fn what_is_wrong_in_an_address_is_noticed() {
        let is_exact = |query: &str| StockView::read(query.split('&').filter_map(|pair| pair.split_once('='))).1;
        for right in [
            "",
            "range=6m&interval=monthly&scale=linear",
            "ma=none",
            "ma=5,120&since=2014&days=100",
            "since=",
            "utm_source=x",
            "range=ALL",
        ] {
            assert!(is_exact(right), "{right}");
        }
        for wrong in [
            "range=5d",
            "interval=",
            "scale=up",
            "basis=open",
            "ma=5,7",
            "ma=",
            "since=1800",
            "since=99999999999",
            "since=x",
            "days=51",
            "days=0",
            "days=100000",
        ] {
            assert!(!is_exact(wrong), "{wrong}");
        }
    }

    #[test]
    fn spans_end_with_the_last_day() {
        let last = date!(2026 - 03 - 20);
        assert_eq!(Span::Year.start(last), Some(date!(2025 - 03 - 20)));
        assert_eq!(Span::All.start(last), None);
        assert_eq!(read("since=2014").chart_start(last), Span::Year.start(last));
        assert_eq!(
            read("range=all&since=2014").chart_start(last),
            Some(date!(2014 - 01 - 01))
        );
        assert_eq!(read("since=2030").table_start(last), Some(date!(2026 - 01 - 01)));
        assert_eq!(read("range=all").chart_start(last), None);

        assert_eq!(read("range=all").most_days(last), u32::MAX);
        assert_eq!(read("range=1m").most_days(last), 31 + 121);
        assert_eq!(read("range=1m&interval=monthly&ma=5").most_days(last), 31 + 6 * 31);
        assert_eq!(read("range=1m&ma=none&days=300").most_days(last), 301);
    }

    #[test]
    fn bars_travel_as_rows() {
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        struct Bars(#[serde(with = "rows")] Vec<HistoryBar>);

        let bar = |date: &str, open| HistoryBar {
            date: date.to_owned(),
            open,
            high: open,
            low: open,
            close: 900,
            change: -10,
            volume: 3,
            amount: 2_700,
        };
        let bars = Bars(vec![bar("2026-03-20", Some(910)), bar("1999-12-01", None)]);
        let json = serde_json::to_string(&bars).unwrap();
        assert_eq!(
            json,
            "[[20260320,910,910,910,900,-10,3,2700],[19991201,0,0,0,900,-10,3,2700]]"
        );
        assert_eq!(serde_json::from_str::<Bars>(&json).unwrap(), bars);
    }

    proptest! {
        #[test]
        fn every_view_has_an_address(
            (span, interval) in (0usize..6, 0usize..3),
            (log, intraday) in any::<(bool, bool)>(),
            averages in prop::collection::vec(0usize..4, 0..4),
            since in prop::option::of(0u16..4_000),
            days in 0u32..30_000,
        ) {
            let mut view = StockView::lenient([
                ("range", Span::ALL[span].as_str()),
                ("interval", Interval::ALL[interval].as_str()),
                ("scale", if log { "log" } else { "linear" }),
                ("basis", if intraday { "intraday" } else { "close" }),
                ("since", &since.map(|year| year.to_string()).unwrap_or_default()),
                ("days", &days.to_string()),
            ]);
            for place in averages {
                view.averages = view.averages.toggled(Averages::ALL[place]);
            }
            let query = view.to_query();
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            prop_assert_eq!(StockView::read(pairs), (view, true));
        }

        #[test]
        fn any_address_leads_somewhere(name in "range|interval|scale|ma|basis|since|days|x", value: String) {
            let view = StockView::lenient([(name.as_str(), value.as_str())]);
            prop_assert_eq!(read(&view.to_query()), view);
            prop_assert!(view.table_start(date!(2026 - 03 - 20)).is_none_or(|start| start <= date!(2026 - 03 - 20)));
        }
    }
}
