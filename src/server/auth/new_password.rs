//! The one place where a new password is judged, for who signs up as for who changes theirs.

use crate::{
    model::{
        FieldError,
        input::{Email, Name, NewPassword, PasswordPolicy, PasswordStrength, UserId},
        text,
    },
    server::{
        auth::{
            Auth,
            blocklist::{Opinion, Refusal},
        },
        error::Error,
    },
};

/// A password that somebody chooses, as typed.
#[derive(Clone, Copy)]
pub struct Choice<'a> {
    /// The field's name in the request; the second one is `{field}_confirm`.
    pub field: &'a str,
    pub password: &'a str,
    pub confirm: &'a str,
}

/// Who chooses it, as far as that is known: the faulty parts of a sign-up are not.
#[derive(Clone, Default)]
pub struct Owner {
    pub user_id: Option<UserId>,
    pub email: Option<Email>,
    pub name: Option<Name>,
}

impl Owner {
    /// Leaves out what is no valid id, address or name.
    #[must_use]
    pub fn parse(user_id: &str, email: &str, name: &str) -> Self {
        Self {
            user_id: UserId::parse(user_id).ok(),
            email: Email::parse(email).ok(),
            name: Name::parse(name).ok(),
        }
    }
}

/// What speaks against a new password.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PasswordFaults {
    /// It is missing, unequal to the second one, or has characters that no password has.
    pub malformed: Vec<FieldError>,
    /// Each rule of the policy that it breaks; the blocklist is one.
    pub policy: Vec<FieldError>,
}

impl PasswordFaults {
    fn is_empty(&self) -> bool {
        self.malformed.is_empty() && self.policy.is_empty()
    }
}

/// Why there is no new password.
#[derive(Debug)]
pub enum Refused {
    Faulty(PasswordFaults),
    /// It could not be judged: no time, or a fault of our own.
    Unjudged(Error),
}

/// For a request with nothing else in it that could be at fault.
impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Faulty(PasswordFaults { malformed, policy }) if malformed.is_empty() => {
                Self::PasswordPolicy(policy)
            }
            Refused::Faulty(PasswordFaults { mut malformed, policy }) => {
                malformed.extend(policy);
                Self::InvalidInput(malformed)
            }
            Refused::Unjudged(error) => error,
        }
    }
}

impl Auth {
    /// Judges a password that `owner` chooses by its form, the policy and the blocklist.
    ///
    /// # Errors
    /// Everything that speaks against it, at once.
    pub async fn check_new_password(&self, choice: Choice<'_>, owner: &Owner) -> Result<NewPassword, Refused> {
        let (password, faults) = check_form(choice, &self.config.password_policy);
        let refusal = match &password {
            Some(password) => {
                let opinion = self.passwords.judge(password, owner).await;
                opinion.map_err(Refused::Unjudged)?.refusal
            }
            None => None,
        };
        conclude(choice, password, faults, refusal).map_err(Refused::Faulty)
    }

    /// How good a password is while `owner` types it.
    ///
    /// # Errors
    /// [`Error::Busy`] when others are asked for at the moment.
    pub async fn password_strength(&self, typed: &str, owner: &Owner) -> Result<PasswordStrength, Error> {
        let rules = self.config.password_policy.progress(typed);
        let opinion = match PasswordPolicy::normalize(typed) {
            Some(password) if !typed.is_empty() => self.passwords.measure(&password, owner).await?,
            _ => Opinion {
                score: 0,
                refusal: None,
            },
        };
        Ok(PasswordStrength {
            score: opinion.score,
            rules,
            refusal: opinion.refusal.map(|refusal| refusal.message().to_owned()),
        })
    }

    /// A password that `owner` could take.
    ///
    /// # Errors
    /// [`Error::Busy`] as above, [`Error::Internal`] for want of randomness.
    pub async fn generate_password(&self, owner: &Owner) -> Result<String, Error> {
        self.passwords.generate(&self.config.password_policy, owner).await
    }
}

/// What can be said without comparing: the password, when it is long enough and of every class.
fn check_form(choice: Choice, policy: &PasswordPolicy) -> (Option<NewPassword>, PasswordFaults) {
    let mut faults = PasswordFaults::default();
    let mut password = None;
    if choice.password.chars().any(char::is_control) {
        let fault = FieldError::new(choice.field, text::auth::password_characters());
        faults.malformed.push(fault);
    } else if choice.password.is_empty() {
        let fault = FieldError::new(choice.field, text::auth::password_missing());
        faults.malformed.push(fault);
    } else {
        match policy.check(choice.password) {
            Ok(fine) => password = Some(fine),
            Err(broken) => faults
                .policy
                .extend(broken.into_iter().map(|message| FieldError::new(choice.field, message))),
        }
    }
    if !are_equal(choice.password, choice.confirm) {
        let field = format!("{}_confirm", choice.field);
        faults
            .malformed
            .push(FieldError::new(&field, text::auth::password_confirm_mismatch()));
    }
    (password, faults)
}

/// However each was composed.
fn are_equal(one: &str, other: &str) -> bool {
    let normal = |typed| PasswordPolicy::normalize(typed).map(|password| password.expose().to_owned());
    one == other || normal(one).is_some_and(|one| normal(other) == Some(one))
}

fn conclude(
    choice: Choice,
    password: Option<NewPassword>,
    mut faults: PasswordFaults,
    refusal: Option<Refusal>,
) -> Result<NewPassword, PasswordFaults> {
    faults
        .policy
        .extend(refusal.map(|refusal| FieldError::new(choice.field, refusal.message())));
    match password {
        Some(password) if faults.is_empty() => Ok(password),
        _ => Err(faults),
    }
}

/// All of it at once, for tests.
#[cfg(test)]
pub(super) fn judge(choice: Choice, owner: &Owner, policy: &PasswordPolicy) -> Result<NewPassword, PasswordFaults> {
    let (password, faults) = check_form(choice, policy);
    let refusal = password
        .as_ref()
        .and_then(|password| super::blocklist::opinion(password, owner).refusal);
    conclude(choice, password, faults, refusal)
}
