//! `/api/stocks`: listings for programs.

use axum::{
    Json,
    extract::{Query, State},
};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::extract::Authenticated;
use crate::{
    model::{
        Problem,
        market::{Listing, ListingQuery, MarketFilter, Source},
    },
    server::{error::Error, state::AppState},
};

/// A part of a day's market, and who asked for it.
#[derive(Serialize, ToSchema)]
pub struct Listings {
    /// The user id of the one who asked.
    user: String,
    market: MarketFilter,
    /// The trading day.
    as_of: String,
    source: Source,
    /// All that match, on this page or not.
    total: u32,
    /// Null when everything was asked for.
    limit: Option<u32>,
    offset: u32,
    /// Written once a snapshot, not once a request.
    #[schema(value_type = Vec<Listing>)]
    stocks: Box<RawValue>,
}

/// Listings
///
/// Without `limit` all rows. Money in won, ratios in percent, codes as text.
#[utoipa::path(get, path = "/stocks/listings", tag = "stocks", security(("bearer" = [])),
    params(
        ("market" = Option<String>, Query, description = "KRX (all, default), KOSPI, KOSDAQ (with GLOBAL), KONEX"),
        ("sort_by" = Option<String>, Query, description = "marcap (default), name, code, close, change, changes_ratio, volume, amount, open, high, low"),
        ("order" = Option<String>, Query, description = "desc (default), asc"),
        ("limit" = Option<u32>, Query, description = "1 to 5000"),
        ("offset" = Option<u32>, Query, description = "from 0; past the end is an empty page"),
        ("q" = Option<String>, Query, description = "name, code, ISIN, initial consonants (ㅅㅅㅈㅈ) or Hangul typed on a Latin keyboard"),
    ),
    responses(
        (status = 200, body = Listings),
        (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid_input", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "no_market_data", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn listings(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Json<Listings>, Error> {
    let query = ListingQuery::strict(parameters).map_err(Error::InvalidInput)?;
    let snapshot = app.market.current().ok_or(Error::NoMarket)?;
    let rows = snapshot.pick(&query);
    Ok(Json(Listings {
        user: identity.user.user_id,
        market: query.market,
        as_of: snapshot.as_of().to_owned(),
        source: snapshot.source(),
        total: rows.total(),
        limit: query.limit,
        offset: query.offset,
        stocks: RawValue::from_string(rows.json_array()).map_err(|error| Error::Internal(error.to_string()))?,
    }))
}
