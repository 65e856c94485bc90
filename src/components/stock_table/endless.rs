//! All rows below each other: only those near the window are in the page, and they are fetched when
//! they come near. Without scripts it is a page like the others.

use std::{collections::HashSet, ops::Range, sync::Arc, time::Duration};

use leptos::{ev, html, prelude::*, task::spawn_local, web_sys};

use super::row::{class, inside};
use crate::{
    components::{
        dom::{all_in, find_in, focus_in_place, make_focusable, rescue_focus},
        form::leave_for_login,
        star::RowStars,
    },
    functions::stocks::listings,
    model::{
        market::{Listing, ListingView, PART},
        text::listing as text,
    },
};

/// The window moves by so many rows at once.
const STEP: u32 = 10;
/// How often, and after which pause, the focus looks for rows that are on their way: ten seconds.
const WAITS: u32 = 100;
const WAIT: Duration = Duration::from_millis(100);
/// Rows that are kept ready above and below what is seen.
const MARGIN: u32 = 20;

/// Rows that are there, by their part.
type Parts = Arc<Vec<RwSignal<Option<Arc<Vec<Listing>>>>>>;

/// What of the rows is in the page, counted from 0; and how high a row is, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Window {
    start: u32,
    end: u32,
    height: f64,
}

#[component]
pub fn EndlessRows(
    stocks: Arc<Vec<Listing>>,
    first: u32,
    total: u32,
    view: ListingView,
    stars: RowStars,
) -> impl IntoView {
    let body = NodeRef::<html::Tbody>::new();
    let (above, below) = (NodeRef::<html::Tr>::new(), NodeRef::<html::Tr>::new());
    let at_first = u32::try_from(stocks.len()).unwrap_or_default();
    let offset = first.saturating_sub(1);
    let parts: Parts = Arc::new((0..total.div_ceil(PART)).map(|_| RwSignal::new(None)).collect());
    if let Some(part) = parts.get(place(offset / PART)) {
        part.set(Some(stocks));
    }
    // As the server sends it: the rows that it knows, without anything above or below.
    let window = RwSignal::new(Window {
        start: offset,
        end: offset + at_first,
        height: 0.0,
    });
    let failed = RwSignal::new(false);

    let view_of_rows = Arc::new(view);
    fetch_what_is_near(Arc::clone(&parts), Arc::clone(&view_of_rows), window, failed);
    follow_the_window(body, total, offset, window);
    keep_place(above, below, total, window);

    let rows = Memo::new(move |_| window.with(|window| window.start..window.end));
    let each = {
        let columns = view_of_rows.columns.clone();
        let stars = stars.clone();
        move |place_of_row: u32| {
            let part = parts.get(place(place_of_row / PART)).copied();
            let (columns, stars) = (columns.clone(), stars.clone());
            move || {
                let part = part.and_then(|part| part.get());
                let stock = part.as_ref().and_then(|part| part.get(place(place_of_row % PART)));
                match stock {
                    Some(stock) => {
                        let inside = inside(stock, place_of_row + 1, &columns, &stars).into_string();
                        view! {
                            <tr role="row" class=class(stock) aria-rowindex=place_of_row + 2 inner_html=inside></tr>
                        }
                        .into_any()
                    }
                    None => view! {
                        <tr role="row" class="waiting" aria-rowindex=place_of_row + 2>
                            <td role="cell" class="num rank">{place_of_row + 1}</td>
                            <td role="cell" class="star-cell"></td>
                            <th scope="row" role="rowheader" class="name">
                                <span class="name__text">{text::loading()}</span>
                                <span class="name__meta">" "</span>
                            </th>
                        </tr>
                    }
                    .into_any(),
                }
            }
        }
    };
    stars.follow(body);
    let press = move |event| stars.press(&event);
    let retry = move || {
        failed.get().then(|| {
            view! {
                <tr role="row" class="retry">
                    <td role="cell" colspan="20">
                        <span role="alert">{text::rows_missing()}</span>
                        " "
                        <button class="button" type="button" on:click=move |_| failed.set(false)>{text::try_again()}</button>
                    </td>
                </tr>
            }
        })
    };
    view! {
        <tbody role="rowgroup" node_ref=body on:submit=press>
            <tr class="beyond" aria-hidden="true" node_ref=above></tr>
            <For each=move || rows.get() key=|place| *place children=each/>
            <tr class="beyond" aria-hidden="true" node_ref=below></tr>
            {retry}
        </tbody>
    }
}

/// Asks the server for the parts that the window is in or comes to.
fn fetch_what_is_near(parts: Parts, view: Arc<ListingView>, window: RwSignal<Window>, failed: RwSignal<bool>) {
    let asked = StoredValue::new(HashSet::new());
    let query = view.query.with_size(PART);
    Effect::new(move |_| {
        if window.with(|window| window.height == 0.0) || failed.get() {
            return;
        }
        let near = window.with(|window| near(window.start..window.end));
        for number in near {
            let Some(part) = parts.get(place(number)).copied() else {
                continue;
            };
            let is_new = part.with_untracked(Option::is_none)
                && asked.try_update_value(|asked: &mut HashSet<u32>| asked.insert(number)) == Some(true);
            if !is_new {
                continue;
            }
            let query = query.to_page_query(number + 1);
            spawn_local(async move {
                let answer = listings(query).await;
                // The page may be gone by now.
                asked.try_update_value(|asked| asked.remove(&number));
                match answer {
                    Ok(page) => drop(part.try_set(Some(Arc::new(page.stocks)))),
                    Err(problem) if problem.status == 401 => leave_for_login(),
                    Err(_) => drop(failed.try_set(true)),
                }
            });
        }
    });
}

/// The parts of these rows, and those next to them.
fn near(rows: Range<u32>) -> Range<u32> {
    (rows.start / PART).saturating_sub(1)..rows.end / PART + 2
}

/// Moves the window when the page is scrolled.
fn follow_the_window(body: NodeRef<html::Tbody>, total: u32, offset: u32, window: RwSignal<Window>) {
    let is_asked = StoredValue::new(false);
    let look = move || {
        is_asked.try_set_value(false);
        let Some(body) = body.try_get_untracked().flatten() else {
            return;
        };
        let Some(now) = window.try_get_untracked() else {
            return;
        };
        let top = body.get_bounding_client_rect().top();
        let seen = window_height();
        let height = now.height;
        if height <= 0.0 {
            return;
        }
        let next = looked_at(top, seen, height, total);
        if (next.start, next.end) != (now.start, now.end) {
            let active = document().active_element();
            let has_focus = active.is_some_and(|active| body.contains(Some(&active)));
            window.set(next);
            if has_focus {
                rescue_focus_among_rows(body);
            }
        }
    };
    let request = move || {
        if is_asked.try_get_value() == Some(false) {
            is_asked.set_value(true);
            request_animation_frame(look);
        }
    };
    Effect::new(move |_| {
        let Some(body) = body.get() else { return };
        // What the server sent tells how high a row is.
        let height = row_height(&body);
        if height > 0.0 {
            steady_columns(&body);
            window.update(|window| window.height = height);
            if offset > 0 {
                // When the rows above have their place.
                request_animation_frame(move || {
                    let page = leptos::prelude::window();
                    let top = body.get_bounding_client_rect().top() + page.scroll_y().unwrap_or_default();
                    page.scroll_to_with_x_and_y(0.0, top + f64::from(offset) * height);
                });
            }
            request();
        }
    });
    let listeners = [
        window_event_listener(ev::scroll, move |_| request()),
        window_event_listener(ev::resize, move |_| {
            if let Some(body) = body.try_get_untracked().flatten() {
                steady_columns(&body);
                // On a phone that was turned rows become cards, or cards rows.
                let height = row_height(&body);
                let was = window.try_with_untracked(|window| window.height).unwrap_or_default();
                if height > 0.0 && (height - was).abs() > 0.5 {
                    window.update(|window| window.height = height);
                }
            }
            request();
        }),
    ];
    on_cleanup(move || {
        for listener in listeners {
            listener.remove();
        }
    });
}

/// The row that had the focus may have gone: the name of the first that is seen gets it. Until there
/// is one, as rows may be on their way, all of them together have it.
fn rescue_focus_among_rows(body: web_sys::HtmlTableSectionElement) {
    rescue_focus(move || {
        let seen = first_seen(&body);
        if seen.is_none() {
            make_focusable(&body);
            wait_for_rows(body.clone(), WAITS);
        }
        seen.or_else(|| Some(body.into()))
    });
}

fn wait_for_rows(body: web_sys::HtmlTableSectionElement, times: u32) {
    let look = move || {
        let active = document().active_element();
        // Else somebody went elsewhere.
        if !active.is_some_and(|active| active.is_same_node(Some(&body))) {
            return;
        }
        match first_seen(&body) {
            Some(row) => focus_in_place(&row),
            None if times > 0 => wait_for_rows(body, times - 1),
            None => {}
        }
    };
    set_timeout(look, WAIT);
}

/// The first name that is seen below the headings, or what asks again for rows that did not come.
fn first_seen(body: &web_sys::HtmlTableSectionElement) -> Option<web_sys::HtmlElement> {
    let table = body.parent_element()?;
    // Its headings stay, not the row that they are in.
    let headings: Vec<web_sys::Element> = all_in(&table, "thead th");
    let bottoms = headings
        .iter()
        .map(|heading| heading.get_bounding_client_rect().bottom());
    let covered = bottoms.fold(0.0, f64::max);
    let names: Vec<web_sys::HtmlElement> = all_in(body, "a.name__text");
    let seen = names.into_iter().find(|name| {
        let top = name.get_bounding_client_rect().top();
        (covered..window_height()).contains(&top)
    });
    seen.or_else(|| find_in(body, ".retry button"))
}

/// How high a row is that is there; 0 when none is.
fn row_height(body: &web_sys::HtmlTableSectionElement) -> f64 {
    let row = find_in(body, "tr[aria-rowindex]:not(.waiting)");
    let height = row.map_or(0.0, |row: web_sys::Element| row.get_bounding_client_rect().height());
    if height > 0.0 {
        // Rows that are on their way are as high, or the page would grow as they come. Fails only
        // when the page is gone.
        let _ = web_sys::HtmlElement::style(body).set_property("--row", &format!("{height}px"));
    }
    height
}

/// Columns keep the widths that the rows which are there now give them: no number jumps because a
/// longer one came into the window, and the browser need not look at all rows for each that comes.
fn steady_columns(body: &web_sys::HtmlTableSectionElement) {
    let Some(table) = body.parent_element() else { return };
    let headings: Vec<web_sys::HtmlElement> = all_in(&table, "thead th");
    // None of these fails but when the page is gone.
    let _ = table.remove_attribute("data-steady");
    let widths: Vec<f64> = headings
        .iter()
        .map(|heading| heading.get_bounding_client_rect().width())
        .collect();
    for (heading, width) in headings.iter().zip(widths) {
        let _ = web_sys::HtmlElement::style(heading).set_property("--column", &format!("{width}px"));
    }
    let _ = table.set_attribute("data-steady", "");
}

/// The rows around what is seen, when the first row begins at `top` and `seen` pixels are seen.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels of a window: clamped to rows that there are"
)]
fn looked_at(top: f64, seen: f64, height: f64, total: u32) -> Window {
    let rows = |pixels: f64| (pixels / height).clamp(0.0, f64::from(total)) as u32;
    let first = rows(-top) / STEP * STEP;
    let count = rows(seen) + 2 * MARGIN + STEP;
    let start = first.saturating_sub(MARGIN).min(total.saturating_sub(count));
    Window {
        start,
        end: (start + count).min(total),
        height,
    }
}

fn window_height() -> f64 {
    let height = leptos::prelude::window().inner_height().ok();
    height.and_then(|height| height.as_f64()).unwrap_or_default()
}

/// The rows that are not in the page keep their place. Their heights are set by script: the page's
/// policy knows no styles in attributes.
fn keep_place(above: NodeRef<html::Tr>, below: NodeRef<html::Tr>, total: u32, window: RwSignal<Window>) {
    Effect::new(move |_| {
        let Window { start, end, height } = window.get();
        for (row, count) in [(above.get(), start), (below.get(), total - end.min(total))] {
            let Some(row) = row else { continue };
            let pixels = format!("{}px", f64::from(count) * height);
            // Fails only when the page is gone.
            let _ = web_sys::HtmlElement::style(&row).set_property("block-size", &pixels);
        }
    });
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_holds_what_is_seen_and_some_more() {
        let window = looked_at(200.0, 900.0, 50.0, 2_880);
        assert_eq!((window.start, window.end), (0, 68));
        let window = looked_at(-50_000.0, 900.0, 50.0, 2_880);
        assert!(window.start <= 1_000 - MARGIN && window.end >= 1_018 + MARGIN);
        // Past the end, and with fewer rows than a window has.
        let window = looked_at(-1e9, 900.0, 50.0, 2_880);
        assert_eq!((window.start, window.end), (2_880 - 68, 2_880));
        assert_eq!(looked_at(-1e9, 900.0, 50.0, 3).end, 3);
        assert_eq!(looked_at(f64::NAN, 900.0, 50.0, 3).start, 0);
    }

    #[test]
    fn the_parts_around_it_are_near() {
        assert_eq!(near(0..68), 0..2);
        assert_eq!(near(950..1_018), 8..12);
    }
}
