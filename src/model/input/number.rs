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

/// A whole number as it is typed: `1,000억`, `1조 5,000억`, `1.5조`, `-5,000`, `3만원`. `None` for
/// anything else, and for what `i64` cannot hold.
#[must_use]
pub fn korean_number(text: &str) -> Option<i64> {
    // Longer than any number; bounds what is looked at.
    if text.len() > 60 {
        return None;
    }
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let (negative, mut rest) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    rest = rest.strip_suffix(['원', '주']).unwrap_or(rest);
    if rest.is_empty() {
        return None;
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

    use super::{korean_number, whole_number};
    use crate::model::market::format::shortest;

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
        ] {
            assert_eq!(korean_number(text), Some(number), "{text}");
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
        ] {
            assert_eq!(korean_number(bad), None, "{bad}");
        }
        assert_eq!(shortest(1_500_000_000_000), "1조 5,000억");
        assert_eq!(shortest(-12_345), "-1만 2,345");
        assert_eq!(shortest(0), "0");
    }

    proptest! {
        #[test]
        fn the_shortest_form_is_read_back(number in -9_000_000_000_000_000_000_i64..9_000_000_000_000_000_000) {
            prop_assert_eq!(korean_number(&shortest(number)), Some(number));
        }

        #[test]
        fn any_text_is_a_number_or_not(text in "[-+0-9,. 조억만원x]{0,20}") {
            let _ = korean_number(&text);
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
