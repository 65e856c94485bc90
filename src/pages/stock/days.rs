//! An issue's days, newest first.

use leptos::{ev, prelude::*, web_sys::HtmlElement};

use super::path;
use crate::{
    components::{
        Others, QueryForm,
        dom::{all_in, find, focus, make_focusable},
    },
    model::{
        market::{
            HistoryBar, Percent, StockView,
            format::{self, Direction},
        },
        text::stocks as text,
    },
};

/// How many days there were when more of them were asked for.
#[derive(Clone, Copy)]
pub struct Grown(StoredValue<Option<usize>>);

impl Default for Grown {
    fn default() -> Self {
        Self(StoredValue::new(None))
    }
}

impl Grown {
    fn ask(self, days: usize) {
        self.0.set_value(Some(days));
    }

    /// The focus goes on to the first of the days that were asked for.
    fn go_on(self) {
        if let Some(Some(before)) = self.0.try_update_value(Option::take)
            && let Some(table) = find(".table--days")
        {
            let first: Option<HtmlElement> = all_in(&table, "tbody th").into_iter().nth(before);
            if let Some(first) = &first {
                make_focusable(first);
            }
            focus(first);
        }
    }
}

/// The days, newest first, and the year with which they begin. `from` and `to` are the first and
/// the last day of all that are known.
#[component]
pub fn Days(
    days: Vec<HistoryBar>,
    has_more: bool,
    from: String,
    to: String,
    code: String,
    view: StockView,
    grown: Grown,
) -> impl IntoView {
    // When the rows are there.
    Effect::new(move |_| request_animation_frame(move || grown.go_on()));
    let count = days.len();
    let more = has_more.then(|| {
        let href = path(&code, view.with_more_days());
        let press = move |event: ev::MouseEvent| {
            // Else it opens elsewhere.
            if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                grown.ask(count);
            }
        };
        view! { <p><a class="button" href=href data-noscroll="true" on:click=press>{text::more_days()}</a></p> }
    });
    let headings = [
        text::close_of_day(),
        text::change_of_day(),
        text::changes_ratio(),
        text::open(),
        text::high(),
        text::low(),
        text::volume(),
    ];
    view! {
        <section class="stock-days">
            <div class="toolbar">
                <h2>{text::daily()}</h2>
                <Since from to code view/>
            </div>
            <div class="table-scroll" tabindex="0" role="region" aria-label=text::daily()>
                <table class="table table--days" role="table">
                    <caption class="visually-hidden">{text::daily()}</caption>
                    <thead role="rowgroup">
                        <tr role="row">
                            <th scope="col" role="columnheader">{text::date()}</th>
                            {headings
                                .map(|name| view! { <th scope="col" role="columnheader" class="num">{name}</th> })
                                .collect_view()}
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        {days.into_iter().map(|day| view! { <Day day/> }).collect_view()}
                    </tbody>
                </table>
            </div>
            {more}
        </section>
    }
}

/// The year with which the table begins, and a chart of everything.
#[component]
fn Since(from: String, to: String, code: String, view: StockView) -> impl IntoView {
    let year = |date: &str| {
        date.get(..4)
            .and_then(|year| year.parse::<u16>().ok())
            .unwrap_or_default()
    };
    let (first, last) = (year(&from), year(&to));
    let chosen = view.since.map(|year| year.min(last)).filter(|year| *year >= first);
    let option = |value: String, label: String, is_chosen: bool| {
        view! { <option value=value selected=is_chosen>{label}</option> }
    };
    let years = (first..=last)
        .rev()
        .map(|year| option(year.to_string(), text::year(year.into()), chosen == Some(year)))
        .collect_view();
    let all = option(String::new(), text::since_first().to_owned(), chosen.is_none());
    // What else was chosen stays as it is; how many rows does not.
    let others = StockView { since: None, ..view }.parameters().into_iter();
    let others = others.filter(|(name, _)| *name != "days").collect();
    view! {
        <QueryForm class="since" action=path(&code, StockView::default())>
            <Others parameters=others/>
            <label for="since">{text::since()}</label>
            <select id="since" name="since" class="since__year">
                {all}
                {years}
            </select>
            <button class="button" type="submit">{text::show()}</button>
        </QueryForm>
    }
}

#[component]
fn Day(day: HistoryBar) -> impl IntoView {
    let direction = Direction::of(day.change);
    let is_halted = day.open.is_none() && day.volume == 0;
    let number = |value: String| view! { <td role="cell" class="num">{value}</td> };
    let change = if is_halted {
        view! { {number(text::halted().to_owned())} {number(text::NONE.to_owned())} }.into_any()
    } else {
        let class = format!("num {}", direction.class());
        let ratio = Percent::of_change(day.change, day.close.saturating_sub(day.change));
        view! {
            <td role="cell" class=class.clone()>
                <span class="visually-hidden">{direction.label()} " "</span>
                {format::change(day.change)}
            </td>
            <td role="cell" class=class>{ratio.map_or_else(|| text::NONE.to_owned(), format::percent)}</td>
        }
        .into_any()
    };
    let volume = if is_halted {
        text::NONE.to_owned()
    } else {
        format::number(day.volume)
    };
    view! {
        <tr role="row">
            <th scope="row" role="rowheader"><time datetime=day.date.clone()>{day.date.clone()}</time></th>
            <td role="cell" class="num price">{format::number(day.close)}</td>
            {change}
            {number(format::price(day.open))}
            {number(format::price(day.high))}
            {number(format::price(day.low))}
            {number(volume)}
        </tr>
    }
}
