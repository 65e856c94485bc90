//! The switches of how pages look and speak. Plain forms; with JavaScript looks change in place, while
//! another language is another document.

use leptos::{ev, prelude::*, task::spawn_local};

use super::problem::address;
use crate::{
    functions::appearance::{AppearanceForm, set_appearance},
    model::{Appearance, Keys, Language, Palette, Theme, text::site as text},
};

/// Light or dark, the colours of rise and fall, the language, and whether keys do something.
#[component]
pub fn AppearanceSwitches() -> impl IntoView {
    let now = RwSignal::new(expect_context::<Appearance>());
    let next = address();
    let change = move |form: AppearanceForm| {
        let appearance = now.get_untracked();
        let appearance = Appearance {
            theme: form.theme.unwrap_or(appearance.theme),
            palette: form.palette.unwrap_or(appearance.palette),
            keys: form.keys.unwrap_or(appearance.keys),
            ..appearance
        };
        now.set(appearance);
        show(appearance);
        // All that these buttons change: what is sent at the same time must not put the others back.
        let form = AppearanceForm {
            theme: Some(appearance.theme),
            palette: Some(appearance.palette),
            keys: Some(appearance.keys),
            ..form
        };
        spawn_local(async move {
            // It shows already; at worst the next page looks as before.
            let _ = set_appearance(form).await;
        });
    };
    let themes = Theme::ALL.map(|theme| {
        let form = AppearanceForm {
            theme: Some(theme),
            ..AppearanceForm::default()
        };
        let is_chosen = Signal::derive(move || now.get().theme == theme);
        view! { <Choice name="theme" value=theme.as_str() label=theme.label() is_chosen choose=move || change(form.clone())/> }
    });
    let palettes = Palette::ALL.map(|palette| {
        let form = AppearanceForm {
            palette: Some(palette),
            ..AppearanceForm::default()
        };
        let is_chosen = Signal::derive(move || now.get().palette == palette);
        view! { <Choice name="palette" value=palette.as_str() label=palette.label() is_chosen choose=move || change(form.clone())/> }
    });
    let keys = Keys::ALL.map(|keys| {
        let form = AppearanceForm {
            keys: Some(keys),
            ..AppearanceForm::default()
        };
        let is_chosen = Signal::derive(move || now.get().keys == keys);
        view! { <Choice name="keys" value=keys.as_str() label=keys.label() is_chosen choose=move || change(form.clone())/> }
    });
    let spoken = Language::now();
    let languages = Language::ALL.map(|language| {
        view! {
            <button
                class="appearance__choice"
                type="submit"
                name="language"
                value=language.as_str()
                lang=language.as_str()
                aria-pressed=if language == spoken { "true" } else { "false" }
            >
                {language.label()}
            </button>
        }
    });
    let group = |label: &'static str, choices: AnyView| {
        view! {
            <form method="post" action="/appearance">
                <input type="hidden" name="next" value=move || next.get()/>
                <div class="appearance" role="group" aria-label=label>
                    <span aria-hidden="true">{label}</span>
                    {choices}
                </div>
            </form>
        }
    };
    view! {
        {group(text::theme(), themes.collect_view().into_any())}
        {group(text::palette(), palettes.collect_view().into_any())}
        {group(text::language(), languages.collect_view().into_any())}
        {group(text::keys(), keys.collect_view().into_any())}
    }
}

/// The other language, for whoever does not read this one down to the footer.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let other = Language::now().other();
    let next = address();
    view! {
        <form class="site-language" method="post" action="/appearance">
            <input type="hidden" name="next" value=move || next.get()/>
            <button
                class="button button--quiet"
                type="submit"
                name="language"
                value=other.as_str()
                lang=other.as_str()
                aria-label=other.invitation()
            >
                {other.short()}
            </button>
        </form>
    }
}

#[component]
fn Choice(
    name: &'static str,
    value: &'static str,
    label: &'static str,
    is_chosen: Signal<bool>,
    choose: impl Fn() + Send + Sync + 'static,
) -> impl IntoView {
    let press = move |event: ev::MouseEvent| {
        event.prevent_default();
        choose();
    };
    view! {
        <button
            class="appearance__choice"
            type="submit"
            name=name
            value=value
            aria-pressed=move || if is_chosen.get() { "true" } else { "false" }
            on:click=press
        >
            {label}
        </button>
    }
}

/// What the document says of itself, for the style sheets and for whoever listens to keys.
fn show(appearance: Appearance) {
    let Some(root) = document().document_element() else {
        return;
    };
    // Fails only for names that are none.
    let _ = root.set_attribute("data-theme", appearance.theme.as_str());
    let _ = root.set_attribute("data-palette", appearance.palette.as_str());
    let _ = root.set_attribute("data-keys", appearance.keys.as_str());
}
