//! What users do to their own account: another name, another password, the end of it.

use tracing::info;

use crate::{
    model::{
        FieldError,
        input::{Name, NewPassword, PasswordPolicy},
        text,
    },
    server::{
        auth::{
            Auth, Client, Identity,
            limits::Limited,
            lockout,
            new_password::{Choice, Owner, PasswordFaults, Refused},
        },
        error::Error,
        store::{
            login_failures,
            refresh_tokens::{self, PasswordChange},
            users::{self, UserRow},
        },
    },
};

/// What somebody who changes their password typed, from whichever door.
#[derive(Clone, Default)]
pub struct ChangePassword {
    pub current_password: String,
    pub new_password: String,
    pub new_password_confirm: String,
}

const CURRENT: &str = "current_password";
const NEW: &str = "new_password";
/// Under which failures to prove it are counted, beside those of devices.
const OWN_PASSWORD: &str = "own password";

impl Auth {
    /// Gives who asks another name.
    ///
    /// # Errors
    /// [`Error::InvalidInput`].
    pub async fn change_name(&self, identity: &Identity, name: &str) -> Result<(), Error> {
        let name = Name::parse(name).map_err(|message| Error::field("name", message))?;
        users::rename(&self.db, identity.user.id, name.as_str(), self.clock.now().into()).await?;
        self.session_cache.forget_user(identity.user.id);
        Ok(())
    }

    /// Changes the password of who asks and signs their other devices out, in one act. Of several
    /// changes at the same time one counts.
    ///
    /// # Errors
    /// [`Error::InvalidInput`], [`Error::PasswordPolicy`] when nothing but the new password is at
    /// fault, and only then [`Error::WrongCurrentPassword`]: nobody's guess is wasted on a typing
    /// error.
    pub async fn change_password(
        &self,
        identity: &Identity,
        input: &ChangePassword,
        client: &Client,
    ) -> Result<(), Error> {
        let (current, new) = self.check_change(identity, input).await?;
        let user = self.verify_own_password(identity, CURRENT, &current, client).await?;
        let new_hash = self.passwords.hash(&new).await?.into();
        let change = PasswordChange {
            user_id: user.id,
            old_hash: &user.password_hash,
            new_hash: &new_hash,
            kept: identity.session_id,
            now: self.clock.now().into(),
        };
        let Some(ended) = refresh_tokens::change_password(&self.db, &change).await? else {
            return Err(Error::WrongCurrentPassword(CURRENT));
        };
        self.session_cache.forget_user(user.id);
        info!(target: "security", event = "password_changed", user = user.id, session = identity.session_id, ended, ip = %client.ip, "password changed, other devices signed out");
        Ok(())
    }

    /// Deletes the account of who asks with everything that belongs to it.
    ///
    /// # Errors
    /// [`Error::InvalidInput`], [`Error::WrongCurrentPassword`]; both name `field`.
    pub async fn delete_account(
        &self,
        identity: &Identity,
        field: &'static str,
        password: &str,
        client: &Client,
    ) -> Result<(), Error> {
        let password = existing_password(field, password).map_err(|fault| Error::InvalidInput(vec![fault]))?;
        let user = self.verify_own_password(identity, field, &password, client).await?;
        if !users::delete_own(&self.db, user.id, &user.password_hash).await? {
            return Err(Error::WrongCurrentPassword(field));
        }
        self.session_cache.forget_user(user.id);
        info!(target: "security", event = "account_deleted", user = user.id, session = identity.session_id, ip = %client.ip, "account deleted by its user");
        Ok(())
    }

    /// Whether a signed-in user knows their password: the one place where that is asked, and so
    /// where attempts at it are counted. Gives the row that it was compared with.
    ///
    /// # Errors
    /// [`Error::WrongCurrentPassword`], which names `field`, also for the right one after too many
    /// wrong ones; [`Error::RateLimited`].
    async fn verify_own_password(
        &self,
        identity: &Identity,
        field: &'static str,
        password: &NewPassword,
        client: &Client,
    ) -> Result<UserRow, Error> {
        self.limits.take(Limited::Password, client).await?;
        // Not from the identity: that is as old as the request.
        let user = users::find(&self.db, identity.user.id)
            .await?
            .ok_or(Error::InvalidToken)?;
        let hash = Some(user.password_hash.expose());
        let matches = self.passwords.verify(password, hash).await?.matches;
        // Whoever has a stolen session may guess as often as at the front door, and not more.
        let account = lockout::account(&user.user_id);
        let guard = self.guard(&account, Some(OWN_PASSWORD), self.clock.now());
        if !login_failures::judge(&self.db, &guard, matches).await? {
            info!(target: "security", event = "own_password_wrong", user = user.id, session = identity.session_id, ip = %client.ip, "wrong current password");
            return Err(Error::WrongCurrentPassword(field));
        }
        Ok(user)
    }

    /// What can be said of a change without the stored hash: all of it at once.
    async fn check_change(
        &self,
        identity: &Identity,
        input: &ChangePassword,
    ) -> Result<(NewPassword, NewPassword), Error> {
        let current = existing_password(CURRENT, &input.current_password);
        let choice = Choice {
            field: NEW,
            password: &input.new_password,
            confirm: &input.new_password_confirm,
        };
        let user = &identity.user;
        let owner = Owner::parse(&user.user_id, &user.email, &user.name);
        let new = match self.check_new_password(choice, &owner).await {
            Ok(new) => Ok(new),
            Err(Refused::Faulty(faults)) => Err(faults),
            Err(Refused::Unjudged(error)) => return Err(error),
        };
        let mut faults = PasswordFaults::default();
        match (current, new) {
            (Ok(current), Ok(new)) => {
                if current.expose() != new.expose() {
                    return Ok((current, new));
                }
                let unchanged = FieldError::new(NEW, text::account::password_unchanged());
                faults.policy.push(unchanged);
            }
            (Ok(_), Err(new)) => faults = new,
            (Err(current), new) => {
                faults = new.err().unwrap_or_default();
                faults.malformed.insert(0, current);
            }
        }
        Err(Refused::Faulty(faults).into())
    }
}

/// A password as it is compared with a stored hash; what nobody can have costs no hash.
///
/// # Errors
/// The fault of `field`.
pub(super) fn existing_password(field: &str, typed: &str) -> Result<NewPassword, FieldError> {
    if typed.is_empty() {
        return Err(FieldError::new(field, text::auth::password_missing()));
    }
    if typed.chars().any(char::is_control) {
        return Err(FieldError::new(field, text::auth::password_characters()));
    }
    PasswordPolicy::normalize(typed)
        .ok_or_else(|| FieldError::new(field, text::auth::password_too_long(PasswordPolicy::MAX_LENGTH)))
}
