//! Banners, notices, badges, toasts, the dialog, and pages without what they are for.

use leptos::{html, prelude::*};

use super::{Example, Part, samples};
use crate::{
    components::{MarketBanner, Toasts},
    model::{market::Source, text::styleguide as text},
    pages::fault::Fault,
};

#[component]
pub fn Messages() -> impl IntoView {
    view! {
        <Part id="messages" name="Messages">
            <Example name="Banners: a market that is made up, something to know">
                <MarketBanner source=Source::Demo/>
                <p class="banner">"Plain"</p>
                <p class="banner banner--note">"Of note"</p>
            </Example>
            <Example name="Notices">
                <div class="notice">"Plain"</div>
                <div class="notice notice--success">{text::DONE}</div>
                <div class="notice notice--error">{text::WRONG}</div>
            </Example>
            <Example name="Badges">
                <p>
                    <span class="badge">"Plain"</span> " "
                    <span class="badge badge--accent">"Accent"</span> " "
                    <span class="badge badge--danger">"Danger"</span> " "
                    <span class="badge badge--flag">"Flag"</span>
                </p>
            </Example>
            <ToastsAndDialog/>
            <Example name="Nothing to list">
                <div class="empty">
                    <h2>"Nothing here"</h2>
                    <p>"Why, and what to do next."</p>
                    <a class="button" href="#messages" rel="external">"Do it"</a>
                </div>
            </Example>
            <Example name="A page that went wrong"><Fault problem=samples::problem()/></Example>
            <Example name="Facts">
                <dl class="facts">
                    <div><dt>"Name"</dt><dd>{text::LONG_NAME}</dd></div>
                    <div><dt>"Industry"</dt><dd>{text::INDUSTRY}</dd></div>
                </dl>
            </Example>
        </Part>
    }
}

#[component]
fn ToastsAndDialog() -> impl IntoView {
    let toasts: Toasts = expect_context();
    let dialog = NodeRef::<html::Dialog>::new();
    let open = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            // Fails only when it is open already.
            let _ = dialog.show_modal();
        }
    };
    view! {
        <Example name="Toasts and a dialog">
            <div class="guide__row">
                <button class="button" type="button" on:click=move |_| toasts.say(text::DONE.to_owned())>"Toast"</button>
                <button
                    class="button"
                    type="button"
                    on:click=move |_| toasts.offer_undo(text::DONE.to_owned(), move || toasts.say(text::WRONG.to_owned()))
                >
                    "Toast with a way back"
                </button>
                <button class="button" type="button" on:click=open>"Dialog"</button>
            </div>
            <dialog class="dialog" node_ref=dialog aria-labelledby="guide-dialog">
                <h2 id="guide-dialog">"Question"</h2>
                <form method="dialog"><button class="button">"Close"</button></form>
            </dialog>
        </Example>
    }
}
