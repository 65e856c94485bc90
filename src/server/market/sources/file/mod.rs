//! Files: what an operator downloaded or was given. Which form a file has is told by its content.
//!
//! A file whose shape is faulty is refused as a whole, with the line and the reason: half a market
//! is worse than yesterday's. Single rows that contradict themselves are put aside and reported,
//! unless there are too many of them to trust the rest.

pub(in crate::server::market) mod checks;
mod fault;
pub(in crate::server::market) mod form;
#[cfg(test)]
mod form_tests;
pub(in crate::server::market) mod forms;
mod row;
pub(in crate::server::market) mod table;
#[cfg(test)]
mod tests;
mod text;

use std::collections::HashMap;

use time::Date;

use crate::server::{
    market::isin,
    store::{
        daily_bars::DatedBar, delistings::Delisting, imports::Row, index_bars::IndexBar, instruments::MasterFacts,
        quarantine::Quarantined,
    },
};

pub use fault::Fault;
use form::{Field, Form, Header, Rows};
use row::Cells;
use table::{Record, Table};
use text::Kind;

/// What a file, or a source's answer, holds.
#[derive(Debug)]
pub struct Parsed {
    /// The newest trading day, where the rows name it.
    pub as_of: Option<Date>,
    pub content: Content,
    /// Rows that were put aside.
    pub quarantined: Vec<Quarantined>,
}

#[derive(Debug)]
pub enum Content {
    /// A day's market.
    Market {
        rows: Vec<Row>,
        /// Whether the ISINs are not in the file, but told from the codes.
        isins_are_derived: bool,
    },
    /// Trading days of issues.
    History(Vec<DatedBar>),
    /// Trading days of indices.
    Index(Vec<IndexBar>),
    /// Facts about issues.
    Master(Vec<MasterFacts>),
    Delistings(Vec<Delisting>),
}

impl Content {
    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Market { rows, .. } => rows.len(),
            Self::History(bars) => bars.len(),
            Self::Index(bars) => bars.len(),
            Self::Master(facts) => facts.len(),
            Self::Delistings(gone) => gone.len(),
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What a history without a column for it is of: the code of an issue or of an index.
pub type Subject<'a> = Option<&'a str>;

/// Reads a file's content. `subject` is of use where the rows do not say whose history they are.
///
/// # Errors
/// When its shape is faulty, or too many rows are.
pub fn parse(bytes: &[u8], subject: Subject<'_>) -> Result<Parsed, Fault> {
    let (kind, text) = text::read(bytes)?;
    let table = match kind {
        Kind::Csv => table::of_csv(&text)?,
        Kind::Json => table::of_json(&text)?,
        Kind::Html => table::of_html(&text)?,
    };
    read_table(table, &forms::ALL, subject)
}

/// Reads a table that has one of `forms`.
///
/// # Errors
/// See [`parse`].
pub(in crate::server::market) fn read_table(
    table: Table,
    forms: &[&'static Form],
    subject: Subject<'_>,
) -> Result<Parsed, Fault> {
    if table.columns.is_empty() {
        return Err(Fault::NoRows);
    }
    let header = Header::recognise(&table.columns, forms)?;
    let mut reading = Reading {
        header: &header,
        subject,
        as_of: None,
        seen: HashMap::new(),
        aside: Vec::new(),
        without_price: 0,
    };
    let content = match header.form.rows {
        Rows::Market => Content::Market {
            rows: reading.all(&table, Reading::market)?,
            isins_are_derived: !header.has(Field::Isin),
        },
        Rows::History => Content::History(reading.all(&table, Reading::bar)?),
        Rows::Index => Content::Index(reading.all(&table, Reading::index)?),
        Rows::Master => Content::Master(reading.all(&table, Reading::master)?),
        Rows::Delistings => Content::Delistings(reading.all(&table, Reading::delisting)?),
    };
    let Reading {
        as_of,
        aside,
        without_price,
        ..
    } = reading;
    if let Some(broken) = table.broken {
        return Err(broken);
    }
    let total = content.len() + aside.len();
    if total == 0 {
        return Err(Fault::NoRows);
    }
    if content.is_empty() && without_price == total {
        return Err(Fault::NoPrices);
    }
    trustworthy(&table.records, table.open_end, &aside, total)?;
    Ok(Parsed {
        as_of,
        content,
        quarantined: aside,
    })
}

/// Whether what was put aside leaves the rest to be trusted.
fn trustworthy(records: &[Record], open_end: bool, aside: &[Quarantined], total: usize) -> Result<(), Fault> {
    // A number that was cut short is still a number: it shows in the sums only.
    if let Some(last) = aside.last()
        && open_end
        && records.last().is_some_and(|record| record.line == last.line)
    {
        return Err(Fault::CutOff {
            line: last.line,
            reason: last.reason.clone(),
        });
    }
    if aside.len() * 100 > total
        && let Some(first) = aside.first()
    {
        return Err(Fault::TooManyBad {
            bad: aside.len(),
            total,
            line: first.line,
            code: first.code.clone(),
            reason: first.reason.clone(),
        });
    }
    Ok(())
}

/// A table on its way to typed rows.
struct Reading<'a> {
    header: &'a Header,
    subject: Subject<'a>,
    as_of: Option<Date>,
    /// What must not be there twice, with the line where it was first.
    seen: HashMap<(&'static str, String), u64>,
    aside: Vec<Quarantined>,
    without_price: usize,
}

impl Reading<'_> {
    fn all<T>(
        &mut self,
        table: &Table,
        one: fn(&mut Self, Cells<'_>) -> Result<Option<T>, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut rows = Vec::with_capacity(table.records.len());
        for record in &table.records {
            let cells = Cells::new(self.header, record);
            if let Some(row) = one(self, cells)? {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    fn market(&mut self, cells: Cells<'_>) -> Result<Option<Row>, Fault> {
        let line = cells.line();
        let mut instrument = cells.instrument()?;
        self.once(line, "code", &instrument.code)?;
        if !self.header.has(Field::Isin) {
            let Some(isin) = isin::of_code(&instrument.code) else {
                let reason = "the file has no ISINs, and that of a foreign issue cannot be told from its code";
                return Ok(self.put_aside(line, &instrument.code, reason.to_owned()));
            };
            instrument.isin = isin;
        }
        self.once(line, "ISIN", &instrument.isin)?;
        if let Some(day) = cells.date(Field::Day)? {
            if self.as_of.is_some_and(|other| other != day) {
                return Err(Fault::TwoDates { line });
            }
            self.as_of = Some(day);
        }
        if !cells.has_price() {
            self.without_price += 1;
            return Ok(self.put_aside(line, &instrument.code, "it has no price".to_owned()));
        }
        let bar = cells.bar(Some(instrument.market))?;
        let row = Row { instrument, bar };
        Ok(match checks::contradiction(&row) {
            None => Some(row),
            Some(reason) => self.put_aside(line, &row.instrument.code, reason),
        })
    }

    fn bar(&mut self, cells: Cells<'_>) -> Result<Option<DatedBar>, Fault> {
        let line = cells.line();
        let code = self.code_or_subject(&cells)?;
        let trade_date = cells.needed_date(Field::Day)?;
        self.once(line, "day", &format!("{trade_date} of {code}"))?;
        if !cells.has_price() {
            self.without_price += 1;
            return Ok(self.put_aside(line, &code, format!("it has no price on {trade_date}")));
        }
        let bar = cells.bar(None)?;
        if let Some(reason) = checks::contradiction_of_bar(&bar) {
            return Ok(self.put_aside(line, &code, format!("{trade_date}: {reason}")));
        }
        self.as_of = self.as_of.max(Some(trade_date));
        Ok(Some(DatedBar { code, trade_date, bar }))
    }

    fn index(&mut self, cells: Cells<'_>) -> Result<Option<IndexBar>, Fault> {
        let line = cells.line();
        let trade_date = cells.needed_date(Field::Day)?;
        let index_code = if self.header.has(Field::Code) {
            let Some(index_code) = cells.index_code() else {
                // One of the many indices that are not kept.
                return Ok(None);
            };
            index_code
        } else {
            self.subject.ok_or(Fault::NoCode)?
        };
        self.once(line, "day", &format!("{trade_date} of {index_code}"))?;
        let Some(bar) = cells.index_bar(index_code, trade_date)? else {
            self.without_price += 1;
            return Ok(self.put_aside(line, index_code, format!("it has no value on {trade_date}")));
        };
        if let Some(reason) = checks::contradiction_of_index(&bar) {
            return Ok(self.put_aside(line, index_code, format!("{trade_date}: {reason}")));
        }
        self.as_of = self.as_of.max(Some(trade_date));
        Ok(Some(bar))
    }

    #[expect(
        clippy::unnecessary_wraps,
        reason = "all kinds of rows are read by functions of one shape"
    )]
    fn master(&mut self, cells: Cells<'_>) -> Result<Option<MasterFacts>, Fault> {
        // One company may stand there several times, and its facts with it: the last ones count.
        Ok(match cells.master() {
            Ok(facts) => Some(facts),
            Err(fault) => self.put_aside(cells.line(), cells.raw_code(), fault.to_string()),
        })
    }

    #[expect(
        clippy::unnecessary_wraps,
        reason = "all kinds of rows are read by functions of one shape"
    )]
    fn delisting(&mut self, cells: Cells<'_>) -> Result<Option<Delisting>, Fault> {
        let line = cells.line();
        let gone = match cells.delisting() {
            Ok(gone) => gone,
            Err(fault) => return Ok(self.put_aside(line, cells.raw_code(), fault.to_string())),
        };
        // The same right may be told twice on a day.
        let key = ("delisting", format!("{} on {}", gone.code, gone.delisted_on));
        if self.seen.insert(key, line).is_some() {
            return Ok(self.put_aside(line, &gone.code, "it is there twice".to_owned()));
        }
        self.as_of = self.as_of.max(Some(gone.delisted_on));
        Ok(Some(gone))
    }

    fn code_or_subject(&self, cells: &Cells<'_>) -> Result<String, Fault> {
        if self.header.has(Field::Code) {
            cells.code()
        } else {
            self.subject.map(str::to_owned).ok_or(Fault::NoCode)
        }
    }

    fn once(&mut self, line: u64, column: &'static str, value: &str) -> Result<(), Fault> {
        match self.seen.insert((column, value.to_owned()), line) {
            None => Ok(()),
            Some(first_line) => Err(Fault::Duplicate {
                line,
                first_line,
                column,
                value: value.to_owned(),
            }),
        }
    }

    fn put_aside<T>(&mut self, line: u64, code: &str, reason: String) -> Option<T> {
        self.aside.push(Quarantined {
            line,
            code: code.to_owned(),
            reason,
        });
        None
    }
}
