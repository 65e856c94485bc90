//! What is written about an issue: its group and a note.

use leptos::{ev, html, prelude::*};

use super::desk::Desk;
use crate::{
    components::{dom, rejected_form},
    model::{
        RejectedForm,
        market::{WatchlistChange, WatchlistItem},
        navigation,
        text::watchlist as text,
    },
};

/// The names of the groups that there are, for whoever types one.
pub const GROUPS: &str = "watch-groups";

/// Opens and closes without JavaScript.
#[component]
pub fn Edit(code: String, name: String, item: Memo<Option<WatchlistItem>>, desk: Desk) -> impl IntoView {
    // The form that this page answers may be this one: what was typed stays.
    let rejected = rejected_form().filter(|form| form.value("code") == Some(&code) && form.value("note").is_some());
    let typed = |field: &str| {
        rejected
            .as_ref()
            .and_then(|form: &RejectedForm| form.value(field))
            .map(str::to_owned)
    };
    let written = item.get_untracked();
    let group = typed("group").or_else(|| written.as_ref().and_then(|item| item.group.clone()));
    let note = typed("note").or_else(|| written.and_then(|item| item.note));
    let fault = |field: &str| {
        let problem = rejected.as_ref().map(|form| &form.problem);
        problem
            .map(|problem| problem.messages_for(field).collect::<Vec<_>>().join(" "))
            .filter(|fault| !fault.is_empty())
    };
    let (group_fault, note_fault) = (fault("group"), fault("note"));
    let is_open = rejected.is_some();

    let details = NodeRef::<html::Details>::new();
    let (group_input, note_input) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let save = {
        let code = code.clone();
        move |event: ev::SubmitEvent| {
            event.prevent_default();
            let typed = |input: NodeRef<html::Input>| input.get_untracked().map(|input| input.value());
            let change = WatchlistChange {
                group: typed(group_input),
                note: typed(note_input),
                position: None,
            };
            if let Some(details) = details.get_untracked() {
                dom::close(&details);
            }
            desk.edit(&code, change);
        }
    };
    let field = |field: &'static str, label: &'static str, help: &'static str, fault: Option<String>| {
        let id = format!("{field}-{code}");
        let described = format!("{id}-help");
        (id, label, described, help, fault)
    };
    let group_field = field("group", text::group(), text::group_help(), group_fault);
    let note_field = field("note", text::note(), text::note_help(), note_fault);
    view! {
        <details class="watch-edit" open=is_open node_ref=details on:keydown=|event| event.stop_propagation()>
            <summary aria-label=text::of(&name, text::edit())>{text::edit()}</summary>
            <form class="watch-edit__form" method="post" action=navigation::WATCHLIST on:submit=save>
                <input type="hidden" name="action" value="edit"/>
                <input type="hidden" name="code" value=code.clone()/>
                <Field field=group_field name="group" value=group max=30 input=group_input list=GROUPS/>
                <Field field=note_field name="note" value=note max=200 input=note_input/>
                <button class="button" type="submit">{text::save()}</button>
            </form>
        </details>
    }
}

/// Id, label, id of the help, help, fault.
type Texts = (String, &'static str, String, &'static str, Option<String>);

#[component]
fn Field(
    field: Texts,
    name: &'static str,
    value: Option<String>,
    max: u16,
    input: NodeRef<html::Input>,
    #[prop(optional)] list: Option<&'static str>,
) -> impl IntoView {
    let (id, label, described, help, fault) = field;
    let is_faulty = fault.is_some();
    view! {
        <div class="field" class:field--invalid=is_faulty>
            <label class="field__label" for=id.clone()>{label}</label>
            <input
                class="field__input"
                id=id
                name=name
                value=value
                list=list
                maxlength=max
                autocomplete="off"
                aria-invalid=is_faulty.then_some("true")
                aria-describedby=described.clone()
                node_ref=input
            />
            <p class="field__help" id=described>
                {fault.map(|fault| view! { <span class="field__error" role="alert">{fault} " "</span> })}
                {help}
            </p>
        </div>
    }
}
