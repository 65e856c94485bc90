//! Views of the listing that the user keeps under a name.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    components::rejected_form,
    functions::stocks::screens,
    model::{
        market::{ListingView, Screen},
        navigation,
        text::listing as text,
    },
};

/// The screens that there are, and a name for this one. Plain forms: saving reloads the page.
#[component]
pub fn Screens(view: Memo<ListingView>) -> impl IntoView {
    let screens = Resource::new(|| (), |()| screens());
    let rejected = rejected_form();
    let typed = rejected.as_ref().and_then(|rejected| {
        let name = rejected.values.iter().find(|(name, _)| name == "name");
        name.map(|(_, value)| value.clone())
    });
    let is_rejected = rejected.is_some();
    // What has just become of them is seen.
    let is_open = is_rejected || use_query_map().with_untracked(|address| address.get(Screen::SHOWN).is_some());
    let is_taken = rejected
        .as_ref()
        .is_some_and(|rejected| rejected.problem.messages_for("replace").next().is_some());
    let fault = rejected.map(|rejected| {
        let first = rejected.problem.errors.first().map(|fault| fault.message.clone());
        first.unwrap_or(rejected.problem.detail)
    });
    let here = move || view.with(|view| view.path(view.query.page()));
    let query = move || view.with(|view| navigation::query(view.parameters(1)));
    view! {
        <details class="panel" name="panels" open=is_open>
            <summary class="button">{text::screens()}</summary>
            <div class="panel__body">
                <Suspense>
                    {move || Suspend::new(async move {
                        let screens = screens.await.unwrap_or_default();
                        view! { <Saved screens view/> }
                    })}
                </Suspense>
                <form class="screens__new" method="post" action=here>
                    <input type="hidden" name="query" value=query/>
                    <label for="screen-name">{text::screen_name()}</label>
                    <input
                        class="search__input"
                        id="screen-name"
                        name="name"
                        value=typed.clone()
                        maxlength="30"
                        required
                        autocomplete="off"
                        autofocus=is_rejected
                        aria-invalid=is_rejected.then_some("true")
                        aria-describedby=is_rejected.then_some("screen-fault")
                    />
                    <button class="button" type="submit">{text::save_screen()}</button>
                    {fault.map(|fault| view! { <p class="field__error" id="screen-fault" role="alert">{fault}</p> })}
                    {is_taken.then(|| view! {
                        <label class="chip-box">
                            <input type="checkbox" name="replace" value=typed.clone()/>
                            {text::replace_screen()}
                        </label>
                    })}
                </form>
            </div>
        </details>
    }
}

#[component]
fn Saved(screens: Vec<Screen>, view: Memo<ListingView>) -> impl IntoView {
    if screens.is_empty() {
        return view! { <p class="help">{text::no_screens()}</p> }.into_any();
    }
    let here = move || view.with(|view| view.path(view.query.page()));
    let screens = screens.into_iter().map(|Screen { name, view: saved }| {
        let path = saved.path(1);
        let is_current = {
            let path = path.clone();
            move || view.with(|view| view.path(1) == path).then_some("page")
        };
        view! {
            <li>
                <a class="screens__name" href=path data-noscroll="true" aria-current=is_current>{name.clone()}</a>
                <details class="screens__delete" name="screens">
                    <summary class="button button--quiet" aria-label=text::delete_screen(&name)>{text::delete()}</summary>
                    <form method="post" action=here>
                        <input type="hidden" name="delete" value=name.clone()/>
                        <p>{text::delete_screen_question(&name)}</p>
                        <button class="button button--danger" type="submit">{text::delete_this_screen()}</button>
                    </form>
                </details>
            </li>
        }
    });
    view! { <ul class="screens">{screens.collect_view()}</ul> }.into_any()
}
