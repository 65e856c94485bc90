//! Keys for whoever goes through listings without a mouse. They move the focus, so that everything
//! else (opening, reading aloud) is what the browser does anyway.

use leptos::{
    ev, html,
    prelude::*,
    wasm_bindgen::JsCast as _,
    web_sys::{Element, EventTarget, HtmlElement},
};

use super::dom::{all_in, close, find, find_in, focus};
use crate::model::{Keys, text::listing as text};

/// What `j` and `k` go through.
const ROWS: &str = "main tbody a.name__text";
/// One at most: they have the same name.
const OPEN_PANEL: &str = "details.panel[open]";

/// What a panel asks before it does something.
const QUESTION: &str = "details.panel[open] details[open]";

/// Listens to keys on the pages of the market, and explains them.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let help = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let keys = window_event_listener(ev::keydown, move |event| press(&event, help));
        // What was begun in a panel, as choosing a part of its text, may end outside of it.
        let began_in_it = StoredValue::new(false);
        let pressed = window_event_listener(ev::pointerdown, move |event| {
            began_in_it.set_value(panel_around(event.target()).is_some());
        });
        let pointer = window_event_listener(ev::click, move |event| {
            let began_in_it = began_in_it.try_update_value(std::mem::take);
            let target = event.target();
            // A link of a panel may be gone for having been pressed.
            let is_there = target.as_ref().and_then(|target| target.dyn_ref::<Element>());
            if began_in_it != Some(true) && is_there.is_none_or(|target| target.is_connected()) {
                close_panels(target);
            }
        });
        // What has the focus is not to lie under a panel.
        let focus = window_event_listener(ev::focusin, move |event| leave_panel(event.target()));
        on_cleanup(move || {
            keys.remove();
            pressed.remove();
            pointer.remove();
            focus.remove();
        });
    });
    let keys = text::keys_help().map(|(key, what)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div> });
    view! {
        <dialog class="dialog" node_ref=help aria-labelledby="keys-title">
            <h2 id="keys-title">{text::keys()}</h2>
            <dl class="keys">{keys.collect_view()}</dl>
            <p class="help">{text::keys_help_off()}</p>
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
        match find(QUESTION) {
            Some(question) => close(&question),
            None => close_panels(None),
        }
    }
    if is_composing || has_modifier || event.default_prevented() || is_typed_into(event) || are_off() {
        return;
    }
    let is_done = match event.key().as_str() {
        "/" => focus(find("input[type=search]")),
        "j" | "ㅓ" => focus(neighbour(true)),
        "k" | "ㅏ" => focus(neighbour(false)),
        "s" | "ㄴ" => event.repeat() || press_star(),
        "u" | "ㅕ" => event.repeat() || undo(),
        "?" => explain(help),
        _ => false,
    };
    if is_done {
        event.prevent_default();
    }
}

/// Closes the panels that lie over the page, but for the one in which `within` is.
fn close_panels(within: Option<EventTarget>) {
    if let Some(panel) = find(OPEN_PANEL)
        && panel_around(within).is_none()
    {
        close(&panel);
    }
}

fn panel_around(target: Option<EventTarget>) -> Option<Element> {
    let target = target?.dyn_into::<Element>().ok()?;
    target.closest(OPEN_PANEL).ok().flatten()
}

/// Whether the reader wants none of them.
fn are_off() -> bool {
    let root = document().document_element();
    root.and_then(|root| root.get_attribute("data-keys")).as_deref() == Some(Keys::Off.as_str())
}

/// Closes the panel that the focus has left. A press on what takes no focus gives it to what is
/// around the panel: nobody has left it then.
fn leave_panel(to: Option<EventTarget>) {
    let around = to.as_ref().and_then(|to| to.dyn_ref::<Element>());
    let is_around = around.is_some_and(|around| find(OPEN_PANEL).is_some_and(|panel| around.contains(Some(&panel))));
    if !is_around {
        close_panels(to);
    }
}

fn is_typed_into(event: &ev::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|target| {
        let takes_text = "input:not([type=checkbox], [type=radio]), textarea, select";
        find("dialog[open]").is_some() || target.is_content_editable() || target.matches(takes_text).unwrap_or(true)
    })
}

/// The star of the row with the focus; outside of lists that of the page's own issue.
fn press_star() -> bool {
    let active = document().active_element();
    let row = active.and_then(|active| active.closest("tr, .watch-item").ok().flatten());
    let star = match row {
        Some(row) => find_in::<HtmlElement>(&row, ".star__button"),
        None => find(".stock-head .star__button"),
    };
    let Some(star) = star else { return false };
    star.click();
    true
}

/// Undoes what the message over the page is about.
fn undo() -> bool {
    let button = find(".toast__undo");
    if let Some(button) = &button {
        button.click();
    }
    button.is_some()
}

/// The row after the one with the focus, or before it; without one the first that is seen.
fn neighbour(is_next: bool) -> Option<HtmlElement> {
    let rows: Vec<HtmlElement> = all_in(&document().document_element()?, ROWS);
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
