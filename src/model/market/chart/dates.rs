//! Which dates stand below a chart: the beginnings of months or years, or some of few days.

use crate::model::text::stocks as text;

/// Dates below, at most.
const MOST: usize = 7;
/// Months from one date to the next: the fewest that leave few enough.
const MONTHS: [i64; 9] = [1, 2, 3, 6, 12, 24, 60, 120, 240];

/// Days (`YYYY-MM-DD`, oldest first) under which their date stands, and what is written there.
pub(super) fn dates(bars: &[&str]) -> Vec<(usize, String)> {
    let months: Vec<i64> = bars.iter().map(|day| month(day)).collect();
    for step in MONTHS {
        let starts: Vec<usize> = months
            .windows(2)
            .zip(1..)
            .filter(|(pair, _)| matches!(pair, [before, this] if before.div_euclid(step) != this.div_euclid(step)))
            .map(|(_, place)| place)
            .collect();
        match starts.len() {
            0..=1 => break,
            2..=MOST => return named(&apart(&starts, bars.len()), &months),
            _ => {}
        }
    }
    let step = bars.len().div_ceil(MOST).max(1);
    let days = bars.iter().enumerate().skip(step / 2).step_by(step);
    days.map(|(place, day)| (place, day.get(5..).unwrap_or_default().replace('-', ".")))
        .collect()
}

/// Without those that would stand upon the one before: there are no bars of a long halt.
fn apart(starts: &[usize], bars: usize) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for start in starts {
        if kept.last().is_none_or(|last| start - last >= bars / (MOST + 1)) {
            kept.push(*start);
        }
    }
    kept
}

/// The year where it is another one than before, else the month.
fn named(starts: &[usize], months: &[i64]) -> Vec<(usize, String)> {
    let mut before = months.first().map(|month| month / 12);
    let mut names = Vec::new();
    for start in starts {
        let Some(month) = months.get(*start) else { continue };
        let year = Some(month / 12);
        let name = if year == before {
            text::month(month % 12 + 1)
        } else {
            (month / 12).to_string()
        };
        before = year;
        names.push((*start, name));
    }
    names
}

/// Months since the year 0.
fn month(day: &str) -> i64 {
    let number = |digits: Option<&str>| digits.and_then(|digits| digits.parse::<i64>().ok());
    let (year, month) = (number(day.get(..4)), number(day.get(5..7)));
    let (year, month) = (year.unwrap_or_default(), month.unwrap_or(1));
    year * 12 + (month - 1).clamp(0, 11)
}
