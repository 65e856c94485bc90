//! Listings.

use leptos::prelude::*;

use crate::model::{
    Problem,
    market::{self, ListingsPage},
};

/// The page of the listing that `query`, the query string of `/stocks`, asks for.
#[server(prefix = "/_fn", endpoint = "listings")]
pub async fn listings(query: String) -> Result<ListingsPage, Problem> {
    use super::request::{app, fail, identity};
    use crate::{model::market::ListingQuery, server::error::Error};

    let page = || {
        identity().ok_or(Error::MissingToken)?;
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&query).unwrap_or_default();
        let market = app()?.market.current().ok_or(Error::NoMarket)?;
        Ok(market.select_nearest(&ListingQuery::lenient(pairs)))
    };
    page().map_err(|error| fail(&error))
}

/// The day at a glance.
#[server(prefix = "/_fn", endpoint = "overview")]
pub async fn overview() -> Result<market::Overview, Problem> {
    use super::request::{app, fail, identity};
    use crate::server::error::Error;

    let day = || {
        identity().ok_or(Error::MissingToken)?;
        let market = app()?.market.current().ok_or(Error::NoMarket)?;
        Ok(market.overview().clone())
    };
    day().map_err(|error| fail(&error))
}
