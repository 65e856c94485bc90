//! What an import did, in the operator's words.

use std::fmt;

use time::Date;

use crate::{
    model::market::{Board, Source},
    server::store::{imports::Written, quarantine::Quarantined},
};

/// Put-aside rows that a summary names one by one.
const NAMED: usize = 5;

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportSummary {
    pub source: Source,
    /// The trading day, or the newest one in what was imported.
    pub as_of: Date,
    /// Rows, without those put aside.
    pub rows: usize,
    pub content: Imported,
    /// Rows put aside because they contradict themselves.
    pub quarantined: Vec<Quarantined>,
    pub outcome: Outcome,
}

/// What was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Imported {
    Market {
        /// Issues on each board.
        boards: Vec<(Board, usize)>,
        /// Those of KOSDAQ in its GLOBAL segment.
        global: usize,
    },
    /// Something that is added to markets, as people call its rows.
    Part(&'static str),
}

/// What became of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Just this was there already: nothing to do.
    AlreadyImported,
    Imported(Written),
    /// Added to what was there.
    Added {
        /// Rows of issues that are known.
        rows: u64,
        /// Rows of issues that are not, which were left out.
        unknown: u64,
    },
}

impl fmt::Display for ImportSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = self.source.as_str();
        match &self.content {
            Imported::Market { boards, global } => {
                let boards: Vec<String> = boards
                    .iter()
                    .map(|(board, count)| match (board, global) {
                        (Board::Kosdaq, 1..) => format!("{} {count} ({global} GLOBAL)", board.as_str()),
                        _ => format!("{} {count}", board.as_str()),
                    })
                    .collect();
                let boards = boards.join(", ");
                write!(
                    f,
                    "{} issues of {} from source {source}: {boards}",
                    self.rows, self.as_of
                )?;
            }
            Imported::Part(what) => write!(f, "{} {what} up to {} from source {source}", self.rows, self.as_of)?,
        }
        match self.outcome {
            Outcome::AlreadyImported => write!(f, "\nalready imported: nothing to do")?,
            Outcome::Imported(written) => {
                if written.replaced_demo {
                    write!(f, "\nthe demo market was removed")?;
                }
                if written.replaced_day {
                    write!(f, "\nan earlier import of the same day was replaced")?;
                }
                if !written.is_current {
                    write!(f, "\na newer day is there: it stays the one that is shown")?;
                }
            }
            Outcome::Added { rows, unknown } => {
                write!(f, "\n{rows} rows were added or renewed")?;
                if unknown > 0 {
                    write!(
                        f,
                        "\n{unknown} rows are of issues that no listing has had, and were left out"
                    )?;
                }
            }
        }
        if !self.quarantined.is_empty() {
            write!(f, "\n{} rows put aside:", self.quarantined.len())?;
            for row in self.quarantined.iter().take(NAMED) {
                write!(f, "\n  line {} ({}): {}", row.line, row.code, row.reason)?;
            }
            if self.quarantined.len() > NAMED {
                write!(f, "\n  and {} more", self.quarantined.len() - NAMED)?;
            }
        }
        Ok(())
    }
}
