//! One issue as a row. Nothing in it changes but its star, and a page has many: each is one piece of
//! HTML and not a view, which the browser would have to go through node by node.

use maud::{Markup, html};

use crate::components::star::RowStars;
use crate::model::{
    Language,
    market::{
        Column, Columns, FlagKind, Listing, PriceLimit,
        format::{self, Direction},
    },
    text::stocks as text,
};

/// Rows with their ranks from `first` on.
pub fn rows(stocks: &[Listing], first: u32, columns: &Columns, stars: &RowStars) -> String {
    let rows = html! {
        @for (stock, rank) in stocks.iter().zip(first..) {
            tr role="row" class=[class(stock)] aria-rowindex=(rank + 1) { (inside(stock, rank, columns, stars)) }
        }
    };
    rows.into_string()
}

/// The class of an issue's row.
pub fn class(stock: &Listing) -> Option<&'static str> {
    stock.halted.then_some("halted")
}

/// What is in the row of an issue with its rank and these columns.
pub fn inside(stock: &Listing, rank: u32, columns: &Columns, stars: &RowStars) -> Markup {
    html! {
        td role="cell" class="num rank" { (format::number(i64::from(rank))) }
        td role="cell" class="star-cell" { (stars.html(&stock.code, &stock.name)) }
        th scope="row" role="rowheader" class="name" {
            (name(stock))
            span class="name__meta" { (stock.code) " · " (stock.market.with_segment(stock.segment)) }
        }
        @for column in columns.iter() { (cell(stock, column)) }
    }
}

/// The name of an issue, with what a reader should know before its figures.
pub fn name(stock: &Listing) -> Markup {
    let flags = stock.flags.iter().filter(|flag| **flag != FlagKind::Halted);
    html! {
        a class="name__text" href={ "/stocks/" (stock.code) } { (stock.name) }
        @if stock.halted { " " span class="badge" { (text::halted()) } }
        @for flag in flags { " " span class="badge badge--flag" title=(flag.label()) { (flag.short()) } }
    }
}

/// One figure or word of an issue.
pub fn cell(stock: &Listing, column: Column) -> Markup {
    let label = column.label();
    let figure = |value: String, class: &str| {
        html! { td role="cell" class={ "num " (class) } data-label=(label) { (value) } }
    };
    // The exact sum, for whoever needs it.
    let sum = |won: i64| {
        let exact = text::won(&format::number(won));
        html! { td role="cell" class="num" data-label=(label) title=(exact) { (format::money(won)) } }
    };
    let word = |value: Option<&str>| {
        let value = value.unwrap_or(text::NONE);
        let class = if column == Column::Isin { "word isin" } else { "word" };
        html! { td role="cell" class=(class) lang=[Language::mark_of_korean()] data-label=(label) title=(value) { (value) } }
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
fn change(stock: &Listing) -> Markup {
    if stock.halted {
        return html! { td role="cell" class="num change" data-label=(text::change()) { (text::NONE) } };
    }
    html! {
        td role="cell" class={ "num change " (Direction::of(stock.change).class()) } data-label=(text::change()) {
            span class="visually-hidden" { (in_words(stock)) " " }
            (format::change_of(stock))
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::market::{Board, Percent};

    #[test]
    fn what_is_said_of_an_issue_stays_text() {
        let stock = Listing {
            code: "\"><b>".to_owned(),
            isin: "<i>".to_owned(),
            name: "<script>alert(1)</script>".to_owned(),
            market: Board::Kospi,
            segment: None,
            dept: None,
            industry: Some("\" onclick=\"alert(1)".to_owned()),
            share_kind: None,
            close: 1_000,
            change: 10,
            changes_ratio: Percent::default(),
            open: None,
            high: None,
            low: None,
            volume: 0,
            amount: 0,
            marcap: 0,
            shares: 0,
            halted: true,
            price_limit: None,
            flags: Vec::new(),
        };
        let mut shown = name(&stock).into_string();
        for column in Column::ALL {
            shown += &cell(&stock, column).into_string();
        }
        for said in ["<script", "<b>", "<i>", "\" onclick"] {
            assert!(!shown.contains(said), "{said} in {shown}");
        }
        assert!(shown.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{shown}");
    }
}
