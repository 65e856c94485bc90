//! For load balancers and supervisors.

use axum::{extract::State, http::StatusCode};

use crate::server::{error::Error, state::AppState};

/// The process answers.
pub async fn alive() -> (StatusCode, &'static str) {
    (StatusCode::OK, "ok\n")
}

/// The database answers and can be written, its schema is up to date and a market is loaded.
pub async fn ready(State(app): State<AppState>) -> Result<&'static str, Error> {
    app.health.check(&app.db, app.clock.now()).await?;
    app.market.current().map(|_| "ready\n").ok_or(Error::NoMarket)
}
