//! What a year (or another number of weeks) did to an issue's price.

use serde::{Deserialize, Serialize};
use time::{Date, Duration};

use super::{Percent, Source, TradingDay};
use crate::model::{
    FieldError,
    text::{problem, stocks as text},
};

/// The weeks of a year, which is what is shown by default.
const YEAR: u16 = 52;
/// The most weeks that may be asked for: five years.
const MAX_WEEKS: u16 = 260;

/// Which prices count as high and low.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Closing prices.
    #[default]
    Close,
    /// The highest and lowest prices within the days.
    Intraday,
}

impl Basis {
    pub const ALL: [Self; 2] = [Self::Close, Self::Intraday];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Intraday => "intraday",
        }
    }

    /// The one of this name, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|basis| basis.as_str().eq_ignore_ascii_case(name))
    }
}

/// What is asked of the statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatisticsQuery {
    pub weeks: u16,
    pub basis: Basis,
}

impl Default for StatisticsQuery {
    fn default() -> Self {
        Self {
            weeks: YEAR,
            basis: Basis::default(),
        }
    }
}

impl StatisticsQuery {
    /// Reads `period` (weeks) and `basis`. Others are ignored; of one that is repeated the last
    /// counts.
    ///
    /// # Errors
    /// Every faulty parameter, at once.
    pub fn strict<K, V>(parameters: impl IntoIterator<Item = (K, V)>) -> Result<Self, Vec<FieldError>>
    where
        K: AsRef<str>,
        V: AsRef<str>,
    {
        let (mut weeks, mut basis) = (Some(YEAR), Some(Basis::default()));
        for (name, value) in parameters {
            let value = value.as_ref();
            match name.as_ref() {
                "period" => {
                    let digits = value.bytes().all(|b| b.is_ascii_digit());
                    let number = digits.then(|| value.parse().ok()).flatten();
                    weeks = number.filter(|weeks| (1..=MAX_WEEKS).contains(weeks));
                }
                "basis" => basis = Basis::parse(value),
                _ => {}
            }
        }
        match (weeks, basis) {
            (Some(weeks), Some(basis)) => Ok(Self { weeks, basis }),
            (weeks, basis) => {
                let period = || FieldError::new("period", problem::range(1, MAX_WEEKS.into()));
                let of_basis = || {
                    let accepted = Basis::ALL.map(Basis::as_str).join(", ");
                    FieldError::new("basis", problem::accepted(&accepted))
                };
                let faults = [weeks.is_none().then(period), basis.is_none().then(of_basis)];
                Err(faults.into_iter().flatten().collect())
            }
        }
    }

    /// The first day of the time that ends with `last`.
    #[must_use]
    pub fn start(&self, last: Date) -> Date {
        last.saturating_sub(Duration::weeks(self.weeks.into()))
    }
}

/// The time that statistics are of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Period {
    pub weeks: u16,
    /// `YYYY-MM-DD`, both included.
    pub start_date: String,
    pub end_date: String,
}

/// An issue's price against its own past. Money is in won, ratios are in percent.
///
/// The names are those of a year, whatever the period is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Statistics {
    pub code: String,
    pub name: String,
    /// The newest trading day that is known.
    pub as_of: String,
    pub source: Source,
    /// Where the figures are made up, that they are.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub notice: Option<String>,
    pub period: Period,
    pub basis: Basis,
    #[serde(flatten)]
    pub figures: Figures,
}

/// The figures of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Figures {
    /// Trading days in the period of which there are figures.
    pub days: u32,
    pub current_price: i64,
    pub week_52_high: i64,
    /// The first day on which it stood there.
    pub week_52_high_date: String,
    pub week_52_low: i64,
    pub week_52_low_date: String,
    /// Of the closing prices, rounded to won.
    pub week_52_avg: i64,
    /// The current price against the high, the low and the average, in percent.
    #[cfg_attr(feature = "ssr", schema(value_type = f64))]
    pub high_ratio: Percent,
    #[cfg_attr(feature = "ssr", schema(value_type = f64))]
    pub low_ratio: Percent,
    #[cfg_attr(feature = "ssr", schema(value_type = f64))]
    pub avg_ratio: Percent,
    /// Against the first closing price of the period.
    pub year_change: i64,
    #[cfg_attr(feature = "ssr", schema(value_type = f64))]
    pub year_change_ratio: Percent,
}

impl Figures {
    /// Of days, oldest first. `None` without any.
    #[must_use]
    pub fn of(days: &[TradingDay], basis: Basis) -> Option<Self> {
        let (first, last) = (days.first()?, days.last()?);
        let price = |of_day: Option<i64>, day: &TradingDay| match basis {
            Basis::Close => day.close,
            Basis::Intraday => of_day.unwrap_or(day.close),
        };
        let (mut high, mut low) = (
            (price(first.high, first), first.date),
            (price(first.low, first), first.date),
        );
        for day in days {
            if price(day.high, day) > high.0 {
                high = (price(day.high, day), day.date);
            }
            if price(day.low, day) < low.0 {
                low = (price(day.low, day), day.date);
            }
        }
        let count = i64::try_from(days.len()).ok()?;
        let sum = days.iter().map(|day| day.close).fold(0, i64::saturating_add);
        let current = last.close;
        // What there is no ratio for, a base of nothing, no listing lets through.
        let against = |base: i64| Percent::of_change(current.saturating_sub(base), base).unwrap_or_default();
        Some(Self {
            days: u32::try_from(count).ok()?,
            current_price: current,
            week_52_high: high.0,
            week_52_high_date: high.1.to_string(),
            week_52_low: low.0,
            week_52_low_date: low.1.to_string(),
            week_52_avg: sum.saturating_add(count / 2) / count,
            high_ratio: against(high.0),
            low_ratio: against(low.0),
            avg_ratio: Percent::of_change(current.saturating_mul(count).saturating_sub(sum), sum).unwrap_or_default(),
            year_change: current.saturating_sub(first.close),
            year_change_ratio: against(first.close),
        })
    }

    /// What a reader calls the period: 52주.
    #[must_use]
    pub fn label(weeks: u16) -> String {
        text::weeks(weeks)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;

    use super::*;

    fn days(figures: &[(i64, i64, i64)]) -> Vec<TradingDay> {
        let mut date = date!(2026 - 03 - 01);
        figures
            .iter()
            .map(|&(close, high, low)| {
                date += Duration::DAY;
                TradingDay {
                    date,
                    open: Some(close),
                    high: Some(high),
                    low: Some(low),
                    close,
                    change: 0,
                    volume: 1,
                    amount: close,
                }
            })
            .collect()
    }

    #[test]
    fn closes_count_unless_the_day_is_asked_for() {
        let mut days = days(&[(100, 140, 90), (120, 125, 60), (120, 121, 119), (110, 115, 105)]);
        let figures = Figures::of(&days, Basis::Close).unwrap();
        assert_eq!(
            (figures.week_52_high, figures.week_52_high_date.as_str()),
            (120, "2026-03-03")
        );
        assert_eq!(
            (figures.week_52_low, figures.week_52_low_date.as_str()),
            (100, "2026-03-02")
        );
        // 112.5 is rounded up; the ratio is of the exact average.
        assert_eq!(figures.week_52_avg, 113);
        let ratios = [
            figures.high_ratio,
            figures.low_ratio,
            figures.avg_ratio,
            figures.year_change_ratio,
        ];
        assert_eq!(ratios.map(Percent::basis_points), [-833, 1_000, -222, 1_000]);
        assert_eq!((figures.year_change, figures.current_price, figures.days), (10, 110, 4));

        let figures = Figures::of(&days, Basis::Intraday).unwrap();
        assert_eq!((figures.week_52_high, figures.week_52_low), (140, 60));
        // A halted day has its carried close only.
        days[1].low = None;
        assert_eq!(Figures::of(&days, Basis::Intraday).unwrap().week_52_low, 90);
        assert_eq!(Figures::of(&[], Basis::Close), None);
    }

    #[test]
    fn a_period_is_whole_weeks() {
        let query = StatisticsQuery::strict([("period", "52"), ("basis", "INTRADAY")]).unwrap();
        assert_eq!(query.start(date!(2026 - 03 - 20)), date!(2025 - 03 - 21));
        assert_eq!(query.basis, Basis::Intraday);
        for period in ["0", "261", "-1", "", "1.5", "99999999999"] {
            let errors = StatisticsQuery::strict([("period", period), ("basis", "x")]).unwrap_err();
            let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
            assert_eq!(fields, ["period", "basis"], "{period}");
        }
        assert_eq!(
            StatisticsQuery::strict([("x", "y")]).unwrap(),
            StatisticsQuery::default()
        );
    }

    proptest! {
        #[test]
        fn the_current_price_lies_between(closes in prop::collection::vec(1i64..2_000_000, 1..300)) {
            let days = days(&closes.iter().map(|close| (*close, *close, *close)).collect::<Vec<_>>());
            let figures = Figures::of(&days, Basis::Close).unwrap();
            prop_assert!((figures.week_52_low..=figures.week_52_high).contains(&figures.current_price));
            prop_assert!((figures.week_52_low..=figures.week_52_high).contains(&figures.week_52_avg));
            prop_assert!(figures.high_ratio.basis_points() <= 0 && figures.low_ratio.basis_points() >= 0);
        }
    }
}
