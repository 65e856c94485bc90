//! What is filled into the texts: what is true of this server, and what only its operator can say.

use serde::{Deserialize, Serialize};

use super::{Language, Text};
use crate::model::text::legal as text;

/// What only the operator can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gap {
    Operator,
    Contact,
    Officer,
    Processors,
}

impl Gap {
    pub const ALL: [Self; 4] = [Self::Operator, Self::Contact, Self::Officer, Self::Processors];

    /// The setting that fills it.
    #[must_use]
    pub const fn setting(self) -> &'static str {
        match self {
            Self::Operator => "OPERATOR_NAME",
            Self::Contact => "OPERATOR_CONTACT",
            Self::Officer => "PRIVACY_OFFICER",
            Self::Processors => "DATA_PROCESSORS",
        }
    }

    pub(super) const fn blank(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Contact => "contact",
            Self::Officer => "officer",
            Self::Processors => "processors",
        }
    }

    /// What stands in its place.
    #[must_use]
    pub const fn label(self) -> Text {
        match self {
            Self::Operator => text::GAP_OPERATOR,
            Self::Contact => text::GAP_CONTACT,
            Self::Officer => text::GAP_OFFICER,
            Self::Processors => text::GAP_PROCESSORS,
        }
    }
}

/// What is true of this server: what the operator said, and how long things are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    pub operator: Option<String>,
    pub contact: Option<String>,
    pub officer: Option<String>,
    /// Who processes data for the operator; `none` or `없음`: nobody.
    pub processors: Option<String>,
    /// What the names of cookies begin with.
    pub cookie_prefix: String,
    pub access_token_minutes: i64,
    /// From signing in.
    pub session_days: i64,
    /// Without use, where the device is not remembered.
    pub idle_hours: i64,
    /// After a session's time was over.
    pub ended_session_days: i64,
    pub login_history_days: i64,
    /// After its last use.
    pub known_device_days: i64,
    pub lock_minutes: i64,
    pub cookie_days: i64,
    pub draft_minutes: i64,
    pub reports_errors: bool,
    pub sends_traces: bool,
}

/// A part of a text as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    Said(String),
    Gap(Gap),
}

impl Facts {
    pub(super) fn operators_word(&self, gap: Gap) -> Option<&str> {
        match gap {
            Gap::Operator => self.operator.as_deref(),
            Gap::Contact => self.contact.as_deref(),
            Gap::Officer => self.officer.as_deref(),
            Gap::Processors => self.processors.as_deref(),
        }
    }

    /// What a blank comes to; `None` for one that nobody knows.
    pub(super) fn fill(&self, blank: &str, language: Language) -> Option<Piece> {
        if let Some(gap) = Gap::ALL.into_iter().find(|gap| gap.blank() == blank) {
            return Some(match self.operators_word(gap) {
                Some(word) if gap == Gap::Processors && is_nobody(word) => {
                    Piece::Said(text::NO_PROCESSORS.of(language).to_owned())
                }
                Some(word) => Piece::Said(word.to_owned()),
                None => Piece::Gap(gap),
            });
        }
        let number = match blank {
            "cookie" => return Some(Piece::Said(self.cookie_prefix.clone())),
            "reports" => {
                let said = text::reports(self.reports_errors, self.sends_traces);
                return Some(Piece::Said(said.of(language).to_owned()));
            }
            "access_token_minutes" => self.access_token_minutes,
            "session_days" => self.session_days,
            "idle_hours" => self.idle_hours,
            "ended_session_days" => self.ended_session_days,
            "login_history_days" => self.login_history_days,
            "known_device_days" => self.known_device_days,
            "lock_minutes" => self.lock_minutes,
            "cookie_days" => self.cookie_days,
            "draft_minutes" => self.draft_minutes,
            _ => return None,
        };
        Some(Piece::Said(number.to_string()))
    }

    /// A text with its blanks filled in, no two words in a row without a gap between.
    pub(super) fn pieces(&self, text: Text, language: Language) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut said = String::new();
        let mut rest = text.of(language);
        while let Some((before, blank, after)) = first_blank(rest) {
            said.push_str(before);
            match self.fill(blank, language) {
                Some(Piece::Said(word)) => said.push_str(&word),
                Some(gap) => {
                    if !said.is_empty() {
                        pieces.push(Piece::Said(std::mem::take(&mut said)));
                    }
                    pieces.push(gap);
                }
                None => {}
            }
            rest = after;
        }
        said.push_str(rest);
        if !said.is_empty() {
            pieces.push(Piece::Said(said));
        }
        pieces
    }
}

/// Whether it is the operator's word for nobody, in any language.
fn is_nobody(word: &str) -> bool {
    let Text { ko, en } = text::NO_PROCESSORS;
    word.eq_ignore_ascii_case(ko) || word.eq_ignore_ascii_case(en)
}

/// What stands before the first blank, its name, and what stands behind it.
fn first_blank(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (blank, after) = rest.split_once('}')?;
    Some((before, blank, after))
}

/// The names of all blanks.
pub(super) fn blanks(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((_, blank, after)) = first_blank(rest) {
        names.push(blank);
        rest = after;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_nobody_in_every_language() {
        let blank = Text {
            ko: "{processors}",
            en: "{processors}",
        };
        let said = |word: &str, language| {
            let facts = Facts {
                processors: Some(word.to_owned()),
                ..Facts::default()
            };
            facts.pieces(blank, language)
        };
        for word in ["none", "None", "없음"] {
            assert_eq!(said(word, Language::Ko), [Piece::Said("없음".to_owned())]);
            assert_eq!(said(word, Language::En), [Piece::Said("none".to_owned())]);
        }
        assert_eq!(
            said("Nonesuch Ltd.", Language::En),
            [Piece::Said("Nonesuch Ltd.".to_owned())]
        );
    }

    #[test]
    fn what_the_operator_did_not_say_is_a_gap() {
        let text = Text {
            ko: "운영자({operator})는 {login_history_days}일 동안, {contact}",
            en: "{operator} for {login_history_days} days, {contact}",
        };
        let facts = Facts {
            login_history_days: 365,
            contact: Some("02-000-0000".to_owned()),
            ..Facts::default()
        };
        assert_eq!(
            facts.pieces(text, Language::Ko),
            [
                Piece::Said("운영자(".to_owned()),
                Piece::Gap(Gap::Operator),
                Piece::Said(")는 365일 동안, 02-000-0000".to_owned()),
            ]
        );
        assert_eq!(
            facts.pieces(text, Language::En),
            [
                Piece::Gap(Gap::Operator),
                Piece::Said(" for 365 days, 02-000-0000".to_owned()),
            ]
        );
    }
}
