//! One record of a listing as typed values. Each cell that is not what its column needs is a
//! fault that names line, column and reason.

use csv::StringRecord;
use time::{Date, format_description::StaticFormatDescription, macros::format_description};
use unicode_normalization::UnicodeNormalization;

use crate::{
    model::market::{Percent, Segment, is_code},
    server::store::{
        daily_bars::Bar,
        imports::Row,
        instruments::{Facts, Instrument},
    },
};

use super::{
    Fault,
    form::{Field, Header, Place},
};

const DATE: StaticFormatDescription = format_description!("[year]-[month]-[day]");
/// Longer than any name that an issue, an industry or a department has.
const MAX_TEXT: usize = 200;
/// As much of a faulty cell as is shown.
const SHOWN: usize = 30;

/// Reads a record: the row, and the trading day when the file names it.
pub(super) fn read(header: &Header, record: &StringRecord, line: u64) -> Result<(Row, Option<Date>), Fault> {
    let cells = Cells { header, record, line };
    let (market, segment) = cells.market()?;
    let instrument = Instrument {
        code: cells.code()?,
        isin: cells.needed_text(Field::Isin)?,
        name: cells.needed_text(Field::Name)?,
        name_full: cells.text(Field::NameFull)?,
        name_en: cells.text(Field::NameEn)?,
        market,
        segment,
        dept: cells.text(Field::Dept)?,
        industry: cells.text(Field::Industry)?,
        share_kind: cells.text(Field::ShareKind)?,
        par_value: cells.text(Field::ParValue)?,
        listed_on: cells.date(Field::ListedOn)?,
        facts: Facts::default(),
    };
    let change = cells.integer(Field::Change)?;
    // Nothing was opened, so that nothing was traded in the session: the prices are fillers.
    let price = |won: i64| (won != 0).then_some(won);
    let bar = Bar {
        close: cells.integer(Field::Close)?,
        change,
        changes_ratio: cells.ratio()?,
        change_code: cells.change_code(change)?,
        open: price(cells.integer(Field::Open)?),
        high: price(cells.integer(Field::High)?),
        low: price(cells.integer(Field::Low)?),
        volume: cells.integer(Field::Volume)?,
        amount: cells.integer(Field::Amount)?,
        marcap: cells.integer(Field::Marcap)?,
        shares: cells.integer(Field::Shares)?,
    };
    Ok((Row { instrument, bar }, cells.date(Field::AsOf)?))
}

struct Cells<'a> {
    header: &'a Header,
    record: &'a StringRecord,
    line: u64,
}

impl<'a> Cells<'a> {
    fn get(&self, field: Field) -> (&'static str, &'a str) {
        self.header.cell(self.record, field)
    }

    fn fault(&self, (column, value): (&'static str, &str), reason: &'static str) -> Fault {
        let mut shown: String = value.chars().take(SHOWN).collect();
        if shown.len() < value.len() {
            shown.push('…');
        }
        Fault::Cell {
            line: self.line,
            column,
            value: format!("{shown:?}"),
            reason,
        }
    }

    fn code(&self) -> Result<String, Fault> {
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
        let (board, segment) = (self.header.form.market)(cell.1)
            .ok_or_else(|| self.fault(cell, "is no market: KOSPI, KOSDAQ or KONEX is expected"))?;
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

    fn integer(&self, field: Field) -> Result<i64, Fault> {
        const NUMBER: &str = "is no number: plain digits are expected";
        let cell = self.get(field);
        if cell.1.is_empty() {
            return Err(self.fault(cell, "is missing: a number is expected"));
        }
        // Tables with gaps turn whole numbers into floats on their way.
        let (whole, fraction) = cell.1.split_once('.').unwrap_or((cell.1, "0"));
        let digits = whole.strip_prefix('-').unwrap_or(whole);
        if digits.is_empty()
            || !digits.bytes().all(|b| b.is_ascii_digit())
            || fraction.is_empty()
            || !fraction.bytes().all(|b| b == b'0')
        {
            return Err(self.fault(cell, NUMBER));
        }
        whole.parse().map_err(|_| self.fault(cell, "is too large a number"))
    }

    fn ratio(&self) -> Result<Percent, Fault> {
        let cell = self.get(Field::ChangesRatio);
        Percent::parse(cell.1).ok_or_else(|| self.fault(cell, "is no ratio: percent such as -0.55 is expected"))
    }

    /// Without such a column, what the change says.
    fn change_code(&self, change: i64) -> Result<i32, Fault> {
        let cell = self.get(Field::ChangeCode);
        match cell.1 {
            "" => Ok(match change {
                1.. => 1,
                0 => 3,
                ..0 => 2,
            }),
            "0" => Ok(0),
            "1" => Ok(1),
            "2" => Ok(2),
            "3" => Ok(3),
            "4" => Ok(4),
            "5" => Ok(5),
            _ => Err(self.fault(cell, "is no change code: 0 to 5 is expected")),
        }
    }

    fn date(&self, field: Field) -> Result<Option<Date>, Fault> {
        let cell = self.get(field);
        if cell.1.is_empty() {
            return Ok(None);
        }
        Date::parse(cell.1, DATE)
            .map(Some)
            .map_err(|_| self.fault(cell, "is no date: YYYY-MM-DD is expected"))
    }
}
