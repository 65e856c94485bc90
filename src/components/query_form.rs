//! A form that asks for a page: its fields are the query of an address. Without JavaScript the
//! browser sends it; with it, the page changes in place, and fields that were left empty stay out
//! of the address. (The router's own form writes a button without a name into the address, and the
//! path in small letters.)

use leptos::{ev, html, prelude::*, web_sys};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{form::encoded, progress::is_alive};
use crate::model::navigation;

/// `form` is for those who read the fields while they are typed in, `sent` is told when the form
/// was.
#[component]
pub fn QueryForm(
    class: &'static str,
    #[prop(into)] action: String,
    #[prop(optional)] form: NodeRef<html::Form>,
    #[prop(optional, into)] sent: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let navigate = use_navigate();
    let target = action.clone();
    let submit = move |event: ev::SubmitEvent| {
        let Some(form) = form.get_untracked() else { return };
        // Before that the browser sends it: nobody listens to addresses yet.
        if !is_alive() {
            return;
        }
        event.prevent_default();
        let options = NavigateOptions {
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&navigation::with_query(&target, &typed_in(&form)), options);
        if let Some(sent) = sent {
            sent.run(());
        }
    };
    view! {
        <form class=class method="get" action=action node_ref=form on:submit=submit>
            {children()}
        </form>
    }
}

/// What the form asks for, as the query of an address; fields that were left empty are left out.
pub fn typed_in(form: &web_sys::HtmlFormElement) -> String {
    let query = encoded(form).unwrap_or_default();
    let pairs: Vec<&str> = query.split('&').filter(|pair| !pair.ends_with('=')).collect();
    pairs.join("&")
}

/// What else was asked for, to go along with the fields of a form.
#[component]
pub fn Others(parameters: Vec<(&'static str, String)>) -> impl IntoView {
    parameters
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
}
