//! The document, the routes and what every page shares.

use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use crate::{
    components::{Footer, Header, Passage, Shortcuts, SkipLink, Toast, Toasts, WaitingLine, WatchedCodes},
    functions::{appearance, auth::current_user, stocks::shortcomings},
    model::{Appearance, Problem, User, text},
    pages,
};

/// The user whom the page is for, as the header and pages ask for it.
#[derive(Clone, Copy)]
pub struct CurrentUser(pub Resource<Result<Option<User>, Problem>>);

impl CurrentUser {
    /// The user of a page that is for nobody else.
    pub async fn required(self) -> Result<User, Problem> {
        self.0.await?.ok_or_else(Problem::signed_out)
    }
}

/// The whole document. Everything that runs in it carries the answer's nonce.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    #[cfg(feature = "ssr")]
    announce_policy(&options);
    let Appearance { theme, palette } = appearance::of_document();
    view! {
        <!DOCTYPE html>
        <html lang="ko" data-theme=theme.as_str() data-palette=palette.as_str()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="description" content=text::site::DESCRIPTION/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#131518" media="(prefers-color-scheme: dark)"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <link rel="stylesheet" href="/pkg/secondarymarket.css"/>
                <AutoReload options=options.clone()/>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// The page's own content security policy: only it knows the nonce.
#[cfg(feature = "ssr")]
fn announce_policy(options: &LeptosOptions) {
    use axum::http::{HeaderValue, header::CONTENT_SECURITY_POLICY};
    use leptos::{config::Env, nonce::use_nonce};

    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<leptos_axum::ResponseOptions>()) else {
        return;
    };
    // In development the page listens for rebuilds on a port of its own.
    let reload = match options.env {
        Env::DEV => format!(" ws://{}:{}", options.site_addr.ip(), options.reload_port),
        Env::PROD => String::new(),
    };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'{reload}; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}

/// Header, page, footer.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(CurrentUser(Resource::new_blocking(|| (), |()| current_user())));
    provide_context(Toasts::default());
    let passage = Passage::default();
    provide_context(passage);
    provide_context(WatchedCodes::of_page());
    provide_context(shortcomings());
    view! {
        <Title formatter=|title: String| {
            if title.is_empty() { text::site::BRAND.to_owned() } else { text::site::page_title(&title) }
        }/>
        // A page stays until the next one is there.
        <Router set_is_routing=passage.router()>
            <SkipLink/>
            <Header/>
            // Every page waits for its data: it is whole without JavaScript, and its status and
            // cookies can still be set.
            <Routes fallback=pages::NotFound>
                <Route path=path!("/") view=pages::OverviewPage ssr=SsrMode::Async/>
                <Route path=path!("/stocks") view=pages::Stocks ssr=SsrMode::Async/>
                <Route path=path!("/stocks/:code") view=pages::StockPage ssr=SsrMode::Async/>
                <Route path=path!("/watchlist") view=pages::Watchlist ssr=SsrMode::Async/>
                <Route path=path!("/compare") view=pages::ComparePage ssr=SsrMode::Async/>
                <Route path=path!("/login") view=pages::Login ssr=SsrMode::Async/>
                <Route path=path!("/signup") view=pages::Signup ssr=SsrMode::Async/>
                <Route path=path!("/account") view=pages::Account ssr=SsrMode::Async/>
                <Route path=path!("/account/password") view=pages::AccountPassword ssr=SsrMode::Async/>
                <Route path=path!("/account/devices") view=pages::AccountDevices ssr=SsrMode::Async/>
                <Route path=path!("/account/history") view=pages::AccountHistory ssr=SsrMode::Async/>
                <Route path=path!("/account/delete") view=pages::AccountDelete ssr=SsrMode::Async/>
                <Route path=path!("/terms") view=pages::Terms ssr=SsrMode::Async/>
                <Route path=path!("/privacy") view=pages::Privacy ssr=SsrMode::Async/>
            </Routes>
            <Footer/>
            <WaitingLine/>
            <Toast/>
            <Shortcuts/>
        </Router>
    }
}
