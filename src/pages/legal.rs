//! The texts that users agree to. The operator answers for them.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::model::text::{legal, site};

#[component]
fn Prose(title: &'static str, sections: &'static [(&'static str, &'static str)]) -> impl IntoView {
    view! {
        <Title text=title/>
        <main id="main" tabindex="-1" class="page page--middle">
            <article class="prose">
                <h1>{title}</h1>
                <p>{legal::VERSION}</p>
                {sections
                    .iter()
                    .map(|(heading, body)| view! { <h2>{*heading}</h2><p>{*body}</p> })
                    .collect_view()}
            </article>
        </main>
    }
}

/// `/terms`
#[component]
pub fn Terms() -> impl IntoView {
    view! { <Prose title=site::terms() sections=legal::TERMS/> }
}

/// `/privacy`
#[component]
pub fn Privacy() -> impl IntoView {
    view! { <Prose title=site::privacy() sections=legal::PRIVACY/> }
}
