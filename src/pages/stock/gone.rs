//! Issues that are gone: how it came, and the page of one of which no figures are known.

use leptos::prelude::*;
use leptos_meta::Title;

use super::path;
use crate::model::{
    Language,
    market::{Delisted, StockView},
    text::{site, stocks as text},
};

/// How an issue came to its end, and those before it that had its code. Nothing where nothing is
/// known of it.
#[component]
pub fn Endings(delistings: Vec<Delisted>) -> impl IntoView {
    (!delistings.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2>{text::delisted()}</h2>
                {delistings.into_iter().map(|gone| view! { <Ending gone/> }).collect_view()}
            </section>
        }
    })
}

#[component]
fn Ending(gone: Delisted) -> impl IntoView {
    let successor = gone.successor_code.map(|code| {
        let name = gone.successor_name.unwrap_or_else(|| code.clone());
        let href = path(&code, StockView::default());
        view! { <div><dt>{text::successor()}</dt><dd><a href=href>{name}</a></dd></div> }
    });
    // The words of the exchange are Korean.
    let words = Language::mark_of_korean();
    let facts = [
        (text::name(), Some(gone.name), None),
        (text::delisting_date(), Some(gone.delisted_on), None),
        (text::reason(), gone.reason, words),
        (text::listed_on(), gone.listed_on, None),
        (text::market(), Some(gone.market), None),
        (text::share_kind(), gone.share_kind, words),
        (text::industry(), gone.industry, words),
    ];
    let facts = facts
        .into_iter()
        .filter_map(|(name, value, lang)| Some((name, value?, lang)));
    let facts = facts.map(|(name, value, lang)| view! { <div><dt>{name}</dt><dd lang=lang>{value}</dd></div> });
    view! { <dl class="facts">{facts.collect_view()} {successor}</dl> }
}

/// The page of an issue of which only its end is known.
#[component]
pub fn Gone(code: String, delistings: Vec<Delisted>) -> impl IntoView {
    let (name, date) = delistings
        .first()
        .map(|gone| (gone.name.clone(), gone.delisted_on.clone()))
        .unwrap_or_default();
    view! {
        <Title text=name.clone()/>
        <header class="stock-head">
            <div class="stock-head__name">
                <h1>{name}</h1>
                <span class="name__meta">{code}</span>
                <span class="badge badge--danger">{text::delisted_on(&date)}</span>
            </div>
            <p>{text::no_figures()}</p>
        </header>
        <Endings delistings/>
        <p><a class="button" href="/stocks">{site::stocks()}</a></p>
    }
}
