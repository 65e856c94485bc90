//! The geometry of a price chart: what is drawn where, as paths of an SVG that is stretched to its
//! place. Each kind of mark is one path, so that years of days cost no more elements than weeks.

mod averages;
mod dates;
mod lines;
mod scale;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

pub use averages::Averages;
pub use lines::Lines;
use scale::{Scale, count, tenths};
pub(in crate::model::market) use scale::{real, whole};

use super::{HistoryBar, format};

/// The size of the drawing, in its own units.
pub const WIDTH: i32 = 1_000;
pub const HEIGHT: i32 = 1_000;
/// Where prices are drawn, from the top.
const PRICES: (f64, f64) = (25.0, 745.0);
/// Below that the drawing of prices is cut: averages of days before may lie outside.
pub const PRICES_END: i32 = 770;
/// Where volumes are drawn.
const VOLUMES: (f64, f64) = (810.0, 1_000.0);
/// From here on a volume has too many digits to stand beside the chart.
const LONG_VOLUME: i64 = 10_000_000;

/// A chart, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    pub rising: String,
    pub falling: String,
    /// The price of days without a trade, carried on.
    pub halted: String,
    pub rising_volumes: String,
    pub falling_volumes: String,
    /// Of those that were asked for, the ones that have days enough.
    pub averages: Vec<Average>,
    /// Heights that are named by their price.
    pub prices: Vec<Mark>,
    /// Places that are named by their date.
    pub dates: Vec<Mark>,
    /// The volume that reaches the top.
    most_volume: i64,
    scale: Scale,
}

/// The moving average of closes over so many bars.
#[derive(Debug, Clone, PartialEq)]
pub struct Average {
    pub days: usize,
    pub path: String,
    /// In won, one for each bar that is shown; nothing where too few are before it.
    pub values: Vec<Option<i64>>,
}

/// A place in the drawing, and what is written there.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    at: f64,
    pub label: String,
}

impl Mark {
    fn of(at: f64, label: String) -> Self {
        Self { at, label }
    }

    /// In units of the drawing.
    #[must_use]
    pub fn units(&self) -> String {
        tenths(self.at)
    }

    /// As a part of the drawing's width or height, which are the same number of units.
    #[must_use]
    pub fn percent(&self) -> String {
        format!("{}%", tenths(self.at / 10.0))
    }
}

impl Chart {
    /// Of bars, oldest first, of which the first `before` are only there for the averages. `None`
    /// when there is nothing to draw.
    #[must_use]
    pub fn of(bars: &[HistoryBar], before: usize, log: bool, averages: Averages) -> Option<Self> {
        let shown = bars.get(before..)?;
        let low = shown.iter().map(|bar| bar.low.unwrap_or(bar.close)).min()?;
        let high = shown.iter().map(|bar| bar.high.unwrap_or(bar.close)).max()?;
        let scale = Scale::new((low, high), shown.len(), log, PRICES);
        let prices = scale.lines().into_iter();
        let days: Vec<&str> = shown.iter().map(|bar| bar.date.as_str()).collect();
        let dates = dates::dates(&days).into_iter();
        let mut chart = Self {
            rising: String::new(),
            falling: String::new(),
            halted: String::new(),
            rising_volumes: String::new(),
            falling_volumes: String::new(),
            averages: averages
                .days()
                .filter_map(|days| average(bars, before, days, &scale))
                .collect(),
            prices: prices
                .map(|price| Mark::of(scale.y(price), format::number(price)))
                .collect(),
            dates: dates.map(|(place, date)| Mark::of(scale.x(place), date)).collect(),
            most_volume: shown.iter().map(|bar| bar.volume).max().unwrap_or_default(),
            scale,
        };
        for (place, bar) in shown.iter().enumerate() {
            chart.draw(place, bar);
        }
        Some(chart)
    }

    fn draw(&mut self, place: usize, bar: &HistoryBar) {
        let scale = &self.scale;
        let (Some(open), Some(high), Some(low)) = (bar.open, bar.high, bar.low) else {
            let (x, half) = (scale.x(place), scale.step / 2.0);
            let y = tenths(scale.y(bar.close));
            // Writing to a String cannot fail.
            let _ = write!(self.halted, "M{} {y}h{}", tenths(x - half), tenths(2.0 * half));
            return;
        };
        let (candles, volumes) = if bar.close < open {
            (&mut self.falling, &mut self.falling_volumes)
        } else {
            (&mut self.rising, &mut self.rising_volumes)
        };
        let _ = write!(
            candles,
            "M{} {}V{}",
            tenths(scale.x(place)),
            tenths(scale.y(high)),
            tenths(scale.y(low))
        );
        if !scale.is_dense() {
            let (top, bottom) = (scale.y(open.max(bar.close)), scale.y(open.min(bar.close)));
            rectangle(candles, scale, place, top, bottom);
        }
        if bar.volume > 0 {
            let part = real(bar.volume) / real(self.most_volume.max(1));
            let top = VOLUMES.1 - (VOLUMES.1 - VOLUMES.0) * part;
            if scale.is_dense() {
                let _ = write!(volumes, "M{} {HEIGHT}V{}", tenths(scale.x(place)), tenths(top));
            } else {
                rectangle(volumes, scale, place, top, VOLUMES.1);
            }
        }
    }

    /// How many bars are shown.
    #[must_use]
    pub fn bar_count(&self) -> usize {
        self.scale.bars
    }

    /// The bar at a part of the width, 0 to 1; the first or the last beyond it.
    #[must_use]
    pub fn place_at(&self, part: f64) -> usize {
        self.scale.place_at(part)
    }

    /// Lines through a bar and its price, as a path.
    #[must_use]
    pub fn cross(&self, place: usize, price: i64) -> String {
        let y = tenths(self.scale.y(price));
        format!("{}M0 {y}H{WIDTH}", upright(&self.scale, place))
    }

    /// The top of the volumes, named by the largest of them.
    #[must_use]
    pub fn volume_mark(&self) -> Mark {
        let label = if self.most_volume < LONG_VOLUME {
            format::number(self.most_volume)
        } else {
            format::shortened(self.most_volume)
        };
        Mark { at: VOLUMES.0, label }
    }
}

/// A line through a bar, as a path.
fn upright(scale: &Scale, place: usize) -> String {
    format!("M{} 0V{HEIGHT}", tenths(scale.x(place)))
}

fn rectangle(path: &mut String, scale: &Scale, place: usize, top: f64, bottom: f64) {
    let half = (scale.step * 0.35).clamp(0.1, 9.0);
    let _ = write!(
        path,
        "M{} {}h{}v{}h-{}z",
        tenths(scale.x(place) - half),
        tenths(top),
        tenths(2.0 * half),
        tenths(bottom - top),
        tenths(2.0 * half)
    );
}

/// `None` when no two bars that are shown have enough before them.
fn average(bars: &[HistoryBar], before: usize, days: usize, scale: &Scale) -> Option<Average> {
    let divisor = i64::try_from(days).ok()?.max(1);
    let mut values = vec![None; (days - 1).saturating_sub(before).min(bars.len() - before)];
    let mut path = String::new();
    for window in bars.windows(days).skip((before + 1).saturating_sub(days)) {
        let sum = window.iter().map(|bar| bar.close).fold(0, i64::saturating_add);
        let mean = sum.saturating_add(divisor / 2) / divisor;
        if values.len().is_multiple_of(scale.bars_in_unit()) {
            let command = if path.is_empty() { 'M' } else { 'L' };
            let _ = write!(
                path,
                "{command}{} {}",
                tenths(scale.x(values.len())),
                tenths(scale.y(mean))
            );
        }
        values.push(Some(mean));
    }
    path.contains('L').then_some(Average { days, path, values })
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
        let x = width * count(place) / count(steps);
        let y = height - 2.0 - (height - 4.0) * real(value.saturating_sub(*low)) / span;
        let command = if path.is_empty() { 'M' } else { 'L' };
        let _ = write!(path, "{command}{} {}", tenths(x), tenths(y));
    }
    path
}
