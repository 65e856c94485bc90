//! What a form of CSV file is: which column holds what, found by the header and not by position.

use csv::StringRecord;

use crate::model::market::{Board, Segment};

use super::Fault;

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Code,
    Isin,
    Name,
    NameFull,
    NameEn,
    Market,
    Segment,
    Dept,
    Industry,
    ShareKind,
    ParValue,
    ListedOn,
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
    AsOf,
}

/// A column of a form and the names that it goes by.
pub(super) struct Column {
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

/// The board of an issue, and the part of it.
pub(super) type Place = (Board, Option<Segment>);

/// A form of file that we understand.
pub(super) struct Form {
    /// For people: what it is and how its header reads.
    pub title: &'static str,
    pub columns: &'static [Column],
    /// What its market column means.
    pub market: fn(&str) -> Option<Place>,
}

/// A form's columns in one file.
pub(super) struct Header {
    pub form: &'static Form,
    found: Vec<(Field, &'static str, usize)>,
}

impl Header {
    /// Tells by the header which of `forms` a file has.
    pub fn recognise(header: &StringRecord, forms: &'static [Form]) -> Result<Self, Fault> {
        let position = |name: &str| header.iter().position(|column| column.trim() == name);
        let missing_in = |form: &'static Form| -> Vec<&'static str> {
            let lacking = |c: &&Column| c.required && !c.names.iter().any(|n| position(n).is_some());
            let first_name = |c: &Column| c.names.first().copied();
            form.columns.iter().filter(lacking).filter_map(first_name).collect()
        };
        let nearest = forms
            .iter()
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
                if header.iter().skip(index + 1).any(|c| c.trim() == name) {
                    return Err(Fault::DuplicateColumn(name));
                }
                found.push((column.field, name, index));
            }
        }
        Ok(Self { form, found })
    }

    /// The column's name and its trimmed text in a row. Of several columns for the same thing the
    /// one that holds something.
    pub fn cell<'r>(&self, record: &'r StringRecord, field: Field) -> (&'static str, &'r str) {
        let mut cell = ("", "");
        for &(of, name, index) in &self.found {
            if of == field && cell.1.is_empty() {
                cell = (name, record.get(index).unwrap_or_default().trim());
            }
        }
        cell
    }
}
