//! One file a row, or a few that belong together.

pub mod first_visit;
pub mod flood;
pub mod import;
pub mod listings;
pub mod pages;
pub mod refresh;
pub mod search;
pub mod sign_in;
pub mod start;

use std::{
    collections::BTreeMap,
    time::{SystemTime, UNIX_EPOCH},
};

use crate::server::Setting;

/// The page of the listing that is asked for everywhere.
pub const LISTING: &str = "/api/stocks/listings?limit=50";

/// What all steps share.
pub struct Bench {
    pub setting: Setting,
    pub quick: bool,
}

impl Bench {
    /// How long a turn takes.
    pub fn seconds(&self, seconds: f64) -> f64 {
        if self.quick { seconds / 10.0 } else { seconds }
    }

    /// How many turns there are.
    pub fn turns(&self, turns: usize) -> usize {
        if self.quick { 1 } else { turns }
    }
}

/// The begin of user ids that nobody has yet, on a database that was measured before, too.
pub fn series(letter: &str) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("{letter}{}", now.as_secs() % 100_000_000)
}

/// What was not answered with 200, for the column *how*.
pub fn refusals(refused: &BTreeMap<u16, u64>) -> String {
    let each: Vec<String> = refused
        .iter()
        .map(|(status, count)| format!("; {count} answers {status}"))
        .collect();
    each.concat()
}
