//! A drawn chart with the bars that it was drawn of: what is said about one of them.

use super::plot::{Readable, Value};
use crate::model::{
    market::{
        Chart, HistoryBar, Percent,
        format::{self, Direction},
    },
    text::stocks as text,
};

/// A drawn chart with its bars.
pub struct Plotted {
    chart: Chart,
    /// Those that are shown, oldest first.
    bars: Vec<HistoryBar>,
}

impl Plotted {
    /// Of bars, of which the first `before` are not shown.
    pub fn new(chart: Chart, mut bars: Vec<HistoryBar>, before: usize) -> Self {
        bars.drain(..before.min(bars.len()));
        Self { chart, bars }
    }
}

impl Readable for Plotted {
    fn count(&self) -> usize {
        self.chart.bar_count()
    }

    fn place_at(&self, part: f64) -> usize {
        self.chart.place_at(part)
    }

    fn values(&self, place: Option<usize>) -> Vec<Value> {
        let place = place.unwrap_or_else(|| self.bars.len().saturating_sub(1));
        let Some(bar) = self.bars.get(place) else {
            return Vec::new();
        };
        let value = |name: &str, text, class| Value {
            name: name.to_owned(),
            text,
            class,
        };
        let is_halted = bar.open.is_none() && bar.volume == 0;
        let change = if is_halted {
            value(text::change_of_bar(), text::halted().to_owned(), "")
        } else {
            let direction = Direction::of(bar.change);
            let ratio = Percent::of_change(bar.change, bar.close.saturating_sub(bar.change));
            let ratio = ratio.map(format::percent).unwrap_or_default();
            let text = format!("{} {ratio}", format::change(bar.change));
            value(text::change_of_bar(), text, direction.class())
        };
        let volume = if is_halted {
            text::NONE.to_owned()
        } else {
            format::number(bar.volume)
        };
        let mut values = vec![
            value(text::date(), format::date(&bar.date), ""),
            value(text::open(), format::price(bar.open), ""),
            value(text::high(), format::price(bar.high), ""),
            value(text::low(), format::price(bar.low), ""),
            value(text::close_of_day(), format::number(bar.close), ""),
            change,
            value(text::volume(), volume, ""),
        ];
        values.extend(self.chart.averages.iter().map(|average| {
            let mean = average.values.get(place).copied().flatten();
            value(
                &text::average_of(average.days),
                format::price(mean),
                class_of_average(average.days),
            )
        }));
        values
    }

    fn in_words(&self, place: usize) -> String {
        let direction = self.bars.get(place).map(|bar| Direction::of(bar.change));
        let values = self.values(Some(place)).into_iter().map(|value| {
            // Glyphs are read aloud in as many ways as there are readers.
            let word = match direction {
                Some(direction) if value.text.starts_with(['▲', '▼']) => direction.label(),
                _ => "",
            };
            let text = value.text.trim_start_matches(['▲', '▼']);
            format!("{} {word} {text}", value.name)
        });
        values.collect::<Vec<_>>().join(", ")
    }

    fn date(&self, place: usize) -> &str {
        self.bars.get(place).map_or("", |bar| &bar.date)
    }

    fn cross(&self, place: Option<usize>) -> String {
        let at = place.and_then(|place| Some((place, self.bars.get(place)?)));
        at.map(|(place, bar)| self.chart.cross(place, bar.close))
            .unwrap_or_default()
    }
}

/// The class that colours an average.
pub const fn class_of_average(days: usize) -> &'static str {
    match days {
        5 => "chart__average--5",
        20 => "chart__average--20",
        60 => "chart__average--60",
        _ => "chart__average--120",
    }
}
