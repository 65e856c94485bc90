//! `/api/stocks/listings`: the rows of a day's market for programs, and as CSV for people.

use std::convert::Infallible;

use axum::{
    body::{Body, Bytes},
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::{
    TypedHeader,
    headers::{ETag, HeaderMapExt as _, IfNoneMatch},
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::{extract::Authenticated, stocks::shown};
use crate::{
    model::{
        Language, Problem,
        market::{ListingQuery, MarketFilter, Source},
    },
    server::{
        error::Error,
        market::{Prepared, Snapshot, export},
        state::AppState,
    },
};

/// Kept by the one browser or program that asked, and asked about each time.
const REVALIDATE: HeaderValue = HeaderValue::from_static("private, no-cache");
/// Whose answer it is decides about it.
const VARY: HeaderValue = HeaderValue::from_static("authorization, cookie, accept-encoding");
/// The bytes of an answer's members beside its rows, about.
const HEAD: usize = 256;
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const CSV: HeaderValue = HeaderValue::from_static("text/csv; charset=utf-8");

/// A part of a day's market, and who asked for it.
#[derive(Serialize, ToSchema)]
pub struct Listings {
    /// The user id of the one who asked.
    user: String,
    #[serde(flatten)]
    rows: Rows,
}

/// What does not depend on who asked.
#[derive(Serialize, ToSchema)]
struct Rows {
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
    /// Written once a snapshot, not once a request: see [`Rows::written`].
    #[serde(skip)]
    #[schema(value_type = Vec<Listing>)]
    stocks: String,
}

impl Rows {
    fn of(snapshot: &Snapshot, query: &ListingQuery) -> Self {
        let rows = snapshot.pick(query);
        Self {
            market: query.market,
            as_of: snapshot.as_of().to_owned(),
            source: snapshot.source(),
            notice: snapshot.source().notice(),
            total: rows.total(),
            limit: query.limit,
            offset: query.offset,
            stocks: rows.json_array(),
        }
    }

    /// `head`, an object with all members but the rows, with the rows. They are JSON already, and
    /// to read them once more would cost more than all the rest.
    fn written(&self, head: &impl Serialize) -> Result<String, Error> {
        let mut text = String::with_capacity(self.stocks.len() + HEAD);
        text.push_str(&serde_json::to_string(head).map_err(|error| Error::Internal(error.to_string()))?);
        text.pop();
        text.push_str(",\"stocks\":");
        text.push_str(&self.stocks);
        text.push('}');
        Ok(text)
    }
}

/// Listings
///
/// Without `limit` all rows. Money in won, ratios in percent, codes as text. All parts of the filter
/// must be fulfilled; both ends of a range are included. An answer without `limit`, filter and search
/// has an `ETag` and is revalidated by `If-None-Match`.
#[utoipa::path(get, path = "/stocks/listings", tag = "stocks", security(("bearer" = [])),
    params(
        ("market" = Option<String>, Query, description = "KRX (all, default), KOSPI, KOSDAQ (with GLOBAL), KONEX"),
        ("sort_by" = Option<String>, Query, description = "marcap (default), name, code, close, change, changes_ratio, volume, amount, open, high, low, shares, industry; up to three with commas between, each deciding among equals of those before"),
        ("order" = Option<String>, Query, description = "desc (default), asc; with commas between, one for each of sort_by"),
        ("limit" = Option<u32>, Query, description = "1 to 5000"),
        ("offset" = Option<u32>, Query, description = "from 0; past the end is an empty page"),
        ("q" = Option<String>, Query, description = "name, code, ISIN, initial consonants (ㅅㅅㅈㅈ) or Hangul typed on a Latin keyboard"),
        ("segment" = Option<String>, Query, description = "GLOBAL"),
        ("share_kind" = Option<String>, Query, description = "common, preferred"),
        ("industry" = Option<Vec<String>>, Query, description = "whole names as /market/industries has them; repeated, any of them; at most 20"),
        ("flags" = Option<String>, Query, description = "administrative, halted, caution, spac, foreign with commas between: any of them"),
        ("exclude" = Option<String>, Query, description = "the same: none of them"),
        ("marcap_min" = Option<i64>, Query, description = "won; likewise marcap_max and both ends of close, open, high, low, amount (won), change (won, also negative), volume, shares"),
        ("changes_ratio_min" = Option<f64>, Query, description = "percent with two decimals at most, also negative; likewise changes_ratio_max"),
    ),
    responses(
        (status = 200, body = Listings),
        (status = 304, description = "what If-None-Match names is still right"),
        (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid_input", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "no_market_data", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn listings(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
    known: Option<TypedHeader<IfNoneMatch>>,
    headers: HeaderMap,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let query = ListingQuery::strict(parameters).map_err(Error::InvalidInput)?;
    let snapshot = shown(&app)?;
    let user = identity.user.user_id;
    // What is prepared for everybody is Korean where it has words.
    if Language::now() == Language::Ko
        && let Some(prepared) = snapshot.prepared(&query, || tail(&snapshot, &query))?
    {
        return whole(&user, prepared, known.map(|TypedHeader(known)| known), &headers);
    }
    let answer = Listings {
        user,
        rows: Rows::of(&snapshot, &query),
    };
    let text = answer.rows.written(&answer)?;
    Ok(([(header::CONTENT_TYPE, JSON)], text).into_response())
}

/// An answer without its first member, which is who asked.
fn tail(snapshot: &Snapshot, query: &ListingQuery) -> Result<String, Error> {
    let rows = Rows::of(snapshot, query);
    let object = rows.written(&rows)?;
    Ok(object.replacen('{', ",", 1))
}

/// All rows of a board, as they were prepared, unless who asks has them.
fn whole(user: &str, prepared: &Prepared, known: Option<IfNoneMatch>, headers: &HeaderMap) -> Result<Response, Error> {
    let internal = |error: &dyn std::fmt::Display| Error::Internal(error.to_string());
    let user = serde_json::to_string(user).map_err(|error| internal(&error))?;
    // Weak: the same rows for the same user, compressed or not.
    let whose = Sha256::digest(user.as_bytes());
    let whose = whose
        .iter()
        .take(8)
        .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    let tag = format!("W/\"{:016x}{whose:016x}\"", prepared.digest());
    let tag: ETag = tag.parse().map_err(|_| Error::Internal("no entity tag".to_owned()))?;
    let is_known = known.is_some_and(|known| !known.precondition_passes(&tag));

    let head = format!("{{\"user\":{user}");
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let zipped = if accepts_gzip(headers) {
            prepared.gzip(&head)
        } else {
            None
        };
        let encoding = zipped.is_some().then(|| HeaderValue::from_static("gzip"));
        let mut response = body(zipped.unwrap_or_else(|| prepared.plain(head)));
        response.headers_mut().insert(header::CONTENT_TYPE, JSON);
        if let Some(encoding) = encoding {
            response.headers_mut().insert(header::CONTENT_ENCODING, encoding);
        }
        response
    };
    let headers = response.headers_mut();
    headers.typed_insert(tag);
    headers.insert(header::CACHE_CONTROL, REVALIDATE);
    headers.insert(header::VARY, VARY);
    Ok(response)
}

/// A body in parts that are not copied together.
fn body(parts: Vec<Bytes>) -> Response {
    let length: usize = parts.iter().map(Bytes::len).sum();
    let parts = futures_util::stream::iter(parts.into_iter().map(Ok::<_, Infallible>));
    let mut response = Body::from_stream(parts).into_response();
    response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    response
}

/// Whether gzip is among what the client takes.
fn accepts_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).into_iter();
    accepted
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            let is_gzip = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
            // A quality of nothing forbids it.
            let is_refused = parts.any(|part| {
                let quality = part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="));
                quality.is_some_and(|quality| quality.parse::<f32>().is_ok_and(|quality| quality <= 0.0))
            });
            is_gzip && !is_refused
        })
}

/// Listings as CSV
///
/// The same parameters as the listing; for spreadsheets: UTF-8 with a byte order mark, Korean headings
/// with units, no cell that begins a formula. Codes are text: import the column as such.
#[utoipa::path(get, path = "/stocks/listings.csv", tag = "stocks", security(("bearer" = [])),
    params(
        ("market" = Option<String>, Query, description = "and all other parameters of /stocks/listings"),
    ),
    responses(
        (status = 200, description = "the rows", body = String, content_type = "text/csv"),
        (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "export_not_allowed: by the terms of the source", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid_input", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "no_market_data", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn csv(
    State(app): State<AppState>,
    Authenticated(_identity): Authenticated,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let query = ListingQuery::strict(parameters).map_err(Error::InvalidInput)?;
    let snapshot = shown(&app)?;
    if !snapshot.source().may_export() {
        return Err(Error::ExportNotAllowed);
    }
    let text = export::csv(snapshot.pick(&query).listings())?;
    let name = format!("listings-{}-{}.csv", query.market.as_str(), snapshot.as_of());
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .map_err(|error| Error::Internal(error.to_string()))?;
    let headers = [(header::CONTENT_TYPE, CSV), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, text).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_sent_to_whoever_takes_it() {
        let accepts = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_str(value).unwrap());
            accepts_gzip(&headers)
        };
        for yes in ["gzip", "gzip, deflate, br, zstd", "br;q=1.0, GZIP;q=0.8"] {
            assert!(accepts(yes), "{yes}");
        }
        for no in ["", "br", "identity", "gzip;q=0", "gzip; q=0.000", "xgzip"] {
            assert!(!accepts(no), "{no}");
        }
        assert!(!accepts_gzip(&HeaderMap::new()));
    }
}
