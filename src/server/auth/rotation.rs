//! What becomes of a refresh token that is handed in: decided from the device's row, the token
//! and the time alone.

#[cfg(test)]
mod model;

use time::{Duration, OffsetDateTime};

use crate::server::{auth::refresh_token::RefreshToken, store::refresh_tokens::SessionRow};

/// For how long a token that was rotated just now still gets its successor: several tabs, a
/// double click, an answer that was lost on the way.
const GRACE: Duration = Duration::seconds(30);
/// How long a device that is not remembered lives after its last use.
pub const IDLE_LIFETIME: Duration = Duration::hours(24);

/// What a genuine refresh token of a device means now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// The current token: the device moves on to the next generation.
    Rotate,
    /// The token before, within the grace: its successor once more.
    SameSuccessor,
    /// A token that was turned in before and comes back: somebody has a copy.
    Theft,
    /// The device has ended, or never got that far.
    Dead,
}

/// An age below zero, after the clock was set back, counts as fresh: better to repeat a successor
/// than to sign an honest device out. A token two generations old is stolen by any clock.
pub(super) fn decide(session: &SessionRow, token: RefreshToken, now: OffsetDateTime) -> Decision {
    let is_before = token.generation.checked_add(1) == Some(session.generation);
    if !session.is_alive(now) || token.generation > session.generation {
        Decision::Dead
    } else if token.generation == session.generation {
        Decision::Rotate
    } else if is_before && now - OffsetDateTime::from(session.rotated_at) <= GRACE {
        Decision::SameSuccessor
    } else {
        Decision::Theft
    }
}

impl SessionRow {
    pub(super) fn is_alive(&self, now: OffsetDateTime) -> bool {
        self.revoked_at.is_none() && now < OffsetDateTime::from(self.expires_at)
    }

    /// When the device ends if it is used now. Using it never shortens its life, though the clock
    /// may have been set back meanwhile.
    pub(super) fn next_expiry(&self, now: OffsetDateTime, lifetime: Duration) -> OffsetDateTime {
        let created_at = self.created_at.into();
        expiry(created_at, now, self.remember_me, lifetime)
            .max(OffsetDateTime::from(self.expires_at))
            .min(created_at + lifetime)
    }
}

/// When a device that signed in at `created_at` and is used now ends: after its absolute lifetime,
/// and, unless it is remembered, after a day without use.
pub(super) fn expiry(
    created_at: OffsetDateTime,
    now: OffsetDateTime,
    remember_me: bool,
    lifetime: Duration,
) -> OffsetDateTime {
    let absolute = created_at + lifetime;
    if remember_me {
        absolute
    } else {
        absolute.min(now + IDLE_LIFETIME)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::server::store::users::UserRow;

    const NOON: OffsetDateTime = datetime!(2026-03-20 12:00 UTC);
    const MONTH: Duration = Duration::days(30);

    /// A device at generation 5 that was rotated at noon.
    fn device() -> SessionRow {
        SessionRow {
            id: 1,
            generation: 5,
            created_at: (NOON - Duration::hours(1)).into(),
            rotated_at: NOON.into(),
            expires_at: (NOON + IDLE_LIFETIME).into(),
            revoked_at: None,
            remember_me: false,
            user: UserRow {
                id: 1,
                user_id: "hong_gd".to_owned(),
                email: String::new(),
                name: String::new(),
                password_hash: String::new().into(),
                is_active: true,
                is_verified: false,
                created_at: NOON.into(),
                last_login_at: None,
            },
        }
    }

    fn decided(session: &SessionRow, generation: i64, after_noon: Duration) -> Decision {
        decide(session, RefreshToken { id: 1, generation }, NOON + after_noon)
    }

    #[test]
    fn a_token_is_judged_by_its_generation_and_its_age() {
        use Decision::{Dead, Rotate, SameSuccessor, Theft};
        let microsecond = Duration::microseconds(1);
        for (generation, after, decision) in [
            (5, Duration::ZERO, Rotate),
            (5, IDLE_LIFETIME - microsecond, Rotate),
            (5, IDLE_LIFETIME, Dead),
            (4, Duration::ZERO, SameSuccessor),
            (4, GRACE, SameSuccessor),
            (4, GRACE + microsecond, Theft),
            (4, IDLE_LIFETIME, Dead),
            (3, Duration::ZERO, Theft),
            (0, Duration::ZERO, Theft),
            (-1, Duration::ZERO, Theft),
            (6, Duration::ZERO, Dead),
            (i64::MAX, Duration::ZERO, Dead),
        ] {
            assert_eq!(
                decided(&device(), generation, after),
                decision,
                "{generation} after {after}"
            );
        }
        let revoked = SessionRow {
            revoked_at: Some(NOON.into()),
            ..device()
        };
        for generation in 3..7 {
            assert_eq!(decided(&revoked, generation, Duration::ZERO), Dead);
        }
    }

    #[test]
    fn a_clock_that_was_set_back_signs_nobody_out() {
        let back = Duration::hours(-2);
        assert_eq!(decided(&device(), 5, back), Decision::Rotate);
        assert_eq!(decided(&device(), 4, back), Decision::SameSuccessor);
        assert_eq!(decided(&device(), 3, back), Decision::Theft);
        // What it is used for meanwhile does not cost it anything once the clock is right again.
        let end = device().next_expiry(NOON + Duration::days(-3), MONTH);
        assert_eq!(end, NOON + IDLE_LIFETIME);
    }

    #[test]
    fn no_use_takes_a_device_past_its_absolute_lifetime() {
        let created_at = OffsetDateTime::from(device().created_at);
        for remember_me in [false, true] {
            let device = SessionRow {
                remember_me,
                ..device()
            };
            let end = device.next_expiry(created_at + MONTH - Duration::hours(1), MONTH);
            assert_eq!(end, created_at + MONTH, "remembered: {remember_me}");
        }
        // Also when the operator shortened it since.
        let shortened = Duration::hours(2);
        assert_eq!(device().next_expiry(NOON, shortened), created_at + shortened);
    }
}
