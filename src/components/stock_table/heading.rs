//! Headings that sort.

use leptos::prelude::*;

use crate::model::{
    market::{Column, ListingView, Order, SortKey},
    text::listing as text,
};

/// The heading of a column that may be left out.
#[component]
pub fn ColumnHeading(column: Column, view: Option<ListingView>) -> impl IntoView {
    let class = if column.is_figure() { "num" } else { "word" };
    match column.sort_key() {
        Some(key) => view! { <Heading key class view/> }.into_any(),
        None => view! { <th scope="col" role="columnheader" class=class>{column.label()}</th> }.into_any(),
    }
}

/// A heading; with a view it sorts by its column, or lets it decide among equals of those before.
#[component]
pub fn Heading(key: SortKey, class: &'static str, view: Option<ListingView>) -> impl IntoView {
    let Some(view) = view else {
        return view! { <th scope="col" role="columnheader" class=class>{key.label()}</th> }.into_any();
    };
    let query = &view.query;
    // While something is searched for, the best match comes first unless asked otherwise.
    let sorts = if query.sort.is_some() || query.q.is_empty() {
        query.sorts()
    } else {
        Vec::new()
    };
    let place = sorts.iter().position(|sort| sort.key == key);
    let order = place.and_then(|place| sorts.get(place)).map(|sort| sort.order);
    let mark = match order {
        None => "",
        Some(Order::Asc) => "▲",
        Some(Order::Desc) => "▼",
    };
    // One column alone sorts, as assistive technology knows it; the others say so in words.
    let aria = order.filter(|_| place == Some(0)).map(|order| match order {
        Order::Asc => "ascending",
        Order::Desc => "descending",
    });
    let ordinal = (sorts.len() > 1)
        .then(|| place.map(|place| (place + 1).to_string()))
        .flatten();
    let further = (query.sort.is_some() && place != Some(0)).then(|| {
        let href = view.with(query.with_further_sort(key)).path(1);
        let label = text::further_sort(key.label(), place.is_some());
        view! {
            <a href=href class="sort-further" data-noscroll="true" aria-label=label.clone() title=label>
                {if place.is_some() { "⇅" } else { "+" }}
            </a>
        }
    });
    let href = view.with(query.with_sort(key)).path(1);
    view! {
        <th scope="col" role="columnheader" class=class aria-sort=aria>
            {further}
            <a href=href class="sort" class:sort--further=place.is_some_and(|place| place > 0) data-noscroll="true">
                {key.label()}
                <span class="sort__mark" aria-hidden="true">{mark}{ordinal}</span>
            </a>
        </th>
    }
    .into_any()
}
