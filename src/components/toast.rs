//! One short message over the page about what was just done, perhaps with a way to undo it.

use std::sync::Arc;

use leptos::{
    ev,
    prelude::*,
    wasm_bindgen::JsCast as _,
    web_sys::{Element, HtmlElement},
};
use leptos_router::hooks::use_location;

use super::dom::{find, rescue_focus};
use crate::model::text::watchlist as text;

/// What undoes what a message is about.
type Undo = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
struct Message {
    text: String,
    undo: Option<Undo>,
    /// What had the focus when it came: mostly what it is about.
    from: Option<StoredValue<HtmlElement, LocalStorage>>,
}

/// Where messages are sent to; a new one takes the place of the one before.
#[derive(Clone, Copy)]
pub struct Toasts(RwSignal<Option<Message>>);

impl Default for Toasts {
    fn default() -> Self {
        Self(RwSignal::new(None))
    }
}

impl Toasts {
    pub fn say(self, text: String) {
        self.show(text, None);
    }

    pub fn offer_undo(self, text: String, undo: impl Fn() + Send + Sync + 'static) {
        self.show(text, Some(Arc::new(undo)));
    }

    fn show(self, text: String, undo: Option<Undo>) {
        let active = document().active_element().filter(|active| active.tag_name() != "BODY");
        let from = active.and_then(|active| active.dyn_into().ok());
        let from = from.map(StoredValue::new_local);
        self.put(Some(Message { text, undo, from }));
    }

    fn put(self, message: Option<Message>) {
        let before = self
            .0
            .with_untracked(|before| before.as_ref().and_then(|before| before.from));
        self.0.set(message);
        // Nobody else lets go of it: messages come when no part of a page is being made.
        if let Some(from) = before {
            from.dispose();
        }
    }

    /// Closes the message; its buttons are gone then.
    fn close(self) {
        let from = self.0.with_untracked(|message| message.as_ref()?.from?.try_get_value());
        self.put(None);
        rescue_focus(move || {
            // It may have gone with the page, or stand in the message before this one.
            from.filter(|from| from.is_connected() && !is_in_message(from))
                .or_else(|| find("#main"))
        });
    }
}

/// The place of the messages. It is there before they are, so that they are read aloud. They stay
/// until they are closed, or the page is left: nobody has to hurry.
#[component]
pub fn Toast() -> impl IntoView {
    let toasts: Toasts = expect_context();
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            toasts.put(None);
        }
        now
    });
    let undo = move || {
        toasts
            .0
            .with(|message| message.as_ref().and_then(|message| message.undo.clone()))
            .map(|undo| {
                let press = move |_| {
                    toasts.close();
                    undo();
                };
                view! { <button class="button button--quiet toast__undo" type="button" on:click=press>{text::undo()}</button> }
            })
    };
    let is_empty = move || toasts.0.with(Option::is_none);
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            toasts.close();
        }
    };
    view! {
        <div class="toast" data-empty=move || is_empty().then_some("true") on:keydown=escape>
            <p role="status">
                {move || toasts.0.with(|message| message.as_ref().map(|message| message.text.clone()))}
            </p>
            {undo}
            {move || (!is_empty()).then(|| view! {
                <button class="button button--quiet" type="button" on:click=move |_| toasts.close()>{text::close()}</button>
            })}
        </div>
    }
}

fn is_in_message(element: &Element) -> bool {
    element.closest(".toast").is_ok_and(|message| message.is_some())
}
