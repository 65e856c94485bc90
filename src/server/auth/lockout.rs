//! Locking an account after failed sign-ins, without letting anybody lock its owner out.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;

use crate::{
    model::input::UserId,
    server::{
        auth::Auth,
        error::Error,
        store::login_failures::{self, Guard},
    },
};

/// What failures for an id are counted under, whether it exists or not. A hash: now and then
/// people type their password where the id belongs.
pub(super) fn account(typed: &str) -> String {
    let key = UserId::parse(typed).map_or_else(|_| typed.trim().to_lowercase(), |id| id.key());
    let digest = Sha256::new_with_prefix(b"secondarymarket account\0")
        .chain_update(key)
        .finalize();
    URL_SAFE_NO_PAD.encode(digest)
}

impl Auth {
    /// Whose failure it would be: those of a device that the account knows are counted apart.
    pub(super) fn guard<'a>(&self, account: &'a str, known_device: Option<&'a str>, now: OffsetDateTime) -> Guard<'a> {
        Guard {
            account,
            audience: known_device.unwrap_or_default(),
            max: i64::from(self.config.max_login_attempts),
            now: now.into(),
            until: (now + self.config.login_attempt_timeout).into(),
        }
    }

    /// Unlocks an account for everybody. Gives whether there was anything to forget.
    pub async fn unlock(&self, user_id: &UserId) -> Result<bool, Error> {
        Ok(login_failures::forget(&self.db, &account(user_id.as_str())).await?)
    }

    /// When the lock for clients that the account does not know ends, if it is locked.
    pub async fn locked_until(&self, user_id: &UserId) -> Result<Option<OffsetDateTime>, Error> {
        let max = i64::from(self.config.max_login_attempts);
        let until =
            login_failures::locked_until(&self.db, &account(user_id.as_str()), max, self.clock.now().into()).await?;
        Ok(until.map(Into::into))
    }
}

#[cfg(test)]
mod tests {
    use super::account;

    #[test]
    fn an_id_is_one_account_however_it_is_typed() {
        assert_eq!(account("hong_gd"), account(" HONG_gd "));
        assert_ne!(account("hong_gd"), account("hong_gd1"));
        assert_eq!(account("not an id!"), account("NOT an id! "));
        assert!(!account("hong_gd").contains("hong"));
    }
}
