//! A short list of issues with a few of their figures.

use leptos::prelude::*;

use super::{
    Star,
    stock_table::{badges, cell},
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
    let rows = stocks.into_iter().map(|stock| {
        let cells = columns.iter().map(|column| cell(&stock, *column)).collect_view();
        view! {
            <tr class:halted=stock.halted>
                <td class="star-cell"><Star code=stock.code.clone() name=stock.name.clone()/></td>
                <th scope="row" class="name">
                    <a class="name__text" href=format!("/stocks/{}", stock.code)>{stock.name.clone()}</a>
                    {badges(&stock)}
                </th>
                {cells}
            </tr>
        }
    });
    let rows = rows.collect_view();
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
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
