//! A short list of issues with a few of their figures.

use leptos::{html, prelude::*};
use maud::html;

use super::{
    star::RowStars,
    stock_table::{cell, name},
};
use crate::model::{
    market::{Column, Listing},
    text::{stocks as text, watchlist},
};

/// Issues in their order; says so when there are none.
#[component]
pub fn RankingTable(
    /// What the list is, for whoever does not see its heading.
    caption: String,
    stocks: Vec<Listing>,
    columns: &'static [Column],
) -> impl IntoView {
    if stocks.is_empty() {
        return view! { <p class="ranking__empty">{text::nobody()}</p> }.into_any();
    }
    let headings = columns
        .iter()
        .map(|column| view! { <th scope="col" class="num">{column.label()}</th> })
        .collect_view();
    let stars = RowStars::of_page();
    let rows = html! {
        @for stock in &stocks {
            tr class=[stock.halted.then_some("halted")] {
                td class="star-cell" { (stars.html(&stock.code, &stock.name)) }
                th scope="row" class="name" { (name(stock)) }
                @for column in columns { (cell(stock, *column)) }
            }
        }
    };
    let body = NodeRef::<html::Tbody>::new();
    stars.follow(body);
    let press = move |event| stars.press(&event);
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=caption.clone()>
            <table class="table table--ranking">
                <caption class="visually-hidden">{caption.clone()}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="star-cell">
                            <span class="visually-hidden">{watchlist::star_column()}</span>
                        </th>
                        <th scope="col">{text::name()}</th>
                        {headings}
                    </tr>
                </thead>
                <tbody node_ref=body on:submit=press inner_html=rows.into_string()></tbody>
            </table>
        </div>
    }
    .into_any()
}
