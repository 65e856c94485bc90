//! What the pages below `/account` share.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::A, hooks::use_query_map};

use crate::model::{
    navigation,
    text::{Said, account as text},
};

const PAGES: [(&str, Said); 5] = [
    (navigation::ACCOUNT, text::profile),
    (navigation::ACCOUNT_PASSWORD, text::password),
    (navigation::ACCOUNT_DEVICES, text::devices),
    (navigation::ACCOUNT_HISTORY, text::history),
    (navigation::ACCOUNT_DELETE, text::delete),
];

/// Heading and menu around one of the pages.
#[component]
pub fn AccountFrame(title: &'static str, children: Children) -> impl IntoView {
    let link = |(path, label): (&'static str, Said)| view! { <A href=path exact=true>{label()}</A> };
    view! {
        <Title text=title/>
        <main id="main" tabindex="-1" class="page page--middle">
            <h1>{title}</h1>
            <nav class="tabs tabs--wrap" aria-label=text::menu()>{PAGES.map(link).collect_view()}</nav>
            {children()}
        </main>
    }
}

/// What was done, by the query that its redirect left in the address.
#[component]
pub fn Done(
    /// The parameter and its value.
    when: (&'static str, &'static str),
    say: &'static str,
    /// When something is wrong since then, it is no longer news.
    #[prop(optional, into)]
    unless: Option<Signal<bool>>,
) -> impl IntoView {
    let query = use_query_map();
    let (name, value) = when;
    let is_done =
        move || query.with(|query| query.get_str(name) == Some(value)) && !unless.is_some_and(|unless| unless.get());
    move || is_done().then(|| view! { <div class="notice notice--success" role="status">{say}</div> })
}
