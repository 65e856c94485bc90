//! From page to page as browsers do it, which a program in their place has to do itself: a sign that
//! the next one is on its way, the focus where it begins, and on the way back both the page and the
//! focus where they were.

use std::collections::HashMap;

use leptos::{prelude::*, wasm_bindgen::JsCast as _, web_sys::HtmlElement};

use crate::model::text::listing as text;

/// Where a reader was on a page that was left.
#[derive(Debug, Clone, Default)]
struct Place {
    top: f64,
    /// The address of the link that led away.
    link: Option<String>,
}

/// The way between pages. What it knows of them is gone with the document.
#[derive(Clone, Copy)]
pub struct Passage {
    waits_for_page: RwSignal<bool>,
    waits_for_data: RwSignal<bool>,
    /// The path of the page that is seen, whatever the address bar says already.
    seen: StoredValue<String>,
    is_way_back: StoredValue<bool>,
    /// By address.
    places: StoredValue<HashMap<String, Place>>,
}

impl Default for Passage {
    fn default() -> Self {
        Self {
            waits_for_page: RwSignal::new(false),
            waits_for_data: RwSignal::new(false),
            seen: StoredValue::new(String::new()),
            is_way_back: StoredValue::new(false),
            places: StoredValue::new(HashMap::new()),
        }
    }
}

impl Passage {
    /// What the router tells: that it sets out for another page, and that this page is there.
    pub fn router(self) -> SignalSetter<bool> {
        SignalSetter::map(move |sets_out: bool| {
            if sets_out {
                self.leave();
            } else {
                self.arrive();
            }
            self.waits_for_page.set(sets_out);
        })
    }

    /// What a page tells that waits for other data of its own.
    pub fn data(self) -> SignalSetter<bool> {
        SignalSetter::map(move |waits: bool| {
            // A page that the server sends is whole.
            if cfg!(feature = "hydrate") {
                self.waits_for_data.set(waits);
            }
        })
    }

    fn leave(self) {
        // Forwards the address changes last, backwards the browser has changed it already.
        let is_way_back = window().location().pathname().ok() != Some(self.seen.get_value());
        self.is_way_back.set_value(is_way_back);
        if is_way_back {
            return;
        }
        let place = Place {
            top: window().scroll_y().unwrap_or_default(),
            link: document().active_element().and_then(|link| link.get_attribute("href")),
        };
        self.places.update_value(|places| {
            places.insert(address(), place);
        });
    }

    fn arrive(self) {
        self.waits_for_data.set(false);
        // Once the page is in the document, and the address in its bar.
        request_animation_frame(move || {
            self.seen.set_value(window().location().pathname().unwrap_or_default());
            let place = if self.is_way_back.get_value() {
                self.places.with_value(|places| places.get(&address()).cloned())
            } else if window().location().hash().is_ok_and(|hash| hash.is_empty()) {
                Some(Place::default())
            } else {
                None
            };
            let link = place.as_ref().and_then(|place| place.link.as_deref());
            focus(link.and_then(link_to).or_else(|| find("#main")));
            // After the focus, which scrolls to what has it.
            if let Some(place) = place {
                window().scroll_to_with_x_and_y(0.0, place.top);
            }
        });
    }
}

/// A line at the top of the window while something is on its way.
#[component]
pub fn WaitingLine() -> impl IntoView {
    let passage: Passage = expect_context();
    Effect::new(move |_| {
        passage
            .seen
            .set_value(window().location().pathname().unwrap_or_default());
    });
    let is_idle = move || !passage.waits_for_page.get() && !passage.waits_for_data.get();
    view! { <div class="waiting" role="progressbar" aria-label=text::LOADING aria-busy="true" hidden=is_idle></div> }
}

fn address() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// The link of the page to that address, else one beside the page.
fn link_to(address: &str) -> Option<HtmlElement> {
    if address.contains(['"', '\\']) {
        return None;
    }
    find(&format!("main a[href=\"{address}\"]")).or_else(|| find(&format!("a[href=\"{address}\"]")))
}

fn focus(element: Option<HtmlElement>) {
    if let Some(element) = element {
        // Fails only when the page is gone.
        let _ = element.focus();
    }
}
