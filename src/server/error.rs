//! The one error type of services and doors: what it means, its status, its answer.

use std::borrow::Cow;

use axum::http::StatusCode;

use crate::model::{FieldError, Problem, text};

/// Why a request could not be carried out. Services return it; the doors (`api`, `functions`)
/// turn it into a [`Problem`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Fields that are missing, malformed or against a rule: all of them at once.
    #[error("invalid input: {}", fields(.0))]
    InvalidInput(Vec<FieldError>),
    /// A body that is not what its content type says.
    #[error("malformed body: {0}")]
    MalformedBody(String),
    #[error("unsupported media type")]
    UnsupportedMediaType,
    #[error("body too large")]
    BodyTooLarge,
    /// A new password that breaks the policy; each broken rule is an entry.
    #[error("password policy")]
    PasswordPolicy(Vec<FieldError>),
    /// Unknown user or wrong password: never say which.
    #[error("invalid credentials")]
    InvalidCredentials,
    /// What a signed-in user gave as their own password, in the field of this name. Not a 401:
    /// clients would take it for the end of their session.
    #[error("wrong current password")]
    WrongCurrentPassword(&'static str),
    #[error("no token")]
    MissingToken,
    #[error("invalid token")]
    InvalidToken,
    #[error("expired token")]
    ExpiredToken,
    /// A refresh token that is revoked, expired, replayed or not ours.
    #[error("invalid refresh token")]
    InvalidRefreshToken,
    /// A refresh token that was dead already when it was handed in to sign out.
    #[error("refresh token is dead")]
    DeadRefreshToken,
    #[error("account is deactivated")]
    AccountDeactivated,
    #[error("cross-site request")]
    CrossSite,
    /// Something that acts, sent without TLS where the site has it.
    #[error("plain http")]
    PlainHttp,
    /// Signed in, but without the right to do it.
    #[error("forbidden")]
    Forbidden,
    /// The source's terms do not let its rows be taken away.
    #[error("export is not allowed")]
    ExportNotAllowed,
    #[error("not found")]
    NotFound,
    /// No issue has, or ever had, the code that was asked for.
    #[error("stock not found")]
    StockNotFound,
    /// An issue that is not on the user's list.
    #[error("not watched")]
    NotWatched,
    /// A device that is not the user's, or no longer signed in.
    #[error("unknown device")]
    UnknownDevice,
    #[error("method not allowed")]
    MethodNotAllowed,
    #[error("user id is taken")]
    UserIdTaken,
    #[error("email is taken")]
    EmailTaken,
    /// The client tried too often; again after so many seconds.
    #[error("rate limited")]
    RateLimited { retry_after: u64 },
    /// More work than the server takes on at once; try again after so many seconds.
    #[error("busy")]
    Busy { retry_after: u64 },
    /// No market is loaded yet.
    #[error("no market data")]
    NoMarket,
    /// The database does not answer, or not properly.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A fault of our own.
    #[error("internal: {0}")]
    Internal(String),
}

fn fields(errors: &[FieldError]) -> String {
    let names: Vec<&str> = errors.iter().map(|e| e.field.as_str()).collect();
    names.join(", ")
}

/// Seconds after which a client may try again when the database is away.
const DATABASE_RETRY_AFTER: u64 = 5;

impl Error {
    /// A single faulty field.
    pub fn field(field: &str, message: impl Into<String>) -> Self {
        Self::InvalidInput(vec![FieldError::new(field, message)])
    }

    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::InvalidInput(_) | Self::MalformedBody(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::PasswordPolicy(_) | Self::DeadRefreshToken => StatusCode::BAD_REQUEST,
            Self::InvalidCredentials
            | Self::MissingToken
            | Self::InvalidToken
            | Self::ExpiredToken
            | Self::InvalidRefreshToken => StatusCode::UNAUTHORIZED,
            Self::WrongCurrentPassword(_)
            | Self::AccountDeactivated
            | Self::CrossSite
            | Self::PlainHttp
            | Self::Forbidden
            | Self::ExportNotAllowed => StatusCode::FORBIDDEN,
            Self::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::NotFound | Self::StockNotFound | Self::NotWatched | Self::UnknownDevice => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::UserIdTaken | Self::EmailTaken => StatusCode::CONFLICT,
            Self::Busy { .. } | Self::NoMarket | Self::Database(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable identifier that clients go by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidInput(_) => "invalid_input",
            Self::MalformedBody(_) => "malformed_body",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::BodyTooLarge => "body_too_large",
            Self::PasswordPolicy(_) => "password_policy",
            Self::InvalidCredentials => "invalid_credentials",
            Self::WrongCurrentPassword(_) => "wrong_current_password",
            Self::MissingToken => "missing_token",
            Self::InvalidToken => "invalid_token",
            Self::ExpiredToken => "expired_token",
            Self::InvalidRefreshToken | Self::DeadRefreshToken => "invalid_refresh_token",
            Self::AccountDeactivated => "account_deactivated",
            Self::CrossSite => "cross_site_request",
            Self::PlainHttp => "https_required",
            Self::Forbidden => "forbidden",
            Self::ExportNotAllowed => "export_not_allowed",
            Self::NotFound | Self::StockNotFound | Self::NotWatched | Self::UnknownDevice => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::UserIdTaken => "user_id_taken",
            Self::EmailTaken => "email_taken",
            Self::RateLimited { .. } => "rate_limited",
            Self::Busy { .. } => "busy",
            Self::NoMarket => "no_market_data",
            Self::Database(_) => "unavailable",
            Self::Internal(_) => "internal_error",
        }
    }

    /// What the user reads. Never the cause of a 5xx.
    #[must_use]
    pub fn detail(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::RateLimited { retry_after } => return text::problem::rate_limited(*retry_after).into(),
            Self::InvalidInput(_) => text::problem::invalid_input(),
            Self::MalformedBody(_) => text::problem::malformed_body(),
            Self::UnsupportedMediaType => text::problem::unsupported_media_type(),
            Self::BodyTooLarge => text::problem::body_too_large(),
            Self::PasswordPolicy(_) => text::problem::password_policy(),
            Self::InvalidCredentials => text::problem::invalid_credentials(),
            Self::WrongCurrentPassword(_) => text::problem::wrong_current_password(),
            Self::MissingToken => text::problem::missing_token(),
            Self::InvalidToken => text::problem::invalid_token(),
            Self::ExpiredToken => text::problem::expired_token(),
            Self::InvalidRefreshToken | Self::DeadRefreshToken => text::problem::invalid_refresh_token(),
            Self::AccountDeactivated => text::problem::account_deactivated(),
            Self::CrossSite => text::problem::cross_site(),
            Self::PlainHttp => text::problem::plain_http(),
            Self::Forbidden => text::problem::forbidden(),
            Self::NotFound => text::problem::not_found(),
            Self::StockNotFound => text::problem::stock_not_found(),
            Self::NotWatched => text::problem::not_watched(),
            Self::ExportNotAllowed => text::problem::export_not_allowed(),
            Self::UnknownDevice => text::problem::unknown_device(),
            Self::MethodNotAllowed => text::problem::method_not_allowed(),
            Self::UserIdTaken => text::problem::user_id_taken(),
            Self::EmailTaken => text::problem::email_taken(),
            Self::Busy { .. } => text::problem::busy(),
            Self::NoMarket => text::problem::no_market(),
            Self::Database(_) => text::problem::unavailable(),
            Self::Internal(_) => text::problem::internal(),
        })
    }

    /// The faults of single fields.
    #[must_use]
    pub fn field_errors(&self) -> Vec<FieldError> {
        match self {
            Self::InvalidInput(errors) | Self::PasswordPolicy(errors) => errors.clone(),
            Self::WrongCurrentPassword(field) => vec![FieldError::new(field, text::problem::wrong_current_password())],
            Self::UserIdTaken => vec![FieldError::new("user_id", text::problem::user_id_taken())],
            Self::EmailTaken => vec![FieldError::new("email", text::problem::email_taken())],
            _ => Vec::new(),
        }
    }

    /// Seconds for `Retry-After`.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Busy { retry_after } | Self::RateLimited { retry_after } => Some(*retry_after),
            Self::NoMarket | Self::Database(_) => Some(DATABASE_RETRY_AFTER),
            _ => None,
        }
    }

    /// The body of the answer. `instance` names the request.
    #[must_use]
    pub fn problem(&self, instance: &str) -> Problem {
        let status = self.status();
        Problem {
            kind: format!("/problems/{}", self.code()),
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: status.as_u16(),
            detail: self.detail().into_owned(),
            instance: instance.to_owned(),
            code: self.code().to_owned(),
            errors: self.field_errors(),
        }
    }
}
