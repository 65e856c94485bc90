//! Several issues side by side: what an address asks for, and how their prices become lines that
//! begin at 100.

use serde::{Deserialize, Serialize};
use time::Date;

use super::{
    Listing, Percent, Points, Source, Span,
    chart::{real, whole},
    read_code,
};
use crate::model::navigation;

/// The codes and the range of `/compare`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CompareQuery {
    /// In the order in which they were added, none of them twice.
    pub codes: Vec<String>,
    pub span: Span,
    /// A name or a code that was typed to be added.
    pub add: String,
}

impl CompareQuery {
    /// More lines than that nobody tells apart.
    pub const MAX: usize = 5;
    /// What is longer is no name.
    const LONGEST: usize = 100;

    /// Reads `codes` (with commas, repeated, or both), `range` and `add`. What is wrong there is left
    /// out; the second says whether nothing was. Other parameters are not looked at.
    #[must_use]
    pub fn read<K: AsRef<str>, V: AsRef<str>>(parameters: impl IntoIterator<Item = (K, V)>) -> (Self, bool) {
        let mut query = Self::default();
        let mut is_exact = true;
        for (name, value) in parameters {
            let value = value.as_ref().trim();
            match name.as_ref() {
                "codes" => {
                    for typed in value.split(',').filter(|typed| !typed.is_empty()) {
                        is_exact &= read_code(typed).is_some_and(|code| query.take(code));
                    }
                }
                "range" => {
                    let span = Span::parse(value);
                    is_exact &= span.is_some();
                    query.span = span.unwrap_or_default();
                }
                "add" => query.add = value.chars().take(Self::LONGEST).collect(),
                _ => {}
            }
        }
        (query, is_exact)
    }

    /// Whether there was place for it, or it was there.
    fn take(&mut self, code: String) -> bool {
        let is_there = self.codes.contains(&code);
        let has_place = self.has_place();
        if !is_there && has_place {
            self.codes.push(code);
        }
        is_there || has_place
    }

    #[must_use]
    pub fn has_place(&self) -> bool {
        self.codes.len() < Self::MAX
    }

    /// The same with one more, if there is place.
    #[must_use]
    pub fn with(&self, code: &str) -> Self {
        let mut other = Self {
            add: String::new(),
            ..self.clone()
        };
        other.take(code.to_owned());
        other
    }

    #[must_use]
    pub fn without(&self, code: &str) -> Self {
        let codes = self.codes.iter().filter(|known| *known != code);
        Self {
            codes: codes.cloned().collect(),
            span: self.span,
            add: String::new(),
        }
    }

    /// What is not by default, as parameters of an address. [`Self::read`] reads them back.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        [
            ("codes", self.codes.join(",")),
            (
                "range",
                if self.span == Span::default() {
                    String::new()
                } else {
                    self.span.as_str().to_owned()
                },
            ),
            ("add", self.add.clone()),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
    }

    #[must_use]
    pub fn to_query(&self) -> String {
        navigation::query(self.parameters())
    }

    #[must_use]
    pub fn path(&self) -> String {
        navigation::with_query(navigation::COMPARE, &self.to_query())
    }
}

/// A day's close, and its change against the day's base price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Close {
    pub date: Date,
    pub close: i64,
    pub change: i64,
}

/// Everything that `/compare` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    pub as_of: String,
    pub source: Source,
    /// The trading days of the range on which any of the issues has a close, oldest first.
    pub dates: Vec<String>,
    /// In the order that was asked for.
    pub issues: Vec<Compared>,
    /// Codes of which no figures are known.
    pub unknown: Vec<String>,
    /// Codes that are in the answer, with the range: what the links of the page go on from.
    pub query: CompareQuery,
    /// Why what was typed was not added.
    pub fault: Option<String>,
    /// Without any issue, codes to begin with.
    pub offers: Vec<String>,
}

/// An issue among others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Of one that is gone, of its last day.
    pub listing: Listing,
    /// When an issue that is gone was delisted, `YYYY-MM-DD`, or was traded last.
    pub ended_on: Option<String>,
    /// One for each of the dates: 100 on the issue's first day in the range. Nothing before that
    /// day, nor on days of which there is no close.
    pub values: Vec<Option<Points>>,
}

impl Compared {
    /// From its first to its last day in the range.
    #[must_use]
    pub fn change(&self) -> Option<Percent> {
        let last = self.values.iter().rev().flatten().next()?;
        let hundredths = i32::try_from(last.hundredths()).ok()?;
        Some(Percent::from_basis_points(hundredths - START))
    }

    /// Where among the dates its line begins.
    #[must_use]
    pub fn first(&self) -> Option<usize> {
        self.values.iter().position(Option::is_some)
    }
}

/// Where every line begins: 100, in hundredths.
pub(super) const START: i32 = 10_000;

/// The value of an issue on each of `dates`, when it was 100 on the first of `closes`, oldest first.
/// It goes on by each day's change against its base price, so that a split does not move it.
#[must_use]
pub fn rebased(closes: &[Close], dates: &[Date]) -> Vec<Option<Points>> {
    let mut closes = closes.iter().peekable();
    let mut before: Option<(f64, i64)> = None;
    dates
        .iter()
        .map(|date| {
            while closes.next_if(|close| close.date < *date).is_some() {}
            let close = closes.next_if(|close| close.date == *date)?;
            let value = match before {
                None => f64::from(START),
                Some((value, previous)) => {
                    let base = close.close.saturating_sub(close.change);
                    // A base price that cannot be: as if there had been no split.
                    let base = if base > 0 { base } else { previous };
                    value * ratio(close.close, base)
                }
            };
            before = Some((value, close.close));
            Some(Points::from_hundredths(whole(value)))
        })
        .collect()
}

fn ratio(close: i64, base: i64) -> f64 {
    if base > 0 { real(close) / real(base) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;

    use super::*;

    fn read(query: &str) -> (CompareQuery, bool) {
        CompareQuery::read(query.split('&').filter_map(|pair| pair.split_once('=')))
    }

    #[test]
    fn an_address_names_up_to_five() {
        let (query, is_exact) = read("codes=005930,00593k&codes=A000660&range=3Y");
        assert_eq!(query.codes, ["005930", "00593K", "000660"]);
        assert_eq!((query.span, is_exact), (Span::ThreeYears, true));
        let (query, is_exact) = read("codes=000010,000020,000030,000040,000050,000060");
        assert_eq!((query.codes.len(), is_exact, query.has_place()), (5, false, false));
        assert_eq!(query.with("000070"), query);
        assert_eq!(query.without("000030").with("000070").codes.last().unwrap(), "000070");
        for wrong in ["codes=x", "codes=005930,", "range=5d", "codes=005930,005930"] {
            assert_eq!(read(wrong).1, wrong.starts_with("codes=005930,"), "{wrong}");
        }
    }

    #[test]
    fn lines_begin_at_a_hundred_and_pass_over_splits() {
        let close = |date, close, change| Close { date, close, change };
        let days = [
            date!(2026 - 03 - 18),
            date!(2026 - 03 - 19),
            date!(2026 - 03 - 20),
            date!(2026 - 03 - 23),
        ];
        let split = [
            close(days[0], 50_000, 900),
            // Ten for one: the base price is a tenth of the close before.
            close(days[1], 5_500, 500),
            close(days[3], 5_500, 0),
        ];
        let hundredths = |values: Vec<Option<Points>>| -> Vec<Option<i64>> {
            values.into_iter().map(|value| value.map(Points::hundredths)).collect()
        };
        assert_eq!(
            hundredths(rebased(&split, &days)),
            [Some(10_000), Some(11_000), None, Some(11_000)]
        );
        let late = [close(days[1], 1_000, 0), close(days[2], 500, -500)];
        assert_eq!(
            hundredths(rebased(&late, &days)),
            [None, Some(10_000), Some(5_000), None]
        );
        let strange = [
            close(days[0], 100, 0),
            close(days[1], 50, 50),
            close(days[2], 100, i64::MAX),
        ];
        assert_eq!(
            hundredths(rebased(&strange, &days[..3])),
            [Some(10_000), Some(5_000), Some(10_000)]
        );
    }

    proptest! {
        #[test]
        fn every_query_has_an_address(
            codes in prop::collection::vec("[0-9]{4}[0-9A-HJ-NP-TV-Z][0-9KLMN]", 0..7),
            span in 0usize..6,
            add in "[a-z가-힣 &=%]{0,12}",
        ) {
            let (query, _) = CompareQuery::read([
                ("codes", codes.join(",").as_str()),
                ("range", Span::ALL[span].as_str()),
                ("add", add.as_str()),
            ]);
            let pairs = url::form_urlencoded::parse(query.to_query().as_bytes()).into_owned().collect::<Vec<_>>();
            prop_assert_eq!(CompareQuery::read(pairs), (query, true));
        }

        #[test]
        fn any_prices_become_lines(prices in prop::collection::vec((any::<i64>(), any::<i64>()), 0..20)) {
            let first = date!(2026 - 03 - 20);
            let closes: Vec<Close> = prices
                .iter()
                .zip(0..)
                .map(|((close, change), day)| Close { date: first + time::Duration::days(day), close: *close, change: *change })
                .collect();
            let dates: Vec<Date> = closes.iter().map(|close| close.date).collect();
            prop_assert_eq!(rebased(&closes, &dates).len(), dates.len());
        }
    }
}
