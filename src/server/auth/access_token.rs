//! Access tokens: short-lived JWTs, HS256 only, with nothing about the person in them.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use time::Duration;

use crate::server::{
    auth::keys::{Keys, key_id},
    clock::SharedClock,
    error::Error,
    random::{self, SharedRandomness},
};

const TYPE: &str = "at+jwt";
const ISSUER: &str = "secondarymarket";
const AUDIENCE: &str = "secondarymarket";
/// How far the clocks of two nodes may differ, in seconds.
const LEEWAY: i64 = 5;
/// No token of ours is longer; others are refused before they are decoded.
const MAX_LENGTH: usize = 2_048;

/// What an access token says, and nothing else. No email, no name: `/api/auth/me` has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    pub iss: String,
    pub aud: String,
    /// The user id that the user signs in with.
    pub sub: String,
    pub user_db_id: i64,
    /// The device's row in `refresh_tokens`.
    pub sid: i64,
    pub jti: String,
    pub iat: i64,
    pub nbf: i64,
    pub exp: i64,
    #[serde(rename = "type")]
    pub kind: TokenType,
}

/// Keeps tokens for one use from being taken for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TokenType {
    Access,
}

/// Issues and verifies access tokens.
#[derive(Debug)]
pub struct AccessTokens {
    signing: EncodingKey,
    header: Header,
    /// The current key first, each with the only header that its tokens have.
    verifying: Vec<(Header, DecodingKey)>,
    validation: Validation,
    lifetime: Duration,
    clock: SharedClock,
    random: SharedRandomness,
}

impl AccessTokens {
    #[must_use]
    pub fn new(keys: &Keys, lifetime: Duration, clock: SharedClock, random: SharedRandomness) -> Self {
        let header = |secret: &SecretString| Header {
            typ: Some(TYPE.to_owned()),
            kid: Some(key_id(secret)),
            ..Header::new(Algorithm::HS256)
        };
        let verifying = |secret: &SecretString| {
            let key = DecodingKey::from_secret(secret.expose_secret().as_bytes());
            (header(secret), key)
        };

        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        // All claims are required by `Claims`. Times are checked below, by our own clock.
        validation.set_required_spec_claims(&["iss", "aud", "sub"]);
        validation.validate_exp = false;
        validation.validate_nbf = false;

        Self {
            signing: EncodingKey::from_secret(keys.current.expose_secret().as_bytes()),
            header: header(&keys.current),
            verifying: std::iter::once(&keys.current)
                .chain(&keys.previous)
                .map(verifying)
                .collect(),
            validation,
            lifetime,
            clock,
            random,
        }
    }

    /// Seconds from issue to expiry.
    #[must_use]
    pub fn lifetime(&self) -> i64 {
        self.lifetime.whole_seconds()
    }

    /// A new token for the device `sid` of a user.
    pub fn issue(&self, user_id: &str, user_db_id: i64, sid: i64) -> Result<String, Error> {
        let now = self.clock.now().unix_timestamp();
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: user_id.to_owned(),
            user_db_id,
            sid,
            jti: uuid::Builder::from_random_bytes(random::bytes(&*self.random)?)
                .into_uuid()
                .to_string(),
            iat: now,
            nbf: now,
            exp: now + self.lifetime(),
            kind: TokenType::Access,
        };
        jsonwebtoken::encode(&self.header, &claims, &self.signing)
            .map_err(|error| Error::Internal(format!("an access token cannot be signed: {error}")))
    }

    /// The claims of a token that is ours, meant for access and within its time.
    ///
    /// # Errors
    /// [`Error::ExpiredToken`] when only its time is over, else [`Error::InvalidToken`].
    pub fn verify(&self, token: &str) -> Result<Claims, Error> {
        if token.len() > MAX_LENGTH {
            return Err(Error::InvalidToken);
        }
        let header = jsonwebtoken::decode_header(token).map_err(|_| Error::InvalidToken)?;
        // Ours have these members and no other: nothing in a header decides about anything.
        let (_, key) = self
            .verifying
            .iter()
            .find(|(ours, _)| *ours == header)
            .ok_or(Error::InvalidToken)?;
        let claims = jsonwebtoken::decode::<Claims>(token, key, &self.validation)
            .map_err(|_| Error::InvalidToken)?
            .claims;
        let now = self.clock.now().unix_timestamp();
        if claims.nbf.saturating_sub(LEEWAY) > now || claims.iat.saturating_sub(LEEWAY) > now {
            return Err(Error::InvalidToken);
        }
        // Also after the operator shortened the lifetime.
        if claims.exp.saturating_sub(claims.iat) > self.lifetime() {
            return Err(Error::InvalidToken);
        }
        if claims.exp <= now {
            return Err(Error::ExpiredToken);
        }
        Ok(claims)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::server::{clock::ManualClock, random::OsRandomness};
    use time::macros::datetime;

    fn keys(current: char, previous: &str) -> Keys {
        let secret = |c: char| SecretString::from(c.to_string().repeat(32));
        Keys {
            current: secret(current),
            previous: previous.chars().map(secret).collect(),
        }
    }

    fn tokens(keys: &Keys) -> (AccessTokens, Arc<ManualClock>) {
        let clock = Arc::new(ManualClock::new(datetime!(2026-03-20 09:00 UTC)));
        let shared: SharedClock = clock.clone();
        let tokens = AccessTokens::new(keys, Duration::minutes(15), shared, Arc::new(OsRandomness));
        (tokens, clock)
    }

    /// Also proves that the JWT library has exactly one crypto backend: without, this panics.
    #[test]
    fn signs_and_verifies() {
        let (tokens, _) = tokens(&keys('a', ""));
        let token = tokens.issue("hong_gd", 7, 42).unwrap();
        let claims = tokens.verify(&token).unwrap();
        assert_eq!((claims.sub.as_str(), claims.user_db_id, claims.sid), ("hong_gd", 7, 42));
    }

    #[test]
    fn ends_when_its_time_is_over() {
        let (tokens, clock) = tokens(&keys('a', ""));
        let token = tokens.issue("hong_gd", 7, 42).unwrap();
        clock.advance(Duration::seconds(899));
        assert!(tokens.verify(&token).is_ok());
        clock.advance(Duration::seconds(1));
        assert!(matches!(tokens.verify(&token), Err(Error::ExpiredToken)));
        clock.advance(Duration::hours(-1));
        assert!(matches!(tokens.verify(&token), Err(Error::InvalidToken)));
    }

    /// The clocks of two nodes may differ by five seconds.
    #[test]
    fn a_node_whose_clock_is_a_little_behind_accepts_it() {
        let (tokens, clock) = tokens(&keys('a', ""));
        let token = tokens.issue("hong_gd", 7, 42).unwrap();
        clock.advance(Duration::seconds(-LEEWAY));
        assert!(tokens.verify(&token).is_ok());
        clock.advance(Duration::seconds(-1));
        assert!(matches!(tokens.verify(&token), Err(Error::InvalidToken)));
    }

    #[test]
    fn a_previous_key_still_verifies_and_a_foreign_one_does_not() {
        let (old, _) = tokens(&keys('a', ""));
        let token = old.issue("hong_gd", 7, 42).unwrap();
        assert!(tokens(&keys('b', "a")).0.verify(&token).is_ok());
        assert!(matches!(
            tokens(&keys('b', "")).0.verify(&token),
            Err(Error::InvalidToken)
        ));
    }

    #[test]
    fn two_tokens_of_one_second_differ() {
        let (tokens, _) = tokens(&keys('a', ""));
        assert_ne!(
            tokens.issue("hong_gd", 7, 42).unwrap(),
            tokens.issue("hong_gd", 7, 42).unwrap()
        );
    }

    /// Signs any header and claims with the right key, as an attacker with an oracle could.
    fn forge(keys: &Keys, edit: impl Fn(&mut Header, &mut serde_json::Value)) -> String {
        let now = datetime!(2026-03-20 09:00 UTC).unix_timestamp();
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(key_id(&keys.current));
        let mut claims = serde_json::json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": "hong_gd", "user_db_id": 7, "sid": 42,
            "jti": "x", "iat": now, "nbf": now, "exp": now + 900, "type": "access",
        });
        edit(&mut header, &mut claims);
        let key = EncodingKey::from_secret(keys.current.expose_secret().as_bytes());
        jsonwebtoken::encode(&header, &claims, &key).unwrap()
    }

    #[test]
    fn each_claim_and_header_counts() {
        let keys = keys('a', "");
        let (tokens, _) = tokens(&keys);
        assert!(tokens.verify(&forge(&keys, |_, _| {})).is_ok());
        for claim in [
            "iss",
            "aud",
            "sub",
            "user_db_id",
            "sid",
            "jti",
            "iat",
            "nbf",
            "exp",
            "type",
        ] {
            let without = forge(&keys, |_, claims| {
                claims.as_object_mut().unwrap().remove(claim);
            });
            assert!(
                matches!(tokens.verify(&without), Err(Error::InvalidToken)),
                "{claim} missing"
            );
            let wrong = forge(&keys, |_, claims| claims[claim] = serde_json::json!({"x": 1}));
            assert!(
                matches!(tokens.verify(&wrong), Err(Error::InvalidToken)),
                "{claim} wrong"
            );
        }
        for (what, token) in [
            ("typ", forge(&keys, |header, _| header.typ = Some("JWT".to_owned()))),
            ("no typ", forge(&keys, |header, _| header.typ = None)),
            ("kid", forge(&keys, |header, _| header.kid = Some("other".to_owned()))),
            ("no kid", forge(&keys, |header, _| header.kid = None)),
            ("refresh", forge(&keys, |_, claims| claims["type"] = "refresh".into())),
            (
                "future",
                forge(&keys, |_, claims| claims["nbf"] = 32_503_680_000_i64.into()),
            ),
            ("float", forge(&keys, |_, claims| claims["exp"] = 1e300.into())),
            ("garbage", "a.b.c".to_owned()),
            ("empty", String::new()),
            ("long", "a".repeat(1_000_000)),
        ] {
            assert!(matches!(tokens.verify(&token), Err(Error::InvalidToken)), "{what}");
        }
    }

    #[test]
    fn says_nothing_about_the_person() {
        use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
        let (tokens, _) = tokens(&keys('a', ""));
        let token = tokens.issue("hong_gd", 7, 42).unwrap();
        let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&payload).unwrap();
        let mut names: Vec<_> = claims.as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "aud",
                "exp",
                "iat",
                "iss",
                "jti",
                "nbf",
                "sid",
                "sub",
                "type",
                "user_db_id"
            ]
        );
    }
}
