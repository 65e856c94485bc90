//! International securities identification numbers (ISO 6166).

/// The last character of an ISIN, from the eleven before it. `None` when they are no capital
/// letters and digits.
#[must_use]
pub fn check_digit(first_eleven: &str) -> Option<char> {
    if first_eleven.len() != 11 {
        return None;
    }
    // Letters count as two digits, A = 10 to Z = 35.
    let mut digits = Vec::with_capacity(22);
    for byte in first_eleven.bytes() {
        match byte {
            b'0'..=b'9' => digits.push(byte - b'0'),
            b'A'..=b'Z' => digits.extend([(byte - b'A' + 10) / 10, (byte - b'A' + 10) % 10]),
            _ => return None,
        }
    }
    // Luhn: every second digit counts twice, beginning with the last.
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, &digit)| {
            let doubled = if i % 2 == 0 { digit * 2 } else { digit };
            u32::from(doubled / 10 + doubled % 10)
        })
        .sum();
    char::from_digit((10 - sum % 10) % 10, 10)
}

/// Whether this is an ISIN: a country, nine characters and the right check digit.
#[must_use]
pub fn is_valid(isin: &str) -> bool {
    let Some((first_eleven, last)) = isin.split_at_checked(11) else {
        return false;
    };
    let country = first_eleven.bytes().take(2).all(|b| b.is_ascii_uppercase());
    country && check_digit(first_eleven).is_some_and(|digit| last.chars().eq([digit]))
}

/// The ISIN of a domestic share with this code: `KR7`, the issuer, the class and the check digit.
/// `None` for foreign shares and depositary receipts, whose codes begin with 9: theirs cannot be
/// told from the code.
#[must_use]
pub fn of_code(code: &str) -> Option<String> {
    let (issuer, class) = code.split_at_checked(5)?;
    if issuer.starts_with('9') {
        return None;
    }
    // Old preferred shares end in 5, later ones in 7 and 9, and those after them in a letter.
    let class = match class {
        "0" => "000",
        "5" => "100",
        "7" => "200",
        "9" => "300",
        "K" => "K01",
        "L" => "K02",
        "M" => "K03",
        "N" => "K04",
        _ => return None,
    };
    let body = format!("KR7{issuer}{class}");
    let digit = check_digit(&body)?;
    Some(format!("{body}{digit}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_code_of_a_domestic_share_tells_its_isin() {
        for (code, isin) in [
            ("800010", Some("KR7800010001")),
            ("800015", Some("KR7800011009")),
            ("80008K", Some("KR780008K016")),
            ("8000A0", Some("KR78000A0005")),
            ("900010", None),
            ("80001", None),
            ("80001X", None),
            ("", None),
            ("가나다", None),
        ] {
            assert_eq!(of_code(code).as_deref(), isin, "{code}");
        }
    }

    #[test]
    fn known_numbers_are_right() {
        // Apple, Treasury Corporation of Victoria, BAE Systems: the usual examples.
        for isin in ["US0378331005", "AU0000XVGZA3", "GB0002634946"] {
            assert!(is_valid(isin), "{isin}");
        }
        for wrong in [
            "",
            "US0378331004",
            "us0378331005",
            "US037833100",
            "US03783310055",
            "120378331005",
            "KR700593000가",
        ] {
            assert!(!is_valid(wrong), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_check_digit_makes_it_valid(first_eleven in "[A-Z]{2}[A-Z0-9]{9}") {
            let digit = check_digit(&first_eleven).unwrap();
            let isin = format!("{first_eleven}{digit}");
            prop_assert!(is_valid(&isin));
        }

        #[test]
        fn any_text_is_survived(text: String) {
            let _ = (is_valid(&text), check_digit(&text));
        }
    }
}
