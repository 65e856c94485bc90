//! `/api/auth`, for who is signed in: devices, login history, password, deletion.

use axum::{
    Json,
    extract::{Path, Query, State, rejection::PathRejection},
    http::StatusCode,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::{Authenticated, JsonBody};
use crate::{
    model::{
        FieldError, Problem,
        account::{LoginHistory, Session},
        input::whole_number,
        text,
    },
    server::{
        auth::{ChangePassword, Client},
        error::Error,
        state::AppState,
    },
};

/// Attempts in a part of the login history, unless asked otherwise.
const DEFAULT_LIMIT: u32 = 20;
/// The most that a limit may ask for.
const MAX_LIMIT: u32 = 100;

/// The signed-in devices of a user.
#[derive(Serialize, ToSchema)]
pub struct Sessions {
    /// The one that asks first, then by their last use.
    sessions: Vec<Session>,
}

#[derive(Deserialize, ToSchema, Default)]
#[serde(default)]
pub struct ChangePasswordRequest {
    current_password: String,
    new_password: String,
    new_password_confirm: String,
}

#[derive(Deserialize, ToSchema, Default)]
#[serde(default)]
pub struct DeleteAccountRequest {
    /// The user's own password, once more.
    password: String,
}

/// The user's devices
#[utoipa::path(get, path = "/auth/sessions", tag = "auth", security(("bearer" = [])), responses(
    (status = 200, body = Sessions),
    (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
))]
pub async fn sessions(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
) -> Result<Json<Sessions>, Error> {
    let sessions = app.auth.sessions(&identity).await?;
    Ok(Json(Sessions { sessions }))
}

/// Sign a device out
///
/// It may be the one that asks.
#[utoipa::path(delete, path = "/auth/sessions/{id}", tag = "auth", security(("bearer" = [])),
    params(("id" = i64, Path, description = "As in the list of devices")),
    responses(
        (status = 204, description = "The device's tokens are worth nothing from now on"),
        (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found: somebody else's, signed out already, or none", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn end_session(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
    id: Result<Path<i64>, PathRejection>,
) -> Result<StatusCode, Error> {
    // What is no number is no device either.
    let Path(id) = id.map_err(|_| Error::UnknownDevice)?;
    app.auth.end_session(&identity, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sign all other devices out
#[utoipa::path(delete, path = "/auth/sessions", tag = "auth", security(("bearer" = [])), responses(
    (status = 204, description = "Only the device that asks is signed in, whether there were others or not"),
    (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
))]
pub async fn end_other_sessions(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
) -> Result<StatusCode, Error> {
    app.auth.end_other_sessions(&identity).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The attempts to sign in to the account, by whomever
///
/// The newest first.
#[utoipa::path(get, path = "/auth/login-history", tag = "auth", security(("bearer" = [])),
    params(
        ("limit" = Option<u32>, Query, description = "1 to 100, by default 20"),
        ("before" = Option<i64>, Query, description = "next_before of the part before"),
    ),
    responses(
        (status = 200, body = LoginHistory),
        (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid_input", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn login_history(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Json<LoginHistory>, Error> {
    let (limit, before) = history_part(&parameters).map_err(Error::InvalidInput)?;
    Ok(Json(app.auth.login_history(&identity, before, limit).await?))
}

/// `limit` and `before`; of one that is repeated the last counts, others are ignored.
fn history_part(parameters: &[(String, String)]) -> Result<(u32, Option<i64>), Vec<FieldError>> {
    let last = |wanted: &str| {
        let found = parameters.iter().rev().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str())
    };
    let mut faults = Vec::new();
    let limit = last("limit").map(whole_number);
    if !matches!(limit, None | Some(Some(1..=MAX_LIMIT))) {
        faults.push(FieldError::new("limit", text::problem::range(1, MAX_LIMIT.into())));
    }
    let before = last("before").map(whole_number);
    if !matches!(before, None | Some(Some(1..))) {
        faults.push(FieldError::new("before", text::problem::at_least(1)));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok((limit.flatten().unwrap_or(DEFAULT_LIMIT), before.flatten()))
}

/// Change the password
///
/// Other devices are signed out at once; the one that asks stays.
#[utoipa::path(post, path = "/auth/password", tag = "auth", security(("bearer" = [])), request_body = ChangePasswordRequest, responses(
    (status = 204, description = "Changed; all other devices are signed out"),
    (status = 400, description = "password_policy", body = Problem, content_type = "application/problem+json"),
    (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "wrong_current_password", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "invalid_input, malformed_body", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "busy", body = Problem, content_type = "application/problem+json"),
))]
pub async fn change_password(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
    client: Client,
    JsonBody(request): JsonBody<ChangePasswordRequest>,
) -> Result<StatusCode, Error> {
    let input = ChangePassword {
        current_password: request.current_password,
        new_password: request.new_password,
        new_password_confirm: request.new_password_confirm,
    };
    app.auth.change_password(&identity, &input, &client).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Delete the account
///
/// With everything that belongs to it; cannot be undone.
#[utoipa::path(delete, path = "/auth/me", tag = "auth", security(("bearer" = [])), request_body = DeleteAccountRequest, responses(
    (status = 204, description = "Deleted"),
    (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "wrong_current_password", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "invalid_input, malformed_body", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "busy", body = Problem, content_type = "application/problem+json"),
))]
pub async fn delete_account(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
    client: Client,
    JsonBody(request): JsonBody<DeleteAccountRequest>,
) -> Result<StatusCode, Error> {
    app.auth
        .delete_account(&identity, "password", &request.password, &client)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
