//! The line at the top that says that something is on its way.

use leptos::prelude::*;

/// What the page waits for: another page, or other data for this one.
#[derive(Clone, Copy, Default)]
pub struct Waiting {
    page: RwSignal<bool>,
    data: RwSignal<bool>,
}

impl Waiting {
    /// Set by the router while it makes another page.
    #[must_use]
    pub const fn for_page(self) -> RwSignal<bool> {
        self.page
    }

    /// Set by the page that calls this while the rows of before stand for those to come.
    #[must_use]
    pub fn for_data(self) -> RwSignal<bool> {
        // A page that is left while it waits does not say so itself.
        on_cleanup(move || {
            let _ = self.data.try_set(false);
        });
        self.data
    }

    fn is_waiting(self) -> bool {
        self.page.get() || self.data.get()
    }
}

/// Shown while the page waits; how it looks and from when on is up to the style.
#[component]
pub fn ProgressLine() -> impl IntoView {
    let waiting: Waiting = expect_context();
    view! {
        <div
            class="progress"
            aria-hidden="true"
            data-busy=move || waiting.is_waiting().then_some("true")
        ></div>
    }
}

/// Whether all of the page has come to life.
pub(super) fn is_alive() -> bool {
    let root = document().document_element();
    root.is_some_and(|root| root.has_attribute("data-alive"))
}

/// The last of the page: when it comes to life, all of it has. From then on pages are changed in place.
#[component]
pub fn Alive() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    if let Some(root) = document().document_element() {
        // Fails only when the page is gone.
        let _ = root.set_attribute("data-alive", "");
    }
}
