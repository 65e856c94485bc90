//! The devices that a user is signed in on, and ending them.

use time::Duration;
use tracing::info;

use crate::{
    model::{
        account::{Session, Theft},
        address, device,
    },
    server::{
        auth::{Auth, Identity},
        error::Error,
        store::refresh_tokens::{self, DeviceRow},
    },
};

/// For how long a user is told of a device that was ended because of a stolen token.
const THEFT_NOTICE: Duration = Duration::days(30);
/// More of them say no more.
const MAX_THEFTS: u32 = 10;

impl Auth {
    /// The devices of who asks: the one that asks first, then by their last use.
    pub async fn sessions(&self, identity: &Identity) -> Result<Vec<Session>, Error> {
        let rows = refresh_tokens::list_alive(&self.db, identity.user.id, self.clock.now().into()).await?;
        let mut sessions: Vec<Session> = rows.into_iter().map(|row| session(row, identity)).collect();
        sessions.sort_by_key(|session| !session.current);
        Ok(sessions)
    }

    /// The devices that were ended lately because an old token of theirs came back.
    pub async fn thefts(&self, identity: &Identity) -> Result<Vec<Theft>, Error> {
        let since = self.clock.now() - THEFT_NOTICE;
        let rows = refresh_tokens::list_ended(&self.db, identity.user.id, "reuse", since.into(), MAX_THEFTS).await?;
        Ok(rows
            .into_iter()
            .map(|row| Theft {
                device: device::describe(&row.device_info),
                ip_address: address::coarse(&row.ip_address),
                ended_at: row.revoked_at.to_rfc3339(),
            })
            .collect())
    }

    /// Signs one device of who asks out; it may be the one that asks.
    ///
    /// # Errors
    /// [`Error::UnknownDevice`] for a device that is somebody else's, no longer signed in, or none.
    pub async fn end_session(&self, identity: &Identity, id: i64) -> Result<(), Error> {
        let now = self.clock.now().into();
        if !refresh_tokens::revoke_own(&self.db, identity.user.id, id, "signed_out", now).await? {
            return Err(Error::UnknownDevice);
        }
        self.session_cache.forget(id);
        info!(target: "security", event = "sign_out", user = identity.user.id, session = id, by = identity.session_id, "signed out");
        Ok(())
    }

    /// Signs every other device of who asks out.
    pub async fn end_other_sessions(&self, identity: &Identity) -> Result<(), Error> {
        let (user, kept, now) = (identity.user.id, identity.session_id, self.clock.now().into());
        let ended = refresh_tokens::revoke_others(&self.db, user, kept, "signed_out", now).await?;
        self.session_cache.forget_user(user);
        info!(target: "security", event = "sign_out_others", user, session = kept, ended, "other devices signed out");
        Ok(())
    }
}

fn session(row: DeviceRow, identity: &Identity) -> Session {
    Session {
        id: row.id,
        current: row.id == identity.session_id,
        device: device::describe(&row.device_info),
        user_agent: row.device_info,
        ip_address: row.ip_address,
        created_at: row.created_at.to_rfc3339(),
        last_used_at: row.last_used_at.to_rfc3339(),
        expires_at: row.expires_at.to_rfc3339(),
        remember_me: row.remember_me,
    }
}
