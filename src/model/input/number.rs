/// A whole number in plain digits: no sign, no spaces. `None` too when `T` cannot hold it.
#[must_use]
pub fn whole_number<T: std::str::FromStr>(text: &str) -> Option<T> {
    is_digits(text).then(|| text.parse().ok()).flatten()
}

/// Nothing but ASCII digits, however many.
#[must_use]
pub fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// What a word of Korean numbers stands for.
const UNITS: [(char, i64); 3] = [('조', 1_000_000_000_000), ('억', 100_000_000), ('만', 10_000)];

/// What a letter behind an English number stands for.
const LETTERS: [(char, i64); 4] = [
    ('T', 1_000_000_000_000),
    ('B', 1_000_000_000),
    ('M', 1_000_000),
    ('K', 1_000),
];

/// A whole number as it is typed in either language: `1,000억`, `1조 5,000억`, `1.5조`, `-5,000`,
/// `3만원`, `100B`, `₩1.5T`. `None` for anything else, and for what `i64` cannot hold.
#[must_use]
pub fn typed_number(text: &str) -> Option<i64> {
    // Longer than any number; bounds what is looked at.
    if text.len() > 60 {
        return None;
    }
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let (negative, mut rest) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    rest = rest.strip_prefix('₩').unwrap_or(rest);
    rest = rest.strip_suffix(['원', '주']).unwrap_or(rest);
    if rest.is_empty() {
        return None;
    }
    let letter = rest.chars().last().map(|last| last.to_ascii_uppercase());
    if let Some((letter, unit)) = LETTERS.into_iter().find(|(known, _)| Some(*known) == letter) {
        let count = rest.strip_suffix([letter, letter.to_ascii_lowercase()])?;
        let sum = decimal_times(count, unit)?;
        return Some(if negative { -sum } else { sum });
    }
    let mut sum: i64 = 0;
    for (word, unit) in UNITS {
        if let Some((count, after)) = rest.split_once(word) {
            sum = sum.checked_add(decimal_times(count, unit)?)?;
            rest = after;
        }
    }
    if !rest.is_empty() {
        sum = sum.checked_add(whole_number(rest)?)?;
    }
    Some(if negative { -sum } else { sum })
}

/// `1.5` times a unit, when that is whole.
fn decimal_times(text: &str, unit: i64) -> Option<i64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let mut product = whole_number::<i64>(whole)?.checked_mul(unit)?;
    let mut place = unit;
    for digit in decimals.chars() {
        let digit = i64::from(digit.to_digit(10)?);
        if place % 10 != 0 {
            return None;
        }
        place /= 10;
        product = product.checked_add(digit * place)?;
    }
    Some(product)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{typed_number, whole_number};
    use crate::model::market::format::{shortest, shortest_in_myriads, shortest_in_thousands};

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, number) in [
            ("1,000억", 100_000_000_000),
            ("1조 5,000억", 1_500_000_000_000),
            ("1.5조", 1_500_000_000_000),
            ("0.5억 원", 50_000_000),
            ("-5,000", -5_000),
            ("+3만", 30_000),
            ("1억 2", 100_000_002),
            ("5 000주", 5_000),
            ("100B", 100_000_000_000),
            ("₩1.5t", 1_500_000_000_000),
            ("-12.05 M", -12_050_000),
            ("3k", 3_000),
        ] {
            assert_eq!(typed_number(text), Some(number), "{text}");
        }
        for bad in [
            "",
            "억",
            "-",
            "1억1조",
            "1e9",
            "1.00005만",
            "9999999999조",
            "일억",
            "1.2",
            "--5",
            "٣",
            "1.조x",
            "B",
            "1.5BB",
            "1조B",
            "1.2345K",
            "9999999999T",
        ] {
            assert_eq!(typed_number(bad), None, "{bad}");
        }
        assert_eq!(shortest(1_500_000_000_000), "1조 5,000억");
        assert_eq!(shortest(-12_345), "-1만 2,345");
        assert_eq!(shortest(0), "0");
        assert_eq!(shortest_in_thousands(1_500_000_000_000), "1.5T");
        assert_eq!(shortest_in_thousands(100_000_000_000), "100B");
        assert_eq!(shortest_in_thousands(-12_345), "-12,345");
        assert_eq!(shortest_in_thousands(1_234_500_000), "1,234.5M");
    }

    proptest! {
        #[test]
        fn the_shortest_form_is_read_back(number in -9_000_000_000_000_000_000_i64..9_000_000_000_000_000_000) {
            prop_assert_eq!(typed_number(&shortest_in_myriads(number)), Some(number));
            prop_assert_eq!(typed_number(&shortest_in_thousands(number)), Some(number));
            // Few digits are what is typed.
            let round = number / 1_000_000_000_000_000 * 10_000_000;
            prop_assert_eq!(typed_number(&shortest_in_thousands(round)), Some(round));
        }

        #[test]
        fn any_text_is_a_number_or_not(text in "[-+0-9,. 조억만원xBtK₩]{0,20}") {
            let _ = typed_number(&text);
        }
    }

    #[test]
    fn digits_and_nothing_else() {
        assert_eq!(whole_number("9223372036854775807"), Some(i64::MAX));
        assert_eq!(whole_number("007"), Some(7_u32));
        for bad in ["", "-1", "+1", " 1", "1e3", "1.0", "０", "9223372036854775808", "x"] {
            assert_eq!(whole_number::<i64>(bad), None, "{bad}");
        }
    }
}
