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

/// One rule of a policy and what a password makes of it.
struct Rule {
    met: bool,
    /// What is asked for.
    short: String,
    /// What is wrong when it is broken.
    message: String,
}

/// What the meter beside a new password shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordStrength {
    /// From 0, guessed at once, to 4, not in a lifetime.
    pub score: u8,
    /// Every rule of the policy.
    pub rules: Vec<RuleProgress>,
    /// Why it would be refused though it keeps the rules.
    pub refusal: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleProgress {
    /// In a few words, such as `8자 이상`.
    pub rule: String,
    pub met: bool,
}

impl PasswordStrength {
    pub const MAX_SCORE: u8 = 4;

    /// The score in a word.
    #[must_use]
    pub fn word(&self) -> &'static str {
        text::auth::strength_word(self.score)
    }

    /// What the meter shows, in words: the score, and what is missing or why it will not do.
    #[must_use]
    pub fn sentence(&self) -> String {
        let missing: Vec<&str> = self
            .rules
            .iter()
            .filter_map(|rule| (!rule.met).then_some(&*rule.rule))
            .collect();
        text::auth::strength(self.word(), &missing, self.refusal.as_deref())
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
        let broken: Vec<String> = self
            .rules(&password)
            .into_iter()
            .filter_map(|rule| (!rule.met).then_some(rule.message))
            .collect();
        if broken.is_empty() { Ok(password) } else { Err(broken) }
    }

    /// Which rules `typed` keeps so far, for the meter beside the field.
    #[must_use]
    pub fn progress(&self, typed: &str) -> Vec<RuleProgress> {
        let Some(password) = Self::normalize(typed) else {
            return vec![RuleProgress {
                rule: text::auth::rule_at_most(Self::MAX_LENGTH),
                met: false,
            }];
        };
        self.rules(&password)
            .into_iter()
            .map(|Rule { short, met, .. }| RuleProgress { rule: short, met })
            .collect()
    }

    /// All that is asked of a password that is not too long.
    fn rules(&self, password: &NewPassword) -> Vec<Rule> {
        let has = |class: fn(char) -> bool| password.nfc.chars().any(class);
        let mut rules = vec![
            Rule {
                met: password.nfc.chars().count() >= self.min_length,
                short: text::auth::rule_at_least(self.min_length),
                message: text::auth::password_too_short(self.min_length),
            },
            Rule {
                met: !has(char::is_control),
                short: text::auth::rule_characters().to_owned(),
                message: text::auth::password_characters().to_owned(),
            },
        ];
        for (required, met, short, message) in [
            (
                self.require_uppercase,
                has(char::is_uppercase),
                text::auth::class_uppercase(),
                text::auth::password_uppercase(),
            ),
            (
                self.require_lowercase,
                has(char::is_lowercase),
                text::auth::class_lowercase(),
                text::auth::password_lowercase(),
            ),
            (
                self.require_digit,
                has(char::is_numeric),
                text::auth::class_digit(),
                text::auth::password_digit(),
            ),
            (
                self.require_special,
                has(is_special),
                text::auth::class_special(),
                text::auth::password_special(),
            ),
        ] {
            if required {
                rules.push(Rule {
                    met,
                    short: short.to_owned(),
                    message: message.to_owned(),
                });
            }
        }
        rules
    }

    /// The policy in words, for the help beside the field.
    #[must_use]
    pub fn help(&self) -> String {
        let classes: Vec<&str> = [
            (self.require_uppercase, text::auth::class_uppercase()),
            (self.require_lowercase, text::auth::class_lowercase()),
            (self.require_digit, text::auth::class_digit()),
            (self.require_special, text::auth::class_special()),
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
    fn it_is_not_printed_but_named() {
        let password = PasswordPolicy::normalize("Quartz-71!").unwrap();
        assert_eq!(format!("{password:?}"), "NewPassword(***)");
    }

    #[test]
    fn the_policy_is_put_into_words() {
        assert_eq!(
            PasswordPolicy::default().help(),
            "영문 대문자, 소문자, 숫자, 특수문자를 포함한 8~128자"
        );
        let open = PasswordPolicy {
            min_length: 12,
            require_uppercase: false,
            require_lowercase: false,
            require_digit: false,
            require_special: false,
        };
        assert_eq!(open.help(), "12~128자");
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
    fn progress_and_faults_are_the_same_rules() {
        let policy = PasswordPolicy::default();
        let unmet = |typed: &str| policy.progress(typed).into_iter().filter(|rule| !rule.met).count();
        for typed in [
            "",
            "abc",
            "ABCDEFGH1",
            "가나다라마바사아",
            "Ab1!\0xyz",
            "Quartz-71!",
            &"x".repeat(200),
        ] {
            assert_eq!(
                unmet(typed),
                policy.check(typed).err().map_or(0, |broken| broken.len()),
                "{typed}"
            );
        }
        let open = PasswordPolicy {
            require_special: false,
            ..policy
        };
        assert_eq!(open.progress("x").len(), 5, "only what is asked for is a rule");
    }

    #[test]
    fn the_meter_says_what_is_missing() {
        let strength = PasswordStrength {
            score: 2,
            rules: PasswordPolicy::default().progress("quartz-zebra"),
            refusal: None,
        };
        assert_eq!(strength.sentence(), "안전도: 보통. 더 필요한 것: 영문 대문자, 숫자");
        let refused = PasswordStrength {
            score: 1,
            refusal: Some("안 됩니다.".to_owned()),
            ..strength
        };
        assert_eq!(refused.sentence(), "안전도: 약함. 안 됩니다.");
        assert_eq!(
            PasswordStrength {
                score: 4,
                rules: Vec::new(),
                refusal: None
            }
            .sentence(),
            "안전도: 매우 강함."
        );
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
