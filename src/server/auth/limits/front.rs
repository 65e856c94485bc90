//! The limiter in front of the database: a flood costs no statement.
//!
//! It only ever remembers what the database said, so it never refuses what the database would
//! allow: arrival times only grow.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use super::gcra;
use crate::server::config::Quota;

/// So many keys are remembered: a few megabytes.
const MAX_KEYS: usize = 50_000;

#[derive(Debug, Default)]
pub struct Front(Mutex<HashMap<String, i64>>);

impl Front {
    /// The arrival time of a key that has to wait, as far as this node knows.
    pub fn refuses(&self, key: &str, quota: Quota, now: i64) -> Option<i64> {
        let tats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tats.get(key)
            .copied()
            .filter(|tat| gcra::standing(quota, *tat, now).next_after > 0)
    }

    /// Remembers what the database says of a key.
    pub fn note(&self, key: String, tat: i64, now: i64) {
        let mut tats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tats.len() >= MAX_KEYS {
            tats.retain(|_, tat| *tat > now);
        }
        // A flood from ever new addresses: the database remembers.
        if tats.len() < MAX_KEYS {
            tats.insert(key, tat);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_refuses_only_who_is_over_the_quota() {
        let quota = Quota::new(2, time::Duration::seconds(10));
        let front = Front::default();
        assert_eq!(front.refuses("a", quota, 100), None);
        front.note("a".to_owned(), 100 + 5_000_000, 100);
        assert_eq!(front.refuses("a", quota, 100), None);
        front.note("a".to_owned(), 100 + 10_000_000, 100);
        assert_eq!(front.refuses("a", quota, 100), Some(100 + 10_000_000));
        assert_eq!(front.refuses("b", quota, 100), None);
        assert_eq!(front.refuses("a", quota, 100 + 5_000_000), None);
    }

    #[test]
    fn its_memory_is_bounded() {
        let front = Front::default();
        for key in 0..MAX_KEYS + 10 {
            front.note(key.to_string(), 1_000, 0);
        }
        assert_eq!(front.0.lock().unwrap().len(), MAX_KEYS);
        front.note("later".to_owned(), 3_000, 2_000);
        assert_eq!(front.0.lock().unwrap().len(), 1, "what is over is forgotten first");
    }
}
