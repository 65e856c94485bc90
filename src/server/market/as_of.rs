//! Which trading day a file is of, and what day it is in Seoul.

use time::{Date, Duration, Month, OffsetDateTime, UtcOffset, Weekday};

/// Korea Standard Time: nine hours ahead, all year.
pub(super) const SEOUL: Duration = Duration::hours(9);

/// The date in Seoul at an instant.
#[must_use]
pub fn seoul_date(now: OffsetDateTime) -> Date {
    now.to_offset(UtcOffset::UTC).saturating_add(SEOUL).date()
}

/// The day itself, or the Friday before a weekend: sources repeat Friday on weekends.
#[must_use]
pub fn weekday_on_or_before(date: Date) -> Date {
    let back = match date.weekday() {
        Weekday::Saturday => 1,
        Weekday::Sunday => 2,
        _ => 0,
    };
    date.saturating_sub(Duration::days(back))
}

/// The last weekday before the date of `now` in Seoul.
#[must_use]
pub fn last_weekday_before(now: OffsetDateTime) -> Date {
    weekday_on_or_before(seoul_date(now).saturating_sub(Duration::DAY))
}

/// The one date in a file's name, `2026-03-20` or `20260320`. `None` when there is no date, or
/// more than one.
#[must_use]
pub fn date_in_name(name: &str) -> Option<Date> {
    let bytes = name.as_bytes();
    let mut found = None;
    for start in 0..bytes.len() {
        let before = start.checked_sub(1).and_then(|i| bytes.get(i));
        if before.is_some_and(u8::is_ascii_digit) {
            continue;
        }
        let Some(date) = bytes.get(start..).and_then(date_at_start) else {
            continue;
        };
        if found.is_some_and(|other| other != date) {
            return None;
        }
        found = Some(date);
    }
    found
}

fn date_at_start(bytes: &[u8]) -> Option<Date> {
    let (year, month, day, rest) = match *bytes {
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, ref rest @ ..]
        | [y1, y2, y3, y4, m1, m2, d1, d2, ref rest @ ..] => ([y1, y2, y3, y4], [m1, m2], [d1, d2], rest),
        _ => return None,
    };
    if rest.first().is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let month = Month::try_from(u8::try_from(number(&month)?).ok()?).ok()?;
    let date = Date::from_calendar_date(
        i32::try_from(number(&year)?).ok()?,
        month,
        u8::try_from(number(&day)?).ok()?,
    );
    // Eight digits that make no date of this or the last century are some other number.
    date.ok().filter(|date| (1956..=2200).contains(&date.year()))
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| {
        digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn a_name_says_its_day() {
        let day = Some(date!(2026 - 03 - 20));
        assert_eq!(date_in_name("krx_listing_2026-03-20.csv"), day);
        assert_eq!(date_in_name("20260320.csv"), day);
        assert_eq!(date_in_name("krx_20260320_153000.csv"), day);
        assert_eq!(date_in_name("시세2026-03-20(최종).csv"), day);
        for none in [
            "",
            "listing.csv",
            "2026-13-20.csv",
            "2026-02-30.csv",
            "120260320.csv",
            "202603201.csv",
            "20261.csv",
            "99999999.csv",
            "2026-03-19_to_2026-03-20.csv",
        ] {
            assert_eq!(date_in_name(none), None, "{none}");
        }
        assert_eq!(date_in_name("2026-03-20_20260320.csv"), day);
    }

    #[test]
    fn a_weekend_is_the_friday_before() {
        let friday = date!(2026 - 03 - 20);
        for day in [friday, date!(2026 - 03 - 21), date!(2026 - 03 - 22)] {
            assert_eq!(weekday_on_or_before(day), friday);
        }
        assert_eq!(weekday_on_or_before(date!(2026 - 03 - 23)), date!(2026 - 03 - 23));
    }

    #[test]
    fn seoul_is_ahead() {
        // Saturday morning there, Friday evening in UTC.
        assert_eq!(seoul_date(datetime!(2026-03-20 16:00 UTC)), date!(2026 - 03 - 21));
        assert_eq!(
            last_weekday_before(datetime!(2026-03-20 16:00 UTC)),
            date!(2026 - 03 - 20)
        );
        assert_eq!(
            last_weekday_before(datetime!(2026-03-23 01:00 UTC)),
            date!(2026 - 03 - 20)
        );
        assert_eq!(
            last_weekday_before(datetime!(2026-03-24 01:00 UTC)),
            date!(2026 - 03 - 23)
        );
    }

    proptest! {
        #[test]
        fn any_name_is_survived(name: String) {
            let _ = date_in_name(&name);
        }
    }
}
