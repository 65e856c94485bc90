//! Buttons, tabs, panels, chips, pagers, the search and the switches.

use leptos::prelude::*;

use super::{Example, Part, samples};
use crate::{
    components::{AppearanceSwitches, Pager, SearchBox, Star, WatchedCodes},
    model::market::ListingView,
};

const KINDS: [(&str, &str); 4] = [
    ("button", "Default"),
    ("button button--primary", "Primary"),
    ("button button--danger", "Danger"),
    ("button button--quiet", "Quiet"),
];

#[component]
pub fn Controls() -> impl IntoView {
    let row = |is_busy: bool, is_disabled: bool| {
        let buttons = KINDS.map(|(class, label)| {
            view! {
                <button class=class type="button" aria-busy=is_busy.then_some("true") disabled=is_disabled>{label}</button>
            }
        });
        view! { <div class="guide__row">{buttons.collect_view()}</div> }
    };
    let stars = samples::issues().into_iter().take(2);
    // The first one is pressed.
    let watched: WatchedCodes = expect_context();
    stars.clone().take(1).for_each(|stock| watched.show(&stock.code, true));
    let stars = stars.map(|stock| view! { <Star code=stock.code name=stock.name/> });
    view! {
        <Part id="controls" name="Controls">
            <Example name="Buttons, idle">{row(false, false)}</Example>
            <Example name="Buttons, busy: a ring after --soon, no change of width">{row(true, false)}</Example>
            <Example name="Buttons, disabled">{row(false, true)}</Example>
            <Example name="A link as a button, wide">
                <a class="button button--primary button--wide" href="#controls" rel="external">"Wide"</a>
            </Example>
            <Example name="Star">
                <div class="guide__row">{stars.collect_view()}</div>
            </Example>
            <Example name="Tabs">
                <nav class="tabs" aria-label="Tabs">
                    <a href="#controls" rel="external" aria-current="page">"Current"</a>
                    <a href="#controls" rel="external">"Other"</a>
                    <a href="#controls" rel="external">"Another"</a>
                </nav>
            </Example>
            <Example name="Search">
                <SearchBox
                    action="/stocks"
                    name="q"
                    label="Search"
                    button="Search"
                    path_of=|code: String| format!("/stocks/{code}")
                    typed=Signal::derive(String::new)
                    others=Signal::derive(Vec::<(&'static str, String)>::new)
                />
            </Example>
            <Panels/>
            <Example name="Chips">
                <ul class="chips">
                    <li><a class="chip" href="#controls" rel="external">"Condition " <span aria-hidden="true">"✕"</span></a></li>
                    <li><a class="chip chip--quiet" href="#controls" rel="external">"Reset"</a></li>
                </ul>
            </Example>
            <Pagers/>
            <Example name="Switches of how pages look"><AppearanceSwitches/></Example>
            <Example name="Keys"><p><kbd>"j"</kbd> " " <kbd>"k"</kbd> " " <kbd>"?"</kbd></p></Example>
        </Part>
    }
}

#[component]
fn Panels() -> impl IntoView {
    view! {
        <Example name="Panels: one at a time, over what stands below">
            <div class="panels">
                <details class="panel" name="panels">
                    <summary class="button">"Filter " <span class="badge">"2"</span></summary>
                    <div class="panel__body">
                        <fieldset class="choices">
                            <legend>"Choices"</legend>
                            <label class="chip-box"><input type="checkbox" checked/> "Chosen"</label>
                            <label class="chip-box"><input type="checkbox"/> "Not chosen"</label>
                        </fieldset>
                        <div class="panel__actions">
                            <button class="button button--primary" type="button">"Apply"</button>
                        </div>
                    </div>
                </details>
                <details class="panel" name="panels">
                    <summary class="button">"Columns"</summary>
                    <p class="panel__body">"One column."</p>
                </details>
            </div>
        </Example>
    }
}

#[component]
fn Pagers() -> impl IntoView {
    let at = |page: &str| ListingView::read([("page", page)]).0;
    view! {
        <Example name="Pager, first page"><Pager view=at("1") pages=58/></Example>
        <Example name="Pager, in the middle"><Pager view=at("29") pages=58/></Example>
        <Example name="Pager, last page"><Pager view=at("58") pages=58/></Example>
        <Example name="Sizes">
            <nav class="sizes" aria-label="Sizes">
                <a href="#controls" rel="external" aria-current="true">"20"</a>
                <a href="#controls" rel="external">"50"</a>
            </nav>
        </Example>
    }
}
