//! Accounts and sessions: the services behind every door.

mod access_token;
mod accounts;
mod adoption;
mod blocklist;
mod client;
mod consents;
mod device;
mod devices;
mod generator;
mod hasher;
mod history;
mod housekeeping;
mod keys;
mod limits;
mod lockout;
mod new_password;
mod operator;
mod own_account;
mod passwords;
mod pool;
mod refresh_token;
mod rotation;
mod session_cache;
mod sessions;
mod stored_hash;

use std::sync::Arc;

pub use access_token::AccessTokens;
pub use accounts::SignUp;
pub use adoption::{Adoption, Trial};
pub use client::Client;
pub use device::DeviceToken;
pub use housekeeping::{DEVICE_LIFETIME, ENDED_SESSION};
pub use keys::{KeyError, Keys};
pub use limits::Allowance;
pub use new_password::{Choice, Owner, PasswordFaults, Refused};
pub use operator::{NewAccount, in_lines};
pub use own_account::ChangePassword;
pub use passwords::Passwords;
pub use refresh_token::RefreshTokens;
pub use rotation::IDLE_LIFETIME;
pub use sessions::{Identity, SignIn, SignedIn};

use limits::Limits;
use session_cache::SessionCache;

use crate::server::{
    clock::SharedClock,
    config::Config,
    error::Error,
    random::{NoRandomness, SharedRandomness},
    store::Db,
};

/// The auth services and what they need. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Auth {
    db: Db,
    clock: SharedClock,
    random: SharedRandomness,
    config: Arc<Config>,
    limits: Limits,
    passwords: Passwords,
    access_tokens: Arc<AccessTokens>,
    refresh_tokens: Arc<RefreshTokens>,
    session_cache: Arc<SessionCache>,
}

impl Auth {
    /// # Errors
    /// When no dummy hash can be made, for want of randomness or memory.
    pub fn new(
        db: Db,
        clock: SharedClock,
        random: SharedRandomness,
        config: Arc<Config>,
        keys: &Keys,
    ) -> Result<Self, Error> {
        Ok(Self {
            limits: Limits::new(db.clone(), Arc::clone(&clock), config.rate_limits.clone()),
            passwords: Passwords::new(config.argon2, Arc::clone(&random))?,
            access_tokens: Arc::new(AccessTokens::new(
                keys,
                config.access_token_lifetime,
                Arc::clone(&clock),
                Arc::clone(&random),
            )),
            refresh_tokens: Arc::new(RefreshTokens::new(keys)),
            session_cache: Arc::default(),
            random,
            db,
            clock,
            config,
        })
    }
}

/// What another process has changed.
impl Auth {
    /// The device of this row may have ended.
    pub fn forget_session(&self, id: i64) {
        self.session_cache.forget(id);
    }

    /// The user of this row may be another than before, or out.
    pub fn forget_user(&self, id: i64) {
        self.session_cache.forget_user(id);
    }

    /// Nobody knows what has changed.
    pub fn forget_all(&self) {
        self.session_cache.forget_all();
    }
}

impl From<NoRandomness> for Error {
    fn from(error: NoRandomness) -> Self {
        Self::Internal(error.to_string())
    }
}
