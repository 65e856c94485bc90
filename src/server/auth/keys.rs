//! The secret that tokens are signed with, its predecessors, and the file that keeps it when the
//! operator names none.

use std::{
    io::Write as _,
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest as _, Sha256};

use crate::server::{
    config::Config,
    random::{self, Randomness},
};

/// The key ring: tokens are signed with `current`; those of `previous` keys still verify.
#[derive(Debug, Clone)]
pub struct Keys {
    pub current: SecretString,
    pub previous: Vec<SecretString>,
}

/// Why there is no key to sign with.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error(
        "JWT_SECRET_KEY: is not set; accepted: 32 or more bytes (only beside a SQLite database is one made for you)"
    )]
    NotSet,
    #[error("{path}: the secret key cannot be {action}: {source}")]
    File {
        path: PathBuf,
        action: &'static str,
        source: std::io::Error,
    },
    #[error("{0}: others than the owner may read the secret key; accepted: mode 0600")]
    Exposed(PathBuf),
    #[error("{0}: holds no secret key; accepted: 32 or more bytes of text")]
    Malformed(PathBuf),
    #[error(transparent)]
    NoRandomness(#[from] random::NoRandomness),
}

impl Keys {
    /// The file `secret_key` beside the SQLite file, whether it is there or not.
    #[must_use]
    pub fn file(config: &Config) -> Option<PathBuf> {
        config
            .sqlite_file()
            .map(|database| database.with_file_name("secret_key"))
    }

    /// The keys of the settings; without any, the one in the file `secret_key` beside the SQLite
    /// file, which is made at the first start.
    pub fn load(config: &Config, random: &dyn Randomness) -> Result<Self, KeyError> {
        let current = if let Some(secret) = &config.jwt_secret_key {
            secret.clone()
        } else {
            read_or_make(&Self::file(config).ok_or(KeyError::NotSet)?, random)?
        };
        Ok(Self {
            current,
            previous: config.jwt_previous_secret_keys.clone(),
        })
    }
}

/// A short name for a key that tells nothing about it: the JWT header's `kid`.
pub(super) fn key_id(secret: &SecretString) -> String {
    let digest = Sha256::new_with_prefix(b"secondarymarket key id\0")
        .chain_update(secret.expose_secret())
        .finalize();
    URL_SAFE_NO_PAD.encode(digest.iter().copied().take(9).collect::<Vec<_>>())
}

fn read_or_make(path: &Path, random: &dyn Randomness) -> Result<SecretString, KeyError> {
    let fault = |action| {
        move |source| KeyError::File {
            path: path.to_owned(),
            action,
            source,
        }
    };
    match std::fs::read_to_string(path) {
        Ok(text) => {
            let mode = std::fs::metadata(path).map_err(fault("read"))?.permissions().mode();
            if mode & 0o077 != 0 {
                return Err(KeyError::Exposed(path.to_owned()));
            }
            let secret = text.trim();
            if secret.len() < 32 {
                return Err(KeyError::Malformed(path.to_owned()));
            }
            Ok(SecretString::from(secret.to_owned()))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let secret = URL_SAFE_NO_PAD.encode(random::bytes::<48>(random)?);
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder).map_err(fault("written"))?;
            }
            // Whole or not at all, and of two programs that start at once the second takes the
            // first one's key.
            let draft = path.with_extension(format!("{}.new", std::process::id()));
            let mut file = std::fs::OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(true)
                .mode(0o600)
                .open(&draft)
                .map_err(fault("written"))?;
            file.write_all(secret.as_bytes()).map_err(fault("written"))?;
            file.sync_all().map_err(fault("written"))?;
            let linked = std::fs::hard_link(&draft, path);
            std::fs::remove_file(&draft).map_err(fault("written"))?;
            match linked {
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => read_or_make(path, random),
                Err(error) => Err(fault("written")(error)),
                Ok(()) => Ok(SecretString::from(secret)),
            }
        }
        Err(error) => Err(fault("read")(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::random::OsRandomness;

    #[test]
    fn a_made_key_is_kept_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data/secret_key");
        let first = read_or_make(&path, &OsRandomness).unwrap();
        assert!(first.expose_secret().len() >= 32);
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let second = read_or_make(&path, &OsRandomness).unwrap();
        assert_eq!(first.expose_secret(), second.expose_secret());
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret_key");
        read_or_make(&path, &OsRandomness).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(read_or_make(&path, &OsRandomness), Err(KeyError::Exposed(_))));
    }

    #[test]
    fn a_key_has_32_bytes_at_least() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret_key");
        read_or_make(&path, &OsRandomness).unwrap();
        std::fs::write(&path, "k".repeat(32)).unwrap();
        assert!(read_or_make(&path, &OsRandomness).is_ok());
        std::fs::write(&path, "k".repeat(31)).unwrap();
        assert!(matches!(
            read_or_make(&path, &OsRandomness),
            Err(KeyError::Malformed(_))
        ));
    }

    #[test]
    fn key_ids_differ_and_say_nothing() {
        let [a, b] = ["a", "b"].map(|s| SecretString::from(s.repeat(32)));
        assert_ne!(key_id(&a), key_id(&b));
        assert!(!a.expose_secret().contains(&key_id(&a)));
    }
}
