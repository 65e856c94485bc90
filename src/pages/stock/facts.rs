//! What an issue is, and what its next day allows.

use leptos::prelude::*;

use crate::model::{
    Language,
    market::{PriceRange, Stock, format},
    text::stocks as text,
};

#[component]
pub fn Facts(stock: Stock) -> impl IntoView {
    let listing = stock.listing;
    let facts = [
        (text::ISIN, Some(listing.isin)),
        (text::industry(), listing.industry),
        (text::products(), stock.products),
        (text::share_kind(), listing.share_kind),
        (text::listed_on(), stock.listed_on),
        (text::delisting_date(), stock.delisted_on),
        (
            text::marcap(),
            Some(text::money_exactly(
                &format::money(listing.marcap),
                &format::number(listing.marcap),
            )),
        ),
        (text::shares(), Some(text::shares_of(&format::number(listing.shares)))),
        (text::par_value(), stock.par_value),
        (text::dept(), listing.dept),
        (text::settle_month(), stock.settle_month),
        (text::region(), stock.region),
    ];
    // As the exchange says it.
    let korean = [
        text::industry(),
        text::products(),
        text::share_kind(),
        text::dept(),
        text::settle_month(),
        text::region(),
    ];
    let homepage = stock.homepage.map(|address| {
        // Whatever else was published there is no address to follow.
        let is_web = ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme));
        let link = if is_web {
            view! { <a href=address.clone() rel="external noopener noreferrer">{address.clone()}</a> }.into_any()
        } else {
            view! { {address} }.into_any()
        };
        view! { <div><dt>{text::homepage()}</dt><dd>{link}</dd></div> }
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
            <h3>{text::flag_history()}</h3>
            <ul>{spans}</ul>
        }
    });
    view! {
        <section class="card">
            <h2>{text::facts()}</h2>
            <dl class="facts">
                {facts
                    .into_iter()
                    .filter_map(|(name, value)| Some((name, value?)))
                    .map(|(name, value)| {
                        let is_korean = korean.contains(&name);
                        let lang = Language::mark_of_korean().filter(|_| is_korean);
                        view! { <div><dt>{name}</dt><dd lang=lang>{value}</dd></div> }
                    })
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
            (text::base_price(), next.base_price),
            (text::upper_price(), next.upper_limit),
            (text::lower_price(), next.lower_limit),
            (text::tick(), next.tick),
        ];
        view! {
            <section class="card">
                <h2>{text::next_day()}</h2>
                <dl class="facts">
                    {rows
                        .map(|(name, won)| view! { <div><dt>{name}</dt><dd>{text::won(&format::number(won))}</dd></div> })
                        .collect_view()}
                </dl>
            </section>
        }
    })
}
