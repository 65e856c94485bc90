//! A ratio in percent with two decimals, kept as an integer.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Hundredths of a percent (basis points). A JSON number in percent: `-0.55`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(i32);

impl Percent {
    #[must_use]
    pub const fn from_basis_points(basis_points: i32) -> Self {
        Self(basis_points)
    }

    #[must_use]
    pub const fn basis_points(self) -> i32 {
        self.0
    }

    /// `change` against `base`, the price it was measured from; half away from zero.
    /// `None` without a positive base, and beyond what a ratio can be.
    #[must_use]
    pub fn of_change(change: i64, base: i64) -> Option<Self> {
        if base <= 0 {
            return None;
        }
        let (change, base) = (i128::from(change), i128::from(base));
        let twice = change.abs() * 20_000 + base;
        let rounded = i32::try_from(twice / (2 * base)).ok()?;
        Some(Self(if change < 0 { -rounded } else { rounded }))
    }

    /// Reads a decimal number in percent, such as `-3.8` or `.125`; half away from zero.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let whole: i32 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let mut decimals = fraction.bytes().map(|b| i32::from(b - b'0'));
        let mut next = || decimals.next().unwrap_or(0);
        let (tenths, hundredths, thousandths) = (next(), next(), next());
        let magnitude = whole
            .checked_mul(100)?
            .checked_add(tenths * 10 + hundredths + i32::from(thousandths >= 5))?;
        Some(Self(if negative { -magnitude } else { magnitude }))
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 100.0)
    }
}

impl<'de> Deserialize<'de> for Percent {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "rounded, and a float saturates at the ends of i32"
    )]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let percent = f64::deserialize(deserializer)?;
        Ok(Self((percent * 100.0).round() as i32))
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decimal_text_is_read_without_floats() {
        let read = |text| Percent::parse(text).map(Percent::basis_points);
        assert_eq!(read("-0.55"), Some(-55));
        assert_eq!(read("29.9"), Some(2990));
        assert_eq!(read("300"), Some(30_000));
        assert_eq!(read("0.005"), Some(1));
        assert_eq!(read("-0.005"), Some(-1));
        assert_eq!(read("0.0049"), Some(0));
        assert_eq!(read("1.005"), Some(101));
        assert_eq!(read("+.5"), Some(50));
        for wrong in ["", "-", ".", "1e2", "NaN", "1,2", "0x1", "99999999999", "--1", "٣"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_change_is_measured_against_its_base() {
        let of = |change, base| Percent::of_change(change, base).map(Percent::basis_points);
        assert_eq!(of(-1_100, 200_500), Some(-55));
        assert_eq!(of(0, 100), Some(0));
        // Half away from zero: 0.125 % and -0.125 %.
        assert_eq!(of(1, 800), Some(13));
        assert_eq!(of(-1, 800), Some(-13));
        assert_eq!(of(1, 0), None);
        assert_eq!(of(i64::MIN, 1), None);
    }

    #[test]
    fn json_shows_two_decimals() {
        let json = |bp| serde_json::to_string(&Percent(bp)).unwrap();
        assert_eq!(json(-55), "-0.55");
        assert_eq!(json(0), "0.0");
        assert_eq!(json(2990), "29.9");
        assert_eq!(serde_json::from_str::<Percent>("0").unwrap(), Percent(0));
    }

    proptest! {
        #[test]
        fn json_leads_back(bp: i32) {
            let json = serde_json::to_string(&Percent(bp)).unwrap();
            prop_assert_eq!(serde_json::from_str::<Percent>(&json).unwrap(), Percent(bp));
            prop_assert_eq!(Percent::parse(&json), Some(Percent(bp)));
        }

        #[test]
        fn any_text_is_survived(text: String) {
            let _ = Percent::parse(&text);
        }
    }
}
