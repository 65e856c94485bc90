//! The document, the routes and what every page shares.

mod start;

use std::fmt::Debug;

use leptos::{prelude::*, tachys::view::iterators::StaticVec};
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::{
    NestedRoute, ParamSegment, PossibleRouteMatch, SsrMode, StaticSegment,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute as _},
    components::{FlatRoutes, Router},
};

use crate::{
    components::{Alive, Footer, Header, InTurn, Passage, ProgressLine, SkipLink, Toasts, Waiting, WatchedCodes},
    functions::{appearance, auth::current_user, stocks::shortcomings},
    model::{Appearance, Problem, User, text},
    pages::{self, Page},
};
use start::Start;

/// The font of nearly all text, by its name in `style/fonts.css`.
const FONT: &str = "/fonts/text-6c088162.woff2";

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
    let Appearance {
        theme,
        palette,
        language,
        keys,
    } = appearance::of_document();
    view! {
        <!DOCTYPE html>
        <html lang=language.as_str() data-theme=theme.as_str() data-palette=palette.as_str() data-keys=keys.as_str()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="description" content=text::site::description()/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#131518" media="(prefers-color-scheme: dark)"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <link rel="preload" href=FONT r#as="font" type="font/woff2" crossorigin="anonymous"/>
                <link rel="stylesheet" href=format!("/{}/{}.css", options.site_pkg_dir, options.output_name)/>
                <AutoReload options=options.clone()/>
                <Start options/>
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

/// Where each page is. One list and not one view: that would be code of its own for each of them,
/// in every browser.
fn routes() -> StaticVec<AnyNestedRoute> {
    let at = |path: &'static str| StaticSegment(path);
    let below = |path: &'static str| (StaticSegment("account"), StaticSegment(path));
    let mut routes = vec![
        route((), Page::OVERVIEW),
        route((StaticSegment("stocks"), ParamSegment("code")), Page::STOCK),
    ];
    routes.extend(
        [
            ("stocks", Page::STOCKS),
            ("watchlist", Page::WATCHLIST),
            ("compare", Page::COMPARE),
            ("login", Page::LOGIN),
            ("signup", Page::SIGNUP),
            ("account", Page::ACCOUNT),
            ("terms", Page::TERMS),
            ("privacy", Page::PRIVACY),
        ]
        .map(|(path, page)| route(at(path), page)),
    );
    #[cfg(debug_assertions)]
    routes.push(route(at("styleguide"), Page::STYLEGUIDE));
    routes.extend(
        [
            ("password", Page::ACCOUNT_PASSWORD),
            ("devices", Page::ACCOUNT_DEVICES),
            ("history", Page::ACCOUNT_HISTORY),
            ("delete", Page::ACCOUNT_DELETE),
        ]
        .map(|(path, page)| route(below(path), page)),
    );
    routes.into()
}

/// Every page waits for its data: it is whole without JavaScript, and its status and cookies can
/// still be set.
fn route<Path>(path: Path, page: Page) -> AnyNestedRoute
where
    Path: PossibleRouteMatch + Clone + Send + Sync + Debug + 'static,
{
    NestedRoute::new(path, page)
        .ssr_mode(SsrMode::Async)
        .into_any_nested_route()
}

/// Header, page, footer.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(CurrentUser(Resource::new_blocking(|| (), |()| current_user())));
    provide_context(Toasts::default());
    provide_context(WatchedCodes::of_page());
    let waiting = Waiting::default();
    provide_context(waiting);
    let passage = Passage::default();
    passage.begin();
    provide_context(shortcomings());
    provide_context(appearance::of_page());
    view! {
        <Title formatter=|title: String| {
            if title.is_empty() { text::site::BRAND.to_owned() } else { text::site::page_title(&title) }
        }/>
        // The page of before stays until the next one has its data.
        <Router set_is_routing=passage.router(waiting)>
            <SkipLink/>
            <ProgressLine/>
            <InTurn><Header/></InTurn>
            <InTurn><FlatRoutes fallback=pages::NotFound children=ToChildren::to_children(routes)/></InTurn>
            <InTurn><Footer/></InTurn>
            <InTurn><Alive/></InTurn>
        </Router>
    }
}
