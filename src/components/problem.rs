//! What stands in a page's place when it cannot be shown.

use leptos::{either::EitherOf3, prelude::*};
use leptos_router::{components::Redirect, hooks::use_location};

use super::form::leave_for;
use crate::model::{Problem, navigation};

/// A page's data did not come: to the sign-in page when the session is over, else the reason. In a
/// browser by a real navigation: the server tells there that the session has ended.
#[component]
pub fn ProblemPage(problem: Problem) -> impl IntoView {
    if problem.status == 401 {
        // By the router's word: the address bar may still show the page of before.
        let path = navigation::login_path(&here());
        let is_server = cfg!(feature = "ssr");
        let redirect = is_server.then(|| view! { <Redirect path=path.clone()/> });
        Effect::new(move |_| leave_for(&path));
        return EitherOf3::A(redirect);
    }
    if problem.status == 404 {
        return EitherOf3::B(view! { <crate::pages::NotFound/> });
    }
    EitherOf3::C(view! { <crate::pages::fault::Fault problem/> })
}

/// The page that is shown, from one to the next.
pub(super) fn address() -> Signal<String> {
    let location = use_location();
    Signal::derive(move || with_query(location.pathname.get(), &location.search.get()))
}

/// The page that is shown: its path with its query.
pub(super) fn here() -> String {
    let location = use_location();
    with_query(location.pathname.get_untracked(), &location.search.get_untracked())
}

fn with_query(path: String, query: &str) -> String {
    if query.is_empty() {
        path
    } else {
        format!("{path}?{query}")
    }
}
