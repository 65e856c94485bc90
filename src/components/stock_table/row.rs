//! One issue as a row.

use leptos::prelude::*;

use crate::components::Star;
use crate::model::{
    market::{
        Board, Column, Columns, FlagKind, Listing, PriceLimit, Segment,
        format::{self, Direction},
    },
    text::stocks as text,
};

/// An issue with its rank and these columns.
pub fn row(stock: &Listing, rank: u32, columns: &Columns) -> impl IntoView + use<> {
    let cells = columns.iter().map(|column| cell(stock, column)).collect_view();
    view! {
        <tr role="row" class:halted=stock.halted aria-rowindex=rank + 1>
            <td role="cell" class="num rank">{format::number(i64::from(rank))}</td>
            <td role="cell" class="star-cell"><Star code=stock.code.clone() name=stock.name.clone()/></td>
            <th scope="row" role="rowheader" class="name">
                <a class="name__text" href=format!("/stocks/{}", stock.code)>{stock.name.clone()}</a>
                {badges(stock)}
                <span class="name__meta">{stock.code.clone()} " · " {board(stock.market, stock.segment)}</span>
            </th>
            {cells}
        </tr>
    }
}

/// What a reader should know about an issue before its figures.
pub fn badges(stock: &Listing) -> impl IntoView + use<> {
    let flags = stock.flags.iter().copied().filter(|flag| *flag != FlagKind::Halted);
    let flags = flags
        .map(|flag| view! { " " <span class="badge badge--flag" title=flag.label()>{flag.short()}</span> })
        .collect_view();
    view! {
        {stock.halted.then(|| view! { " " <span class="badge">{text::halted()}</span> })}
        {flags}
    }
}

/// One figure or word of an issue.
pub fn cell(stock: &Listing, column: Column) -> AnyView {
    let label = column.label();
    let figure = |value: String, class: &str| {
        let class = format!("num {class}");
        view! { <td role="cell" class=class data-label=label>{value}</td> }.into_any()
    };
    // The exact sum, for whoever needs it.
    let sum = |won: i64| {
        let exact = text::won(&format::number(won));
        view! { <td role="cell" class="num" data-label=label title=exact>{format::money(won)}</td> }.into_any()
    };
    let word = |value: Option<&str>| {
        let value = value.unwrap_or(text::NONE).to_owned();
        view! { <td role="cell" class="word" data-label=label title=value.clone()>{value.clone()}</td> }.into_any()
    };
    match column {
        Column::Close => figure(format::number(stock.close), "price"),
        Column::Change => change(stock),
        Column::ChangesRatio if stock.halted => figure(text::NONE.to_owned(), "pct"),
        Column::ChangesRatio => figure(
            format::percent(stock.changes_ratio),
            pct_class(Direction::of(stock.change)),
        ),
        Column::Volume => figure(format::number(stock.volume), ""),
        Column::Amount => sum(stock.amount),
        Column::Marcap => sum(stock.marcap),
        Column::Open => figure(format::price(stock.open), ""),
        Column::High => figure(format::price(stock.high), ""),
        Column::Low => figure(format::price(stock.low), ""),
        Column::Shares => figure(format::number(stock.shares), ""),
        Column::Industry => word(stock.industry.as_deref()),
        Column::Dept => word(stock.dept.as_deref()),
        Column::ShareKind => word(stock.share_kind.as_deref()),
        Column::Isin => word(Some(&stock.isin)),
    }
}

/// A halted issue has no change: its price was carried over.
fn change(stock: &Listing) -> AnyView {
    if stock.halted {
        return view! { <td role="cell" class="num change" data-label=text::change()>{text::NONE}</td> }.into_any();
    }
    let class = format!("num change {}", Direction::of(stock.change).class());
    view! {
        <td role="cell" class=class data-label=text::change()>
            <span class="visually-hidden">{in_words(stock)} " "</span>
            {format::change_of(stock)}
        </td>
    }
    .into_any()
}

/// The change for whoever sees neither colour nor glyph.
fn in_words(stock: &Listing) -> &'static str {
    match stock.price_limit {
        Some(PriceLimit::Upper) => text::upper_limit(),
        Some(PriceLimit::Lower) => text::lower_limit(),
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
