//! Stars of rows that are one piece of HTML: a form each, as everywhere, looked after by the table.

use leptos::{ev::SubmitEvent, html, prelude::*, wasm_bindgen::JsCast as _, web_sys};
use maud::{Markup, html};

use super::{Face, Toasts, WatchedCodes, text, way_back};
use crate::{
    components::dom::{all_in, find_in},
    model::navigation,
};

/// The stars of a table.
#[derive(Clone)]
pub struct RowStars {
    watched: WatchedCodes,
    toasts: Toasts,
    back: Option<String>,
}

impl RowStars {
    /// For a table of the page that is being made.
    #[must_use]
    pub fn of_page() -> Self {
        Self {
            watched: expect_context(),
            toasts: expect_context(),
            back: way_back(),
        }
    }

    /// The star of an issue as it is now.
    #[must_use]
    pub fn html(&self, code: &str, name: &str) -> Markup {
        let face = Face::of(untrack(|| self.watched.is_watched(code)));
        html! {
            form class="star" method="post" action=(navigation::WATCHLIST) {
                input type="hidden" name="code" value=(code);
                @if let Some(back) = &self.back { input type="hidden" name="next" value=(back); }
                button class="star__button" type="submit" name="action" value=(face.action)
                    aria-label=(text::star(name)) aria-pressed=(face.pressed) title=(face.title) {}
            }
        }
    }

    /// Keeps the stars of these rows at what the page knows.
    pub fn follow(&self, body: NodeRef<html::Tbody>) {
        let watched = self.watched;
        Effect::new(move |_| {
            watched.codes.track();
            let Some(body) = body.get() else { return };
            for star in all_in::<web_sys::Element>(&body, "form.star") {
                show(&star, watched);
            }
        });
    }

    /// A star was pressed. When it is not one of ours the browser does what a form says.
    pub fn press(&self, event: &SubmitEvent) {
        let form = event.target().and_then(|form| form.dyn_into::<web_sys::Element>().ok());
        let Some(form) = form else { return };
        let row = form.closest("tr").ok().flatten();
        let name = row.and_then(|row| find_in::<web_sys::Element>(&row, ".name__text"));
        let (Some(code), Some(name)) = (code_of(&form), name) else {
            return;
        };
        event.prevent_default();
        let is_watched = untrack(|| self.watched.is_watched(&code));
        let name = name.text_content().unwrap_or_default();
        self.watched.toggle(self.toasts, &code, name, is_watched);
    }
}

fn code_of(form: &web_sys::Element) -> Option<String> {
    find_in::<web_sys::Element>(form, "[name=code]")?.get_attribute("value")
}

fn show(star: &web_sys::Element, watched: WatchedCodes) {
    let button = find_in::<web_sys::Element>(star, "button");
    let (Some(code), Some(button)) = (code_of(star), button) else {
        return;
    };
    let face = Face::of(watched.is_watched(&code));
    if button.get_attribute("aria-pressed").as_deref() == Some(face.pressed) {
        return;
    }
    for (name, value) in [
        ("value", face.action),
        ("aria-pressed", face.pressed),
        ("title", face.title),
    ] {
        // Fails only when the page is gone.
        let _ = button.set_attribute(name, value);
    }
}
