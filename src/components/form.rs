//! Forms that work as plain posts and, once the page is alive, without a reload.

use leptos::{
    ev::SubmitEvent,
    html,
    prelude::*,
    server_fn::{Http, ServerFn, codec::PostUrl},
    wasm_bindgen::JsCast as _,
    web_sys::{FormData, HtmlFormElement, HtmlInputElement, UrlSearchParams},
};
use serde::de::DeserializeOwned;

use super::dom::{all_in, find_in, focus};
use crate::model::{FormOutcome, Problem, RejectedForm, navigation, text};

/// What the server says about a form that was posted without JavaScript, if this page answers one,
/// or is where somebody is back whose session had ended.
pub fn rejected_form() -> Option<RejectedForm> {
    let rejected = || {
        let rejected = use_context::<RejectedForm>();
        #[cfg(feature = "ssr")]
        let rejected = rejected.or_else(crate::functions::draft);
        rejected
    };
    SharedValue::new(rejected).into_inner()
}

/// What is wrong with the form: the outcome of the last submission, or of the one that this page
/// answers.
pub fn form_problem<F>(action: ServerAction<F>, rejected: Option<&RejectedForm>) -> Signal<Option<Problem>>
where
    F: ServerFn<Output = FormOutcome, Error = Problem> + Clone + Send + Sync + 'static,
{
    let initial = rejected.map(|rejected| rejected.problem.clone());
    let value = action.value();
    Signal::derive(move || match value.get() {
        Some(Ok(FormOutcome::Rejected(problem)) | Err(problem)) => Some(problem),
        Some(Ok(FormOutcome::Accepted { .. })) => None,
        None => initial.clone(),
    })
}

/// A form that posts to `path`, the page's own address; with JavaScript it calls the server
/// function instead, follows its outcome and moves the focus to the first fault.
///
/// Not Leptos' `ActionForm`: without JavaScript that one sends faults, and with them what was
/// typed, through the address bar, and answers them with a redirect instead of a status.
#[component]
pub fn PostForm<F>(
    action: ServerAction<F>,
    path: &'static str,
    problem: Signal<Option<Problem>>,
    children: Children,
) -> impl IntoView
where
    F: ServerFn<Output = FormOutcome, Error = Problem, Protocol = Http<PostUrl, leptos::server_fn::codec::Json>>
        + DeserializeOwned
        + Clone
        + Send
        + Sync
        + 'static,
{
    let form: NodeRef<html::Form> = NodeRef::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if action.pending().get_untracked() {
            return;
        }
        match read(&event) {
            Some(input) => {
                action.dispatch(input);
            }
            None => leptos::logging::error!("the form cannot be read"),
        }
    };
    let value = action.value();
    Effect::new(move |_| {
        if let Some(Ok(FormOutcome::Accepted { next })) = value.get() {
            leave_for(&next);
        }
    });
    Effect::new(move |_| {
        let has_ended = value.with(|value| matches!(value, Some(Err(problem)) if problem.status == 401));
        // As without JavaScript: what was typed is there again after signing in.
        if has_ended && let Some(form) = form.get_untracked() {
            // Fails only when the page is gone.
            let _ = form.submit();
        }
    });
    Effect::new(move |_| {
        if value.with(Option::is_some) && problem.with(Option::is_some) {
            start_over(form);
        }
    });
    view! {
        <form class="form" method="post" action=path novalidate node_ref=form on:submit=submit>
            {move || {
                problem.get().map(|problem| view! {
                    <div class="notice notice--error" role="alert">{problem.detail}</div>
                })
            }}
            {children()}
        </form>
    }
}

/// What was typed. Not by Leptos' `FromFormData`: its parser knows more than forms, in code that every
/// browser would load.
fn read<F: DeserializeOwned>(event: &SubmitEvent) -> Option<F> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    serde_urlencoded::from_str(&encoded(&form)?).ok()
}

/// The fields of a form as a browser would send them.
pub(super) fn encoded(form: &HtmlFormElement) -> Option<String> {
    let data = FormData::new_with_form(form).ok()?;
    let pairs = UrlSearchParams::new_with_str_sequence_sequence(data.unchecked_ref()).ok()?;
    Some(pairs.to_string().into())
}

/// Says whose password the form is about: programs that keep passwords read it.
#[component]
pub fn UserName(user_id: String) -> impl IntoView {
    view! { <input type="text" name="username" autocomplete="username" value=user_id readonly hidden/> }
}

/// The button that sends the form; shows, and says, when it is being worked on.
#[component]
pub fn SubmitButton(
    label: &'static str,
    #[prop(into)] pending: Signal<bool>,
    /// Whether it does what cannot be undone.
    #[prop(optional)]
    dangerous: bool,
) -> impl IntoView {
    view! {
        <div class="form__actions">
            <button
                class="button button--wide"
                class:button--primary=!dangerous
                class:button--danger=dangerous
                type="submit"
                aria-busy=move || pending.get().then_some("true")
            >
                {label}
            </button>
            // Beside it: a button that changed its name would be another one to whoever listens.
            <span class="visually-hidden" aria-live="polite">
                {move || pending.get().then_some(text::auth::busy())}
            </span>
        </div>
    }
}

/// A real navigation, not the router's: who is signed in has changed, and nothing of before
/// should stay in the page.
pub(super) fn leave_for(path: &str) {
    if window().location().set_href(path).is_err() {
        leptos::logging::error!("cannot go on to the next page");
    }
}

/// To the sign-in page, which leads back to the page that is open.
pub(super) fn leave_for_login() {
    let location = window().location();
    let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    leave_for(&navigation::login_path(&here));
}

/// A plain post, as of a form without JavaScript.
pub(super) fn post(path: &str, fields: &[(&str, &str)]) {
    let send = || {
        let form = document()
            .create_element("form")
            .ok()?
            .dyn_into::<HtmlFormElement>()
            .ok()?;
        form.set_method("post");
        form.set_action(path);
        for (name, value) in fields {
            let field = document()
                .create_element("input")
                .ok()?
                .dyn_into::<HtmlInputElement>()
                .ok()?;
            field.set_type("hidden");
            field.set_name(name);
            field.set_value(value);
            form.append_child(&field).ok()?;
        }
        document().body()?.append_child(&form).ok()?;
        form.submit().ok()
    };
    if send().is_none() {
        leptos::logging::error!("cannot send the form");
    }
}

/// Passwords have to be typed again, as without JavaScript; the focus goes to the first fault.
fn start_over(form: NodeRef<html::Form>) {
    request_animation_frame(move || {
        let Some(form) = form.get_untracked() else { return };
        for password in all_in::<HtmlInputElement>(&form, "input[name*=password]") {
            password.set_value("");
        }
        let first = find_in(&form, "[aria-invalid=true]");
        focus(first.or_else(|| find_in(&form, "input:not([type=hidden], [hidden])")));
    });
}
