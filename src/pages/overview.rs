use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use crate::{
    components::{DemoBanner, ProblemPage, StockTable},
    functions::stocks::overview,
    model::{
        market::{
            BoardSummary, IndexCard, Overview,
            chart::{SPARKLINE, sparkline},
            format::{self, Direction},
        },
        text::{site, stocks as text},
    },
};

/// `/`: the day at a glance.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let market = Resource::new_blocking(|| (), |()| overview());
    view! {
        <Title text=site::OVERVIEW/>
        <main id="main" tabindex="-1" class="page">
            <h1>{site::OVERVIEW}</h1>
            <Suspense>
                {move || Suspend::new(async move {
                    match market.await {
                        Ok(market) => view! { <Day market/> }.into_any(),
                        Err(problem) => view! { <ProblemPage problem/> }.into_any(),
                    }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn Day(market: Overview) -> impl IntoView {
    let rankings = [
        (text::LARGEST, market.largest),
        (text::RISERS, market.risers),
        (text::FALLERS, market.fallers),
        (text::MOST_TRADED, market.most_traded),
    ];
    view! {
        {market.source.is_demo().then(|| view! { <DemoBanner/> })}
        <p class="result-line">
            <time datetime=market.as_of.clone()>{text::as_of(&market.as_of)}</time>
            " · " {text::source(market.source.label())}
        </p>
        <div class="boards">
            {market.indices.into_iter().map(|index| view! { <IndexOfBoard index/> }).collect_view()}
        </div>
        <div class="boards">
            {market.boards.into_iter().map(|board| view! { <BoardCard board/> }).collect_view()}
        </div>
        {rankings
            .map(|(heading, stocks)| view! {
                <h2>{heading}</h2>
                <StockTable caption=heading.to_owned() stocks/>
            })
            .collect_view()}
    }
}

/// An index with the way that led there.
#[component]
fn IndexOfBoard(index: IndexCard) -> impl IntoView {
    let direction = Direction::of(index.change.hundredths());
    let values: Vec<i64> = index.sparkline.iter().map(|value| value.hundredths()).collect();
    let (width, height) = SPARKLINE;
    view! {
        <article class="board-card index-card">
            <h2>{index.name}</h2>
            <p class="index-card__value">
                <strong>{format::points(index.value)}</strong>
                " "
                <span class=direction.class()>
                    <span class="visually-hidden">{direction.label()} " "</span>
                    {format::points_change(index.change)} " (" {format::percent(index.changes_ratio)} ")"
                </span>
            </p>
            <svg
                class=format!("sparkline {}", direction.class())
                viewBox=format!("0 0 {width} {height}")
                preserveAspectRatio="none"
                aria-hidden="true"
            >
                <path d=sparkline(&values)/>
            </svg>
        </article>
    }
}

/// Rising, unchanged and falling issues as parts of a bar; the numbers stand beside it.
#[component]
fn Breadth(board: BoardSummary) -> impl IntoView {
    let middle = board.flat + board.halted;
    view! {
        <svg
            class="breadth-bar"
            viewBox=format!("0 0 {} 1", board.total.max(1))
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            <rect class="up" width=board.up height="1"/>
            <rect x=board.up width=middle height="1"/>
            <rect class="down" x=board.up + middle width=board.down height="1"/>
        </svg>
    }
}

#[component]
fn BoardCard(board: BoardSummary) -> impl IntoView {
    let count = |number: u32| format::number(i64::from(number));
    view! {
        <article class="board-card">
            <h2><A href=format!("/stocks?market={}", board.market.as_str())>{board.market.label()}</A></h2>
            <p>{text::count(&count(board.total))} " · " {text::MARCAP} " " {format::money(board.marcap)}</p>
            <Breadth board=board.clone()/>
            <dl class="breadth">
                <div class="up"><dt>{text::UP}</dt><dd>{count(board.up)}</dd></div>
                <div class="flat"><dt>{text::FLAT}</dt><dd>{count(board.flat)}</dd></div>
                <div class="down"><dt>{text::DOWN}</dt><dd>{count(board.down)}</dd></div>
                <div class="halted"><dt>{text::HALTED}</dt><dd>{count(board.halted)}</dd></div>
            </dl>
        </article>
    }
}
