//! A user's attempts to sign in, page by page.

use crate::{
    model::{
        account::{LoginAttempt, LoginHistory, NewerPage},
        device,
    },
    server::{
        auth::{Auth, Identity},
        error::Error,
        store::login_history::{self, AttemptRow},
    },
};

impl Auth {
    /// The attempts on the account of who asks, the newest first, from before the one of that id.
    pub async fn login_history(
        &self,
        identity: &Identity,
        before: Option<i64>,
        limit: u32,
    ) -> Result<LoginHistory, Error> {
        let before = before.unwrap_or(i64::MAX);
        // One more than asked for says whether there are more.
        let rows = login_history::page(&self.db, identity.user.id, before, limit.saturating_add(1)).await?;
        let is_last = rows.len() <= limit as usize;
        let items: Vec<LoginAttempt> = rows.into_iter().take(limit as usize).map(attempt).collect();
        Ok(LoginHistory {
            next_before: items.last().filter(|_| !is_last).map(|attempt| attempt.id),
            items,
        })
    }

    /// The page of `limit` attempts that comes before the one that begins `before` that id.
    pub async fn newer_history(
        &self,
        identity: &Identity,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Option<NewerPage>, Error> {
        let Some(before) = before else { return Ok(None) };
        let ids = login_history::ids_from(&self.db, identity.user.id, before, limit.saturating_add(1)).await?;
        Ok(match ids.get(limit as usize) {
            Some(id) => Some(NewerPage::Before(*id)),
            None => (!ids.is_empty()).then_some(NewerPage::First),
        })
    }
}

fn attempt(row: AttemptRow) -> LoginAttempt {
    LoginAttempt {
        id: row.id,
        success: row.success,
        ip_address: row.ip_address,
        device: device::describe(&row.user_agent),
        user_agent: row.user_agent,
        login_at: row.login_at.to_rfc3339(),
    }
}
