//! The order of the rows: by one column, and by others among equals.

use leptos::prelude::*;

use crate::model::{
    market::{ListingView, Order, SortKey},
    text::listing as text,
};

/// Columns by which the rows are sorted, and those by which they could be. Links alone, so that it
/// works without JavaScript.
#[component]
pub fn Sorts(view: Memo<ListingView>) -> impl IntoView {
    view! {
        <details class="panel" name="panels">
            <summary class="button">{text::sorted_by()}</summary>
            <div class="panel__body">{move || view! { <Orders view=view.get()/> }}</div>
        </details>
    }
}

#[component]
fn Orders(view: ListingView) -> impl IntoView {
    let query = &view.query;
    let sorts = query.sorts();
    let is_only_one = sorts.len() == 1;
    // Around what is seen, for whoever hears one link of many.
    let link = |class: &'static str, query, before: String, shown: String, after: &'static str| {
        let href = view.with(query).path(1);
        view! {
            <a class=class href=href data-noscroll="true">
                <span class="visually-hidden">{before} " "</span>
                {shown}
                <span class="visually-hidden">" " {after}</span>
            </a>
        }
    };
    let chosen = sorts.iter().map(|sort| {
        let name = sort.key.label();
        let order = match sort.order {
            Order::Asc => text::ascending(),
            Order::Desc => text::descending(),
        };
        let turned = link(
            "button button--quiet",
            query.with_further_sort(sort.key),
            name.to_owned(),
            order.to_owned(),
            text::turn_order(),
        );
        let without = (!is_only_one).then(|| {
            link(
                "button button--quiet",
                query.without_sort(sort.key),
                text::sorted_by_column(name),
                text::delete().to_owned(),
                "",
            )
        });
        view! { <li><span class="screens__name">{name}</span> {turned} {without}</li> }
    });
    let chosen = chosen.collect_view();
    let others = SortKey::ALL
        .into_iter()
        .filter(|key| sorts.iter().all(|sort| sort.key != *key));
    let others = others
        .map(|key| {
            let shown = format!("+ {}", key.label());
            view! { <li>{link("chip", query.with_further_sort(key), String::new(), shown, text::as_next_order())}</li> }
        })
        .collect_view();
    view! {
        <ol class="screens" aria-label=text::sorted_by()>{chosen}</ol>
        <p class="help">{text::further_sorts()}</p>
        <ul class="chips" aria-label=text::further_sorts()>{others}</ul>
        {query.sort.is_some().then(|| view! {
            <div class="panel__actions">
                <a class="button button--quiet" href=view.with(query.unsorted()).path(1) data-noscroll="true">
                    {text::usual_order()}
                </a>
            </div>
        })}
    }
}
