//! The short code of an issue.

/// Whether this is a short code: `^[0-9]{4}[0-9A-HJ-NP-TV-Z][0-9KLMN]$`, the exchange's rule since
/// 2024, which older codes obey as well.
#[must_use]
pub fn is_code(text: &str) -> bool {
    let [first @ .., fifth, sixth] = text.as_bytes() else {
        return false;
    };
    first.len() == 4
        && first.iter().all(u8::is_ascii_digit)
        && matches!(fifth, b'0'..=b'9' | b'A'..=b'H' | b'J'..=b'N' | b'P'..=b'T' | b'V'..=b'Z')
        && matches!(sixth, b'0'..=b'9' | b'K'..=b'N')
}

/// A code as people type it: in any case, perhaps with the `A` that some systems put before it.
#[must_use]
pub fn read_code(typed: &str) -> Option<String> {
    let upper = typed.trim().to_ascii_uppercase();
    let code = upper.strip_prefix('A').unwrap_or(&upper);
    is_code(code).then(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_digits_with_a_letter_near_the_end_at_most() {
        for code in ["005930", "00593K", "0009K0", "123456", "0120G0"] {
            assert!(is_code(code), "{code}");
        }
        for wrong in [
            "",
            "5930",
            "0059300",
            "00593k",
            "0009I0",
            "0009O0",
            "0009U0",
            "00593A",
            "A05930",
            "００５９３０",
            "00593\0",
            "005930 ",
        ] {
            assert!(!is_code(wrong), "{wrong}");
        }
    }

    #[test]
    fn typed_codes_are_forgiven_their_form() {
        assert_eq!(read_code(" a00593k ").as_deref(), Some("00593K"));
        assert_eq!(read_code("A005930").as_deref(), Some("005930"));
        assert_eq!(read_code("AA005930"), None);
        assert_eq!(read_code("삼성전자"), None);
    }
}
