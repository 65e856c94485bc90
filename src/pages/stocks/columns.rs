//! Which columns are shown.

use leptos::{ev, prelude::*, wasm_bindgen::JsCast as _, web_sys::HtmlInputElement};

use crate::{
    components::{Others, QueryForm},
    model::{
        market::{Column, Columns, ListingView, NO_COLUMNS},
        text::listing as text,
    },
};

/// A box for each column. With JavaScript one tick is enough.
#[component]
pub fn ColumnChooser(view: Memo<ListingView>) -> impl IntoView {
    let boxes = move || {
        let chosen = view.with(|view| view.columns.clone());
        let boxes = Column::ALL.map(|column| {
            view! {
                <label class="chip-box">
                    <input
                        type="checkbox"
                        name="cols"
                        value=column.as_str()
                        checked=chosen.contains(column)
                        prop:checked=chosen.contains(column)
                    />
                    {column.label()}
                </label>
            }
        });
        boxes.collect_view()
    };
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
                <fieldset class="choices">
                    <legend class="visually-hidden">{text::columns()}</legend>
                    {boxes}
                </fieldset>
                <div class="panel__actions">
                    <button class="button button--primary" type="submit">{text::apply_button()}</button>
                    {usual}
                </div>
            </QueryForm>
        </details>
    }
}
