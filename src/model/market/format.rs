//! Numbers and dates as each language writes them. Integers only, so that nothing is ever rounded by accident.

use super::{Listing, Percent, Points, PriceLimit};
use crate::model::{Language, text::stocks as text};

const MAN: u64 = 10_000;
const EOK: u64 = MAN * MAN;
const JO: u64 = EOK * MAN;

/// Letters for large numbers in English.
const LETTERS: [(char, u64); 3] = [('T', 1_000_000_000_000), ('B', 1_000_000_000), ('M', 1_000_000)];

/// Which way a price went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    Up,
    Down,
    Flat,
}

impl Direction {
    #[must_use]
    pub const fn of(change: i64) -> Self {
        match change {
            1.. => Self::Up,
            0 => Self::Flat,
            ..0 => Self::Down,
        }
    }

    /// The class that colours it.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Flat => "flat",
        }
    }

    /// The word for it, for whoever sees neither colour nor glyph.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Up => text::up(),
            Self::Down => text::down(),
            Self::Flat => text::flat(),
        }
    }
}

/// A whole number with its thousands apart: `199,400`.
#[must_use]
pub fn number(value: i64) -> String {
    let digits = grouped(value.unsigned_abs());
    if value < 0 { format!("-{digits}") } else { digits }
}

/// A price that may be missing: nothing was traded.
#[must_use]
pub fn price(won: Option<i64>) -> String {
    won.map_or_else(|| text::NONE.to_owned(), number)
}

/// A day's change: `▲1,100`, `▼1,100`, `0`.
#[must_use]
pub fn change(change: i64) -> String {
    let glyph = match Direction::of(change) {
        Direction::Up => "▲",
        Direction::Down => "▼",
        Direction::Flat => "",
    };
    format!("{glyph}{}", grouped(change.unsigned_abs()))
}

/// The same for an issue: at the day's limit the glyph is an arrow, `↑1,100`.
#[must_use]
pub fn change_of(listing: &Listing) -> String {
    let amount = || grouped(listing.change.unsigned_abs());
    match listing.price_limit {
        Some(PriceLimit::Upper) => format!("↑{}", amount()),
        Some(PriceLimit::Lower) => format!("↓{}", amount()),
        None => change(listing.change),
    }
}

/// A ratio with its sign: `-0.55%`, `+1.20%`, `0.00%`.
#[must_use]
pub fn percent(ratio: Percent) -> String {
    let basis_points = ratio.basis_points();
    let sign = match basis_points {
        1.. => "+",
        0 => "",
        ..0 => "-",
    };
    let magnitude = basis_points.unsigned_abs();
    let whole = grouped(u64::from(magnitude / 100));
    format!("{sign}{whole}.{:02}%", magnitude % 100)
}

/// The value of an index: `2,745.32`.
#[must_use]
pub fn points(points: Points) -> String {
    let hundredths = points.hundredths();
    let sign = if hundredths < 0 { "-" } else { "" };
    let magnitude = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", grouped(magnitude / 100), magnitude % 100)
}

/// Its change: `▲12.05`.
#[must_use]
pub fn points_change(change: Points) -> String {
    let glyph = match Direction::of(change.hundredths()) {
        Direction::Up => "▲",
        Direction::Down => "▼",
        Direction::Flat => "",
    };
    format!("{glyph}{}", points(change).trim_start_matches('-'))
}

/// Large sums of won: `1,180조 3,758억`, `733억`, `1,234만`, `9,999`; `₩1,180T`, `₩73.3B`,
/// `₩12.3M`, `₩9,999`. Cut, not rounded.
#[must_use]
pub fn money(won: i64) -> String {
    match Language::now() {
        Language::Ko => in_myriads(won),
        Language::En => in_thousands(won, "₩"),
    }
}

/// Large numbers of anything else, as short.
#[must_use]
pub fn shortened(number: i64) -> String {
    match Language::now() {
        Language::Ko => in_myriads(number),
        Language::En => in_thousands(number, ""),
    }
}

/// Three digits and the letter of their unit, behind the sign of a currency.
fn in_thousands(number: i64, currency: &str) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let number = number.unsigned_abs();
    let Some((letter, unit)) = LETTERS.into_iter().find(|(_, unit)| number >= *unit) else {
        return format!("{sign}{currency}{}", grouped(number));
    };
    let (whole, rest) = (number / unit, number % unit);
    let decimals = match whole {
        0..=9 => format!(".{:02}", rest / (unit / 100)),
        10..=99 => format!(".{}", rest / (unit / 10)),
        _ => String::new(),
    };
    let decimals = decimals.trim_end_matches('0').trim_end_matches('.');
    format!("{sign}{currency}{}{decimals}{letter}", grouped(whole))
}

fn in_myriads(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let number = number.unsigned_abs();
    let (jo, eok) = (number / JO, number % JO / EOK);
    match (jo, eok) {
        (0, 0) if number >= MAN => format!("{sign}{}만", grouped(number / MAN)),
        (0, 0) => format!("{sign}{}", grouped(number)),
        (0, eok) => format!("{sign}{}억", grouped(eok)),
        (jo, 0) => format!("{sign}{}조", grouped(jo)),
        (jo, eok) => format!("{sign}{}조 {}억", grouped(jo), grouped(eok)),
    }
}

/// A whole number in the fewest words that say it exactly: `1,000억`, `1조 5,000억`, `5,000`;
/// `100B`, `1.5T`, `5,000`.
#[must_use]
pub fn shortest(number: i64) -> String {
    match Language::now() {
        Language::Ko => shortest_in_myriads(number),
        Language::En => shortest_in_thousands(number),
    }
}

/// With at most two decimals, so that it stays short.
pub(in crate::model) fn shortest_in_thousands(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let number = number.unsigned_abs();
    let fits = |unit: u64| number >= unit && number.is_multiple_of(unit / 100);
    let Some((letter, unit)) = LETTERS.into_iter().find(|(_, unit)| fits(*unit)) else {
        return format!("{sign}{}", grouped(number));
    };
    let decimals = format!(".{:02}", number % unit / (unit / 100));
    let decimals = decimals.trim_end_matches('0').trim_end_matches('.');
    format!("{sign}{}{decimals}{letter}", grouped(number / unit))
}

pub(in crate::model) fn shortest_in_myriads(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let mut rest = number.unsigned_abs();
    let mut parts = Vec::new();
    for (word, unit) in [("조", JO), ("억", EOK), ("만", MAN)] {
        if rest >= unit {
            parts.push(format!("{}{word}", grouped(rest / unit)));
            rest %= unit;
        }
    }
    if rest > 0 || parts.is_empty() {
        parts.push(grouped(rest));
    }
    format!("{sign}{}", parts.join(" "))
}

/// A date as it is read: `2026-03-20` becomes `2026.03.20 (금)` or `20 Mar 2026 (Fri)`. Anything
/// else stays as it is.
#[must_use]
pub fn date(iso: &str) -> String {
    let Some((year, month, day)) = parts(iso) else {
        return iso.to_owned();
    };
    let weekday = text::weekday(weekday(year, month, day));
    match Language::now() {
        Language::Ko => format!("{year:04}.{month:02}.{day:02} ({weekday})"),
        Language::En => format!("{day} {} {year} ({weekday})", text::english_month(month.into())),
    }
}

fn parts(iso: &str) -> Option<(u32, u32, u32)> {
    if iso.len() != 10 || !iso.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return None;
    }
    let mut parts = iso.split('-').map(str::parse::<u32>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    (parts.next().is_none() && (1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month, day))
}

/// Zeller's congruence for the Gregorian calendar; 0 is Saturday.
fn weekday(year: u32, month: u32, day: u32) -> u32 {
    let (year, month) = if month < 3 {
        // January and February belong to the year before; 400 years are whole weeks.
        (year + 399, month + 12)
    } else {
        (year, month)
    };
    (day + 13 * (month + 1) / 5 + year + year / 4 + 6 * (year / 100) + year / 400) % 7
}

fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(number(199_400), "199,400");
        assert_eq!(number(35_279_762), "35,279,762");
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(-1_000), "-1,000");
        assert_eq!(number(i64::MIN), "-9,223,372,036,854,775,808");
        assert_eq!(price(None), "-");
        assert_eq!(price(Some(1_200)), "1,200");
    }

    #[test]
    fn indices_have_two_decimals() {
        let read = |text| Points::parse(text).unwrap();
        assert_eq!(points(read("2745.3")), "2,745.30");
        assert_eq!(points_change(read("-12.05")), "▼12.05");
        assert_eq!(points_change(read("0.5")), "▲0.50");
        assert_eq!(points_change(read("0")), "0.00");
    }

    #[test]
    fn a_change_has_a_glyph_beside_its_colour() {
        assert_eq!(change(-1_100), "▼1,100");
        assert_eq!(change(1_100), "▲1,100");
        assert_eq!(change(0), "0");
        assert_eq!(change(i64::MIN), "▼9,223,372,036,854,775,808");
        assert_eq!(Direction::of(-1).class(), "down");
        assert_eq!(Direction::of(1).class(), "up");
        assert_eq!(Direction::of(0).class(), "flat");
    }

    #[test]
    fn ratios_have_a_sign_and_two_digits() {
        let write = |bp| percent(Percent::from_basis_points(bp));
        assert_eq!(write(-55), "-0.55%");
        assert_eq!(write(120), "+1.20%");
        assert_eq!(write(0), "0.00%");
        assert_eq!(write(2_990), "+29.90%");
        assert_eq!(write(-5), "-0.05%");
        assert_eq!(write(i32::MIN), "-21,474,836.48%");
    }

    #[test]
    fn sums_are_cut_to_whole_eok() {
        assert_eq!(money(1_180_375_801_646_800), "1,180조 3,758억");
        assert_eq!(money(733_826_000), "7억");
        assert_eq!(money(199_999_999), "1억");
        assert_eq!(money(99_999_999), "9,999만");
        assert_eq!(money(12_345), "1만");
        assert_eq!(money(9_999), "9,999");
        assert_eq!(money(0), "0");
        assert_eq!(money(3_000_000_000_000), "3조");
        assert_eq!(money(3_000_099_999_999), "3조");
        assert_eq!(money(-250_000_000), "-2억");
        assert_eq!(money(i64::MIN), "-9,223,372조 368억");
        assert_eq!(money(i64::MAX), "9,223,372조 368억");
    }

    #[test]
    fn english_sums_are_three_digits_and_a_letter() {
        let won = |won| in_thousands(won, "₩");
        assert_eq!(won(1_180_375_801_646_800), "₩1,180T");
        assert_eq!(won(1_239_999_999_999), "₩1.23T");
        assert_eq!(won(45_690_000_000), "₩45.6B");
        assert_eq!(won(733_826_000), "₩733M");
        assert_eq!(won(12_300_000), "₩12.3M");
        assert_eq!(won(3_000_000_000_000), "₩3T");
        assert_eq!(won(1_000_000), "₩1M");
        assert_eq!(won(1_050_000), "₩1.05M");
        assert_eq!(won(999_999), "₩999,999");
        assert_eq!(won(0), "₩0");
        assert_eq!(won(-250_000_000), "-₩250M");
        assert_eq!(won(i64::MIN), "-₩9,223,372T");
        assert_eq!(in_thousands(35_279_762, ""), "35.2M");
    }

    #[test]
    fn dates_name_their_weekday() {
        assert_eq!(date("2026-03-20"), "2026.03.20 (금)");
        assert_eq!(date("2024-02-29"), "2024.02.29 (목)");
        assert_eq!(date("2000-01-01"), "2000.01.01 (토)");
        assert_eq!(date("1961-06-01"), "1961.06.01 (목)");
        for other in ["", "2026-3-20", "20260320", "2026-13-01", "어제", "----------"] {
            assert_eq!(date(other), other);
        }
    }

    proptest! {
        #[test]
        fn nothing_panics_and_digits_survive(value: i64, bp: i32, text: String) {
            let plain: String = number(value).chars().filter(|c| *c != ',').collect();
            prop_assert_eq!(plain, value.to_string());
            let glyph = match Direction::of(value) {
                Direction::Up => "▲",
                Direction::Down => "▼",
                Direction::Flat => "0",
            };
            prop_assert!(change(value).starts_with(glyph));
            let ratio = Percent::from_basis_points(bp);
            let written: String = percent(ratio).chars().filter(|c| !",%".contains(*c)).collect();
            prop_assert_eq!(Percent::parse(&written), Some(ratio));
            let _ = (money(value), date(&text));
        }

        #[test]
        fn a_sum_is_never_more_than_it_was(won in 0i64..) {
            let read: u64 = money(won)
                .split(' ')
                .map(|part| {
                    let (digits, unit) = match part.chars().last() {
                        Some('조') => (part.trim_end_matches('조'), JO),
                        Some('억') => (part.trim_end_matches('억'), EOK),
                        Some('만') => (part.trim_end_matches('만'), MAN),
                        _ => (part, 1),
                    };
                    digits.replace(',', "").parse::<u64>().unwrap() * unit
                })
                .sum();
            let won = won.unsigned_abs();
            prop_assert!(read <= won);
            let unit = if won >= EOK { EOK } else if won >= MAN { MAN } else { 1 };
            prop_assert!(won - read < unit);
        }
    }
}
