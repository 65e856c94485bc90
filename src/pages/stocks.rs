use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    components::{A, Form},
    hooks::use_query_map,
};

use crate::{
    components::{DemoBanner, Pager, ProblemPage, StockTable, page_path},
    functions::stocks::listings,
    model::{
        market::{ListingQuery, ListingsPage, MarketFilter, format},
        text::stocks as text,
    },
};

/// The rows that are shown, as a file: it takes the same parameters as the page.
const EXPORT: &str = "/api/stocks/listings.csv";

/// `/stocks`: everything that it shows is in its address.
#[component]
pub fn Stocks() -> impl IntoView {
    let address = use_query_map();
    let query = Memo::new(move |_| address.with(|address| ListingQuery::lenient(address.clone())));
    let page = Resource::new_blocking(move || query.with(|query| query.to_page_query(query.page())), listings);
    let waiting = RwSignal::new(false);
    view! {
        <Title text=text::TITLE/>
        <main id="main" tabindex="-1" class="page">
            <h1>{text::TITLE}</h1>
            <div class="toolbar">
                <Tabs query/>
                <Search query/>
            </div>
            // The rows of before stay until the new ones are there.
            <Transition set_pending=waiting>
                {move || Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Listing page query=query.get_untracked() waiting/> }.into_any(),
                        Err(problem) => view! { <ProblemPage problem/> }.into_any(),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Tabs(query: Memo<ListingQuery>) -> impl IntoView {
    let tab = move |market: MarketFilter| {
        let href = move || query.with(|query| page_path(&query.with_market(market), 1));
        let current = move || query.with(|query| (query.market == market).then_some("page"));
        view! { <a href=href data-noscroll="true" aria-current=current>{market.label()}</a> }
    };
    view! { <nav class="tabs" aria-label=text::MARKET>{MarketFilter::ALL.map(tab).collect_view()}</nav> }
}

#[component]
fn Search(query: Memo<ListingQuery>) -> impl IntoView {
    // The order that was chosen stays while searching; so does the market.
    let market = move || query.with(|query| (query.market != MarketFilter::Krx).then(|| query.market.as_str()));
    let sort = move || query.with(|query| query.sort);
    view! {
        <Form method="GET" action="/stocks" attr:class="search" attr:role="search" noscroll=true>
            <label class="visually-hidden" for="q">{text::SEARCH_LABEL}</label>
            <input
                class="search__input"
                type="search"
                id="q"
                name="q"
                maxlength="100"
                autocomplete="off"
                spellcheck="false"
                placeholder=text::SEARCH_PLACEHOLDER
                prop:value=move || query.with(|query| query.q.clone())
                value=query.with_untracked(|query| query.q.clone())
            />
            {move || market().map(|market| view! { <input type="hidden" name="market" value=market/> })}
            {move || sort().map(|sort| view! {
                <input type="hidden" name="sort_by" value=sort.key.as_str()/>
                <input type="hidden" name="order" value=sort.order.as_str()/>
            })}
            <button class="button" type="submit">{text::SEARCH}</button>
        </Form>
    }
}

#[component]
fn Listing(page: ListingsPage, query: ListingQuery, waiting: RwSignal<bool>) -> impl IntoView {
    let pages = page.pages();
    let caption = format!("{} {}", query.market.label(), text::TITLE);
    let first = page.offset + 1;
    let export = (page.source.may_export() && page.total > 0).then(|| {
        let rows = query.to_page_query(1);
        let href = if rows.is_empty() {
            EXPORT.to_owned()
        } else {
            format!("{EXPORT}?{rows}")
        };
        view! {
            " · "
            <a href=href rel="external" download>{text::EXPORT}</a>
        }
    });
    let rows = if page.stocks.is_empty() {
        view! { <Nothing query=query.clone()/> }.into_any()
    } else {
        view! { <StockTable caption stocks=page.stocks first query=query.clone() busy=waiting/> }.into_any()
    };
    view! {
        {page.source.is_demo().then(|| view! { <DemoBanner/> })}
        <p class="result-line" role="status">
            <strong>{format::number(i64::from(page.total))}</strong>
            {text::COUNT_UNIT} " · " <time datetime=page.as_of.clone()>{text::as_of(&page.as_of)}</time>
            " · " {text::source(page.source.label())}
            {export}
        </p>
        {rows}
        <Pager query pages/>
    }
}

/// Nothing matches what was searched for.
#[component]
fn Nothing(query: ListingQuery) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{text::nothing_found(&query.q)}</h2>
            <p>{text::SEARCH_HELP}</p>
            <A href="/stocks" attr:class="button">{text::SHOW_ALL}</A>
        </div>
    }
}
