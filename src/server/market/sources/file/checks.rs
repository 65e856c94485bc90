//! What must hold within a row of a listing.

use crate::{
    model::market::Percent,
    server::{
        market::isin,
        store::{daily_bars::Bar, imports::Row, index_bars::IndexBar},
    },
};

/// How far a published ratio may be from the one that its prices give, in basis points: some
/// sources round through floats.
const RATIO_TOLERANCE: u32 = 2;

/// Why a row cannot be true, if it cannot.
///
/// Prices off the tick are no reason: midpoint trades make them.
pub fn contradiction(row: &Row) -> Option<String> {
    let isin = &row.instrument.isin;
    if !isin::is_valid(isin) {
        return Some(format!("the check digit of ISIN {isin:?} is wrong"));
    }
    contradiction_of_bar(&row.bar)
}

/// Why the figures of a day cannot be true, if they cannot.
pub fn contradiction_of_bar(bar: &Bar) -> Option<String> {
    let counts = [bar.volume, bar.amount, bar.marcap];
    if bar.close <= 0 || bar.shares <= 0 || counts.iter().any(|count| *count < 0) {
        return Some("a price or a count is negative, or there is no close or no shares".to_owned());
    }
    if bar.close.checked_mul(bar.shares) != Some(bar.marcap) {
        return Some(format!(
            "marcap {} is not close {} x shares {}",
            bar.marcap, bar.close, bar.shares
        ));
    }
    match (bar.open, bar.high, bar.low) {
        (None, None, None) => {}
        (Some(open), Some(high), Some(low)) => {
            let inside = |price| (low..=high).contains(&price);
            if low <= 0 || !inside(open) || !inside(bar.close) {
                return Some(format!(
                    "open {open} and close {} are not between low {low} and high {high}",
                    bar.close
                ));
            }
        }
        _ => return Some("of open, high and low only some are there".to_owned()),
    }
    let expected = bar
        .close
        .checked_sub(bar.change)
        .and_then(|base| Percent::of_change(bar.change, base));
    let Some(expected) = expected else {
        return Some(format!("change {} leaves no base price", bar.change));
    };
    let given = bar.changes_ratio;
    if given.basis_points().abs_diff(expected.basis_points()) > RATIO_TOLERANCE {
        return Some(format!(
            "a change of {} to {} is not {} basis points",
            bar.change,
            bar.close,
            given.basis_points()
        ));
    }
    None
}

/// Why an index's day cannot be true, if it cannot. Old days lack all but the close.
pub fn contradiction_of_index(bar: &IndexBar) -> Option<String> {
    if bar.close <= 0 || bar.close.checked_sub(bar.change).is_none_or(|base| base <= 0) {
        return Some("the close, or what it was measured from, is not positive".to_owned());
    }
    if let (Some(high), Some(low)) = (bar.high, bar.low)
        && (high < low || !(low..=high).contains(&bar.close))
    {
        return Some("the close is not between low and high".to_owned());
    }
    None
}
