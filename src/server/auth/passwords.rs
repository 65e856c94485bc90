//! Argon2id in a bounded pool: hashing takes a core and its memory, so no more runs at once than
//! there are cores.

use std::{sync::Arc, time::Duration};

use argon2::Params;
use tracing::error;

use crate::{
    model::input::{NewPassword, PasswordPolicy},
    server::{
        auth::{
            Owner,
            blocklist::{self, Opinion},
            generator::generate_strong_password,
            hasher::Hasher,
            pool::Pool,
            stored_hash::{StoredHash, Unreadable},
        },
        config::Argon2Settings,
        error::Error,
        metrics,
        random::{self, SharedRandomness},
    },
};

/// How long a request may wait for its turn at the hash; after that it is shed with 503.
const MAX_WAIT: Duration = Duration::from_secs(3);
/// How long a meter may wait: what it says is about a password that is being typed.
const MAX_WAIT_FOR_METER: Duration = Duration::from_secs(1);

/// Hashes and verifies passwords. Cheap to clone.
#[derive(Clone)]
pub struct Passwords {
    hasher: Arc<Hasher>,
    pool: Pool,
    /// For the meter, which may fail: it must not keep anybody from signing in.
    meter_pool: Pool,
    random: SharedRandomness,
    /// What the password of an unknown user is verified against, so that it costs the same.
    dummy_hash: Arc<str>,
}

/// What a verification came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    pub matches: bool,
    /// The hash was made otherwise than today's are: another algorithm or other parameters.
    pub outdated: bool,
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Passwords")
            .field("params", self.hasher.params())
            .field("pool", &self.pool)
            .finish_non_exhaustive()
    }
}

impl Passwords {
    pub fn new(settings: Argon2Settings, random: SharedRandomness) -> Result<Self, Error> {
        let params = Params::new(settings.memory_kib, settings.iterations, settings.parallelism, None)
            .map_err(|error| Error::Internal(format!("Argon2 parameters: {error}")))?;
        // Of a hasher of its own: a server that nobody signs in to keeps no memory for hashes.
        let dummy_hash = hash_with(
            &Hasher::new(params.clone()),
            b"nobody's password",
            &random::bytes(&*random)?,
        )?
        .into();
        Ok(Self {
            hasher: Arc::new(Hasher::new(params)),
            pool: Pool::of_cores(MAX_WAIT),
            meter_pool: Pool::new(1, MAX_WAIT_FOR_METER),
            random,
            dummy_hash,
        })
    }

    /// The PHC string of a new hash with a fresh salt.
    pub async fn hash(&self, password: &NewPassword) -> Result<String, Error> {
        let salt = random::bytes::<16>(&*self.random)?;
        let password = password.clone();
        let hasher = Arc::clone(&self.hasher);
        self.take_turn(move || hash_with(&hasher, password.expose().as_bytes(), &salt))
            .await?
    }

    /// Compares `password` with `hash`. Without a hash (an unknown user), or with one that cannot
    /// be read, it does the same work and says no.
    pub async fn verify(&self, password: &NewPassword, hash: Option<&str>) -> Result<Verified, Error> {
        let hash: Option<Arc<str>> = hash.map(Arc::from);
        let (password, hasher, dummy) = (password.clone(), Arc::clone(&self.hasher), Arc::clone(&self.dummy_hash));
        self.take_turn(move || {
                match hash.as_deref().map(|hash| verify_with(&hasher, &password, hash)) {
                    Some(Ok(verified)) => return Ok(verified),
                    // The operator has to know: its user cannot sign in until the hash is mended.
                    Some(Err(error)) => {
                        error!(target: "security", event = "password_hash_unreadable", %error, "a stored password hash cannot be read");
                    }
                    None => {}
                }
                let verified = verify_with(&hasher, &password, &dummy)
                    .map_err(|error| Error::Internal(format!("the dummy hash: {error}")))?;
                Ok(Verified {
                    matches: false,
                    ..verified
                })
            })
            .await?
    }

    /// Runs what takes a core when it is its turn.
    async fn take_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let outcome = metrics::during(metrics::PASSWORD_HASH_WAITING, self.pool.run(work)).await;
        if matches!(outcome, Err(Error::Busy { .. })) {
            metrics::count_shed();
        }
        outcome
    }

    /// What the blocklist says of a password that `owner` wants to have.
    pub async fn judge(&self, password: &NewPassword, owner: &Owner) -> Result<Opinion, Error> {
        let (password, owner) = (password.clone(), owner.clone());
        self.take_turn(move || blocklist::opinion(&password, &owner)).await
    }

    /// The same while it is being typed.
    pub async fn measure(&self, password: &NewPassword, owner: &Owner) -> Result<Opinion, Error> {
        let (password, owner) = (password.clone(), owner.clone());
        self.meter_pool.run(move || blocklist::opinion(&password, &owner)).await
    }

    /// A password that `owner` could have under `policy`.
    pub async fn generate(&self, policy: &PasswordPolicy, owner: &Owner) -> Result<String, Error> {
        let (policy, owner, random) = (policy.clone(), owner.clone(), Arc::clone(&self.random));
        self.meter_pool
            .run(move || generate_strong_password(&policy, &owner, &*random))
            .await?
    }
}

fn hash_with(hasher: &Hasher, password: &[u8], salt: &[u8; 16]) -> Result<String, Error> {
    hasher
        .hash(password, salt)
        .map_err(|error| Error::Internal(format!("hashing: {error}")))
}

fn verify_with(hasher: &Hasher, password: &NewPassword, hash: &str) -> Result<Verified, Unreadable> {
    let stored = StoredHash::read(hash)?;
    Ok(Verified {
        matches: stored.matches(hasher, password)?,
        outdated: !stored.is_current(hasher),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::random::OsRandomness;

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

    /// Made by libxcrypt; the last one is a test vector of `crypt_blowfish`.
    const BCRYPT: [(&str, &str); 4] = [
        (
            "Quartz-Zebra-71!",
            "$2b$12$abcdefghijklmnopqrstuu3pFq9rLdPWo/JPrMAkIAhBPY8rmXmJO",
        ),
        (
            "비밀번호Quartz-71!",
            "$2a$05$abcdefghijklmnopqrstuuFfer1jSzwZqM3mQRatZU0Zehk94QXyq",
        ),
        (
            "Quartz-Zebra-71!",
            "$2y$10$CCCCCCCCCCCCCCCCCCCCC.9nGJHcT4sH3jTaO2ey8y6bpCVbjsuMu",
        ),
        ("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
    ];

    async fn verify(password: &str, hash: &str) -> Verified {
        let typed = PasswordPolicy::normalize(password).unwrap();
        passwords(1).verify(&typed, Some(hash)).await.unwrap()
    }

    #[tokio::test]
    async fn bcrypt_hashes_of_the_original_are_verified_and_outdated() {
        for (typed, hash) in BCRYPT {
            let right = Verified {
                matches: true,
                outdated: true,
            };
            assert_eq!(verify(typed, hash).await, right, "{typed} {hash}");
            assert!(!verify(&format!("x{typed}"), hash).await.matches, "{typed} {hash}");
        }
    }

    /// It hashed what it was sent, by whatever system.
    #[tokio::test]
    async fn a_bcrypt_hash_is_of_any_spelling_of_the_password() {
        use unicode_normalization::UnicodeNormalization as _;
        // The second begins with a character for 金 of its own, as Korean keyboards give it.
        for password in ["비밀Quartz-71!", "\u{F90A}Quartz-71!"] {
            let composed: String = password.nfc().collect();
            let decomposed: String = password.nfd().collect();
            for hashed in [password, &composed, &decomposed] {
                let hash = bcrypt::hash_with_salt(hashed, 4, [7; 16]).unwrap().to_string();
                assert!(verify(password, &hash).await.matches);
                assert!(verify(hashed, &hash).await.matches);
            }
            let hash = bcrypt::hash_with_salt(&decomposed, 4, [7; 16]).unwrap().to_string();
            assert!(verify(&composed, &hash).await.matches);
        }
    }

    #[tokio::test]
    async fn bcrypt_looks_at_72_bytes_and_argon2_at_all() {
        let long = "Quartz-Zebra-71!".repeat(6);
        let hash = bcrypt::hash_with_salt(&long, 4, [7; 16]).unwrap().to_string();
        assert!(verify(&long, &hash).await.matches);
        assert!(verify(&format!("{}!", &long[..95]), &hash).await.matches);
        assert!(!verify(&long[..71], &hash).await.matches);
        let hangul = "가나다라마바사아자차카타파하".repeat(3);
        let hash = bcrypt::hash_with_salt(&hangul, 4, [7; 16]).unwrap().to_string();
        assert!(verify(&hangul, &hash).await.matches);
        let hash = passwords(1).hash(&password(&long)).await.unwrap();
        assert!(verify(&long, &hash).await.matches);
        assert!(!verify(&format!("{}!", &long[..94]), &hash).await.matches);
    }

    #[tokio::test]
    async fn a_hash_that_cannot_be_read_lets_nobody_in() {
        let argon2 = passwords(1).hash(&password("Quartz-71!")).await.unwrap();
        let bcrypt = bcrypt::hash_with_salt("Quartz-71!", 4, [7; 16]).unwrap().to_string();
        for unreadable in [
            "",
            "Quartz-71!",
            "$",
            "$2b$",
            "$2b$04$",
            "nobody's password",
            &bcrypt[..59],
            &bcrypt.replacen("$04$", "$99$", 1),
            &bcrypt.replacen("$04$", "$31$", 1),
            &bcrypt.replacen("$04$", "$03$", 1),
            &bcrypt.replacen("$2b$", "$2x$", 1),
            &format!("{bcrypt} "),
            &format!("{}가", &bcrypt[..57]),
            &argon2[..40],
            &argon2.replacen("argon2id", "argon2xx", 1),
            &argon2.replacen("m=64", "m=4294967295", 1),
            &argon2.replacen("t=1", "t=4294967295", 1),
            &argon2.replacen("m=64", "m=0", 1),
            "$argon2id$v=19$m=64,t=1,p=1",
            "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ",
            "$scrypt$ln=15,r=8,p=1$c29tZXNhbHQ$c29tZWhhc2g",
            "$argon2id\0$",
        ] {
            assert!(!verify("Quartz-71!", unreadable).await.matches, "{unreadable:?}");
            assert!(
                StoredHash::read(unreadable).is_err() || unreadable.contains("$03$"),
                "{unreadable:?}"
            );
        }
    }

    #[tokio::test]
    async fn other_kinds_of_argon2_are_outdated() {
        use argon2::{Algorithm, Argon2, PasswordHasher as _, Version};
        for (algorithm, version) in [
            (Algorithm::Argon2i, Version::V0x13),
            (Algorithm::Argon2d, Version::V0x13),
            (Algorithm::Argon2id, Version::V0x10),
        ] {
            let hasher = Argon2::new(algorithm, version, Params::new(64, 1, 1, None).unwrap());
            let hash = hasher
                .hash_password_with_salt(b"Quartz-71!", &[7; 16])
                .unwrap()
                .to_string();
            assert_eq!(
                verify("Quartz-71!", &hash).await,
                Verified {
                    matches: true,
                    outdated: true
                },
                "{hash}"
            );
        }
    }
}
