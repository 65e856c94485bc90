//! `/stocks`: everything that it shows is in its address.

mod columns;
mod conditions;
mod filters;
mod focus;
mod screens;
mod sorts;

use std::sync::Arc;

use leptos::{prelude::*, suspense::Unsuspend};
use leptos_meta::Title;
use leptos_router::{components::A, hooks::use_query_map};
use serde::{Deserialize, Serialize};

use crate::{
    components::{InTurn, MarketBanner, Pager, ProblemPage, SearchBox, StockTable, Waiting},
    functions::stocks::listings,
    model::{
        market::{self, ListingView, ListingsPage, MarketFilter, PAGE_SIZES, RangeFaults, format},
        navigation,
        text::{listing, stocks as text},
    },
};
use columns::ColumnChooser;
use conditions::Conditions;
use filters::Filters;
use focus::Pressed;
use screens::Screens;
use sorts::Sorts;

/// The rows that are shown, as a file: it takes the same parameters as the page.
const EXPORT: &str = "/api/stocks/listings.csv";

#[component]
pub fn Stocks() -> impl IntoView {
    let address = use_query_map();
    let asked = Memo::new(move |_| address.with(|address| ListingView::read(address.clone())));
    let view = Memo::new(move |_| asked.with(|(view, _)| view.clone()));
    let faults = Memo::new(move |_| address.with(|address| RangeFaults::read(address.clone())));
    let query = Memo::new(move |_| view.with(|view| view.query.clone()));
    // The columns are part of it: the browser does not have the rows of the page that it takes over.
    let page = Resource::new_blocking(
        move || view.get(),
        |view| async move {
            listings(view.query.to_page_query(view.query.page()))
                .await
                .map(|page| Rows::of(page, view.endless))
        },
    );
    let waiting = expect_context::<Waiting>().for_data();
    let pressed = Pressed::new(view, waiting);
    let typed = Signal::derive(move || query.with(|query| query.q.clone()));
    // What was chosen stays while searching.
    let others = Signal::derive(move || {
        let parameters = view.with(|view| view.parameters(1));
        parameters.into_iter().filter(|(name, _)| *name != "q").collect()
    });
    view! {
        <Title text=text::title()/>
        <main id="main" tabindex="-1" class="page" on:click=move |event| pressed.hear(&event)>
            <h1>{text::title()}</h1>
            <div class="toolbar">
                <InTurn><Tabs view/></InTurn>
                <InTurn>
                    <SearchBox
                        action="/stocks"
                        name="q"
                        label=text::search_label()
                        button=text::search()
                        path_of=|code: String| format!("/stocks/{code}")
                        typed
                        others
                    />
                </InTurn>
            </div>
            <div class="panels">
                <InTurn><Filters view faults/></InTurn>
                <InTurn><Sorts view/></InTurn>
                <InTurn><ColumnChooser view/></InTurn>
                <InTurn><Screens view/></InTurn>
            </div>
            <InTurn><Conditions view/></InTurn>
            // The rows of before stay until the new ones are there.
            <InTurn><Transition set_pending=waiting>
                {move || {
                    asked.track();
                    Suspend::new(async move {
                        match page.await {
                            Ok(rows) => {
                                let (view, is_exact) = asked.get_untracked();
                                let notice = (!is_exact).then(|| faults.with_untracked(what_was_changed));
                                Unsuspend::new(move || view! { <Listing rows view notice waiting/> }).into_any()
                            }
                            Err(problem) => view! { <ProblemPage problem/> }.into_any(),
                        }
                    })
                }}
            </Transition></InTurn>
        </main>
    }
}

/// A page of the listing. Its rows do not travel beside the document that shows them: a browser that
/// takes this one over has none, and needs none before it asks for others.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Rows {
    /// Without its stocks, unless all are to be gone through.
    page: ListingsPage,
    #[serde(skip)]
    stocks: Arc<Vec<market::Listing>>,
}

impl Rows {
    fn of(mut page: ListingsPage, is_endless: bool) -> Self {
        let stocks = if is_endless {
            Vec::new()
        } else {
            std::mem::take(&mut page.stocks)
        };
        Self {
            page,
            stocks: Arc::new(stocks),
        }
    }
}

/// Why an address that was not understood as a whole shows what it shows.
fn what_was_changed(faults: &RangeFaults) -> String {
    match faults.turned.first() {
        _ if !faults.unread.is_empty() => listing::ranges_unread().to_owned(),
        Some(measure) => listing::range_turned(measure.label()),
        None => text::nearest_shown().to_owned(),
    }
}

#[component]
fn Tabs(view: Memo<ListingView>) -> impl IntoView {
    let tab = move |market: MarketFilter| {
        let href = move || view.with(|view| view.with(view.query.with_market(market)).path(1));
        let current = move || view.with(|view| (view.query.market == market).then_some("page"));
        view! { <a href=href data-noscroll="true" aria-current=current>{market.label()}</a> }
    };
    view! { <nav class="tabs" aria-label=text::market()>{MarketFilter::ALL.map(tab).collect_view()}</nav> }
}

#[component]
fn Listing(
    rows: Rows,
    view: ListingView,
    /// What of the address was not taken as it stands.
    notice: Option<String>,
    waiting: RwSignal<bool>,
) -> impl IntoView {
    let Rows { page, stocks } = rows;
    let pages = page.pages();
    let caption = text::titled(view.query.market.label());
    let first = page.offset + 1;
    let is_past_the_end = page.offset != view.query.offset;
    let notice = notice.or_else(|| is_past_the_end.then(|| listing::past_the_end().to_owned()));
    let export = (page.source.may_export() && page.total > 0).then(|| {
        let href = navigation::with_query(EXPORT, &navigation::query(view.query.of_rest()));
        view! {
            " · "
            <a href=href rel="external" download>{text::export()}</a>
        }
    });
    let sizes = (page.total > 0).then(|| view! { <Sizes view=view.clone()/> });
    let is_endless = view.endless;
    // A page past the end is the last one: where there are rows at all, this page has some.
    let rows = if page.total == 0 {
        view! { <Nothing view=view.clone()/> }.into_any()
    } else if is_endless {
        let (stocks, total, view) = (page.stocks, page.total, view.clone());
        view! { <StockTable caption stocks first view total busy=waiting/> }.into_any()
    } else {
        view! { <StockTable caption stocks first view=view.clone() busy=waiting/> }.into_any()
    };
    view! {
        <MarketBanner source=page.source/>
        {notice.map(|notice| view! { <div class="notice" role="status">{notice}</div> })}
        <div class="toolbar">
            <p class="result-line" role="status">
                <strong>{format::number(i64::from(page.total))}</strong>
                {text::count_unit(page.total)} " · " <time datetime=page.as_of.clone()>{text::as_of(&page.as_of)}</time>
                " · " {text::source(page.source.label())}
                {export}
            </p>
            {sizes}
        </div>
        {rows}
        // Where scripts run, all rows are above already.
        <div class:without-scripts=is_endless>
            <Pager view pages/>
        </div>
    }
}

/// How many rows a page has, or all of them.
#[component]
fn Sizes(view: ListingView) -> impl IntoView {
    let link = |other: ListingView, label: String, is_current: bool| {
        let current = is_current.then_some("true");
        view! { <a href=other.path(1) data-noscroll="true" aria-current=current>{label}</a> }
    };
    let sizes = PAGE_SIZES.map(|size| {
        let other = ListingView {
            query: view.query.with_size(size),
            endless: false,
            ..view.clone()
        };
        let is_current = !view.endless && view.query.limit == Some(size);
        link(other, listing::rows(size), is_current)
    });
    let all = ListingView {
        endless: true,
        ..view.clone()
    };
    view! {
        <nav class="sizes" aria-label=listing::rows_of_page()>
            {sizes.collect_view()}
            {link(all, listing::all_rows().to_owned(), view.endless)}
        </nav>
    }
}

/// Nothing matches what was asked for.
#[component]
fn Nothing(view: ListingView) -> impl IntoView {
    let query = view.query;
    let (heading, help) = if query.filter.is_empty() {
        (text::nothing_found(&query.q), text::search_help())
    } else {
        (listing::no_match().to_owned(), listing::no_match_help())
    };
    view! {
        <div class="empty">
            <h2>{heading}</h2>
            <p>{help}</p>
            <A href="/stocks" attr:class="button">{text::show_all()}</A>
        </div>
    }
}
