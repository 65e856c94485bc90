//! Black box over HTTP: the real router on a port of its own, each test on SQLite and, when there
//! is a server, on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on may panic, its helpers too"
)]

mod account;
mod account_pages;
mod accounts;
mod app;
mod appearance;
mod command_line;
mod compare;
mod copies;
mod cross_site;
mod drafts;
mod endings;
mod export;
mod faults;
mod filters;
mod forms;
mod headers;
mod hostile;
mod hostile_tokens;
mod housekeeping;
mod kills;
mod language;
mod legal;
mod listings;
mod metrics;
mod moves;
mod node;
mod nodes;
mod outages;
mod pages;
mod passwords;
mod policy;
mod screens;
mod sessions;
mod sign_in_defence;
mod slow_clients;
mod stock_page;
mod stocks;
mod stops;
mod telemetry;
mod watchlist;
mod watchlist_page;
