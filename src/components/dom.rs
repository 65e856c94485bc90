//! Elements of the document that is open. On the server there is none: this is for event listeners
//! and effects, which only browsers run.

use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, FocusOptions, HtmlElement},
};

/// The first element that `selector` fits.
#[must_use]
pub fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// The first such element within another one.
#[must_use]
pub fn find_in<T: JsCast>(within: &Element, selector: &str) -> Option<T> {
    within.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// All such elements within another one, in their order.
#[must_use]
pub fn all_in<T: JsCast>(within: &Element, selector: &str) -> Vec<T> {
    let Ok(found) = within.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|place| found.item(place)?.dyn_into().ok())
        .collect()
}

/// Moves the focus; whether there was something to move it to.
pub fn focus(element: Option<HtmlElement>) -> bool {
    element.is_some_and(|element| element.focus().is_ok())
}

/// What had the focus is about to go, or is gone: when it is, `next` gets the focus, and the page is
/// not scrolled to it. Whoever goes by keys would begin at the top of the page again.
pub fn rescue_focus(next: impl FnOnce() -> Option<HtmlElement> + 'static) {
    request_animation_frame(move || {
        let active = document().active_element();
        if active.is_none_or(|active| active.tag_name() == "BODY")
            && let Some(next) = next()
        {
            focus_in_place(&next);
        }
    });
}

/// Moves the focus, and not the page.
pub fn focus_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // Fails only when the page is gone.
    let _ = element.focus_with_options(&options);
}

/// Lets an element have the focus that is no stop of the Tab key.
pub fn make_focusable(element: &HtmlElement) {
    // Fails only when the page is gone.
    let _ = element.set_attribute("tabindex", "-1");
}

/// Closes `details`; who was in it is then on what opens it.
pub fn close(details: &Element) {
    let active = document().active_element();
    let was_in_it = active.is_some_and(|active| details.contains(Some(&active)));
    // Fails only when the page is gone.
    let _ = details.remove_attribute("open");
    if was_in_it {
        focus(find_in(details, "summary"));
    }
}

/// Whether this part of the page has come to life: set in browsers that run the program, some time
/// after the page is there. What could do nothing without it waits for this.
#[must_use]
pub fn alive() -> ReadSignal<bool> {
    let (alive, set) = signal(false);
    Effect::new(move |_| set.set(true));
    alive
}
