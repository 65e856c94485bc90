use leptos::prelude::*;
use leptos_meta::Title;

use crate::model::text;

/// Any address that is none of ours.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Title text=text::problem::not_found_title()/>
        <main id="main" tabindex="-1" class="page">
            <section class="fault">
                <p class="fault__code">"404"</p>
                <h1>{text::problem::not_found_title()}</h1>
                <p>{text::problem::not_found_help()}</p>
                <div class="fault__actions">
                    <a class="button button--primary" href="/stocks">{text::problem::back_to_stocks()}</a>
                    <a class="button" href="/">{text::problem::back_home()}</a>
                </div>
            </section>
        </main>
    }
}
