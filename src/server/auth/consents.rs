//! What users agree to: at sign-up, anew when a text has changed, and what is optional whenever
//! they like.

use tracing::info;

use crate::{
    model::legal::{Agreed, ConsentKind},
    server::{
        auth::{Auth, Identity, SignUp},
        error::Error,
        store::consents::{self, Consent, ConsentRow},
    },
};

/// Agreeing to the text as it is today.
fn to_today(kind: ConsentKind) -> Consent {
    Consent {
        kind,
        version: kind.version(),
    }
}

/// What somebody who signs up agrees to.
pub(super) fn given(input: &SignUp) -> Vec<Consent> {
    let agrees = |kind: &ConsentKind| match kind {
        ConsentKind::Terms => input.agree_terms,
        ConsentKind::Privacy => input.agree_privacy,
        ConsentKind::Marketing => input.agree_marketing,
    };
    let kinds = ConsentKind::ALL.into_iter().filter(agrees);
    kinds.map(to_today).collect()
}

impl Auth {
    /// All that who asks has agreed to, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn consents(&self, identity: &Identity) -> Result<Vec<Agreed>, Error> {
        let rows = consents::of_user(&self.db, identity.user.id).await?;
        Ok(rows.into_iter().filter_map(agreed).collect())
    }

    /// Agrees to texts in the versions that the user has seen. One that has been replaced meanwhile
    /// is not agreed to: nobody agrees to what they were not shown. Gives whether it was all of them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn agree(&self, identity: &Identity, seen: &[(ConsentKind, &str)]) -> Result<bool, Error> {
        let is_todays = |(kind, version): &&(ConsentKind, &str)| kind.version() == *version;
        let todays: Vec<Consent> = seen.iter().filter(is_todays).map(|(kind, _)| to_today(*kind)).collect();
        consents::add(&self.db, identity.user.id, &todays, self.clock.now().into()).await?;
        for consent in &todays {
            info!(target: "security", event = "consent_given", user = identity.user.id, kind = consent.kind.as_str(), version = consent.version, "consent given");
        }
        Ok(todays.len() == seen.len())
    }

    /// Takes back the consent to news and offers, with every trace of it but a line in the log.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn withdraw_marketing(&self, identity: &Identity) -> Result<(), Error> {
        let kind = ConsentKind::Marketing;
        if consents::withdraw(&self.db, identity.user.id, kind).await? {
            info!(target: "security", event = "consent_withdrawn", user = identity.user.id, kind = kind.as_str(), "consent withdrawn");
        }
        Ok(())
    }
}

fn agreed(row: ConsentRow) -> Option<Agreed> {
    Some(Agreed {
        kind: ConsentKind::parse(&row.kind)?,
        version: row.version,
        agreed_at: row.agreed_at.to_rfc3339(),
    })
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;

    /// Who changes a text changes its version, so that users are asked again. These are the texts
    /// that each version stands for: a test that fails here wants a new version in the document and
    /// a line in its history, and then both here.
    #[test]
    fn no_text_changes_without_its_version() {
        const KNOWN: [(ConsentKind, &str, &str); 3] = [
            (
                ConsentKind::Terms,
                "2026-11-27",
                "186832ccea562ae52fa546915379c54946c207727a0ea5712ba68cc6c4669543",
            ),
            (
                ConsentKind::Privacy,
                "2026-11-28",
                "01e977126d6a2e72ff3f289a416d64674a35f58f523f4253e1d2e414bbb3dead",
            ),
            (
                ConsentKind::Marketing,
                "2026-11-27",
                "d05a311a139f1ad0c225a4ccff3850724d6838b3700298c6163406d4322a9fe3",
            ),
        ];
        let now = ConsentKind::ALL.map(|kind| {
            let mut hash = Sha256::new();
            for text in kind.document().texts() {
                for part in [text.ko, text.en] {
                    hash.update(part);
                    hash.update([0]);
                }
            }
            let digest = hash
                .finalize()
                .iter()
                .fold(String::new(), |digest, byte| format!("{digest}{byte:02x}"));
            (kind, kind.version(), digest)
        });
        let known = KNOWN.map(|(kind, version, digest)| (kind, version, digest.to_owned()));
        assert_eq!(now, known);
    }

    #[test]
    fn only_what_was_ticked_is_agreed_to() {
        let kinds = |input: &SignUp| given(input).iter().map(|consent| consent.kind).collect::<Vec<_>>();
        assert_eq!(kinds(&SignUp::default()), []);
        let required = SignUp {
            agree_terms: true,
            agree_privacy: true,
            ..SignUp::default()
        };
        assert_eq!(kinds(&required), [ConsentKind::Terms, ConsentKind::Privacy]);
        let all = SignUp {
            agree_marketing: true,
            ..required
        };
        assert_eq!(kinds(&all), ConsentKind::ALL);
    }
}
