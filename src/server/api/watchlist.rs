//! `/api/watchlist`: what the user watches.

use axum::{
    Json,
    extract::{FromRequest as _, Request, State},
    http::{StatusCode, header},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    extract::{Authenticated, JsonBody},
    stocks::{StockCode, shown},
};
use crate::{
    model::{
        Problem,
        market::{WatchlistChange, WatchlistItem},
    },
    server::{error::Error, market::watchlist, state::AppState},
};

/// A user's list.
#[derive(Serialize, ToSchema)]
pub struct Watchlist {
    /// In the user's order.
    items: Vec<WatchlistItem>,
}

/// What the user watches
#[utoipa::path(get, path = "/watchlist", tag = "watchlist", security(("bearer" = [])), responses(
    (status = 200, body = Watchlist),
    (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
))]
pub async fn list(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
) -> Result<Json<Watchlist>, Error> {
    let market = app.market.current();
    let items = watchlist::items(&app.db, market.as_deref(), identity.user.id).await?;
    Ok(Json(Watchlist { items }))
}

/// One issue that the user watches
#[utoipa::path(get, path = "/watchlist/{code}", tag = "watchlist", security(("bearer" = [])),
    params(("code" = String, Path, description = "in any case, with or without a leading A")),
    responses(
        (status = 200, body = WatchlistItem),
        (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found: not on the list", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn item(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
    StockCode(code): StockCode,
) -> Result<Json<WatchlistItem>, Error> {
    let market = app.market.current();
    Ok(Json(
        watchlist::find(&app.db, market.as_deref(), identity.user.id, &code).await?,
    ))
}

/// Watch an issue, or change what is written about it
///
/// Doing it again changes nothing. A body is not needed; what is missing in it stays as it is.
#[utoipa::path(put, path = "/watchlist/{code}", tag = "watchlist", security(("bearer" = [])), request_body = WatchlistChange,
    params(("code" = String, Path, description = "in any case, with or without a leading A")),
    responses(
        (status = 200, body = WatchlistItem),
        (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found: no such issue", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid_input, malformed_body", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "no_market_data", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn put(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
    StockCode(code): StockCode,
    request: Request,
) -> Result<Json<WatchlistItem>, Error> {
    let change = change(request, &app).await?;
    let (market, user) = (shown(&app)?, identity.user.id);
    Ok(Json(
        watchlist::put(&app.db, &*app.clock, &market, user, &code, &change).await?,
    ))
}

/// Stop watching an issue
#[utoipa::path(delete, path = "/watchlist/{code}", tag = "watchlist", security(("bearer" = [])),
    params(("code" = String, Path, description = "in any case, with or without a leading A")),
    responses(
        (status = 204, description = "It is not on the list, whether it was before or not"),
        (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found: no such code", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn remove(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
    StockCode(code): StockCode,
) -> Result<StatusCode, Error> {
    watchlist::remove(&app.db, None, identity.user.id, &code).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Without a body nothing is said about the issue but that it is watched.
async fn change(request: Request, app: &AppState) -> Result<WatchlistChange, Error> {
    let headers = request.headers();
    let length = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok());
    let is_empty = length.is_none_or(|length| length == "0") && !headers.contains_key(header::TRANSFER_ENCODING);
    if is_empty && !headers.contains_key(header::CONTENT_TYPE) {
        return Ok(WatchlistChange::default());
    }
    let JsonBody(change) = JsonBody::from_request(request, app).await?;
    Ok(change)
}
