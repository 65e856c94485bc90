//! The listing as a table; on a phone its rows become cards, by style alone.

mod endless;
mod heading;
mod row;

use std::sync::Arc;

use leptos::{html, prelude::*};

use crate::{
    components::star::RowStars,
    model::{
        market::{Columns, Listing, ListingView, SortKey},
        text::{stocks as text, watchlist},
    },
};
use endless::EndlessRows;
use heading::{ColumnHeading, Heading};
pub use row::{cell, name};

/// Rows with their ranks from `first` on. With a `view` its headings sort the listing.
#[component]
pub fn StockTable(
    caption: String,
    #[prop(into)] stocks: Arc<Vec<Listing>>,
    #[prop(default = 1)] first: u32,
    #[prop(optional)] view: Option<ListingView>,
    /// How many rows there are, when all of them are to be gone through here.
    #[prop(optional)]
    total: Option<u32>,
    /// Whether other rows are on their way. Not a `Signal`: that one would end with these rows,
    /// while the browser still asks it.
    #[prop(optional)]
    busy: Option<RwSignal<bool>>,
) -> impl IntoView {
    let label = caption.clone();
    let columns = view.as_ref().map_or_else(Columns::default, |view| view.columns.clone());
    let headings = columns
        .iter()
        .map(|column| view! { <ColumnHeading column view=view.clone()/> })
        .collect_view();
    let name = view! { <Heading key=SortKey::Name class="name" view=view.clone()/> };
    let is_endless = total.is_some();
    let stars = RowStars::of_page();
    let rows = if let (Some(total), Some(view)) = (total, view) {
        view! { <EndlessRows stocks first total view stars/> }.into_any()
    } else {
        let body = NodeRef::<html::Tbody>::new();
        stars.follow(body);
        let rows = row::rows(&stocks, first, &columns, &stars);
        let press = move |event| stars.press(&event);
        view! { <tbody role="rowgroup" node_ref=body on:submit=press inner_html=rows></tbody> }.into_any()
    };
    view! {
        <div
            class="table-scroll"
            tabindex="0"
            role="region"
            aria-label=label
            aria-busy=move || busy.is_some_and(|busy| busy.get()).then_some("true")
        >
            // The style that makes cards of rows would take the table's roles from it.
            <table
                class="table table--stocks"
                class:table--endless=is_endless
                role="table"
                aria-rowcount=total.map(|total| total + 1)
            >
                <caption class="visually-hidden">{caption}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader" class="num rank">{text::rank()}</th>
                        <th scope="col" role="columnheader" class="star-cell">
                            <span class="visually-hidden">{watchlist::star_column()}</span>
                        </th>
                        {name}
                        {headings}
                    </tr>
                </thead>
                {rows}
            </table>
        </div>
    }
}
