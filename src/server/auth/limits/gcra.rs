//! The generic cell rate algorithm (GCRA): a leaky bucket that needs one instant a key, the
//! theoretical arrival time (TAT). `store::rate_limits` has the same rule as a statement.
//! All instants and durations are microseconds.

use crate::server::config::Quota;

/// What is left of a quota, for the `RateLimit` headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Requests that would pass right now.
    pub remaining: u64,
    /// Seconds, rounded up, until the whole quota is there again.
    pub full_after: u64,
    /// Seconds, rounded up, until one more request passes; 0 when one would pass now.
    pub next_after: u64,
}

/// How a key stands whose arrival time is `tat`.
pub fn standing(quota: Quota, tat: i64, now: i64) -> Standing {
    let (interval, period) = (quota.interval(), quota.period());
    // Further ahead than any can be: written before the clock was set back.
    let used = if tat > now.saturating_add(period) {
        0
    } else {
        tat.saturating_sub(now).max(0)
    };
    let free = period - used;
    Standing {
        remaining: u64::try_from(free / interval).unwrap_or_default(),
        full_after: seconds(used),
        next_after: seconds(interval - free),
    }
}

/// Whole seconds, rounded up.
fn seconds(micros: i64) -> u64 {
    u64::try_from(micros.max(0)).unwrap_or_default().div_ceil(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_is_used_up_and_comes_back_one_by_one() {
        let quota = Quota::new(5, time::Duration::minutes(1));
        let now = 1_000_000_000;
        let at = |tat| {
            let Standing {
                remaining,
                full_after,
                next_after,
            } = standing(quota, tat, now);
            (remaining, full_after, next_after)
        };
        assert_eq!(at(0), (5, 0, 0));
        assert_eq!(at(now + 12_000_000), (4, 12, 0));
        assert_eq!(at(now + 48_000_000), (1, 48, 0));
        assert_eq!(at(now + 48_000_001), (0, 49, 1));
        assert_eq!(at(now + 60_000_000), (0, 60, 12));
        assert_eq!(at(now + 60_000_001), (5, 0, 0), "the clock was set back");
    }
}
