//! A user, their devices and their attempts to sign in, as they may be shown.

use serde::{Deserialize, Serialize};

/// An account without its secrets: the answer of `GET /api/auth/me`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct User {
    pub id: i64,
    pub user_id: String,
    pub email: String,
    pub name: String,
    pub is_active: bool,
    pub is_verified: bool,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// RFC 3339, UTC; the sign-in before any was made is null.
    pub last_login_at: Option<String>,
}

/// A signed-in device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Session {
    pub id: i64,
    /// Whether it is the device that asks.
    pub current: bool,
    /// Program and system in words: `Chrome · Windows`.
    pub device: String,
    /// What the program called itself when it signed in.
    pub user_agent: String,
    /// Where it was last used from.
    pub ip_address: String,
    /// When it signed in; RFC 3339, UTC, as the other times.
    pub created_at: String,
    /// When its tokens were last renewed.
    pub last_used_at: String,
    /// When it ends at the latest, unless it is used before.
    pub expires_at: String,
    /// Whether it outlives a day without use.
    pub remember_me: bool,
}

/// A device that was signed out because an old token of it came back: somebody has had a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theft {
    pub device: String,
    /// Where the device was last used from, coarsely.
    pub ip_address: String,
    /// RFC 3339, UTC.
    pub ended_at: String,
}

/// What `/account/devices` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DevicesPage {
    /// This one first, then by their last use. Addresses are coarse.
    pub sessions: Vec<Session>,
    /// The newest first.
    pub thefts: Vec<Theft>,
}

/// An attempt to sign in, by whomever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LoginAttempt {
    pub id: i64,
    pub success: bool,
    pub ip_address: String,
    pub user_agent: String,
    /// Program and system in words: `Chrome · Windows`.
    pub device: String,
    /// RFC 3339, UTC.
    pub login_at: String,
}

/// A part of the login history, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LoginHistory {
    pub items: Vec<LoginAttempt>,
    /// `before` of the next part; null when there is none.
    pub next_before: Option<i64>,
}

/// What `/account/history` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryPage {
    /// Addresses are coarse.
    pub history: LoginHistory,
    /// The page with newer attempts, if there is one.
    pub newer: Option<NewerPage>,
}

/// Where newer attempts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NewerPage {
    /// On the first page.
    First,
    /// Before the attempt of this id.
    Before(i64),
}
