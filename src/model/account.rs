//! A user as others may see them.

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
