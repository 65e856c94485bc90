//! secondarymarket: the Korean stock market behind a first-class sign-in.
//!
//! One package, two builds: `ssr` is the server, `hydrate` the browser's wasm.
//! `docs/architecture.md` says what belongs where.

// The types of nested views are long.
#![recursion_limit = "256"]

pub mod app;
pub mod components;
pub mod functions;
pub mod model;
pub mod pages;

#[cfg(feature = "ssr")]
pub mod server;

/// Brings the page to life in the browser.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    model::language::resolve_by(language_of_document);
    // Not before the code of the page that is shown is there.
    leptos::mount::hydrate_lazy(app::App);
}

/// The document stays in the language in which the server wrote it: another one is another document.
#[cfg(feature = "hydrate")]
fn language_of_document() -> model::Language {
    static LANGUAGE: std::sync::OnceLock<model::Language> = std::sync::OnceLock::new();
    *LANGUAGE.get_or_init(|| {
        let root = leptos::prelude::document().document_element();
        let code = root.and_then(|root| root.get_attribute("lang"));
        code.and_then(|code| model::Language::parse(&code)).unwrap_or_default()
    })
}
