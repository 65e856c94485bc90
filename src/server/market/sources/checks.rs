//! What must hold within a row of a listing.

use crate::{
    model::market::Percent,
    server::{market::isin, store::imports::Row},
};

/// How far a published ratio may be from the one that its prices give, in basis points: some
/// sources round through floats.
const RATIO_TOLERANCE: u32 = 2;

/// Why a row cannot be true, if it cannot.
///
/// Prices off the tick are no reason: midpoint trades make them.
pub fn contradiction(row: &Row) -> Option<String> {
    let (isin, bar) = (&row.instrument.isin, &row.bar);
    if !isin::is_valid(isin) {
        return Some(format!("the check digit of ISIN {isin:?} is wrong"));
    }
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
