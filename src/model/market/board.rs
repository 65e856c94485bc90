//! Where an issue is listed, and where its data come from.

use serde::{Deserialize, Serialize};

use crate::model::text::stocks as text;

/// One of the exchange's three markets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum Board {
    Kospi,
    Kosdaq,
    Konex,
}

impl Board {
    /// In the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Kospi, Self::Kosdaq, Self::Konex];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kospi => "KOSPI",
            Self::Kosdaq => "KOSDAQ",
            Self::Konex => "KONEX",
        }
    }

    /// The board of exactly this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|board| board.as_str() == name)
    }

    /// What a reader calls it: 코스피.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Kospi => text::KOSPI,
            Self::Kosdaq => text::KOSDAQ,
            Self::Konex => text::KONEX,
        }
    }

    /// With the segment of an issue, if it is in one: `KOSDAQ GLOBAL`.
    #[must_use]
    pub fn with_segment(self, segment: Option<Segment>) -> String {
        match segment {
            Some(segment) => format!("{} {}", self.as_str(), segment.as_str()),
            None => self.as_str().to_owned(),
        }
    }
}

/// A part of a board with stricter rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum Segment {
    /// KOSDAQ GLOBAL. Its issues are KOSDAQ issues.
    Global,
}

impl Segment {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Global => "GLOBAL",
        }
    }

    /// The segment of exactly this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        (name == Self::Global.as_str()).then_some(Self::Global)
    }
}

/// Which boards a listing is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum MarketFilter {
    /// All three boards.
    #[default]
    Krx,
    Kospi,
    /// With its GLOBAL segment.
    Kosdaq,
    Konex,
}

impl MarketFilter {
    /// In the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Krx, Self::Kospi, Self::Kosdaq, Self::Konex];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self.board() {
            None => "KRX",
            Some(board) => board.as_str(),
        }
    }

    /// The filter of this name, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|filter| filter.as_str().eq_ignore_ascii_case(name))
    }

    /// The one board that is let through; `None` lets all through.
    #[must_use]
    pub const fn board(self) -> Option<Board> {
        match self {
            Self::Krx => None,
            Self::Kospi => Some(Board::Kospi),
            Self::Kosdaq => Some(Board::Kosdaq),
            Self::Konex => Some(Board::Konex),
        }
    }

    #[must_use]
    pub fn contains(self, board: Board) -> bool {
        self.board().is_none_or(|only| only == board)
    }

    /// What a reader calls it: 전체, 코스피.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self.board() {
            None => text::all_boards(),
            Some(board) => board.label(),
        }
    }
}

/// Where a day's market comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Made up by the program itself.
    Demo,
    /// A file of the joined listing.
    File,
    /// `FinanceDataReader`'s listing.
    Fdr,
    /// The exchange's Open API.
    KrxOpenapi,
}

impl Source {
    const ALL: [Self; 4] = [Self::Demo, Self::File, Self::Fdr, Self::KrxOpenapi];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::File => "file",
            Self::Fdr => "fdr",
            Self::KrxOpenapi => "krx_openapi",
        }
    }

    /// What a reader calls it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Demo => text::source_demo(),
            Self::File => text::source_file(),
            Self::Fdr => text::SOURCE_FDR,
            Self::KrxOpenapi => text::source_krx(),
        }
    }

    /// Whether its terms let a user take its rows away as a file. The exchange's forbid passing its
    /// data on; those of a file are the operator's.
    #[must_use]
    pub const fn may_export(self) -> bool {
        match self {
            Self::Demo | Self::File => true,
            Self::Fdr | Self::KrxOpenapi => false,
        }
    }

    /// The source of exactly this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == name)
    }

    /// Whether its issues are made up, which every page that shows them must say.
    #[must_use]
    pub fn is_demo(self) -> bool {
        self == Self::Demo
    }

    /// What every answer that shows its issues says, if there is something to say.
    #[must_use]
    pub fn notice(self) -> Option<String> {
        self.is_demo().then(|| text::demo_notice().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_market_is_named_in_any_case() {
        assert_eq!(MarketFilter::parse("kosdaq"), Some(MarketFilter::Kosdaq));
        assert_eq!(MarketFilter::parse("Krx"), Some(MarketFilter::Krx));
        assert_eq!(MarketFilter::parse("NASDAQ"), None);
        assert_eq!(MarketFilter::parse(""), None);
    }

    #[test]
    fn krx_lets_every_board_through() {
        for board in Board::ALL {
            assert!(MarketFilter::Krx.contains(board));
        }
        assert!(!MarketFilter::Kospi.contains(Board::Kosdaq));
    }

    #[test]
    fn names_lead_back() {
        for source in Source::ALL {
            assert_eq!(Source::parse(source.as_str()), Some(source));
        }
        for board in Board::ALL {
            assert_eq!(Board::parse(board.as_str()), Some(board));
        }
    }
}
