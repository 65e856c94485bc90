//! `/stocks/{code}`: one issue.

mod days;
mod facts;
mod gone;
mod settings;
mod statistics;

use leptos::{prelude::*, suspense::Unsuspend};
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use days::{Days, Grown};
use facts::{Facts, NextDay};
use gone::{Endings, Gone};
use settings::Settings;
use statistics::FiftyTwoWeeks;

use crate::{
    components::{MarketBanner, PriceChart, ProblemPage, Star, StockTable, Waiting},
    functions::stocks::stock,
    model::{
        market::{
            CompareQuery, Listing, Stock, StockAnswer, StockView,
            format::{self, Direction},
        },
        text::{compare, problem, site, stocks as text},
    },
};

/// Everything that it shows is in its address.
#[component]
pub fn StockPage() -> impl IntoView {
    let waiting: Waiting = expect_context();
    let parameters = use_params_map();
    let address = use_query_map();
    let code = Memo::new(move |_| parameters.with(|parameters| parameters.get("code").unwrap_or_default()));
    let asked = Memo::new(move |_| address.with(|address| StockView::read(address.clone())));
    let view = Memo::new(move |_| asked.get().0);
    let grown = Grown::default();
    let page = Resource::new_blocking(
        move || (code.get(), view.get().to_query()),
        |(code, query)| stock(code, query),
    );
    view! {
        <main id="main" tabindex="-1" class="page">
            <Transition set_pending=waiting.for_data()>
                {move || Suspend::new(async move {
                    match page.await {
                        Ok(StockAnswer::Found(page)) => {
                            let (view, is_exact) = asked.get_untracked();
                            Unsuspend::new(move || view! { <Issue page=*page view is_exact grown/> }).into_any()
                        }
                        Ok(StockAnswer::Gone { code, delistings }) => {
                            view! { <Gone code delistings/> }.into_any()
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
fn Issue(
    page: crate::model::market::StockPage,
    view: StockView,
    /// Whether all of the address was understood.
    is_exact: bool,
    grown: Grown,
) -> impl IntoView {
    let stock = page.stock;
    let listing = stock.listing.clone();
    let from = page.bars.get(page.before).map_or("", |bar| bar.date.as_str());
    let in_words = text::chart_in_words(&listing.name, from, &stock.as_of);
    let peers = (!page.peers.is_empty()).then(|| {
        view! {
            <section>
                <h2>{text::peers()}</h2>
                <StockTable caption=text::peers().to_owned() stocks=page.peers/>
            </section>
        }
    });
    view! {
        <Title text=listing.name.clone()/>
        <MarketBanner source=stock.source/>
        <Heading stock=stock.clone()/>
        {(!is_exact).then(|| view! { <div class="notice" role="status">{text::nearest_shown()}</div> })}
        <section class="stock-chart" aria-label=text::chart()>
            <Settings code=listing.code.clone() view/>
            <PriceChart bars=page.bars before=page.before log=view.log averages=view.averages in_words/>
        </section>
        <div class="stock-columns">
            <div class="stock-columns__part">
                <FiftyTwoWeeks statistics=page.statistics code=listing.code.clone() view/>
                <NextDay next=stock.next_day/>
            </div>
            <div class="stock-columns__part">
                <Facts stock=stock.clone()/>
                <Endings delistings=page.delistings/>
            </div>
        </div>
        <Days
            days=page.days
            has_more=page.has_more_days
            from=stock.history_from
            to=stock.history_to
            code=listing.code
            view
            grown
        />
        {peers}
    }
}

/// What the issue is called, where it is listed, what a reader should know first, and its price.
#[component]
fn Heading(stock: Stock) -> impl IntoView {
    let listing = stock.listing;
    let direction = Direction::of(listing.change);
    let board = listing.market.with_segment(listing.segment);
    let change = if listing.halted {
        view! { <span class="badge">{text::halted()}</span> }.into_any()
    } else {
        view! {
            <span class=direction.class()>
                <span class="visually-hidden">{direction.label()} " "</span>
                {format::change_of(&listing)} " (" {format::percent(listing.changes_ratio)} ")"
            </span>
        }
        .into_any()
    };
    // What is not listed cannot be put on a list any more.
    let star = stock.next_day.is_some();
    let star = star.then(|| view! { <Star code=listing.code.clone() name=listing.name.clone()/> });
    let ended = match stock.delisted_on {
        Some(date) => Some(text::delisted_on(&date)),
        None => stock.next_day.is_none().then(|| text::not_listed().to_owned()),
    };
    let ended = ended.map(|ended| view! { <span class="badge badge--danger">{ended}</span> });
    let flags = listing.flags.iter().map(|flag| flag.label());
    let flags = flags
        .filter(|flag| *flag != text::halted())
        .map(|flag| view! { <span class="badge badge--danger">{flag}</span> " " })
        .collect_view();
    view! {
        <header class="stock-head">
            <div class="stock-head__name">
                <h1>{listing.name}</h1>
                {star}
                <span class="name__meta">{listing.code.clone()} " · " {board}</span>
                {ended}
                {flags}
            </div>
            <p class="stock-price">
                <strong>{format::number(listing.close)}</strong>
                " "
                {change}
            </p>
            <p class="result-line">
                <time datetime=stock.as_of.clone()>{text::as_of(&stock.as_of)}</time>
                " · " {text::source(stock.source.label())}
                " · " <a href=CompareQuery::default().with(&listing.code).path()>{compare::compare_this()}</a>
            </p>
        </header>
    }
}

/// No issue is called like that.
#[component]
fn Missing(asked: String, near: Vec<Listing>) -> impl IntoView {
    let suggestions = (!near.is_empty()).then(|| {
        view! {
            <h2>{text::near()}</h2>
            <StockTable caption=text::near().to_owned() stocks=near/>
        }
    });
    view! {
        <Title text=problem::not_found_title()/>
        <section class="fault">
            <p class="fault__code">"404"</p>
            <h1>{text::nothing_found(&asked)}</h1>
            <div class="fault__actions">
                <a class="button button--primary" href="/stocks">{site::stocks()}</a>
            </div>
        </section>
        {suggestions}
    }
}
