//! `/compare`: up to five issues on one chart, each beginning at 100.

use leptos::{prelude::*, suspense::Unsuspend};
use leptos_meta::Title;
use leptos_router::{NavigateOptions, components::Redirect, hooks::use_query_map};

use crate::{
    components::{CompareChart, MarketBanner, Passage, ProblemPage, SearchBox, Star, class_of_series},
    functions::stocks::compare,
    model::{
        market::{
            CompareQuery, Compared, Comparison, Span,
            format::{self, Direction},
        },
        navigation,
        text::{compare as text, stocks, watchlist},
    },
};

/// Everything that it shows is in its address.
#[component]
pub fn ComparePage() -> impl IntoView {
    let address = use_query_map();
    let asked = Memo::new(move |_| address.with(|address| CompareQuery::read(address.clone())));
    let comparison = Resource::new_blocking(move || asked.get().0.to_query(), compare);
    let typed = Signal::derive(move || asked.with(|(query, _)| query.add.clone()));
    let others = Signal::derive(move || {
        let parameters = asked.with(|(query, _)| query.parameters()).into_iter();
        parameters.filter(|(name, _)| *name != "add").collect()
    });
    let is_full = Memo::new(move |_| asked.with(|(query, _)| !query.has_place()));
    let path_with = move |code: String| asked.with_untracked(|(query, _)| query.with(&code).path());
    let waiting = expect_context::<Passage>().data();
    view! {
        <Title text=text::TITLE/>
        <main id="main" tabindex="-1" class="page">
            <h1>{text::TITLE}</h1>
            <Show when=move || !is_full.get() fallback=|| view! { <p class="help">{text::FULL}</p> }>
                <SearchBox
                    action=navigation::COMPARE
                    name="add"
                    label=text::ADD_LABEL
                    button=text::ADD
                    path_of=path_with
                    typed
                    others
                />
            </Show>
            <Transition set_pending=waiting>
                {move || Suspend::new(async move {
                    match comparison.await {
                        // What was typed is one of the codes now.
                        Ok(comparison) if comparison.fault.is_none() && asked.with_untracked(|(asked, _)| !asked.add.is_empty()) => {
                            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
                            view! { <Redirect path=comparison.query.path() options/> }.into_any()
                        }
                        Ok(comparison) => {
                            let is_exact = asked.get_untracked().1;
                            Unsuspend::new(move || view! { <Side comparison is_exact/> }).into_any()
                        }
                        Err(problem) => view! { <ProblemPage problem/> }.into_any(),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Side(
    comparison: Comparison,
    /// Whether all of the address was understood.
    is_exact: bool,
) -> impl IntoView {
    let query = comparison.query;
    let unknown = (!comparison.unknown.is_empty()).then(|| text::unknown(&comparison.unknown.join(", ")));
    let stale = (!is_exact).then(|| stocks::NEAREST_SHOWN.to_owned());
    let notices = [stale, unknown].into_iter().flatten();
    let notices = notices
        .map(|notice| view! { <div class="notice" role="status">{notice}</div> })
        .collect_view();
    let fault = comparison
        .fault
        .map(|fault| view! { <div class="notice notice--error" role="alert">{fault}</div> });
    let shown = if comparison.issues.is_empty() {
        view! { <Nothing offers=comparison.offers/> }.into_any()
    } else {
        let (issues, dates) = (comparison.issues, comparison.dates);
        view! { <Lines issues dates query/> }.into_any()
    };
    view! {
        <MarketBanner source=comparison.source/>
        {notices}
        {fault}
        <p class="result-line">
            <time datetime=comparison.as_of.clone()>{stocks::as_of(&comparison.as_of)}</time>
            " · " {stocks::source(comparison.source.label())}
        </p>
        {shown}
    }
}

/// The chart, and what it is of.
#[component]
fn Lines(issues: Vec<Compared>, dates: Vec<String>, query: CompareQuery) -> impl IntoView {
    let spans = Span::ALL.map(|span| {
        let other = CompareQuery { span, ..query.clone() };
        let current = (span == query.span).then_some("page");
        view! { <a href=other.path() data-noscroll="true" aria-current=current>{span.label()}</a> }
    });
    let names: Vec<&str> = issues.iter().map(|issue| issue.listing.name.as_str()).collect();
    let day = |day: Option<&String>| day.cloned().unwrap_or_default();
    let in_words = text::chart_in_words(&names.join(", "), &day(dates.first()), &day(dates.last()));
    let rows = issues.iter().enumerate().map(|(place, issue)| {
        let begins = issue
            .first()
            .filter(|first| *first > 0)
            .and_then(|first| dates.get(first));
        view! { <Row issue=issue.clone() place begins=begins.cloned() query=query.clone()/> }
    });
    let rows = rows.collect_view();
    view! {
        <section class="stock-chart" aria-label=text::CHART>
            <nav class="chart-settings" aria-label=text::RANGE><div class="tabs">{spans.collect_view()}</div></nav>
            <CompareChart issues dates in_words/>
            <p class="help">{text::HELP}</p>
        </section>
        <div class="table-scroll" tabindex="0" role="region" aria-label=text::ISSUES>
            <table class="table table--ranking">
                <caption class="visually-hidden">{text::ISSUES}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="star-cell">
                            <span class="visually-hidden">{watchlist::STAR_COLUMN}</span>
                        </th>
                        <th scope="col">{stocks::NAME}</th>
                        <th scope="col" class="num">{text::OF_RANGE}</th>
                        <th scope="col" class="num">{stocks::CLOSE}</th>
                        <th scope="col" class="num">{stocks::CHANGES_RATIO}</th>
                        <th scope="col" class="num">{stocks::MARCAP}</th>
                        <th scope="col"><span class="visually-hidden">{text::REMOVE}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// An issue; `begins` is the first day of its line, when that is not the first of all.
#[component]
fn Row(issue: Compared, place: usize, begins: Option<String>, query: CompareQuery) -> impl IntoView {
    let change = issue.change();
    let listing = issue.listing;
    let of_range = change.map_or_else(
        || view! { <td class="num">{stocks::NONE}</td> }.into_any(),
        |change| {
            let direction = Direction::of(change.basis_points().into());
            view! {
                <td class=format!("num {}", direction.class())>
                    <span class="visually-hidden">{direction.label()} " "</span>
                    {format::percent(change)}
                </td>
            }
            .into_any()
        },
    );
    let direction = Direction::of(listing.change);
    let ended = issue.ended_on;
    // What is not listed cannot be put on a list.
    let star = ended
        .is_none()
        .then(|| view! { <Star code=listing.code.clone() name=listing.name.clone()/> });
    let today = if let Some(date) = ended {
        view! { <td class="num"><span class="badge badge--danger">{stocks::delisted_on(&date)}</span></td> }.into_any()
    } else if listing.halted {
        view! { <td class="num"><span class="badge">{stocks::HALTED}</span></td> }.into_any()
    } else {
        view! { <td class=format!("num {}", direction.class())>{format::percent(listing.changes_ratio)}</td> }
            .into_any()
    };
    view! {
        <tr>
            <td class="star-cell">{star}</td>
            <th scope="row" class="name">
                <span class=format!("swatch {}", class_of_series(place)) aria-hidden="true"></span>
                <a class="name__text" href=format!("/stocks/{}", listing.code)>{listing.name.clone()}</a>
                " " <span class="name__meta">{listing.code.clone()}</span>
                {begins.map(|date| view! { " " <span class="name__meta">{text::begins_on(&date)}</span> })}
            </th>
            {of_range}
            <td class="num">{format::number(listing.close)}</td>
            {today}
            <td class="num" title=format::number(listing.marcap)>{format::money(listing.marcap)}</td>
            <td>
                <a
                    class="button button--quiet"
                    href=query.without(&listing.code).path()
                    data-noscroll="true"
                    aria-label=text::remove(&listing.name)
                >
                    {text::REMOVE}
                </a>
            </td>
        </tr>
    }
}

/// No issue was chosen yet.
#[component]
fn Nothing(offers: Vec<String>) -> impl IntoView {
    let query = CompareQuery {
        codes: offers,
        ..CompareQuery::default()
    };
    view! {
        <div class="empty">
            <h2>{text::NOTHING_YET}</h2>
            <p>{text::NOTHING_YET_HELP}</p>
            <div class="fault__actions">
                <a class="button button--primary" href=query.path()>{text::COMPARE_LARGEST}</a>
            </div>
        </div>
    }
}
