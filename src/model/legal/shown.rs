//! Documents as they are shown: in one language, with everything filled in.

use serde::{Deserialize, Serialize};

use super::{Block, ConsentKind, Document, Facts, Gap, Language, Piece, Section, Summary, Text};

/// A text with what is filled in.
pub type Words = Vec<Piece>;

/// The whole of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// What the operator still has to say.
    pub gaps: Vec<Gap>,
    pub sections: Vec<ShownSection>,
    /// Days and what changed then, the newest first.
    pub history: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownSection {
    pub heading: String,
    pub blocks: Vec<ShownBlock>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShownBlock {
    Paragraph(Words),
    List(Vec<Words>),
    Table { head: Vec<Words>, rows: Vec<Vec<Words>> },
}

/// What is said beside the box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownSummary {
    pub kind: ConsentKind,
    /// Whether there is more than this to read.
    pub has_more: bool,
    pub purpose: Words,
    pub items: Words,
    pub period: Words,
    pub refusal: Words,
}

impl Document {
    #[must_use]
    pub fn shown(&self, facts: &Facts, language: Language) -> Shown {
        let words = |text: &Text| facts.pieces(*text, language);
        let row = |cells: &&[Text]| cells.iter().map(words).collect();
        let block = |block: &Block| match block {
            Block::Paragraph(text) => ShownBlock::Paragraph(words(text)),
            Block::List(items) => ShownBlock::List(items.iter().map(words).collect()),
            Block::Table(table) => ShownBlock::Table {
                head: row(&table.head),
                rows: table.rows.iter().map(row).collect(),
            },
        };
        let section = |section: &Section| ShownSection {
            heading: section.heading.of(language).to_owned(),
            blocks: section.blocks.iter().map(block).collect(),
        };
        let change = |(day, text): &(&str, Text)| ((*day).to_owned(), text.of(language).to_owned());
        Shown {
            gaps: self.gaps(facts),
            sections: self.sections.iter().map(section).collect(),
            history: self.history.iter().map(change).collect(),
        }
    }

    #[must_use]
    pub fn shown_summary(&self, facts: &Facts, language: Language) -> ShownSummary {
        let words = |text| facts.pieces(text, language);
        let Summary {
            purpose,
            items,
            period,
            refusal,
        } = self.summary;
        ShownSummary {
            kind: self.kind,
            has_more: !self.sections.is_empty(),
            purpose: words(purpose),
            items: words(items),
            period: words(period),
            refusal: words(refusal),
        }
    }
}
