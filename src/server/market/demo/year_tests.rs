use std::collections::HashMap;

use time::macros::date;

use super::{
    dice::real,
    year::{LENGTH, LEVELS},
    *,
};
use crate::server::{
    market::{calendar::Calendar, sources::file::checks},
    store::{daily_bars::DatedBar, index_bars::IndexBar},
};

const AS_OF: Date = date!(2026 - 03 - 20);

/// The year of every so many-th issue.
fn year(step: usize) -> (Vec<Row>, Year, Vec<DatedBar>) {
    let rows: Vec<Row> = with_newcomers(AS_OF, market()).into_iter().step_by(step).collect();
    let mut year = Year::new(AS_OF, rows.clone());
    let mut bars = Vec::new();
    while let Some(some) = year.next(50) {
        bars.extend(some);
    }
    (rows, year, bars)
}

fn by_code(bars: &[DatedBar]) -> HashMap<&str, Vec<&DatedBar>> {
    let mut issues: HashMap<&str, Vec<&DatedBar>> = HashMap::new();
    for bar in bars {
        issues.entry(&bar.code).or_default().push(bar);
    }
    for days in issues.values_mut() {
        days.sort_by_key(|bar| bar.trade_date);
    }
    issues
}

#[test]
fn it_is_the_same_year_every_time() {
    let (_, first, bars) = year(200);
    let (_, second, again) = year(200);
    assert_eq!(bars, again);
    assert_eq!(first.indices(), second.indices());
    assert_eq!(first.delistings(), second.delistings());
}

#[test]
fn each_day_follows_from_the_one_before_by_the_rules() {
    let (rows, year, bars) = year(11);
    let boards: HashMap<String, Board> = rows
        .iter()
        .chain(&year.gone())
        .map(|row| (row.instrument.code.clone(), row.instrument.market))
        .collect();
    let calendar = Calendar::default();
    let issues = by_code(&bars);
    let mut halted = 0;
    for (code, days) in &issues {
        let board = boards[*code];
        let last = rows.iter().find(|row| row.instrument.code == *code).map(|row| &row.bar);
        let figures = days.iter().map(|day| &day.bar).chain(last);
        let mut before: Option<i64> = None;
        for bar in figures {
            assert_eq!(checks::contradiction_of_bar(bar), None, "{code}");
            let base = bar.close - bar.change;
            if let Some(before) = before {
                assert_eq!(base, before, "{code}");
            }
            before = Some(bar.close);
            let (lower, upper) = limits(base, board);
            for price in [bar.open, bar.high, bar.low, Some(bar.close)].into_iter().flatten() {
                assert_eq!(floor_to_tick(price), price, "{code}");
                assert!((lower..=upper).contains(&price), "{code}: {price} of {base}");
            }
            halted += usize::from(bar.is_halted());
        }
        assert!(days.iter().all(|day| calendar.is_trading_day(day.trade_date)));
        assert!(
            days.windows(2).all(|pair| pair[0].trade_date < pair[1].trade_date),
            "{code}"
        );
    }
    assert!(halted > 100, "{halted}");
    let whole = issues.values().filter(|days| days.len() > 230).count();
    assert!(whole * 10 > issues.len() * 8, "{whole} of {}", issues.len());
}

#[test]
fn some_come_and_some_go() {
    let rows = with_newcomers(AS_OF, market());
    let start = AS_OF.saturating_sub(LENGTH);
    let came = |row: &&Row| row.instrument.listed_on.is_some_and(|day| day > start);
    let newcomers: Vec<&Row> = rows.iter().filter(came).collect();
    assert!(newcomers.len() > 40, "{}", newcomers.len());
    let mut year = Year::new(AS_OF, rows.clone());
    let gone = year.gone();
    let delistings = year.delistings();
    assert!((10..25).contains(&gone.len()), "{}", gone.len());
    assert_eq!(gone.len(), delistings.len());
    let mut bars = Vec::new();
    while let Some(some) = year.next(500) {
        let wanted = |bar: &DatedBar| {
            gone.iter().any(|row| row.instrument.code == bar.code)
                || newcomers.iter().any(|row| row.instrument.code == bar.code)
        };
        bars.extend(some.into_iter().filter(wanted));
    }
    let issues = by_code(&bars);
    for (row, delisting) in gone.iter().zip(&delistings) {
        let days = &issues[row.instrument.code.as_str()];
        assert!(days.len() > 30);
        let last = days.last().unwrap();
        assert!(last.trade_date < delisting.delisted_on && last.bar.is_halted());
        assert_eq!(row.instrument.facts.delisted_on, Some(delisting.delisted_on));
        assert!(crate::model::market::is_code(&row.instrument.code));
        assert!(rows.iter().all(|other| other.instrument.code != row.instrument.code));
        assert!(rows.iter().all(|other| other.instrument.name != row.instrument.name));
    }
    for row in newcomers {
        if let Some(days) = issues.get(row.instrument.code.as_str()) {
            assert!(
                Some(days[0].trade_date) >= row.instrument.listed_on,
                "{}",
                row.instrument.code
            );
        }
    }
}

#[test]
fn the_indices_are_what_the_bars_make_them() {
    let (rows, year, bars) = year(10);
    let board_of: HashMap<String, Board> = rows
        .iter()
        .chain(&year.gone())
        .map(|row| (row.instrument.code.clone(), row.instrument.market))
        .collect();
    let mut sums: HashMap<(Date, Board), (i64, i64, i64)> = HashMap::new();
    let last = rows.iter().map(|row| (row.instrument.code.as_str(), AS_OF, &row.bar));
    for (code, day, bar) in bars
        .iter()
        .map(|bar| (bar.code.as_str(), bar.trade_date, &bar.bar))
        .chain(last)
    {
        let sum = sums.entry((day, board_of[code])).or_default();
        sum.0 += bar.marcap;
        sum.1 += (bar.close - bar.change) * bar.shares;
        sum.2 += bar.volume;
    }
    let indices = year.indices();
    for (board, code, level) in LEVELS {
        let days: Vec<&IndexBar> = indices.iter().filter(|bar| bar.index_code == code).collect();
        assert!(days.len() > 235, "{}", days.len());
        assert_eq!(days.last().unwrap().trade_date, AS_OF);
        assert!((real(days.last().unwrap().close) - level).abs() < 0.5);
        for day in &days {
            let (marcap, base, volume) = sums[&(day.trade_date, board)];
            assert_eq!((day.marcap, day.volume), (Some(marcap), Some(volume)));
            let growth = real(marcap) / real(base) - 1.0;
            let shown = real(day.change) / real(day.close - day.change);
            assert!((growth - shown).abs() < 0.000_1, "{}: {growth} {shown}", day.trade_date);
            assert!(day.low <= Some(day.close.min(day.open.unwrap())) && day.high >= day.open);
        }
        for pair in days.windows(2) {
            assert_eq!(pair[0].close, pair[1].close - pair[1].change);
        }
    }
}
