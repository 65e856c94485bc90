//! Form fields: label, input, help and fault, tied together for screen readers.

use leptos::{html, prelude::*};

use crate::model::{Problem, text};

/// The messages for a field in a form's problem.
fn messages(problem: Signal<Option<Problem>>, name: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || {
        let joined = problem.with(|problem| {
            let messages: Vec<&str> = problem.iter().flat_map(|problem| problem.messages_for(name)).collect();
            messages.join(" ")
        });
        (!joined.is_empty()).then_some(joined)
    })
}

/// Whether the field is the first faulty one: the focus goes there.
fn is_first(problem: Signal<Option<Problem>>, name: &'static str) -> bool {
    problem.with_untracked(|problem| {
        let first = problem.as_ref().and_then(|problem| problem.errors.first());
        first.is_some_and(|error| error.field == name)
    })
}

/// What `aria-describedby` names: the fault first, then the help.
fn described_by(name: &'static str, fault: Signal<Option<String>>, has_help: bool) -> impl Fn() -> Option<String> {
    move || {
        let ids: Vec<String> = [
            fault.with(Option::is_some).then(|| format!("{name}-error")),
            has_help.then(|| format!("{name}-help")),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

#[component]
fn Help(name: &'static str, help: Option<String>) -> impl IntoView {
    help.map(|help| view! { <p class="field__help" id=format!("{name}-help")>{help}</p> })
}

#[component]
fn Fault(name: &'static str, fault: Signal<Option<String>>) -> impl IntoView {
    move || {
        fault.get().map(|message| {
            view! { <p class="field__error" id=format!("{name}-error") role="alert">{message}</p> }
        })
    }
}

/// A line of text.
#[component]
pub fn TextField(
    /// The field's name in the request, and its id.
    name: &'static str,
    label: &'static str,
    /// What to fill in of itself, by HTML's `autocomplete` names.
    autocomplete: &'static str,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(into)] problem: Signal<Option<Problem>>,
) -> impl IntoView {
    let fault = messages(problem, name);
    let describes = described_by(name, fault, help.is_some());
    view! {
        <div class="field" class:field--invalid=move || fault.with(Option::is_some)>
            <label class="field__label" for=name>{label}</label>
            <input
                class="field__input"
                id=name
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                required
                autofocus=is_first(problem, name)
                aria-invalid=move || fault.with(|fault| fault.is_some().then_some("true"))
                aria-describedby=describes
            />
            <Help name help/>
            <Fault name fault/>
        </div>
    }
}

/// A password, which can be shown while it is typed.
#[component]
pub fn PasswordField(
    name: &'static str,
    label: &'static str,
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    #[prop(optional, into)] help: Option<String>,
    #[prop(into)] problem: Signal<Option<Problem>>,
    /// Whether it is shown, for who wants to decide that too.
    #[prop(default = RwSignal::new(false))]
    shown: RwSignal<bool>,
    #[prop(optional)] input: NodeRef<html::Input>,
    /// Told what is typed.
    #[prop(optional, into)]
    typed: Option<Callback<String>>,
    /// What stands below the field.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let fault = messages(problem, name);
    let describes = described_by(name, fault, help.is_some());
    // Without JavaScript the switch could do nothing: it appears once it can.
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    view! {
        <div class="field" class:field--invalid=move || fault.with(Option::is_some)>
            <label class="field__label" for=name>{label}</label>
            <div class="field__reveal">
                <input
                    class="field__input"
                    id=name
                    name=name
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    required
                    autofocus=is_first(problem, name)
                    aria-invalid=move || fault.with(|fault| fault.is_some().then_some("true"))
                    aria-describedby=describes
                    node_ref=input
                    on:input:target=move |event| {
                        if let Some(typed) = typed {
                            typed.run(event.target().value());
                        }
                    }
                />
                <button
                    type="button"
                    class="reveal"
                    hidden=move || !alive.get()
                    aria-controls=name
                    aria-pressed=move || shown.get().to_string()
                    aria-label=text::auth::show_password_of(label)
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {move || if shown.get() { text::auth::hide_password() } else { text::auth::show_password() }}
                </button>
            </div>
            <Help name help/>
            <Fault name fault/>
            {children.map(|children| children())}
        </div>
    }
}

/// A box to tick.
#[component]
pub fn Check(
    name: &'static str,
    label: &'static str,
    #[prop(optional)] checked: bool,
    /// The form's problem, and the field in it that the box has a part in.
    #[prop(optional)]
    fault: Option<(Signal<Option<Problem>>, &'static str)>,
) -> impl IntoView {
    let is_faulty = move || fault.is_some_and(|(problem, field)| messages(problem, field).with(Option::is_some));
    let autofocus = fault.is_some_and(|(problem, field)| is_first(problem, field));
    let describes = fault.map(|(_, field)| format!("{field}-error"));
    view! {
        <label class="check">
            <input
                type="checkbox"
                name=name
                checked=checked
                autofocus=autofocus
                aria-invalid=move || is_faulty().then_some("true")
                aria-describedby=move || describes.clone().filter(|_| is_faulty())
            />
            <span>{label}</span>
        </label>
    }
}
