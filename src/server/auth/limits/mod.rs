//! Request limits: how often a client may try something, on all nodes together.

mod front;
mod gcra;

use std::sync::Arc;

use front::Front;
pub use gcra::Standing;

use crate::server::{
    auth::Client,
    clock::SharedClock,
    config::{Quota, RateLimits},
    error::Error,
    metrics,
    store::{Db, rate_limits},
};

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limited {
    SignIn,
    SignUp,
    /// Proving who one is by the password once more: to change it, to delete the account.
    Password,
}

impl Limited {
    /// As the `RateLimit` headers name it.
    fn name(self) -> &'static str {
        match self {
            Self::SignIn => "login",
            Self::SignUp => "signup",
            Self::Password => "password",
        }
    }

    fn quota(self, limits: &RateLimits) -> Quota {
        match self {
            Self::SignIn => limits.login,
            Self::SignUp => limits.signup,
            Self::Password => limits.password,
        }
    }
}

/// How a client stands after it was charged, or refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    pub name: &'static str,
    pub quota: Quota,
    pub standing: Standing,
    pub refused: bool,
}

/// Cheap to clone.
#[derive(Debug, Clone)]
pub struct Limits {
    db: Db,
    clock: SharedClock,
    settings: RateLimits,
    front: Arc<Front>,
}

impl Limits {
    #[must_use]
    pub fn new(db: Db, clock: SharedClock, settings: RateLimits) -> Self {
        Self {
            db,
            clock,
            settings,
            front: Arc::default(),
        }
    }

    /// Charges one request to the client; what is left is noted in [`Client::allowance`].
    ///
    /// # Errors
    /// [`Error::RateLimited`] when nothing was left.
    pub async fn take(&self, what: Limited, client: &Client) -> Result<(), Error> {
        if !self.settings.enabled {
            return Ok(());
        }
        let quota = what.quota(&self.settings);
        let key = format!("{} {}", what.name(), client.network());
        let now = micros(self.clock.now());
        let (tat, refused) = match self.front.refuses(&key, quota, now) {
            Some(tat) => (tat, true),
            None => match rate_limits::take(&self.db, &key, now, quota.interval(), quota.period()).await? {
                Ok(tat) => (tat, false),
                Err(tat) => (tat, true),
            },
        };
        self.front.note(key, tat, now);
        let standing = gcra::standing(quota, tat, now);
        client.note(Allowance {
            name: what.name(),
            quota,
            standing,
            refused,
        });
        if refused {
            metrics::count_rate_limited(what.name());
            return Err(Error::RateLimited {
                retry_after: standing.next_after.max(1),
            });
        }
        Ok(())
    }
}

/// An instant as limits count it.
pub(super) fn micros(instant: time::OffsetDateTime) -> i64 {
    i64::try_from(instant.unix_timestamp_nanos() / 1_000).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
