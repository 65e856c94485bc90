//! The geometry of a price chart: what is drawn where, as paths of an SVG of a fixed size. Each kind
//! of mark is one path, so that years of days cost no more elements than weeks.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::{HistoryBar, format};

/// The size of the drawing, in its own units.
pub const WIDTH: i32 = 760;
pub const HEIGHT: i32 = 400;
/// Where prices are drawn, from the top.
const PRICES: (f64, f64) = (12.0, 276.0);
/// Where volumes are drawn.
const VOLUMES: (f64, f64) = (296.0, 366.0);
/// How far to the right bars go; behind it stand the prices.
const RIGHT: f64 = 690.0;
/// Lines of the grid, at most.
const LINES: i32 = 6;
/// Dates below, at most.
const DATES: usize = 6;
/// Days of the moving averages.
pub const AVERAGES: [usize; 4] = [5, 20, 60, 120];

/// A chart, ready to be drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    pub rising: String,
    pub falling: String,
    pub rising_volumes: String,
    pub falling_volumes: String,
    /// The line of each average that has enough days, with their number.
    pub averages: Vec<(u32, String)>,
    /// Height of a line of the grid, and its price.
    pub prices: Vec<(String, String)>,
    /// Place of a date, and the date.
    pub dates: Vec<(String, String)>,
}

impl Chart {
    /// Of bars, oldest first, of which the first `before` are only there for the averages.
    #[must_use]
    pub fn of(bars: &[HistoryBar], before: usize, log: bool) -> Self {
        let shown = bars.get(before..).unwrap_or_default();
        let Some(scale) = Scale::of(shown, log) else {
            return Self::default();
        };
        let mut chart = Self::default();
        let most = shown.iter().map(|bar| bar.volume).max().unwrap_or_default().max(1);
        for (place, bar) in shown.iter().enumerate() {
            let is_falling = bar.open.map_or(bar.change < 0, |open| bar.close < open);
            let (candles, volumes) = if is_falling {
                (&mut chart.falling, &mut chart.falling_volumes)
            } else {
                (&mut chart.rising, &mut chart.rising_volumes)
            };
            candle(candles, &scale, place, bar);
            if bar.volume > 0 {
                let top = VOLUMES.1 - (VOLUMES.1 - VOLUMES.0) * real(bar.volume) / real(most);
                rectangle(volumes, &scale, place, top, VOLUMES.1);
            }
        }
        chart.averages = AVERAGES
            .into_iter()
            .filter_map(|days| Some((u32::try_from(days).ok()?, average(bars, before, days, &scale)?)))
            .collect();
        chart.prices = scale
            .lines()
            .into_iter()
            .map(|price| (tenths(scale.y(price)), format::number(price)))
            .collect();
        let step = shown.len().div_ceil(DATES).max(1);
        chart.dates = shown
            .iter()
            .enumerate()
            // Not at the edge, where a date would be cut.
            .skip(step / 2)
            .step_by(step)
            .map(|(place, bar)| (tenths(scale.x(place)), bar.date.clone()))
            .collect();
        chart
    }

    /// Whether there is nothing to draw.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.prices.is_empty()
    }
}

/// The size of a line that only shows a way.
pub const SPARKLINE: (i32, i32) = (120, 32);

/// The way of a value, as a path within [`SPARKLINE`]; empty for less than two values.
#[must_use]
pub fn sparkline(values: &[i64]) -> String {
    let (Some(low), Some(high)) = (values.iter().min(), values.iter().max()) else {
        return String::new();
    };
    let Some(steps) = values.len().checked_sub(1).filter(|steps| *steps > 0) else {
        return String::new();
    };
    let (width, height) = (f64::from(SPARKLINE.0), f64::from(SPARKLINE.1));
    let span = real(high.saturating_sub(*low)).max(1.0);
    let mut path = String::new();
    for (place, value) in values.iter().enumerate() {
        let x = width * real(i64::try_from(place).unwrap_or_default()) / real(i64::try_from(steps).unwrap_or(1));
        let y = height - 2.0 - (height - 4.0) * real(value.saturating_sub(*low)) / span;
        let command = if path.is_empty() { 'M' } else { 'L' };
        let _ = write!(path, "{command}{} {}", tenths(x), tenths(y));
    }
    path
}

/// From places and prices to the drawing.
struct Scale {
    low: f64,
    high: f64,
    log: bool,
    step: f64,
}

impl Scale {
    fn of(bars: &[HistoryBar], log: bool) -> Option<Self> {
        let low = bars.iter().map(|bar| bar.low.unwrap_or(bar.close)).min()?.max(1);
        let high = bars.iter().map(|bar| bar.high.unwrap_or(bar.close)).max()?.max(low);
        // What does not move stands in the middle.
        let pad = if high == low { (high / 20).max(1) } else { 0 };
        let (low, high) = (real((low - pad).max(1)), real(high + pad));
        let count = real(i64::try_from(bars.len()).ok()?);
        Some(Self {
            low: if log { low.ln() } else { low },
            high: if log { high.ln() } else { high },
            log,
            step: RIGHT / count,
        })
    }

    /// The middle of a bar.
    fn x(&self, place: usize) -> f64 {
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        self.step * (real(place) + 0.5)
    }

    fn y(&self, price: i64) -> f64 {
        let price = real(price.max(1));
        let value = if self.log { price.ln() } else { price };
        let part = (value - self.low) / (self.high - self.low).max(f64::EPSILON);
        PRICES.1 - (PRICES.1 - PRICES.0) * part
    }

    /// Round prices within what is shown.
    fn lines(&self) -> Vec<i64> {
        let (low, high) = if self.log {
            (self.low.exp(), self.high.exp())
        } else {
            (self.low, self.high)
        };
        let rough = (high - low) / f64::from(LINES);
        let magnitude = 10_f64.powf(rough.max(1.0).log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|factor| factor * magnitude)
            .find(|step| *step >= rough)
            .unwrap_or(magnitude)
            .max(1.0);
        let mut lines = Vec::new();
        let mut price = (low / step).ceil() * step;
        while price <= high && lines.len() < 12 {
            lines.push(whole(price));
            price += step;
        }
        lines
    }
}

/// A body between open and close, and a wick between high and low. Without a trade the price is
/// carried on as a line.
fn candle(path: &mut String, scale: &Scale, place: usize, bar: &HistoryBar) {
    let x = scale.x(place);
    let half = (scale.step * 0.35).clamp(0.4, 6.0);
    let (Some(open), Some(high), Some(low)) = (bar.open, bar.high, bar.low) else {
        let y = tenths(scale.y(bar.close));
        // Writing to a String cannot fail.
        let _ = write!(path, "M{} {y}h{}", tenths(x - half), tenths(2.0 * half));
        return;
    };
    let _ = write!(
        path,
        "M{} {}V{}",
        tenths(x),
        tenths(scale.y(high)),
        tenths(scale.y(low))
    );
    let (top, bottom) = (scale.y(open.max(bar.close)), scale.y(open.min(bar.close)));
    rectangle(path, scale, place, top, bottom.max(top + 0.6));
}

fn rectangle(path: &mut String, scale: &Scale, place: usize, top: f64, bottom: f64) {
    let half = (scale.step * 0.35).clamp(0.4, 6.0);
    let x = scale.x(place);
    let _ = write!(
        path,
        "M{} {}h{}v{}h-{}z",
        tenths(x - half),
        tenths(top),
        tenths(2.0 * half),
        tenths(bottom - top),
        tenths(2.0 * half)
    );
}

/// The line of an average of closes; `None` when no bar that is shown has enough days before it.
fn average(bars: &[HistoryBar], before: usize, days: usize, scale: &Scale) -> Option<String> {
    let mut path = String::new();
    for (end, window) in bars.windows(days).enumerate() {
        let Some(place) = (end + days - 1).checked_sub(before) else {
            continue;
        };
        let sum: i64 = window.iter().map(|bar| bar.close).fold(0, i64::saturating_add);
        let mean = sum / i64::try_from(days).ok()?;
        let command = if path.is_empty() { 'M' } else { 'L' };
        let _ = write!(
            path,
            "{command}{} {}",
            tenths(scale.x(place)),
            tenths(scale.y(mean).clamp(0.0, 290.0))
        );
    }
    (path.contains('L')).then_some(path)
}

/// A tenth of a unit is finer than any screen.
fn tenths(value: f64) -> String {
    let tenths = whole(value * 10.0);
    let sign = if tenths < 0 { "-" } else { "" };
    match tenths.unsigned_abs() {
        tenths if tenths % 10 == 0 => format!("{sign}{}", tenths / 10),
        tenths => format!("{sign}{}.{}", tenths / 10, tenths % 10),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a drawing needs no more")]
fn real(whole: i64) -> f64 {
    whole as f64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "rounded; beyond the ends of i64 it stops there"
)]
fn whole(real: f64) -> i64 {
    real.round() as i64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bar(open: Option<i64>, close: i64, volume: i64) -> HistoryBar {
        HistoryBar {
            date: "2026-03-20".to_owned(),
            open,
            high: open.map(|open| open.max(close) + 10),
            low: open.map(|open| open.min(close) - 10),
            close,
            change: 0,
            volume,
            amount: 0,
        }
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        assert!(Chart::of(&[], 0, false).is_empty());
        assert!(Chart::of(&[bar(Some(1), 1, 1)], 1, true).is_empty());
    }

    #[test]
    fn a_day_is_a_body_with_a_wick_and_a_volume() {
        let chart = Chart::of(&[bar(Some(1_000), 1_200, 5), bar(Some(1_200), 1_100, 10)], 0, false);
        assert_eq!(chart.rising.matches('z').count(), 1);
        assert_eq!(chart.falling.matches('z').count(), 1);
        // The larger volume reaches the top.
        assert!(chart.falling_volumes.contains(" 296h"), "{}", chart.falling_volumes);
        assert!(chart.averages.is_empty());
        assert!(
            chart.prices.iter().any(|(_, price)| price == "1,100"),
            "{:?}",
            chart.prices
        );
    }

    #[test]
    fn a_halted_day_is_a_line_and_never_zero() {
        let bars = [bar(Some(1_000), 1_000, 5), bar(None, 1_000, 0), bar(None, 1_000, 0)];
        for log in [false, true] {
            let chart = Chart::of(&bars, 0, log);
            assert_eq!(chart.rising.matches('z').count(), 1);
            assert_eq!(chart.rising_volumes.matches('z').count(), 1);
            assert!(chart.prices.iter().all(|(_, price)| price != "0"));
        }
        let all_halted = Chart::of(&[bar(None, 500, 0)], 0, false);
        assert!(!all_halted.is_empty() && !all_halted.rising.contains("NaN"));
    }

    #[test]
    fn a_sparkline_goes_from_side_to_side() {
        assert_eq!(sparkline(&[]), "");
        assert_eq!(sparkline(&[1]), "");
        assert_eq!(sparkline(&[1, 3, 2]), "M0 30L60 2L120 16");
        assert_eq!(sparkline(&[5, 5]), "M0 30L120 30");
    }

    #[test]
    fn averages_use_the_days_before() {
        let bars: Vec<HistoryBar> = (0..30).map(|n| bar(Some(1_000 + n), 1_000 + n, 1)).collect();
        let chart = Chart::of(&bars, 25, false);
        let days: Vec<u32> = chart.averages.iter().map(|(days, _)| *days).collect();
        assert_eq!(days, [5, 20]);
        assert_eq!(chart.averages[0].1.matches(['M', 'L']).count(), 5);
    }

    #[test]
    fn lines_stand_at_round_prices() {
        let bars = [bar(Some(69_800), 71_000, 1), bar(Some(64_000), 60_000, 1)];
        let prices: Vec<String> = Chart::of(&bars, 0, false)
            .prices
            .into_iter()
            .map(|(_, price)| price)
            .collect();
        assert_eq!(prices, ["60,000", "62,000", "64,000", "66,000", "68,000", "70,000"]);
    }

    proptest! {
        #[test]
        fn everything_is_drawn_within_the_drawing(
            closes in prop::collection::vec(1i64..2_000_000, 1..200),
            log: bool,
            before in 0usize..50,
        ) {
            let bars: Vec<HistoryBar> = closes.iter().map(|close| bar((close % 7 > 0).then_some(*close), *close, *close)).collect();
            let chart = Chart::of(&bars, before, log);
            for path in [&chart.rising, &chart.falling, &chart.rising_volumes, &chart.falling_volumes] {
                prop_assert!(!path.contains("NaN") && !path.contains("inf"));
            }
            for (y, _) in &chart.prices {
                let y: f64 = y.parse().unwrap();
                prop_assert!((0.0..=f64::from(HEIGHT)).contains(&y));
            }
            prop_assert!(chart.dates.len() <= DATES + 1);
        }
    }
}
