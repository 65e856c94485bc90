//! From page to page as browsers do it, which a program in their place has to do itself: the focus
//! where the next one begins, and on the way back both the page and the focus where they were.

use leptos::{prelude::*, web_sys::HtmlElement};

use super::{
    Waiting,
    dom::{find, focus},
};

/// Where a reader was on a page that was left.
#[derive(Debug, Clone, Default)]
struct Place {
    top: f64,
    /// The address of the link that led away, and where in the window it was.
    link: Option<(String, f64)>,
}

/// The way between pages. What it knows of them is gone with the document.
#[derive(Clone, Copy)]
pub struct Passage {
    /// The path of the page that is seen, whatever the address bar says already.
    seen: StoredValue<String>,
    is_way_back: StoredValue<bool>,
    /// By address.
    places: StoredValue<Vec<(String, Place)>>,
}

impl Default for Passage {
    fn default() -> Self {
        Self {
            seen: StoredValue::new(String::new()),
            is_way_back: StoredValue::new(false),
            places: StoredValue::new(Vec::new()),
        }
    }
}

impl Passage {
    /// The page that the server sent is seen once the browser has it.
    pub fn begin(self) {
        Effect::new(move |_| self.see());
    }

    /// What the router tells: that it sets out for another page, and that this page is there.
    pub fn router(self, waiting: Waiting) -> SignalSetter<bool> {
        SignalSetter::map(move |sets_out: bool| {
            if sets_out {
                self.leave();
            } else {
                self.arrive();
            }
            waiting.for_page().set(sets_out);
        })
    }

    fn see(self) {
        self.seen.set_value(window().location().pathname().unwrap_or_default());
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
            link: document()
                .active_element()
                .and_then(|link| Some((link.get_attribute("href")?, link.get_bounding_client_rect().top()))),
        };
        self.places.update_value(|places| {
            let here = address();
            places.retain(|(address, _)| *address != here);
            places.push((here, place));
        });
    }

    fn place_of(self, address: &str) -> Option<Place> {
        self.places.with_value(|places| {
            let place = places.iter().find(|(other, _)| other == address);
            place.map(|(_, place)| place.clone())
        })
    }

    fn arrive(self) {
        // Once the page is in the document, and the address in its bar.
        request_animation_frame(move || {
            self.see();
            let place = if self.is_way_back.get_value() {
                // A page that was not left by a link was never scrolled away from.
                Some(self.place_of(&address()).unwrap_or_default())
            } else if window().location().hash().is_ok_and(|hash| hash.is_empty()) {
                Some(Place::default())
            } else {
                None
            };
            let left_by = place.as_ref().and_then(|place| place.link.clone());
            let link = left_by.and_then(|(address, top)| Some((link_to(&address)?, top)));
            focus(link.as_ref().map(|(link, _)| link.clone()).or_else(|| find("#main")));
            // After the focus, which scrolls to what has it.
            if let Some(place) = place {
                window().scroll_to_with_x_and_y(0.0, place.top);
            }
            // What is above may be higher or lower than it was.
            if let Some((link, top)) = link {
                window().scroll_by_with_x_and_y(0.0, link.get_bounding_client_rect().top() - top);
            }
        });
    }
}

fn address() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

/// The link of the page to that address, else one beside the page.
fn link_to(address: &str) -> Option<HtmlElement> {
    if address.contains(['"', '\\']) {
        return None;
    }
    find(&format!("main a[href=\"{address}\"]")).or_else(|| find(&format!("a[href=\"{address}\"]")))
}
