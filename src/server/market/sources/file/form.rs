//! What a form of file is: which column holds what, found by the header and not by position.

use crate::model::market::{Board, Segment};

use super::{Fault, table::Record};

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server::market) enum Field {
    Code,
    Isin,
    Name,
    NameFull,
    NameEn,
    Market,
    Segment,
    Dept,
    Industry,
    Products,
    Region,
    Homepage,
    SettleMonth,
    SecuGroup,
    ShareKind,
    ParValue,
    ListedOn,
    DelistedOn,
    Reason,
    SuccessorCode,
    SuccessorName,
    Close,
    ChangeCode,
    Change,
    ChangesRatio,
    Open,
    High,
    Low,
    Volume,
    Amount,
    Marcap,
    Shares,
    /// The trading day of a row.
    Day,
}

/// A column of a form and the names that it goes by.
pub(in crate::server::market) struct Column {
    field: Field,
    names: &'static [&'static str],
    required: bool,
}

pub(super) const fn required(field: Field, names: &'static [&'static str]) -> Column {
    Column {
        field,
        names,
        required: true,
    }
}

pub(super) const fn optional(field: Field, names: &'static [&'static str]) -> Column {
    Column {
        field,
        names,
        required: false,
    }
}

/// What the rows of a form are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server::market) enum Rows {
    /// A day's market.
    Market,
    /// Trading days of one issue or of many.
    History,
    Index,
    /// Facts about issues, without prices.
    Master,
    Delistings,
}

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server::market) enum Numbers {
    /// Digits.
    Plain,
    /// As the exchange writes them: perhaps with commas between thousands, and `-` or nothing
    /// where there is none.
    Exchange,
}

/// The board of an issue, and the part of it.
pub(super) type Place = (Board, Option<Segment>);

/// A form of file that we understand.
pub(in crate::server::market) struct Form {
    /// For people: what it is and how its header reads.
    pub title: &'static str,
    pub rows: Rows,
    pub numbers: Numbers,
    pub columns: &'static [Column],
    /// Names with which it is another form.
    pub never: &'static [&'static str],
}

/// A form's columns in one file.
pub(in crate::server::market) struct Header {
    pub form: &'static Form,
    found: Vec<(Field, &'static str, usize)>,
}

impl Header {
    /// Tells by the names of the columns which of `forms` a file has.
    pub fn recognise(columns: &[String], forms: &[&'static Form]) -> Result<Self, Fault> {
        let position = |name: &str| columns.iter().position(|column| column == name);
        let missing_in = |form: &'static Form| -> Vec<&'static str> {
            let lacking = |c: &&Column| c.required && !c.names.iter().any(|n| position(n).is_some());
            let first_name = |c: &Column| c.names.first().copied();
            form.columns.iter().filter(lacking).filter_map(first_name).collect()
        };
        let nearest = forms
            .iter()
            .copied()
            .filter(|form| form.never.iter().all(|name| position(name).is_none()))
            .map(|form| (form, missing_in(form)))
            .min_by_key(|(_, missing)| missing.len());
        let Some((form, missing)) = nearest else {
            return Err(Fault::ForeignHeader);
        };
        if !missing.is_empty() {
            let needed = form.columns.iter().filter(|c| c.required).count();
            // With more missing than there it is some other table, and a list would mislead.
            return Err(if missing.len() * 2 > needed {
                Fault::ForeignHeader
            } else {
                Fault::MissingColumns {
                    form: form.title,
                    missing: missing.join(", "),
                }
            });
        }
        let mut found = Vec::new();
        for column in form.columns {
            for &name in column.names {
                let Some(index) = position(name) else {
                    continue;
                };
                if columns.iter().skip(index + 1).any(|c| c == name) {
                    return Err(Fault::DuplicateColumn(name));
                }
                found.push((column.field, name, index));
            }
        }
        Ok(Self { form, found })
    }

    /// The column's name and its trimmed text in a row. Of several columns for the same thing the
    /// one that holds something.
    pub fn cell<'r>(&self, record: &'r Record, field: Field) -> (&'static str, &'r str) {
        let mut cell = ("", "");
        for &(of, name, index) in &self.found {
            if of == field && cell.1.is_empty() {
                cell = (
                    name,
                    record.cells.get(index).map(String::as_str).unwrap_or_default().trim(),
                );
            }
        }
        cell
    }

    /// Whether the file has a column for this.
    pub fn has(&self, field: Field) -> bool {
        self.found.iter().any(|(of, ..)| *of == field)
    }
}

/// What a market column means: every source has its own names for the same three boards.
pub(super) fn place(name: &str) -> Option<Place> {
    match name {
        "KOSDAQ GLOBAL" | "코스닥 글로벌" | "코스닥글로벌" => Some((Board::Kosdaq, Some(Segment::Global))),
        "유가" | "유가증권" | "코스피" => Some((Board::Kospi, None)),
        "코스닥" => Some((Board::Kosdaq, None)),
        "코넥스" => Some((Board::Konex, None)),
        other => Board::parse(other).map(|board| (board, None)),
    }
}
