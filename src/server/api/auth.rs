//! `/api/auth`: accounts and sessions for programs.

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use tower_cookies::Cookies;
use utoipa::ToSchema;

use super::{
    Message,
    extract::{Authenticated, JsonBody},
};
use crate::{
    model::{Problem, User, text},
    server::{
        auth::{Client, SignIn, SignUp, SignedIn},
        cookies,
        error::Error,
        state::AppState,
    },
};

/// A new account. Missing members count as empty, so that all faults come at once.
#[derive(Deserialize, ToSchema)]
#[serde(default)]
#[derive(Default)]
pub struct SignUpRequest {
    /// `^[a-zA-Z0-9_]{4,20}$`, unique without regard to case.
    user_id: String,
    /// At most 100 characters, unique without regard to case.
    email: String,
    /// 2 to 100 characters.
    name: String,
    password: String,
    password_confirm: String,
    /// Consent to the terms of use and to the processing of personal data.
    agree: bool,
    /// Consent to news by email; optional.
    agree_marketing: bool,
}

impl From<SignUpRequest> for SignUp {
    fn from(request: SignUpRequest) -> Self {
        Self {
            user_id: request.user_id,
            email: request.email,
            name: request.name,
            password: request.password,
            password_confirm: request.password_confirm,
            agree_terms: request.agree,
            agree_privacy: request.agree,
            agree_marketing: request.agree_marketing,
        }
    }
}

#[derive(Deserialize, ToSchema, Default)]
#[serde(default)]
pub struct SignInRequest {
    user_id: String,
    password: String,
    /// Keep the device signed in for the whole lifetime of a refresh token.
    remember_me: bool,
}

#[derive(Deserialize, ToSchema, Default)]
#[serde(default)]
pub struct RefreshRequest {
    refresh_token: String,
}

impl RefreshRequest {
    fn token(&self) -> Result<&str, Error> {
        if self.refresh_token.is_empty() {
            return Err(Error::field("refresh_token", text::problem::required()));
        }
        Ok(&self.refresh_token)
    }
}

/// A pair of tokens.
#[derive(Serialize, ToSchema)]
pub struct Tokens {
    access_token: String,
    /// Good for one use; the answer to it brings the next one.
    refresh_token: String,
    /// Always `bearer`.
    token_type: &'static str,
    /// Seconds until the access token ends.
    expires_in: i64,
}

impl From<SignedIn> for Tokens {
    fn from(signed_in: SignedIn) -> Self {
        Self {
            access_token: signed_in.access_token,
            refresh_token: signed_in.refresh_token,
            token_type: "bearer",
            expires_in: signed_in.expires_in,
        }
    }
}

/// Sign up
#[utoipa::path(post, path = "/auth/signup", tag = "auth", request_body = SignUpRequest, responses(
    (status = 201, body = User),
    (status = 400, description = "password_policy", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "user_id_taken, email_taken", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "invalid_input, malformed_body", body = Problem, content_type = "application/problem+json"),
    (status = 429, description = "rate_limited", body = Problem, content_type = "application/problem+json"),
))]
pub async fn signup(
    State(app): State<AppState>,
    client: Client,
    JsonBody(request): JsonBody<SignUpRequest>,
) -> Result<(StatusCode, Json<User>), Error> {
    let user = app.auth.sign_up(&request.into(), &client).await?;
    Ok((StatusCode::CREATED, Json(user)))
}

/// Sign in
#[utoipa::path(post, path = "/auth/login", tag = "auth", request_body = SignInRequest, responses(
    (status = 200, body = Tokens),
    (status = 401, description = "invalid_credentials", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "account_deactivated", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "invalid_input, malformed_body", body = Problem, content_type = "application/problem+json"),
    (status = 429, description = "rate_limited", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "busy", body = Problem, content_type = "application/problem+json"),
))]
pub async fn login(
    State(app): State<AppState>,
    client: Client,
    jar: Cookies,
    JsonBody(request): JsonBody<SignInRequest>,
) -> Result<Json<Tokens>, Error> {
    let input = SignIn {
        user_id: request.user_id,
        password: request.password,
        remember_me: request.remember_me,
    };
    let signed_in = app.auth.sign_in(&input, &client).await?;
    // The only cookie of the API: a client that keeps it cannot be locked out by others.
    if let Some(device) = &signed_in.device {
        cookies::set_device(&jar, &app.config, device);
    }
    Ok(Json(signed_in.into()))
}

/// Get the next pair of tokens
#[utoipa::path(post, path = "/auth/refresh", tag = "auth", request_body = RefreshRequest, responses(
    (status = 200, body = Tokens),
    (status = 401, description = "invalid_refresh_token", body = Problem, content_type = "application/problem+json"),
))]
pub async fn refresh(
    State(app): State<AppState>,
    client: Client,
    JsonBody(request): JsonBody<RefreshRequest>,
) -> Result<Json<Tokens>, Error> {
    Ok(Json(app.auth.refresh(request.token()?, &client).await?.into()))
}

/// Sign out
#[utoipa::path(post, path = "/auth/logout", tag = "auth", request_body = RefreshRequest, responses(
    (status = 200, body = Message),
    (status = 400, description = "invalid_refresh_token", body = Problem, content_type = "application/problem+json"),
))]
pub async fn logout(
    State(app): State<AppState>,
    JsonBody(request): JsonBody<RefreshRequest>,
) -> Result<Json<Message>, Error> {
    app.auth.sign_out(request.token()?).await?;
    Ok(Message::json(text::auth::signed_out()))
}

/// The signed-in user
#[utoipa::path(get, path = "/auth/me", tag = "auth", security(("bearer" = [])), responses(
    (status = 200, body = User),
    (status = 401, description = "missing_token, invalid_token, expired_token", body = Problem, content_type = "application/problem+json"),
))]
pub async fn me(Authenticated(identity): Authenticated) -> Json<User> {
    Json(identity.user)
}
