//! The page for what went wrong: inside the site, or as a document of its own when the site
//! cannot be rendered at all.

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::model::Language;
use crate::model::{Problem, text};

/// Status, reason, request number, a way on.
#[component]
pub fn Fault(problem: Problem) -> impl IntoView {
    let number = problem.instance.rsplit(':').next().unwrap_or_default().to_owned();
    view! {
        <section class="fault">
            <p class="fault__code">{problem.status}</p>
            <h1>{text::problem::fault_title()}</h1>
            <p>{problem.detail}</p>
            {(!number.is_empty()).then(|| view! {
                <p class="fault__request">{text::problem::request_id()} ": " <code>{number}</code></p>
            })}
            <div class="fault__actions">
                // Not the router's: to it, it leads nowhere.
                <a class="button button--primary" href="" rel="external">{text::problem::retry()}</a>
                <a class="button" href="/">{text::problem::back_home()}</a>
            </div>
        </section>
    }
}

/// A whole document without any script: it needs neither database nor session.
#[cfg(feature = "ssr")]
pub fn document(problem: Problem) -> String {
    let owner = Owner::new();
    let title = text::site::page_title(text::problem::fault_title());
    owner.with(move || {
        view! {
            <!DOCTYPE html>
            <html lang=Language::now().as_str()>
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <meta name="color-scheme" content="light dark"/>
                    <title>{title}</title>
                    <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                    <link rel="stylesheet" href="/pkg/secondarymarket.css"/>
                </head>
                <body>
                    <main id="main" tabindex="-1" class="page">
                        <Fault problem/>
                    </main>
                </body>
            </html>
        }
        .to_html()
    })
}
