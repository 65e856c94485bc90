//! Which columns are shown.

use leptos::{
    ev, html,
    prelude::*,
    wasm_bindgen::JsCast as _,
    web_sys::{self, HtmlInputElement},
};

use crate::{
    components::{Others, QueryForm, dom::all_in},
    model::{
        market::{Column, Columns, ListingView, NO_COLUMNS},
        text::listing as text,
    },
};

/// A box for each column. With JavaScript one tick is enough.
#[component]
pub fn ColumnChooser(view: Memo<ListingView>) -> impl IntoView {
    let chosen = move || view.with(|view| view.columns.clone());
    let boxes = Column::ALL.map(|column| {
        let is_chosen = untrack(chosen).contains(column);
        view! {
            <label class="chip-box">
                <input type="checkbox" name="cols" value=column.as_str() checked=is_chosen/>
                {column.label()}
            </label>
        }
    });
    let fieldset = NodeRef::<html::Fieldset>::new();
    // What was ticked before the page came to life stays.
    Effect::new(move |before: Option<Columns>| {
        let now = chosen();
        if before.is_some_and(|before| before != now)
            && let Some(fieldset) = fieldset.get_untracked()
        {
            tick(&fieldset, &now);
        }
        now
    });
    let others = move || {
        let parameters = view.with(|view| view.parameters(1)).into_iter();
        let others = parameters.filter(|(name, _)| *name != "cols");
        view! { <Others parameters=others.collect()/> }
    };
    let usual = move || {
        let view = view.get();
        let usual = ListingView {
            columns: Columns::default(),
            ..view.clone()
        };
        (usual != view).then(|| view! { <a class="button button--quiet" href=usual.path(1) data-noscroll="true">{text::usual_columns()}</a> })
    };
    let send = |event: ev::Event| {
        let ticked = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(form) = ticked.and_then(|ticked| ticked.form()) {
            // Fails only when the page is gone.
            let _ = form.request_submit();
        }
    };
    view! {
        <details class="panel" name="panels">
            <summary class="button">{text::columns()}</summary>
            <QueryForm class="panel__body" action="/stocks" on:change=send>
                {others}
                // Without a tick, none of them; without this, the usual ones.
                <input type="hidden" name="cols" value=NO_COLUMNS/>
                <fieldset class="choices" node_ref=fieldset>
                    <legend class="visually-hidden">{text::columns()}</legend>
                    {boxes.collect_view()}
                </fieldset>
                <div class="panel__actions">
                    <button class="button button--primary" type="submit">{text::apply_button()}</button>
                    {usual}
                </div>
            </QueryForm>
        </details>
    }
}

/// The boxes as these columns are.
fn tick(boxes: &web_sys::Element, columns: &Columns) {
    for input in all_in::<HtmlInputElement>(boxes, "[type=checkbox]") {
        let column = Column::parse(&input.value());
        input.set_checked(column.is_some_and(|column| columns.contains(column)));
    }
}
