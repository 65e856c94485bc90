use leptos::{prelude::*, suspense::Unsuspend};
use leptos_meta::Title;
use leptos_router::{components::A, hooks::use_query_map};

use crate::{
    components::{MarketBanner, ProblemPage, RankingTable, Waiting},
    functions::stocks::overview,
    model::{
        market::{
            Board, BoardSummary, Column, IndexCard, Leaders, Listing, MarketOverview, OverviewQuery, Ranking, Shares,
            chart::{SPARKLINE, sparkline},
            format::{self, Direction},
        },
        text::{site, stocks as text},
    },
};

/// The columns of a board's ends.
const OF_BOARD: [Column; 5] = [
    Column::Close,
    Column::ChangesRatio,
    Column::Open,
    Column::Low,
    Column::High,
];

/// `/`: the day at a glance.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let waiting: Waiting = expect_context();
    let address = use_query_map();
    let asked = Memo::new(move |_| address.with(|address| OverviewQuery::read(address.clone())));
    let market = Resource::new_blocking(move || asked.get().0, overview);
    view! {
        <Title text=site::overview()/>
        <main id="main" tabindex="-1" class="page">
            <h1>{site::overview()}</h1>
            <Transition set_pending=waiting.for_data()>
                {move || Suspend::new(async move {
                    match market.await {
                        Ok(market) => {
                            let (query, is_exact) = asked.get_untracked();
                            Unsuspend::new(move || view! { <Day market query is_exact/> }).into_any()
                        }
                        Err(problem) => view! { <ProblemPage problem/> }.into_any(),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Day(
    market: MarketOverview,
    query: OverviewQuery,
    /// Whether all of the address was understood.
    is_exact: bool,
) -> impl IntoView {
    let shares = Shares::ALL.map(|shares| {
        let other = OverviewQuery { shares, ..query };
        let current = (shares == query.shares).then_some("true");
        view! { <a href=other.path() data-noscroll="true" aria-current=current>{shares.label()}</a> }
    });
    let rankings = market
        .rankings
        .into_iter()
        .filter(|ranking| ranking.market != Board::Konex);
    let rankings = rankings.map(|ranking| view! { <Ends ranking/> }).collect_view();
    view! {
        <MarketBanner source=market.source/>
        {(!is_exact).then(|| view! { <div class="notice" role="status">{text::nearest_shown()}</div> })}
        <p class="result-line">
            <time datetime=market.as_of.clone()>{text::as_of(&market.as_of)}</time>
            " · " {text::source(market.source.label())}
        </p>
        <div class="boards boards--pair">
            {market.indices.into_iter().map(|index| view! { <IndexOfBoard index/> }).collect_view()}
        </div>
        <div class="boards">
            {market.boards.into_iter().map(|board| view! { <BoardCard board/> }).collect_view()}
        </div>
        <nav class="sizes" aria-label=text::ranked_shares()>{shares.collect_view()}</nav>
        {rankings}
        <DayLeaders leaders=market.leaders/>
    }
}

/// Both ends of a board by market capitalisation.
#[component]
fn Ends(ranking: Ranking) -> impl IntoView {
    let board = ranking.market.label();
    let ends = [(text::largest(), ranking.top), (text::smallest(), ranking.bottom)].map(|(heading, stocks)| {
        let caption = format!("{board} {heading}");
        view! {
            <article class="board-card">
                <h3>{heading}</h3>
                <RankingTable caption stocks columns=&OF_BOARD/>
            </article>
        }
    });
    view! {
        <section class="rankings">
            <h2>{board}</h2>
            <div class="rankings__pair">{ends.collect_view()}</div>
        </section>
    }
}

/// Who rose and fell most, and who was traded most.
#[component]
fn DayLeaders(leaders: Leaders) -> impl IntoView {
    let lists: [(&str, Vec<Listing>, &'static [Column]); 4] = [
        (
            text::risers(),
            leaders.gainers,
            &[Column::Close, Column::Change, Column::ChangesRatio],
        ),
        (
            text::fallers(),
            leaders.losers,
            &[Column::Close, Column::Change, Column::ChangesRatio],
        ),
        (
            text::most_shares(),
            leaders.volume,
            &[Column::Close, Column::ChangesRatio, Column::Volume],
        ),
        (
            text::most_traded(),
            leaders.amount,
            &[Column::Close, Column::ChangesRatio, Column::Amount],
        ),
    ];
    let lists = lists.map(|(heading, stocks, columns)| {
        view! {
            <article class="board-card">
                <h3>{heading}</h3>
                <RankingTable caption=heading.to_owned() stocks columns/>
            </article>
        }
    });
    view! {
        <section class="rankings">
            <h2>{text::leaders()}</h2>
            <div class="rankings__pair">{lists.collect_view()}</div>
        </section>
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
            <p>{text::count(&count(board.total))} " · " {text::marcap()} " " {format::money(board.marcap)}</p>
            <Breadth board=board.clone()/>
            <dl class="breadth">
                <div class="up"><dt>{text::up()}</dt><dd>{count(board.up)}</dd></div>
                <div class="flat"><dt>{text::flat()}</dt><dd>{count(board.flat)}</dd></div>
                <div class="down"><dt>{text::down()}</dt><dd>{count(board.down)}</dd></div>
                <div class="up"><dt>"↑" {text::upper_limit()}</dt><dd>{count(board.upper_limit)}</dd></div>
                <div class="down"><dt>"↓" {text::lower_limit()}</dt><dd>{count(board.lower_limit)}</dd></div>
                <div class="halted"><dt>{text::halted()}</dt><dd>{count(board.halted)}</dd></div>
            </dl>
        </article>
    }
}
