//! The public cache that `FinanceDataReader` itself reads: one CSV a day. Which day is the newest,
//! the exchange says.

use serde::Deserialize;
use time::{Date, macros::format_description};
use url::Url;

use super::{
    Capabilities, FetchError, FetchedDay, FetchedPart, MarketSource,
    file::{self, Fault},
    http::Client,
};
use crate::{model::market::Source, server::market::digest_of};

/// Requests of one run: far more than the days of a year.
const MOST_CALLS: u32 = 2_000;

/// The source `fdr`.
#[derive(Debug)]
pub struct Fdr {
    client: Client,
    cache: Url,
    exchange: Url,
}

#[derive(Deserialize)]
struct Probe {
    result: ProbeResult,
}

#[derive(Deserialize)]
struct ProbeResult {
    output: Vec<ProbeRow>,
}

#[derive(Deserialize)]
struct ProbeRow {
    max_work_dt: String,
}

impl Fdr {
    /// `cache` is the folder that holds `listing/krx/`, `exchange` the site that is asked for the
    /// newest day.
    #[must_use]
    pub fn new(cache: Url, exchange: Url) -> Self {
        Self {
            client: Client::new(MOST_CALLS),
            cache,
            exchange,
        }
    }

    #[cfg(test)]
    pub(super) fn impatient(cache: Url, exchange: Url, timeout: std::time::Duration) -> Self {
        Self {
            client: Client::with_timeout(MOST_CALLS, timeout),
            cache,
            exchange,
        }
    }

    fn csv(&self, kind: &str, day: Date) -> Result<Option<Vec<u8>>, FetchError> {
        let address = format!("{}/listing/{kind}/{day}.csv", self.cache.as_str().trim_end_matches('/'));
        self.client.get(&address, &[])
    }
}

impl MarketSource for Fdr {
    fn source(&self) -> Source {
        Source::Fdr
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            listing: true,
            quotes: true,
            history: false,
            index: false,
        }
    }

    fn newest_day(&self) -> Result<Option<Date>, FetchError> {
        let address = format!(
            "{}/comm/bldAttendant/executeForResourceBundle.cmd?baseName=krx.mdc.i18n.component&key=B128.bld",
            self.exchange.as_str().trim_end_matches('/')
        );
        let Some(body) = self.client.get(&address, &[])? else {
            return Ok(None);
        };
        let probe: Probe = serde_json::from_slice(&body).map_err(|_| Fault::ForeignJson)?;
        let day = probe
            .result
            .output
            .first()
            .and_then(|row| Date::parse(&row.max_work_dt, format_description!("[year][month][day]")).ok());
        day.map(Some).ok_or_else(|| Fault::ForeignJson.into())
    }

    fn day(&self, day: Date) -> Result<Option<FetchedDay>, FetchError> {
        let Some(body) = self.csv("krx", day)? else {
            return Ok(None);
        };
        let market = file::parse(&body, None)?;
        if !matches!(market.content, file::Content::Market { .. }) {
            return Err(Fault::NotAMarket("something else").into());
        }
        if let Some(answered) = market.as_of.filter(|answered| *answered != day) {
            return Err(FetchError::OtherDay { asked: day, answered });
        }
        // Industries and products: good to have, and not there for every day.
        let facts = self.csv("desc", day).ok().flatten().and_then(|body| {
            Some(FetchedPart {
                digest: digest_of(&body),
                parsed: file::parse(&body, None).ok()?,
            })
        });
        Ok(Some(FetchedDay {
            market,
            parts: facts.into_iter().collect(),
            digest: digest_of(&body),
        }))
    }

    fn calls_a_day(&self) -> u32 {
        2
    }

    fn calls(&self) -> u32 {
        self.client.calls()
    }
}
