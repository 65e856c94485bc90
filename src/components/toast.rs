//! One short message over the page about what was just done, perhaps with a way to undo it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::dom::{find, rescue_focus};
use crate::model::text::watchlist as text;

/// What undoes what a message is about.
type Undo = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
struct Message {
    text: String,
    undo: Option<Undo>,
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
        self.0.set(Some(Message { text, undo: None }));
    }

    pub fn offer_undo(self, text: String, undo: impl Fn() + Send + Sync + 'static) {
        let undo: Undo = Arc::new(undo);
        self.0.set(Some(Message { text, undo: Some(undo) }));
    }

    fn clear(self) {
        self.0.set(None);
        // Its buttons are gone.
        rescue_focus(|| find("#main"));
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
            toasts.clear();
        }
        now
    });
    let undo = move || {
        toasts
            .0
            .with(|message| message.as_ref().and_then(|message| message.undo.clone()))
            .map(|undo| {
                let press = move |_| {
                    toasts.clear();
                    undo();
                };
                view! { <button class="button button--quiet" type="button" on:click=press>{text::undo()}</button> }
            })
    };
    let is_empty = move || toasts.0.with(Option::is_none);
    view! {
        <div class="toast" data-empty=move || is_empty().then_some("true")>
            <p role="status">
                {move || toasts.0.with(|message| message.as_ref().map(|message| message.text.clone()))}
            </p>
            {undo}
            {move || (!is_empty()).then(|| view! {
                <button class="button button--quiet" type="button" on:click=move |_| toasts.clear()>{text::close()}</button>
            })}
        </div>
    }
}
