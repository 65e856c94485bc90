//! Links to the other pages of a listing. Plain ones: the router's `A` calls every link to the
//! present path the current page, whatever its query.

use leptos::prelude::*;

use crate::model::{
    market::{ListingView, format},
    text::stocks as text,
};

/// How many pages stand on either side of the present one.
const AROUND: u32 = 1;

#[component]
pub fn Pager(view: ListingView, pages: u32) -> impl IntoView {
    if pages <= 1 {
        return ().into_any();
    }
    let page = view.query.page().min(pages);
    let previous = (page > 1).then(|| view.path(page - 1));
    let next = (page < pages).then(|| view.path(page + 1));
    let numbers = shown(page, pages)
        .into_iter()
        .map(|entry| match entry {
            Some(number) => {
                let label = format::number(i64::from(number));
                let current = (number == page).then_some("page");
                view! { <li><a href=view.path(number) aria-current=current>{label}</a></li> }.into_any()
            }
            None => view! { <li><span aria-hidden="true">"…"</span></li> }.into_any(),
        })
        .collect_view();
    view! {
        <nav class="pager" aria-label=text::pages()>
            {previous.map(|href| view! { <a href=href rel="prev">{text::previous_page()}</a> })}
            <ol>{numbers}</ol>
            {next.map(|href| view! { <a href=href rel="next">{text::next_page()}</a> })}
        </nav>
    }
    .into_any()
}

/// The first page, those around the present one, the last; `None` where some are left out.
fn shown(page: u32, pages: u32) -> Vec<Option<u32>> {
    let mut shown = Vec::new();
    let mut last = 0;
    for number in 1..=pages {
        let is_near = number.abs_diff(page) <= AROUND;
        if number == 1 || number == pages || is_near {
            if number > last + 1 {
                shown.push(None);
            }
            shown.push(Some(number));
            last = number;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn shows_the_ends_and_the_neighbourhood() {
        assert_eq!(shown(1, 3), [Some(1), Some(2), Some(3)]);
        assert_eq!(
            shown(10, 58),
            [Some(1), None, Some(9), Some(10), Some(11), None, Some(58)]
        );
        assert_eq!(shown(58, 58), [Some(1), None, Some(57), Some(58)]);
    }
}
