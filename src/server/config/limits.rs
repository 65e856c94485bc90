//! How often a client may do something.

use std::str::FromStr;

use time::Duration;

use super::reader::Reader;

/// So many requests in a period; all of them at once, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    limit: u32,
    period: Duration,
}

impl Quota {
    const MAX: u32 = 1_000_000;
    const UNITS: [(&str, Duration); 4] = [
        ("second", Duration::SECOND),
        ("minute", Duration::MINUTE),
        ("hour", Duration::HOUR),
        ("day", Duration::DAY),
    ];

    /// A limit of zero counts as one.
    #[must_use]
    pub const fn new(limit: u32, period: Duration) -> Self {
        Self {
            limit: if limit == 0 { 1 } else { limit },
            period,
        }
    }

    #[must_use]
    pub fn limit(self) -> u32 {
        self.limit
    }

    /// Microseconds after which one used request is free again; at least one.
    #[must_use]
    pub fn interval(self) -> i64 {
        let micros = self.period.whole_microseconds() / i128::from(self.limit);
        i64::try_from(micros).unwrap_or(i64::MAX).max(1)
    }

    /// Microseconds after which all are free again.
    #[must_use]
    pub fn period(self) -> i64 {
        self.interval() * i64::from(self.limit)
    }

    /// The period in seconds.
    #[must_use]
    pub fn window(self) -> i64 {
        self.period.whole_seconds()
    }
}

impl FromStr for Quota {
    type Err = ();

    /// `5/minute`
    fn from_str(text: &str) -> Result<Self, ()> {
        let (limit, unit) = text.split_once('/').ok_or(())?;
        let limit = limit.trim().parse().map_err(drop)?;
        let (_, period) = Self::UNITS
            .into_iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(unit.trim()))
            .ok_or(())?;
        (1..=Self::MAX)
            .contains(&limit)
            .then(|| Self::new(limit, period))
            .ok_or(())
    }
}

/// The limits by client; they do not concern the locking of accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateLimits {
    pub enabled: bool,
    /// Attempts to sign in.
    pub login: Quota,
    /// New accounts.
    pub signup: Quota,
    /// The current password, asked for once more.
    pub password: Quota,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            enabled: true,
            login: Quota::new(5, Duration::MINUTE),
            signup: Quota::new(20, Duration::HOUR),
            password: Quota::new(5, Duration::MINUTE),
        }
    }
}

pub(super) fn rate_limits(reader: &mut Reader) -> RateLimits {
    const ACCEPTED: &str = "N/second, N/minute, N/hour or N/day with N from 1 to 1000000";
    let default = RateLimits::default();
    RateLimits {
        enabled: reader.switch("RATE_LIMIT_ENABLED", default.enabled),
        login: reader.parsed("RATE_LIMIT_LOGIN", ACCEPTED, default.login),
        signup: reader.parsed("RATE_LIMIT_SIGNUP", ACCEPTED, default.signup),
        password: reader.parsed("RATE_LIMIT_PASSWORD", ACCEPTED, default.password),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotas_are_read_as_they_are_written() {
        for (text, limit, micros) in [
            ("5/minute", 5, 12_000_000),
            ("1/second", 1, 1_000_000),
            (" 10 / Hour ", 10, 360_000_000),
            ("7/day", 7, 12_342_857_142),
            ("1000000/second", 1_000_000, 1),
        ] {
            let quota: Quota = text.trim().parse().unwrap();
            assert_eq!((quota.limit(), quota.interval()), (limit, micros), "{text}");
        }
        for bad in [
            "",
            "5",
            "0/minute",
            "-1/minute",
            "5/fortnight",
            "5/",
            "/minute",
            "1000001/day",
            "5 per minute",
            "5/5/minute",
        ] {
            assert!(bad.parse::<Quota>().is_err(), "{bad}");
        }
    }
}
