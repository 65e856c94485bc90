//! Password hashes as they are stored: Argon2 in PHC form, and bcrypt from the original
//! application until its users sign in.

use argon2::{Algorithm, Params, Version, password_hash::phc::PasswordHash};

use crate::{model::input::NewPassword, server::auth::hasher::Hasher};

/// A higher cost than any hash of ours: verifying would take minutes, or all memory. The bounds of
/// the settings, and for bcrypt some seconds.
const MAX_MEMORY_KIB: u32 = 4_194_304;
const MAX_ITERATIONS: u32 = 100;
const MAX_BCRYPT_COST: u32 = 16;

/// Why a stored hash is none. Does not repeat it.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("it is no Argon2 or bcrypt hash")]
    UnknownForm,
    #[error("its parameters are out of bounds")]
    TooCostly,
    #[error("{0}")]
    Argon2(#[from] argon2::password_hash::Error),
    #[error("{0}")]
    Bcrypt(#[from] bcrypt::BcryptError),
}

/// A hash, by the form that it has.
pub enum StoredHash<'a> {
    Argon2 { hash: Box<PasswordHash>, params: Params },
    Bcrypt(&'a str),
}

impl<'a> StoredHash<'a> {
    pub fn read(text: &'a str) -> Result<Self, Unreadable> {
        if ["$2a$", "$2b$", "$2y$"].iter().any(|prefix| text.starts_with(prefix)) {
            let parts: bcrypt::HashParts = text.parse()?;
            if parts.get_cost() > MAX_BCRYPT_COST {
                return Err(Unreadable::TooCostly);
            }
            return Ok(Self::Bcrypt(text));
        }
        let hash = PasswordHash::new(text).map_err(|_| Unreadable::UnknownForm)?;
        Algorithm::try_from(hash.algorithm.as_str()).map_err(|_| Unreadable::UnknownForm)?;
        if hash.salt.is_none() || hash.hash.is_none() {
            return Err(Unreadable::UnknownForm);
        }
        let params = Params::try_from(&hash)?;
        if params.m_cost() > MAX_MEMORY_KIB || params.t_cost() > MAX_ITERATIONS {
            return Err(Unreadable::TooCostly);
        }
        Ok(Self::Argon2 {
            hash: Box::new(hash),
            params,
        })
    }

    /// Whether `password` is the one that was hashed.
    pub fn matches(&self, hasher: &Hasher, password: &NewPassword) -> Result<bool, Unreadable> {
        match self {
            Self::Argon2 { hash, .. } => Ok(hasher.matches(password.expose().as_bytes(), hash)?),
            // The original hashed what it was sent, and bcrypt looks at the first 72 bytes only.
            Self::Bcrypt(hash) => {
                for spelling in password.spellings() {
                    if bcrypt::verify(spelling, hash)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }

    /// Whether it would be made like that today.
    pub fn is_current(&self, hasher: &Hasher) -> bool {
        let Self::Argon2 { hash, params } = self else {
            return false;
        };
        let today = hasher.params();
        hash.algorithm.as_str() == Algorithm::Argon2id.as_str()
            && hash.version == Some(Version::V0x13.into())
            && (params.m_cost(), params.t_cost(), params.p_cost()) == (today.m_cost(), today.t_cost(), today.p_cost())
    }
}
