//! In which language something is said.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// The languages of the site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    Ko,
    En,
}

/// Tells the language of the moment; there is none before somebody has said who does.
static RESOLVER: OnceLock<fn() -> Language> = OnceLock::new();

/// From now on `resolver` tells in which language something is said. The first one stays.
pub fn resolve_by(resolver: fn() -> Language) {
    let _ = RESOLVER.set(resolver);
}

impl Language {
    pub const ALL: [Self; 2] = [Self::Ko, Self::En];

    /// The language of what is being said at the moment: of the request that is being answered, of
    /// the document that is being shown. Korean where nobody listens.
    #[must_use]
    pub fn now() -> Self {
        RESOLVER.get().map_or(Self::Ko, |resolver| resolver())
    }

    /// Its code in HTML.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ko => "ko",
            Self::En => "en",
        }
    }

    /// The mark for what is Korean whatever is spoken, such as the words of the exchange; none where
    /// all of the page is.
    #[must_use]
    pub fn mark_of_korean() -> Option<&'static str> {
        (Self::now() != Self::Ko).then_some(Self::Ko.as_str())
    }

    /// The language of this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.as_str() == code)
    }

    /// What it calls itself, whatever is spoken at the moment.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ko => "한국어",
            Self::En => "English",
        }
    }

    /// The same where there is little room.
    #[must_use]
    pub const fn short(self) -> &'static str {
        match self {
            Self::Ko => "한국어",
            Self::En => "EN",
        }
    }

    /// What leads to it, for whoever reads only this language.
    #[must_use]
    pub const fn invitation(self) -> &'static str {
        match self {
            Self::Ko => "한국어로 보기",
            Self::En => "View in English",
        }
    }

    /// The one that is offered beside it.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Ko => Self::En,
            Self::En => Self::Ko,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_code() {
        for language in Language::ALL {
            assert_eq!(Language::parse(language.as_str()), Some(language));
            assert_ne!(language.other(), language);
        }
        for other in ["", "EN", "de", "en-GB"] {
            assert_eq!(Language::parse(other), None, "{other}");
        }
    }
}
