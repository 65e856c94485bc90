//! Passwords that are refused although they fit the policy: those that many people use, and the
//! user's own id, email and name.

use crate::{
    model::{input::NewPassword, text},
    server::auth::Owner,
};

/// Fewer guesses than that (some 300,000), by zxcvbn's estimate, and a patient attacker finds it.
/// Well-known passwords with a capital, a digit and a mark lie below, made-up ones far above.
const MIN_GUESSES_LOG10: f64 = 5.5;

/// The estimate's work grows faster than the password; what is not guessable in its first
/// characters is not guessable as a whole.
const MAX_ESTIMATED: usize = 24;

/// What Korean users type on a Latin keyboard: Hangul words in the 두벌식 layout and runs of keys.
/// Compared without case, digits and marks.
const KOREAN_KEYBOARD: [&str; 24] = [
    "tkfkdgo",
    "tkfkdgody",
    "dkssud",
    "dkssudgktpdy",
    "qlalfqjsgh",
    "gksrnr",
    "eogksalsrnr",
    "wkrldi",
    "ehrehsmsdnflEkd",
    "gkrry",
    "rhkdwn",
    "tjdnf",
    "qntks",
    "dlswjd",
    "rkwhr",
    "gktmf",
    "dntjd",
    "whdgml",
    "alsrhks",
    "qwer",
    "qwerasdf",
    "asdf",
    "zxcv",
    "qazwsx",
];

/// Why `password` is refused; `None` when nothing speaks against it, or its owner is not known.
pub fn refusal(password: &NewPassword, owner: &Owner) -> Option<&'static str> {
    let (Some(user_id), Some(email), Some(name)) = (&owner.user_id, &owner.email, &owner.name) else {
        return None;
    };
    let typed = password.expose().to_lowercase();
    let personal = [user_id.key(), email.key(), name.as_str().to_lowercase()];
    if personal.contains(&typed) {
        return Some(text::auth::PASSWORD_PERSONAL);
    }
    let letters: String = typed.chars().filter(|c| c.is_alphabetic()).collect();
    let patterned = KOREAN_KEYBOARD.iter().any(|word| word.eq_ignore_ascii_case(&letters));
    let personal_words = [user_id.as_str(), email.local_part(), name.as_str()];
    let start: String = password.expose().chars().take(MAX_ESTIMATED).collect();
    let guessable = zxcvbn::zxcvbn(&start, &personal_words).guesses_log10() < MIN_GUESSES_LOG10;
    (patterned || guessable).then_some(text::auth::PASSWORD_COMMON)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::input::PasswordPolicy;

    fn refused(password: &str) -> Option<&'static str> {
        let password = PasswordPolicy::normalize(password).unwrap();
        refusal(
            &password,
            &Owner::parse("Hong_GD71", "Hong.Gd-71@example.com", "홍길동"),
        )
    }

    #[test]
    fn common_passwords_are_refused_in_all_their_disguises() {
        for common in [
            "Password1!",
            "P@ssw0rd",
            "P@ssw0rd1!",
            "Qwer1234!",
            "Asdf1234!",
            "Qwerty123!",
            "Abcd1234!",
            "1q2w3e4r!Q",
            "Tkfkdgo1!",
            "Dkssud1234!",
            "Welcome1!",
            "Iloveyou1!",
            "Aa123456!",
        ] {
            assert!(refused(common).is_some(), "{common}");
        }
    }

    #[test]
    fn the_own_id_email_and_name_are_refused() {
        for own in ["hong_gd71", "HONG.GD-71@EXAMPLE.COM", "홍길동"] {
            assert_eq!(refused(own), Some(text::auth::PASSWORD_PERSONAL), "{own}");
        }
        assert!(refused("Hong_gd71!").is_some());
    }

    #[test]
    fn others_are_accepted() {
        for fine in [
            "Quartz-Zebra-71!",
            "correct horse battery Staple 9",
            "나의 비밀은 깊은 Ab1! 바다",
            "xK9#mQ2$vL5n",
            "SecurePass123!",
            "Str0ng!Passw0rd",
        ] {
            assert_eq!(refused(fine), None, "{fine}");
        }
    }
}
