//! One record of a listing as typed values. Each cell that is not what its column needs is a
//! fault that names line, column and reason.

use std::borrow::Cow;

use time::{Date, format_description::StaticFormatDescription, macros::format_description};
use unicode_normalization::UnicodeNormalization;

use crate::{
    model::market::{Board, Percent, Points, Segment, is_code, limits},
    server::store::{
        daily_bars::{Bar, LOWER_LIMIT, UPPER_LIMIT},
        delistings::Delisting,
        index_bars::IndexBar,
        instruments::{Facts, Instrument, MasterFacts},
    },
};

use super::{
    Fault,
    form::{self, Field, Header, Numbers, Place},
    table::Record,
};

/// As files have them, and as the exchange writes them in its tables and in its Open API.
const DATES: [StaticFormatDescription; 3] = [
    format_description!("[year]-[month]-[day]"),
    format_description!("[year]/[month]/[day]"),
    format_description!("[year][month][day]"),
];
/// Of codes from before there were six characters, and of rights.
const LONGEST_OLD_CODE: usize = 12;
/// Longer than any name that an issue, an industry or a department has.
const MAX_TEXT: usize = 200;
/// As much of a faulty cell as is shown.
const SHOWN: usize = 30;

/// A record with the columns that it is read by.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    header: &'a Header,
    record: &'a Record,
}

impl<'a> Cells<'a> {
    pub fn new(header: &'a Header, record: &'a Record) -> Self {
        Self { header, record }
    }

    pub fn line(&self) -> u64 {
        self.record.line
    }

    /// An issue's master data; without an ISIN when the file has none.
    pub fn instrument(&self) -> Result<Instrument, Fault> {
        let (market, segment) = self.market()?;
        Ok(Instrument {
            code: self.code()?,
            isin: if self.header.has(Field::Isin) {
                self.needed_text(Field::Isin)?
            } else {
                String::new()
            },
            name: self.needed_text(Field::Name)?,
            name_full: self.text(Field::NameFull)?,
            name_en: self.text(Field::NameEn)?,
            market,
            segment,
            dept: self.text(Field::Dept)?,
            industry: self.text(Field::Industry)?,
            share_kind: self.text(Field::ShareKind)?,
            par_value: self.par_value()?,
            listed_on: self.date(Field::ListedOn)?,
            facts: self.facts()?,
        })
    }

    /// Whether there is a close at all: on holidays some sources answer with rows without figures.
    pub fn has_price(&self) -> bool {
        self.header.form.numbers == Numbers::Plain || !is_none(self.get(Field::Close).1)
    }

    /// The figures of a day. Without the exchange's code and with a board, prices at its limits
    /// tell the code.
    pub fn bar(&self, board: Option<Board>) -> Result<Bar, Fault> {
        let change = self.integer(Field::Change)?;
        let close = self.integer(Field::Close)?;
        // Nothing was opened, so that nothing was traded in the session: the prices are fillers.
        let price = |won: i64| (won != 0).then_some(won);
        let open = price(self.integer(Field::Open)?);
        let volume = self.integer(Field::Volume)?;
        Ok(Bar {
            close,
            change,
            changes_ratio: self.ratio(change, close)?,
            change_code: match self.change_code()? {
                Some(code) => code,
                None if open.is_none() && volume == 0 => 0,
                None => derived_change_code(change, close, board),
            },
            open,
            high: price(self.integer(Field::High)?),
            low: price(self.integer(Field::Low)?),
            volume,
            amount: self.integer(Field::Amount)?,
            marcap: self.integer(Field::Marcap)?,
            shares: self.integer(Field::Shares)?,
        })
    }

    /// The index that a row is of, if it is one of those that are kept.
    pub fn index_code(&self) -> Option<&'static str> {
        match self.get(Field::Code).1 {
            "코스피" | "KOSPI" => Some("KOSPI"),
            "코스닥" | "KOSDAQ" => Some("KOSDAQ"),
            _ => None,
        }
    }

    /// An index's day; `None` when there is no value.
    pub fn index_bar(&self, index_code: &str, trade_date: Date) -> Result<Option<IndexBar>, Fault> {
        let Some(close) = self.points(Field::Close)? else {
            return Ok(None);
        };
        let change = self.points(Field::Change)?.unwrap_or_default();
        Ok(Some(IndexBar {
            index_code: index_code.to_owned(),
            trade_date,
            close,
            change,
            changes_ratio: close
                .checked_sub(change)
                .and_then(|base| Percent::of_change(change, base))
                .unwrap_or_default(),
            open: self.points(Field::Open)?,
            high: self.points(Field::High)?,
            low: self.points(Field::Low)?,
            volume: self.optional_integer(Field::Volume)?,
            amount: self.optional_integer(Field::Amount)?,
            marcap: self.optional_integer(Field::Marcap)?,
        }))
    }

    /// What a source without prices tells about an issue.
    pub fn master(&self) -> Result<MasterFacts, Fault> {
        Ok(MasterFacts {
            code: self.code()?,
            name_full: self.text(Field::NameFull)?,
            name_en: self.text(Field::NameEn)?,
            industry: self.text(Field::Industry)?,
            share_kind: self.text(Field::ShareKind)?,
            par_value: self.par_value()?,
            listed_on: self.date(Field::ListedOn)?,
            facts: self.facts()?,
        })
    }

    pub fn delisting(&self) -> Result<Delisting, Fault> {
        let code = self.get(Field::Code);
        if code.1.is_empty() || code.1.len() > LONGEST_OLD_CODE || !code.1.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(self.fault(code, "is no code"));
        }
        Ok(Delisting {
            code: code.1.to_owned(),
            delisted_on: self.needed_date(Field::DelistedOn)?,
            name: self.needed_text(Field::Name)?,
            market: self.needed_text(Field::Market)?,
            secu_group: self.text(Field::SecuGroup)?,
            share_kind: self.text(Field::ShareKind)?,
            listed_on: self.date(Field::ListedOn)?,
            reason: self.text(Field::Reason)?,
            industry: self.text(Field::Industry)?,
            par_value: self.par_value()?,
            shares: self.optional_integer(Field::Shares)?,
            successor_code: self.text(Field::SuccessorCode)?,
            successor_name: self.text(Field::SuccessorName)?,
        })
    }

    /// What stands where the code should, for a report.
    pub fn raw_code(&self) -> &'a str {
        let code = self.get(Field::Code).1;
        code.get(..SHOWN).unwrap_or(code)
    }

    fn facts(&self) -> Result<Facts, Fault> {
        Ok(Facts {
            products: self.shortened(Field::Products),
            region: self.text(Field::Region)?,
            homepage: self.shortened(Field::Homepage),
            secu_group: self.text(Field::SecuGroup)?,
            settle_month: self.text(Field::SettleMonth)?,
            delisted_on: None,
            successor_code: None,
        })
    }

    fn get(&self, field: Field) -> (&'static str, &'a str) {
        self.header.cell(self.record, field)
    }

    fn fault(&self, (column, value): (&'static str, &str), reason: &'static str) -> Fault {
        let mut shown: String = value.chars().take(SHOWN).collect();
        if shown.len() < value.len() {
            shown.push('…');
        }
        Fault::Cell {
            line: self.record.line,
            column,
            value: format!("{shown:?}"),
            reason,
        }
    }

    pub fn code(&self) -> Result<String, Fault> {
        let cell = self.get(Field::Code);
        let code = cell.1;
        if is_code(code) {
            return Ok(code.to_owned());
        }
        let looks_like_number = !code.is_empty()
            && code.bytes().next().is_some_and(|b| b.is_ascii_digit())
            && code
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'E' | b'e' | b'+'));
        Err(self.fault(
            cell,
            if looks_like_number && code.len() != 6 {
                "is no code: codes are text, e.g. 005930; \
                 the file seems to have been saved by a spreadsheet"
            } else {
                "is no code: six characters such as 005930 are expected"
            },
        ))
    }

    fn market(&self) -> Result<Place, Fault> {
        let cell = self.get(Field::Market);
        let (board, segment) =
            form::place(cell.1).ok_or_else(|| self.fault(cell, "is no market: KOSPI, KOSDAQ or KONEX is expected"))?;
        let cell = self.get(Field::Segment);
        if cell.1.is_empty() {
            return Ok((board, segment));
        }
        match Segment::parse(cell.1) {
            Some(segment) => Ok((board, Some(segment))),
            None => Err(self.fault(cell, "is no segment: GLOBAL or nothing is expected")),
        }
    }

    fn needed_text(&self, field: Field) -> Result<String, Fault> {
        self.text(field)?
            .ok_or_else(|| self.fault(self.get(field), "is missing"))
    }

    /// Text in NFC with single spaces; `None` when there is none.
    fn text(&self, field: Field) -> Result<Option<String>, Fault> {
        let cell = self.get(field);
        let words: Vec<&str> = cell.1.split_whitespace().collect();
        let text: String = words.join(" ").nfc().collect();
        if text.chars().any(char::is_control) {
            return Err(self.fault(cell, "holds a control character"));
        }
        if text.chars().count() > MAX_TEXT {
            return Err(self.fault(cell, "is too long"));
        }
        Ok((!text.is_empty()).then_some(text))
    }

    /// Prose: what nobody would miss is cut, and what cannot be printed is left out.
    fn shortened(&self, field: Field) -> Option<String> {
        let words: Vec<&str> = self.get(field).1.split_whitespace().collect();
        let text: String = words
            .join(" ")
            .nfc()
            .filter(|c| !c.is_control())
            .take(MAX_TEXT)
            .collect();
        (!text.is_empty()).then_some(text)
    }

    /// Won, or what stands in its place; without commas.
    fn par_value(&self) -> Result<Option<String>, Fault> {
        Ok(self
            .text(Field::ParValue)?
            .map(|text| text.replace(',', ""))
            .filter(|text| !is_none(text)))
    }

    fn integer(&self, field: Field) -> Result<i64, Fault> {
        match self.optional_integer(field)? {
            Some(number) => Ok(number),
            // Where there is a close, a lacking figure is none.
            None if self.header.form.numbers == Numbers::Exchange => Ok(0),
            None => Err(self.fault(self.get(field), "is missing: a number is expected")),
        }
    }

    fn optional_integer(&self, field: Field) -> Result<Option<i64>, Fault> {
        const NUMBER: &str = "is no number: plain digits are expected";
        let cell = self.get(field);
        let Some(text) = self.number_text(cell)? else {
            return Ok(None);
        };
        // Tables with gaps turn whole numbers into floats on their way.
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
        let digits = whole.strip_prefix('-').unwrap_or(whole);
        if digits.is_empty()
            || !digits.bytes().all(|b| b.is_ascii_digit())
            || fraction.is_empty()
            || !fraction.bytes().all(|b| b == b'0')
        {
            return Err(self.fault(cell, NUMBER));
        }
        whole
            .parse()
            .map(Some)
            .map_err(|_| self.fault(cell, "is too large a number"))
    }

    fn points(&self, field: Field) -> Result<Option<i64>, Fault> {
        let cell = self.get(field);
        let Some(text) = self.number_text(cell)? else {
            return Ok(None);
        };
        match Points::parse(&text) {
            Some(points) => Ok(Some(points.hundredths())),
            None => Err(self.fault(cell, "is no index value: points such as 2745.32 are expected")),
        }
    }

    /// A number as plain digits; `None` where there is none.
    fn number_text(&self, cell: (&'static str, &'a str)) -> Result<Option<Cow<'a, str>>, Fault> {
        let text = cell.1;
        if self.header.form.numbers == Numbers::Plain || !text.contains(',') {
            let none = text.is_empty() || (self.header.form.numbers == Numbers::Exchange && is_none(text));
            return Ok((!none).then_some(Cow::Borrowed(text)));
        }
        // A comma anywhere else than between thousands is a broken number, not a separator.
        let (whole, _) = text.split_once('.').unwrap_or((text, ""));
        let mut groups = whole.strip_prefix('-').unwrap_or(whole).split(',');
        let first_fits = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
        if first_fits && groups.all(|group| group.len() == 3) {
            Ok(Some(Cow::Owned(text.replace(',', ""))))
        } else {
            Err(self.fault(cell, "is no number: commas stand between thousands only"))
        }
    }

    fn ratio(&self, change: i64, close: i64) -> Result<Percent, Fault> {
        let cell = self.get(Field::ChangesRatio);
        if self.header.form.numbers == Numbers::Exchange && is_none(cell.1) {
            let base = close.checked_sub(change);
            return Ok(base
                .and_then(|base| Percent::of_change(change, base))
                .unwrap_or_default());
        }
        let text = self.number_text(cell)?.unwrap_or_default();
        Percent::parse(&text).ok_or_else(|| self.fault(cell, "is no ratio: percent such as -0.55 is expected"))
    }

    /// `None` without such a column.
    fn change_code(&self) -> Result<Option<i32>, Fault> {
        let cell = self.get(Field::ChangeCode);
        match cell.1 {
            "" => Ok(None),
            "0" => Ok(Some(0)),
            "1" => Ok(Some(1)),
            "2" => Ok(Some(2)),
            "3" => Ok(Some(3)),
            "4" => Ok(Some(UPPER_LIMIT)),
            "5" => Ok(Some(LOWER_LIMIT)),
            _ => Err(self.fault(cell, "is no change code: 0 to 5 is expected")),
        }
    }

    pub fn needed_date(&self, field: Field) -> Result<Date, Fault> {
        self.date(field)?
            .ok_or_else(|| self.fault(self.get(field), "is missing: a date is expected"))
    }

    pub fn date(&self, field: Field) -> Result<Option<Date>, Fault> {
        let cell = self.get(field);
        if is_none(cell.1) {
            return Ok(None);
        }
        DATES
            .iter()
            .find_map(|form| Date::parse(cell.1, *form).ok())
            .map(Some)
            .ok_or_else(|| self.fault(cell, "is no date: YYYY-MM-DD is expected"))
    }
}

/// How sources write that there is nothing.
fn is_none(text: &str) -> bool {
    matches!(text, "" | "-")
}

fn derived_change_code(change: i64, close: i64, board: Option<Board>) -> i32 {
    let limits = board.map(|board| limits(close.saturating_sub(change), board));
    match change {
        _ if change > 0 && limits.is_some_and(|(_, upper)| close == upper) => UPPER_LIMIT,
        _ if change < 0 && limits.is_some_and(|(lower, _)| close == lower) => LOWER_LIMIT,
        1.. => 1,
        0 => 3,
        ..0 => 2,
    }
}
