//! Argon2id in a bounded pool: hashing takes a core and its memory, so no more runs at once than
//! there are cores, never on the async threads, and who would wait too long is turned away.

use std::{sync::Arc, time::Duration};

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version, password_hash::phc::PasswordHash,
};
use tokio::sync::Semaphore;

use crate::{
    model::input::NewPassword,
    server::{
        config::Argon2Settings,
        error::Error,
        random::{self, SharedRandomness},
    },
};

/// How long a request may wait for its turn at the hash; after that it is shed with 503.
const MAX_WAIT: Duration = Duration::from_secs(3);
/// What a shed client is asked to wait, in seconds.
const RETRY_AFTER: u64 = 3;

/// Hashes and verifies passwords. Cheap to clone.
#[derive(Clone)]
pub struct Passwords {
    hasher: Arc<Argon2<'static>>,
    permits: Arc<Semaphore>,
    random: SharedRandomness,
    /// What the password of an unknown user is verified against, so that it costs the same.
    dummy_hash: Arc<str>,
}

/// What a verification came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    pub matches: bool,
    /// The hash was made with other parameters than today's.
    pub outdated: bool,
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Passwords")
            .field("params", self.hasher.params())
            .field("free", &self.permits.available_permits())
            .finish_non_exhaustive()
    }
}

impl Passwords {
    pub fn new(settings: Argon2Settings, random: SharedRandomness) -> Result<Self, Error> {
        let params = Params::new(settings.memory_kib, settings.iterations, settings.parallelism, None)
            .map_err(|error| Error::Internal(format!("Argon2 parameters: {error}")))?;
        let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let dummy_hash = hash_with(&hasher, b"nobody's password", &random::bytes(&*random)?)?.into();
        Ok(Self {
            hasher: Arc::new(hasher),
            permits: Arc::new(Semaphore::new(cores)),
            random,
            dummy_hash,
        })
    }

    /// The PHC string of a new hash with a fresh salt.
    pub async fn hash(&self, password: &NewPassword) -> Result<String, Error> {
        let salt = random::bytes::<16>(&*self.random)?;
        let password = password.clone();
        let hasher = Arc::clone(&self.hasher);
        self.off_the_async_threads(move || hash_with(&hasher, password.expose().as_bytes(), &salt))
            .await?
    }

    /// Compares `password` with `hash`. Without a hash (an unknown user) it does the same work
    /// and says no.
    pub async fn verify(&self, password: &NewPassword, hash: Option<&str>) -> Result<Verified, Error> {
        let known = hash.is_some();
        let hash: Arc<str> = hash.map_or_else(|| Arc::clone(&self.dummy_hash), Arc::from);
        let password = password.clone();
        let hasher = Arc::clone(&self.hasher);
        let verified = self
            .off_the_async_threads(move || verify_with(&hasher, password.expose().as_bytes(), &hash))
            .await??;
        Ok(Verified {
            matches: verified.matches && known,
            ..verified
        })
    }

    /// Runs what takes a core for a while when it is its turn.
    pub async fn off_the_async_threads<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let busy = Error::Busy {
            retry_after: RETRY_AFTER,
        };
        let permits = Arc::clone(&self.permits);
        let Ok(Ok(permit)) = tokio::time::timeout(MAX_WAIT, permits.acquire_owned()).await else {
            return Err(busy);
        };
        // The permit goes along: a client that hangs up does not free the core it still uses.
        tokio::task::spawn_blocking(move || {
            let out = work();
            drop(permit);
            out
        })
        .await
        .map_err(|error| Error::Internal(format!("hashing: {error}")))
    }
}

fn hash_with(hasher: &Argon2, password: &[u8], salt: &[u8; 16]) -> Result<String, Error> {
    hasher
        .hash_password_with_salt(password, salt)
        .map(|hash| hash.to_string())
        .map_err(|error| Error::Internal(format!("hashing: {error}")))
}

fn verify_with(hasher: &Argon2, password: &[u8], hash: &str) -> Result<Verified, Error> {
    let parsed = PasswordHash::new(hash)
        .map_err(|error| Error::Internal(format!("a stored password hash cannot be read: {error}")))?;
    let matches = match hasher.verify_password(password, &parsed) {
        Ok(()) => true,
        Err(argon2::password_hash::Error::PasswordInvalid) => false,
        Err(error) => return Err(Error::Internal(format!("verifying: {error}"))),
    };
    let params = Params::try_from(&parsed).ok();
    let same = params.is_some_and(|stored| {
        let today = hasher.params();
        (stored.m_cost(), stored.t_cost(), stored.p_cost()) == (today.m_cost(), today.t_cost(), today.p_cost())
    });
    let argon2id = parsed.algorithm.as_str() == Algorithm::Argon2id.as_str();
    Ok(Verified {
        matches,
        outdated: !(same && argon2id),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::input::PasswordPolicy, server::random::OsRandomness};

    fn passwords(iterations: u32) -> Passwords {
        let settings = Argon2Settings {
            memory_kib: 64,
            iterations,
            parallelism: 1,
        };
        Passwords::new(settings, Arc::new(OsRandomness)).unwrap()
    }

    fn password(text: &str) -> NewPassword {
        PasswordPolicy::normalize(text).unwrap()
    }

    #[tokio::test]
    async fn verifies_the_right_password_only() {
        let passwords = passwords(1);
        let hash = passwords.hash(&password("Quartz-71!")).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{hash}");
        let right = passwords.verify(&password("Quartz-71!"), Some(&hash)).await.unwrap();
        assert_eq!(
            right,
            Verified {
                matches: true,
                outdated: false
            }
        );
        let wrong = passwords.verify(&password("quartz-71!"), Some(&hash)).await.unwrap();
        assert!(!wrong.matches);
    }

    #[tokio::test]
    async fn salts_differ() {
        let passwords = passwords(1);
        let one = passwords.hash(&password("Quartz-71!")).await.unwrap();
        assert_ne!(one, passwords.hash(&password("Quartz-71!")).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_has_the_dummy_password() {
        let verified = passwords(1).verify(&password("nobody's password"), None).await.unwrap();
        assert!(!verified.matches);
    }

    #[tokio::test]
    async fn other_parameters_are_outdated() {
        let hash = passwords(1).hash(&password("Quartz-71!")).await.unwrap();
        let verified = passwords(2).verify(&password("Quartz-71!"), Some(&hash)).await.unwrap();
        assert_eq!(
            verified,
            Verified {
                matches: true,
                outdated: true
            }
        );
    }

    #[tokio::test]
    async fn who_would_wait_too_long_is_turned_away() {
        tokio::time::pause();
        let passwords = passwords(1);
        let all = u32::try_from(passwords.permits.available_permits()).unwrap();
        let _held = passwords.permits.acquire_many(all).await.unwrap();
        let shed = passwords.hash(&password("Quartz-71!")).await.unwrap_err();
        assert!(matches!(shed, Error::Busy { .. }));
    }
}
