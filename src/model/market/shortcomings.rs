//! What is to be said of a market that is old, or of which not everything is there.

use serde::{Deserialize, Serialize};

use super::Board;
use crate::model::text::stocks as text;

/// What a market lacks; nothing by default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortcomings {
    /// The trading day that is shown.
    pub as_of: String,
    /// How many trading days came to their end since.
    pub days_behind: u32,
    /// Boards of which there is no issue.
    pub missing_boards: Vec<Board>,
    /// How many rows were left out because they contradict themselves.
    pub put_aside: i64,
}

impl Shortcomings {
    /// A sentence for each of them.
    #[must_use]
    pub fn in_words(&self) -> Vec<String> {
        let old = (self.days_behind > 0).then(|| text::days_behind(&self.as_of, self.days_behind));
        let boards: Vec<&str> = self.missing_boards.iter().map(|board| board.label()).collect();
        let boards = (!boards.is_empty()).then(|| text::missing_boards(&boards.join(", ")));
        let rows = (self.put_aside > 0).then(|| text::put_aside(self.put_aside));
        [old, boards, rows].into_iter().flatten().collect()
    }
}
