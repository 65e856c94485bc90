//! Where market data come from, one file a source.
//!
//! What a source is allowed to be used for is said by [`Source`]; what it can give, here.

mod fdr;
pub mod file;
mod http;
mod krx_openapi;

use time::Date;

use crate::{model::market::Source, server::market::isin};

pub use fdr::Fdr;
pub use file::{Content, Fault, Parsed, Subject, parse};
pub use http::FetchError;
pub use krx_openapi::KrxOpenApi;

/// What a source can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts")]
pub struct Capabilities {
    /// What issues there are.
    pub listing: bool,
    /// A day's figures of all of them.
    pub quotes: bool,
    /// Days long past.
    pub history: bool,
    /// The exchange's indices.
    pub index: bool,
}

/// A place that market data come from.
///
/// The calls block: they are for threads that may.
pub trait MarketSource: Send + Sync {
    fn source(&self) -> Source;

    fn capabilities(&self) -> Capabilities;

    /// The newest trading day that the source says it has; `None` when it does not say.
    ///
    /// # Errors
    /// When it cannot be asked, or its answer is not understood.
    fn newest_day(&self) -> Result<Option<Date>, FetchError> {
        Ok(None)
    }

    /// The market of a day, and what comes with it; `None` when there is none of that day (yet).
    ///
    /// # Errors
    /// When it cannot be had, or what came is not understood.
    fn day(&self, day: Date) -> Result<Option<FetchedDay>, FetchError>;

    /// How many requests one [`Self::day`] takes at most.
    fn calls_a_day(&self) -> u32;

    /// How many requests were made so far.
    fn calls(&self) -> u32;
}

/// What a source answered for a day.
#[derive(Debug)]
pub struct FetchedDay {
    pub market: Parsed,
    /// What is added to it: indices, facts about issues.
    pub parts: Vec<FetchedPart>,
    /// SHA-256 of what the market was read from, in hexadecimal digits.
    pub digest: String,
}

#[derive(Debug)]
pub struct FetchedPart {
    pub parsed: Parsed,
    pub digest: String,
}

/// A made-up market: nothing is fetched.
#[derive(Debug)]
pub struct Demo;

/// Files that the operator brings: nothing is fetched.
#[derive(Debug)]
pub struct Files;

impl MarketSource for Demo {
    fn source(&self) -> Source {
        Source::Demo
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            listing: true,
            quotes: true,
            history: true,
            index: true,
        }
    }

    fn day(&self, _day: Date) -> Result<Option<FetchedDay>, FetchError> {
        Err(FetchError::NotFetched(self.source()))
    }

    fn calls_a_day(&self) -> u32 {
        0
    }

    fn calls(&self) -> u32 {
        0
    }
}

impl MarketSource for Files {
    fn source(&self) -> Source {
        Source::File
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            listing: true,
            quotes: true,
            history: true,
            index: true,
        }
    }

    fn day(&self, _day: Date) -> Result<Option<FetchedDay>, FetchError> {
        Err(FetchError::NotFetched(self.source()))
    }

    fn calls_a_day(&self) -> u32 {
        0
    }

    fn calls(&self) -> u32 {
        0
    }
}

/// The code of a domestic share with this ISIN, if it is one.
fn code_of_isin(isin: &str) -> Option<String> {
    let issuer = isin.strip_prefix("KR7")?.get(..5)?;
    "0579KLMN"
        .chars()
        .map(|class| format!("{issuer}{class}"))
        .find(|code| isin::of_code(code).as_deref() == Some(isin))
}

#[cfg(test)]
pub(in crate::server::market) mod stub;
#[cfg(test)]
mod tests;
