//! An issue on the list: its figures, its place, what is written about it.

use leptos::{ev, html, prelude::*};

use super::{
    desk::{Desk, id_of},
    edit::Edit,
};
use crate::{
    components::{Star, dom::alive},
    model::{
        market::{
            Listing, WatchedIssue,
            chart::{SPARKLINE, sparkline},
            format::{self, Direction},
            watched::Step,
        },
        navigation,
        text::{stocks, watchlist as text},
    },
};

#[component]
pub fn Item(issue: WatchedIssue, desk: Desk) -> impl IntoView {
    let code = issue.item.code.clone();
    let item = {
        let code = code.clone();
        Memo::new(move |_| desk.item(&code))
    };
    let note = move || item.with(|item| item.as_ref().and_then(|item| item.note.clone()));
    let remove = {
        let code = code.clone();
        Callback::new(move |()| desk.remove(&code))
    };
    let press = {
        let code = code.clone();
        move |event: ev::KeyboardEvent| {
            let step = match event.key().as_str() {
                "ArrowUp" if event.alt_key() => Step::Up,
                "ArrowDown" if event.alt_key() => Step::Down,
                _ => return,
            };
            if !event.is_composing() {
                event.prevent_default();
                desk.take_step(&code, step);
            }
        }
    };
    let is = |signal: RwSignal<Option<String>>, code: String| {
        move || signal.with(|shown| shown.as_ref() == Some(&code)).then_some("true")
    };
    let (dragged, over) = (is(desk.dragged, code.clone()), is(desk.over, code.clone()));
    let name = issue.item.name.clone();
    view! {
        <li
            class="watch-item"
            id=id_of(&code)
            tabindex="-1"
            data-code=code.clone()
            data-dragged=dragged
            data-over=over
            on:keydown=press
        >
            <Star code=code.clone() name=name.clone() instead=remove/>
            <Name issue=issue.clone()/>
            <Figures issue/>
            {move || note().map(|note| view! { <p class="watch-item__note">{note}</p> })}
            <div class="watch-item__acts">
                <Order code=code.clone() name=name.clone() desk/>
                <Edit code=code.clone() name item desk/>
            </div>
        </li>
    }
}

#[component]
fn Name(issue: WatchedIssue) -> impl IntoView {
    let code = issue.item.code;
    let (badges, board) = match &issue.listing {
        Some(listing) => (badges(listing), Some(listing.market.with_segment(listing.segment))),
        None => (Vec::new(), None),
    };
    let badges = badges
        .into_iter()
        .map(|badge| view! { <span class="badge badge--danger">{badge}</span> " " });
    view! {
        <div class="watch-item__name">
            <a class="name__text" href=format!("/stocks/{code}")>{issue.item.name}</a>
            " "
            {badges.collect_view()}
            <span class="name__meta">{code} {board.map(|board| format!(" · {board}"))}</span>
        </div>
    }
}

/// What a reader should know first.
fn badges(listing: &Listing) -> Vec<&'static str> {
    let mut badges: Vec<&str> = listing.flags.iter().map(|flag| flag.label()).collect();
    if listing.halted && !badges.contains(&stocks::halted()) {
        badges.push(stocks::halted());
    }
    badges
}

/// Price, change and the way of the last closes; of what is no longer listed, that it is not.
#[component]
fn Figures(issue: WatchedIssue) -> impl IntoView {
    let Some(listing) = issue.listing else {
        let gone = issue.delisted_on.as_deref().map(stocks::delisted_on);
        let gone = gone.unwrap_or_else(|| stocks::not_listed().to_owned());
        return view! { <p class="watch-item__gone"><span class="badge badge--danger">{gone}</span></p> }.into_any();
    };
    let direction = Direction::of(if listing.halted { 0 } else { listing.change });
    let (change, ratio) = if listing.halted {
        (stocks::NONE.to_owned(), stocks::NONE.to_owned())
    } else {
        (format::change_of(&listing), format::percent(listing.changes_ratio))
    };
    let in_words = (!listing.halted).then(|| direction.label());
    let (width, height) = SPARKLINE;
    let way = sparkline(&issue.closes);
    let figure = |class: String, name: &'static str, in_words: Option<&'static str>, figure: String| {
        view! {
            <div class=class>
                <dt class="visually-hidden">{name}</dt>
                <dd>
                    {in_words.map(|words| view! { <span class="visually-hidden">{words} " "</span> })}
                    {figure}
                </dd>
            </div>
        }
    };
    view! {
        <dl class="watch-item__figures">
            {figure("watch-item__price".to_owned(), stocks::close(), None, format::number(listing.close))}
            {figure(direction.class().to_owned(), stocks::change(), in_words, change)}
            {figure(format!("watch-item__ratio {}", direction.class()), stocks::changes_ratio(), None, ratio)}
        </dl>
        <svg
            class=format!("sparkline watch-item__way {}", direction.class())
            viewBox=format!("0 0 {width} {height}")
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            <path d=way/>
        </svg>
    }
    .into_any()
}

/// One place up or down: by a plain post, by a button, by dragging.
#[component]
fn Order(code: String, name: String, desk: Desk) -> impl IntoView {
    let alive = alive();
    let button = |step: Step, action: &'static str, label: &'static str, arrow: &'static str| {
        let (code, of) = (code.clone(), code.clone());
        // Not `disabled`: a button at the end of its way would lose the focus.
        let is_end = move || desk.step(&of, step).is_none().then_some("true");
        let press = move |event: ev::MouseEvent| {
            event.prevent_default();
            desk.take_step(&code, step);
        };
        view! {
            <button
                class="watch-item__step"
                type="submit"
                name="action"
                value=action
                aria-label=text::of(&name, label)
                aria-disabled=is_end
                on:click=press
            >
                <svg class="watch-item__arrow" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
                    <path d=arrow/>
                </svg>
            </button>
        }
    };
    view! {
        <form class="watch-item__order" method="post" action=navigation::WATCHLIST>
            <input type="hidden" name="code" value=code.clone()/>
            {button(Step::Up, "up", text::up(), "M6 14.5l6-6 6 6")}
            {button(Step::Down, "down", text::down(), "M6 9.5l6 6 6-6")}
        </form>
        <Handle code desk alive/>
    }
}

/// What a pointer or a finger drags an item by. Keys have the buttons.
#[component]
fn Handle(code: String, desk: Desk, alive: ReadSignal<bool>) -> impl IntoView {
    let handle = NodeRef::<html::Span>::new();
    let begin = move |event: ev::PointerEvent| {
        event.prevent_default();
        if let Some(handle) = handle.get_untracked() {
            // Without it a drag ends where the handle does.
            let _ = handle.set_pointer_capture(event.pointer_id());
        }
        desk.dragged.set(Some(code.clone()));
    };
    let follow = move |event: ev::PointerEvent| {
        if desk.dragged.with_untracked(Option::is_some) {
            scroll_at_edge(&event);
            desk.over.set(code_at(&event));
        }
    };
    let cancel = move |_: ev::PointerEvent| {
        desk.dragged.set(None);
        desk.over.set(None);
    };
    view! {
        <span
            class="watch-item__handle"
            title=text::drag()
            aria-hidden="true"
            hidden=move || !alive.get()
            node_ref=handle
            on:pointerdown=begin
            on:pointermove=follow
            on:pointerup=move |_| desk.drop_dragged()
            on:pointercancel=cancel
        >
            "⠿"
        </span>
    }
}

/// How near the end of the window something is dragged that shall go on, and how far each movement
/// there scrolls; in pixels.
const EDGE: i32 = 60;
const SCROLL: f64 = 16.0;

fn scroll_at_edge(event: &ev::PointerEvent) {
    let height = window().inner_height().ok().and_then(|height| height.as_f64());
    let y = f64::from(event.client_y());
    if event.client_y() < EDGE {
        window().scroll_by_with_x_and_y(0.0, -SCROLL);
    } else if height.is_some_and(|height| y > height - f64::from(EDGE)) {
        window().scroll_by_with_x_and_y(0.0, SCROLL);
    }
}

/// The issue under the pointer.
fn code_at(event: &ev::PointerEvent) -> Option<String> {
    #[allow(clippy::cast_precision_loss, reason = "places on a screen")]
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    let item = document().element_from_point(x, y)?.closest("[data-code]").ok()??;
    item.get_attribute("data-code")
}
