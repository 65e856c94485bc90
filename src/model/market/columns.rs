//! Which columns of the listing are shown beside rank, star and name.

use serde::{Deserialize, Serialize};

use super::SortKey;
use crate::model::text::stocks as text;

/// A column that may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Column {
    Close,
    Change,
    ChangesRatio,
    Volume,
    Amount,
    Marcap,
    Open,
    High,
    Low,
    Shares,
    Industry,
    Dept,
    ShareKind,
    Isin,
}

impl Column {
    /// In the order in which they stand.
    pub const ALL: [Self; 14] = [
        Self::Close,
        Self::Change,
        Self::ChangesRatio,
        Self::Volume,
        Self::Amount,
        Self::Marcap,
        Self::Open,
        Self::High,
        Self::Low,
        Self::Shares,
        Self::Industry,
        Self::Dept,
        Self::ShareKind,
        Self::Isin,
    ];
    /// How many of them are shown when nothing else is asked for.
    const USUAL: usize = 9;

    /// What sorts by it; `None` where nothing does.
    #[must_use]
    pub const fn sort_key(self) -> Option<SortKey> {
        Some(match self {
            Self::Close => SortKey::Close,
            Self::Change => SortKey::Change,
            Self::ChangesRatio => SortKey::ChangesRatio,
            Self::Volume => SortKey::Volume,
            Self::Amount => SortKey::Amount,
            Self::Marcap => SortKey::Marcap,
            Self::Open => SortKey::Open,
            Self::High => SortKey::High,
            Self::Low => SortKey::Low,
            Self::Shares => SortKey::Shares,
            Self::Industry => SortKey::Industry,
            Self::Dept | Self::ShareKind | Self::Isin => return None,
        })
    }

    /// Its name in an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self.sort_key() {
            Some(key) => key.as_str(),
            None => match self {
                Self::Dept => "dept",
                Self::ShareKind => "share_kind",
                _ => "isin",
            },
        }
    }

    /// The column of this name, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|column| column.as_str().eq_ignore_ascii_case(name))
    }

    /// Its heading.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self.sort_key() {
            Some(key) => key.label(),
            None => match self {
                Self::Dept => text::dept(),
                Self::ShareKind => text::share_kind(),
                _ => text::ISIN,
            },
        }
    }

    /// Whether it holds figures, which are aligned by their last digit.
    #[must_use]
    pub const fn is_figure(self) -> bool {
        !matches!(self, Self::Industry | Self::Dept | Self::ShareKind | Self::Isin)
    }
}

/// Columns in the order of [`Column::ALL`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Columns(Vec<Column>);

impl Default for Columns {
    fn default() -> Self {
        Self(Column::ALL.into_iter().take(Column::USUAL).collect())
    }
}

/// In an address, none of them. A form says so too, beside those that are ticked.
pub const NO_COLUMNS: &str = "none";

impl Columns {
    pub fn iter(&self) -> impl Iterator<Item = Column> + '_ {
        self.0.iter().copied()
    }

    #[must_use]
    pub fn contains(&self, column: Column) -> bool {
        self.0.contains(&column)
    }

    /// Reads names with commas between, leaving out what is no column; the usual ones when nothing
    /// is left. The second says whether everything was understood.
    #[must_use]
    pub fn lenient(list: &str) -> (Self, bool) {
        let words: Vec<&str> = list.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
        let (mut chosen, mut says_none, mut is_exact) = (Vec::new(), false, true);
        for word in words {
            match Column::parse(word) {
                Some(column) => chosen.push(column),
                None if word.eq_ignore_ascii_case(NO_COLUMNS) => says_none = true,
                None => is_exact = false,
            }
        }
        if chosen.is_empty() && !says_none {
            return (Self::default(), is_exact);
        }
        let in_order = Column::ALL.into_iter().filter(|column| chosen.contains(column));
        (Self(in_order.collect()), is_exact)
    }

    /// As [`Self::lenient`] reads it back.
    #[must_use]
    pub fn in_address(&self) -> String {
        if self.0.is_empty() {
            return NO_COLUMNS.to_owned();
        }
        let names: Vec<&str> = self.iter().map(Column::as_str).collect();
        names.join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_columns_in_their_order() {
        let (columns, is_exact) = Columns::lenient("isin, close,CLOSE");
        assert!(is_exact);
        assert_eq!(columns.iter().collect::<Vec<_>>(), [Column::Close, Column::Isin]);
        assert_eq!(columns.in_address(), "close,isin");
        assert_eq!(Columns::lenient("").0, Columns::default());
        assert_eq!(Columns::lenient("none").0.iter().count(), 0);
        // A form with one box ticked.
        assert_eq!(Columns::lenient("none,low").0.in_address(), "low");
        assert_eq!(Columns::lenient("beauty"), (Columns::default(), false));
    }

    #[test]
    fn every_column_has_a_name_of_its_own() {
        for column in Column::ALL {
            assert_eq!(Column::parse(column.as_str()), Some(column));
        }
        let all = Column::ALL.map(Column::as_str).join(",");
        assert_eq!(Columns::lenient(&all).0.in_address(), all);
    }
}
