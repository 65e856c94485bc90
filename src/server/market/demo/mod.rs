//! A market that does not exist, so that the first run shows a full one without anybody's data:
//! the same issues every time, on four boards, with figures that obey the exchange's rules.

mod dice;
mod names;
#[cfg(test)]
mod tests;
mod year;
#[cfg(test)]
mod year_tests;

use std::{cmp::Reverse, collections::HashSet};

use time::{Date, Month};

use crate::{
    model::market::{Board, Percent, Segment, floor_to_tick, limits},
    server::{
        market::isin,
        store::{
            daily_bars::{Bar, LOWER_LIMIT, UPPER_LIMIT},
            imports::Row,
            instruments::{Facts, Instrument},
        },
    },
};

use dice::{Dice, real, whole};
use names::Names;

pub(super) use year::{Year, with_newcomers};

/// Whatever it is, it is always the same market.
const SEED: u64 = 0x5EC0_DA27;

/// Common shares on each board.
const KOSPI: usize = 870;
const KOSDAQ: usize = 1_820;
const KONEX: usize = 110;
/// Preferred shares, all of KOSPI companies.
const PREFERRED: usize = 80;
/// KOSDAQ's largest: every third of so many is in the GLOBAL segment.
const GLOBAL_AMONG: usize = 150;

/// Made-up codes begin with 8, where no share of the exchange is: nobody takes one for another.
const FIRST_CODE: u64 = 80_000;
const CODE_STEP: u64 = 3;

/// How much of a difference in size, on a logarithmic scale, is one in price.
const PRICE_BY_SIZE: f64 = 0.4;

/// How issues of a board are spread: medians and spreads of logarithms as on the real one.
struct Spread {
    marcap: (f64, f64),
    price: (f64, f64),
}

const fn spread(board: Board) -> Spread {
    match board {
        Board::Kospi => Spread {
            marcap: (2.6e11, 1.9),
            price: (14_000.0, 1.0),
        },
        Board::Kosdaq => Spread {
            marcap: (9.2e10, 1.25),
            price: (4_500.0, 0.9),
        },
        Board::Konex => Spread {
            marcap: (1.4e10, 1.1),
            price: (2_800.0, 0.9),
        },
    }
}

/// All issues with one day's figures.
pub(super) fn market() -> Vec<Row> {
    let mut dice = Dice::new(SEED);
    let mut names = Names::default();
    let mut rows: Vec<Row> = codes(&mut dice)
        .into_iter()
        .zip(boards(&mut dice))
        .map(|(code, board)| common(&mut dice, &mut names, code, board))
        .collect();
    pick_global(&mut rows);
    let preferred = preferred(&mut dice, &mut names, &rows);
    rows.extend(preferred);
    rows
}

/// The boards in the order of the codes: mixed, as they are.
fn boards(dice: &mut Dice) -> Vec<Board> {
    let mut boards = vec![Board::Kospi; KOSPI];
    boards.extend([Board::Kosdaq; KOSDAQ]);
    boards.extend([Board::Konex; KONEX]);
    for last in (1..boards.len()).rev() {
        let other = dice.below(u64::try_from(last + 1).unwrap_or(1));
        boards.swap(last, usize::try_from(other).unwrap_or(last));
    }
    boards
}

/// Codes of common shares; some of the newer kind with a letter.
fn codes(dice: &mut Dice) -> Vec<String> {
    const LETTERS: &[char] = &['A', 'B', 'C', 'D', 'F', 'G', 'H', 'K', 'M', 'S', 'V', 'Z'];
    let mut taken = HashSet::new();
    (0..u64::try_from(KOSPI + KOSDAQ + KONEX).unwrap_or_default())
        .map(|i| {
            let number = FIRST_CODE + i * CODE_STEP + dice.below(CODE_STEP);
            let plain = format!("{number}0");
            let letter = dice.pick(LETTERS).copied().unwrap_or('A');
            let modern = format!("{}{letter}0", number / 10);
            let code = if dice.per_mille(20) && !taken.contains(&modern) {
                modern
            } else {
                plain
            };
            taken.insert(code.clone());
            code
        })
        .collect()
}

fn common(dice: &mut Dice, names: &mut Names, code: String, board: Board) -> Row {
    let dept = dept(dice, board);
    let is_spac = dept == Some(SPAC);
    let name = if is_spac {
        names.spac(dice)
    } else {
        names.company(dice, board == Board::Kospi)
    };
    let Spread { marcap, price } = spread(board);
    let (base, shares) = if is_spac {
        // They come at 2,000 won and stay there until they find somebody.
        (dice.between(1_900, 2_300), dice.between(40, 160) * 100_000)
    } else {
        // The larger a company, the dearer its share, by and large.
        let size = marcap.1 * dice.normal();
        let price = dice.log_normal(price.0 * (PRICE_BY_SIZE * size).exp(), price.1);
        let base = whole(price).clamp(150, 1_200_000);
        let shares = marcap.0 * size.exp() / real(base);
        (base, whole(shares).clamp(400_000, 8_000_000_000))
    };
    let base = floor_to_tick(base);
    let instrument = Instrument {
        isin: isin_of(&code),
        code,
        name: name.short,
        name_full: Some(format!("{}보통주", name.full)),
        name_en: Some(name.english),
        market: board,
        segment: None,
        dept: dept.map(ToOwned::to_owned),
        industry: Some(name.industry.to_owned()),
        share_kind: Some("보통주".to_owned()),
        par_value: dice
            .pick(&["100", "200", "500", "500", "500", "500", "1000", "5000"])
            .map(|won| (*won).to_owned()),
        listed_on: listed_on(dice, board),
        facts: Facts::default(),
    };
    Row {
        bar: day(dice, base, shares, board),
        instrument,
    }
}

const SPAC: &str = "SPAC(소속부없음)";

fn dept(dice: &mut Dice, board: Board) -> Option<&'static str> {
    match board {
        Board::Kospi => None,
        Board::Konex => Some("일반기업부"),
        Board::Kosdaq => Some(match dice.below(1_000) {
            ..295 => "중견기업부",
            295..545 => "우량기업부",
            545..745 => "벤처기업부",
            745..890 => "기술성장기업부",
            890..925 => "관리종목(소속부없음)",
            925..948 => "투자주의환기종목(소속부없음)",
            948..958 => "외국기업(소속부없음)",
            _ => SPAC,
        }),
    }
}

fn listed_on(dice: &mut Dice, board: Board) -> Option<Date> {
    let first = match board {
        Board::Kospi => 1975,
        Board::Kosdaq => 1997,
        Board::Konex => 2014,
    };
    let year = i32::try_from(dice.between(first, 2025)).ok()?;
    let month = Month::try_from(u8::try_from(dice.between(1, 12)).ok()?).ok()?;
    let date = Date::from_calendar_date(year, month, u8::try_from(dice.between(1, 28)).ok()?);
    date.ok().map(super::as_of::weekday_on_or_before)
}

/// Made-up codes are all of domestic shares.
fn isin_of(code: &str) -> String {
    isin::of_code(code).unwrap_or_default()
}

/// One trading day of an issue that stood at `base`.
fn day(dice: &mut Dice, base: i64, shares: i64, board: Board) -> Bar {
    let no_trade = if board == Board::Konex { 180 } else { 30 };
    if dice.per_mille(no_trade) {
        return untraded(base, shares);
    }
    let (lower, upper) = limits(base, board);
    let close = match dice.below(1_000) {
        ..6 => upper,
        6..8 => lower,
        // News for a few, nothing much for most.
        8..100 => near(dice, (lower, upper), base, 0.08),
        _ => near(dice, (lower, upper), base, 0.022),
    };
    traded(dice, base, close, shares, board)
}

/// A price not far from another, within the limits of the day and on a tick.
fn near(dice: &mut Dice, (lower, upper): (i64, i64), from: i64, sigma: f64) -> i64 {
    let price = whole(real(from) * (1.0 + sigma * dice.normal()));
    floor_to_tick(price.clamp(lower, upper)).max(lower)
}

/// A day on which an issue went from `base` to `close`.
fn traded(dice: &mut Dice, base: i64, close: i64, shares: i64, board: Board) -> Bar {
    let range = limits(base, board);
    let open = near(dice, range, base, 0.01);
    let high = near(dice, range, open.max(close), 0.012).max(open.max(close));
    let low = near(dice, range, open.min(close), 0.012).min(open.min(close));
    let turnover = dice.log_normal(0.003, 1.2).min(1.5);
    let volume = whole(real(shares) * turnover).max(1);
    let average = (low + high + close) / 3;
    let change = close - base;
    Bar {
        close,
        change,
        changes_ratio: Percent::of_change(change, base).unwrap_or_default(),
        change_code: match change {
            _ if close == range.1 => UPPER_LIMIT,
            _ if close == range.0 => LOWER_LIMIT,
            1.. => 1,
            0 => 3,
            ..0 => 2,
        },
        open: Some(open),
        high: Some(high),
        low: Some(low),
        volume,
        amount: volume * average,
        marcap: close * shares,
        shares,
    }
}

/// A day without a trade: the price stays what it was.
fn untraded(close: i64, shares: i64) -> Bar {
    Bar {
        close,
        change: 0,
        changes_ratio: Percent::default(),
        change_code: 0,
        open: None,
        high: None,
        low: None,
        volume: 0,
        amount: 0,
        marcap: close * shares,
        shares,
    }
}

fn pick_global(rows: &mut [Row]) {
    let mut kosdaq: Vec<&mut Row> = rows
        .iter_mut()
        .filter(|row| row.instrument.market == Board::Kosdaq)
        .collect();
    kosdaq.sort_by_key(|row| Reverse(row.bar.marcap));
    for row in kosdaq.into_iter().take(GLOBAL_AMONG).step_by(3) {
        row.instrument.segment = Some(Segment::Global);
    }
}

/// Preferred shares of some KOSPI companies: cheaper and fewer than the common ones.
fn preferred(dice: &mut Dice, names: &mut Names, rows: &[Row]) -> Vec<Row> {
    let issuers: Vec<&Row> = rows
        .iter()
        .filter(|row| row.instrument.market == Board::Kospi)
        .collect();
    let mut preferred = Vec::with_capacity(PREFERRED);
    for issuer in issuers.iter().step_by(issuers.len() / PREFERRED) {
        let (of, bar) = (&issuer.instrument, &issuer.bar);
        // Old preferred shares end in 5, newer ones in 7 or a letter.
        let (kind, ending) = match dice.below(10) {
            0 => ("2우B", '7'),
            1 => ("3우C", 'K'),
            _ => ("우", '5'),
        };
        let name = format!("{}{kind}", of.name);
        let Some(issuer_code) = of.code.get(..5) else {
            continue;
        };
        if preferred.len() == PREFERRED || !names.take(&name) {
            continue;
        }
        let code = format!("{issuer_code}{ending}");
        let base = floor_to_tick(bar.close * dice.between(45, 90) / 100).max(100);
        let shares = (bar.shares * dice.between(4, 15) / 100).max(20_000);
        preferred.push(Row {
            instrument: Instrument {
                isin: isin_of(&code),
                code,
                name_full: of
                    .name_full
                    .as_deref()
                    .map(|full| format!("{}1우선주", full.trim_end_matches("보통주"))),
                name_en: of.name_en.as_deref().map(|name| format!("{name}(1P)")),
                share_kind: Some("구형우선주".to_owned()),
                name,
                ..of.clone()
            },
            bar: day(dice, base, shares, Board::Kospi),
        });
    }
    preferred
}
