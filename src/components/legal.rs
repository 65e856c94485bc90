//! Texts that users agree to, with what is filled into them.

use leptos::{either::Either, prelude::*};

use crate::model::{
    legal::{ConsentKind, Piece, ShownBlock, ShownSummary, Words},
    text::legal as text,
};

/// A text; what the operator has not said yet is marked.
fn filled(words: Words) -> impl IntoView {
    let piece = |piece| match piece {
        Piece::Said(said) => Either::Left(said),
        Piece::Gap(gap) => Either::Right(view! {
            <mark class="to-complete">{format!("[{}]", gap.label().now())}</mark>
        }),
    };
    words.into_iter().map(piece).collect_view()
}

/// What a section of a document holds; its tables bear the section's name.
pub fn block(section: &str, block: ShownBlock) -> AnyView {
    match block {
        ShownBlock::Paragraph(words) => view! { <p>{filled(words)}</p> }.into_any(),
        ShownBlock::List(items) => {
            let items = items.into_iter().map(|item| view! { <li>{filled(item)}</li> });
            view! { <ul>{items.collect_view()}</ul> }.into_any()
        }
        ShownBlock::Table { head, rows } => table(section.to_owned(), head, rows).into_any(),
    }
}

fn table(caption: String, head: Vec<Words>, rows: Vec<Vec<Words>>) -> impl IntoView {
    let heads = head
        .into_iter()
        .map(|head| view! { <th scope="col">{filled(head)}</th> });
    let cell = |(column, words): (usize, Words)| {
        let words = filled(words);
        if column == 0 {
            Either::Left(view! { <th scope="row">{words}</th> })
        } else {
            Either::Right(view! { <td>{words}</td> })
        }
    };
    let row = |row: Vec<Words>| view! { <tr>{row.into_iter().enumerate().map(cell).collect_view()}</tr> };
    view! {
        <table>
            <caption class="visually-hidden">{caption}</caption>
            <thead><tr>{heads.collect_view()}</tr></thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

/// What is said before somebody agrees to it, if it is among these.
pub fn consent_summary(kind: ConsentKind, summaries: &[ShownSummary]) -> impl IntoView + use<> {
    let summary = summaries.iter().find(|summary| summary.kind == kind).cloned();
    summary.map(|summary| view! { <ConsentSummary summary/> })
}

/// Folded, and where the whole text stands.
#[component]
fn ConsentSummary(summary: ShownSummary) -> impl IntoView {
    let title = summary.kind.title().now();
    let label = text::SEE_SUMMARY_OF.now().replace("{title}", title);
    // For how long has to catch the eye, and that it is advertising.
    let (purpose, period) = (filled(summary.purpose), filled(summary.period));
    let purpose = if summary.kind == ConsentKind::Marketing {
        Either::Left(view! { <strong>{purpose}</strong> })
    } else {
        Either::Right(purpose)
    };
    let whole = text::SEE_WHOLE.now().replace("{title}", title);
    view! {
        <details class="consent">
            <summary aria-label=label>{text::SEE_SUMMARY.now()}</summary>
            <dl>
                <dt>{text::PURPOSE.now()}</dt>
                <dd>{purpose}</dd>
                <dt>{text::ITEMS.now()}</dt>
                <dd>{filled(summary.items)}</dd>
                <dt>{text::PERIOD.now()}</dt>
                <dd><strong>{period}</strong></dd>
                <dt>{text::REFUSAL.now()}</dt>
                <dd>{filled(summary.refusal)}</dd>
            </dl>
            {summary.has_more.then(|| view! {
                // In a new tab: what is typed already stays.
                <a href=summary.kind.path() target="_blank" rel="noopener">{whole}</a>
            })}
        </details>
    }
}
