use crate::model::text;

/// The id that a user signs in with: `^[a-zA-Z0-9_]{4,20}$`, compared without regard to case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserId(String);

impl UserId {
    pub const MIN: usize = 4;
    pub const MAX: usize = 20;

    /// Takes what was typed, less the space around it.
    ///
    /// # Errors
    /// The message for the field.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let id = typed.trim();
        if id.is_empty() {
            return Err(text::auth::user_id_missing());
        }
        let characters_fit = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !characters_fit || !(Self::MIN..=Self::MAX).contains(&id.len()) {
            return Err(text::auth::user_id_form());
        }
        Ok(Self(id.to_owned()))
    }

    /// As typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What uniqueness and look-up go by.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accepts_what_the_rule_says_and_nothing_else() {
        for good in ["abcd", "A_b9", "  padded_1  ", "a2345678901234567890"] {
            assert!(UserId::parse(good).is_ok(), "{good:?}");
        }
        for bad in [
            "",
            "   ",
            "abc",
            "a23456789012345678901",
            "홍길동입니다",
            "ab cd",
            "a-bcd",
            "abcd\0",
            "ａｂｃｄ",
        ] {
            assert!(UserId::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn compares_without_regard_to_case() {
        let keys = ["HongGD_1", "honggd_1"].map(|id| UserId::parse(id).unwrap().key());
        assert_eq!(keys[0], keys[1]);
    }

    proptest! {
        #[test]
        fn agrees_with_the_pattern(typed in "[a-zA-Z0-9_]{4,20}") {
            let parsed = UserId::parse(&typed).unwrap();
            prop_assert_eq!(parsed.as_str(), typed.as_str());
        }

        #[test]
        fn never_panics_and_never_keeps_anything_else(typed in "\\PC{0,30}") {
            if let Ok(id) = UserId::parse(&typed) {
                prop_assert!(id.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'));
            }
        }
    }
}
