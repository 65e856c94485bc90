//! The place of a drawing in which a pointer, a finger or the keys choose a day.

use std::sync::Arc;

use leptos::{ev, html, prelude::*};

use crate::model::{
    market::chart::{HEIGHT, WIDTH},
    text::stocks as text,
};

/// Days that the page keys go by.
const PAGE: usize = 10;

/// A name, what stands beside it, and how that is coloured.
pub struct Value {
    pub name: String,
    pub text: String,
    pub class: &'static str,
}

/// What there is to say about each day, or week, or month of a drawing.
pub trait Readable: Send + Sync {
    /// How many there are.
    fn count(&self) -> usize;
    /// The one at a part of the width, 0 to 1; the first or the last beyond it.
    fn place_at(&self, part: f64) -> usize;
    fn date(&self, place: usize) -> &str;
    /// About one; without one, about the last.
    fn values(&self, place: Option<usize>) -> Vec<Value>;
    /// The same as a sentence.
    fn in_words(&self, place: usize) -> String;
    /// The lines through one, as a path; empty without one.
    fn cross(&self, place: Option<usize>) -> String;
}

/// The values of what was chosen, else of the last one.
#[component]
pub fn Values(drawn: Arc<dyn Readable>, selected: RwSignal<Option<usize>>) -> impl IntoView {
    let values = move || {
        let values = drawn.values(selected.get()).into_iter();
        values
            .map(|value| view! { <div class=value.class><dt>{value.name}</dt><dd>{value.text}</dd></div> })
            .collect_view()
    };
    view! { <dl class="chart__values">{values}</dl> }
}

/// The drawing, whose marks are the children, and what chooses a day of it.
#[component]
pub fn Plot(
    drawn: Arc<dyn Readable>,
    selected: RwSignal<Option<usize>>,
    /// What the drawing shows.
    in_words: String,
    children: Children,
) -> impl IntoView {
    let plot = NodeRef::<html::Div>::new();
    // What a key brought up is read aloud; what the pointer passes over is not.
    let spoken = RwSignal::new(String::new());
    let point = {
        let drawn = Arc::clone(&drawn);
        move |event: ev::PointerEvent| {
            let width = plot.get_untracked().map_or(0, |plot| plot.client_width());
            let part = f64::from(event.offset_x()) / f64::from(width.max(1));
            selected.set(Some(drawn.place_at(part)));
        }
    };
    // A finger that was lifted leaves the values standing.
    let leave = move |event: ev::PointerEvent| {
        if event.pointer_type() == "mouse" {
            selected.set(None);
        }
    };
    let press = {
        let drawn = Arc::clone(&drawn);
        move |event: ev::KeyboardEvent| {
            // The browser's own: back, forward, the ends of the page.
            if event.alt_key() || event.ctrl_key() || event.meta_key() {
                return;
            }
            let last = drawn.count().saturating_sub(1);
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
            spoken.set(drawn.in_words(next.min(last)));
        }
    };
    let cross = {
        let drawn = Arc::clone(&drawn);
        move || drawn.cross(selected.get())
    };
    let shown = in_words.clone();
    // Only in a browser that runs this: a slider without a program behind it would be a lie.
    Effect::new(move |_| {
        let Some(plot) = plot.get() else { return };
        let last = drawn.count().saturating_sub(1);
        let place = selected.get().unwrap_or(last);
        for (name, value) in [
            ("role", "slider".to_owned()),
            ("tabindex", "0".to_owned()),
            // Nobody is told what is in a slider: its name says what the picture shows.
            ("aria-label", format!("{} {shown}", text::chart_keys())),
            ("aria-valuemin", "1".to_owned()),
            ("aria-valuemax", (last + 1).to_string()),
            ("aria-valuenow", (place + 1).to_string()),
            ("aria-valuetext", drawn.date(place).to_owned()),
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
                {children()}
                <path class="chart__cross" d=cross/>
            </svg>
        </div>
        <p class="visually-hidden" role="status">{move || spoken.get()}</p>
    }
}
