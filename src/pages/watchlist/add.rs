//! The box into which a name or a code is typed.

use leptos::{ev, html, prelude::*};

use crate::{
    components::{Toasts, WatchedCodes},
    functions::watchlist::{WatchAction, WatchForm},
    model::{
        navigation,
        text::{stocks, watchlist as text},
    },
};

/// `typed` is what the plain post that this page answers had in it, `refused` what is wrong with it.
#[component]
pub fn AddBox(typed: Option<String>, refused: Option<String>, refetch: Callback<()>) -> impl IntoView {
    let (watched, toasts): (WatchedCodes, Toasts) = (expect_context(), expect_context());
    let fault = RwSignal::new(refused);
    let pending = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(field) = input.get_untracked().filter(|_| !pending.get_untracked()) else {
            return;
        };
        pending.set(true);
        fault.set(None);
        let form = WatchForm {
            action: WatchAction::Add,
            q: field.value(),
            ..WatchForm::default()
        };
        watched.send(
            form,
            move |added| {
                let _ = pending.try_set(false);
                if let Some(item) = added {
                    watched.show(&item.code, true);
                    toasts.say(text::added(&item.name));
                }
                if let Some(field) = input.try_get_untracked().flatten() {
                    field.set_value("");
                    refetch.run(());
                }
            },
            move |problem| {
                let _ = pending.try_set(false);
                let _ = fault.try_set(Some(problem.reason().to_owned()));
            },
        );
    };
    let is_refused = fault.with_untracked(Option::is_some);
    let is_faulty = move || fault.with(Option::is_some).then_some("true");
    view! {
        <form class="watch-add" method="post" action=navigation::WATCHLIST on:submit=add>
            <label class="watch-add__label" for="watch-q">{text::add_label()}</label>
            <div class="search">
                <input
                    class="search__input"
                    id="watch-q"
                    name="q"
                    value=typed
                    maxlength="100"
                    required
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=stocks::search_placeholder()
                    aria-invalid=is_faulty
                    autofocus=is_refused
                    aria-describedby=move || is_faulty().map(|_| "watch-q-error")
                    node_ref=input
                />
                <button class="button button--primary" type="submit" aria-busy=move || pending.get().then_some("true")>
                    {text::add()}
                </button>
            </div>
            {move || fault.get().map(|fault| view! {
                <p class="field__error" id="watch-q-error" role="alert">{fault}</p>
            })}
        </form>
    }
}
