//! The answer to a request that could not be carried out, as browser, server functions and REST
//! clients see it.

use serde::{Deserialize, Serialize};

/// RFC 9457 problem details: the body of every error answer of `/api` and the error value of
/// every server function. `detail` and the messages are in the language of the
/// request, `code` is stable English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A URI reference that names the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened, for the user.
    pub detail: String,
    /// The request that this answers: its id is in the log as well.
    #[serde(default)]
    pub instance: String,
    /// Stable identifier, such as `invalid_credentials`.
    pub code: String,
    /// What is wrong with which field; empty unless the input is at fault.
    #[serde(default)]
    pub errors: Vec<FieldError>,
}

/// One fault of one input field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The field's name as in the request.
    pub field: String,
    /// What is wrong and what is accepted.
    pub message: String,
}

impl FieldError {
    pub fn new(field: &str, message: impl Into<String>) -> Self {
        Self {
            field: field.to_owned(),
            message: message.into(),
        }
    }
}

impl Problem {
    /// What a page makes of itself when its user is not signed in any more.
    #[must_use]
    pub fn signed_out() -> Self {
        Self {
            kind: "/problems/missing_token".to_owned(),
            title: "Unauthorized".to_owned(),
            status: 401,
            detail: crate::model::text::problem::missing_token().to_owned(),
            instance: String::new(),
            code: "missing_token".to_owned(),
            errors: Vec::new(),
        }
    }

    /// The most that it says in one sentence: the first faulty field's message, if any is faulty.
    #[must_use]
    pub fn reason(&self) -> &str {
        self.errors.first().map_or(&self.detail, |error| &error.message)
    }

    /// The messages that belong beside `field`.
    pub fn messages_for<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.errors
            .iter()
            .filter(move |error| error.field == field)
            .map(|error| error.message.as_str())
    }
}
