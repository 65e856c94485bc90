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
    // Not before the code of the page that is shown is there.
    leptos::mount::hydrate_lazy(app::App);
}
