//! `/watchlist`: what the user watches.

mod add;
mod desk;
mod edit;
mod item;

use leptos::{prelude::*, suspense::Unsuspend};
use leptos_meta::Title;
use leptos_router::components::A;

use add::AddBox;
use desk::Desk;
use edit::GROUPS;
use item::Item;

use crate::{
    components::{MarketBanner, ProblemPage, Waiting, rejected_form},
    functions::watchlist::watchlist,
    model::{
        market::{
            CompareQuery, RemovedItem, WatchedIssue, WatchlistItem, WatchlistPage,
            format::{self, Direction},
            watched::{self, Average},
        },
        navigation,
        text::{stocks, watchlist as text},
    },
};

#[component]
pub fn Watchlist() -> impl IntoView {
    let waiting: Waiting = expect_context();
    let list = Resource::new_blocking(|| (), |()| watchlist());
    // What the plain post that this page answers came to.
    let removed = SharedValue::new(use_context::<RemovedItem>).into_inner();
    let refused = rejected_form();
    let typed = refused.as_ref().and_then(|form| form.value("q")).map(str::to_owned);
    let reason = refused.as_ref().map(|form| form.problem.reason().to_owned());
    // Beside the box when it is about what was typed there, and not about who typed it.
    let is_of_box = typed.is_some() && refused.is_some_and(|form| form.problem.status != 401);
    let (box_fault, fault) = if is_of_box { (reason, None) } else { (None, reason) };
    let refetch = Callback::new(move |()| list.refetch());
    view! {
        <Title text=text::title()/>
        <main id="main" tabindex="-1" class="page">
            <h1>{text::title()}</h1>
            {fault.map(|fault| view! { <div class="notice notice--error" role="alert">{fault}</div> })}
            {removed.map(|RemovedItem(item)| view! { <Removed item/> })}
            <AddBox typed refused=box_fault refetch/>
            <Transition set_pending=waiting.for_data()>
                {move || Suspend::new(async move {
                    match list.await {
                        Ok(page) => Unsuspend::new(move || view! { <List page/> }).into_any(),
                        Err(problem) => view! { <ProblemPage problem/> }.into_any(),
                    }
                })}
            </Transition>
        </main>
    }
}

/// What was just taken off the list, with a way to put it back.
#[component]
fn Removed(item: WatchlistItem) -> impl IntoView {
    let written = [("group", item.group), ("note", item.note)];
    let written =
        written.map(|(name, value)| value.map(|value| view! { <input type="hidden" name=name value=value/> }));
    view! {
        <div class="notice notice--success watch-removed">
            <p role="status">{text::removed(&item.name)}</p>
            <form method="post" action=navigation::WATCHLIST>
                <input type="hidden" name="action" value="add"/>
                <input type="hidden" name="code" value=item.code/>
                <input type="hidden" name="position" value=item.position/>
                {written.into_iter().collect_view()}
                <button class="button" type="submit">{text::undo()}</button>
            </form>
        </div>
    }
}

#[component]
fn List(page: WatchlistPage) -> impl IntoView {
    let desk = Desk::new(page.issues);
    let is_empty = Memo::new(move |_| desk.issues.with(Vec::is_empty));
    let groups = Memo::new(move |_| desk.issues.with(|issues| watched::groups(issues)));
    let names = move || {
        let names = groups.get().into_iter().flatten();
        names.map(|name| view! { <option value=name/> }).collect_view()
    };
    view! {
        <MarketBanner source=page.source/>
        <p class="result-line">
            {move || stocks::count(&format::number(i64::try_from(desk.issues.with(Vec::len)).unwrap_or(i64::MAX)))}
            " · " <time datetime=page.as_of.clone()>{stocks::as_of(&page.as_of)}</time>
            " · " {stocks::source(page.source.label())}
        </p>
        <Show when=move || !is_empty.get() fallback=Empty>
            <Mean heading=text::all() mean=Signal::derive(move || desk.issues.with(|issues| watched::average(issues.iter())))/>
            <For each=move || groups.get() key=Option::clone let(group)>
                <Group group desk/>
            </For>
            <p class="card__note">{text::keys_help()}</p>
        </Show>
        <datalist id=GROUPS>{names}</datalist>
        <p class="visually-hidden" role="status">{move || desk.spoken.get()}</p>
    }
}

#[component]
fn Empty() -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{text::empty_title()}</h2>
            <p>{text::empty_help()}</p>
            <A href="/stocks" attr:class="button">{text::find_stocks()}</A>
        </div>
    }
}

#[component]
fn Group(group: Option<String>, desk: Desk) -> impl IntoView {
    let name = group.clone().unwrap_or_else(|| text::no_group().to_owned());
    let within = move || {
        desk.issues.with(|issues| {
            let within = issues.iter().filter(|issue| issue.item.group == group);
            within.cloned().collect::<Vec<_>>()
        })
    };
    let within = Memo::new(move |_| within());
    let mean = Signal::derive(move || within.with(|issues| watched::average(issues.iter())));
    let compare = move || {
        within.with(|issues| {
            let codes = issues.iter().map(|issue| issue.item.code.as_str());
            let query = codes.fold(CompareQuery::default(), |query, code| query.with(code));
            (query.codes.len() > 1).then(|| view! { <a href=query.path()>{text::compare()}</a> })
        })
    };
    view! {
        <section class="watch-group" aria-label=name.clone()>
            <h2>{name.clone()} " " <span class="watch-group__count">{move || within.with(Vec::len)}</span></h2>
            <Mean heading="" mean/>
            <p class="result-line">{compare}</p>
            <ol class="watch-list" role="list">
                <For each=move || within.get() key=|issue: &WatchedIssue| issue.item.code.clone() let(issue)>
                    <Item issue desk/>
                </For>
            </ol>
        </section>
    }
}

/// What several issues did on average, and what that is an average of.
#[component]
fn Mean(heading: &'static str, mean: Signal<Option<Average>>) -> impl IntoView {
    let said = move || match mean.get() {
        None => view! { <span>{text::no_trades()}</span> }.into_any(),
        Some(mean) => {
            let direction = Direction::of(i64::from(mean.ratio.basis_points()));
            view! {
                <span>{text::average()} " "</span>
                <strong class=direction.class()>
                    <span class="visually-hidden">{direction.label()} " "</span>
                    {format::percent(mean.ratio)}
                </strong>
                " "
                <small>{text::average_of(mean.counted, mean.left_out)}</small>
            }
            .into_any()
        }
    };
    let heading = (!heading.is_empty()).then(|| view! { <span>{heading} " "</span> });
    view! { <p class="watch-mean">{heading} {said}</p> }
}
