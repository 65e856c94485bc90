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
/// Tokens with the classes that show them.
const SIZES: [(&str, &str); 5] = [
    ("--size-xs", "guide__size--xs"),
    ("--size-sm", "guide__size--sm"),
    ("--size-md", "guide__size--md"),
    ("--size-lg", "guide__size--lg"),
    ("--size-xl", "guide__size--xl"),
];
const SPACES: [&str; 7] = ["1", "2", "3", "4", "5", "6", "7"];
const RADII: [(&str, &str); 4] = [
    ("--radius-sm", "guide__radius--sm"),
    ("--radius-md", "guide__radius--md"),
    ("--radius-lg", "guide__radius--lg"),
    ("--radius-round", "guide__radius--round"),
];
const MOTIONS: [(&str, &str); 3] = [
    ("--quick", "guide__motion--quick"),
    ("--calm", "guide__motion--calm"),
    ("--soon", "guide__motion--soon"),
];

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
        let colours = tokens
            .iter()
            .copied()
            .map(|token| view! { <Colour token/> })
            .collect_view();
        view! { <h3>{name}</h3> <ul class="guide__swatches" role="list">{colours}</ul> }
    });
    let sizes = SIZES.map(|(token, class)| view! { <p class=class>{token} " 0123456789 1,234,567 ▲ 2.34 %"</p> });
    let spaces = SPACES.map(|space| {
        let width = format!("var(--space-{space})");
        view! {
            <li>
                <svg class="guide__bar" aria-hidden="true"><path d="M32 0v16" stroke="var(--accent)" stroke-width=width/></svg>
                <code>{format!("--space-{space}")}</code>
            </li>
        }
    });
    let boxes = |(token, class): (&'static str, &'static str)| {
        view! { <li><span class=format!("guide__box {class}")></span> <code>{token}</code></li> }
    };
    let (radii, motions) = (RADII.map(boxes), MOTIONS.map(boxes));
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
