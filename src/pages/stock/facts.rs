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
        (
            text::MARCAP,
            Some(text::money_exactly(
                &format::money(listing.marcap),
                &format::number(listing.marcap),
            )),
        ),
        (
            text::SHARES,
            Some(format!("{}{}", format::number(listing.shares), text::SHARE_UNIT)),
        ),
        (text::PAR_VALUE, stock.par_value),
        (text::DEPT, listing.dept),
        (text::SETTLE_MONTH, stock.settle_month),
        (text::REGION, stock.region),
    ];
    let homepage = stock.homepage.map(|address| {
        // Whatever else was published there is no address to follow.
        let is_web = ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme));
        let link = if is_web {
            view! { <a href=address.clone() rel="external noopener noreferrer">{address.clone()}</a> }.into_any()
        } else {
            view! { {address} }.into_any()
        };
        view! { <div><dt>{text::HOMEPAGE}</dt><dd>{link}</dd></div> }
    });
    let flags = (!stock.flag_history.is_empty()).then(|| {
        let spans = stock
            .flag_history
            .into_iter()
            .map(|flag| {
                let reason = flag.reason.map(|reason| format!(" · {reason}"));
                view! {
                    <li>
                        {flag.kind.label()} " "
                        <time datetime=flag.since.clone()>{flag.since.clone()}</time>
                        " ~ " {flag.until} {reason}
                    </li>
                }
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
                {homepage}
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
            (text::BASE_PRICE, next.base_price),
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
