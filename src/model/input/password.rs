use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::model::text;

/// What a new password must be; the operator's settings `PASSWORD_*`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordPolicy {
    /// Characters, not bytes.
    pub min_length: usize,
    pub require_uppercase: bool,
    pub require_lowercase: bool,
    pub require_digit: bool,
    pub require_special: bool,
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self {
            min_length: 8,
            require_uppercase: true,
            require_lowercase: true,
            require_digit: true,
            require_special: true,
        }
    }
}

/// A password in the form in which it is hashed: NFC, because keyboards differ in how they
/// compose Hangul. Does not print itself.
#[derive(Clone)]
pub struct NewPassword {
    nfc: String,
    /// As it was typed, where that differs.
    typed: Option<String>,
}

impl NewPassword {
    /// The normalised password.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.nfc
    }

    /// Every way in which a system without our rule may have got the password: normalised, as
    /// typed now, and in single letters.
    #[must_use]
    pub fn spellings(&self) -> Vec<String> {
        let mut spellings = vec![self.nfc.clone()];
        let decomposed = (!self.nfc.is_ascii()).then(|| self.nfc.nfd().collect());
        for other in [self.typed.clone(), decomposed].into_iter().flatten() {
            if !spellings.contains(&other) {
                spellings.push(other);
            }
        }
        spellings
    }
}

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword(***)")
    }
}

impl PasswordPolicy {
    /// The longest password that anybody may use, in characters.
    pub const MAX_LENGTH: usize = 128;
    /// More bytes than that are no password of 128 characters in any script, however composed.
    const MAX_BYTES: usize = Self::MAX_LENGTH * 16;

    /// A password as it is compared with a stored hash, without asking whether it would be
    /// allowed today. `None` when it is longer than any password can be.
    #[must_use]
    pub fn normalize(typed: &str) -> Option<NewPassword> {
        if typed.len() > Self::MAX_BYTES {
            return None;
        }
        let nfc: String = typed.nfc().collect();
        (nfc.chars().count() <= Self::MAX_LENGTH).then(|| NewPassword {
            typed: (nfc != typed).then(|| typed.to_owned()),
            nfc,
        })
    }

    /// Checks length and character classes.
    ///
    /// # Errors
    /// The message of every broken rule, at once.
    pub fn check(&self, typed: &str) -> Result<NewPassword, Vec<String>> {
        let Some(password) = Self::normalize(typed) else {
            return Err(vec![text::auth::password_too_long(Self::MAX_LENGTH)]);
        };
        let has = |class: fn(char) -> bool| password.nfc.chars().any(class);
        let mut broken = Vec::new();
        if password.nfc.chars().count() < self.min_length {
            broken.push(text::auth::password_too_short(self.min_length));
        }
        if has(char::is_control) {
            broken.push(text::auth::PASSWORD_CHARACTERS.to_owned());
        }
        for (required, present, message) in [
            (
                self.require_uppercase,
                has(char::is_uppercase),
                text::auth::PASSWORD_UPPERCASE,
            ),
            (
                self.require_lowercase,
                has(char::is_lowercase),
                text::auth::PASSWORD_LOWERCASE,
            ),
            (self.require_digit, has(char::is_numeric), text::auth::PASSWORD_DIGIT),
            (self.require_special, has(is_special), text::auth::PASSWORD_SPECIAL),
        ] {
            if required && !present {
                broken.push(message.to_owned());
            }
        }
        if broken.is_empty() { Ok(password) } else { Err(broken) }
    }

    /// The policy in words, for the help beside the field.
    #[must_use]
    pub fn help(&self) -> String {
        let classes: Vec<&str> = [
            (self.require_uppercase, text::auth::CLASS_UPPERCASE),
            (self.require_lowercase, text::auth::CLASS_LOWERCASE),
            (self.require_digit, text::auth::CLASS_DIGIT),
            (self.require_special, text::auth::CLASS_SPECIAL),
        ]
        .into_iter()
        .filter_map(|(required, class)| required.then_some(class))
        .collect();
        text::auth::password_help(self.min_length, Self::MAX_LENGTH, &classes)
    }
}

/// Anything printable that is neither letter nor digit: the original's list lacked `-_=+[];'/`.
fn is_special(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_every_broken_rule_at_once() {
        let broken = PasswordPolicy::default().check("abc").unwrap_err();
        assert_eq!(broken.len(), 4, "{broken:?}");
    }

    #[test]
    fn every_printable_special_counts() {
        for special in " -_=+[];'/!@#$%^&*()\\|`~\"<>,.?{}₩€".chars() {
            let password = format!("Abcdef12{special}");
            assert!(PasswordPolicy::default().check(&password).is_ok(), "{special:?}");
        }
    }

    #[test]
    fn each_switch_changes_what_is_accepted() {
        let open = PasswordPolicy {
            min_length: 4,
            require_uppercase: false,
            require_lowercase: false,
            require_digit: false,
            require_special: false,
        };
        assert!(open.check("가나다라").is_ok());
        for (policy, password) in [
            (
                PasswordPolicy {
                    require_uppercase: true,
                    ..open.clone()
                },
                "abc1!",
            ),
            (
                PasswordPolicy {
                    require_lowercase: true,
                    ..open.clone()
                },
                "ABC1!",
            ),
            (
                PasswordPolicy {
                    require_digit: true,
                    ..open.clone()
                },
                "Abcd!",
            ),
            (
                PasswordPolicy {
                    require_special: true,
                    ..open.clone()
                },
                "Abcd1",
            ),
            (
                PasswordPolicy {
                    min_length: 6,
                    ..open.clone()
                },
                "Abc1!",
            ),
        ] {
            assert!(open.check(password).is_ok());
            assert_eq!(policy.check(password).unwrap_err().len(), 1, "{password}");
        }
    }

    #[test]
    fn counts_characters_not_bytes_and_normalises() {
        let composed = "한글Ab1!";
        let decomposed: String = composed.nfd().collect();
        let policy = PasswordPolicy {
            min_length: 6,
            ..PasswordPolicy::default()
        };
        assert_eq!(policy.check(&decomposed).unwrap().expose(), composed);
        assert!(policy.check(&("Ab1!".to_owned() + &"가".repeat(124))).is_ok());
        assert!(policy.check(&("Ab1!".to_owned() + &"가".repeat(125))).is_err());
        assert!(PasswordPolicy::normalize(&"x".repeat(10_000)).is_none());
    }

    #[test]
    fn spellings_differ_only_where_text_can_be_composed() {
        let spellings = |typed: &str| PasswordPolicy::normalize(typed).unwrap().spellings();
        assert_eq!(spellings("Ab1!"), ["Ab1!"]);
        let (composed, decomposed) = ("한Ab1!", "한Ab1!".nfd().collect::<String>());
        assert_eq!(spellings(composed), [composed, &decomposed]);
        assert_eq!(spellings(&decomposed), [composed, &decomposed]);
        assert_eq!(spellings("\u{F90A}"), ["金", "\u{F90A}"]);
    }

    proptest! {
        #[test]
        fn never_panics(typed in any::<String>()) {
            let _ = PasswordPolicy::default().check(&typed);
        }
    }
}
