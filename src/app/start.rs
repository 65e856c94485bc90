//! How a page comes to life in the browser.

use leptos::{nonce::use_nonce, prelude::*};

/// Loads the program that takes the page over once the page is seen, or after a second: what is in
/// the background is not painted. Not Leptos' own scripts: theirs load it before, and all that the
/// first look needs waits for its share of the line.
///
/// Until all of the page is alive the browser follows links by itself: the router, which listens before
/// that, would make another page out of half of this one.
#[component]
pub fn Start(options: LeptosOptions) -> impl IntoView {
    let (folder, name) = (&options.site_pkg_dir, &options.output_name);
    let start = format!(
        "{}('/{folder}/{name}.js', '/{folder}/{name}.wasm')",
        include_str!("start.js").trim_end()
    );
    view! { <script type="module" nonce=use_nonce()>{start}</script> }
}
