//! What the chart shows, as links: each is the same page with one thing else.

use leptos::prelude::*;

use super::path;
use crate::{
    components::class_of_average,
    model::{
        market::{Averages, Interval, Span, StockView},
        text::stocks as text,
    },
};

/// Links to the same page with another chart.
#[component]
pub fn Settings(code: String, view: StockView) -> impl IntoView {
    let link = |other: StockView, label: &'static str| {
        let current = (other == view).then_some("page");
        view! { <a href=path(&code, other) data-noscroll="true" aria-current=current>{label}</a> }
    };
    let spans = Span::ALL.map(|span| link(StockView { span, ..view }, span.label()));
    let intervals = [
        (Interval::Daily, text::interval_day()),
        (Interval::Weekly, text::interval_week()),
        (Interval::Monthly, text::interval_month()),
    ]
    .map(|(interval, label)| link(StockView { interval, ..view }, label));
    let scales =
        [(false, text::linear()), (true, text::log())].map(|(log, label)| link(StockView { log, ..view }, label));
    let averages = Averages::ALL.map(|days| {
        let averages = view.averages.toggled(days);
        let is_drawn = view.averages.contains(days);
        let href = path(&code, StockView { averages, ..view });
        view! {
            <a
                href=href
                class=class_of_average(days)
                data-noscroll="true"
                aria-current=is_drawn.then_some("true")
                aria-label=text::average_switch(days, is_drawn)
            >
                {days}
            </a>
        }
    });
    view! {
        <nav class="chart-settings" aria-label=text::chart_settings()>
            <div class="tabs">{spans.collect_view()}</div>
            <div class="tabs">{intervals.collect_view()}</div>
            <div class="tabs">{scales.collect_view()}</div>
            <div class="tabs averages">
                <span class="averages__name">{text::averages()}</span>
                {averages.collect_view()}
            </div>
        </nav>
    }
}
