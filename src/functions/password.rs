//! Help with a new password while it is being typed.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::model::{Problem, input};

/// Who chooses a password, as far as they have said so.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasswordOwner {
    pub user_id: String,
    pub email: String,
    pub name: String,
}

/// A password that is being typed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedPassword {
    pub password: String,
    pub user_id: String,
    pub email: String,
    pub name: String,
}

impl TypedPassword {
    pub fn new(password: String, PasswordOwner { user_id, email, name }: PasswordOwner) -> Self {
        Self {
            password,
            user_id,
            email,
            name,
        }
    }
}

/// It holds a password: it does not print itself.
impl std::fmt::Debug for TypedPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TypedPassword(***)")
    }
}

impl std::fmt::Debug for PasswordOwner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordOwner(***)")
    }
}

/// How good a password is. In the body of a post: an address would be in logs.
#[server(prefix = "/_fn", endpoint = "password-strength")]
pub async fn password_strength(#[server(flatten)] typed: TypedPassword) -> Result<input::PasswordStrength, Problem> {
    use super::request::{app, fail};
    use crate::server::auth::Owner;

    let owner = Owner::parse(&typed.user_id, &typed.email, &typed.name);
    let strength = async { app()?.auth.password_strength(&typed.password, &owner).await };
    strength.await.map_err(|error| fail(&error))
}

/// A password that its owner could take.
#[server(prefix = "/_fn", endpoint = "generate-password")]
pub async fn generate_password(#[server(flatten)] owner: PasswordOwner) -> Result<String, Problem> {
    use super::request::{app, fail};
    use crate::server::auth::Owner;

    let owner = Owner::parse(&owner.user_id, &owner.email, &owner.name);
    let password = async { app()?.auth.generate_password(&owner).await };
    password.await.map_err(|error| fail(&error))
}
