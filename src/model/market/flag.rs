//! What a reader should know about an issue before its price.

use serde::{Deserialize, Serialize};

use crate::model::text::stocks as text;

/// Something that holds for an issue over a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum FlagKind {
    /// 관리종목: near to being delisted.
    Administrative,
    /// 거래정지: no trade on the day.
    Halted,
    /// 투자주의환기종목: attention is called to it.
    Caution,
    /// A company that exists to merge with another.
    Spac,
    /// 외국기업.
    Foreign,
}

impl FlagKind {
    pub const ALL: [Self; 5] = [
        Self::Administrative,
        Self::Halted,
        Self::Caution,
        Self::Spac,
        Self::Foreign,
    ];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Administrative => "administrative",
            Self::Halted => "halted",
            Self::Caution => "caution",
            Self::Spac => "spac",
            Self::Foreign => "foreign",
        }
    }

    /// What a reader calls it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Administrative => text::administrative(),
            Self::Halted => text::halted(),
            Self::Caution => text::caution(),
            Self::Spac => text::SPAC,
            Self::Foreign => text::foreign(),
        }
    }

    /// The same in the fewest letters, for a badge in a row.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::Administrative => text::administrative_short(),
            Self::Halted => text::halted(),
            Self::Caution => text::caution_short(),
            Self::Spac => text::SPAC,
            Self::Foreign => text::foreign_short(),
        }
    }

    /// The kind of exactly this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// What the exchange says in the column of departments (소속부), if it is one of these.
    #[must_use]
    pub fn of_dept(dept: &str) -> Option<Self> {
        // With or without (소속부없음) behind it, and with or without spaces between.
        let plain: String = dept.chars().filter(|c| !c.is_whitespace()).collect();
        let begins = |word| plain.starts_with(word);
        if begins("관리종목") {
            Some(Self::Administrative)
        } else if begins("투자주의환기") {
            Some(Self::Caution)
        } else if begins("SPAC") {
            Some(Self::Spac)
        } else if begins("외국기업") {
            Some(Self::Foreign)
        } else {
            None
        }
    }
}
