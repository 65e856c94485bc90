//! Several issues as lines that begin at 100.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    grid, names_below, names_beside,
    plot::{Plot, Readable, Value, Values},
};
use crate::model::{
    market::{
        Compared,
        chart::{Lines, WIDTH},
        format,
    },
    text::{compare as text, stocks},
};

/// How the line of each issue is drawn, and its name beside it.
const SERIES: [&str; 5] = ["series-1", "series-2", "series-3", "series-4", "series-5"];

/// The class that colours the issue at a place.
pub fn class_of_series(place: usize) -> &'static str {
    SERIES.get(place % SERIES.len()).copied().unwrap_or_default()
}

/// A line for each issue. `in_words` says what it shows.
#[component]
pub fn CompareChart(issues: Vec<Compared>, dates: Vec<String>, in_words: String) -> impl IntoView {
    let values: Vec<_> = issues.iter().map(|issue| issue.values.as_slice()).collect();
    let Some(lines) = Lines::of(&values, &dates) else {
        return view! { <p class="chart__empty">{stocks::no_chart()}</p> }.into_any();
    };
    let paths = lines.paths.iter().enumerate().map(|(place, path)| {
        let class = format!("chart__line {}", class_of_series(place));
        view! { <path class=class d=path.clone()/> }
    });
    let paths = paths.collect_view();
    let start = format!("M0 {}H{WIDTH}", lines.start.units());
    let (beside, below) = (names_beside(lines.values.iter()), names_below(lines.dates.iter()));
    let grid = grid(&lines.values, &lines.dates);
    let drawn: Arc<dyn Readable> = Arc::new(Drawn { lines, issues, dates });
    let selected = RwSignal::new(None);
    view! {
        <figure class="chart">
            <Values drawn=Arc::clone(&drawn) selected/>
            <div class="chart__frame">
                <Plot drawn selected in_words>
                    <path class="chart__grid" d=grid/>
                    <path class="chart__start" d=start/>
                    {paths}
                </Plot>
                {beside}
                {below}
            </div>
        </figure>
    }
    .into_any()
}

/// Lines with the issues that they were drawn of.
struct Drawn {
    lines: Lines,
    issues: Vec<Compared>,
    dates: Vec<String>,
}

impl Readable for Drawn {
    fn count(&self) -> usize {
        self.lines.day_count()
    }

    fn place_at(&self, part: f64) -> usize {
        self.lines.place_at(part)
    }

    fn date(&self, place: usize) -> &str {
        self.dates.get(place).map_or("", String::as_str)
    }

    fn values(&self, place: Option<usize>) -> Vec<Value> {
        let place = place.unwrap_or_else(|| self.dates.len().saturating_sub(1));
        let date = Value {
            name: stocks::date().to_owned(),
            text: format::date(self.date(place)),
            class: "",
        };
        let values = self.issues.iter().enumerate().map(|(series, issue)| Value {
            name: issue.listing.name.clone(),
            text: issue
                .values
                .get(place)
                .copied()
                .flatten()
                .map_or_else(|| stocks::NONE.to_owned(), format::points),
            class: class_of_series(series),
        });
        std::iter::once(date).chain(values).collect()
    }

    fn in_words(&self, place: usize) -> String {
        let values = self.values(Some(place)).into_iter();
        let values: Vec<String> = values.map(|value| format!("{} {}", value.name, value.text)).collect();
        text::values_in_words(&values.join(", "))
    }

    fn cross(&self, place: Option<usize>) -> String {
        place.map(|place| self.lines.upright(place)).unwrap_or_default()
    }
}
