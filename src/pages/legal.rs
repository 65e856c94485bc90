//! The texts that users agree to. The operator answers for them.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    components::{ProblemPage, legal_block},
    functions::legal::legal_facts,
    model::{
        legal::{ConsentKind, Document, Facts, Gap, Section, Text},
        text::legal as text,
    },
};

/// `/terms`
#[component]
pub fn Terms() -> impl IntoView {
    view! { <WholeText document=ConsentKind::Terms.document()/> }
}

/// `/privacy`
#[component]
pub fn Privacy() -> impl IntoView {
    view! { <WholeText document=ConsentKind::Privacy.document()/> }
}

#[component]
fn WholeText(document: &'static Document) -> impl IntoView {
    let facts = Resource::new_blocking(|| (), |()| legal_facts());
    view! {
        <Title text=document.title.now()/>
        <Suspense>
            {move || Suspend::new(async move {
                match facts.await {
                    Ok(facts) => view! { <Article document facts/> }.into_any(),
                    Err(problem) => view! { <ProblemPage problem/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Article(document: &'static Document, facts: Facts) -> impl IntoView {
    let gaps = document.gaps(&facts);
    let section = |section: &Section| {
        let blocks = section.blocks.iter().map(|block| legal_block(block, &facts));
        view! { <h2>{section.heading.now()}</h2>{blocks.collect_view()} }
    };
    view! {
        <main id="main" tabindex="-1" class="page page--middle">
            <article class="prose">
                <h1>{document.title.now()}</h1>
                <p>{text::IN_FORCE_FROM.now().replace("{day}", document.version)}</p>
                {(!gaps.is_empty()).then(|| view! { <ToComplete gaps/> })}
                {document.sections.iter().map(section).collect_view()}
                <h2>{text::HISTORY.now()}</h2>
                <History document/>
            </article>
        </main>
    }
}

/// What the operator still has to say, said to the operator; users see it too, so that nobody
/// takes a gap for the whole.
#[component]
fn ToComplete(gaps: Vec<Gap>) -> impl IntoView {
    let setting = |gap: Gap| {
        let label = gap.label().now();
        view! { <li><code>{gap.setting()}</code> ": " {label}</li> }
    };
    view! {
        <section class="notice notice--to-complete" aria-labelledby="to-complete">
            <h2 id="to-complete">{text::TO_COMPLETE.now()}</h2>
            <p>{text::TO_COMPLETE_HELP.now()}</p>
            <ul class="notice__list">{gaps.into_iter().map(setting).collect_view()}</ul>
        </section>
    }
}

#[component]
fn History(document: &'static Document) -> impl IntoView {
    let row = |(day, change): &(&'static str, Text)| {
        view! { <tr><th scope="row">{*day}</th><td>{change.now()}</td></tr> }
    };
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{text::HISTORY_DAY.now()}</th>
                    <th scope="col">{text::HISTORY_CHANGE.now()}</th>
                </tr>
            </thead>
            <tbody>{document.history.iter().map(row).collect_view()}</tbody>
        </table>
    }
}
