//! Asking a source on the network, once and carefully: no redirect is followed, an answer has a
//! bounded size and time, and nothing of an address or a key gets into an error.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use time::Date;
use ureq::{Agent, http::header};

use super::Fault;
use crate::model::market::Source;

/// A day's market is half a megabyte.
const MAX_BYTES: u64 = 32 * 1024 * 1024;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_mins(1);

/// Why a source gave nothing. One line, for the operator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error("the source refuses the key (401): it is wrong, expired, or this service was not applied for")]
    Unauthorized,
    #[error("the source forbids it (403)")]
    Forbidden,
    #[error("the source has had too many calls (429)")]
    TooManyCalls,
    #[error("the source wants to send us elsewhere ({0}); that is not followed, because a key would go with it")]
    Redirected(u16),
    #[error("the source answers with status {0}")]
    Status(u16),
    #[error("the source cannot be reached, or broke off: {0}")]
    Unreachable(String),
    #[error("the source answers with more than {} MiB", MAX_BYTES / 1024 / 1024)]
    TooLarge,
    #[error("the source answers with a page instead of data")]
    Html,
    #[error("what the source answers is not understood: {0}")]
    Fault(#[from] Fault),
    #[error("the source was asked for {asked} and answers with {answered}")]
    OtherDay { asked: Date, answered: Date },
    #[error("the source has {asked} for some boards, but not for {missing} (yet)")]
    Incomplete { asked: Date, missing: &'static str },
    #[error("the calls that were allowed ({0}) are used up")]
    OutOfCalls(u32),
    #[error("nothing is fetched from source {}", .0.as_str())]
    NotFetched(Source),
}

impl FetchError {
    /// Whether the same may succeed a little later.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::TooManyCalls | Self::Unreachable(_) | Self::Incomplete { .. } | Self::Html => true,
            Self::Status(status) => *status >= 500,
            _ => false,
        }
    }
}

/// A client with a count of its calls.
#[derive(Debug)]
pub(super) struct Client {
    agent: Agent,
    calls: AtomicU32,
    most: u32,
}

impl Client {
    /// At most `most` calls are made.
    pub fn new(most: u32) -> Self {
        Self::with_timeout(most, TIMEOUT)
    }

    pub fn with_timeout(most: u32, timeout: Duration) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT_TIMEOUT.min(timeout)))
            .timeout_global(Some(timeout))
            .user_agent(concat!("secondarymarket/", env!("CARGO_PKG_VERSION")))
            .build();
        Self {
            agent: config.into(),
            calls: AtomicU32::new(0),
            most,
        }
    }

    pub fn calls(&self) -> u32 {
        self.calls.load(Ordering::Relaxed)
    }

    /// The body of an answer with 200; `None` when there is nothing at the address.
    pub fn get(&self, url: &str, headers: &[(&str, &str)]) -> Result<Option<Vec<u8>>, FetchError> {
        let allowed = self.calls.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |calls| {
            (calls < self.most).then_some(calls + 1)
        });
        if allowed.is_err() {
            return Err(FetchError::OutOfCalls(self.most));
        }
        let mut request = self.agent.get(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = request.call().map_err(unreachable)?;
        match response.status().as_u16() {
            200 => {}
            404 | 410 => return Ok(None),
            401 => return Err(FetchError::Unauthorized),
            403 => return Err(FetchError::Forbidden),
            429 => return Err(FetchError::TooManyCalls),
            status @ 300..=399 => return Err(FetchError::Redirected(status)),
            status => return Err(FetchError::Status(status)),
        }
        let announced = response
            .headers()
            .get(header::CONTENT_LENGTH)
            .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        let body = response
            .body_mut()
            .with_config()
            .limit(MAX_BYTES)
            .read_to_vec()
            .map_err(|error| match error {
                ureq::Error::BodyExceedsLimit(_) => FetchError::TooLarge,
                other => unreachable(other),
            })?;
        if announced.is_some_and(|length| length != body.len()) {
            return Err(FetchError::Unreachable("the answer is cut off".to_owned()));
        }
        if body.trim_ascii_start().starts_with(b"<") {
            return Err(FetchError::Html);
        }
        Ok(Some(body))
    }
}

/// What is said of a failed call: its kind only, for the whole may quote the address.
#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn unreachable(error: ureq::Error) -> FetchError {
    let kind = match &error {
        ureq::Error::Timeout(_) => "it takes too long".to_owned(),
        ureq::Error::HostNotFound => "its name is not known".to_owned(),
        ureq::Error::ConnectionFailed => "no connection".to_owned(),
        ureq::Error::Io(error) => error.kind().to_string(),
        _ => "the connection or the protocol is at fault".to_owned(),
    };
    FetchError::Unreachable(kind)
}
