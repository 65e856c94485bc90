//! What the components are shown with. The same at every call: server and browser agree.

use time::{Date, Duration, Weekday, macros::date};

use crate::model::{
    FieldError, Problem,
    input::{PasswordStrength, RuleProgress},
    market::{Board, Compared, FlagKind, HistoryBar, Listing, Percent, Points, PriceLimit, Segment},
    text::styleguide as text,
};

/// The field that [`problem`] is about.
pub const FAULTY: &str = "guide_faulty";

/// Issues that rose, fell, stayed, did not trade, or are called at length.
pub fn issues() -> Vec<Listing> {
    let issue = |(place, (code, name)): (usize, (&str, &str))| {
        let (close, change) = match place {
            0 => (74_300, 17_100),
            1 => (8_120, -3_480),
            2 => (1_015, 0),
            3 => (221_500, -500),
            _ => (5_230, 35),
        };
        let is_halted = place == 4;
        let shares = 59_697_826 / (i64::try_from(place).unwrap_or_default() + 1);
        Listing {
            code: code.to_owned(),
            isin: format!("KR7{code}003"),
            name: name.to_owned(),
            market: Board::ALL.get(place % 3).copied().unwrap_or(Board::Kospi),
            segment: (place == 1).then_some(Segment::Global),
            dept: None,
            industry: Some(text::INDUSTRY.to_owned()),
            share_kind: None,
            close,
            change: if is_halted { 0 } else { change },
            changes_ratio: Percent::of_change(change, close - change).unwrap_or_default(),
            open: (!is_halted).then_some(close - change / 2),
            high: (!is_halted).then_some(close + close / 50),
            low: (!is_halted).then_some(close - close / 50),
            volume: if is_halted { 0 } else { shares / 90 },
            amount: if is_halted { 0 } else { shares / 90 * close },
            marcap: shares * close,
            shares,
            halted: is_halted,
            price_limit: match place {
                0 => Some(PriceLimit::Upper),
                1 => Some(PriceLimit::Lower),
                _ => None,
            },
            flags: match place {
                1 => vec![FlagKind::Administrative],
                4 => vec![FlagKind::Halted, FlagKind::Caution],
                5 => vec![FlagKind::Foreign],
                _ => Vec::new(),
            },
        }
    };
    text::ISSUES.into_iter().enumerate().map(issue).collect()
}

/// A refusal with a fault of one field.
pub fn problem() -> Problem {
    Problem {
        kind: "about:blank".to_owned(),
        title: String::new(),
        status: 409,
        detail: text::WRONG.to_owned(),
        instance: "urn:uuid:00000000-0000-4000-8000-000000000000".to_owned(),
        code: "user_id_taken".to_owned(),
        errors: vec![FieldError::new(FAULTY, text::FAULT)],
    }
}

/// What the meter says of a password that is worth so much.
pub fn strength(score: u8) -> PasswordStrength {
    PasswordStrength {
        score,
        rules: text::RULES
            .map(|(rule, met)| RuleProgress {
                rule: rule.to_owned(),
                met: met || score > 2,
            })
            .to_vec(),
        refusal: None,
    }
}

/// Half a year of trading days, one of them without any trade.
pub fn bars() -> Vec<HistoryBar> {
    let mut before = 50_000;
    trading_days()
        .enumerate()
        .map(|(place, date)| {
            // Two waves that do not meet again soon: neither random nor regular.
            let step = i64::try_from(place).unwrap_or_default();
            let close = 50_000 + 900 * (step * 7 % 23 - 11) + 120 * (step % 61) - 60 * (step * step % 17);
            let is_halted = place == 70;
            let close = if is_halted { before } else { close };
            let bar = HistoryBar {
                date: date.to_string(),
                open: (!is_halted).then_some(before),
                high: (!is_halted).then_some(close.max(before) + 700),
                low: (!is_halted).then_some(close.min(before) - 600),
                close,
                change: close - before,
                volume: if is_halted {
                    0
                } else {
                    400_000 + step * 37 % 29 * 31_000
                },
                amount: 0,
            };
            before = close;
            bar
        })
        .collect()
}

/// The first five issues on these days, the last of them from the middle on.
pub fn compared() -> Vec<Compared> {
    let days = i64::try_from(trading_days().count()).unwrap_or_default();
    let line = |(series, listing): (usize, Listing)| {
        let series = i64::try_from(series).unwrap_or_default() + 1;
        let values = (0..days).map(|day| {
            let is_known = series < 5 || day > days / 2;
            let value = 10_000 + day * (series * 17 - 40) + 90 * (day * (series + 3) % 19 - 9);
            is_known.then(|| Points::from_hundredths(value))
        });
        Compared {
            listing,
            ended_on: None,
            values: values.collect(),
        }
    };
    issues().into_iter().take(5).enumerate().map(line).collect()
}

fn trading_days() -> impl Iterator<Item = Date> {
    const FIRST: Date = date!(2025 - 09 - 22);
    let days = (0..182).filter_map(|day| FIRST.checked_add(Duration::days(day)));
    days.filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
}
