//! Hangul taken apart and put together: 초성, and what keys mean on a 두벌식 keyboard, both ways.

/// The first of the precomposed syllables; they follow each other by initial, vowel and final.
const FIRST_SYLLABLE: u32 = 0xAC00;
const VOWELS: u32 = 21;
/// None among them.
const FINALS: u32 = 28;
const SYLLABLES: u32 = 19 * VOWELS * FINALS;

/// The initials in the order of the syllables.
const INITIALS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
/// The vowels likewise.
const MEDIALS: &str = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
/// The finals after "none".
const ENDINGS: &str = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

/// Two of the first two become the third, as vowel or as final.
const VOWEL_PAIRS: [(char, char, char); 7] = [
    ('ㅗ', 'ㅏ', 'ㅘ'),
    ('ㅗ', 'ㅐ', 'ㅙ'),
    ('ㅗ', 'ㅣ', 'ㅚ'),
    ('ㅜ', 'ㅓ', 'ㅝ'),
    ('ㅜ', 'ㅔ', 'ㅞ'),
    ('ㅜ', 'ㅣ', 'ㅟ'),
    ('ㅡ', 'ㅣ', 'ㅢ'),
];
const FINAL_PAIRS: [(char, char, char); 11] = [
    ('ㄱ', 'ㅅ', 'ㄳ'),
    ('ㄴ', 'ㅈ', 'ㄵ'),
    ('ㄴ', 'ㅎ', 'ㄶ'),
    ('ㄹ', 'ㄱ', 'ㄺ'),
    ('ㄹ', 'ㅁ', 'ㄻ'),
    ('ㄹ', 'ㅂ', 'ㄼ'),
    ('ㄹ', 'ㅅ', 'ㄽ'),
    ('ㄹ', 'ㅌ', 'ㄾ'),
    ('ㄹ', 'ㅍ', 'ㄿ'),
    ('ㄹ', 'ㅎ', 'ㅀ'),
    ('ㅂ', 'ㅅ', 'ㅄ'),
];

/// The keys of an English keyboard and what stands on them in Korean.
const KEYS: &str = "rRseEfaqQtTdwWczxvgkoiOjpuPhynbml";
const ON_KEYS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ";

/// An initial that stands alone, as keyboards type it, for the one that combines with vowels,
/// which NFC leaves behind where there is nothing to combine with.
pub fn standing_alone(c: char) -> char {
    u32::from(c)
        .checked_sub(0x1100)
        .and_then(|index| nth(INITIALS, index))
        .unwrap_or(c)
}

/// A pattern for [`find`], if the text holds consonants that stand alone.
pub fn initials_pattern(text: &str) -> Option<Vec<char>> {
    let mut pattern = Vec::new();
    let mut has_initial = false;
    for c in text.chars() {
        // Keyboards join what could be a final: ㄱㅅ comes as ㄳ.
        let pair = FINAL_PAIRS.iter().find(|(_, _, joined)| *joined == c);
        if let Some(&(first, second, _)) = pair {
            pattern.extend([first, second]);
        } else {
            pattern.push(c);
        }
        has_initial |= pair.is_some() || INITIALS.contains(c);
    }
    has_initial.then_some(pattern)
}

/// Where a pattern occurs first, in characters, and whether it covers everything.
pub fn find(hay: &str, pattern: &[char]) -> Option<(usize, bool)> {
    let hay: Vec<char> = hay.chars().collect();
    let fits = |window: &[char]| {
        window
            .iter()
            .zip(pattern)
            .all(|(c, wanted)| c == wanted || initial_of(*c) == Some(*wanted))
    };
    let at = hay.windows(pattern.len().max(1)).position(fits)?;
    Some((at, hay.len() == pattern.len()))
}

/// The initial of a syllable.
fn initial_of(c: char) -> Option<char> {
    let index = u32::from(c).checked_sub(FIRST_SYLLABLE)?;
    (index < SYLLABLES)
        .then(|| nth(INITIALS, index / (VOWELS * FINALS)))
        .flatten()
}

/// What was meant when Hangul was typed with the keyboard on English. `None` when it makes no
/// sense: no letters, or vowels that belong to no syllable.
pub fn from_qwerty(typed: &str) -> Option<String> {
    let jamo: Vec<char> = typed.chars().map(on_key).collect();
    let hangul = compose(&jamo);
    let sensible = hangul != typed && !hangul.chars().any(|c| MEDIALS.contains(c));
    sensible.then_some(hangul)
}

fn on_key(key: char) -> char {
    let at = |key: char| KEYS.chars().position(|k| k == key);
    // Shift changes only the keys that have something above.
    at(key)
        .or_else(|| at(key.to_ascii_lowercase()))
        .and_then(|index| ON_KEYS.chars().nth(index))
        .unwrap_or(key)
}

/// The keys that type a text, on a keyboard that is switched to English. What is no Hangul stays.
pub fn to_qwerty(text: &str) -> String {
    let mut keys = String::new();
    for c in text.chars().map(standing_alone) {
        match letters_of(c) {
            Some(letters) => letters
                .into_iter()
                .flatten()
                .for_each(|letter| press(letter, &mut keys)),
            None => press(c, &mut keys),
        }
    }
    keys
}

/// Initial, vowel and final of a syllable.
fn letters_of(c: char) -> Option<[Option<char>; 3]> {
    let index = u32::from(c).checked_sub(FIRST_SYLLABLE)?;
    let initial = initial_of(c)?;
    let vowel = nth(MEDIALS, index / FINALS % VOWELS);
    let ending = (index % FINALS).checked_sub(1).and_then(|place| nth(ENDINGS, place));
    Some([Some(initial), vowel, ending])
}

/// The keys of one letter: two when it is joined of two.
fn press(letter: char, keys: &mut String) {
    let pair = VOWEL_PAIRS.iter().chain(&FINAL_PAIRS).find(|pair| pair.2 == letter);
    let (first, second) = pair.map_or((letter, None), |pair| (pair.0, Some(pair.1)));
    for c in [Some(first), second].into_iter().flatten() {
        let place = ON_KEYS.chars().position(|on_key| on_key == c);
        keys.push(place.and_then(|place| KEYS.chars().nth(place)).unwrap_or(c));
    }
}

/// Puts letters together to syllables. A consonant before a vowel begins a syllable, so that it
/// is the end of the one before only when no vowel follows.
fn compose(jamo: &[char]) -> String {
    let at = |i: usize| jamo.get(i).copied().unwrap_or_default();
    let is_vowel = |i: usize| MEDIALS.contains(at(i));
    let mut out = String::new();
    let mut i = 0;
    while i < jamo.len() {
        let Some(initial) = place(INITIALS, at(i)).filter(|_| is_vowel(i + 1)) else {
            out.push(at(i));
            i += 1;
            continue;
        };
        let mut vowel = at(i + 1);
        i += 2;
        if let Some(joined) = join(&VOWEL_PAIRS, vowel, at(i)) {
            vowel = joined;
            i += 1;
        }
        let mut ending = None;
        if ENDINGS.contains(at(i)) && !is_vowel(i + 1) {
            ending = Some(at(i));
            i += 1;
            if let Some(joined) = join(&FINAL_PAIRS, at(i - 1), at(i)).filter(|_| !is_vowel(i + 1)) {
                ending = Some(joined);
                i += 1;
            }
        }
        let vowel = place(MEDIALS, vowel).unwrap_or_default();
        let ending = ending.and_then(|c| place(ENDINGS, c)).map_or(0, |n| n + 1);
        let syllable = FIRST_SYLLABLE + (initial * VOWELS + vowel) * FINALS + ending;
        out.extend(char::from_u32(syllable));
    }
    out
}

fn join(pairs: &[(char, char, char)], first: char, second: char) -> Option<char> {
    pairs
        .iter()
        .find(|pair| (pair.0, pair.1) == (first, second))
        .map(|pair| pair.2)
}

fn place(letters: &str, letter: char) -> Option<u32> {
    letters
        .chars()
        .position(|c| c == letter)
        .and_then(|index| u32::try_from(index).ok())
}

fn nth(letters: &str, index: u32) -> Option<char> {
    letters.chars().nth(usize::try_from(index).ok()?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys_make_syllables() {
        let typed = |keys| from_qwerty(keys).unwrap_or_default();
        assert_eq!(typed("tkatjd"), "삼성");
        assert_eq!(typed("ekfr"), "닭");
        assert_eq!(typed("ekfrdl"), "닭이");
        assert_eq!(typed("rkqtk"), "갑사");
        assert_eq!(typed("rkqt"), "값");
        assert_eq!(typed("Rhkr"), "꽉");
        assert_eq!(typed("dmltk"), "의사");
        assert_eq!(typed("gksrmf"), "한글");
        assert_eq!(typed("Tkd"), "쌍");
        assert_eq!(typed("Gksrmf"), "한글");
        assert_eq!(typed("ttww"), "ㅅㅅㅈㅈ");
        assert_eq!(typed("tkatjd12"), "삼성12");
        assert_eq!(typed("rkW"), "가ㅉ");
        assert_eq!(from_qwerty("kkk"), None);
        assert_eq!(from_qwerty("123"), None);
        assert_eq!(from_qwerty("삼성"), None);
        assert_eq!(from_qwerty(""), None);
    }

    #[test]
    fn patterns_stand_for_syllables() {
        let find = |hay, pattern| find(hay, &initials_pattern(pattern).unwrap());
        assert_eq!(find("삼성전자", "ㅅㅅㅈㅈ"), Some((0, true)));
        assert_eq!(find("삼성전자우", "ㅈㅈ"), Some((2, false)));
        assert_eq!(find("감사", "ㄳ"), Some((0, true)));
        assert_eq!(find("까치", "ㄱㅊ"), None);
        assert_eq!(find("가", "ㄱㄱ"), None);
        assert_eq!(initials_pattern("삼성"), None);
        assert_eq!(standing_alone('\u{1109}'), 'ㅅ');
    }

    #[test]
    fn syllables_take_keys() {
        for (typed, keys) in [
            ("사랑해", "tkfkdgo"),
            ("비밀번호1!", "qlalfqjsgh1!"),
            ("ㅂㅈㄷㄱ", "qwer"),
            ("ㅃㅉㄳ", "QWrt"),
            ("꽉 찬 값", "Rhkr cks rkqt"),
            ("abc 123", "abc 123"),
            ("ㅇㅔ\u{1109}", "dpt"),
            ("", ""),
        ] {
            assert_eq!(to_qwerty(typed), keys, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn every_word_can_be_typed(word in "[가-힣]{1,8}") {
            prop_assert_eq!(from_qwerty(&to_qwerty(&word)), Some(word));
        }

        #[test]
        fn any_text_is_survived(text: String, pattern: String) {
            let _ = from_qwerty(&text);
            let _ = to_qwerty(&text);
            if let Some(pattern) = initials_pattern(&pattern) {
                let _ = find(&text, &pattern);
            }
        }
    }
}
