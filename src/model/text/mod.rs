//! The catalogue: every sentence that a user reads, by topic, in one register (합니다체).
//! A page, a server function and REST say the same because they take it from here.

pub mod account;
pub mod auth;
pub mod compare;
pub mod device;
pub mod legal;
pub mod listing;
pub mod problem;
pub mod site;
pub mod stocks;
pub mod styleguide;
pub mod watchlist;
