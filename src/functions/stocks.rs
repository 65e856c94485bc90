//! Listings.

use leptos::prelude::*;

use crate::model::{Problem, market::ListingsPage};

/// The page of the listing that `query`, the query string of `/stocks`, asks for.
#[server(prefix = "/_fn", endpoint = "listings")]
pub async fn listings(query: String) -> Result<ListingsPage, Problem> {
    use super::request::{app, fail, identity};
    use crate::{model::market::ListingQuery, server::error::Error};

    let page = || {
        identity().ok_or(Error::MissingToken)?;
        let query = ListingQuery::lenient(&pairs(&query));
        app()?.market.current().map(|market| market.select(&query)).ok_or(Error::NoMarket)
    };
    page().map_err(|error| fail(&error))
}
