//! Which moving averages are drawn.

use serde::{Deserialize, Serialize};

/// Over how many bars there are averages.
const DAYS: [usize; 4] = [5, 20, 60, 120];
/// In an address, none of them.
const NONE: &str = "none";

/// Any of the averages over 5, 20, 60 and 120 bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Averages([bool; 4]);

impl Default for Averages {
    fn default() -> Self {
        Self([true; 4])
    }
}

impl Averages {
    /// All that there are, drawn or not.
    pub const ALL: [usize; 4] = DAYS;

    /// Those that are drawn, the shortest first.
    pub fn days(self) -> impl Iterator<Item = usize> {
        DAYS.into_iter()
            .zip(self.0)
            .filter_map(|(days, is_drawn)| is_drawn.then_some(days))
    }

    #[must_use]
    pub fn contains(self, days: usize) -> bool {
        self.days().any(|drawn| drawn == days)
    }

    /// The same with one more, or with one less where it is drawn.
    #[must_use]
    pub fn toggled(mut self, days: usize) -> Self {
        for (known, is_drawn) in DAYS.into_iter().zip(&mut self.0) {
            *is_drawn ^= known == days;
        }
        self
    }

    /// How many bars the longest of them needs.
    #[must_use]
    pub fn longest(self) -> usize {
        self.days().max().unwrap_or_default()
    }

    /// Reads `5,20` or `none`, leaving out what is no such average; all of them when nothing is
    /// left. The second says whether everything was understood.
    #[must_use]
    pub fn lenient(text: &str) -> (Self, bool) {
        let mut drawn = Self([false; 4]);
        if text.eq_ignore_ascii_case(NONE) {
            return (drawn, true);
        }
        let mut is_exact = true;
        for part in text.split(',') {
            match part.trim().parse().ok().filter(|days| DAYS.contains(days)) {
                Some(days) if drawn.contains(days) => {}
                Some(days) => drawn = drawn.toggled(days),
                None => is_exact = false,
            }
        }
        if drawn.longest() == 0 {
            drawn = Self::default();
        }
        (drawn, is_exact)
    }

    /// As [`Self::lenient`] reads it.
    #[must_use]
    pub fn in_address(self) -> String {
        let days: Vec<String> = self.days().map(|days| days.to_string()).collect();
        if days.is_empty() {
            NONE.to_owned()
        } else {
            days.join(",")
        }
    }
}
