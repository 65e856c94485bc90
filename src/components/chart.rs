//! The price chart, drawn by the server: complete without JavaScript.

use leptos::prelude::*;

use crate::model::{
    market::{
        Chart,
        chart::{HEIGHT, WIDTH},
    },
    text::stocks as text,
};

/// Candles with volumes and moving averages. `in_words` says what it shows.
#[component]
pub fn PriceChart(chart: Chart, in_words: String) -> impl IntoView {
    if chart.is_empty() {
        return view! { <p class="chart__empty">{text::NO_CHART}</p> }.into_any();
    }
    let lines = chart
        .prices
        .into_iter()
        .map(|(y, price)| {
            view! {
                <line class="chart__line" x1="0" x2="690" y1=y.clone() y2=y.clone()/>
                <text class="chart__label" x="698" y=y dominant-baseline="middle">{price}</text>
            }
        })
        .collect_view();
    let dates = chart
        .dates
        .into_iter()
        .map(|(x, date)| view! { <text class="chart__label" x=x y="390" text-anchor="middle">{date}</text> })
        .collect_view();
    let days: Vec<u32> = chart.averages.iter().map(|(days, _)| *days).collect();
    let averages = chart
        .averages
        .into_iter()
        .map(|(days, path)| view! { <path class=format!("chart__average chart__average--{days}") d=path/> })
        .collect_view();
    view! {
        <figure class="chart">
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=in_words>
                {lines}
                {dates}
                <path class="chart__volume up" d=chart.rising_volumes/>
                <path class="chart__volume down" d=chart.falling_volumes/>
                <path class="chart__candles up" d=chart.rising/>
                <path class="chart__candles down" d=chart.falling/>
                {averages}
            </svg>
            <figcaption class="chart__legend">
                {text::AVERAGES}
                {days
                    .into_iter()
                    .map(|days| view! { " " <span class=format!("chart__key chart__average--{days}")>{days}</span> })
                    .collect_view()}
            </figcaption>
        </figure>
    }
    .into_any()
}
