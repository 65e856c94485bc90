//! The search of the listing. With JavaScript it suggests while one types, also in the middle of a
//! Hangul syllable; without, it is a form.

use std::time::Duration;

use leptos::{ev, html, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    components::{Others, QueryForm, dom::alive},
    functions::stocks::suggestions,
    model::{
        market::{
            Listing,
            format::{self, Direction},
        },
        text::{listing as text, stocks},
    },
};

/// How long nothing must be typed before suggestions are asked for.
const PAUSE: Duration = Duration::from_millis(90);
const LIST: &str = "suggestions";

/// What is offered while one types.
#[derive(Clone, Copy)]
struct Offer {
    stocks: RwSignal<Vec<Listing>>,
    /// Nothing fits what was typed.
    is_empty: RwSignal<bool>,
    /// Which of them was chosen by the arrows.
    active: RwSignal<Option<usize>>,
    /// What is in the field now: answers to something else come too late.
    wanted: StoredValue<String>,
    pause: StoredValue<Option<TimeoutHandle>>,
}

impl Offer {
    fn new() -> Self {
        Self {
            stocks: RwSignal::new(Vec::new()),
            is_empty: RwSignal::new(false),
            active: RwSignal::new(None),
            wanted: StoredValue::new(String::new()),
            pause: StoredValue::new(None),
        }
    }

    fn is_open(self) -> bool {
        self.stocks.with(|stocks| !stocks.is_empty()) || self.is_empty.get()
    }

    fn close(self) {
        self.stocks.set(Vec::new());
        self.is_empty.set(false);
        self.active.set(None);
        self.wanted.set_value(String::new());
    }

    /// Something else is in the field.
    fn typed(self, text: String) {
        if let Some(Some(pause)) = self.pause.try_update_value(Option::take) {
            pause.clear();
        }
        if text.is_empty() {
            self.close();
            return;
        }
        self.wanted.set_value(text);
        self.pause
            .set_value(set_timeout_with_handle(move || self.ask(), PAUSE).ok());
    }

    fn ask(self) {
        // The page may be another one by now.
        let Some(text) = self.wanted.try_get_value() else {
            return;
        };
        spawn_local(async move {
            let Ok(found) = suggestions(text.clone()).await else {
                return;
            };
            let is_wanted = self.wanted.try_get_value().is_some_and(|wanted| wanted == text);
            if is_wanted && !text.is_empty() {
                self.active.set(None);
                self.is_empty.set(found.is_empty());
                self.stocks.set(found);
            }
        });
    }

    /// The code of the issue that the arrows chose.
    fn chosen(self) -> Option<String> {
        let place = self.active.get_untracked()?;
        self.stocks
            .with_untracked(|stocks| stocks.get(place).map(|stock| stock.code.clone()))
    }

    /// Whether the key was one for the list.
    fn press(self, event: &ev::KeyboardEvent, go: impl FnOnce(&str)) -> bool {
        // The keys that finish a syllable are none of ours.
        if event.is_composing() || event.key_code() == 229 {
            return false;
        }
        let count = self.stocks.with_untracked(Vec::len);
        let now = self.active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if count > 0 => self.active.set(Some(now.map_or(0, |now| (now + 1) % count))),
            "ArrowUp" if count > 0 => {
                let before = now.map_or(count - 1, |now| (now + count - 1) % count);
                self.active.set(Some(before));
            }
            "Enter" => {
                let Some(code) = self.chosen() else {
                    self.close();
                    return false;
                };
                go(&code);
            }
            "Escape" if count > 0 || self.is_empty.get_untracked() => self.close(),
            _ => return false,
        }
        true
    }

    fn in_words(self) -> String {
        if self.is_empty.get() {
            return text::no_suggestion().to_owned();
        }
        match self.stocks.with(Vec::len) {
            0 => String::new(),
            count => text::suggestions(&count.to_string()),
        }
    }
}

/// The field holds `typed`; `others` go along with what is searched for. Where an issue is chosen of
/// those that are suggested, the page goes to its `path_of`.
#[component]
pub fn SearchBox(
    action: &'static str,
    /// What is typed is called so in the address.
    name: &'static str,
    label: &'static str,
    button: &'static str,
    #[prop(into)] path_of: Callback<String, String>,
    #[prop(into)] typed: Signal<String>,
    #[prop(into)] others: Signal<Vec<(&'static str, String)>>,
) -> impl IntoView {
    let offer = Offer::new();
    // Only in a browser that runs this: a form alone is no combobox.
    let alive = alive();
    let input = NodeRef::<html::Input>::new();
    // What was typed before the page came to life stays.
    Effect::new(move |before: Option<String>| {
        let now = typed.get();
        if before.is_some_and(|before| before != now)
            && let Some(input) = input.get_untracked()
        {
            input.set_value(&now);
        }
        now
    });
    let navigate = StoredValue::new(use_navigate());
    let go = move |code: &str| {
        let path = path_of.run(code.to_owned());
        offer.close();
        navigate.with_value(|navigate| navigate(&path, NavigateOptions::default()));
    };
    let press = move |event: ev::KeyboardEvent| {
        if offer.press(&event, go) {
            event.prevent_default();
        }
    };
    view! {
        <QueryForm class="search" action=action attr:role="search">
            <label class="visually-hidden" for="q">{label}</label>
            <div class="search__field">
                <input
                    class="search__input"
                    type="search"
                    id="q"
                    name=name
                    maxlength="100"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=stocks::search_placeholder()
                    node_ref=input
                    value=typed.get_untracked()
                    role=move || alive.get().then_some("combobox")
                    aria-autocomplete=move || alive.get().then_some("list")
                    aria-controls=move || alive.get().then_some(LIST)
                    aria-expanded=move || alive.get().then(|| if offer.is_open() { "true" } else { "false" })
                    aria-activedescendant=move || offer.active.get().map(option_id)
                    on:input=move |event| offer.typed(event_target_value(&event).trim().to_owned())
                    on:keydown=press
                    on:blur=move |_| offer.close()
                />
                <Options offer choose=go/>
            </div>
            {move || view! { <Others parameters=others.get()/> }}
            <button class="button" type="submit">{button}</button>
            <p class="visually-hidden" role="status">{move || offer.in_words()}</p>
        </QueryForm>
    }
}

#[component]
fn Options(offer: Offer, choose: impl Fn(&str) + Copy + Send + Sync + 'static) -> impl IntoView {
    let option = move |(place, stock): (usize, Listing)| {
        let code = stock.code.clone();
        view! {
            <li
                id=option_id(place)
                class="suggestion"
                role="option"
                aria-selected=move || if offer.active.get() == Some(place) { "true" } else { "false" }
                // The field keeps the focus, so that leaving it does not take the list away first.
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| choose(&code)
            >
                <Suggestion stock/>
            </li>
        }
    };
    let options = move || offer.stocks.get().into_iter().enumerate().map(option).collect_view();
    view! {
        <ul
            class="suggestions"
            id=LIST
            role="listbox"
            aria-label=text::suggestions_label()
            hidden=move || offer.stocks.with(Vec::is_empty)
        >
            {options}
        </ul>
        <p class="suggestions suggestions--none" aria-hidden="true" hidden=move || !offer.is_empty.get()>
            {text::no_suggestion()}
        </p>
    }
}

fn option_id(place: usize) -> String {
    format!("suggestion-{place}")
}

/// What tells one issue from another of a like name.
#[component]
fn Suggestion(stock: Listing) -> impl IntoView {
    let direction = Direction::of(stock.change);
    let price = if stock.halted {
        view! { <span class="suggestion__price">{stocks::halted()}</span> }.into_any()
    } else {
        view! {
            <span class="suggestion__price">
                {format::number(stock.close)} " "
                <span class=direction.class()>{format::percent(stock.changes_ratio)}</span>
            </span>
        }
        .into_any()
    };
    view! {
        <span class="suggestion__name">{stock.name}</span>
        " "
        <span class="suggestion__meta">{stock.code} " · " {stock.market.label()}</span>
        " "
        {price}
    }
}
