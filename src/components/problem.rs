//! What stands in a page's place when it cannot be shown.

use leptos::{either::EitherOf3, prelude::*};
use leptos_router::{components::Redirect, hooks::use_location};

use crate::model::{Problem, navigation};

/// A page's data did not come: to the sign-in page when the session is over, else the reason.
#[component]
pub fn ProblemPage(problem: Problem) -> impl IntoView {
    if problem.status == 401 {
        let location = use_location();
        let here = format!(
            "{}{}",
            location.pathname.get_untracked(),
            search(&location.search.get_untracked())
        );
        return EitherOf3::A(view! { <Redirect path=navigation::login_path(&here)/> });
    }
    if problem.status == 404 {
        return EitherOf3::B(view! { <crate::pages::NotFound/> });
    }
    EitherOf3::C(view! { <crate::pages::fault::Fault problem/> })
}

/// The query with its question mark, if there is one.
fn search(query: &str) -> String {
    if query.is_empty() {
        String::new()
    } else {
        format!("?{query}")
    }
}
