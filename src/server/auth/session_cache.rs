//! Which sessions are alive, in memory: most requests ask no database.
//!
//! An entry is at most [`MAX_AGE`] old, so what another node or the command line did counts within
//! that time. What this node does counts at once: it forgets the session before it answers.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::server::store::refresh_tokens::SessionRow;

/// How old an answer of the database may be.
const MAX_AGE: Duration = Duration::from_secs(1);
/// So many sessions are remembered: some ten megabytes.
const MAX_ENTRIES: usize = 20_000;
/// Sessions share this many epochs, so that one that changes keeps few others from being kept.
const EPOCHS: usize = 64;

#[derive(Default)]
pub struct SessionCache(Mutex<Inner>);

struct Inner {
    entries: HashMap<i64, Entry>,
    /// Each grows whenever a session that belongs to it is forgotten.
    epochs: [u64; EPOCHS],
}

impl Default for Inner {
    fn default() -> Self {
        Self {
            entries: HashMap::new(),
            epochs: [0; EPOCHS],
        }
    }
}

impl Inner {
    fn epoch(&mut self, id: i64) -> &mut u64 {
        #[expect(clippy::indexing_slicing, reason = "a remainder is less than its divisor")]
        &mut self.epochs[usize::try_from(id.unsigned_abs()).unwrap_or_default() % EPOCHS]
    }
}

struct Entry {
    session: Arc<SessionRow>,
    read_at: Instant,
}

/// Taken before the database is asked; what was read is kept only if nothing was forgotten since.
#[derive(Debug, Clone, Copy)]
pub struct Ticket {
    epoch: u64,
    read_at: Instant,
}

impl std::fmt::Debug for SessionCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionCache")
    }
}

impl SessionCache {
    /// A session that was read a moment ago, or the right to keep what is read now.
    pub fn get(&self, id: i64) -> Result<Arc<SessionRow>, Ticket> {
        let mut inner = self.lock();
        match inner.entries.get(&id) {
            Some(entry) if entry.is_fresh() => Ok(Arc::clone(&entry.session)),
            _ => Err(Ticket {
                epoch: *inner.epoch(id),
                read_at: Instant::now(),
            }),
        }
    }

    /// Keeps what was read, unless it was forgotten meanwhile: then it may be old already.
    pub fn keep(&self, ticket: Ticket, session: SessionRow) -> Arc<SessionRow> {
        let session = Arc::new(session);
        let mut inner = self.lock();
        if *inner.epoch(session.id) != ticket.epoch {
            return session;
        }
        if inner.entries.len() >= MAX_ENTRIES {
            inner.entries.retain(|_, entry| entry.is_fresh());
        }
        if inner.entries.len() < MAX_ENTRIES {
            let entry = Entry {
                session: Arc::clone(&session),
                read_at: ticket.read_at,
            };
            inner.entries.insert(session.id, entry);
        }
        session
    }

    /// To be called after a session was changed and before anybody is told.
    pub fn forget(&self, id: i64) {
        let mut inner = self.lock();
        *inner.epoch(id) += 1;
        inner.entries.remove(&id);
    }

    /// To be called after a user, or several sessions of theirs, were changed.
    pub fn forget_user(&self, user_id: i64) {
        let mut inner = self.lock();
        for epoch in &mut inner.epochs {
            *epoch += 1;
        }
        inner.entries.retain(|_, entry| entry.session.user.id != user_id);
    }

    /// To be called when anything may have been changed.
    pub fn forget_all(&self) {
        let mut inner = self.lock();
        for epoch in &mut inner.epochs {
            *epoch += 1;
        }
        inner.entries.clear();
    }

    /// Gives back the memory of what is too old to be used.
    pub fn tidy(&self) {
        let mut inner = self.lock();
        inner.entries.retain(|_, entry| entry.is_fresh());
        inner.entries.shrink_to(1_024);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    fn is_fresh(&self) -> bool {
        self.read_at.elapsed() < MAX_AGE
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::server::store::{Timestamp, users::UserRow};

    fn session(id: i64, user_id: i64) -> SessionRow {
        let then = Timestamp(datetime!(2026-03-20 09:00 UTC));
        SessionRow {
            id,
            generation: 0,
            created_at: then,
            rotated_at: then,
            expires_at: then,
            revoked_at: None,
            remember_me: false,
            user: UserRow {
                id: user_id,
                user_id: "hong_gd".to_owned(),
                email: "hong@example.com".to_owned(),
                name: "hong".to_owned(),
                password_hash: String::new().into(),
                is_active: true,
                is_verified: false,
                created_at: then,
                last_login_at: None,
            },
        }
    }

    fn keep(cache: &SessionCache, id: i64, user_id: i64) {
        let ticket = cache.get(id).unwrap_err();
        cache.keep(ticket, session(id, user_id));
    }

    #[test]
    fn what_was_read_is_there_until_it_is_forgotten() {
        let cache = SessionCache::default();
        for (id, user_id) in [(1, 7), (2, 7), (3, 8)] {
            keep(&cache, id, user_id);
            assert_eq!(cache.get(id).unwrap().id, id);
        }
        cache.forget(1);
        assert!(cache.get(1).is_err() && cache.get(2).is_ok());
        cache.forget_user(7);
        assert!(cache.get(2).is_err() && cache.get(3).is_ok());
        cache.forget_all();
        assert!(cache.get(3).is_err());
    }

    /// Read before the sign-out, kept after it: that would be a session alive for another second.
    #[test]
    fn what_was_forgotten_while_it_was_read_is_not_kept() {
        let cache = SessionCache::default();
        for forget in [&(|| cache.forget(1)) as &dyn Fn(), &|| cache.forget_user(7), &|| {
            cache.forget_all();
        }] {
            let ticket = cache.get(1).unwrap_err();
            forget();
            cache.keep(ticket, session(1, 7));
            assert!(cache.get(1).is_err());
        }
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let cache = SessionCache::default();
        for id in 0..i64::try_from(MAX_ENTRIES).unwrap() + 10 {
            keep(&cache, id, id);
        }
        assert_eq!(cache.lock().entries.len(), MAX_ENTRIES);
    }
}
