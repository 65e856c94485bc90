//! Accounts and sessions: the services behind every door.

mod access_token;
mod accounts;
mod blocklist;
mod keys;
mod passwords;
mod refresh_token;
mod rotation;
mod sessions;

use std::sync::Arc;

pub use access_token::AccessTokens;
pub use accounts::SignUp;
pub use keys::{KeyError, Keys};
pub use passwords::Passwords;
pub use refresh_token::RefreshTokens;
pub use sessions::{Identity, SignIn, SignedIn};

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
    config: Arc<Config>,
    passwords: Passwords,
    access_tokens: Arc<AccessTokens>,
    refresh_tokens: Arc<RefreshTokens>,
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
            passwords: Passwords::new(config.argon2, Arc::clone(&random))?,
            access_tokens: Arc::new(AccessTokens::new(
                keys,
                config.access_token_lifetime,
                Arc::clone(&clock),
                random,
            )),
            refresh_tokens: Arc::new(RefreshTokens::new(keys)),
            db,
            clock,
            config,
        })
    }
}

impl From<NoRandomness> for Error {
    fn from(error: NoRandomness) -> Self {
        Self::Internal(error.to_string())
    }
}

/// Who asks: the address behind trusted proxies and what the program calls itself.
#[derive(Debug, Clone)]
pub struct Client {
    pub ip: std::net::IpAddr,
    /// The `User-Agent`, cut to [`Client::MAX_USER_AGENT`] characters.
    pub user_agent: String,
}

impl Client {
    pub const MAX_USER_AGENT: usize = 300;

    /// Cleans and cuts what the client says about itself: it goes into the database.
    #[must_use]
    pub fn new(ip: std::net::IpAddr, user_agent: &str) -> Self {
        Self {
            ip: ip.to_canonical(),
            user_agent: user_agent
                .chars()
                .filter(|c| !c.is_control())
                .take(Self::MAX_USER_AGENT)
                .collect(),
        }
    }
}
