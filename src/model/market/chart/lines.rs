//! Several values on one scale, each as a line.

use std::fmt::Write as _;

use super::{Mark, Scale, dates, tenths, upright};
use crate::model::market::{Points, comparison, format};

/// Where values are drawn, from the top.
const VALUES: (f64, f64) = (25.0, 975.0);
/// Where every line begins, in hundredths.
const START: i64 = comparison::START as i64;

/// Lines, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// One for each issue, in their order; empty for one with less than two values.
    pub paths: Vec<String>,
    /// Heights that are named by their value.
    pub values: Vec<Mark>,
    /// Places that are named by their date.
    pub dates: Vec<Mark>,
    /// The height of 100, where all of them begin.
    pub start: Mark,
    scale: Scale,
}

impl Lines {
    /// Of issues that each have a value for each of the dates, `YYYY-MM-DD`, oldest first. `None`
    /// without two dates or without any value.
    #[must_use]
    pub fn of(issues: &[&[Option<Points>]], dates: &[String]) -> Option<Self> {
        let all = issues.iter().flat_map(|values| values.iter().flatten());
        let all = all.map(|value| value.hundredths());
        let (low, high) = (all.clone().min()?, all.max()?);
        if dates.len() < 2 {
            return None;
        }
        let scale = Scale::new((low.min(START), high.max(START)), dates.len(), false, VALUES);
        let days: Vec<&str> = dates.iter().map(String::as_str).collect();
        let named = dates::dates(&days).into_iter();
        let heights = scale.lines().into_iter();
        Some(Self {
            paths: issues.iter().map(|values| path(values, &scale)).collect(),
            values: heights.map(|value| Mark::of(scale.y(value), label(value))).collect(),
            dates: named.map(|(place, date)| Mark::of(scale.x(place), date)).collect(),
            start: Mark::of(scale.y(START), label(START)),
            scale,
        })
    }

    /// How many days are shown.
    #[must_use]
    pub fn day_count(&self) -> usize {
        self.scale.bars
    }

    /// The day at a part of the width, 0 to 1; the first or the last beyond it.
    #[must_use]
    pub fn place_at(&self, part: f64) -> usize {
        self.scale.place_at(part)
    }

    /// A line through a day, as a path.
    #[must_use]
    pub fn upright(&self, place: usize) -> String {
        upright(&self.scale, place)
    }
}

/// Whole where it is, so that it stays narrow beside the chart.
fn label(hundredths: i64) -> String {
    if hundredths % 100 == 0 {
        format::number(hundredths / 100)
    } else {
        format::points(Points::from_hundredths(hundredths))
    }
}

/// A line through all values; over days without one it goes straight on.
fn path(values: &[Option<Points>], scale: &Scale) -> String {
    let mut path = String::new();
    for (place, value) in values.iter().enumerate() {
        let Some(value) = value else { continue };
        // No more points than a screen shows, and the last one always.
        if !place.is_multiple_of(scale.bars_in_unit()) && place + 1 != values.len() {
            continue;
        }
        let command = if path.is_empty() { 'M' } else { 'L' };
        let (x, y) = (tenths(scale.x(place)), tenths(scale.y(value.hundredths())));
        // Writing to a String cannot fail.
        let _ = write!(path, "{command}{x} {y}");
    }
    if path.contains('L') { path } else { String::new() }
}
