//! Signing up.

use tracing::info;

use crate::{
    model::{
        FieldError, User,
        input::{Email, Name, NewPassword, PasswordPolicy, UserId},
        text,
    },
    server::{
        auth::{
            Auth, Client, consents,
            limits::Limited,
            new_password::{Choice, Owner, PasswordFaults, Refused},
        },
        error::Error,
        store::{
            Timestamp,
            users::{self, NewUser, Taken, UserRow},
        },
    },
};

/// What somebody who signs up typed, from whichever door.
#[derive(Clone, Default)]
pub struct SignUp {
    pub user_id: String,
    pub email: String,
    pub name: String,
    pub password: String,
    pub password_confirm: String,
    pub agree_terms: bool,
    pub agree_privacy: bool,
    pub agree_marketing: bool,
}

/// A sign-up whose every field is valid.
struct ValidSignUp {
    user_id: UserId,
    email: Email,
    name: Name,
    password: NewPassword,
}

impl Auth {
    /// Makes an account.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] with every faulty field, [`Error::PasswordPolicy`] when nothing but
    /// the password is at fault, [`Error::RateLimited`], [`Error::UserIdTaken`],
    /// [`Error::EmailTaken`].
    pub async fn sign_up(&self, input: &SignUp, client: &Client) -> Result<User, Error> {
        let user = self.register(input, Some(client)).await?;
        info!(target: "security", event = "sign_up", user = user.id, "account made");
        Ok(user)
    }

    /// Without a client it is the operator who makes the account: nothing is limited, and nobody
    /// has to consent.
    pub(super) async fn register(&self, input: &SignUp, client: Option<&Client>) -> Result<User, Error> {
        let (owner, faults) = parse_owner(input);
        let password = match self.check_new_password(input.choice(), &owner).await {
            Ok(password) => Ok(password),
            Err(Refused::Faulty(faults)) => Err(faults),
            Err(Refused::Unjudged(error)) => return Err(error),
        };
        let consent = client.and_then(|_| missing_consent(input));
        let valid = validate(owner, faults, password, consent)?;
        if let Some(client) = client {
            self.limits.take(Limited::SignUp, client).await?;
        }
        // Before the hash: an id that is taken should not cost one.
        if let Some(taken) = users::taken(&self.db, &valid.user_id.key(), &valid.email.key()).await? {
            return Err(taken.into());
        }
        let now = self.clock.now();
        let user = NewUser {
            user_id: valid.user_id.as_str(),
            user_id_key: &valid.user_id.key(),
            email: valid.email.as_str(),
            email_key: &valid.email.key(),
            name: valid.name.as_str(),
            password_hash: &self.passwords.hash(&valid.password).await?.into(),
            created_at: now.into(),
        };
        let consents = consents::given(input);
        match users::insert(&self.db, &user, &consents).await? {
            Some(row) => Ok(row.into()),
            // Somebody else took the id or the address while the password was being hashed.
            None => Err(users::taken(&self.db, user.user_id_key, user.email_key)
                .await?
                .unwrap_or(Taken::UserId)
                .into()),
        }
    }

    /// The policy for new passwords, for the help beside the field.
    #[must_use]
    pub fn password_policy(&self) -> &PasswordPolicy {
        &self.config.password_policy
    }
}

impl SignUp {
    fn choice(&self) -> Choice<'_> {
        Choice {
            field: "password",
            password: &self.password,
            confirm: &self.password_confirm,
        }
    }
}

/// Who signs up, and what is wrong with what they say about themselves.
fn parse_owner(input: &SignUp) -> (Owner, Vec<FieldError>) {
    let mut faults = Vec::new();
    let owner = Owner {
        user_id: checked(&mut faults, "user_id", UserId::parse(&input.user_id)),
        email: checked(&mut faults, "email", Email::parse(&input.email)),
        name: checked(&mut faults, "name", Name::parse(&input.name)),
    };
    (owner, faults)
}

fn missing_consent(input: &SignUp) -> Option<FieldError> {
    match (input.agree_terms, input.agree_privacy) {
        (true, true) => None,
        // Both in one, as clients of the REST API agree.
        (false, false) => Some(FieldError::new("agree", text::auth::agree_missing())),
        (false, true) => Some(FieldError::new("agree_terms", text::auth::terms_missing())),
        (true, false) => Some(FieldError::new("agree_privacy", text::auth::privacy_missing())),
    }
}

fn validate(
    owner: Owner,
    mut faults: Vec<FieldError>,
    password: Result<NewPassword, PasswordFaults>,
    consent: Option<FieldError>,
) -> Result<ValidSignUp, Error> {
    let mut policy_faults = Vec::new();
    let password = password
        .map_err(|PasswordFaults { malformed, policy }| {
            faults.extend(malformed);
            policy_faults = policy;
        })
        .ok();
    faults.extend(consent);
    match (owner.user_id, owner.email, owner.name, password) {
        (Some(user_id), Some(email), Some(name), Some(password)) if faults.is_empty() => Ok(ValidSignUp {
            user_id,
            email,
            name,
            password,
        }),
        _ if faults.is_empty() => Err(Error::PasswordPolicy(policy_faults)),
        _ => {
            faults.extend(policy_faults);
            Err(Error::InvalidInput(faults))
        }
    }
}

/// Keeps a parsed value, or notes the fault beside its field.
fn checked<T>(faults: &mut Vec<FieldError>, field: &str, parsed: Result<T, &'static str>) -> Option<T> {
    parsed
        .map_err(|message| faults.push(FieldError::new(field, message)))
        .ok()
}

impl From<Taken> for Error {
    fn from(taken: Taken) -> Self {
        match taken {
            Taken::UserId => Self::UserIdTaken,
            Taken::Email => Self::EmailTaken,
        }
    }
}

impl From<UserRow> for User {
    fn from(row: UserRow) -> Self {
        Self {
            id: row.id,
            user_id: row.user_id,
            email: row.email,
            name: row.name,
            is_active: row.is_active,
            is_verified: row.is_verified,
            created_at: row.created_at.to_rfc3339(),
            last_login_at: row.last_login_at.map(Timestamp::to_rfc3339),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::auth::new_password::judge;

    fn sign_up() -> SignUp {
        SignUp {
            user_id: "hong_gd".into(),
            email: "hong@example.com".into(),
            name: "홍길동".into(),
            password: "Quartz-Zebra-71!".into(),
            password_confirm: "Quartz-Zebra-71!".into(),
            agree_terms: true,
            agree_privacy: true,
            agree_marketing: false,
        }
    }

    fn faulty_fields(input: &SignUp) -> Vec<String> {
        let (owner, faults) = parse_owner(input);
        let password = judge(input.choice(), &owner, &PasswordPolicy::default());
        match validate(owner, faults, password, missing_consent(input)) {
            Err(Error::InvalidInput(faults)) => faults.into_iter().map(|f| f.field).collect(),
            Err(Error::PasswordPolicy(_)) => vec!["policy".to_owned()],
            Err(other) => panic!("{other}"),
            Ok(_) => Vec::new(),
        }
    }

    #[test]
    fn all_faulty_fields_come_at_once() {
        assert_eq!(faulty_fields(&sign_up()), Vec::<String>::new());
        assert_eq!(
            faulty_fields(&SignUp::default()),
            ["user_id", "email", "name", "password", "agree"]
        );
    }

    #[test]
    fn a_weak_password_alone_is_a_matter_of_policy() {
        let weak = SignUp {
            password: "weak".into(),
            password_confirm: "weak".into(),
            ..sign_up()
        };
        assert_eq!(faulty_fields(&weak), ["policy"]);
        let common = SignUp {
            password: "Password1!".into(),
            password_confirm: "Password1!".into(),
            ..sign_up()
        };
        assert_eq!(faulty_fields(&common), ["policy"]);
        let unequal = SignUp {
            password_confirm: "other".into(),
            ..weak
        };
        let mut fields = faulty_fields(&unequal);
        fields.dedup();
        assert_eq!(fields, ["password_confirm", "password"]);
    }

    #[test]
    fn each_required_consent_counts() {
        for (agree_terms, agree_privacy, faulty) in [
            (false, true, "agree_terms"),
            (true, false, "agree_privacy"),
            (false, false, "agree"),
        ] {
            assert_eq!(
                faulty_fields(&SignUp {
                    agree_terms,
                    agree_privacy,
                    ..sign_up()
                }),
                [faulty]
            );
        }
    }
}
