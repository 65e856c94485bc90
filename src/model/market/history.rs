//! An issue's past: trading days, weeks and months.

use serde::{Deserialize, Serialize};
use time::{Date, format_description::StaticFormatDescription, macros::format_description};

use super::Source;
use crate::model::{
    FieldError,
    text::{problem, stocks as text},
};

const ISO: StaticFormatDescription = format_description!("[year]-[month]-[day]");

/// A date as it travels, `2026-03-20`.
#[must_use]
pub fn read_date(text: &str) -> Option<Date> {
    Date::parse(text, ISO).ok()
}

/// How much time a bar stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Interval {
    #[default]
    Daily,
    /// Monday to Sunday.
    Weekly,
    Monthly,
}

impl Interval {
    /// In the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Daily, Self::Weekly, Self::Monthly];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
        }
    }

    /// The interval of this name, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|interval| interval.as_str().eq_ignore_ascii_case(name))
    }

    /// What days of one bar have in common.
    fn period(self, date: Date) -> (i32, u16) {
        match self {
            Self::Daily => (date.year(), date.ordinal()),
            Self::Weekly => {
                let (year, week, _) = date.to_iso_week_date();
                (year, week.into())
            }
            Self::Monthly => (date.year(), u8::from(date.month()).into()),
        }
    }
}

/// One trading day of an issue, as history and statistics need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TradingDay {
    pub date: Date,
    /// Nothing when nothing was traded: the close is then carried over.
    pub open: Option<i64>,
    pub high: Option<i64>,
    pub low: Option<i64>,
    pub close: i64,
    /// Against the day's base price.
    pub change: i64,
    pub volume: i64,
    pub amount: i64,
}

/// A day, a week or a month of an issue. Money is in won.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct HistoryBar {
    /// The last trading day in it, `YYYY-MM-DD`.
    pub date: String,
    /// Null when nothing was traded all the time.
    pub open: Option<i64>,
    pub high: Option<i64>,
    pub low: Option<i64>,
    pub close: i64,
    /// Of a day against its base price, of a week or month against the close before it.
    pub change: i64,
    pub volume: i64,
    pub amount: i64,
}

/// An issue's past. Prices are as they were, not adjusted for splits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct History {
    pub code: String,
    pub name: String,
    pub interval: Interval,
    /// The newest trading day that is known.
    pub as_of: String,
    pub source: Source,
    /// Where the figures are made up, that they are.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub notice: Option<String>,
    /// Oldest first.
    pub bars: Vec<HistoryBar>,
}

/// What is asked of an issue's past.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HistoryQuery {
    /// The first and the last day, both included; the whole past without them.
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub interval: Interval,
}

impl HistoryQuery {
    /// Reads `start_date`, `end_date` and `interval`. Others are ignored; of one that is repeated
    /// the last counts.
    ///
    /// # Errors
    /// Every faulty parameter, at once.
    pub fn strict<K, V>(parameters: impl IntoIterator<Item = (K, V)>) -> Result<Self, Vec<FieldError>>
    where
        K: AsRef<str>,
        V: AsRef<str>,
    {
        let mut query = Self::default();
        let mut errors = Vec::new();
        let mut date = |field: &str, value: &str| {
            let date = read_date(value);
            errors.retain(|error: &FieldError| error.field != field);
            if date.is_none() {
                errors.push(FieldError::new(field, text::date_form()));
            }
            date
        };
        let mut interval = None;
        for (name, value) in parameters {
            let value = value.as_ref();
            match name.as_ref() {
                "start_date" => query.start = date("start_date", value),
                "end_date" => query.end = date("end_date", value),
                "interval" => interval = Some(Interval::parse(value)),
                _ => {}
            }
        }
        match interval {
            Some(Some(known)) => query.interval = known,
            Some(None) => errors.push(FieldError::new(
                "interval",
                problem::accepted(&Interval::ALL.map(Interval::as_str).join(", ")),
            )),
            None => {}
        }
        if let (Some(start), Some(end)) = (query.start, query.end)
            && start > end
        {
            errors.push(FieldError::new("start_date", text::dates_reversed()));
        }
        if errors.is_empty() { Ok(query) } else { Err(errors) }
    }
}

/// Days, oldest first, put together to bars. `before` is the close before the first of them, where
/// it is known.
#[must_use]
pub fn bars(days: &[TradingDay], interval: Interval, before: Option<i64>) -> Vec<HistoryBar> {
    let mut previous = before;
    days.chunk_by(|a, b| interval.period(a.date) == interval.period(b.date))
        .filter_map(|days| {
            let (first, last) = (days.first()?, days.last()?);
            let base = match interval {
                Interval::Daily => last.close.saturating_sub(last.change),
                // Without a close before it the first day's base price is the nearest to it.
                _ => previous.unwrap_or(first.close.saturating_sub(first.change)),
            };
            previous = Some(last.close);
            let total = |figure: fn(&TradingDay) -> i64| days.iter().map(figure).fold(0, i64::saturating_add);
            Some(HistoryBar {
                date: last.date.to_string(),
                open: days.iter().find_map(|day| day.open),
                high: days.iter().filter_map(|day| day.high).max(),
                low: days.iter().filter_map(|day| day.low).min(),
                close: last.close,
                change: last.close.saturating_sub(base),
                volume: total(|day| day.volume),
                amount: total(|day| day.amount),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::{Duration, macros::date};

    use super::*;

    fn day(date: Date, ohlc: Option<(i64, i64, i64)>, close: i64, change: i64) -> TradingDay {
        TradingDay {
            date,
            open: ohlc.map(|(open, _, _)| open),
            high: ohlc.map(|(_, high, _)| high),
            low: ohlc.map(|(_, _, low)| low),
            close,
            change,
            volume: if ohlc.is_some() { 10 } else { 0 },
            amount: if ohlc.is_some() { close * 10 } else { 0 },
        }
    }

    fn march() -> Vec<TradingDay> {
        vec![
            // Thursday, a halted Friday, then the Monday of the last week of the month.
            day(date!(2026 - 03 - 26), Some((100, 120, 95)), 110, 10),
            day(date!(2026 - 03 - 27), None, 110, 0),
            day(date!(2026 - 03 - 30), None, 110, 0),
            day(date!(2026 - 03 - 31), Some((111, 115, 90)), 92, -18),
            day(date!(2026 - 04 - 01), Some((92, 99, 91)), 99, 7),
        ]
    }

    #[test]
    fn a_day_stays_as_it_is() {
        let days = march();
        let bars = bars(&days, Interval::Daily, Some(1));
        assert_eq!(bars.len(), days.len());
        assert_eq!(bars[1].open, None);
        assert_eq!((bars[1].close, bars[1].change, bars[1].volume), (110, 0, 0));
        assert_eq!((bars[3].date.as_str(), bars[3].change), ("2026-03-31", -18));
    }

    #[test]
    fn a_week_goes_from_its_first_trade_to_its_last_close() {
        let bars = bars(&march(), Interval::Weekly, None);
        let [first, second] = bars.as_slice() else {
            panic!("two weeks: {bars:?}")
        };
        assert_eq!(
            *first,
            HistoryBar {
                date: "2026-03-27".to_owned(),
                open: Some(100),
                high: Some(120),
                low: Some(95),
                close: 110,
                change: 10,
                volume: 10,
                amount: 1_100,
            }
        );
        // The halted Monday opens nothing; April's first day is in the same week.
        assert_eq!(second.date, "2026-04-01");
        assert_eq!((second.open, second.high, second.low), (Some(111), Some(115), Some(90)));
        assert_eq!((second.close, second.change), (99, -11));
    }

    #[test]
    fn a_month_is_against_the_month_before() {
        let months = bars(&march(), Interval::Monthly, Some(105));
        assert_eq!(months[0].date, "2026-03-31");
        assert_eq!((months[0].change, months[0].volume), (92 - 105, 20));
        assert_eq!((months[1].change, months[1].open), (7, Some(92)));
    }

    #[test]
    fn a_time_without_trades_has_no_prices_but_a_close() {
        let days = &march()[1..3];
        let bars = bars(days, Interval::Monthly, None);
        assert_eq!(bars.len(), 1);
        assert_eq!((bars[0].open, bars[0].high, bars[0].low), (None, None, None));
        assert_eq!((bars[0].close, bars[0].change), (110, 0));
    }

    #[test]
    fn a_week_spans_the_new_year() {
        let days = [
            day(date!(2025 - 12 - 30), Some((10, 10, 10)), 10, 0),
            day(date!(2026 - 01 - 02), Some((11, 11, 11)), 11, 1),
        ];
        assert_eq!(bars(&days, Interval::Weekly, None).len(), 1);
        assert_eq!(bars(&days, Interval::Monthly, None).len(), 2);
    }

    #[test]
    fn parameters_are_named_when_they_are_wrong() {
        let fields = |pairs: &[(&str, &str)]| -> Vec<String> {
            let errors = HistoryQuery::strict(pairs.iter().copied()).unwrap_err();
            errors.into_iter().map(|error| error.field).collect()
        };
        assert_eq!(fields(&[("start_date", "2026-02-30")]), ["start_date"]);
        assert_eq!(
            fields(&[
                ("start_date", "20260320"),
                ("end_date", "gestern"),
                ("interval", "hourly")
            ]),
            ["start_date", "end_date", "interval"]
        );
        assert_eq!(
            fields(&[("start_date", "2026-03-21"), ("end_date", "2026-03-20")]),
            ["start_date"]
        );
        let query = HistoryQuery::strict([
            ("start_date", "x"),
            ("start_date", "2026-03-20"),
            ("interval", "WEEKLY"),
        ]);
        let query = query.unwrap();
        assert_eq!(query.start, Some(date!(2026 - 03 - 20)));
        assert_eq!(query.interval, Interval::Weekly);
        assert_eq!(HistoryQuery::strict([("x", "y")]).unwrap(), HistoryQuery::default());
    }

    proptest! {
        #[test]
        fn nothing_is_lost_in_putting_together(
            closes in prop::collection::vec((1i64..1_000_000, any::<bool>(), 1i64..6), 0..60),
            interval in prop::sample::select(Interval::ALL.to_vec()),
        ) {
            let mut date = date!(2025 - 11 - 03);
            let mut days = Vec::new();
            for (close, traded, gap) in closes {
                date += Duration::days(gap);
                days.push(day(date, traded.then_some((close, close + 1, close - 1)), close, 0));
            }
            let bars = bars(&days, interval, None);
            let volume = |figures: &mut dyn Iterator<Item = i64>| figures.sum::<i64>();
            prop_assert_eq!(
                volume(&mut bars.iter().map(|bar| bar.volume)),
                volume(&mut days.iter().map(|day| day.volume))
            );
            prop_assert!(bars.windows(2).all(|pair| pair[0].date < pair[1].date));
            prop_assert_eq!(bars.last().map(|bar| bar.close), days.last().map(|day| day.close));
            for bar in &bars {
                if let (Some(open), Some(high), Some(low)) = (bar.open, bar.high, bar.low) {
                    prop_assert!(low <= open && open <= high);
                }
            }
        }

        #[test]
        fn any_parameter_is_survived(name: String, value: String) {
            let _ = HistoryQuery::strict([(name.as_str(), value.as_str()), ("start_date", value.as_str())]);
        }
    }
}
