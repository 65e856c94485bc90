//! Keys for whoever goes through listings without a mouse. They move the focus, so that everything
//! else (opening, reading aloud) is what the browser does anyway.

use leptos::{
    ev, html,
    prelude::*,
    wasm_bindgen::JsCast as _,
    web_sys::{Element, EventTarget, HtmlElement},
};

use crate::model::text::listing as text;

/// What `j` and `k` go through.
const ROWS: &str = "main tbody a.name__text";
/// One at most: they have the same name.
const OPEN_PANEL: &str = "details.panel[open]";

/// Listens to keys on the pages of the market, and explains them.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let help = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let keys = window_event_listener(ev::keydown, move |event| press(&event, help));
        let pointer = window_event_listener(ev::pointerdown, move |event| close_panels(event.target()));
        on_cleanup(move || {
            keys.remove();
            pointer.remove();
        });
    });
    let keys = text::keys_help().map(|(key, what)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div> });
    view! {
        <dialog class="dialog" node_ref=help aria-labelledby="keys-title">
            <h2 id="keys-title">{text::keys()}</h2>
            <dl class="keys">{keys.collect_view()}</dl>
            <form method="dialog">
                <button class="button">{text::keys_close()}</button>
            </form>
        </dialog>
    }
}

fn press(event: &ev::KeyboardEvent, help: NodeRef<html::Dialog>) {
    // Nothing fires while Hangul is composed, with a modifier, or where text goes.
    let is_composing = event.is_composing() || event.key_code() == 229;
    let has_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
    if event.key() == "Escape" && !is_composing {
        close_panels(None);
    }
    if is_composing || has_modifier || event.default_prevented() || is_typed_into(event) {
        return;
    }
    let is_done = match event.key().as_str() {
        "/" => focus(find("input[type=search]")),
        "j" | "ㅓ" => focus(neighbour(true)),
        "k" | "ㅏ" => focus(neighbour(false)),
        "s" | "ㄴ" => event.repeat() || press_star(),
        "?" => explain(help),
        _ => false,
    };
    if is_done {
        event.prevent_default();
    }
}

/// Closes the panels that lie over the page, but for the one in which `within` is.
fn close_panels(within: Option<EventTarget>) {
    let within = within.and_then(|within| within.dyn_into::<Element>().ok());
    let kept = within.and_then(|within| within.closest(OPEN_PANEL).ok().flatten());
    if let Some(panel) = find(OPEN_PANEL)
        && kept.is_none()
    {
        close_panel(&panel);
    }
}

/// Closes a panel; who was in it is then on what opens it.
pub fn close_panel(panel: &Element) {
    let active = document().active_element();
    let was_in_it = active.is_some_and(|active| panel.contains(Some(&active)));
    // Fails only when the page is gone.
    let _ = panel.remove_attribute("open");
    let summary = panel.query_selector("summary").ok().flatten();
    if was_in_it {
        focus(summary.and_then(|summary| summary.dyn_into().ok()));
    }
}

fn is_typed_into(event: &ev::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|target| {
        let takes_text = "input:not([type=checkbox], [type=radio]), textarea, select";
        find("dialog[open]").is_some() || target.is_content_editable() || target.matches(takes_text).unwrap_or(true)
    })
}

fn find(selector: &str) -> Option<HtmlElement> {
    let found = document().query_selector(selector).ok().flatten()?;
    found.dyn_into().ok()
}

fn focus(element: Option<HtmlElement>) -> bool {
    let Some(element) = element else { return false };
    element.focus().is_ok()
}

/// The star of the row with the focus; outside of lists that of the page's own issue.
fn press_star() -> bool {
    let active = document().active_element();
    let row = active.and_then(|active| active.closest("tr, .watch-item").ok().flatten());
    let star = match row {
        Some(row) => row.query_selector(".star__button").ok().flatten(),
        None => document().query_selector(".stock-head .star__button").ok().flatten(),
    };
    let Some(star) = star.and_then(|star| star.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    star.click();
    true
}

/// The row after the one with the focus, or before it; without one the first that is seen.
fn neighbour(is_next: bool) -> Option<HtmlElement> {
    let rows = document().query_selector_all(ROWS).ok()?;
    let rows: Vec<HtmlElement> = (0..rows.length())
        .filter_map(|place| rows.item(place)?.dyn_into().ok())
        .collect();
    let row_of = |element: &Element| element.closest("tr").ok().flatten();
    let active = document().active_element().and_then(|active| row_of(&active));
    let place = active.and_then(|active| rows.iter().position(|row| row_of(row).as_ref() == Some(&active)));
    let chosen = match (place, is_next) {
        (Some(place), true) => place.saturating_add(1).min(rows.len().saturating_sub(1)),
        (Some(place), false) => place.saturating_sub(1),
        (None, _) => rows
            .iter()
            .position(|row| row.get_bounding_client_rect().top() >= 0.0)
            .unwrap_or_default(),
    };
    rows.get(chosen).cloned()
}

fn explain(help: NodeRef<html::Dialog>) -> bool {
    help.get_untracked().is_some_and(|help| help.show_modal().is_ok())
}
