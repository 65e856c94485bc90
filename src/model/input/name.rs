use unicode_normalization::UnicodeNormalization;

use crate::model::text;

/// A person's name: 2 to 100 characters, NFC, nothing invisible.
#[derive(Clone, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    pub const MIN: usize = 2;
    pub const MAX: usize = 100;

    /// Takes what was typed, less the space around it.
    ///
    /// # Errors
    /// The message for the field.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let trimmed = typed.trim();
        if trimmed.is_empty() {
            return Err(text::auth::name_missing());
        }
        // Bounds the work below: composing never makes a text more than a few times shorter.
        if trimmed.len() > Self::MAX * 16 {
            return Err(text::auth::name_form());
        }
        let name: String = trimmed.nfc().collect();
        if name.chars().any(super::is_deceptive) {
            return Err(text::auth::name_characters());
        }
        if !(Self::MIN..=Self::MAX).contains(&name.chars().count()) {
            return Err(text::auth::name_form());
        }
        Ok(Self(name))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composes_decomposed_hangul() {
        // 홍길동 as macOS hands it over: single letters.
        let decomposed = "홍길동".nfd().collect::<String>();
        assert_eq!(Name::parse(&decomposed).unwrap().as_str(), "홍길동");
    }

    #[test]
    fn refuses_what_is_no_name() {
        for bad in [
            "",
            " ",
            "홍",
            "홍\u{202E}길동",
            "홍\0길동",
            "홍\n길동",
            &"가".repeat(101),
        ] {
            assert!(Name::parse(bad).is_err(), "{bad:?}");
        }
        assert!(Name::parse(&"가".repeat(100)).is_ok());
    }
}
