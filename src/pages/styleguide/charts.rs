//! Charts of one issue and of several, and one without anything to draw.

use leptos::prelude::*;

use super::{Example, Part, samples};
use crate::{
    components::{CompareChart, PriceChart},
    model::market::{
        Averages,
        chart::{SPARKLINE, sparkline},
    },
};

#[component]
pub fn Charts() -> impl IntoView {
    let bars = samples::bars();
    let closes: Vec<i64> = bars.iter().map(|bar| bar.close).collect();
    let dates = bars.iter().map(|bar| bar.date.clone()).collect();
    let (width, height) = SPARKLINE;
    let way = sparkline(&closes);
    let lines = ["up", "down", "flat"].map(|class| {
        view! {
            <svg
                class=format!("sparkline {class}")
                viewBox=format!("0 0 {width} {height}")
                preserveAspectRatio="none"
                aria-hidden="true"
            >
                <path d=way.clone()/>
            </svg>
        }
    });
    view! {
        <Part id="charts" name="Charts">
            <Example name="Candles, volumes, averages; point, touch or press the arrows">
                <PriceChart bars before=0 log=false averages=Averages::default() in_words="An example".to_owned()/>
            </Example>
            <Example name="Five issues side by side">
                <CompareChart issues=samples::compared() dates in_words="Five examples".to_owned()/>
            </Example>
            <Example name="Nothing to draw">
                <PriceChart bars=Vec::new() before=0 log=false averages=Averages::default() in_words=String::new()/>
            </Example>
            <Example name="Sparklines"><div class="guide__columns">{lines.collect_view()}</div></Example>
            <Example name="Breadth">
                <svg class="breadth-bar" viewBox="0 0 10 1" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="up" width="4" height="1"/>
                    <rect x="4" width="2" height="1"/>
                    <rect class="down" x="6" width="4" height="1"/>
                </svg>
            </Example>
        </Part>
    }
}
