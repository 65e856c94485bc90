//! Which devices an account knows. A browser that has signed in keeps a random `device` cookie,
//! also after it signed out; the account keeps its hash. It signs nobody in: whoever has it only
//! gets a budget of wrong passwords of its own, so that others cannot lock the owner out.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

use crate::server::random::{self, NoRandomness, Randomness};

/// The value of the cookie.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceToken(String);

impl DeviceToken {
    const BYTES: usize = 32;

    /// # Errors
    /// When the operating system gives no randomness.
    pub fn new(random: &dyn Randomness) -> Result<Self, NoRandomness> {
        Ok(Self(URL_SAFE_NO_PAD.encode(random::bytes::<{ Self::BYTES }>(random)?)))
    }

    /// What a browser sent; `None` when it is nothing of ours.
    #[must_use]
    pub fn parse(sent: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(sent).ok()?;
        (bytes.len() == Self::BYTES).then(|| Self(sent.to_owned()))
    }

    /// For the cookie only.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What the account keeps. The token is random: a plain hash cannot be turned around.
    #[must_use]
    pub fn hash(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(&self.0))
    }
}

impl std::fmt::Debug for DeviceToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DeviceToken(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::random::OsRandomness;

    #[test]
    fn tokens_differ_and_come_back() {
        let [a, b] = [(), ()].map(|()| DeviceToken::new(&OsRandomness).unwrap());
        assert_ne!(a, b);
        assert_ne!(a.hash(), b.hash());
        assert_eq!(DeviceToken::parse(a.expose()), Some(a));
    }

    #[test]
    fn what_is_none_of_ours_is_no_device() {
        let token = DeviceToken::new(&OsRandomness).unwrap();
        for foreign in [
            "",
            "x",
            "' OR 1=1 --",
            &token.expose()[1..],
            &format!("{}=", token.expose()),
        ] {
            assert_eq!(DeviceToken::parse(foreign), None, "{foreign:?}");
        }
        assert!(!format!("{token:?}").contains(token.expose()));
    }
}
