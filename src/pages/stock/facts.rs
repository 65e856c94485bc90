//! What an issue is, and what its next day allows.

use leptos::prelude::*;

use crate::model::{
    market::{PriceRange, Stock, format},
    text::stocks as text,
};

#[component]
pub fn Facts(stock: Stock) -> impl IntoView {
    let listing = stock.listing;
    let facts = [
        (text::ISIN, Some(listing.isin)),
        (text::INDUSTRY, listing.industry),
        (text::PRODUCTS, stock.products),
        (text::SHARE_KIND, listing.share_kind),
        (text::LISTED_ON, stock.listed_on),
        (text::DELISTED_ON, stock.delisted_on),
        (text::MARCAP, Some(format::money(listing.marcap))),
        (text::SHARES, Some(format::number(listing.shares))),
        (text::PAR_VALUE, stock.par_value),
        (text::DEPT, listing.dept),
        (text::SETTLE_MONTH, stock.settle_month),
        (text::REGION, stock.region),
        (text::HOMEPAGE, stock.homepage),
    ];
    let flags = (!stock.flag_history.is_empty()).then(|| {
        let spans = stock
            .flag_history
            .into_iter()
            .map(|flag| {
                let until = flag.until.unwrap_or_default();
                view! { <li>{flag.kind.label()} " " {flag.since} " ~ " {until}</li> }
            })
            .collect_view();
        view! {
            <h3>{text::FLAG_HISTORY}</h3>
            <ul>{spans}</ul>
        }
    });
    view! {
        <section class="card">
            <h2>{text::FACTS}</h2>
            <dl class="facts">
                {facts
                    .into_iter()
                    .filter_map(|(name, value)| Some((name, value?)))
                    .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
                    .collect_view()}
            </dl>
            {flags}
        </section>
    }
}

/// The limits of the next trading day; nothing for an issue that is gone.
#[component]
pub fn NextDay(next: Option<PriceRange>) -> impl IntoView {
    next.map(|next| {
        let rows = [
            (text::UPPER_PRICE, next.upper_limit),
            (text::LOWER_PRICE, next.lower_limit),
            (text::TICK, next.tick),
        ];
        view! {
            <section class="card">
                <h2>{text::NEXT_DAY}</h2>
                <dl class="facts">
                    {rows
                        .map(|(name, won)| view! { <div><dt>{name}</dt><dd>{format::number(won)} {text::WON}</dd></div> })
                        .collect_view()}
                </dl>
            </section>
        }
    })
}
