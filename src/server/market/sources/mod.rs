//! Files that hold a day's market. Which kind a file is, is told by its content.
//!
//! A file whose shape is faulty is refused as a whole, with the line and the reason: half a market
//! is worse than yesterday's. Single rows that contradict themselves are put aside and reported,
//! unless there are too many of them to trust the rest.

pub(super) mod checks;
mod fdr;
mod form;
mod krx_listing;
mod row;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use csv::{ErrorKind, ReaderBuilder, StringRecord};
use time::Date;

use crate::server::store::{imports::Row, quarantine::Quarantined};

use form::{Form, Header};

/// The forms of CSV that are understood.
static FORMS: [Form; 2] = [krx_listing::FORM, fdr::FORM];

/// A day's market as a file has it.
#[derive(Debug)]
pub struct Parsed {
    /// The trading day, where the rows name it.
    pub as_of: Option<Date>,
    pub rows: Vec<Row>,
    pub quarantined: Vec<Quarantined>,
}

/// Why a file is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("the file is empty")]
    Empty,
    #[error("line {line}: the file is not UTF-8 text{hint}")]
    NotUtf8 { line: u64, hint: &'static str },
    #[error("the file is {0}, not a CSV listing")]
    NotCsv(&'static str),
    #[error(
        "line 1: this header is of no listing that is understood; understood are: {}",
        titles()
    )]
    ForeignHeader,
    #[error("line 1: the header lacks {missing}; it comes nearest to the {form}")]
    MissingColumns { form: &'static str, missing: String },
    #[error("line 1: the column {0} is there twice")]
    DuplicateColumn(&'static str),
    #[error("the file has a header but no rows")]
    NoRows,
    #[error(
        "line {line}: {found} fields where the header has {expected}; \
         the file may have been cut off"
    )]
    FieldCount { line: u64, expected: u64, found: u64 },
    #[error("line {line}: the last line is cut off ({reason})")]
    CutOff { line: u64, reason: String },
    #[error("line {line}, column {column}: {value} {reason}")]
    Cell {
        line: u64,
        column: &'static str,
        /// Quoted and shortened.
        value: String,
        reason: &'static str,
    },
    #[error("line {line}: {column} {value} is in line {first_line} already")]
    Duplicate {
        line: u64,
        first_line: u64,
        column: &'static str,
        value: String,
    },
    #[error("line {line}: the date differs from that of the rows before")]
    TwoDates { line: u64 },
    #[error(
        "{bad} of {total} rows contradict themselves, more than 1 %; \
         the first in line {line} ({code}): {reason}"
    )]
    TooManyBad {
        bad: usize,
        total: usize,
        line: u64,
        code: String,
        reason: String,
    },
    #[error("line {line}: {reason}")]
    Unreadable { line: u64, reason: String },
}

fn titles() -> String {
    FORMS.each_ref().map(|form| form.title).join("; ")
}

/// Reads a file's content.
///
/// # Errors
/// When its shape is faulty, or too many rows are.
pub fn parse(bytes: &[u8]) -> Result<Parsed, Fault> {
    let text = text_of(bytes)?;
    let mut reader = ReaderBuilder::new().from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| unreadable(text, e))?.clone();
    let header = Header::recognise(&header, &FORMS)?;

    let mut rows = Vec::new();
    let mut quarantined: Vec<Quarantined> = Vec::new();
    let mut as_of = None;
    let mut seen = Seen::default();
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(|e| unreadable(text, e))? {
        let line = record.position().map_or(0, |at| line_at(text, at));
        let (row, day) = row::read(&header, &record, line)?;
        seen.note(line, &row)?;
        if day.is_some() && as_of.is_some() && day != as_of {
            return Err(Fault::TwoDates { line });
        }
        as_of = as_of.or(day);
        match checks::contradiction(&row) {
            None => rows.push(row),
            Some(reason) => quarantined.push(Quarantined {
                line,
                code: row.instrument.code,
                reason,
            }),
        }
    }

    let total = rows.len() + quarantined.len();
    if total == 0 {
        return Err(Fault::NoRows);
    }
    // A number that was cut short is still a number: it shows in the sums only.
    if let Some(last) = quarantined.last()
        && !text.ends_with('\n')
        && record_is_last(text, last.line)
    {
        return Err(Fault::CutOff {
            line: last.line,
            reason: last.reason.clone(),
        });
    }
    if quarantined.len() * 100 > total
        && let Some(first) = quarantined.first()
    {
        return Err(Fault::TooManyBad {
            bad: quarantined.len(),
            total,
            line: first.line,
            code: first.code.clone(),
            reason: first.reason.clone(),
        });
    }
    Ok(Parsed {
        as_of,
        rows,
        quarantined,
    })
}

/// The file as text without its byte order mark, if it is text at all.
fn text_of(bytes: &[u8]) -> Result<&str, Fault> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(Fault::NotCsv("compressed (gzip)"));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(Fault::NotCsv("an archive or a spreadsheet (zip)"));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let hint = " but UTF-16; save it as \"CSV UTF-8\"";
        return Err(Fault::NotUtf8 { line: 1, hint });
    }
    let text = str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        Fault::NotUtf8 {
            line: newlines(before) + 1,
            hint: "; if it is EUC-KR (CP949), save it as \"CSV UTF-8\"",
        }
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.trim_start().as_bytes().first() {
        None => Err(Fault::Empty),
        Some(b'<') => Err(Fault::NotCsv("HTML or XML")),
        Some(b'{' | b'[') => Err(Fault::NotCsv("JSON")),
        Some(_) => Ok(text),
    }
}

fn unreadable(text: &str, error: csv::Error) -> Fault {
    let line = error.position().map_or(0, |at| line_at(text, at));
    match error.into_kind() {
        ErrorKind::UnequalLengths { expected_len, len, .. } => Fault::FieldCount {
            line,
            expected: expected_len,
            found: len,
        },
        other => Fault::Unreadable {
            line,
            reason: format!("{other:?}"),
        },
    }
}

/// The line in which a record begins: the reader says where it began to look, which is before
/// any blank lines.
fn line_at(text: &str, at: &csv::Position) -> u64 {
    let start = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let blank = text
        .get(start..)
        .unwrap_or_default()
        .bytes()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .filter(|byte| *byte == b'\n')
        .count();
    at.line() + u64::try_from(blank).unwrap_or_default()
}

/// Whether no line follows this one.
fn record_is_last(text: &str, line: u64) -> bool {
    newlines(text.as_bytes()) < line
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

/// What must not be there twice, with the line where it was first.
#[derive(Default)]
struct Seen {
    codes: HashMap<String, u64>,
    isins: HashMap<String, u64>,
}

impl Seen {
    fn note(&mut self, line: u64, row: &Row) -> Result<(), Fault> {
        let issue = &row.instrument;
        for (column, seen, value) in [
            ("code", &mut self.codes, &issue.code),
            ("ISIN", &mut self.isins, &issue.isin),
        ] {
            if let Some(first_line) = seen.insert(value.clone(), line) {
                return Err(Fault::Duplicate {
                    line,
                    first_line,
                    column,
                    value: value.clone(),
                });
            }
        }
        Ok(())
    }
}
