//! What operators do to accounts, by the command line. A running server follows within a second.

use tracing::info;

use crate::{
    model::{FieldError, User, input::UserId},
    server::{
        auth::{Auth, Owner, SignUp, lockout, new_password::Choice},
        error::Error,
        store::{
            login_failures,
            refresh_tokens::{self, PasswordChange},
            users,
        },
    },
};

/// No session has this row: all of the user's end.
const NO_SESSION: i64 = 0;

/// A new account by the operator.
#[derive(Clone, Default)]
pub struct NewAccount {
    pub user_id: String,
    pub email: String,
    pub name: String,
    /// Without one a strong one is made.
    pub password: Option<String>,
}

impl Auth {
    /// All users, in the order in which they signed up.
    pub async fn accounts(&self) -> Result<Vec<User>, Error> {
        Ok(users::list(&self.db).await?.into_iter().map(User::from).collect())
    }

    /// The user with that id, in any case.
    pub async fn account(&self, user_id: &str) -> Result<Option<User>, Error> {
        let Ok(user_id) = UserId::parse(user_id) else {
            return Ok(None);
        };
        let row = users::find_by_key(&self.db, &user_id.key()).await?;
        Ok(row.map(User::from))
    }

    /// Makes an account in somebody's name, without their consents. Gives the password that was
    /// made, if none was given.
    ///
    /// # Errors
    /// As [`Auth::sign_up`].
    pub async fn create_account(&self, account: NewAccount) -> Result<(User, Option<String>), Error> {
        let owner = Owner::parse(&account.user_id, &account.email, &account.name);
        let made = self.made_unless(account.password.as_deref(), &owner).await?;
        let password = account.password.or_else(|| made.clone()).unwrap_or_default();
        let input = SignUp {
            user_id: account.user_id,
            email: account.email,
            name: account.name,
            password_confirm: password.clone(),
            password,
            ..SignUp::default()
        };
        let user = self.register(&input, None).await?;
        info!(target: "security", event = "account_created", user = user.id, by = "operator", "account made");
        Ok((user, made))
    }

    /// Lets a deactivated user in again.
    pub async fn activate(&self, id: i64) -> Result<(), Error> {
        users::activate(&self.db, id, self.clock.now().into()).await?;
        self.session_cache.forget_user(id);
        info!(target: "security", event = "account_activated", user = id, by = "operator", "account activated");
        Ok(())
    }

    /// Keeps a user out; gives how many devices were signed out.
    pub async fn deactivate(&self, id: i64) -> Result<u64, Error> {
        let ended = users::deactivate(&self.db, id, self.clock.now().into()).await?;
        self.session_cache.forget_user(id);
        info!(target: "security", event = "account_deactivated", user = id, ended, by = "operator", "account deactivated");
        Ok(ended)
    }

    /// Signs all devices of a user out; gives how many there were.
    pub async fn end_all_sessions(&self, id: i64) -> Result<u64, Error> {
        let ended = refresh_tokens::revoke_all(&self.db, id, "operator", self.clock.now().into()).await?;
        self.session_cache.forget_user(id);
        info!(target: "security", event = "sign_out_all", user = id, ended, by = "operator", "all devices signed out");
        Ok(ended)
    }

    /// Gives a user another password, unlocks the account and signs all devices out. Gives the
    /// password that was made, if none was given.
    ///
    /// # Errors
    /// [`Error::PasswordPolicy`], [`Error::InvalidInput`], [`Error::NotFound`] when the user is
    /// gone.
    pub async fn reset_password(&self, id: i64, password: Option<&str>) -> Result<Option<String>, Error> {
        let user = users::find(&self.db, id).await?.ok_or(Error::NotFound)?;
        let owner = Owner::parse(&user.user_id, &user.email, &user.name);
        let made = self.made_unless(password, &owner).await?;
        let password = password.or(made.as_deref()).unwrap_or_default();
        let choice = Choice {
            field: "password",
            password,
            confirm: password,
        };
        let new = self.check_new_password(choice, &owner).await?;
        let change = PasswordChange {
            user_id: id,
            old_hash: &user.password_hash,
            new_hash: &self.passwords.hash(&new).await?.into(),
            kept: NO_SESSION,
            now: self.clock.now().into(),
        };
        let changed = refresh_tokens::change_password(&self.db, &change).await?;
        let ended =
            changed.ok_or_else(|| Error::Internal("the password was changed meanwhile; try again".to_owned()))?;
        login_failures::forget(&self.db, &lockout::account(&user.user_id)).await?;
        self.session_cache.forget_user(id);
        info!(target: "security", event = "password_reset", user = id, ended, by = "operator", "password reset, all devices signed out");
        Ok(made)
    }

    /// Deletes a user with everything that belongs to them.
    pub async fn delete_user(&self, id: i64) -> Result<(), Error> {
        users::delete(&self.db, id).await?;
        self.session_cache.forget_user(id);
        info!(target: "security", event = "account_deleted", user = id, by = "operator", "account deleted");
        Ok(())
    }

    async fn made_unless(&self, given: Option<&str>, owner: &Owner) -> Result<Option<String>, Error> {
        match given {
            Some(_) => Ok(None),
            None => Ok(Some(
                self.passwords.generate(&self.config.password_policy, owner).await?,
            )),
        }
    }
}

/// What is wrong, one fault a line, as a terminal shows it.
#[must_use]
pub fn in_lines(error: &Error) -> String {
    let faults = error.field_errors();
    if faults.is_empty() {
        return error.to_string();
    }
    let line = |FieldError { field, message }: &FieldError| format!("{field}: {message}");
    faults.iter().map(line).collect::<Vec<_>>().join("\n")
}
