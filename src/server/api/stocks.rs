//! `/api/stocks/…`, `/api/market/…`: single issues, searches and the day at a glance for programs.

use std::sync::Arc;

use axum::{
    Json,
    extract::{FromRequestParts, Path, Query, State},
    http::request::Parts,
};

use super::extract::Authenticated;
use crate::{
    model::{
        Problem,
        market::{
            History, HistoryQuery, Industries, MarketOverview, OverviewQuery, SearchQuery, SearchResults, Statistics,
            StatisticsQuery, Stock, read_code,
        },
    },
    server::{
        error::Error,
        market::{Snapshot, stock as stocks},
        state::AppState,
    },
};

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

/// Industries
///
/// What the listing's `industry` can be asked for, with how many issues each has.
#[utoipa::path(get, path = "/market/industries", tag = "stocks", security(("bearer" = [])),
    responses(
        (status = 200, body = Industries),
        (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "no_market_data", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn industries(
    State(app): State<AppState>,
    Authenticated(_identity): Authenticated,
) -> Result<Json<Industries>, Error> {
    let market = shown(&app)?;
    Ok(Json(Industries {
        as_of: market.as_of().to_owned(),
        source: market.source(),
        notice: market.source().notice(),
        industries: market.industries().to_vec(),
    }))
}
