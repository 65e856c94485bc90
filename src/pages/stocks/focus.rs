//! Whoever goes by keys goes on near what they pressed, also where that is gone by then.

use leptos::{ev, prelude::*};

use crate::components::dom::{find, rescue_focus};
use crate::model::market::ListingView;

/// Whether a key has pressed something since the rows changed. Browsers differ in whether a pointer
/// gives the focus to a link at all, and know by themselves where its user is.
#[derive(Clone, Copy)]
pub struct Pressed(StoredValue<bool>);

impl Pressed {
    /// Rescues the focus when another view begins, and when its rows are there.
    pub fn new(view: Memo<ListingView>, waiting: RwSignal<bool>) -> Self {
        let pressed = Self(StoredValue::new(false));
        Effect::new(move |_| {
            view.track();
            if pressed.0.try_get_value() == Some(true) {
                rescue_focus(|| {
                    let opener = find("details.panel[open] > summary");
                    opener
                        .or_else(|| find("nav .chips a"))
                        .or_else(|| find("details.panel > summary"))
                });
            }
        });
        Effect::new(move |was_waiting: Option<bool>| {
            let is_waiting = waiting.get();
            if was_waiting == Some(true) && !is_waiting && pressed.0.try_update_value(std::mem::take) == Some(true) {
                rescue_focus(|| find(".pager [aria-current]").or_else(|| find("#main")));
            }
            is_waiting
        });
        pressed
    }

    /// A click that no pointer made is a key's.
    pub fn hear(self, event: &ev::MouseEvent) {
        if event.detail() == 0 {
            self.0.set_value(true);
        }
    }
}
