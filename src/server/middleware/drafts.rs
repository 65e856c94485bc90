//! What somebody typed whose session had ended meanwhile: kept in a cookie of the browser until they
//! have signed in again and are back at the form, never in an address and never on the server.

use axum::{
    body::to_bytes,
    extract::{MatchedPath, Request, State},
    http::Method,
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use tower_cookies::Cookies;

use super::{errors::Door, request_id::RequestId, session::CurrentSession};
use crate::{
    model::{RejectedForm, navigation, text},
    server::{
        cookies::{self, Draft},
        error::Error,
        routes::{Access, access},
        state::AppState,
    },
};

/// What is longer is no form of ours that can be typed again.
const LONGEST: usize = 8 * 1024;

fn is_signed_in(request: &Request) -> bool {
    let session = request.extensions().get::<CurrentSession>();
    session.is_some_and(|session| session.0.is_some())
}

/// Keeps a form that is posted to a page for signed-in users by somebody who is none any more, and
/// sends them to the sign-in page; from there back to where they were.
pub async fn keep(
    State(app): State<AppState>,
    route: Option<MatchedPath>,
    jar: Cookies,
    request: Request,
    next: Next,
) -> Response {
    let route = route.as_ref().map_or("", MatchedPath::as_str);
    let is_form = request.method() == Method::POST && Door::of(request.uri().path()) == Door::Page;
    if !is_form || is_signed_in(&request) || access(&Method::POST, route) != Some(Access::SignedIn) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let here = parts.uri.path_and_query().map_or("/", |here| here.as_str());
    let body = to_bytes(body, LONGEST).await.unwrap_or_default();
    let draft = Draft::of(parts.uri.path(), &body);
    // Nothing was typed into a form that only leads back to another page.
    let back = draft.value("next").and_then(navigation::same_site);
    let way_back = navigation::login_path(back.unwrap_or(here));
    if back.is_none() && !body.is_empty() {
        cookies::set_draft(&jar, &app.config, &draft);
    }
    Redirect::to(&way_back).into_response()
}

/// Gives the page of the form what was typed, as one that was rejected because nobody was signed in.
pub async fn restore(State(app): State<AppState>, jar: Cookies, mut request: Request, next: Next) -> Response {
    let is_page = request.method() == Method::GET && Door::of(request.uri().path()) == Door::Page;
    if is_page
        && is_signed_in(&request)
        && let Some(draft) = cookies::draft(&jar, &app.config)
        && draft.path == request.uri().path()
    {
        cookies::clear_draft(&jar, &app.config);
        let instance = request.extensions().get::<RequestId>().map(RequestId::instance);
        let mut problem = Error::MissingToken.problem(&instance.unwrap_or_default());
        text::problem::session_ended_meanwhile().clone_into(&mut problem.detail);
        request.extensions_mut().insert(RejectedForm {
            values: draft.values,
            problem,
        });
    }
    next.run(request).await
}
