//! `/stocks/{code}`: one issue.

mod facts;
mod figures;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use facts::{Facts, NextDay};
use figures::{Days, FiftyTwoWeeks};

use crate::{
    components::{DemoBanner, PriceChart, ProblemPage, StockTable},
    functions::stocks::stock,
    model::{
        market::{
            Interval, Listing, Span, StockAnswer, StockView,
            format::{self, Direction},
        },
        text::{problem, site, stocks as text},
    },
};

/// Everything that it shows is in its address.
#[component]
pub fn StockPage() -> impl IntoView {
    let parameters = use_params_map();
    let address = use_query_map();
    let code = Memo::new(move |_| parameters.with(|parameters| parameters.get("code").unwrap_or_default()));
    let view = Memo::new(move |_| address.with(|address| StockView::lenient(address.clone())));
    let page = Resource::new_blocking(
        move || (code.get(), view.get().to_query()),
        |(code, query)| stock(code, query),
    );
    view! {
        <main id="main" tabindex="-1" class="page">
            <Transition>
                {move || Suspend::new(async move {
                    match page.await {
                        Ok(StockAnswer::Found(page)) => {
                            view! { <Issue page=*page view=view.get_untracked()/> }.into_any()
                        }
                        Ok(StockAnswer::Missing { asked, near }) => view! { <Missing asked near/> }.into_any(),
                        Err(problem) => view! { <ProblemPage problem/> }.into_any(),
                    }
                })}
            </Transition>
        </main>
    }
}

/// The address of an issue's page.
fn path(code: &str, view: StockView) -> String {
    let query = view.to_query();
    if query.is_empty() {
        format!("/stocks/{code}")
    } else {
        format!("/stocks/{code}?{query}")
    }
}

#[component]
fn Issue(page: crate::model::market::StockPage, view: StockView) -> impl IntoView {
    let stock = page.stock;
    let listing = stock.listing.clone();
    let from = page
        .chart
        .dates
        .first()
        .map(|(_, date)| date.clone())
        .unwrap_or_default();
    let in_words = text::chart_in_words(&listing.name, &from, &stock.as_of);
    let peers = (!page.peers.is_empty()).then(|| {
        view! {
            <section>
                <h2>{text::PEERS}</h2>
                <StockTable caption=text::PEERS.to_owned() stocks=page.peers/>
            </section>
        }
    });
    view! {
        <Title text=listing.name.clone()/>
        {stock.source.is_demo().then(|| view! { <DemoBanner/> })}
        <Heading listing=listing.clone() delisted_on=stock.delisted_on.clone()/>
        <p class="result-line">
            <time datetime=stock.as_of.clone()>{text::as_of(&stock.as_of)}</time>
            " · " {text::source(stock.source.label())}
        </p>
        <section aria-label=text::CHART>
            <Settings code=listing.code.clone() view/>
            <PriceChart chart=page.chart in_words/>
        </section>
        <div class="stock-columns">
            <FiftyTwoWeeks statistics=page.statistics code=listing.code.clone() view/>
            <Facts stock=stock.clone()/>
            <NextDay next=stock.next_day/>
        </div>
        <Days days=page.days total=page.days_total code=listing.code view/>
        {peers}
    }
}

#[component]
fn Heading(listing: Listing, delisted_on: Option<String>) -> impl IntoView {
    let direction = Direction::of(listing.change);
    let board = match listing.segment {
        Some(segment) => format!("{} {}", listing.market.as_str(), segment.as_str()),
        None => listing.market.as_str().to_owned(),
    };
    let price = if listing.halted {
        view! {
            <strong>{format::number(listing.close)}</strong>
            " "
            <span class="badge">{text::HALTED}</span>
        }
        .into_any()
    } else {
        view! {
            <strong>{format::number(listing.close)}</strong>
            " "
            <span class=direction.class()>
                <span class="visually-hidden">{direction.label()} " "</span>
                {format::change_of(&listing)} " (" {format::percent(listing.changes_ratio)} ")"
            </span>
        }
        .into_any()
    };
    let flags: Vec<&str> = listing
        .flags
        .iter()
        .map(|flag| flag.label())
        .filter(|flag| *flag != text::HALTED)
        .collect();
    view! {
        <div class="stock-head">
            <h1>{listing.name.clone()}</h1>
            <span class="name__meta">{listing.code.clone()} " · " {board}</span>
            {delisted_on.map(|_| view! { <span class="badge badge--danger">{text::DELISTED}</span> })}
            {flags.into_iter().map(|flag| view! { <span class="badge badge--danger">{flag}</span> " " }).collect_view()}
        </div>
        <p class="stock-price">{price}</p>
    }
}

/// Links to the same page with another chart.
#[component]
fn Settings(code: String, view: StockView) -> impl IntoView {
    let link = move |other: StockView, label: &'static str| {
        let current = (other == view).then_some("page");
        view! { <a href=path(&code, other) data-noscroll="true" aria-current=current>{label}</a> }
    };
    let link = &link;
    let spans = Span::ALL.map(|span| link(StockView { span, ..view }, span.label()));
    let intervals = [
        (Interval::Daily, text::DAY),
        (Interval::Weekly, text::WEEK),
        (Interval::Monthly, text::MONTH),
    ]
    .map(|(interval, label)| link(StockView { interval, ..view }, label));
    let scales = [(false, text::LINEAR), (true, text::LOG)].map(|(log, label)| link(StockView { log, ..view }, label));
    view! {
        <nav class="toolbar" aria-label=text::CHART_SETTINGS>
            <div class="tabs">{spans.collect_view()}</div>
            <div class="tabs">{intervals.collect_view()}</div>
            <div class="tabs">{scales.collect_view()}</div>
        </nav>
    }
}

/// No issue is called like that.
#[component]
fn Missing(asked: String, near: Vec<Listing>) -> impl IntoView {
    let suggestions = (!near.is_empty()).then(|| {
        view! {
            <h2>{text::NEAR}</h2>
            <StockTable caption=text::NEAR.to_owned() stocks=near/>
        }
    });
    view! {
        <Title text=problem::NOT_FOUND_TITLE/>
        <section class="fault">
            <p class="fault__code">"404"</p>
            <h1>{text::nothing_found(&asked)}</h1>
            <div class="fault__actions">
                <a class="button button--primary" href="/stocks">{site::STOCKS}</a>
            </div>
        </section>
        {suggestions}
    }
}
