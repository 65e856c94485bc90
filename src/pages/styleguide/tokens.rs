//! Colours, sizes, spaces, radii, shadow and durations under their names.

use leptos::prelude::*;

use super::Part;

const GROUNDS: [&str; 3] = ["ground", "ground-raised", "ground-sunken"];
const LINES: [&str; 2] = ["line", "line-strong"];
const WORDS: [&str; 3] = ["text", "text-muted", "text-subtle"];
const ACCENTS: [&str; 4] = ["accent", "accent-hover", "accent-soft", "on-accent"];
const STATES: [&str; 6] = [
    "danger",
    "danger-hover",
    "danger-soft",
    "on-danger",
    "warn",
    "warn-soft",
];
const MARKET: [&str; 2] = ["up", "down"];
const AVERAGES: [&str; 4] = ["chart-5", "chart-20", "chart-60", "chart-120"];
const SERIES: [&str; 5] = ["series-1", "series-2", "series-3", "series-4", "series-5"];
const SIZES: [&str; 5] = ["xs", "sm", "md", "lg", "xl"];
const SPACES: [&str; 7] = ["1", "2", "3", "4", "5", "6", "7"];
const RADII: [&str; 4] = ["sm", "md", "lg", "round"];
const MOTIONS: [&str; 3] = ["quick", "calm", "soon"];

#[component]
pub fn Tokens() -> impl IntoView {
    let groups: [(&str, &[&'static str]); 8] = [
        ("Grounds", &GROUNDS),
        ("Lines", &LINES),
        ("Text", &WORDS),
        ("Accent", &ACCENTS),
        ("States", &STATES),
        ("Rise and fall", &MARKET),
        ("Averages", &AVERAGES),
        ("Series", &SERIES),
    ];
    let groups = groups.map(|(name, tokens)| {
        let colours = tokens.iter().map(|token| view! { <Colour token/> }).collect_view();
        view! { <h3>{name}</h3> <ul class="guide__swatches" role="list">{colours}</ul> }
    });
    let sizes = SIZES.map(|size| {
        let class = format!("guide__size guide__size--{size}");
        view! { <p class=class>{format!("--size-{size}")} " 0123456789 1,234,567 ▲ 2.34 %"</p> }
    });
    let spaces = SPACES.map(|space| {
        let width = format!("var(--space-{space})");
        view! {
            <li>
                <svg class="guide__bar" aria-hidden="true"><path d="M0 8h0.01" stroke="var(--accent)" stroke-width=width/></svg>
                <code>{format!("--space-{space}")}</code>
            </li>
        }
    });
    let radii = RADII.map(|radius| {
        view! { <li><span class=format!("guide__box guide__radius--{radius}")></span> <code>{format!("--radius-{radius}")}</code></li> }
    });
    let motions = MOTIONS.map(|motion| view! {
        <li><span class=format!("guide__box guide__motion--{motion}")></span> <code>{format!("--{motion}")}</code></li>
    });
    view! {
        <Part id="tokens" name="Tokens">
            {groups.collect_view()}
            <h3>"Type"</h3>
            {sizes.collect_view()}
            <h3>"Spaces"</h3>
            <ul class="guide__swatches" role="list">{spaces.collect_view()}</ul>
            <h3>"Radii"</h3>
            <ul class="guide__swatches" role="list">{radii.collect_view()}</ul>
            <h3>"Shadow"</h3>
            <ul class="guide__swatches" role="list">
                <li><span class="guide__box guide__shadow"></span> <code>"--shadow"</code></li>
            </ul>
            <h3>"Motion (hover)"</h3>
            <ul class="guide__swatches" role="list">{motions.collect_view()}</ul>
        </Part>
    }
}

/// The policy of the page knows no styles in attributes; `fill` is one of its own.
#[component]
fn Colour(token: &'static str) -> impl IntoView {
    view! {
        <li>
            <svg class="guide__colour" viewBox="0 0 40 40" aria-hidden="true">
                <rect x="1" y="1" width="38" height="38" rx="8" fill=format!("var(--{token})") stroke="var(--line-strong)"/>
            </svg>
            <code>{format!("--{token}")}</code>
        </li>
    }
}
