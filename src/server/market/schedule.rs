//! When a server asks its source: after the close of each trading day, a little later than others
//! do, and after a failure again with growing pauses.

use time::{Date, Duration, OffsetDateTime};

use super::calendar::{Calendar, at_seoul};

/// After the close: late trades are in by then, and what is published is near-final.
const AFTER_CLOSE: Duration = Duration::minutes(150);
/// Servers that all ask at the same minute are a burden: each has its own within these.
pub const SPREAD: Duration = Duration::minutes(20);
const FIRST_PAUSE: Duration = Duration::minutes(5);
const LONGEST_PAUSE: Duration = Duration::hours(2);

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Ask for this day.
    Now(Date),
    /// Nothing before then.
    At(OffsetDateTime),
}

/// What is due at `now`, with `newest` the day that is there. `offset` is this server's own place
/// within [`SPREAD`].
#[must_use]
pub fn due(now: OffsetDateTime, calendar: &Calendar, newest: Option<Date>, offset: Duration) -> Due {
    let wait = AFTER_CLOSE + offset.clamp(Duration::ZERO, SPREAD);
    let wanted = calendar.last_closed_day(now.saturating_sub(wait));
    if newest.is_none_or(|newest| newest < wanted) {
        return Due::Now(wanted);
    }
    let next = next_trading_day(calendar, wanted);
    let close = calendar
        .session(next)
        .map_or(time::Time::MIDNIGHT, |session| session.close);
    // Never in the past: a day may be there before its time.
    Due::At((at_seoul(next, close) + wait).max(now.saturating_add(Duration::MINUTE)))
}

fn next_trading_day(calendar: &Calendar, day: Date) -> Date {
    // No holidays are as long.
    (1..30)
        .map(|ahead| day.saturating_add(Duration::days(ahead)))
        .find(|day| calendar.is_trading_day(*day))
        .unwrap_or(day)
}

/// How long to wait after so many failures in a row: twice as long each time, up to a bound.
#[must_use]
pub fn pause(failures: u32) -> Duration {
    let doubled = FIRST_PAUSE.checked_mul(
        1_i32
            .checked_shl(failures.saturating_sub(1).min(30))
            .unwrap_or(i32::MAX),
    );
    doubled.unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn a_day_is_asked_for_when_it_is_over_and_settled() {
        let calendar = Calendar::default();
        let friday = date!(2026 - 03 - 20);
        let thursday = Some(date!(2026 - 03 - 19));
        // 18:00 in Seoul, and ten minutes later for this server.
        let offset = Duration::minutes(10);
        let early = datetime!(2026-03-20 09:09:59 UTC);
        assert_eq!(
            due(early, &calendar, thursday, offset),
            Due::At(early + Duration::MINUTE)
        );
        let ready = datetime!(2026-03-20 09:10 UTC);
        assert_eq!(due(ready, &calendar, thursday, offset), Due::Now(friday));
        // Done: the next is Monday.
        assert_eq!(
            due(ready, &calendar, Some(friday), offset),
            Due::At(datetime!(2026-03-23 09:10 UTC))
        );
        // Nothing at all is there, on a Sunday.
        assert_eq!(
            due(datetime!(2026-03-22 00:00 UTC), &calendar, None, offset),
            Due::Now(friday)
        );
    }

    #[test]
    fn holidays_are_passed_over() {
        let calendar = Calendar::default();
        let friday = Some(date!(2026 - 02 - 13));
        let next = due(datetime!(2026-02-16 12:00 UTC), &calendar, friday, Duration::ZERO);
        assert_eq!(next, Due::At(datetime!(2026-02-19 09:00 UTC)));
    }

    #[test]
    fn pauses_grow_to_a_bound() {
        let minutes = |failures| pause(failures).whole_minutes();
        assert_eq!([1, 2, 3, 4, 5].map(minutes), [5, 10, 20, 40, 80]);
        assert_eq!([6, 7, 100, u32::MAX].map(minutes), [120; 4]);
        assert_eq!(minutes(0), 5);
    }

    proptest! {
        #[test]
        fn there_is_always_something_to_do(seconds in 1_600_000_000i64..2_500_000_000, behind in 0i64..10, minutes in 0i64..60) {
            let calendar = Calendar::default();
            let now = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
            let newest = now.date() - Duration::days(behind);
            match due(now, &calendar, Some(newest), Duration::minutes(minutes)) {
                Due::Now(day) => prop_assert!(day > newest && day <= now.date()),
                Due::At(then) => prop_assert!(then > now && then - now < Duration::days(13)),
            }
        }
    }
}
