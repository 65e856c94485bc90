//! The frame of every page.

use leptos::prelude::*;
use leptos_router::components::A;

use super::{AppearanceSwitches, LanguageSwitch};
use crate::{
    app::CurrentUser,
    model::{
        User,
        market::{Shortcomings, Source},
        text,
    },
};

/// The first stop of the keyboard.
#[component]
pub fn SkipLink() -> impl IntoView {
    // The browser's own: the router would scroll there and leave the focus where it is.
    view! { <a class="skip-link" href="#main" rel="external">{text::site::skip_to_content()}</a> }
}

#[component]
pub fn Header() -> impl IntoView {
    let CurrentUser(user) = expect_context();
    view! {
        <header class="site-header">
            <div class="site-header__inner">
                <A href="/" attr:class="brand" exact=true><Logo/> {text::site::BRAND}</A>
                <nav class="site-nav" aria-label=text::site::main_menu()>
                    <A href="/" exact=true>{text::site::overview()}</A>
                    <A href="/stocks">{text::site::stocks()}</A>
                    <A href="/watchlist">{text::watchlist::title()}</A>
                    <A href="/compare">{text::compare::menu()}</A>
                </nav>
                <div class="site-user">
                    <Suspense>
                        {move || Suspend::new(async move {
                            match user.await {
                                Ok(Some(user)) => view! { <SignedIn user/> }.into_any(),
                                _ => view! { <SignedOut/> }.into_any(),
                            }
                        })}
                    </Suspense>
                </div>
                <LanguageSwitch/>
            </div>
        </header>
    }
}

/// Three bars of a rising market.
#[component]
fn Logo() -> impl IntoView {
    view! {
        <svg viewBox="0 0 24 24" width="24" height="24" fill="currentColor" aria-hidden="true">
            <path d="M3 13h4v8H3zM10 8h4v13h-4zM17 3h4v18h-4z"/>
        </svg>
    }
}

#[component]
fn SignedIn(user: User) -> impl IntoView {
    view! {
        <A href="/account" attr:class="site-user__name">{text::site::greeting(&user.name)}</A>
        // A plain form: signing out reloads the page, so that nothing of the user stays in it.
        <form method="post" action="/logout">
            <button class="button button--quiet" type="submit">{text::auth::logout()}</button>
        </form>
    }
}

#[component]
fn SignedOut() -> impl IntoView {
    view! {
        <A href="/login" attr:class="button button--quiet">{text::auth::login()}</A>
        <A href="/signup" attr:class="button button--primary">{text::auth::signup()}</A>
    }
}

#[component]
pub fn Footer() -> impl IntoView {
    view! {
        <footer class="site-footer">
            <div class="site-footer__inner">
                <p>{text::site::disclaimer()}</p>
                <nav class="site-footer__links" aria-label=text::site::information()>
                    <A href="/terms">{text::site::terms()}</A>
                    <A href="/privacy">{text::site::privacy()}</A>
                    <a href="/api/docs/" rel="external">{text::site::api_docs()}</a>
                </nav>
                <div class="site-footer__links"><AppearanceSwitches/></div>
            </div>
        </footer>
    }
}

/// What a reader should know of the market first: that it is made up, old, or not whole.
#[component]
pub fn MarketBanner(source: Source) -> impl IntoView {
    let demo = source.is_demo().then(|| {
        view! {
            <p class="banner banner--note">
                <span class="badge">{text::site::demo_badge()}</span>
                " "
                {text::site::demo_notice()}
            </p>
        }
    });
    let lacks: Shortcomings = expect_context();
    let lacks = lacks.in_words().into_iter();
    let lacks = lacks
        .map(|sentence| view! { <p class="banner banner--note">{sentence}</p> })
        .collect_view();
    view! {
        {demo}
        {lacks}
    }
}
