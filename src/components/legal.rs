//! Texts that users agree to, with what is filled into them.

use leptos::{either::Either, prelude::*};

use crate::model::{
    legal::{Block, Document, Facts, Piece, Summary, Table, Text},
    text::legal as text,
};

/// A text; what the operator has not said yet is marked.
fn filled(words: Text, facts: &Facts) -> impl IntoView + use<> {
    let piece = |piece| match piece {
        Piece::Said(said) => Either::Left(said),
        Piece::Gap(gap) => Either::Right(view! {
            <mark class="to-complete">{format!("[{}]", gap.label().now())}</mark>
        }),
    };
    words.pieces(facts).into_iter().map(piece).collect_view()
}

/// What a section of a document holds.
pub fn block(block: &Block, facts: &Facts) -> AnyView {
    match block {
        Block::Paragraph(words) => view! { <p>{filled(*words, facts)}</p> }.into_any(),
        Block::List(items) => {
            let items = items.iter().map(|item| view! { <li>{filled(*item, facts)}</li> });
            view! { <ul>{items.collect_view()}</ul> }.into_any()
        }
        Block::Table(table) => table_of(table, facts).into_any(),
    }
}

fn table_of(Table { head, rows }: &Table, facts: &Facts) -> impl IntoView + use<> {
    let heads = head
        .iter()
        .map(|head| view! { <th scope="col">{filled(*head, facts)}</th> });
    let cell = |(column, words): (usize, &Text)| {
        let words = filled(*words, facts);
        if column == 0 {
            Either::Left(view! { <th scope="row">{words}</th> })
        } else {
            Either::Right(view! { <td>{words}</td> })
        }
    };
    let row = |row: &&[Text]| view! { <tr>{row.iter().enumerate().map(cell).collect_view()}</tr> };
    view! {
        <table>
            <thead><tr>{heads.collect_view()}</tr></thead>
            <tbody>{rows.iter().map(row).collect_view()}</tbody>
        </table>
    }
}

/// What is said before somebody agrees, folded below the box, and where the whole text stands.
#[component]
pub fn ConsentSummary(document: &'static Document, facts: Facts) -> impl IntoView {
    let Summary {
        purpose,
        items,
        period,
        refusal,
    } = document.summary;
    let title = document.title.now();
    let label = text::SEE_SUMMARY_OF.now().replace("{title}", title);
    let whole = text::SEE_WHOLE.now().replace("{title}", title);
    view! {
        <details class="consent">
            <summary aria-label=label>{text::SEE_SUMMARY.now()}</summary>
            <dl>
                <dt>{text::PURPOSE.now()}</dt>
                <dd>{filled(purpose, &facts)}</dd>
                <dt>{text::ITEMS.now()}</dt>
                <dd>{filled(items, &facts)}</dd>
                // For how long has to catch the eye.
                <dt>{text::PERIOD.now()}</dt>
                <dd><strong>{filled(period, &facts)}</strong></dd>
                <dt>{text::REFUSAL.now()}</dt>
                <dd>{filled(refusal, &facts)}</dd>
            </dl>
            {(!document.sections.is_empty()).then(|| view! {
                // In a new tab: what is typed already stays.
                <a href=document.path target="_blank" rel="noopener">{whole}</a>
            })}
        </details>
    }
}
