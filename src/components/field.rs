//! Form fields: label, input, help and fault, tied together for screen readers.

use leptos::{html, prelude::*};

use super::dom::alive;
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
    let alive = alive();
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
                    aria-label=move || text::auth::password_switch_of(label, shown.get())
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {move || text::auth::password_switch(shown.get())}
                </button>
            </div>
            <Help name help/>
            <Fault name fault/>
            {children.map(|children| children())}
        </div>
    }
}

/// What may be wrong with boxes to tick. It is said once below them, by [`CheckFault`].
#[derive(Clone, Copy)]
pub struct Faults {
    pub problem: Signal<Option<Problem>>,
    /// The fields in the form's problem that are about the box.
    pub fields: &'static [&'static str],
    /// Those that are about a box before it too, which gets the focus.
    pub shared: &'static [&'static str],
    /// Of the element that says what is wrong.
    pub id: &'static str,
}

impl Faults {
    fn message(self) -> Option<String> {
        self.problem.with(|problem| {
            let problem = problem.as_ref()?;
            let mut messages = self
                .fields
                .iter()
                .chain(self.shared)
                .flat_map(|field| problem.messages_for(field));
            messages.next().map(str::to_owned)
        })
    }
}

/// A box to tick.
#[component]
pub fn Check(
    name: &'static str,
    label: &'static str,
    #[prop(optional)] checked: bool,
    #[prop(optional)] faults: Option<Faults>,
) -> impl IntoView {
    let wrong = move || faults.filter(|faults| faults.message().is_some());
    let is_first = |faults: Faults| faults.fields.iter().any(|field| is_first(faults.problem, field));
    view! {
        <label class="check">
            <input
                type="checkbox"
                name=name
                checked=checked
                autofocus=faults.is_some_and(is_first)
                aria-invalid=move || wrong().map(|_| "true")
                aria-describedby=move || wrong().map(|faults| faults.id)
            />
            <span>{label}</span>
        </label>
    }
}

/// What is wrong with boxes to tick.
#[component]
pub fn CheckFault(faults: Faults) -> impl IntoView {
    move || {
        faults.message().map(|message| {
            view! { <p class="field__error" id=faults.id role="alert">{message}</p> }
        })
    }
}
