//! An issue's year in figures.

use leptos::prelude::*;

use super::path;
use crate::model::{
    market::{
        Basis, Percent, Statistics, StockView,
        format::{self, Direction},
    },
    text::stocks as text,
};

/// 52주 통계 정보: on closing prices, or on all prices.
#[component]
pub fn FiftyTwoWeeks(statistics: Statistics, code: String, view: StockView) -> impl IntoView {
    let figures = statistics.figures;
    let day = |date: String| view! { <time datetime=date.clone()>{date.clone()}</time> };
    let row = |name: &'static str, won: i64, ratio: Percent, date: Option<String>| {
        let direction = Direction::of(i64::from(ratio.basis_points()));
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">{name}</th>
                <td role="cell" class="num">{format::number(won)}</td>
                <td role="cell" class=format!("num {}", direction.class())>{format::percent(ratio)}</td>
                <td role="cell" class="num">{date.map(day)}</td>
            </tr>
        }
    };
    let change = Direction::of(figures.year_change);
    let bases = [
        (Basis::Close, text::basis_close()),
        (Basis::Intraday, text::basis_intraday()),
    ]
    .map(|(basis, label)| {
        let current = (view.basis == basis).then_some("page");
        let href = path(&code, StockView { basis, ..view });
        view! { <a href=href data-noscroll="true" aria-current=current>{label}</a> }
    });
    view! {
        <section class="card">
            <h2>{text::statistics()}</h2>
            <nav class="tabs" aria-label=text::statistics()>{bases.collect_view()}</nav>
            <div class="table-scroll" tabindex="0" role="region" aria-label=text::statistics()>
                <table class="table" role="table">
                    <caption class="visually-hidden">{text::statistics()}</caption>
                    <thead role="rowgroup">
                        <tr role="row">
                            <td role="cell"></td>
                            <th scope="col" role="columnheader" class="num">{text::won_unit()}</th>
                            <th scope="col" role="columnheader" class="num">{text::against()}</th>
                            <th scope="col" role="columnheader" class="num">{text::reached()}</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        {row(text::highest(), figures.week_52_high, figures.high_ratio, Some(figures.week_52_high_date))}
                        {row(text::lowest(), figures.week_52_low, figures.low_ratio, Some(figures.week_52_low_date))}
                        {row(text::average(), figures.week_52_avg, figures.avg_ratio, None)}
                    </tbody>
                </table>
            </div>
            <dl class="facts">
                <div>
                    <dt>{text::close()}</dt>
                    <dd>
                        {text::won(&format::number(figures.current_price))} " "
                        <span class=change.class()>
                            <span class="visually-hidden">{change.label()} " "</span>
                            {format::change(figures.year_change)} " (" {format::percent(figures.year_change_ratio)} ")"
                        </span>
                        " " {text::since_start()}
                    </dd>
                </div>
                <div>
                    <dt>{text::period()}</dt>
                    <dd>{day(statistics.period.start_date)} " ~ " {day(statistics.period.end_date)}</dd>
                </div>
                <div><dt>{text::data_days()}</dt><dd>{text::days(figures.days)}</dd></div>
            </dl>
        </section>
    }
}
