//! The exchange's Open API, with the operator's own key: a day's figures of the three boards, what
//! the issues are, and the two indices.
//!
//! Formats and terms: openapi.krx.co.kr. Calls are counted (10,000 a day and key), for
//! non-commercial use, with attribution, not to be passed on.

use std::{collections::HashMap, sync::Mutex};

use secrecy::{ExposeSecret as _, SecretString};
use time::{Date, macros::date};
use url::Url;

use super::{
    Capabilities, FetchError, FetchedDay, FetchedPart, MarketSource, code_of_isin,
    file::{
        self, Fault,
        forms::{KRX_BASE, OPEN_API_DAY, OPEN_API_INDEX},
        table::{self, Record, Table},
    },
    http::Client,
};
use crate::{
    model::market::Source,
    server::{
        market::{digest_of, isin},
        store::quarantine::Quarantined,
    },
};

/// The boards: what they are called in addresses, for people, and since when there are figures.
const BOARDS: [(&str, &str, Date); 3] = [
    ("stk", "KOSPI", date!(2010 - 01 - 04)),
    ("ksq", "KOSDAQ", date!(2010 - 01 - 04)),
    ("knx", "KONEX", date!(2013 - 07 - 01)),
];
const INDICES: [&str; 2] = ["kospi", "kosdaq"];

/// The source `krx_openapi`.
pub struct KrxOpenApi {
    client: Client,
    base: Url,
    key: SecretString,
    /// What the issues are, by code: fetched with the first day.
    issues: Mutex<Option<Issues>>,
}

/// Codes and ISINs of the issues, either from the other.
#[derive(Debug, Default, Clone)]
struct Issues {
    isins: HashMap<String, String>,
    codes: HashMap<String, String>,
}

impl KrxOpenApi {
    /// `base` is the address before `/sto` and `/idx`. At most `most_calls` requests are made.
    #[must_use]
    pub fn new(base: Url, key: SecretString, most_calls: u32) -> Self {
        Self {
            client: Client::new(most_calls),
            base,
            key,
            issues: Mutex::new(None),
        }
    }

    #[cfg(test)]
    pub(super) fn impatient(base: Url, key: SecretString, most_calls: u32, timeout: std::time::Duration) -> Self {
        Self {
            client: Client::with_timeout(most_calls, timeout),
            ..Self::new(base, key, most_calls)
        }
    }

    fn table(&self, path: &str, day: Date) -> Result<(Table, Vec<u8>), FetchError> {
        let address = format!(
            "{}/{path}?basDd={:04}{:02}{:02}",
            self.base.as_str().trim_end_matches('/'),
            day.year(),
            u8::from(day.month()),
            day.day()
        );
        let body = self
            .client
            .get(&address, &[("AUTH_KEY", self.key.expose_secret())])?
            .ok_or(FetchError::Status(404))?;
        let text = str::from_utf8(&body).map_err(|_| Fault::ForeignJson)?;
        Ok((table::of_json(text)?, body))
    }

    /// What the issues are, the first time with the answers that say so.
    fn issues(&self, day: Date) -> Result<(Issues, Option<FetchedPart>), FetchError> {
        if let Some(known) = self.issues.lock().ok().and_then(|issues| issues.clone()) {
            return Ok((known, None));
        }
        let mut whole = Table::default();
        let mut bodies = Vec::new();
        for (board, ..) in BOARDS {
            let (table, body) = match self.table(&format!("sto/{board}_isu_base_info"), day) {
                Ok(answer) => answer,
                // Each service is applied for by itself: without this one there are names less.
                Err(FetchError::Unauthorized | FetchError::Forbidden) => continue,
                Err(error) => return Err(error),
            };
            append(&mut whole, &table);
            bodies.extend(body);
        }
        let column = |name: &str| whole.columns.iter().position(|column| column == name);
        let mut issues = Issues::default();
        if let (Some(code), Some(isin)) = (column("ISU_SRT_CD"), column("ISU_CD")) {
            for record in &whole.records {
                if let (Some(code), Some(isin)) = (record.cells.get(code), record.cells.get(isin)) {
                    issues.isins.insert(code.clone(), isin.clone());
                    issues.codes.insert(isin.clone(), code.clone());
                }
            }
        }
        let part = if whole.records.is_empty() {
            None
        } else {
            Some(FetchedPart {
                parsed: file::read_table(whole, &[&KRX_BASE], None)?,
                digest: digest_of(&bodies),
            })
        };
        if let Ok(mut known) = self.issues.lock() {
            *known = Some(issues.clone());
        }
        Ok((issues, part))
    }

    fn indices(&self, day: Date) -> Result<Option<FetchedPart>, FetchError> {
        let mut whole = Table::default();
        let mut bodies = Vec::new();
        for index in INDICES {
            match self.table(&format!("idx/{index}_dd_trd"), day) {
                Ok((table, body)) => {
                    append(&mut whole, &table);
                    bodies.extend(body);
                }
                Err(FetchError::Unauthorized | FetchError::Forbidden) => {}
                Err(error) => return Err(error),
            }
        }
        if whole.records.is_empty() {
            return Ok(None);
        }
        let parsed = file::read_table(whole, &[&OPEN_API_INDEX], None)?;
        check_day(day, parsed.as_of)?;
        Ok(Some(FetchedPart {
            parsed,
            digest: digest_of(&bodies),
        }))
    }
}

impl MarketSource for KrxOpenApi {
    fn source(&self) -> Source {
        Source::KrxOpenapi
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            listing: true,
            quotes: true,
            history: true,
            index: true,
        }
    }

    fn day(&self, day: Date) -> Result<Option<FetchedDay>, FetchError> {
        let mut whole = Table::default();
        let mut bodies = Vec::new();
        let mut missing = None;
        for (board, name, since) in BOARDS {
            if day < since {
                continue;
            }
            let (table, body) = self.table(&format!("sto/{board}_bydd_trd"), day)?;
            if table.records.is_empty() {
                missing = missing.or(Some(name));
            }
            append(&mut whole, &table);
            bodies.extend(body);
        }
        if whole.records.is_empty() {
            return Ok(None);
        }
        if let Some(missing) = missing {
            return Err(FetchError::Incomplete { asked: day, missing });
        }
        let (issues, facts) = self.issues(day)?;
        let (whole, aside) = with_codes_and_isins(whole, &issues)?;
        let mut market = match file::read_table(whole, &[&OPEN_API_DAY], None) {
            Ok(market) => market,
            // A holiday, told by rows without figures.
            Err(Fault::NoPrices) => return Ok(None),
            Err(fault) => return Err(fault.into()),
        };
        check_day(day, market.as_of)?;
        market.quarantined.extend(aside);
        let indices = self.indices(day)?;
        Ok(Some(FetchedDay {
            market,
            parts: [facts, indices].into_iter().flatten().collect(),
            digest: digest_of(&bodies),
        }))
    }

    fn calls_a_day(&self) -> u32 {
        u32::try_from(BOARDS.len() * 2 + INDICES.len()).unwrap_or(u32::MAX)
    }

    fn calls(&self) -> u32 {
        self.client.calls()
    }
}

fn check_day(asked: Date, answered: Option<Date>) -> Result<(), FetchError> {
    match answered {
        Some(answered) if answered != asked => Err(FetchError::OtherDay { asked, answered }),
        _ => Ok(()),
    }
}

/// Adds a table to another, by the names of its columns.
fn append(whole: &mut Table, table: &Table) {
    for column in &table.columns {
        if !whole.columns.contains(column) {
            whole.columns.push(column.clone());
        }
    }
    for record in &table.records {
        let cell = |name: &String| {
            let place = table.columns.iter().position(|column| column == name)?;
            record.cells.get(place).cloned()
        };
        let line = u64::try_from(whole.records.len() + 1).unwrap_or(u64::MAX);
        let cells = whole
            .columns
            .iter()
            .map(|name| cell(name).unwrap_or_default())
            .collect();
        whole.records.push(Record { line, cells });
    }
}

/// Gives each row both its code and its ISIN: the API's `ISU_CD` is said to be either. What cannot
/// be told is put aside.
fn with_codes_and_isins(mut table: Table, issues: &Issues) -> Result<(Table, Vec<Quarantined>), FetchError> {
    let Some(place) = table.columns.iter().position(|column| column == "ISU_CD") else {
        return Err(Fault::MissingColumns {
            form: OPEN_API_DAY.title,
            missing: "ISU_CD".to_owned(),
        }
        .into());
    };
    if table.columns.iter().any(|column| column == "ISU_SRT_CD") {
        return Ok((table, Vec::new()));
    }
    let mut aside = Vec::new();
    let mut records = Vec::with_capacity(table.records.len());
    for mut record in table.records {
        let given = record.cells.get(place).cloned().unwrap_or_default();
        let known = if given.len() == 12 {
            let code = issues.codes.get(&given).cloned().or_else(|| code_of_isin(&given));
            code.map(|code| (code, given.clone()))
        } else {
            let isin = issues.isins.get(&given).cloned().or_else(|| isin::of_code(&given));
            isin.map(|isin| (given.clone(), isin))
        };
        let Some((code, isin)) = known else {
            aside.push(Quarantined {
                line: record.line,
                code: given.chars().take(12).collect(),
                reason: "neither the base information nor a rule tells its code and ISIN".to_owned(),
            });
            continue;
        };
        if let Some(cell) = record.cells.get_mut(place) {
            *cell = isin;
        }
        // Rows may have been read before the last columns were known.
        record.cells.resize(table.columns.len(), String::new());
        record.cells.push(code);
        records.push(record);
    }
    table.columns.push("ISU_SRT_CD".to_owned());
    table.records = records;
    Ok((table, aside))
}
