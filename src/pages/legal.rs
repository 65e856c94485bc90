//! The texts that users agree to. The operator answers for them.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    components::{ProblemPage, legal_block},
    functions::legal::legal_text,
    model::{
        legal::{ConsentKind, Gap, Shown, ShownSection},
        text::legal as text,
    },
};

/// `/terms`
#[component]
pub fn Terms() -> impl IntoView {
    view! { <WholeText kind=ConsentKind::Terms/> }
}

/// `/privacy`
#[component]
pub fn Privacy() -> impl IntoView {
    view! { <WholeText kind=ConsentKind::Privacy/> }
}

#[component]
fn WholeText(kind: ConsentKind) -> impl IntoView {
    let shown = Resource::new_blocking(|| (), move |()| legal_text(kind));
    view! {
        <Title text=kind.title().now()/>
        <Suspense>
            {move || Suspend::new(async move {
                match shown.await {
                    Ok(shown) => view! { <Article kind shown/> }.into_any(),
                    Err(problem) => view! { <ProblemPage problem/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Article(kind: ConsentKind, shown: Shown) -> impl IntoView {
    let Shown {
        gaps,
        sections,
        history,
    } = shown;
    let section = |section: ShownSection| {
        let ShownSection { heading, blocks } = section;
        let blocks = blocks
            .into_iter()
            .map(|block| legal_block(&heading, block))
            .collect_view();
        view! { <h2>{heading.clone()}</h2>{blocks} }
    };
    view! {
        <main id="main" tabindex="-1" class="page page--middle">
            <article class="prose">
                <h1>{kind.title().now()}</h1>
                <p>{text::IN_FORCE_FROM.now().replace("{day}", kind.version())}</p>
                {(!gaps.is_empty()).then(|| view! { <ToComplete gaps/> })}
                {sections.into_iter().map(section).collect_view()}
                <h2>{text::HISTORY.now()}</h2>
                <History history/>
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
fn History(history: Vec<(String, String)>) -> impl IntoView {
    let row = |(day, change)| view! { <tr><th scope="row">{day}</th><td>{change}</td></tr> };
    view! {
        <table>
            <caption class="visually-hidden">{text::HISTORY.now()}</caption>
            <thead>
                <tr>
                    <th scope="col">{text::HISTORY_DAY.now()}</th>
                    <th scope="col">{text::HISTORY_CHANGE.now()}</th>
                </tr>
            </thead>
            <tbody>{history.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
