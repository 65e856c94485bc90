use email_address::{EmailAddress, Options};

use crate::model::text;

/// An email address, at most 100 characters, compared without regard to case.
#[derive(Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    pub const MAX: usize = 100;

    /// Takes what was typed, less the space around it.
    ///
    /// # Errors
    /// The message for the field.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let address = typed.trim();
        if address.is_empty() {
            return Err(text::auth::email_missing());
        }
        if address.chars().count() > Self::MAX {
            return Err(text::auth::email_too_long());
        }
        if address.chars().any(super::is_deceptive) {
            return Err(text::auth::email_form());
        }
        let options = Options::default()
            .with_required_tld()
            .without_display_text()
            .without_domain_literal();
        EmailAddress::parse_with_options(address, options)
            .map(|_| Self(address.to_owned()))
            .map_err(|_| text::auth::email_form())
    }

    /// As typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What uniqueness and look-up go by.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }

    /// The part before the `@`.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or(&self.0, |(local, _)| local)
    }
}

/// Addresses do not belong in logs: only the domain is shown.
impl std::fmt::Debug for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let domain = self.0.rsplit_once('@').map_or("", |(_, domain)| domain);
        write!(f, "Email(***@{domain})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_addresses_and_nothing_else() {
        for good in ["a@b.kr", " hong.gildong+krx@example.co.kr ", "o'neil@example.com"] {
            assert!(Email::parse(good).is_ok(), "{good:?}");
        }
        let long = format!("{}@example.com", "a".repeat(100));
        for bad in [
            "",
            "hong",
            "hong@",
            "@example.com",
            "a b@example.com",
            "a@b@c.kr",
            "a@localhost",
            "Hong <a@b.kr>",
            "a@[127.0.0.1]",
            "a@b.kr\0",
            &long,
        ] {
            assert!(Email::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_hundred_characters_are_the_most() {
        let of = |length: usize| {
            let domain = format!("{}.{}.kr", "b".repeat(30), "c".repeat(30));
            format!("{}@{domain}", "a".repeat(length - 1 - domain.len()))
        };
        assert!(Email::parse(&of(100)).is_ok());
        assert!(matches!(Email::parse(&of(101)), Err(fault) if fault == text::auth::email_too_long()));
    }

    #[test]
    fn debug_hides_the_person() {
        let email = Email::parse("hong@example.com").unwrap();
        assert_eq!(format!("{email:?}"), "Email(***@example.com)");
    }
}
