//! The price chart: drawn by the server and complete without JavaScript. With it, a pointer, a
//! finger or the keys choose a bar, whose values then stand above.

mod plotted;

use std::sync::Arc;

use leptos::{ev, html, prelude::*};

use crate::model::{
    market::{
        Averages, Chart, HistoryBar,
        chart::{HEIGHT, PRICES_END, WIDTH},
    },
    text::stocks as text,
};
use plotted::Plotted;
pub use plotted::class_of_average;

/// Bars that the page keys go by.
const PAGE: usize = 10;

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
        return view! { <p class="chart__empty">{text::NO_CHART}</p> }.into_any();
    };
    let volume = chart.volume_mark();
    let prices = chart.prices.iter().chain([&volume]).map(|mark| {
        let (y, label) = (mark.percent(), mark.label.clone());
        view! { <text x="0" y=y dominant-baseline="middle">{label}</text> }
    });
    let prices = prices.collect_view();
    let dates = chart.dates.iter().map(|mark| {
        let (x, label) = (mark.percent(), mark.label.clone());
        view! { <text x=x y="1em" text-anchor="middle">{label}</text> }
    });
    let dates = dates.collect_view();
    let plotted = Arc::new(Plotted::new(chart, bars, before));
    let selected = RwSignal::new(None);
    view! {
        <figure class="chart">
            <Values plotted=Arc::clone(&plotted) selected/>
            <div class="chart__frame">
                <Plot plotted selected in_words/>
                <svg class="chart__prices" aria-hidden="true">{prices}</svg>
                <svg class="chart__dates" aria-hidden="true">{dates}</svg>
            </div>
        </figure>
    }
    .into_any()
}

/// The values of the bar that was chosen, else of the last one.
#[component]
fn Values(plotted: Arc<Plotted>, selected: RwSignal<Option<usize>>) -> impl IntoView {
    let values = move || {
        let values = plotted.values(selected.get()).into_iter();
        values
            .map(|value| view! { <div class=value.class><dt>{value.name}</dt><dd>{value.text}</dd></div> })
            .collect_view()
    };
    view! { <dl class="chart__values">{values}</dl> }
}

/// The drawing, and what chooses a bar of it.
#[component]
fn Plot(plotted: Arc<Plotted>, selected: RwSignal<Option<usize>>, in_words: String) -> impl IntoView {
    let plot = NodeRef::<html::Div>::new();
    // What a key brought up is read aloud; what the pointer passes over is not.
    let spoken = RwSignal::new(String::new());
    let chart = &plotted.chart;
    let candles = [
        ("chart__halted", chart.halted.clone()),
        ("chart__candles up", chart.rising.clone()),
        ("chart__candles down", chart.falling.clone()),
    ];
    let averages = chart.averages.iter();
    let averages = averages.map(|average| (class_of_average(average.days), average.path.clone()));
    let lines = candles
        .map(|(class, path)| view! { <path class=class d=path/> })
        .into_iter()
        .collect_view();
    let averages = averages
        .map(|(class, path)| view! { <path class=format!("chart__average {class}") d=path/> })
        .collect_view();
    let (grid, rising, falling) = (
        plotted.grid(),
        chart.rising_volumes.clone(),
        chart.falling_volumes.clone(),
    );

    let point = {
        let plotted = Arc::clone(&plotted);
        move |event: ev::PointerEvent| {
            let width = plot.get_untracked().map_or(0, |plot| plot.client_width());
            let part = f64::from(event.offset_x()) / f64::from(width.max(1));
            selected.set(Some(plotted.chart.place_at(part)));
        }
    };
    // A finger that was lifted leaves the values standing.
    let leave = move |event: ev::PointerEvent| {
        if event.pointer_type() == "mouse" {
            selected.set(None);
        }
    };
    let press = {
        let plotted = Arc::clone(&plotted);
        move |event: ev::KeyboardEvent| {
            let last = plotted.chart.bar_count().saturating_sub(1);
            let now = selected.get_untracked().unwrap_or(last);
            let next = match event.key().as_str() {
                "ArrowLeft" | "ArrowDown" => now.saturating_sub(1),
                "ArrowRight" | "ArrowUp" => now + 1,
                "PageDown" => now.saturating_sub(PAGE),
                "PageUp" => now + PAGE,
                "Home" => 0,
                "End" => last,
                "Escape" => {
                    selected.set(None);
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            selected.set(Some(next.min(last)));
            spoken.set(plotted.in_words(next.min(last)));
        }
    };
    let cross = {
        let plotted = Arc::clone(&plotted);
        move || plotted.cross(selected.get())
    };
    // Only in a browser that runs this: a slider without a program behind it would be a lie.
    Effect::new(move |_| {
        let Some(plot) = plot.get() else { return };
        let last = plotted.chart.bar_count().saturating_sub(1);
        let place = selected.get().unwrap_or(last);
        for (name, value) in [
            ("role", "slider".to_owned()),
            ("tabindex", "0".to_owned()),
            ("aria-label", text::CHART_KEYS.to_owned()),
            ("aria-valuemin", "1".to_owned()),
            ("aria-valuemax", (last + 1).to_string()),
            ("aria-valuenow", (place + 1).to_string()),
            ("aria-valuetext", plotted.date(place).to_owned()),
        ] {
            let _ = plot.set_attribute(name, &value);
        }
    });
    view! {
        <div
            class="chart__plot"
            node_ref=plot
            on:pointerdown=point.clone()
            on:pointermove=point
            on:pointerleave=leave
            on:keydown=press
        >
            // Stretched to its place: what is written stands outside.
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" role="img" aria-label=in_words>
                <path class="chart__grid" d=grid/>
                <path class="chart__volume up" d=rising/>
                <path class="chart__volume down" d=falling/>
                <svg width=WIDTH height=PRICES_END>
                    {lines}
                    {averages}
                </svg>
                <path class="chart__cross" d=cross/>
            </svg>
        </div>
        <p class="visually-hidden" role="status">{move || spoken.get()}</p>
    }
}
