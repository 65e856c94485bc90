//! Argon2id in memory that is kept from one hash to the next.
//!
//! A hash takes 19 MiB for some milliseconds. Fetched anew each time, they are mapped and cleared for
//! each hash; and as any of many threads may fetch them, the allocator
//! ends up with a piece of that size for each of its heaps: a gigabyte after a flood of sign-ins.

use std::sync::{Mutex, PoisonError};

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::{
        self,
        phc::{Output, ParamsString, PasswordHash, Salt},
    },
};

/// Makes hashes with today's parameters, and reads those of others. As many pieces of memory are kept
/// as were in use at once, which who calls must bound.
pub struct Hasher {
    today: Argon2<'static>,
    memory: Mutex<Vec<Vec<Block>>>,
}

impl std::fmt::Debug for Hasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Hasher").field(self.params()).finish()
    }
}

impl Hasher {
    pub fn new(params: Params) -> Self {
        Self {
            today: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            memory: Mutex::default(),
        }
    }

    pub fn params(&self) -> &Params {
        self.today.params()
    }

    /// The PHC string of a hash with today's parameters.
    pub fn hash(&self, password: &[u8], salt: &[u8]) -> password_hash::Result<String> {
        let hash = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(self.params())?,
            salt: Some(Salt::new(salt)?),
            hash: Some(self.output(&self.today, password, salt)?),
        };
        Ok(hash.to_string())
    }

    /// Whether `password` is what `hash` was made of, with the parameters that it was made with. A
    /// hash that lacks its salt or its output is of no password.
    pub fn matches(&self, password: &[u8], hash: &PasswordHash) -> password_hash::Result<bool> {
        let (Some(salt), Some(expected)) = (&hash.salt, &hash.hash) else {
            return Ok(false);
        };
        let algorithm = Algorithm::try_from(hash.algorithm.as_str())?;
        let version = hash.version.map(Version::try_from).transpose()?.unwrap_or_default();
        let then = Argon2::new(algorithm, version, Params::try_from(hash)?);
        // Outputs compare in constant time.
        Ok(self.output(&then, password, salt)? == *expected)
    }

    fn output(&self, argon2: &Argon2<'_>, password: &[u8], salt: &[u8]) -> password_hash::Result<Output> {
        let length = argon2.params().output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
        let mut buffer = [0; Output::MAX_LENGTH];
        let out = buffer.get_mut(..length).ok_or(password_hash::Error::OutputSize)?;
        let mut blocks = self.pieces().pop().unwrap_or_default();
        blocks.resize(argon2.params().block_count(), Block::new());
        let outcome = argon2.hash_password_into_with_memory(password, salt, out, &mut blocks);
        // What a costlier hash of former times took goes back to the system.
        if blocks.capacity() <= self.params().block_count() {
            self.pieces().push(blocks);
        }
        outcome?;
        Ok(Output::new(out)?)
    }

    fn pieces(&self) -> std::sync::MutexGuard<'_, Vec<Vec<Block>>> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use argon2::{PasswordHasher as _, PasswordVerifier as _};

    use super::*;

    fn hasher(memory_kib: u32) -> Hasher {
        Hasher::new(Params::new(memory_kib, 2, 1, None).unwrap())
    }

    /// What is left in the memory of the hash before has no part in the next one.
    #[test]
    fn hashes_are_those_of_the_crate_however_often_memory_is_used() {
        let hasher = hasher(64);
        for (password, salt) in [("one", [1; 16]), ("two", [2; 16]), ("one", [1; 16])] {
            let expected = hasher
                .today
                .hash_password_with_salt(password.as_bytes(), &salt)
                .unwrap();
            assert_eq!(hasher.hash(password.as_bytes(), &salt).unwrap(), expected.to_string());
        }
        assert_eq!(hasher.pieces().len(), 1);
    }

    #[test]
    fn hashes_of_other_parameters_are_verified_with_theirs() {
        let today = hasher(64);
        for (kib, passes, lanes) in [(64, 2, 1), (32, 1, 1), (256, 3, 1), (64, 1, 4)] {
            for algorithm in [Algorithm::Argon2id, Algorithm::Argon2i, Algorithm::Argon2d] {
                let params = Params::new(kib, passes, lanes, Some(24)).unwrap();
                let then = Argon2::new(algorithm, Version::V0x10, params);
                let hash = then.hash_password_with_salt(b"right", &[3; 16]).unwrap();
                assert!(then.verify_password(b"right", &hash).is_ok());
                assert!(today.matches(b"right", &hash).unwrap(), "{hash}");
                assert!(!today.matches(b"wrong", &hash).unwrap(), "{hash}");
            }
        }
        let kept: Vec<usize> = today.pieces().iter().map(Vec::capacity).collect();
        assert!(kept.iter().all(|blocks| *blocks <= 64), "{kept:?}");
    }

    #[test]
    fn half_a_hash_is_of_no_password() {
        let hasher = hasher(64);
        let mut hash = PasswordHash::new(&hasher.hash(b"right", &[3; 16]).unwrap()).unwrap();
        hash.hash = None;
        assert!(!hasher.matches(b"right", &hash).unwrap());
    }
}
