//! `/api/stocks`: listings for programs.

use std::sync::Arc;

use axum::{
    Json,
    extract::{FromRequestParts, Path, Query, State},
    http::request::Parts,
};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::extract::Authenticated;
use crate::{
    model::{
        Problem,
        market::{
            History, HistoryQuery, Listing, ListingQuery, MarketFilter, MarketOverview, OverviewQuery, SearchQuery,
            SearchResults, Source, Statistics, StatisticsQuery, Stock, read_code,
        },
    },
    server::{
        error::Error,
        market::{Snapshot, stock as stocks},
        state::AppState,
    },
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
    /// Where the market is made up, that it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<String>,
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
    let snapshot = shown(&app)?;
    let rows = snapshot.pick(&query);
    Ok(Json(Listings {
        user: identity.user.user_id,
        market: query.market,
        as_of: snapshot.as_of().to_owned(),
        source: snapshot.source(),
        notice: snapshot.source().notice(),
        total: rows.total(),
        limit: query.limit,
        offset: query.offset,
        stocks: RawValue::from_string(rows.json_array()).map_err(|error| Error::Internal(error.to_string()))?,
    }))
}

/// The code in a path, as people write it. What is none was never an issue's.
pub struct StockCode(pub String);

impl FromRequestParts<AppState> for StockCode {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        path.ok()
            .and_then(|Path(code)| read_code(&code))
            .map(Self)
            .ok_or(Error::StockNotFound)
    }
}

/// The market that is shown.
pub(super) fn shown(app: &AppState) -> Result<Arc<Snapshot>, Error> {
    app.market.current().ok_or(Error::NoMarket)
}

/// Search
///
/// Exact matches first, then names that begin with what was searched for, then those that hold it;
/// among equals the larger company.
#[utoipa::path(get, path = "/stocks/search", tag = "stocks", security(("bearer" = [])),
    params(
        ("query" = String, Query, description = "1 to 100 characters: name, code, ISIN, English name, initial consonants (ㅅㅅㅈㅈ) or Hangul typed on a Latin keyboard"),
        ("limit" = Option<u32>, Query, description = "1 to 50; 10 by default"),
    ),
    responses(
        (status = 200, body = SearchResults),
        (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid_input", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "no_market_data", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn search(
    State(app): State<AppState>,
    Authenticated(_identity): Authenticated,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Json<SearchResults>, Error> {
    let query = SearchQuery::strict(parameters).map_err(Error::InvalidInput)?;
    Ok(Json(shown(&app)?.search(&query)))
}

/// One issue
///
/// The row of the listing with all that is known beside it. Of an issue that is gone, of its last
/// day.
#[utoipa::path(get, path = "/stocks/{code}", tag = "stocks", security(("bearer" = [])),
    params(("code" = String, Path, description = "in any case, with or without a leading A")),
    responses(
        (status = 200, body = Stock),
        (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "no_market_data", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn stock(
    State(app): State<AppState>,
    Authenticated(_identity): Authenticated,
    StockCode(code): StockCode,
) -> Result<Json<Stock>, Error> {
    Ok(Json(stocks::stock(&app.db, &*shown(&app)?, &code).await?))
}

/// An issue's past
///
/// Oldest first. Prices are not adjusted for splits. Days without a trade have a close only.
#[utoipa::path(get, path = "/stocks/{code}/history", tag = "stocks", security(("bearer" = [])),
    params(
        ("code" = String, Path, description = "in any case, with or without a leading A"),
        ("start_date" = Option<String>, Query, description = "YYYY-MM-DD, included; the first day that is known by default"),
        ("end_date" = Option<String>, Query, description = "YYYY-MM-DD, included; the last day that is known by default"),
        ("interval" = Option<String>, Query, description = "daily (default), weekly (Monday to Sunday), monthly"),
    ),
    responses(
        (status = 200, body = History),
        (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid_input", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "no_market_data", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn history(
    State(app): State<AppState>,
    Authenticated(_identity): Authenticated,
    StockCode(code): StockCode,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Json<History>, Error> {
    let query = HistoryQuery::strict(parameters).map_err(Error::InvalidInput)?;
    Ok(Json(stocks::history(&app.db, &*shown(&app)?, &code, query).await?))
}

/// An issue's price against its own past
#[utoipa::path(get, path = "/stocks/{code}/statistics", tag = "stocks", security(("bearer" = [])),
    params(
        ("code" = String, Path, description = "in any case, with or without a leading A"),
        ("period" = Option<u16>, Query, description = "weeks, 1 to 260; 52 by default"),
        ("basis" = Option<String>, Query, description = "close (default): high and low of closing prices; intraday: of all prices"),
    ),
    responses(
        (status = 200, body = Statistics),
        (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid_input", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "no_market_data", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn statistics(
    State(app): State<AppState>,
    Authenticated(_identity): Authenticated,
    StockCode(code): StockCode,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Json<Statistics>, Error> {
    let query = StatisticsQuery::strict(parameters).map_err(Error::InvalidInput)?;
    Ok(Json(stocks::statistics(&app.db, &*shown(&app)?, &code, query).await?))
}

/// The market at a glance
#[utoipa::path(get, path = "/market/overview", tag = "stocks", security(("bearer" = [])),
    params(
        ("market" = Option<String>, Query, description = "KRX (all, default), KOSPI, KOSDAQ (with GLOBAL), KONEX"),
        ("shares" = Option<String>, Query, description = "common (default): rankings without preferred shares; all"),
    ),
    responses(
        (status = 200, body = MarketOverview),
        (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid_input", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "no_market_data", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn overview(
    State(app): State<AppState>,
    Authenticated(_identity): Authenticated,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Json<MarketOverview>, Error> {
    let query = OverviewQuery::strict(parameters).map_err(Error::InvalidInput)?;
    Ok(Json(shown(&app)?.market_overview(query)))
}
