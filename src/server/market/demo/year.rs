//! The year before the day that the made-up market shows: told backwards from that day, so that it
//! ends in it whatever the day is, and issue by issue, so that never more than a part of it is in
//! memory.

use std::collections::{BTreeMap, VecDeque};

use time::{Date, Duration};

use super::{
    SEED, SPAC,
    dice::{Dice, real, whole},
    floor_to_tick, limits, traded, untraded,
};
use crate::{
    model::market::{Board, Percent},
    server::{
        market::{as_of::weekday_on_or_before, calendar::Calendar},
        store::{
            daily_bars::{Bar, DatedBar},
            delistings::Delisting,
            imports::Row,
            index_bars::IndexBar,
        },
    },
};

/// How far back it goes.
pub(super) const LENGTH: Duration = Duration::days(365);
/// Every so many-th issue came within the year.
const NEWCOMER: usize = 48;
/// Every so many-th issue of KOSDAQ has a namesake that is gone.
const GONE: usize = 120;
/// What was gone had its last days without a trade.
const LAST_HALT: usize = 15;
/// Lower than prices go, and higher.
const LOWEST: i64 = 100;
const HIGHEST: i64 = 3_000_000;
/// What the indices stand at on the last day, in hundredths of a point.
pub(super) const LEVELS: [(Board, &str, f64); 2] =
    [(Board::Kospi, "KOSPI", 261_234.0), (Board::Kosdaq, "KOSDAQ", 84_321.0)];

/// The year up to a day, without that day.
pub struct Year {
    /// The trading days, oldest first; the last one is the day that is shown.
    days: Vec<Date>,
    /// How much each board moved on each of them, as a part of one.
    moves: BTreeMap<Board, Vec<f64>>,
    /// All issues that were not told yet, with their last day.
    untold: VecDeque<(Row, usize)>,
    /// Issues that are gone, with their last day.
    gone: Vec<(Row, usize)>,
    sums: BTreeMap<Board, Vec<Sums>>,
}

/// What an index is made of, for a day.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    close: i64,
    /// The same issues at the prices that the day began from.
    base: i64,
    open: i64,
    volume: i64,
    amount: i64,
}

impl Year {
    /// The year that ends on `as_of` with these issues.
    #[must_use]
    pub fn new(as_of: Date, rows: Vec<Row>) -> Self {
        let days = Calendar::default().trading_days(as_of.saturating_sub(LENGTH), as_of);
        let mut dice = Dice::new(SEED ^ 0xFEED);
        let moves = Board::ALL
            .map(|board| (board, days.iter().map(|_| 0.000_5 + 0.009 * dice.normal()).collect()))
            .into();
        let gone = gone(&rows, &days);
        let sums = Board::ALL
            .map(|board| (board, vec![Sums::default(); days.len()]))
            .into();
        let last = days.len().saturating_sub(1);
        let mut untold: Vec<(Row, usize)> = rows.into_iter().map(|row| (row, last)).collect();
        untold.extend(gone.iter().cloned());
        untold.sort_by(|a, b| a.0.instrument.code.cmp(&b.0.instrument.code));
        Self {
            days,
            moves,
            untold: untold.into(),
            gone,
            sums,
        }
    }

    /// The issues that are gone, with their last day.
    pub fn gone(&self) -> Vec<Row> {
        self.gone.iter().map(|(row, _)| row.clone()).collect()
    }

    pub fn delistings(&self) -> Vec<Delisting> {
        let day_after = |last: usize| self.days.get(last + 1).copied();
        self.gone
            .iter()
            .filter_map(|(row, last)| {
                let issue = &row.instrument;
                Some(Delisting {
                    code: issue.code.clone(),
                    delisted_on: day_after(*last)?,
                    name: issue.name.clone(),
                    market: issue.market.as_str().to_owned(),
                    secu_group: None,
                    share_kind: issue.share_kind.clone(),
                    listed_on: issue.listed_on,
                    reason: Some("감사의견 거절 (예시)".to_owned()),
                    industry: issue.industry.clone(),
                    par_value: issue.par_value.clone(),
                    shares: Some(row.bar.shares),
                    successor_code: None,
                    successor_name: None,
                })
            })
            .collect()
    }

    /// The days of the next so many issues, in the order of their codes; `None` after the last.
    pub fn next(&mut self, issues: usize) -> Option<Vec<DatedBar>> {
        let part: Vec<(Row, usize)> = self.untold.drain(..issues.min(self.untold.len())).collect();
        if part.is_empty() {
            return None;
        }
        let mut told = Vec::with_capacity(part.len() * self.days.len());
        for (row, last) in &part {
            self.tell_issue(row, *last, &mut told);
        }
        Some(told)
    }

    fn tell_issue(&mut self, row: &Row, last: usize, told: &mut Vec<DatedBar>) {
        let is_gone = last + 1 < self.days.len();
        let first = row
            .instrument
            .listed_on
            .map_or(0, |listed_on| self.days.partition_point(|day| *day < listed_on));
        let bars = backwards(
            row,
            &self.days,
            self.moves.get(&row.instrument.market),
            first,
            last,
            is_gone,
        );
        for (place, bar) in bars {
            let Some(day) = self.days.get(place) else { continue };
            if let Some(sums) = self
                .sums
                .get_mut(&row.instrument.market)
                .and_then(|sums| sums.get_mut(place))
            {
                let base = bar.close - bar.change;
                sums.close += bar.marcap;
                sums.base += base * bar.shares;
                sums.open += bar.open.unwrap_or(bar.close) * bar.shares;
                sums.volume += bar.volume;
                sums.amount += bar.amount;
            }
            // The last day is there already.
            if place < last || is_gone {
                told.push(DatedBar {
                    code: row.instrument.code.clone(),
                    trade_date: *day,
                    bar,
                });
            }
        }
    }

    /// The indices, once all issues were told: each day's change is that of the market
    /// capitalisation of the issues that were there, so that newcomers move nothing.
    #[must_use]
    pub fn indices(&self) -> Vec<IndexBar> {
        let mut bars = Vec::new();
        for (board, index_code, level) in LEVELS {
            let Some(sums) = self.sums.get(&board) else { continue };
            let whole_way: f64 = sums.iter().map(growth).product();
            let mut close = level / whole_way;
            for (day, sums) in self.days.iter().zip(sums) {
                let base = close;
                close *= growth(sums);
                let open = base * real(sums.open) / real(sums.base.max(1));
                // How far it went beyond both within the day nobody can know from sums: a little.
                let wick = (close - open).abs().mul_add(0.3, base * 0.002);
                let change = whole(close) - whole(base);
                bars.push(IndexBar {
                    index_code: index_code.to_owned(),
                    trade_date: *day,
                    close: whole(close),
                    change,
                    changes_ratio: Percent::of_change(change, whole(base)).unwrap_or_default(),
                    open: Some(whole(open)),
                    high: Some(whole(open.max(close) + wick)),
                    low: Some(whole(open.min(close) - wick)),
                    volume: Some(sums.volume),
                    amount: Some(sums.amount),
                    marcap: Some(sums.close),
                });
            }
        }
        bars
    }
}

/// How much the issues of a day grew on it.
fn growth(sums: &Sums) -> f64 {
    if sums.base > 0 {
        real(sums.close) / real(sums.base)
    } else {
        1.0
    }
}

/// Gives some issues a listing within the year.
pub fn with_newcomers(as_of: Date, mut rows: Vec<Row>) -> Vec<Row> {
    let days = Calendar::default().trading_days(as_of.saturating_sub(LENGTH), as_of);
    let mut dice = Dice::new(SEED ^ 0x1234);
    for row in rows.iter_mut().skip(NEWCOMER / 2).step_by(NEWCOMER) {
        if row.instrument.code.ends_with('0') {
            row.instrument.listed_on = dice.pick(&days).copied();
        }
    }
    rows
}

/// Issues that were there for a part of the year.
fn gone(rows: &[Row], days: &[Date]) -> Vec<(Row, usize)> {
    let mut dice = Dice::new(SEED ^ 0xDEAD);
    let end = u64::try_from(days.len()).unwrap_or_default();
    rows.iter()
        .filter(|row| row.instrument.market == Board::Kosdaq && row.instrument.dept.as_deref() != Some(SPAC))
        .step_by(GONE)
        .enumerate()
        .filter_map(|(place, namesake)| {
            let last = usize::try_from(dice.below(end.saturating_sub(60)) + 40).ok()?;
            let delisted_on = *days.get(last + 1)?;
            let code = format!("{}0", 79_000 + place * 7);
            let mut row = namesake.clone();
            let issue = &mut row.instrument;
            issue.isin = super::isin_of(&code);
            issue.code = code;
            issue.name = format!("옛{}", issue.name.chars().take(10).collect::<String>());
            issue.name_full = None;
            issue.name_en = None;
            issue.segment = None;
            issue.dept = Some("관리종목(소속부없음)".to_owned());
            issue.facts.delisted_on = Some(delisted_on);
            // It had been there all the year before.
            let long_ago = days.first()?.saturating_sub(Duration::days(2_000));
            issue.listed_on = issue.listed_on.map(|day| day.min(weekday_on_or_before(long_ago)));
            let price = floor_to_tick(dice.between(150, 900));
            row.bar = untraded(price, row.bar.shares.clamp(1_000_000, 60_000_000));
            Some((row, last))
        })
        .collect()
}

/// An issue's days from `last` back to `first`, by their place, newest first.
fn backwards(
    row: &Row,
    days: &[Date],
    moves: Option<&Vec<f64>>,
    first: usize,
    last: usize,
    is_gone: bool,
) -> Vec<(usize, Bar)> {
    let issue = &row.instrument;
    let mut dice = Dice::new(SEED ^ seed_of(&issue.code));
    let (beta, sigma) = if issue.dept.as_deref() == Some(SPAC) {
        (0.05, 0.003)
    } else {
        (0.5 + 0.8 * dice.unit(), 0.012 + 0.018 * dice.unit())
    };
    let is_quiet = issue.market == Board::Konex;
    let shares = row.bar.shares;
    let mut halt = if is_gone { LAST_HALT } else { 0 };
    let mut told = Vec::with_capacity(days.len());
    let mut close = row.bar.close;
    if !is_gone {
        told.push((last, row.bar.clone()));
        close -= row.bar.change;
        if row.bar.is_halted() && !is_quiet {
            halt = usize::try_from(dice.below(30)).unwrap_or_default();
        }
    }
    let newest = if is_gone { last + 1 } else { last };
    for place in (first..newest).rev() {
        if halt == 0 && dice.below(4_000) == 0 {
            halt = usize::try_from(dice.between(1, 8)).unwrap_or_default();
        }
        if halt > 0 || (is_quiet && dice.per_mille(180)) {
            halt = halt.saturating_sub(1);
            told.push((place, untraded(close, shares)));
            continue;
        }
        let board_move = moves.and_then(|moves| moves.get(place)).copied().unwrap_or_default();
        let news = if dice.per_mille(12) { 4.0 } else { 1.0 };
        let growth = beta * board_move + news * sigma * dice.normal();
        let base = base_before(close, growth, issue.market);
        told.push((place, traded(&mut dice, base, close, shares, issue.market)));
        close = base;
    }
    told
}

/// A price from which an issue can have come to `close`, having grown by about `growth`.
fn base_before(close: i64, growth: f64, board: Board) -> i64 {
    let growth = growth.clamp(-0.25, 0.25);
    let wanted = floor_to_tick(whole(real(close) / (1.0 + growth)));
    // Back from where prices do not go.
    let wanted = if (LOWEST..=HIGHEST).contains(&wanted) {
        wanted
    } else {
        floor_to_tick(whole(real(close) / (1.0 - growth / 2.0)))
    };
    let (lower, upper) = limits(wanted, board);
    if wanted > 0 && (lower..=upper).contains(&close) {
        wanted
    } else {
        close
    }
}

/// The same for a code on every machine.
fn seed_of(code: &str) -> u64 {
    code.bytes().fold(0, |seed: u64, byte| {
        seed.wrapping_mul(257).wrapping_add(u64::from(byte))
    })
}
