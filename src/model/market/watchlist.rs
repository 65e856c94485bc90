//! What a user watches.

use serde::{Deserialize, Serialize};

use crate::model::{FieldError, input::short_text, text::stocks as text};

/// An issue on a user's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct WatchlistItem {
    pub code: String,
    pub name: String,
    pub group: Option<String>,
    pub note: Option<String>,
    /// From 0, without gaps.
    pub position: i64,
    /// RFC 3339, UTC.
    pub added_at: String,
}

/// What is written about an issue. What is missing stays as it is; an empty text takes it away.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct WatchlistChange {
    /// At most 30 characters.
    pub group: Option<String>,
    /// At most 200 characters.
    pub note: Option<String>,
    /// From 0; past the end is the end.
    pub position: Option<i64>,
}

/// A [`WatchlistChange`] whose every field is valid.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckedChange {
    pub group: Option<Option<String>>,
    pub note: Option<Option<String>>,
    pub position: Option<usize>,
}

impl WatchlistChange {
    /// The most issues on one list.
    pub const MAX_ITEMS: usize = 500;
    const MAX_GROUP: usize = 30;
    const MAX_NOTE: usize = 200;

    /// Texts are trimmed and brought to NFC.
    ///
    /// # Errors
    /// Every faulty field, at once.
    pub fn check(&self) -> Result<CheckedChange, Vec<FieldError>> {
        let mut faults = Vec::new();
        let mut checked = CheckedChange::default();
        for (field, typed, max, into) in [
            ("group", &self.group, Self::MAX_GROUP, &mut checked.group),
            ("note", &self.note, Self::MAX_NOTE, &mut checked.note),
        ] {
            let Some(typed) = typed else { continue };
            match short_text(typed, max) {
                Ok(text) => *into = Some((!text.is_empty()).then_some(text)),
                Err(fault) => faults.push(FieldError::new(field, fault)),
            }
        }
        if let Some(position) = self.position {
            match usize::try_from(position) {
                Ok(position) => checked.position = Some(position),
                Err(_) => faults.push(FieldError::new("position", text::position_form())),
            }
        }
        if faults.is_empty() { Ok(checked) } else { Err(faults) }
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization as _;

    use super::*;

    fn faults(group: &str, note: &str, position: i64) -> Vec<String> {
        let change = WatchlistChange {
            group: Some(group.to_owned()),
            note: Some(note.to_owned()),
            position: Some(position),
        };
        change
            .check()
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(|fault| fault.field)
            .collect()
    }

    #[test]
    fn every_faulty_field_is_named() {
        assert_eq!(faults(&"가".repeat(30), &"나".repeat(200), i64::MAX), [""; 0]);
        assert_eq!(
            faults(&"가".repeat(31), &"나".repeat(201), -1),
            ["group", "note", "position"]
        );
        assert_eq!(faults("a\0b", "x\u{202e}y", 0), ["group", "note"]);
    }

    #[test]
    fn what_is_missing_stays_and_what_is_empty_goes() {
        let change = WatchlistChange {
            group: Some("  ".to_owned()),
            ..WatchlistChange::default()
        };
        let checked = change.check().unwrap();
        assert_eq!((checked.group, checked.note), (Some(None), None));
        let decomposed: String = "반도체".nfd().collect();
        let change = WatchlistChange {
            group: Some(decomposed),
            ..WatchlistChange::default()
        };
        assert_eq!(change.check().unwrap().group, Some(Some("반도체".to_owned())));
    }
}
