//! The whole router in one place: every route with its access rule, and every layer in its order.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse as _, Redirect, Response},
    routing::{MethodRouter, any, get, post},
};
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes as _, generate_route_list, render_app_async_with_context};
use tower_cookies::CookieManagerLayer;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, cors::CorsLayer, limit::RequestBodyLimitLayer,
    services::ServeDir, timeout::RequestBodyTimeoutLayer,
};
use utoipa_swagger_ui::SwaggerUi;

use crate::{
    app::{App, shell},
    server::{
        api,
        config::Config,
        error::Error,
        forms,
        middleware::{client, csrf, errors, headers, render, request_id, session},
        random::SharedRandomness,
        state::AppState,
    },
};

/// The largest request body, in bytes.
const MAX_BODY: usize = 64 * 1024;

/// How long a client may be silent in the middle of its body.
const BODY_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(10);

/// Who may see a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Who is signed in; others are sent to the sign-in page.
    SignedIn,
}

/// Every page with its access rule; what is not here is for who is signed in. Server functions
/// and REST handlers ask for the identity themselves.
pub const PAGES: [(&str, Access); 11] = [
    ("/", Access::SignedIn),
    ("/stocks", Access::SignedIn),
    ("/account", Access::SignedIn),
    ("/account/password", Access::SignedIn),
    ("/account/devices", Access::SignedIn),
    ("/account/history", Access::SignedIn),
    ("/account/delete", Access::SignedIn),
    ("/login", Access::Public),
    ("/signup", Access::Public),
    ("/terms", Access::Public),
    ("/privacy", Access::Public),
];

/// The access rule of a route, by the path that it was registered with.
#[must_use]
pub fn access(route: &str) -> Access {
    if route.starts_with("/_fn/") {
        return Access::Public;
    }
    PAGES
        .iter()
        .find(|(path, _)| *path == route)
        .map_or(Access::SignedIn, |(_, access)| *access)
}

/// The router with all its layers.
pub fn router(app: AppState, random: SharedRandomness) -> Router {
    let (rest, openapi) = api::router().split_for_parts();
    let rest = rest.fallback(async || Error::NotFound).layer(cors(&app.config));

    let context = {
        let app = app.clone();
        move || provide_context(app.clone())
    };
    let document = {
        let options = app.leptos_options.clone();
        move || shell(options.clone())
    };
    let pages = Router::new()
        .leptos_routes_with_context(&app, generate_route_list(App), context.clone(), document)
        .route_layer(from_fn(render::insist))
        .route_layer(from_fn(session::require))
        .route("/login", post(forms::sign_in))
        .route("/signup", post(forms::sign_up))
        .route("/logout", post(forms::sign_out))
        .route("/account", post(forms::change_name))
        .route("/account/password", post(forms::change_password))
        .route("/account/devices", post(forms::sign_out_device))
        .route("/account/delete", post(forms::delete_account));

    Router::new()
        .merge(pages)
        .nest("/api", rest)
        .layer(from_fn_with_state(app.clone(), session::resolve))
        // Below here no cookies are looked at.
        .fallback_service(files(&app))
        .route("/healthz", get(api::health::alive))
        .route("/readyz", get(api::health::ready))
        .merge(SwaggerUi::new("/api/docs").url("/api/openapi.json", openapi))
        .layer(from_fn_with_state(Arc::clone(&app.config), client::identify))
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(RequestBodyTimeoutLayer::new(BODY_TIMEOUT))
        .layer(CookieManagerLayer::new())
        .layer(from_fn_with_state(Arc::clone(&app.config), csrf::protect))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(errors::answer))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(Arc::clone(&app.config), headers::secure))
        .layer(from_fn_with_state(random, request_id::number))
        .with_state(app)
}

/// The built files, compressed beforehand; what is none of them is the page for what is not there.
fn files(app: &AppState) -> ServeDir<MethodRouter> {
    let missing = any(missing)
        .layer(from_fn_with_state(app.clone(), session::resolve))
        .with_state(app.clone());
    ServeDir::new(&*app.leptos_options.site_root)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .call_fallback_on_method_not_allowed(true)
        .fallback(missing)
}

/// The site renders its own page for an unknown address; only the status is missing. An address
/// with a slash too many is sent to the right one, where the access rules are.
async fn missing(State(app): State<AppState>, request: Request) -> Response {
    if let Some(path) = without_extra_slashes(request.uri()) {
        return Redirect::permanent(&path).into_response();
    }
    let options = app.leptos_options.clone();
    let page = render_app_async_with_context(move || provide_context(app.clone()), move || shell(options.clone()));
    let mut response = page(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

fn without_extra_slashes(uri: &Uri) -> Option<String> {
    let parts: Vec<&str> = uri.path().split('/').filter(|part| !part.is_empty()).collect();
    let path = format!("/{}", parts.join("/"));
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    (path != uri.path()).then(|| format!("{path}{query}"))
}

/// Other sites' scripts may use the API, with Bearer tokens and without cookies, when the
/// operator names them.
fn cors(config: &Config) -> CorsLayer {
    let origins: Vec<HeaderValue> = config
        .cors_origins
        .iter()
        .filter_map(|origin| HeaderValue::from_str(origin).ok())
        .collect();
    if origins.is_empty() {
        return CorsLayer::new();
    }
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .expose_headers([header::RETRY_AFTER])
        .max_age(std::time::Duration::from_mins(10))
}

/// A panic is a fault of ours; the client learns no more than its number.
fn panicked(cause: Box<dyn std::any::Any + Send>) -> Response {
    let cause = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    Error::Internal(format!("panic: {cause}")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_page_has_an_access_rule_and_every_rule_a_page() {
        let mut served: Vec<String> = generate_route_list(App)
            .into_iter()
            .map(|route| route.path().to_owned())
            .collect();
        served.sort();
        served.dedup();
        let mut ruled: Vec<String> = PAGES.iter().map(|(path, _)| (*path).to_owned()).collect();
        ruled.sort();
        assert_eq!(served, ruled);
    }

    #[test]
    fn what_has_no_rule_is_not_public() {
        assert_eq!(access("/admin"), Access::SignedIn);
    }
}
