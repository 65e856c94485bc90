//! The listing as CSV, for spreadsheets.

use csv::{Terminator, WriterBuilder};

use crate::{
    model::{
        market::{Listing, Measure},
        text::stocks as text,
    },
    server::error::Error,
};

/// So that spreadsheets take it for UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The rows with headings in the language of the moment, CRLF and a byte order mark. Money in won, ratios in percent.
///
/// # Errors
/// When a row cannot be written, which does not happen in memory.
pub fn csv<'a>(rows: impl Iterator<Item = &'a Listing>) -> Result<String, Error> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    let fault = |error: csv::Error| Error::Internal(error.to_string());
    writer.write_record(headings()).map_err(fault)?;
    for row in rows {
        writer.write_record(cells(row)).map_err(fault)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| Error::Internal(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| Error::Internal(error.to_string()))
}

fn headings() -> [String; 19] {
    let won = |name: &str| format!("{name}({})", text::won_unit());
    let shares = |name: &str| format!("{name}({})", text::share_unit());
    [
        text::code().to_owned(),
        text::ISIN.to_owned(),
        text::name().to_owned(),
        text::market().to_owned(),
        text::segment().to_owned(),
        text::dept().to_owned(),
        text::industry().to_owned(),
        text::share_kind().to_owned(),
        won(text::close()),
        won(text::change()),
        format!("{}(%)", text::changes_ratio()),
        won(text::open()),
        won(text::high()),
        won(text::low()),
        shares(text::volume()),
        won(text::amount()),
        won(text::marcap()),
        shares(text::shares()),
        text::flags().to_owned(),
    ]
}

fn cells(row: &Listing) -> [String; 19] {
    let number = |number: i64| number.to_string();
    let price = |price: Option<i64>| price.map(number).unwrap_or_default();
    let words = |text: &Option<String>| plain(text.as_deref().unwrap_or_default());
    let flags: Vec<&str> = row.flags.iter().map(|flag| flag.label()).collect();
    [
        plain(&row.code),
        plain(&row.isin),
        plain(&row.name),
        row.market.as_str().to_owned(),
        row.segment.map_or("", |segment| segment.as_str()).to_owned(),
        words(&row.dept),
        words(&row.industry),
        words(&row.share_kind),
        number(row.close),
        number(row.change),
        Measure::ChangesRatio.print(row.changes_ratio.basis_points().into()),
        price(row.open),
        price(row.high),
        price(row.low),
        number(row.volume),
        number(row.amount),
        number(row.marcap),
        number(row.shares),
        flags.join(" "),
    ]
}

/// Text that a spreadsheet does not take for a formula: OWASP's rule, an apostrophe before what
/// begins one.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use csv::ReaderBuilder;
    use proptest::prelude::*;

    use super::*;
    use crate::server::market::testing::listed;

    fn records(text: &str) -> Vec<Vec<String>> {
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap();
        let mut reader = ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let cells = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
        reader.records().map(|record| cells(record.unwrap())).collect()
    }

    #[test]
    fn every_row_is_a_line_with_units_in_the_heading() {
        let rows: Vec<Listing> = listed().into_iter().map(|issue| issue.listing).collect();
        let text = csv(rows.iter()).unwrap();
        assert!(text.starts_with("\u{feff}종목코드,ISIN,종목명,시장,"), "{text}");
        assert!(text.contains("\r\n"));
        let records = records(&text);
        assert_eq!(records.len(), 13);
        assert_eq!(records[0][8], "현재가(원)");
        let global = &records[5];
        assert_eq!(
            (global[0].as_str(), global[4].as_str(), global[10].as_str()),
            ("800040", "GLOBAL", "3.09")
        );
        let halted = &records[8];
        assert_eq!((halted[11].as_str(), halted[14].as_str()), ("", "0"));
        assert_eq!(records[1][9], "-500", "a number stays one");
    }

    proptest! {
        #[test]
        fn no_text_is_a_formula_and_none_is_lost(name in ".{0,20}", begin in "[=+@\t-]?") {
            let mut row = listed().remove(0).listing;
            row.name = format!("{begin}{name}");
            let text = csv([&row].into_iter()).unwrap();
            let shown = &records(&text)[1][2];
            prop_assert!(!shown.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
            prop_assert!(shown.strip_prefix('\'').unwrap_or(shown) == row.name || *shown == row.name);
        }
    }
}
