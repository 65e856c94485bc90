//! Texts that users agree to: what they are made of, what is filled into them, and whether an
//! agreement still holds. The texts themselves stand in [`crate::model::text::legal`].

mod facts;
mod shown;

use serde::{Deserialize, Serialize};

pub use facts::{Facts, Gap, Piece};
pub use shown::{Shown, ShownBlock, ShownSection, ShownSummary, Words};

use crate::model::{Language, text::legal as text};
use facts::blanks;

/// A sentence in every language. `{name}` in it is filled in from [`Facts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    pub ko: &'static str,
    pub en: &'static str,
}

impl Text {
    #[must_use]
    pub const fn of(self, language: Language) -> &'static str {
        match language {
            Language::Ko => self.ko,
            Language::En => self.en,
        }
    }

    /// In the language of the page.
    #[must_use]
    pub fn now(self) -> &'static str {
        self.of(Language::now())
    }
}

/// What a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    Paragraph(Text),
    List(&'static [Text]),
    Table(Table),
}

/// Every row has as many cells as the head; its first is what the row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    pub head: &'static [Text],
    pub rows: &'static [&'static [Text]],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    pub heading: Text,
    pub blocks: &'static [Block],
}

/// What has to be said beside the box before somebody agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    pub purpose: Text,
    pub items: Text,
    pub period: Text,
    pub refusal: Text,
}

/// What users agree to. Long: it stays on the server, which sends what is shown of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document {
    pub kind: ConsentKind,
    pub summary: Summary,
    /// Empty where the summary says everything.
    pub sections: &'static [Section],
    /// Days and what changed then, the newest first.
    pub history: &'static [(&'static str, Text)],
}

impl Document {
    /// Every text of it, in its order.
    #[must_use]
    pub fn texts(&self) -> Vec<Text> {
        let Summary {
            purpose,
            items,
            period,
            refusal,
        } = self.summary;
        let mut texts = vec![self.kind.title(), purpose, items, period, refusal];
        for section in self.sections {
            texts.push(section.heading);
            for block in section.blocks {
                match block {
                    Block::Paragraph(text) => texts.push(*text),
                    Block::List(items) => texts.extend(*items),
                    Block::Table(Table { head, rows }) => {
                        texts.extend(*head);
                        texts.extend(rows.iter().copied().flatten());
                    }
                }
            }
        }
        texts.extend(self.history.iter().map(|(_, text)| text));
        texts
    }

    /// What the operator has not said and this text needs.
    #[must_use]
    pub fn gaps(&self, facts: &Facts) -> Vec<Gap> {
        let names: Vec<&str> = self.texts().into_iter().flat_map(|text| blanks(text.ko)).collect();
        let open = |gap: &Gap| names.contains(&gap.blank()) && facts.operators_word(*gap).is_none();
        Gap::ALL.into_iter().filter(open).collect()
    }
}

/// What can be agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConsentKind {
    Terms,
    Privacy,
    Marketing,
}

impl ConsentKind {
    pub const ALL: [Self; 3] = [Self::Terms, Self::Privacy, Self::Marketing];

    /// As it is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Terms => "terms",
            Self::Privacy => "privacy",
            Self::Marketing => "marketing",
        }
    }

    #[must_use]
    pub fn parse(stored: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == stored)
    }

    /// Whether nobody has an account without it.
    #[must_use]
    pub const fn is_required(self) -> bool {
        matches!(self, Self::Terms | Self::Privacy)
    }

    /// Where the whole text stands.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Terms => "/terms",
            Self::Privacy | Self::Marketing => "/privacy",
        }
    }

    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Terms => text::terms::TITLE,
            Self::Privacy => text::privacy::TITLE,
            Self::Marketing => text::marketing::TITLE,
        }
    }

    /// The day from which the text of today holds, `YYYY-MM-DD`: what is stored with a consent.
    #[must_use]
    pub const fn version(self) -> &'static str {
        match self {
            Self::Terms => text::terms::VERSION,
            Self::Privacy => text::privacy::VERSION,
            Self::Marketing => text::marketing::VERSION,
        }
    }

    /// The text of today.
    #[must_use]
    pub const fn document(self) -> &'static Document {
        match self {
            Self::Terms => &text::terms::DOCUMENT,
            Self::Privacy => &text::privacy::DOCUMENT,
            Self::Marketing => &text::marketing::DOCUMENT,
        }
    }
}

/// That a user agreed to something, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    pub kind: ConsentKind,
    pub version: String,
    /// RFC 3339, UTC.
    pub agreed_at: String,
}

/// What a user has to agree to anew, or has never agreed to. Versions are days: the later one is the
/// greater text.
#[must_use]
pub fn due(agreed: &[Agreed]) -> Vec<ConsentKind> {
    let stands = |kind: ConsentKind| {
        let mut own = agreed.iter().filter(|agreed| agreed.kind == kind);
        own.any(|agreed| agreed.version.as_str() >= kind.version())
    };
    let required = ConsentKind::ALL.into_iter().filter(|kind| kind.is_required());
    required.filter(|kind| !stands(*kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANGUAGES: [Language; 2] = [Language::Ko, Language::En];

    fn documents() -> impl Iterator<Item = &'static Document> {
        ConsentKind::ALL.into_iter().map(ConsentKind::document)
    }

    fn complete() -> Facts {
        let said = |word: &str| Some(word.to_owned());
        Facts {
            operator: said("가나다 연구회"),
            contact: said("privacy@example.com"),
            officer: said("홍길동"),
            processors: said("none"),
            ..Facts::default()
        }
    }

    #[test]
    fn every_blank_is_known_and_the_same_in_both_languages() {
        let facts = complete();
        let mut seen = 0;
        for text in documents().flat_map(Document::texts) {
            let (mut ko, mut en) = (blanks(text.ko), blanks(text.en));
            ko.sort_unstable();
            en.sort_unstable();
            assert_eq!(ko, en, "{text:?}");
            for blank in ko {
                seen += 1;
                assert!(facts.fill(blank, Language::En).is_some(), "{blank} in {text:?}");
            }
            for language in LANGUAGES {
                assert!(!text.of(language).trim().is_empty(), "{text:?}");
                let pieces = facts.pieces(text, language);
                assert!(
                    matches!(pieces.as_slice(), [Piece::Said(said)] if !said.contains(['{', '}'])),
                    "{pieces:?}"
                );
            }
        }
        assert!(seen > 20, "{seen}");
    }

    #[test]
    fn each_text_knows_its_gaps() {
        let none = Facts::default();
        assert_eq!(text::privacy::DOCUMENT.gaps(&none), Gap::ALL);
        assert_eq!(text::terms::DOCUMENT.gaps(&none), [Gap::Operator, Gap::Contact]);
        for document in documents() {
            assert_eq!(document.gaps(&complete()), [], "{:?}", document.kind);
        }
    }

    #[test]
    fn tables_have_no_ragged_rows() {
        let blocks = documents()
            .flat_map(|document| document.sections)
            .flat_map(|section| section.blocks);
        let mut tables = 0;
        for block in blocks {
            if let Block::Table(table) = block {
                tables += 1;
                for row in table.rows {
                    assert_eq!(row.len(), table.head.len(), "{row:?}");
                }
            }
        }
        assert!(tables >= 2, "{tables}");
    }

    #[test]
    fn versions_are_days_and_the_newest_stands_first_in_the_history() {
        for document in documents() {
            let days: Vec<&str> = document.history.iter().map(|(day, _)| *day).collect();
            assert_eq!(days.first(), Some(&document.kind.version()), "{:?}", document.kind);
            assert!(days.is_sorted_by(|later, earlier| later > earlier), "{days:?}");
            for day in days {
                assert!(
                    day.len() == 10 && day.split('-').all(|part| part.parse::<u16>().is_ok()),
                    "{day}"
                );
            }
        }
    }

    #[test]
    fn an_agreement_holds_for_its_version_only() {
        let agreed = |kind: ConsentKind, version: &str| Agreed {
            kind,
            version: version.to_owned(),
            agreed_at: String::new(),
        };
        assert_eq!(due(&[]), [ConsentKind::Terms, ConsentKind::Privacy]);
        let old = agreed(ConsentKind::Terms, "2026-11-01");
        let terms = agreed(ConsentKind::Terms, text::terms::VERSION);
        let privacy = agreed(ConsentKind::Privacy, text::privacy::VERSION);
        assert_eq!(due(&[old.clone(), privacy.clone()]), [ConsentKind::Terms]);
        assert_eq!(due(&[privacy, terms, old]), []);
        // Of a program that was newer.
        let newer = [
            agreed(ConsentKind::Terms, "2999-01-01"),
            agreed(ConsentKind::Privacy, "2999-01-01"),
        ];
        assert_eq!(due(&newer), []);
    }
}
