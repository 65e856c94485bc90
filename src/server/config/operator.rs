//! Who runs the server: what the texts under `/terms` and `/privacy` say of them.

use super::reader::Reader;
use crate::model::{input, legal::Gap};

/// What is not set is a marked gap in those texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Operator {
    pub name: Option<String>,
    pub contact: Option<String>,
    pub privacy_officer: Option<String>,
    /// Who processes data for the operator; `none` or `없음`: nobody.
    pub processors: Option<String>,
}

impl Operator {
    /// The settings that are missing.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        let word = |gap: &Gap| match gap {
            Gap::Operator => &self.name,
            Gap::Contact => &self.contact,
            Gap::Officer => &self.privacy_officer,
            Gap::Processors => &self.processors,
        };
        let missing = Gap::ALL.into_iter().filter(|gap| word(gap).is_none());
        missing.map(Gap::setting).collect()
    }
}

pub(super) fn operator(reader: &mut Reader) -> Operator {
    Operator {
        name: words(reader, Gap::Operator, 100),
        contact: words(reader, Gap::Contact, 300),
        privacy_officer: words(reader, Gap::Officer, 100),
        processors: words(reader, Gap::Processors, 500),
    }
}

/// A line of text for a page. What is wrong is not quoted: a terminal might obey it.
fn words(reader: &mut Reader, gap: Gap, max: usize) -> Option<String> {
    const ACCEPTED: &str = "one line of text, at most 100 characters for names, 300 for OPERATOR_CONTACT, \
        500 for DATA_PROCESSORS";
    let value = reader.value(gap.setting())?;
    let text = input::short_text(&value, max).ok();
    if text.is_none() {
        reader.fault(gap.setting(), "is too long, or holds control characters", ACCEPTED);
    }
    text
}
