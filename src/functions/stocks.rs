//! Listings.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::model::{
    Problem,
    market::{self, ListingsPage, StockAnswer},
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

/// What is to be said of the market by the page that is being rendered; the same in the browser.
#[must_use]
pub fn shortcomings() -> market::Shortcomings {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return super::request::shortcomings();
        #[cfg(not(feature = "ssr"))]
        market::Shortcomings::default()
    })
    .into_inner()
}

/// How many rows the listing would have with `query`, the query string of `/stocks`.
#[server(prefix = "/_fn", endpoint = "listing-count")]
pub async fn listing_count(query: String) -> Result<u32, Problem> {
    use super::request::{app, fail, identity};
    use crate::{model::market::ListingQuery, server::error::Error};

    let count = || {
        identity().ok_or(Error::MissingToken)?;
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&query).unwrap_or_default();
        let market = app()?.market.current().ok_or(Error::NoMarket)?;
        Ok(market.pick(&ListingQuery::lenient(pairs)).total())
    };
    count().map_err(|error| fail(&error))
}

/// The industries of the day, for the filter.
#[server(prefix = "/_fn", endpoint = "industries")]
pub async fn industries() -> Result<Vec<market::IndustryCount>, Problem> {
    use super::request::{app, fail, identity};
    use crate::server::error::Error;

    let industries = || {
        identity().ok_or(Error::MissingToken)?;
        let market = app()?.market.current().ok_or(Error::NoMarket)?;
        Ok(market.industries().to_vec())
    };
    industries().map_err(|error| fail(&error))
}

/// The best matches of what is being typed; none for what nobody can search for.
#[server(prefix = "/_fn", endpoint = "suggestions")]
pub async fn suggestions(typed: String) -> Result<Vec<market::Listing>, Problem> {
    use super::request::{app, fail, identity};
    use crate::{model::market::SearchQuery, server::error::Error};

    let suggestions = || {
        identity().ok_or(Error::MissingToken)?;
        let market = app()?.market.current().ok_or(Error::NoMarket)?;
        let query = SearchQuery::strict([("query", typed.as_str()), ("limit", "8")]);
        Ok(query.map_or_else(|_| Vec::new(), |query| market.search(&query).results))
    };
    suggestions().map_err(|error| fail(&error))
}

/// The button that was pressed on `/stocks`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ScreenForm {
    /// What a screen shall be called that is to be saved.
    pub name: String,
    /// The query string of the page that is to be saved.
    pub query: String,
    /// The name of another view that may go; empty for none.
    pub replace: String,
    /// The name of the screen that is to go.
    pub delete: Option<String>,
}

/// The user's saved screens.
#[server(prefix = "/_fn", endpoint = "screens")]
pub async fn screens() -> Result<Vec<market::Screen>, Problem> {
    use super::request::{app, fail, identity};
    use crate::server::{error::Error, market::screens};

    let all = async {
        let identity = identity().ok_or(Error::MissingToken)?;
        screens::all(&app()?.db, identity.user.id).await
    };
    all.await.map_err(|error| fail(&error))
}

/// What the page of an issue shows. `query` is the query string of its address.
#[server(prefix = "/_fn", endpoint = "stock")]
pub async fn stock(code: String, query: String) -> Result<StockAnswer, Problem> {
    use super::request::{app, fail, identity, missing};
    use crate::{
        model::market::StockView,
        server::{error::Error, market::stock_page},
    };

    let answer = async {
        identity().ok_or(Error::MissingToken)?;
        let app = app()?;
        let market = app.market.current().ok_or(Error::NoMarket)?;
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&query).unwrap_or_default();
        stock_page::page(&app.db, &market, &code, StockView::lenient(pairs)).await
    };
    match answer.await {
        Ok(StockAnswer::Missing { asked, near }) => {
            missing();
            Ok(StockAnswer::Missing { asked, near })
        }
        Ok(found) => Ok(found),
        Err(error) => Err(fail(&error)),
    }
}

/// The day at a glance.
#[server(prefix = "/_fn", endpoint = "overview")]
pub async fn overview(query: market::OverviewQuery) -> Result<market::MarketOverview, Problem> {
    use super::request::{app, fail, identity};
    use crate::server::error::Error;

    let day = || {
        identity().ok_or(Error::MissingToken)?;
        let market = app()?.market.current().ok_or(Error::NoMarket)?;
        Ok(market.market_overview(query))
    };
    day().map_err(|error| fail(&error))
}

/// Issues side by side. `query` is the query string of `/compare`.
#[server(prefix = "/_fn", endpoint = "compare")]
pub async fn compare(query: String) -> Result<market::Comparison, Problem> {
    use super::request::{app, fail, identity};
    use crate::{
        model::market::CompareQuery,
        server::{error::Error, market::compare},
    };

    let comparison = async {
        identity().ok_or(Error::MissingToken)?;
        let app = app()?;
        let market = app.market.current().ok_or(Error::NoMarket)?;
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&query).unwrap_or_default();
        compare::compare(&app.db, &market, CompareQuery::read(pairs).0).await
    };
    comparison.await.map_err(|error| fail(&error))
}
