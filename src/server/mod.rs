//! Everything that runs only on the server.

pub mod api;
pub mod auth;
pub mod cli;
pub mod clock;
pub mod config;
pub mod cookies;
pub mod error;
pub mod forms;
pub mod market;
pub mod metrics;
pub mod middleware;
pub mod random;
pub mod routes;
pub mod site;
pub mod state;
pub mod store;
pub mod telemetry;
