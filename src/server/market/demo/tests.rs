use super::*;
use crate::{
    model::market::is_code,
    server::market::{
        sources,
        testing::{market_rows, shared_file},
    },
};

#[test]
fn it_is_the_same_market_every_time() {
    let rows = market();
    assert_eq!(rows, market());
    // From one release to the next as well.
    let first = &rows[0].instrument;
    assert_eq!((first.code.as_str(), first.name.as_str()), ("800010", "고봄F&B"));
}

#[test]
fn it_has_the_size_of_the_real_one() {
    let rows = market();
    let count = |board| {
        let of_board = rows.iter().filter(|row| row.instrument.market == board);
        of_board.count()
    };
    assert_eq!(count(Board::Kospi), 950);
    assert_eq!(count(Board::Kosdaq), 1_820);
    assert_eq!(count(Board::Konex), 110);
    let global = rows.iter().filter(|row| row.instrument.segment.is_some());
    assert_eq!(global.count(), 50);
    let halted = rows.iter().filter(|row| row.bar.volume == 0).count();
    assert!((60..200).contains(&halted), "{halted} halted");
    let letters = |row: &&Row| row.instrument.code.bytes().any(|b| b.is_ascii_alphabetic());
    assert!(rows.iter().filter(letters).count() > 30);
    let latin = |row: &&Row| row.instrument.name.bytes().any(|b| b.is_ascii_alphabetic());
    assert!(rows.iter().filter(latin).count() > 100);
    let at = |code| rows.iter().filter(|row| row.bar.change_code == code).count();
    assert!(at(UPPER_LIMIT) > 5 && at(LOWER_LIMIT) > 1);
}

#[test]
fn names_and_codes_are_unique_and_well_formed() {
    let rows = market();
    let mut names = HashSet::new();
    let mut codes = HashSet::new();
    let mut isins = HashSet::new();
    for row in &rows {
        let issue = &row.instrument;
        assert!(names.insert(&issue.name), "{} twice", issue.name);
        assert!(codes.insert(&issue.code), "{} twice", issue.code);
        assert!(isins.insert(&issue.isin), "{} twice", issue.isin);
        assert!(is_code(&issue.code), "{}", issue.code);
        assert!(issue.name.chars().count() <= names::LONGEST, "{}", issue.name);
        assert!(isin::is_valid(&issue.isin));
    }
}

#[test]
fn every_day_obeys_the_rules() {
    for row in market() {
        let (issue, bar) = (&row.instrument, &row.bar);
        assert_eq!(sources::file::checks::contradiction(&row), None, "{}", issue.code);
        let base = bar.close - bar.change;
        assert_eq!(floor_to_tick(base), base, "{}", issue.code);
        let (lower, upper) = limits(base, issue.market);
        for price in [bar.open, bar.high, bar.low, Some(bar.close)].into_iter().flatten() {
            assert!((lower..=upper).contains(&price), "{}: {price}", issue.code);
            assert_eq!(floor_to_tick(price), price, "{}", issue.code);
        }
        assert_eq!(bar.changes_ratio, Percent::of_change(bar.change, base).unwrap());
        assert_eq!(bar.volume == 0, bar.open.is_none());
        if let (Some(low), Some(high)) = (bar.low, bar.high) {
            assert!((bar.volume * low..=bar.volume * high).contains(&bar.amount));
        }
        assert!(bar.volume <= bar.shares * 3 / 2 + 1);
    }
}

#[test]
fn no_company_and_no_code_is_a_real_one() {
    let Some(bytes) = shared_file("krx_listing_2026-03-20.csv") else {
        return;
    };
    let real = market_rows(&bytes);
    let names: HashSet<&str> = real.iter().map(|row| row.instrument.name.as_str()).collect();
    let codes: HashSet<&str> = real.iter().map(|row| row.instrument.code.as_str()).collect();
    let made_up = market();
    let taken: Vec<&str> = made_up
        .iter()
        .flat_map(|row| [row.instrument.name.as_str(), row.instrument.code.as_str()])
        .filter(|text| names.contains(text) || codes.contains(text))
        .collect();
    assert_eq!(taken, [""; 0]);
}
