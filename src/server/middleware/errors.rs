//! The one place where an error becomes an answer: problem details under `/api` and for server
//! functions, a page for people. Handlers hand over an [`Error`]; this layer knows who asked.

use std::sync::Arc;

use axum::{
    Json,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use tracing::{error, warn};

use super::request_id::RequestId;
use crate::{model::Problem, pages::fault, server::error::Error};

/// Travels from the handler to this layer in the answer's extensions.
#[derive(Clone)]
struct Carried(Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        carry(Arc::new(self))
    }
}

/// An answer that this layer will make of a shared error.
pub(super) fn carry(error: Arc<Error>) -> Response {
    let mut response = error.status().into_response();
    response.extensions_mut().insert(Carried(error));
    response
}

/// Gives every error answer its body and writes the log line for those that are our fault.
pub async fn answer(request: Request, next: Next) -> Response {
    let door = Door::of(request.uri().path());
    let id = request.extensions().get::<RequestId>().cloned();
    let mut response = next.run(request).await;
    let error = match response.extensions_mut().remove::<Carried>() {
        Some(carried) => carried.0,
        None => match unexplained(&response, door) {
            Some(error) => Arc::new(error),
            None => return response,
        },
    };
    log(&error);
    let instance = id.map(|id| id.instance()).unwrap_or_default();
    let mut answer = door.answer(error.problem(&instance));
    *answer.status_mut() = error.status();
    // Cookies, `Allow` and the like that were set on the way stay.
    let body_headers = [header::CONTENT_TYPE, header::CONTENT_LENGTH];
    for (name, value) in response.headers() {
        if !body_headers.contains(name) {
            answer.headers_mut().append(name, value.clone());
        }
    }
    if let Some(seconds) = error.retry_after() {
        answer
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if error.status() == StatusCode::UNAUTHORIZED && door != Door::Page {
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, challenge(&error));
    }
    answer
}

/// RFC 6750: without a token no error code, with a bad one `invalid_token`.
fn challenge(error: &Error) -> HeaderValue {
    HeaderValue::from_static(match error {
        Error::InvalidToken | Error::ExpiredToken => "Bearer error=\"invalid_token\"",
        _ => "Bearer",
    })
}

/// Writes the line that the operator needs: the cause of a 5xx is nowhere else.
pub fn log(error: &Error) {
    if error.status() == StatusCode::SERVICE_UNAVAILABLE {
        warn!(code = error.code(), %error, "not available");
    } else if error.status().is_server_error() {
        error!(code = error.code(), %error, "internal error");
    }
}

/// Error answers that libraries make without a body of ours.
fn unexplained(response: &Response, door: Door) -> Option<Error> {
    match response.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Some(Error::BodyTooLarge),
        StatusCode::METHOD_NOT_ALLOWED => Some(Error::MethodNotAllowed),
        StatusCode::NOT_FOUND if door == Door::Api && !is_problem(response) => Some(Error::NotFound),
        StatusCode::INTERNAL_SERVER_ERROR if door == Door::Page => {
            Some(Error::Internal("a page could not be rendered".to_owned()))
        }
        _ => None,
    }
}

fn is_problem(response: &Response) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind == PROBLEM_JSON)
}

const PROBLEM_JSON: &str = "application/problem+json";

/// Which door a request came to: it decides about the form of an error answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// REST and what else programs ask.
    Api,
    Function,
    Page,
}

impl Door {
    #[must_use]
    pub fn of(path: &str) -> Self {
        if Self::is_rest(path) || path == "/healthz" || path == "/readyz" {
            Self::Api
        } else if under("/_fn", path) {
            Self::Function
        } else {
            Self::Page
        }
    }

    /// Whether the path belongs to the API itself.
    #[must_use]
    pub fn is_rest(path: &str) -> bool {
        under("/api", path)
    }

    fn answer(self, problem: Problem) -> Response {
        match self {
            Self::Api | Self::Function => ([(header::CONTENT_TYPE, PROBLEM_JSON)], Json(problem)).into_response(),
            Self::Page => Html(fault::document(problem)).into_response(),
        }
    }
}

fn under(prefix: &str, path: &str) -> bool {
    path.strip_prefix(prefix)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
