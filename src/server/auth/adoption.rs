//! Users of the original application become users of this one: with their passwords, which are
//! hashed anew when they sign in, and without their sessions.

use std::collections::HashSet;

use time::{OffsetDateTime, PrimitiveDateTime, format_description::BorrowedFormatItem, macros::format_description};

use super::{Auth, stored_hash::StoredHash};
use crate::{
    model::input::{Email, Name, UserId},
    server::{
        error::Error,
        store::{
            original::OriginalUser,
            users::{self, AdoptedUser, Taken},
        },
    },
};

/// What became of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Adoption {
    /// Made, or, when only tried, one that would be.
    Made,
    /// Came over before; what they changed here since stays.
    There,
    /// Cannot be taken over, and why.
    Refused(String),
}

/// Who would be there by now, had what was only tried been done.
#[derive(Debug, Default)]
pub struct Trial {
    user_ids: HashSet<String>,
    emails: HashSet<String>,
}

const ID_TAKEN: &str = "the id belongs to another account here";
const EMAIL_TAKEN: &str = "the address belongs to another account here";

impl Auth {
    /// Takes a user of the original over, unless they are there. In a trial nothing is written.
    pub async fn adopt(&self, original: &OriginalUser, trial: Option<&mut Trial>) -> Result<Adoption, Error> {
        let user = match parse(original, self.clock.now()) {
            Ok(user) => user,
            Err(reason) => return Ok(Adoption::Refused(reason)),
        };
        let (user_id_key, email_key) = (user.user_id.key(), user.email.key());
        if let Some(there) = users::find_by_key(&self.db, &user_id_key).await? {
            let is_same = there.email.to_lowercase() == email_key;
            return Ok(if is_same {
                Adoption::There
            } else {
                Adoption::Refused(ID_TAKEN.to_owned())
            });
        }
        if let Some(Taken::Email) = users::taken(&self.db, &user_id_key, &email_key).await? {
            return Ok(Adoption::Refused(EMAIL_TAKEN.to_owned()));
        }
        if let Some(trial) = trial {
            return Ok(if !trial.user_ids.insert(user_id_key) {
                Adoption::Refused(ID_TAKEN.to_owned())
            } else if !trial.emails.insert(email_key) {
                Adoption::Refused(EMAIL_TAKEN.to_owned())
            } else {
                Adoption::Made
            });
        }
        let row = AdoptedUser {
            user_id: user.user_id.as_str(),
            user_id_key: &user_id_key,
            email: user.email.as_str(),
            email_key: &email_key,
            name: user.name.as_str(),
            password_hash: &user.password_hash.into(),
            is_active: user.is_active,
            is_verified: user.is_verified,
            created_at: user.created_at.into(),
            last_login_at: user.last_login_at.map(Into::into),
            now: self.clock.now().into(),
        };
        if users::adopt(&self.db, &row).await? {
            Ok(Adoption::Made)
        } else {
            Ok(Adoption::Refused(
                "somebody took the id or the address at this moment".to_owned(),
            ))
        }
    }
}

/// What a user of the original comes to by today's rules.
struct Parsed {
    user_id: UserId,
    email: Email,
    name: Name,
    password_hash: String,
    is_active: bool,
    is_verified: bool,
    created_at: OffsetDateTime,
    last_login_at: Option<OffsetDateTime>,
}

fn parse(original: &OriginalUser, now: OffsetDateTime) -> Result<Parsed, String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let field = |name: &str, message: &str| format!("{name}: {message}");
    let password_hash = text(&original.password_hash).trim().to_owned();
    // Never the hash itself.
    StoredHash::read(&password_hash).map_err(|_| field("password_hash", "no bcrypt or Argon2 hash"))?;
    Ok(Parsed {
        user_id: UserId::parse(&text(&original.user_id)).map_err(|message| field("user_id", message))?,
        email: Email::parse(&text(&original.email)).map_err(|message| field("email", message))?,
        name: Name::parse(&text(&original.name)).map_err(|message| field("name", message))?,
        password_hash,
        is_active: switch(original.is_active.as_deref()).ok_or_else(|| field("is_active", "neither yes nor no"))?,
        is_verified: switch(original.is_verified.as_deref())
            .ok_or_else(|| field("is_verified", "neither yes nor no"))?,
        created_at: instant(original.created_at.as_deref())
            .map_err(|()| field("created_at", "no time"))?
            .unwrap_or(now),
        last_login_at: instant(original.last_login_at.as_deref()).map_err(|()| field("last_login_at", "no time"))?,
    })
}

/// As SQLite and PostgreSQL write it. What was left open was no to the original, too.
fn switch(value: Option<&str>) -> Option<bool> {
    match value {
        Some("1" | "true" | "t") => Some(true),
        None | Some("0" | "false" | "f") => Some(false),
        Some(_) => None,
    }
}

const WHOLE: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]");
const WITH_FRACTION: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond]");

/// The original wrote UTC, with or without saying so.
fn instant(value: Option<&str>) -> Result<Option<OffsetDateTime>, ()> {
    let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let zoneless = ["Z", "+00:00", "+00"]
        .iter()
        .find_map(|zone| value.strip_suffix(zone))
        .unwrap_or(value)
        .replacen(' ', "T", 1);
    let parsed =
        PrimitiveDateTime::parse(&zoneless, WITH_FRACTION).or_else(|_| PrimitiveDateTime::parse(&zoneless, WHOLE));
    parsed.map(|time| Some(time.assume_utc())).map_err(drop)
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn times_are_read_as_both_engines_write_them() {
        for (text, read) in [
            (
                "2024-01-05 12:34:56.789012",
                Some(datetime!(2024-01-05 12:34:56.789012 UTC)),
            ),
            ("2024-01-05 12:34:56", Some(datetime!(2024-01-05 12:34:56 UTC))),
            ("2024-01-05 12:34:56.5+00", Some(datetime!(2024-01-05 12:34:56.5 UTC))),
            ("2024-01-05T12:34:56Z", Some(datetime!(2024-01-05 12:34:56 UTC))),
            ("  ", None),
        ] {
            assert_eq!(instant(Some(text)), Ok(read), "{text}");
        }
        assert_eq!(instant(None), Ok(None));
        for bad in [
            "yesterday",
            "2024-01-05",
            "2024-13-05 00:00:00",
            "2024-01-05 12:34:56+09",
        ] {
            assert_eq!(instant(Some(bad)), Err(()), "{bad}");
        }
    }
}
