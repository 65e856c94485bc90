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

#[cfg(test)]
mod tests {
    use super::whole_number;

    #[test]
    fn digits_and_nothing_else() {
        assert_eq!(whole_number("9223372036854775807"), Some(i64::MAX));
        assert_eq!(whole_number("007"), Some(7_u32));
        for bad in ["", "-1", "+1", " 1", "1e3", "1.0", "０", "9223372036854775808", "x"] {
            assert_eq!(whole_number::<i64>(bad), None, "{bad}");
        }
    }
}
