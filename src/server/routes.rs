//! The whole router in one place: every route, and every layer in its order. [`policy`] says who
//! may call what.

pub mod policy;

use std::{io, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    handler::Handler,
    http::{Method, StatusCode, Uri},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse as _, Redirect, Response},
    routing::{MethodRouter, any, get, post},
};
use futures_util::{StreamExt as _, stream};
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes as _, generate_route_list, render_app_async_with_context};
use tower::ServiceBuilder;
use tower_cookies::CookieManagerLayer;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer,
    map_request_body::MapRequestBodyLayer, services::ServeDir, timeout::RequestBodyTimeoutLayer,
};
use utoipa_swagger_ui::SwaggerUi;

pub use policy::{Access, access};

use crate::{
    app::{App, shell},
    server::{
        api,
        error::Error,
        forms,
        middleware::{
            client, cors, csrf, drafts, errors, headers, https, language, metered, render, request_id, session, watched,
        },
        random::SharedRandomness,
        state::AppState,
    },
};

/// The largest request body, in bytes.
const MAX_BODY: usize = 64 * 1024;

/// How long a client may be silent in the middle of its body.
const BODY_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(10);

/// How long a client may take for its whole body.
const BODY_DEADLINE: std::time::Duration = std::time::Duration::from_secs(30);

/// A route that is neither page, server function nor REST operation.
struct Own {
    #[cfg_attr(not(test), expect(dead_code, reason = "what the rules are held against"))]
    method: Method,
    path: &'static str,
    handler: MethodRouter<AppState>,
}

/// All of them. Only from here do they get into the router.
fn own() -> [Own; 12] {
    fn read<H: Handler<T, AppState>, T: 'static>(path: &'static str, handler: H) -> Own {
        let (method, handler) = (Method::GET, get(handler));
        Own { method, path, handler }
    }
    fn form<H: Handler<T, AppState>, T: 'static>(path: &'static str, handler: H) -> Own {
        let (method, handler) = (Method::POST, post(handler));
        Own { method, path, handler }
    }
    [
        form("/login", forms::sign_in),
        form("/signup", forms::sign_up),
        form("/logout", forms::sign_out),
        form("/appearance", forms::set_appearance),
        form("/stocks", forms::saved_screen),
        form("/account", forms::change_account),
        form("/account/password", forms::change_password),
        form("/account/devices", forms::sign_out_device),
        form("/account/delete", forms::delete_account),
        form("/watchlist", forms::change_watchlist),
        read("/healthz", api::health::alive),
        read("/readyz", api::health::ready),
    ]
}

/// The router with all its layers.
pub fn router(app: AppState, random: SharedRandomness) -> Router {
    language::install();
    let (rest, openapi) = api::router().split_for_parts();
    let rest = rest.fallback(async || Error::NotFound);

    let context = {
        let app = app.clone();
        move || {
            provide_context(app.clone());
            language::provide();
        }
    };
    let document = {
        let options = app.leptos_options.clone();
        move || shell(options.clone())
    };
    let pages = Router::new()
        .leptos_routes_with_context(&app, generate_route_list(App), context.clone(), document)
        .route_layer(from_fn(render::insist));

    own()
        .into_iter()
        .fold(pages, |router, own| router.route(own.path, own.handler))
        .nest("/api", rest)
        .merge(SwaggerUi::new("/api/docs").url("/api/openapi.json", openapi))
        // The first is the outermost. Layers in one piece: the router would box each that it is given
        // by itself, and copy all boxes below at each of them for each request.
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(app.clone(), session::resolve))
                .layer(from_fn_with_state(cors::layer(&app.config), cors::share))
                .layer(from_fn_with_state(app.clone(), drafts::keep))
                .layer(from_fn(policy::enforce))
                .layer(from_fn_with_state(app.clone(), drafts::restore))
                .layer(from_fn_with_state(app.clone(), watched::load)),
        )
        // No rule is needed here: these files are for everybody.
        .fallback_service(files(&app))
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(random, request_id::number))
                .layer(from_fn(metered::measure))
                // Around all that speaks, the answers to errors included.
                .layer(from_fn_with_state(Arc::clone(&app.config), language::speak))
                .layer(from_fn_with_state(Arc::clone(&app.config), headers::secure))
                .layer(CompressionLayer::new())
                .layer(from_fn(errors::answer))
                .layer(CatchPanicLayer::custom(panicked))
                .layer(from_fn_with_state(Arc::clone(&app.config), https::require))
                .layer(from_fn_with_state(Arc::clone(&app.config), csrf::protect))
                .layer(CookieManagerLayer::new())
                .layer(MapRequestBodyLayer::new(with_deadline))
                .layer(RequestBodyTimeoutLayer::new(BODY_TIMEOUT))
                .layer(RequestBodyLimitLayer::new(MAX_BODY))
                .layer(MapRequestBodyLayer::new(Body::new))
                .layer(from_fn_with_state(Arc::clone(&app.config), client::identify)),
        )
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
    let context = move || {
        provide_context(app.clone());
        language::provide();
    };
    let page = render_app_async_with_context(context, move || shell(options.clone()));
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

/// A body that ends in an error when it is not there in time: a byte now and then is not enough.
fn with_deadline(body: Body) -> Body {
    let deadline = tokio::time::Instant::now() + BODY_DEADLINE;
    let parts = stream::unfold(Some(body.into_data_stream()), move |parts| async move {
        let mut parts = parts?;
        match tokio::time::timeout_at(deadline, parts.next()).await {
            Ok(Some(Ok(part))) => Some((Ok(part), Some(parts))),
            Ok(Some(Err(error))) => Some((Err(io::Error::other(error)), None)),
            Ok(None) => None,
            Err(_) => Some((Err(io::ErrorKind::TimedOut.into()), None)),
        }
    });
    Body::from_stream(parts)
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
    use std::collections::BTreeSet;

    use super::*;

    /// What the API's user interface registers by itself.
    const DOCS: [&str; 4] = ["/api/openapi.json", "/api/docs", "/api/docs/", "/api/docs/{*rest}"];

    #[tokio::test]
    async fn every_route_has_a_rule_and_every_rule_a_route() {
        let mut served = BTreeSet::new();
        let mut add = |method: &str, path: &str| served.insert(format!("{} {path}", method.to_uppercase()));
        for page in generate_route_list(App) {
            for method in page.methods() {
                add(&format!("{method:?}"), page.path());
            }
        }
        for (path, method) in leptos::server_fn::axum::server_fn_paths() {
            add(method.as_str(), path);
        }
        let openapi = api::router().into_openapi();
        for (path, operations) in &serde_json::to_value(&openapi.paths)
            .unwrap()
            .as_object()
            .unwrap()
            .clone()
        {
            for method in operations.as_object().unwrap().keys() {
                add(method, &format!("/api{path}"));
            }
        }
        for own in own() {
            add(own.method.as_str(), own.path);
        }
        for path in DOCS {
            add("GET", path);
        }
        let ruled: BTreeSet<String> = policy::RULES
            .iter()
            .map(|(method, path, _)| format!("{method} {path}"))
            .collect();
        assert_eq!(served, ruled);
    }
}
