//! What is asked of the listing, each part with a way to take it away.

use leptos::prelude::*;

use crate::model::{
    Language,
    market::{Filter, ListingQuery, ListingView, Measure, Order, Range},
    text::{listing as text, stocks},
};

/// A part of what is asked, in words, and the query without it.
type Condition = (String, ListingQuery);

/// The parts that are there; nothing without any.
#[component]
pub fn Conditions(view: Memo<ListingView>) -> impl IntoView {
    move || {
        let view = view.get();
        let conditions = conditions(&view.query);
        (!conditions.is_empty()).then(|| {
            let chips = conditions.into_iter().map(|(words, query)| {
                let label = text::without(&words);
                let is_industry = view.query.filter.industries.contains(&words);
                let lang = is_industry.then(Language::mark_of_korean).flatten();
                view! {
                    <li>
                        <a class="chip" href=view.with(query).path(1) data-noscroll="true" aria-label=label>
                            <span lang=lang>{words}</span> " " <span aria-hidden="true">"✕"</span>
                        </a>
                    </li>
                }
            });
            let reset = (!view.query.filter.is_empty()).then(|| {
                let href = view.with(view.query.with_filter(Filter::default())).path(1);
                view! { <li><a class="chip chip--quiet" href=href data-noscroll="true">{text::reset()}</a></li> }
            });
            view! {
                <nav aria-label=text::conditions()>
                    <ul class="chips">{chips.collect_view()} {reset}</ul>
                </nav>
            }
        })
    }
}

fn conditions(query: &ListingQuery) -> Vec<Condition> {
    let filter = &query.filter;
    let mut conditions = Vec::new();
    let mut add = |words: String, filter: Filter| conditions.push((words, query.with_filter(filter)));
    if filter.segment.is_some() {
        let without = Filter {
            segment: None,
            ..filter.clone()
        };
        add(text::segment_global().to_owned(), without);
    }
    if let Some(kind) = filter.share_kind {
        let without = Filter {
            share_kind: None,
            ..filter.clone()
        };
        add(kind.label().to_owned(), without);
    }
    for industry in &filter.industries {
        let mut without = filter.clone();
        without.industries.retain(|other| other != industry);
        add(industry.clone(), without);
    }
    for flag in &filter.flags {
        let mut without = filter.clone();
        without.flags.retain(|other| other != flag);
        add(flag.label().to_owned(), without);
    }
    for flag in &filter.exclude {
        let mut without = filter.clone();
        without.exclude.retain(|other| other != flag);
        add(text::without_flag(flag.label()), without);
    }
    for range in &filter.ranges {
        let mut without = filter.clone();
        without.ranges.retain(|other| other != range);
        add(in_words(*range), without);
    }
    if !query.q.is_empty() {
        conditions.push((format!("'{}'", query.q), query.with_search("")));
    }
    // One column alone shows its order in its heading.
    if query.sort.is_some() && !query.then_by.is_empty() {
        for sort in query.sorts() {
            let mark = if sort.order == Order::Asc { "▲" } else { "▼" };
            let words = text::sorted_by_column(&format!("{} {mark}", sort.key.label()));
            conditions.push((words, query.without_sort(sort.key)));
        }
    }
    conditions
}

fn in_words(range: Range) -> String {
    let end = |end: Option<i64>| end.map(|end| range.measure.typed(end));
    let unit = match range.measure {
        Measure::ChangesRatio => "%",
        Measure::Volume | Measure::Shares => stocks::share_unit(),
        _ => stocks::won_unit(),
    };
    text::range(
        range.measure.label(),
        end(range.min).as_deref(),
        end(range.max).as_deref(),
        unit,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::market::{FlagKind, ShareKind, SortKey};

    #[test]
    fn each_condition_is_told_and_can_go() {
        let query = ListingQuery::lenient([
            ("share_kind", "common"),
            ("industry", "Chips"),
            ("flags", "foreign"),
            ("exclude", "halted"),
            ("marcap_min", "1000000000000"),
            ("changes_ratio_max", "-5"),
            ("q", "abc"),
            ("sort_by", "changes_ratio,volume"),
        ]);
        let all = conditions(&query);
        let words: Vec<&str> = all.iter().map(|(words, _)| words.as_str()).collect();
        assert_eq!(
            words,
            [
                ShareKind::Common.label(),
                "Chips",
                FlagKind::Foreign.label(),
                &text::without_flag(FlagKind::Halted.label()),
                &text::range(Measure::ChangesRatio.label(), None, Some("-5.00"), "%"),
                &text::range(
                    Measure::Marcap.label(),
                    Some(&Measure::Marcap.typed(1_000_000_000_000)),
                    None,
                    stocks::won_unit()
                ),
                "'abc'",
                &text::sorted_by_column(&format!("{} ▼", SortKey::ChangesRatio.label())),
                &text::sorted_by_column(&format!("{} ▼", SortKey::Volume.label())),
            ]
        );
        for (words, without) in &all {
            let left = conditions(without);
            assert!(left.len() < all.len(), "{words}");
            assert!(left.iter().all(|(other, _)| other != words), "{words}");
        }
        assert!(conditions(&ListingQuery::default()).is_empty());
    }
}
