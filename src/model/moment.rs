//! Instants in Korean time, as each language writes them.

use time::{OffsetDateTime, format_description::well_known::Rfc3339, macros::offset};

use crate::model::{Language, text::stocks};

/// An RFC 3339 instant in Korean time, to the minute: `2026-03-20 18:05`, `20 Mar 2026, 18:05 KST`.
/// What is no instant stays as it is.
#[must_use]
pub fn kst(instant: &str) -> String {
    let Ok(instant) = OffsetDateTime::parse(instant, &Rfc3339) else {
        return instant.to_owned();
    };
    let Some(here) = instant.checked_to_offset(offset!(+9)) else {
        return instant.to_string();
    };
    let (year, month, day) = (here.year(), u8::from(here.month()), here.day());
    let (hour, minute) = (here.hour(), here.minute());
    match Language::now() {
        Language::Ko => format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}"),
        Language::En => {
            let month = stocks::english_month(month.into());
            format!("{day} {month} {year}, {hour:02}:{minute:02} KST")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::kst;

    #[test]
    fn crosses_the_date_line() {
        assert_eq!(kst("2026-03-20T09:05:59Z"), "2026-03-20 18:05");
        assert_eq!(kst("2026-12-31T15:00:00Z"), "2027-01-01 00:00");
        assert_eq!(kst("2026-03-20T09:05:59.123456+02:00"), "2026-03-20 16:05");
    }

    #[test]
    fn leaves_alone_what_is_no_instant() {
        for text in ["", "gestern", "9999-12-31T23:59:59Z"] {
            assert!(!kst(text).contains("panicked"));
        }
        assert_eq!(kst("어제"), "어제");
    }
}
