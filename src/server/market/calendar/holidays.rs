//! The weekdays on which the exchange is closed, as far as they are known: public holidays with
//! their substitutes, elections, days that a government declared, Workers' Day and the last day of
//! the year. Lunar holidays and elections are facts that end with the table; holidays with a fixed
//! date go on after it.

use time::{Date, Month, Weekday, macros::date};

/// The last year that the table knows whole.
pub const LAST_YEAR: i32 = 2028;

const SEOLLAL: &str = "설날";
const CHUSEOK: &str = "추석";
const BUDDHA: &str = "부처님오신날";
const SUBSTITUTE: &str = "대체공휴일";
const ELECTION: &str = "선거일";
const DECLARED: &str = "임시공휴일";

/// What has no fixed date, on weekdays, in order.
const MOVING: &[(Date, &str)] = &[
    (date!(2023 - 01 - 23), SEOLLAL),
    (date!(2023 - 01 - 24), SUBSTITUTE),
    (date!(2023 - 05 - 29), SUBSTITUTE),
    (date!(2023 - 09 - 28), CHUSEOK),
    (date!(2023 - 09 - 29), CHUSEOK),
    (date!(2023 - 10 - 02), DECLARED),
    (date!(2024 - 02 - 09), SEOLLAL),
    (date!(2024 - 02 - 12), SUBSTITUTE),
    (date!(2024 - 04 - 10), ELECTION),
    (date!(2024 - 05 - 06), SUBSTITUTE),
    (date!(2024 - 05 - 15), BUDDHA),
    (date!(2024 - 09 - 16), CHUSEOK),
    (date!(2024 - 09 - 17), CHUSEOK),
    (date!(2024 - 09 - 18), CHUSEOK),
    (date!(2024 - 10 - 01), DECLARED),
    (date!(2025 - 01 - 27), DECLARED),
    (date!(2025 - 01 - 28), SEOLLAL),
    (date!(2025 - 01 - 29), SEOLLAL),
    (date!(2025 - 01 - 30), SEOLLAL),
    (date!(2025 - 03 - 03), SUBSTITUTE),
    (date!(2025 - 05 - 06), SUBSTITUTE),
    (date!(2025 - 06 - 03), ELECTION),
    (date!(2025 - 10 - 06), CHUSEOK),
    (date!(2025 - 10 - 07), CHUSEOK),
    (date!(2025 - 10 - 08), SUBSTITUTE),
    (date!(2026 - 02 - 16), SEOLLAL),
    (date!(2026 - 02 - 17), SEOLLAL),
    (date!(2026 - 02 - 18), SEOLLAL),
    (date!(2026 - 03 - 02), SUBSTITUTE),
    (date!(2026 - 05 - 25), SUBSTITUTE),
    (date!(2026 - 06 - 03), ELECTION),
    (date!(2026 - 08 - 17), SUBSTITUTE),
    (date!(2026 - 09 - 24), CHUSEOK),
    (date!(2026 - 09 - 25), CHUSEOK),
    (date!(2026 - 10 - 05), SUBSTITUTE),
    (date!(2027 - 02 - 08), SEOLLAL),
    (date!(2027 - 02 - 09), SUBSTITUTE),
    (date!(2027 - 05 - 13), BUDDHA),
    (date!(2027 - 08 - 16), SUBSTITUTE),
    (date!(2027 - 09 - 14), CHUSEOK),
    (date!(2027 - 09 - 15), CHUSEOK),
    (date!(2027 - 09 - 16), CHUSEOK),
    (date!(2027 - 10 - 04), SUBSTITUTE),
    (date!(2027 - 10 - 11), SUBSTITUTE),
    (date!(2027 - 12 - 27), SUBSTITUTE),
    (date!(2028 - 01 - 26), SEOLLAL),
    (date!(2028 - 01 - 27), SEOLLAL),
    (date!(2028 - 01 - 28), SEOLLAL),
    (date!(2028 - 04 - 12), ELECTION),
    (date!(2028 - 05 - 02), BUDDHA),
    (date!(2028 - 10 - 02), CHUSEOK),
    (date!(2028 - 10 - 04), CHUSEOK),
    (date!(2028 - 10 - 05), SUBSTITUTE),
];

/// Thursdays of the university entrance examination: the session is an hour later.
const EXAMS: &[Date] = &[
    date!(2023 - 11 - 16),
    date!(2024 - 11 - 14),
    date!(2025 - 11 - 13),
    date!(2026 - 11 - 19),
    date!(2027 - 11 - 18),
];

pub(super) fn is_exam_day(date: Date) -> bool {
    EXAMS.contains(&date)
}

/// The holiday on a date, if it is one. Weekends are not holidays.
pub(super) fn name(date: Date) -> Option<&'static str> {
    let fixed = match (date.month(), date.day()) {
        (Month::January, 1) => Some("신정"),
        (Month::March, 1) => Some("삼일절"),
        (Month::May, 1) => Some("근로자의날"),
        (Month::May, 5) => Some("어린이날"),
        (Month::June, 6) => Some("현충일"),
        (Month::August, 15) => Some("광복절"),
        (Month::October, 3) => Some("개천절"),
        (Month::October, 9) => Some("한글날"),
        (Month::December, 25) => Some("성탄절"),
        _ if is_last_weekday_of_year(date) => Some("연말휴장일"),
        _ => None,
    };
    fixed.or_else(|| MOVING.iter().find(|(day, _)| *day == date).map(|(_, name)| *name))
}

fn is_last_weekday_of_year(date: Date) -> bool {
    // A Friday on the 29th or 30th has nothing but a weekend after it.
    let ends_the_year = match date.day() {
        31 => true,
        29 | 30 => date.weekday() == Weekday::Friday,
        _ => false,
    };
    date.month() == Month::December && ends_the_year
}

#[cfg(test)]
pub(super) fn moving() -> &'static [(Date, &'static str)] {
    MOVING
}
