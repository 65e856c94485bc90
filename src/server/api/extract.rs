//! What handlers take out of a request, with our own errors.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request, rejection::BytesRejection},
    http::{StatusCode, header, request::Parts},
};
use serde::de::DeserializeOwned;

use crate::{
    model::text,
    server::{
        auth::{Client, Identity},
        error::Error,
        middleware::session::CurrentSession,
        state::AppState,
    },
};

/// A JSON body. Answers 415, 413 and 422 as the contract says.
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for JsonBody<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Error> {
        if !is_json(request.headers()) {
            return Err(Error::UnsupportedMediaType);
        }
        let bytes = Bytes::from_request(request, state).await.map_err(unreadable)?;
        // Structs could be read from arrays, too: that is nobody's contract.
        if !bytes.trim_ascii_start().starts_with(b"{") {
            return Err(Error::MalformedBody("the body is no JSON object".to_owned()));
        }
        let mut deserializer = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let path = error.path().to_string();
            let inner = error.into_inner();
            if inner.is_data() && path != "." {
                Error::field(&path, text::problem::wrong_type())
            } else {
                Error::MalformedBody(inner.to_string())
            }
        })?;
        deserializer
            .end()
            .map_err(|error| Error::MalformedBody(error.to_string()))?;
        Ok(Self(value))
    }
}

/// Why the body did not arrive: too large, or cut off.
pub fn unreadable(rejection: BytesRejection) -> Error {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Error::BodyTooLarge
    } else {
        Error::MalformedBody(rejection.body_text())
    }
}

fn is_json(headers: &axum::http::HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()) else {
        return false;
    };
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// The signed-in user, as `middleware::session` found them.
pub struct Authenticated(pub Identity);

impl<S: Sync> FromRequestParts<S> for Authenticated {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        parts
            .extensions
            .get::<CurrentSession>()
            .and_then(|session| session.0.clone())
            .map(Self)
            .ok_or(Error::MissingToken)
    }
}

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Error::Internal("the request passed no client layer".to_owned()))
    }
}
