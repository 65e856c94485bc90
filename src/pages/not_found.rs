use leptos::prelude::*;
use leptos_meta::Title;

use crate::model::text;

/// Any address that is none of ours.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Title text=text::problem::NOT_FOUND_TITLE/>
        <main id="main" tabindex="-1" class="page">
            <section class="fault">
                <p class="fault__code">"404"</p>
                <h1>{text::problem::NOT_FOUND_TITLE}</h1>
                <p>{text::problem::NOT_FOUND_HELP}</p>
                <div class="fault__actions">
                    <a class="button button--primary" href="/stocks">{text::problem::BACK_TO_STOCKS}</a>
                    <a class="button" href="/">{text::problem::BACK_HOME}</a>
                </div>
            </section>
        </main>
    }
}
