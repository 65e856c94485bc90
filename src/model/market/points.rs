//! The value of an index, kept as an integer.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Percent;

/// Hundredths of a point. A JSON number in points: `2745.32`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i64);

impl Points {
    #[must_use]
    pub const fn from_hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }

    #[must_use]
    pub const fn hundredths(self) -> i64 {
        self.0
    }
}

impl Points {
    /// Reads a decimal number such as `2745.32`; half away from zero.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // The same kind of number; no index comes near the end of its range.
        Percent::parse(text).map(|hundredths| Self(i64::from(hundredths.basis_points())))
    }
}

impl Serialize for Points {
    #[expect(clippy::cast_precision_loss, reason = "no index has fifteen digits")]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0 as f64 / 100.0)
    }
}

impl<'de> Deserialize<'de> for Points {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "rounded, and a float saturates at the ends of i64"
    )]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let points = f64::deserialize(deserializer)?;
        Ok(Self((points * 100.0).round() as i64))
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn decimal_text_is_read() {
        assert_eq!(Points::parse("2976.21"), Some(Points(297_621)));
        assert_eq!(Points::parse("-0.005"), Some(Points(-1)));
        assert_eq!(Points::parse("2,976.21"), None);
    }

    #[test]
    fn json_shows_points() {
        for (hundredths, json) in [(274_532, "2745.32"), (-1_005, "-10.05"), (0, "0.0")] {
            assert_eq!(serde_json::to_string(&Points(hundredths)).unwrap(), json);
            assert_eq!(serde_json::from_str::<Points>(json).unwrap(), Points(hundredths));
        }
    }
}
