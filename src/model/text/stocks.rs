//! Listings and the market overview.

pub const TITLE: &str = "상장종목";
