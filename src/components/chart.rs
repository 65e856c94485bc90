//! Charts: drawn by the server and complete without JavaScript. With it, a pointer, a finger or the
//! keys choose a day, whose values then stand above.

mod compared;
mod plot;
mod plotted;

use std::sync::Arc;

use leptos::prelude::*;

use crate::model::{
    market::{
        Averages, Chart, HistoryBar,
        chart::{HEIGHT, Mark, PRICES_END, WIDTH},
    },
    text::stocks as text,
};
pub use compared::{CompareChart, class_of_series};
use plot::{Plot, Readable, Values};
use plotted::Plotted;
pub use plotted::class_of_average;

/// Candles with volumes and moving averages. Of `bars`, oldest first, the first `before` are only
/// there for the averages. `in_words` says what it shows.
#[component]
pub fn PriceChart(
    bars: Vec<HistoryBar>,
    before: usize,
    log: bool,
    averages: Averages,
    in_words: String,
) -> impl IntoView {
    let Some(chart) = Chart::of(&bars, before, log, averages) else {
        return view! { <p class="chart__empty">{text::no_chart()}</p> }.into_any();
    };
    let volume = chart.volume_mark();
    let candles = [
        ("chart__halted", chart.halted.clone()),
        ("chart__candles up", chart.rising.clone()),
        ("chart__candles down", chart.falling.clone()),
    ];
    let candles = candles.map(|(class, path)| view! { <path class=class d=path/> });
    let averages = chart.averages.iter().map(|average| {
        let class = format!("chart__average {}", class_of_average(average.days));
        view! { <path class=class d=average.path.clone()/> }
    });
    let averages = averages.collect_view();
    let (rising, falling) = (chart.rising_volumes.clone(), chart.falling_volumes.clone());
    let (beside, below) = (chart.prices.iter().chain([&volume]), chart.dates.iter());
    let (beside, below, grid) = (
        names_beside(beside),
        names_below(below),
        grid(&chart.prices, &chart.dates),
    );
    let drawn: Arc<dyn Readable> = Arc::new(Plotted::new(chart, bars, before));
    let selected = RwSignal::new(None);
    view! {
        <figure class="chart">
            <Values drawn=Arc::clone(&drawn) selected/>
            <div class="chart__frame">
                <Plot drawn selected in_words>
                    <path class="chart__grid" d=grid/>
                    <path class="chart__volume up" d=rising/>
                    <path class="chart__volume down" d=falling/>
                    <svg width=WIDTH height=PRICES_END>
                        {candles.into_iter().collect_view()}
                        {averages}
                    </svg>
                </Plot>
                {beside}
                {below}
            </div>
        </figure>
    }
    .into_any()
}

/// What stands at the heights that are named.
fn names_beside<'a>(marks: impl Iterator<Item = &'a Mark>) -> AnyView {
    let names = marks.map(|mark| {
        let (y, label) = (mark.percent(), mark.label.clone());
        view! { <text x="0" y=y dominant-baseline="middle">{label}</text> }
    });
    let names = names.collect_view();
    view! { <svg class="chart__prices" aria-hidden="true">{names}</svg> }.into_any()
}

/// What stands under the days that are named.
fn names_below<'a>(marks: impl Iterator<Item = &'a Mark>) -> AnyView {
    let names = marks.map(|mark| {
        let (x, label) = (mark.percent(), mark.label.clone());
        view! { <text x=x y="1em" text-anchor="middle">{label}</text> }
    });
    let names = names.collect_view();
    view! { <svg class="chart__dates" aria-hidden="true">{names}</svg> }.into_any()
}

/// The lines at the heights and days that are named, as a path.
fn grid(heights: &[Mark], days: &[Mark]) -> String {
    let across = heights.iter().map(|mark| format!("M0 {}H{WIDTH}", mark.units()));
    let down = days.iter().map(|mark| format!("M{} 0V{HEIGHT}", mark.units()));
    across.chain(down).collect()
}
