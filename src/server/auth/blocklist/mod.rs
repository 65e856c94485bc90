//! Passwords that are refused although they fit the policy: those that many people use, and those
//! that the user's own id, address or name is in.

mod words;

use zxcvbn::{Entropy, zxcvbn};

use crate::{
    model::{hangul, input::NewPassword, text},
    server::auth::Owner,
};

/// Fewer guesses than that (some 300,000), by zxcvbn's estimate, and a patient attacker finds it.
/// Well-known passwords with a capital, a digit and a mark lie below, made-up ones far above.
const MIN_GUESSES_LOG10: f64 = 5.5;

/// The estimate's work grows faster than the password: no more than so many characters are looked
/// at in one piece. What cannot be guessed in a part cannot be guessed as a whole.
const PIECE: usize = 24;

/// What is said of somebody in fewer characters turns up in passwords by chance.
const LONG_PERSONAL: usize = 6;
/// Fewer still mean nothing.
const SHORT_PERSONAL: usize = 4;
/// A Hangul name says more in a character.
const HANGUL_PERSONAL: usize = 2;

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Personal,
    Common,
}

impl Refusal {
    /// For the user; said where their request is answered, not where the password is judged.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::Personal => text::auth::password_personal(),
            Self::Common => text::auth::password_common(),
        }
    }
}

/// What is thought of a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opinion {
    /// From 0, guessed at once, to 4, not in a lifetime.
    pub score: u8,
    /// Why it is refused; `None` when nothing speaks against it.
    pub refusal: Option<Refusal>,
}

/// Judges `password` as the choice of `owner`. Takes milliseconds, and some ten of them for text
/// that was made to be slow.
pub fn opinion(password: &NewPassword, owner: &Owner) -> Opinion {
    let typed = password.expose();
    let keys = hangul::to_qwerty(typed);
    // The same password with the keyboard switched to English.
    let spellings: Vec<&str> = if keys == typed { vec![typed] } else { vec![typed, &keys] };
    let personal = personal_words(owner);
    let lower: Vec<String> = spellings.iter().map(|spelling| spelling.to_lowercase()).collect();

    let known: Vec<&str> = personal
        .iter()
        .chain(words::KOREAN_KEYS.iter())
        .map(String::as_str)
        .collect();
    let weakest = spellings
        .into_iter()
        .map(|spelling| estimate(spelling, &known))
        .min_by(|a, b| a.guesses_log10().total_cmp(&b.guesses_log10()));
    let guesses = weakest.as_ref().map_or(0.0, Entropy::guesses_log10);
    let score = weakest.map_or(0, |estimate| u8::from(estimate.score()));

    let refusal = if lower.iter().any(|form| personal.iter().any(|word| betrays(form, word))) {
        Some(Refusal::Personal)
    } else if guesses < MIN_GUESSES_LOG10 || lower.iter().any(|form| is_disguised_word(form)) {
        Some(Refusal::Common)
    } else {
        None
    };
    Opinion {
        // One word for all that will not do.
        score: if refusal.is_some() { score.min(1) } else { score },
        refusal,
    }
}

/// What somebody is called, in lower case, Hangul also as the keys that type it.
fn personal_words(owner: &Owner) -> Vec<String> {
    let mut words = Vec::new();
    words.extend(owner.user_id.as_ref().map(crate::model::input::UserId::key));
    if let Some(email) = &owner.email {
        let local = email.local_part().to_lowercase();
        // What follows a plus sign is for sorting mail.
        words.extend(local.split_once('+').map(|(name, _)| name.to_owned()));
        words.extend([local, email.key()]);
    }
    if let Some(name) = &owner.name {
        let name = name.as_str().to_lowercase();
        words.extend(name.split_whitespace().map(str::to_owned));
        words.extend([name.split_whitespace().collect(), name]);
    }
    let keys: Vec<String> = words
        .iter()
        .map(|word| hangul::to_qwerty(word).to_lowercase())
        .collect();
    words.extend(keys);
    words.sort_unstable();
    words.dedup();
    words
}

/// Whether `word` is so much of a password that who knows its owner is a good part of the way in.
fn betrays(password: &str, word: &str) -> bool {
    if !password.contains(word) {
        return false;
    }
    let (all, part) = (password.chars().count(), word.chars().count());
    if word.chars().any(|c| matches!(c, '가'..='힣')) {
        return part >= HANGUL_PERSONAL;
    }
    // A short one, such as `test`, only when it is more than a third of the password.
    part == all || part >= LONG_PERSONAL || (part >= SHORT_PERSONAL && 3 * part > all)
}

/// Whether digits and marks are all that is added to one of the words, around or between its letters.
fn is_disguised_word(password: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let core = password.trim_matches(|c: char| !c.is_alphabetic());
    let plain: String = core.chars().map(undisguised).collect();
    words::are_only(&letters(password)) || words::are_only(&letters(&plain))
}

/// The letter that a digit or mark stands for inside a word.
fn undisguised(c: char) -> char {
    match c {
        '@' | '4' => 'a',
        '3' => 'e',
        '1' | '!' => 'i',
        '0' => 'o',
        '$' | '5' => 's',
        _ => c,
    }
}

fn estimate(password: &str, known: &[&str]) -> Entropy {
    let characters: Vec<char> = password.chars().collect();
    let (head, tail) = (characters.iter().take(PIECE), characters.iter().rev().take(PIECE).rev());
    let head = zxcvbn(&head.collect::<String>(), known);
    if characters.len() <= PIECE || head.guesses_log10() >= MIN_GUESSES_LOG10 {
        return head;
    }
    let tail = zxcvbn(&tail.collect::<String>(), known);
    if tail.guesses_log10() > head.guesses_log10() {
        tail
    } else {
        head
    }
}

#[cfg(test)]
mod tests;
