//! The listing as a table; on a phone its rows become cards, by style alone.

use leptos::prelude::*;

use super::Star;
use crate::model::{
    market::{
        Board, Listing, ListingQuery, Order, PriceLimit, Segment, SortKey,
        format::{self, Direction},
    },
    text::{stocks as text, watchlist},
};

/// The columns with a figure, in their order.
const FIGURES: [SortKey; 9] = [
    SortKey::Close,
    SortKey::Change,
    SortKey::ChangesRatio,
    SortKey::Volume,
    SortKey::Amount,
    SortKey::Marcap,
    SortKey::Open,
    SortKey::High,
    SortKey::Low,
];

/// Rows with their ranks from `first` on. With a `query` its headings sort the listing.
#[component]
pub fn StockTable(
    caption: String,
    stocks: Vec<Listing>,
    #[prop(default = 1)] first: u32,
    #[prop(optional)] query: Option<ListingQuery>,
    /// Whether other rows are on their way. Not a `Signal`: that one would end with these rows,
    /// while the browser still asks it.
    #[prop(optional)]
    busy: Option<RwSignal<bool>>,
) -> impl IntoView {
    let label = caption.clone();
    view! {
        <div
            class="table-scroll"
            tabindex="0"
            role="region"
            aria-label=label
            aria-busy=move || busy.is_some_and(|busy| busy.get()).then_some("true")
        >
            // The style that makes cards of rows would take the table's roles from it.
            <table class="table table--stocks" role="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader" class="num rank">{text::RANK}</th>
                        <th scope="col" role="columnheader" class="star-cell">
                            <span class="visually-hidden">{watchlist::STAR_COLUMN}</span>
                        </th>
                        <Heading key=SortKey::Name class="name" query=query.clone()/>
                        {FIGURES
                            .map(|key| view! { <Heading key class="num" query=query.clone()/> })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {stocks
                        .into_iter()
                        .zip(first..)
                        .map(|(stock, rank)| view! { <Row stock rank/> })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Heading(key: SortKey, class: &'static str, query: Option<ListingQuery>) -> impl IntoView {
    let Some(query) = query else {
        return view! { <th scope="col" role="columnheader" class=class>{key.label()}</th> }.into_any();
    };
    // While something is searched for, the best match comes first unless asked otherwise.
    let is_sorted = query.sort_by() == key && (query.sort.is_some() || query.q.is_empty());
    let (sorted, mark) = match (is_sorted, query.order()) {
        (false, _) => (None, ""),
        (true, Order::Asc) => (Some("ascending"), "▲"),
        (true, Order::Desc) => (Some("descending"), "▼"),
    };
    let href = page_path(&query.with_sort(key), 1);
    view! {
        <th scope="col" role="columnheader" class=class aria-sort=sorted>
            <a href=href class="sort" data-noscroll="true">
                {key.label()}
                <span class="sort__mark" aria-hidden="true">{mark}</span>
            </a>
        </th>
    }
    .into_any()
}

/// The address of a page of the listing.
#[must_use]
pub fn page_path(query: &ListingQuery, page: u32) -> String {
    let query = query.to_page_query(page);
    if query.is_empty() {
        "/stocks".to_owned()
    } else {
        format!("/stocks?{query}")
    }
}

#[component]
fn Row(stock: Listing, rank: u32) -> impl IntoView {
    let direction = Direction::of(stock.change);
    let figure = |key: SortKey, value: String, extra: &str| {
        view! { <td role="cell" class=format!("num {extra}") data-label=key.label()>{value}</td> }
    };
    let change = if stock.halted {
        view! { <td role="cell" class="num change" data-label=text::CHANGE>{text::NONE}</td> }.into_any()
    } else {
        view! {
            <td role="cell" class=format!("num change {}", direction.class()) data-label=text::CHANGE>
                <span class="visually-hidden">{in_words(&stock)} " "</span>
                {format::change_of(&stock)}
            </td>
        }
        .into_any()
    };
    let ratio = if stock.halted {
        text::NONE.to_owned()
    } else {
        format::percent(stock.changes_ratio)
    };
    // The exact sum, for whoever needs it.
    let exact = |key: SortKey, won: i64| {
        view! {
            <td role="cell" class="num" data-label=key.label() title=format::number(won)>{format::money(won)}</td>
        }
    };
    view! {
        <tr role="row" class:halted=stock.halted>
            <td role="cell" class="num rank">{format::number(i64::from(rank))}</td>
            <td role="cell" class="star-cell"><Star code=stock.code.clone() name=stock.name.clone()/></td>
            <th scope="row" role="rowheader" class="name">
                <a class="name__text" href=format!("/stocks/{}", stock.code)>{stock.name.clone()}</a>
                {stock.halted.then(|| view! { " " <span class="badge">{text::HALTED}</span> })}
                <span class="name__meta">{stock.code.clone()} " · " {board(stock.market, stock.segment)}</span>
            </th>
            {figure(SortKey::Close, format::number(stock.close), "price")}
            {change}
            {figure(SortKey::ChangesRatio, ratio, if stock.halted { "pct" } else { pct_class(direction) })}
            {figure(SortKey::Volume, format::number(stock.volume), "")}
            {exact(SortKey::Amount, stock.amount)}
            {exact(SortKey::Marcap, stock.marcap)}
            {figure(SortKey::Open, format::price(stock.open), "")}
            {figure(SortKey::High, format::price(stock.high), "")}
            {figure(SortKey::Low, format::price(stock.low), "")}
        </tr>
    }
}

/// The change for whoever sees neither colour nor glyph.
fn in_words(stock: &Listing) -> &'static str {
    match stock.price_limit {
        Some(PriceLimit::Upper) => text::UPPER_LIMIT,
        Some(PriceLimit::Lower) => text::LOWER_LIMIT,
        None => Direction::of(stock.change).label(),
    }
}

/// The phone's card finds the ratio by its class.
fn pct_class(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "pct up",
        Direction::Down => "pct down",
        Direction::Flat => "pct flat",
    }
}

fn board(board: Board, segment: Option<Segment>) -> String {
    match segment {
        Some(segment) => format!("{} {}", board.as_str(), segment.as_str()),
        None => board.as_str().to_owned(),
    }
}
