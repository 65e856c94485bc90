//! A day's market at a glance.

use serde::{Deserialize, Serialize};

use super::{Board, Listing, Source};

/// What the market overview shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Overview {
    /// The trading day, `YYYY-MM-DD`.
    pub as_of: String,
    pub source: Source,
    /// KOSPI, KOSDAQ (with GLOBAL), KONEX; a board without issues is there with zeros.
    pub boards: Vec<BoardSummary>,
    /// The ten largest by market capitalisation.
    pub largest: Vec<Listing>,
    /// The ten common shares that rose most.
    pub risers: Vec<Listing>,
    /// The ten common shares that fell most.
    pub fallers: Vec<Listing>,
    /// The ten with the most money traded.
    pub most_traded: Vec<Listing>,
}

/// One board's day. `up + flat + down + halted == total`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct BoardSummary {
    pub market: Board,
    /// Issues listed.
    pub total: u32,
    /// Those at the upper limit included.
    pub up: u32,
    pub flat: u32,
    /// Those at the lower limit included.
    pub down: u32,
    pub upper_limit: u32,
    pub lower_limit: u32,
    /// Nothing traded.
    pub halted: u32,
    /// Won.
    pub marcap: i64,
    /// Won traded.
    pub amount: i64,
    /// Shares traded.
    pub volume: i64,
}
