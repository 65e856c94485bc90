use proptest::prelude::*;
use time::macros::date;

use super::*;
use crate::{
    model::market::{Board, Percent, Segment},
    server::market::testing::{HEADER, ROWS, file, shared_file},
};

#[derive(Debug)]
struct Market {
    as_of: Option<Date>,
    rows: Vec<Row>,
    quarantined: Vec<Quarantined>,
}

/// The day's market that a file holds.
fn parse(bytes: &[u8]) -> Result<Market, Fault> {
    let parsed = super::parse(bytes, None)?;
    let Content::Market { rows, .. } = parsed.content else {
        panic!("no market")
    };
    Ok(Market {
        as_of: parsed.as_of,
        rows,
        quarantined: parsed.quarantined,
    })
}

fn fault(text: &str) -> Fault {
    parse(text.as_bytes()).unwrap_err()
}

/// The file with one row's text changed.
fn with(from: &str, to: &str) -> String {
    let text = file();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

/// As many good rows as hide a bad one: a hundredth is tolerated.
fn many(bad: &str) -> String {
    let rows: Vec<String> = (0..200)
        .map(|i| {
            let code = format!("9{i:03}00");
            let body = format!("KR7{code}00");
            let digit = crate::server::market::isin::check_digit(&body).unwrap();
            format!("{code},{body}{digit},이름{i},,,KONEX,,,100,3,0,0.0,100,100,100,1,100,1000,10\n")
        })
        .collect();
    format!("{HEADER}{bad}{}", rows.concat())
}

#[test]
fn the_joined_listing_is_read() {
    let parsed = parse(file().as_bytes()).unwrap();
    assert_eq!(parsed.as_of, None);
    assert_eq!(parsed.quarantined, []);
    assert_eq!(parsed.rows.len(), ROWS.len());
    let first = &parsed.rows[0];
    assert_eq!(first.instrument.code, "800010");
    assert_eq!(first.instrument.name_full.as_deref(), Some("가율전자보통주"));
    assert_eq!(first.bar.changes_ratio, Percent::from_basis_points(-71));
    let global = &parsed.rows[4].instrument;
    assert_eq!((global.market, global.segment), (Board::Kosdaq, Some(Segment::Global)));
    let halted = &parsed.rows[7];
    assert_eq!((halted.bar.open, halted.bar.close), (None, 500));
    assert_eq!(halted.instrument.name_en, None);
}

#[test]
fn financedatareader_is_read_by_its_header() {
    // A byte order mark, an unnamed index, both spellings of the ratio, another order, floats.
    let text = "\u{feff},Code,ISU_CD,Name,Market,ChagesRatio,ChangesRatio,Dept,Close,ChangeCode,\
        Changes,Open,High,Low,Volume,Amount,Marcap,Stocks,MarketId\r\n\
        0,800040,KR7800040003,하솔바이오,KOSDAQ GLOBAL,,3.09,우량기업부,90000.0,1,2700,\
        88000,91000,87500,300000,26900000000,4500000000000,50000000,KSQ\r\n\
        1,800090,KR7800090008,파섬푸드,KONEX,5.26,,일반기업부,3000,1,150,\
        2900,3000,2850,100,295000,3000000000,1000000,KNX\r\n";
    let text = text
        .replace("KR7800040003", &isin("80004"))
        .replace("KR7800090008", &isin("80009"));
    let parsed = parse(text.as_bytes()).unwrap();
    let [global, konex] = parsed.rows.as_slice() else {
        panic!("two rows")
    };
    assert_eq!(global.instrument.market, Board::Kosdaq);
    assert_eq!(global.instrument.segment, Some(Segment::Global));
    assert_eq!(global.bar.close, 90_000);
    assert_eq!(konex.bar.changes_ratio, Percent::from_basis_points(526));
}

fn isin(issuer: &str) -> String {
    let body = format!("KR7{issuer}000");
    let digit = crate::server::market::isin::check_digit(&body).unwrap();
    format!("{body}{digit}")
}

#[test]
fn the_rows_may_say_their_day() {
    let dated = |second: &str| {
        let mut lines = file().lines().map(str::to_owned).collect::<Vec<_>>();
        lines[0].push_str(",date");
        for line in &mut lines[1..] {
            line.push_str(",2026-03-20");
        }
        lines[2] = lines[2].replace("2026-03-20", second);
        lines.join("\n")
    };
    let parsed = parse(dated("2026-03-20").as_bytes()).unwrap();
    assert_eq!(parsed.as_of, Some(date!(2026 - 03 - 20)));
    assert_eq!(fault(&dated("2026-03-19")), Fault::TwoDates { line: 3 });
    assert!(fault(&dated("20.3.26")).to_string().starts_with("line 3, column "));
}

#[test]
fn what_is_no_listing_is_refused_by_name() {
    assert_eq!(fault(""), Fault::Empty);
    assert_eq!(fault(" \n\r\n"), Fault::Empty);
    assert_eq!(fault("\u{feff}"), Fault::Empty);
    assert_eq!(fault("LOGOUT"), Fault::ForeignHeader);
    assert_eq!(fault("a;b;c\n1;2;3\n"), Fault::ForeignHeader);
    assert_eq!(fault("Code,Name\n005930,x\n"), Fault::ForeignHeader);
    assert_eq!(fault("\n <!doctype html><html></html>"), Fault::NoTable);
    assert_eq!(fault("{\"OutBlock_1\":[]}"), Fault::NoRows);
    assert_eq!(fault("{\"x\":[]}"), Fault::ForeignJson);
    assert_eq!(fault("[1]"), Fault::ForeignJson);
    assert_eq!(fault("{\"output\":[1]}"), Fault::ForeignJson);
    assert_eq!(fault("{\n\"output\":["), Fault::BrokenJson { line: 2, cut: true });
    assert_eq!(fault("{\n\"output\":[}]"), Fault::BrokenJson { line: 2, cut: false });
    assert!(
        fault("{\"respCode\":\"401\",\"respMsg\":\"Unauthorized Key\"}")
            .to_string()
            .contains("401 Unauthorized Key")
    );
    assert!(matches!(parse(b"\x1f\x8b\x08").unwrap_err(), Fault::NotText(_)));
    assert!(matches!(parse(b"PK\x03\x04").unwrap_err(), Fault::NotText(_)));
    assert!(matches!(parse(b"\xd0\xcf\x11\xe0").unwrap_err(), Fault::NotText(_)));
    assert_eq!(fault(HEADER), Fault::NoRows);
    assert_eq!(fault(HEADER.trim_end()), Fault::NoRows);
    let message = fault("a,b\n1,2\n").to_string();
    assert!(message.contains("joined KRX listing") && message.contains("FinanceDataReader"));
}

#[test]
fn other_encodings_are_named() {
    // One name in another encoding than the rest, as pasting makes it.
    let mut euc_kr = file().into_bytes();
    let at = euc_kr.windows(3).rposition(|w| w == "소".as_bytes()).unwrap();
    euc_kr.splice(at..at + 3, [0xbc, 0xd2]);
    let message = parse(&euc_kr).unwrap_err().to_string();
    assert!(
        message.starts_with("line 13: ") && message.contains("EUC-KR"),
        "{message}"
    );
    let utf16: Vec<u8> = file().encode_utf16().flat_map(u16::to_le_bytes).collect();
    let message = parse(&[vec![0xff, 0xfe], utf16].concat()).unwrap_err().to_string();
    assert!(message.contains("UTF-16"), "{message}");
}

#[test]
fn missing_and_doubled_columns_are_named() {
    let message = fault(&with(",marcap,", ",x,")).to_string();
    assert!(message.contains("lacks marcap;"), "{message}");
    assert_eq!(fault(&with(",dept,", ",close,")), Fault::DuplicateColumn("close"));
}

#[test]
fn faulty_cells_are_told_with_line_column_and_reason() {
    let cell = |from: &str, to: &str| fault(&with(from, to)).to_string();
    assert_eq!(
        cell(",70500,", ",siebzig,"),
        "line 2, column open: \"siebzig\" is no number: plain digits are expected"
    );
    assert_eq!(
        cell(",70500,", ",,"),
        "line 2, column open: \"\" is missing: a number is expected"
    );
    for wrong in ["\"70,500\"", "70500.5", "7e4", "NaN", "-", "0x10", "70500.", "--5", "٣"] {
        assert!(
            cell(",70500,", &format!(",{wrong},")).contains("column open"),
            "{wrong}"
        );
    }
    assert!(cell(",70500,", ",99999999999999999999,").contains("too large"));
    let message = cell("\n800020,", "\n20,");
    assert!(message.starts_with("line 4, column code: \"20\" is no code: codes are text, e.g. 005930"));
    assert!(message.contains("spreadsheet"));
    assert!(cell("\n8000A0,", "\n8.00E+05,").contains("spreadsheet"));
    assert!(cell("\n8000A0,", "\n8000I0,").contains("line 8, column code"));
    assert!(cell("\n8000A0,", "\n,").contains("is no code"));
    assert!(cell(",KOSPI,", ",NYSE,").contains("is no market"));
    assert!(cell(",GLOBAL,", ",LOCAL,").contains("is no segment"));
    assert!(cell(",-0.71,", ",-0.7.1,").contains("is no ratio"));
    assert!(cell(",70000,2,", ",70000,9,").contains("is no change code"));
    assert!(cell(",가율전자,", ",,").contains("column name: \"\" is missing"));
    assert!(cell(",가율전자,", ",가\u{0}나,").contains("control character"));
    // What a terminal would obey is shown and not done.
    assert!(!cell(",가율전자,", ",\u{1b}[2J,").contains('\u{1b}'));
    let long = "가".repeat(300);
    assert!(cell(",가율전자,", &format!(",{long},")).len() < 200);
}

#[test]
fn lines_are_counted_through_blank_and_quoted_ones() {
    let text = with(",Gayul Electronics,", ",\"Gayul\nElectronics\",").replacen('\n', "\n\r\n\n", 1);
    assert!(parse(text.as_bytes()).is_ok());
    let text = text.replace(",88000,", ",x,");
    assert!(
        fault(&text).to_string().starts_with("line 9, column open"),
        "{}",
        fault(&text)
    );
}

#[test]
fn a_file_that_was_cut_off_is_refused() {
    let whole = file();
    let lines = whole.lines().count() as u64;
    let mut kept = 0;
    for end in (whole.len() - ROWS[11].len() + 1)..whole.len() - 1 {
        let Some(text) = whole.get(..end) else {
            continue;
        };
        let fault = fault(text);
        assert!(fault.to_string().starts_with(&format!("line {lines}")), "{fault}");
        kept += 1;
    }
    assert!(kept > 50);
    // Only the end of the last line is missing: nothing is lost.
    assert_eq!(parse(whole.trim_end().as_bytes()).unwrap().rows.len(), ROWS.len());
}

#[test]
fn nothing_is_there_twice() {
    let text = format!("{}{}", file(), ROWS[3]);
    let message = fault(&text).to_string();
    assert_eq!(
        message,
        "line 14: code \"800030\" is in line 5 already".replace('"', "")
    );
}

#[test]
fn a_row_that_contradicts_itself_is_put_aside() {
    for (what, from, to) in [
        ("marcap", ",7000000000000,", ",7000000000001,"),
        ("check digit", "KR78000100", "KR78000101"),
        ("basis points", ",-0.71,", ",7.1,"),
        ("between", ",69800,", ",70100,"),
        ("negative", ",1000000,70200000000,", ",-1,70200000000,"),
        ("base price", ",-500,", ",70000,"),
        ("only some", ",70500,71000,", ",0,71000,"),
        ("marcap", ",70000,2,", ",9223372036854775807,2,"),
    ] {
        let bad = ROWS[0].replacen(from, to, 1);
        assert_ne!(bad, ROWS[0], "{what}");
        let parsed = parse(many(&bad).as_bytes()).unwrap();
        assert_eq!(parsed.rows.len(), 200);
        let [put_aside] = parsed.quarantined.as_slice() else {
            panic!("{what}: {:?}", parsed.quarantined)
        };
        assert_eq!((put_aside.line, put_aside.code.as_str()), (2, "800010"));
        assert!(put_aside.reason.contains(what), "{}", put_aside.reason);
        // One of thirteen is too many.
        let few = format!("{HEADER}{bad}{}", ROWS[1..].concat());
        assert!(matches!(fault(&few), Fault::TooManyBad { bad: 1, total: 12, .. }));
    }
}

#[test]
fn the_real_joined_listing_is_read() {
    let Some(bytes) = shared_file("krx_listing_2026-03-20.csv") else {
        return;
    };
    let parsed = parse(&bytes).unwrap();
    assert_eq!(parsed.quarantined, []);
    assert_eq!(parsed.rows.len(), 2_879);
    let count = |board| parsed.rows.iter().filter(|r| r.instrument.market == board).count();
    assert_eq!(Board::ALL.map(count), [951, 1_818, 110]);
    let global = parsed.rows.iter().filter(|r| r.instrument.segment.is_some());
    assert_eq!(global.count(), 52);
    // The ratio is exactly what the prices give, half away from zero.
    for row in &parsed.rows {
        let base = row.bar.close - row.bar.change;
        assert_eq!(Percent::of_change(row.bar.change, base), Some(row.bar.changes_ratio));
    }
}

#[test]
fn the_real_financedatareader_listing_is_read() {
    let Some(bytes) = shared_file("fdr_krx_data_cache/listing_krx_2026-03-19.csv") else {
        return;
    };
    let parsed = parse(&bytes).unwrap();
    assert_eq!(parsed.quarantined, []);
    assert_eq!(parsed.rows.len(), 2_878);
    let global = parsed.rows.iter().filter(|r| r.instrument.segment.is_some());
    assert_eq!(global.count(), 52);
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes: Vec<u8>) {
        let _ = super::parse(&bytes, Some("KOSPI"));
    }

    #[test]
    fn any_rows_are_survived(rows in "([0-9A-Z,\"\n.\\-]|800|KOSPI|가){0,300}") {
        let _ = super::parse(format!("{HEADER}{rows}").as_bytes(), None);
    }

    #[test]
    fn any_change_of_a_good_file_is_survived(at in 0usize..3_000, byte: u8) {
        let mut bytes = file().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = super::parse(&bytes, None).map_err(|fault| fault.to_string());
    }
}
