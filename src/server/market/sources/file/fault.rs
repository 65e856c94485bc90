//! Why a file, or what a source answers, is refused.

use super::forms;

/// One clear sentence, with the line where there is one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("the file is empty")]
    Empty,
    #[error("line {line}: the file is not UTF-8 text{hint}")]
    NotUtf8 { line: u64, hint: &'static str },
    #[error("the file is {0}, not text")]
    NotText(&'static str),
    #[error("line {line}: the JSON {}", if *cut { "is cut off" } else { "is broken" })]
    BrokenJson { line: u64, cut: bool },
    #[error("the JSON is no answer of the exchange: it has no rows in OutBlock_1 or output")]
    ForeignJson,
    #[error("the file holds an error instead of rows: {code} {message}")]
    Answer { code: String, message: String },
    #[error("the HTML holds no table")]
    NoTable,
    #[error(
        "line 1: this header is of no listing that is understood; understood are: {}",
        forms::titles()
    )]
    ForeignHeader,
    #[error("line 1: the header lacks {missing}; it comes nearest to the {form}")]
    MissingColumns { form: &'static str, missing: String },
    #[error("line 1: the column {0} is there twice")]
    DuplicateColumn(&'static str),
    #[error("the file has a header but no rows")]
    NoRows,
    #[error("no issue has a price: that day was no trading day")]
    NoPrices,
    #[error("the file does not say whose history it is: neither its rows nor its name hold one code; pass --of CODE")]
    NoCode,
    #[error("this file holds {0}, not a day's market")]
    NotAMarket(&'static str),
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
