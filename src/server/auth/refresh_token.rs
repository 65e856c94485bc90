//! Refresh tokens: `row id . generation . HMAC`. Nothing secret is stored, because the server can
//! compute the token of any row and generation again.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use crate::server::auth::keys::Keys;

/// Separates this use of the secret from every other.
const KEY_INFO: &[u8] = b"secondarymarket refresh token v1";

/// What a genuine token stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefreshToken {
    /// The row in `refresh_tokens`.
    pub id: i64,
    /// How often that row's token had been rotated when this one was issued.
    pub generation: i64,
}

/// Writes and reads refresh tokens.
pub struct RefreshTokens {
    current: Hmac<Sha256>,
    previous: Vec<Hmac<Sha256>>,
}

impl std::fmt::Debug for RefreshTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RefreshTokens(***)")
    }
}

impl RefreshTokens {
    #[must_use]
    pub fn new(keys: &Keys) -> Self {
        Self {
            current: mac(&keys.current),
            previous: keys.previous.iter().map(mac).collect(),
        }
    }

    /// The token of a row at a generation: always the same.
    #[must_use]
    pub fn encode(&self, token: RefreshToken) -> String {
        let body = format!("{}.{}", token.id, token.generation);
        let tag = self.current.clone().chain_update(&body).finalize();
        format!("{body}.{}", URL_SAFE_NO_PAD.encode(tag.into_bytes()))
    }

    /// What a token stands for; `None` when it is not one of ours.
    #[must_use]
    pub fn decode(&self, token: &str) -> Option<RefreshToken> {
        let (body, tag) = token.rsplit_once('.')?;
        let (id, generation) = body.split_once('.')?;
        let decoded = RefreshToken {
            id: id.parse().ok()?,
            generation: generation.parse().ok()?,
        };
        // One spelling only: no sign, no leading zero.
        if format!("{}.{}", decoded.id, decoded.generation) != body {
            return None;
        }
        let tag = URL_SAFE_NO_PAD.decode(tag).ok()?;
        std::iter::once(&self.current)
            .chain(&self.previous)
            .any(|mac| mac.clone().chain_update(body).verify_slice(&tag).is_ok())
            .then_some(decoded)
    }
}

fn mac(secret: &SecretString) -> Hmac<Sha256> {
    let mut key = [0; 64];
    let derived = Hkdf::<Sha256>::new(None, secret.expose_secret().as_bytes()).expand(KEY_INFO, &mut key);
    debug_assert!(derived.is_ok(), "64 bytes are within what HKDF-SHA256 gives");
    Hmac::new(&key.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tokens(current: &str, previous: &[&str]) -> RefreshTokens {
        let secret = |s: &&str| SecretString::from(s.repeat(32));
        RefreshTokens::new(&Keys {
            current: secret(&current),
            previous: previous.iter().map(secret).collect(),
        })
    }

    #[test]
    fn a_previous_key_still_verifies_and_a_foreign_one_does_not() {
        let token = RefreshToken { id: 7, generation: 3 };
        let text = tokens("a", &[]).encode(token);
        assert_eq!(tokens("b", &["a"]).decode(&text), Some(token));
        assert_eq!(tokens("b", &[]).decode(&text), None);
    }

    #[test]
    fn only_one_spelling_is_accepted() {
        let tokens = tokens("a", &[]);
        let text = tokens.encode(RefreshToken { id: 7, generation: 3 });
        let tag = text.rsplit('.').next().unwrap();
        for other in [
            format!("07.3.{tag}"),
            format!("+7.3.{tag}"),
            format!("7.3.{tag}="),
            format!("7.03.{tag}"),
            format!(" {text}"),
            format!("7.3..{tag}"),
        ] {
            assert_eq!(tokens.decode(&other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn reads_what_it_wrote(id in 1..i64::MAX, generation in 0..i64::MAX) {
            let tokens = tokens("a", &[]);
            let token = RefreshToken { id, generation };
            prop_assert_eq!(tokens.decode(&tokens.encode(token)), Some(token));
        }

        #[test]
        fn a_changed_token_is_refused(id in 1..1_000_000_i64, generation in 0..1_000_i64, at in 0..200_usize, with in proptest::char::any()) {
            let tokens = tokens("a", &[]);
            let text = tokens.encode(RefreshToken { id, generation });
            let mut changed: Vec<char> = text.chars().collect();
            let at = at % changed.len();
            prop_assume!(changed[at] != with);
            changed[at] = with;
            let changed: String = changed.into_iter().collect();
            prop_assert_eq!(tokens.decode(&changed), None);
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            prop_assert_eq!(tokens("a", &[]).decode(&text), None);
        }
    }
}
