//! What the user of a page watches, before the page is rendered: a star must be right from the
//! start, and one that waits for its own answer inside of another view's may be left out of the page.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

use super::{
    errors::{self, Door},
    session::CurrentSession,
};
use crate::server::{market::watchlist, state::AppState};

/// The codes on the user's list, in the request's extensions.
#[derive(Debug, Clone)]
pub struct Watched(pub Arc<[String]>);

impl Watched {
    /// None when they cannot be read: a page is no worse without its stars.
    pub async fn of(app: &AppState, user_id: i64) -> Option<Self> {
        match watchlist::codes(&app.db, user_id).await {
            Ok(codes) => Some(Self(codes.into())),
            Err(error) => {
                errors::log(&error);
                None
            }
        }
    }
}

/// Puts [`Watched`] into the extensions of a signed-in user's request for a page.
pub async fn load(State(app): State<AppState>, mut request: Request, next: Next) -> Response {
    let session = request.extensions().get::<CurrentSession>();
    let user_id = session.and_then(|session| Some(session.0.as_ref()?.user.id));
    if let Some(user_id) = user_id.filter(|_| Door::of(request.uri().path()) == Door::Page)
        && let Some(watched) = Watched::of(&app, user_id).await
    {
        request.extensions_mut().insert(watched);
    }
    next.run(request).await
}
