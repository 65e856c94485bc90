//! A file as a table, whatever it was: named columns and rows of text.

use csv::{ErrorKind, ReaderBuilder, StringRecord};
use html5gum::{Token, Tokenizer};
use serde_json::{Map, Value};

use super::Fault;

/// A row, with the line in which it begins. JSON and HTML have no lines of their own: there it is
/// the number of the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::server::market) struct Record {
    pub line: u64,
    pub cells: Vec<String>,
}

#[derive(Debug, Default)]
pub(in crate::server::market) struct Table {
    pub columns: Vec<String>,
    pub records: Vec<Record>,
    /// What is wrong behind the last record, so that it cannot be read on.
    pub broken: Option<Fault>,
    /// The last record may have been cut off: nothing says that it ends.
    pub open_end: bool,
}

/// CSV, with a header in its first line.
pub(super) fn of_csv(text: &str) -> Result<Table, Fault> {
    let mut reader = ReaderBuilder::new().from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| unreadable(text, e))?;
    let mut table = Table {
        columns: header.iter().map(|name| name.trim().to_owned()).collect(),
        open_end: !text.ends_with('\n'),
        ..Table::default()
    };
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => table.records.push(Record {
                line: record.position().map_or(0, |at| line_at(text, at)),
                cells: record.iter().map(ToOwned::to_owned).collect(),
            }),
            Ok(false) => return Ok(table),
            Err(error) => {
                table.broken = Some(unreadable(text, error));
                return Ok(table);
            }
        }
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

/// The arrays in which the exchange's answers have their rows.
const ARRAYS: [&str; 3] = ["OutBlock_1", "output", "block1"];

/// An answer of the exchange, as saved or as it comes: one array of objects.
pub(in crate::server::market) fn of_json(text: &str) -> Result<Table, Fault> {
    let value: Value = serde_json::from_str(text).map_err(|error| Fault::BrokenJson {
        line: u64::try_from(error.line()).unwrap_or_default(),
        cut: error.is_eof(),
    })?;
    // An error comes in the place of an answer, and with a good status.
    let word = |name: &str| value.get(name).and_then(Value::as_str).map(shorten);
    let Some(array) = ARRAYS.iter().find_map(|name| value.get(name)).and_then(Value::as_array) else {
        return Err(match (word("respCode"), word("respMsg")) {
            (None, None) => Fault::ForeignJson,
            (code, message) => Fault::Answer {
                code: code.unwrap_or_default(),
                message: message.unwrap_or_default(),
            },
        });
    };
    let objects: Option<Vec<&Map<String, Value>>> = array.iter().map(Value::as_object).collect();
    let objects = objects.ok_or(Fault::ForeignJson)?;
    let mut table = Table::default();
    for object in &objects {
        for name in object.keys() {
            if !table.columns.contains(name) {
                table.columns.push(name.clone());
            }
        }
        // Every row has the same members; a thousand different ones are an attack or a mistake.
        if table.columns.len() > 100 {
            return Err(Fault::ForeignJson);
        }
    }
    for (index, object) in objects.into_iter().enumerate() {
        let text = |name: &String| match object.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        table.records.push(Record {
            line: u64::try_from(index + 1).unwrap_or_default(),
            cells: table.columns.iter().map(text).collect(),
        });
    }
    Ok(table)
}

fn shorten(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}

/// The table in a page: the disclosure site serves one as a spreadsheet.
pub(super) fn of_html(text: &str) -> Result<Table, Fault> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut cell: Option<String> = None;
    let mut in_table = false;
    let mut closed = false;
    for token in Tokenizer::new(text) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => match tag.name.as_slice() {
                b"table" => in_table = true,
                b"tr" if in_table && !closed => {
                    close(&mut cell, &mut rows);
                    rows.push(Vec::new());
                }
                b"td" | b"th" if in_table && !closed => {
                    close(&mut cell, &mut rows);
                    cell = Some(String::new());
                }
                b"br" | b"p" | b"div" => {
                    if let Some(text) = &mut cell {
                        text.push(' ');
                    }
                }
                _ => {}
            },
            Token::EndTag(tag) => match tag.name.as_slice() {
                b"td" | b"th" | b"tr" => close(&mut cell, &mut rows),
                b"table" if in_table => {
                    close(&mut cell, &mut rows);
                    closed = true;
                }
                _ => {}
            },
            Token::String(text) => {
                if let Some(cell) = &mut cell {
                    cell.push_str(&String::from_utf8_lossy(&text));
                }
            }
            _ => {}
        }
    }
    rows.retain(|row| !row.is_empty());
    let mut rows = rows.into_iter();
    let columns = rows.next().ok_or(Fault::NoTable)?;
    let mut table = Table {
        columns,
        ..Table::default()
    };
    for (index, cells) in rows.enumerate() {
        let line = u64::try_from(index + 1).unwrap_or_default();
        if cells.len() != table.columns.len() {
            table.broken = Some(Fault::FieldCount {
                line,
                expected: u64::try_from(table.columns.len()).unwrap_or_default(),
                found: u64::try_from(cells.len()).unwrap_or_default(),
            });
            return Ok(table);
        }
        table.records.push(Record { line, cells });
    }
    if !closed {
        table.broken = Some(Fault::CutOff {
            line: u64::try_from(table.records.len()).unwrap_or_default(),
            reason: "the table does not end".to_owned(),
        });
    }
    Ok(table)
}

/// Puts a finished cell into the row under way, with single spaces.
fn close(cell: &mut Option<String>, rows: &mut Vec<Vec<String>>) {
    if let Some(text) = cell.take() {
        let words: Vec<&str> = text.split_whitespace().collect();
        match rows.last_mut() {
            Some(row) => row.push(words.join(" ")),
            None => rows.push(vec![words.join(" ")]),
        }
    }
}
