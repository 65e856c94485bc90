//! From bars and prices to places in the drawing, and the round prices in between.

use super::WIDTH;

/// Round prices that are named, about.
const LINES: f64 = 6.0;
/// The same, at most, where equal ratios are equal heights.
const LOG_LINES: usize = 8;

/// From bars and prices to the drawing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    log: bool,
    /// From where to where values are drawn, from the top.
    place: (f64, f64),
    /// The width of a bar with the space beside it.
    pub step: f64,
    pub bars: usize,
}

impl Scale {
    /// For so many bars between two values of 1 at least; `place` is from where to where they are
    /// drawn, from the top.
    pub fn new((low, high): (i64, i64), bars: usize, log: bool, place: (f64, f64)) -> Self {
        let low = low.max(1);
        let high = high.max(low);
        // What does not move stands in the middle.
        let pad = if high == low { (high / 20).max(1) } else { 0 };
        let (low, high) = (real((low - pad).max(1)), real(high.saturating_add(pad)));
        Self {
            low: if log { low.ln() } else { low },
            high: if log { high.ln() } else { high },
            log,
            place,
            step: real(WIDTH.into()) / count(bars.max(1)),
            bars,
        }
    }

    /// Whether bars are narrower than the lines around them: then a line says all that they do.
    pub fn is_dense(&self) -> bool {
        self.step < 1.0
    }

    /// How many bars share a unit, which is about what a screen can show; 1 at least.
    pub fn bars_in_unit(&self) -> usize {
        let units = usize::try_from(WIDTH).unwrap_or_default().max(1);
        (self.bars / units).max(1)
    }

    /// The middle of a bar.
    pub fn x(&self, place: usize) -> f64 {
        self.step * (count(place) + 0.5)
    }

    pub fn y(&self, price: i64) -> f64 {
        let price = real(price.max(1));
        let value = if self.log { price.ln() } else { price };
        let part = (value - self.low) / (self.high - self.low).max(f64::EPSILON);
        let (top, bottom) = self.place;
        bottom - (bottom - top) * part
    }

    /// The bar at a part of the width, 0 to 1; the first or the last beyond it.
    pub fn place_at(&self, part: f64) -> usize {
        let place = whole((part * count(self.bars) - 0.5).max(0.0));
        usize::try_from(place)
            .unwrap_or_default()
            .min(self.bars.saturating_sub(1))
    }

    /// Round prices within what is shown, upwards.
    pub fn lines(&self) -> Vec<i64> {
        if self.log {
            let (low, high) = (self.low.exp(), self.high.exp());
            for factors in [[1, 2, 5].as_slice(), &[1]] {
                let lines = ratios(low, high, factors);
                if (3..=LOG_LINES).contains(&lines.len()) {
                    return lines;
                }
            }
            steps(low, high)
        } else {
            steps(self.low, self.high)
        }
    }
}

/// Multiples of 1, 2 or 5 times a power of ten.
fn steps(low: f64, high: f64) -> Vec<i64> {
    let rough = ((high - low) / LINES).max(1.0);
    let magnitude = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * magnitude)
        .find(|step| *step >= rough)
        .unwrap_or(rough);
    let mut lines = Vec::new();
    let mut price = (low / step).ceil() * step;
    while price <= high && lines.len() < 12 {
        lines.push(whole(price));
        price += step;
    }
    lines
}

/// Powers of ten, times each of the factors.
fn ratios(low: f64, high: f64, factors: &[i64]) -> Vec<i64> {
    let mut lines = Vec::new();
    let mut power: i64 = 1;
    while real(power) <= high {
        let prices = factors.iter().map(|factor| power.saturating_mul(*factor));
        lines.extend(prices.filter(|price| (low..=high).contains(&real(*price))));
        let Some(next) = power.checked_mul(10) else { break };
        power = next;
    }
    lines
}

/// A tenth of a unit is finer than any screen.
pub(super) fn tenths(value: f64) -> String {
    let tenths = whole(value * 10.0);
    let sign = if tenths < 0 { "-" } else { "" };
    match tenths.unsigned_abs() {
        tenths if tenths % 10 == 0 => format!("{sign}{}", tenths / 10),
        tenths => format!("{sign}{}.{}", tenths / 10, tenths % 10),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a drawing needs no more")]
pub(in crate::model::market) fn real(whole: i64) -> f64 {
    whole as f64
}

#[expect(clippy::cast_precision_loss, reason = "nobody has so many bars")]
pub(super) fn count(bars: usize) -> f64 {
    bars as f64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "rounded; beyond the ends of i64 it stops there"
)]
pub(in crate::model::market) fn whole(real: f64) -> i64 {
    real.round() as i64
}
