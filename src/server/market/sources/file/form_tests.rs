//! Each form of file by rows of our own, and by real ones where they are.

use encoding_rs::EUC_KR;
use proptest::prelude::*;
use time::macros::date;

use super::*;
use crate::{
    model::market::{Board, Percent, Segment},
    server::{
        market::testing::shared_file,
        store::daily_bars::{LOWER_LIMIT, UPPER_LIMIT},
    },
};

fn read(text: &str) -> Parsed {
    parse(text.as_bytes(), None).unwrap()
}

fn fault(text: &str) -> Fault {
    parse(text.as_bytes(), None).unwrap_err()
}

fn market(parsed: Parsed) -> Vec<Row> {
    match parsed.content {
        Content::Market { rows, .. } => rows,
        other => panic!("{} rows of something else", other.len()),
    }
}

fn history(parsed: Parsed) -> Vec<DatedBar> {
    match parsed.content {
        Content::History(bars) => bars,
        other => panic!("{} rows of something else", other.len()),
    }
}

fn index(parsed: Parsed) -> Vec<IndexBar> {
    match parsed.content {
        Content::Index(bars) => bars,
        other => panic!("{} rows of something else", other.len()),
    }
}

fn master(parsed: Parsed) -> Vec<MasterFacts> {
    match parsed.content {
        Content::Master(facts) => facts,
        other => panic!("{} rows of something else", other.len()),
    }
}

fn delistings(parsed: Parsed) -> Vec<Delisting> {
    match parsed.content {
        Content::Delistings(gone) => gone,
        other => panic!("{} rows of something else", other.len()),
    }
}

/// MDCSTAT01501 with three issues: one of them halted, one of the newer kind of code.
const DAY: &str = r#"{"OutBlock_1":[
{"ISU_SRT_CD":"800010","ISU_CD":"KR7800010001","ISU_ABBRV":"가율전자","MKT_NM":"KOSPI","SECT_TP_NM":"","TDD_CLSPRC":"70,000","FLUC_TP_CD":"2","CMPPREVDD_PRC":"-500","FLUC_RT":"-0.71","TDD_OPNPRC":"70,500","TDD_HGPRC":"71,000","TDD_LWPRC":"69,800","ACC_TRDVOL":"1,000,000","ACC_TRDVAL":"70,200,000,000","MKTCAP":"7,000,000,000,000","LIST_SHRS":"100,000,000","MKT_ID":"STK"},
{"ISU_SRT_CD":"800040","ISU_CD":"KR7800040008","ISU_ABBRV":"하솔바이오","MKT_NM":"KOSDAQ GLOBAL","SECT_TP_NM":"우량기업부","TDD_CLSPRC":"90,000","FLUC_TP_CD":"1","CMPPREVDD_PRC":"2,700","FLUC_RT":"3.09","TDD_OPNPRC":"88,000","TDD_HGPRC":"91,000","TDD_LWPRC":"87,500","ACC_TRDVOL":"300,000","ACC_TRDVAL":"26,900,000,000","MKTCAP":"4,500,000,000,000","LIST_SHRS":"50,000,000","MKT_ID":"KSQ"},
{"ISU_SRT_CD":"8000A0","ISU_CD":"KR78000A0005","ISU_ABBRV":"모경로보틱스","MKT_NM":"KOSDAQ","SECT_TP_NM":"기술성장기업부","TDD_CLSPRC":"7,000","FLUC_TP_CD":"0","CMPPREVDD_PRC":"0","FLUC_RT":"0.00","TDD_OPNPRC":"0","TDD_HGPRC":"0","TDD_LWPRC":"0","ACC_TRDVOL":"0","ACC_TRDVAL":"0","MKTCAP":"70,000,000,000","LIST_SHRS":"10,000,000","MKT_ID":"KSQ"}
],"CURRENT_DATETIME":"2026.03.20 PM 08:28:15"}"#;

#[test]
fn the_exchanges_day_is_read_from_json() {
    let rows = market(read(DAY));
    let [first, global, halted] = rows.as_slice() else {
        panic!("three rows")
    };
    assert_eq!((first.bar.close, first.bar.change), (70_000, -500));
    assert_eq!(first.bar.marcap, 7_000_000_000_000);
    assert_eq!(first.instrument.dept, None);
    assert_eq!(global.instrument.segment, Some(Segment::Global));
    assert!(halted.bar.is_halted());
    assert_eq!(halted.bar.close, 7_000);
}

#[test]
fn a_holiday_has_rows_but_no_market() {
    let mut holiday = DAY.to_owned();
    for name in [
        "TDD_CLSPRC",
        "CMPPREVDD_PRC",
        "FLUC_RT",
        "TDD_OPNPRC",
        "TDD_HGPRC",
        "TDD_LWPRC",
        "ACC_TRDVOL",
        "ACC_TRDVAL",
        "MKTCAP",
    ] {
        let parts: Vec<&str> = holiday.split(&format!("\"{name}\":\"")).collect();
        let emptied: Vec<String> = parts[1..]
            .iter()
            .map(|rest| format!("-{}", &rest[rest.find('"').unwrap()..]))
            .collect();
        holiday = format!("{}\"{name}\":\"{}", parts[0], emptied.join(&format!("\"{name}\":\"")));
    }
    assert_eq!(fault(&holiday), Fault::NoPrices);
}

#[test]
fn commas_stand_between_thousands_only() {
    for wrong in ["7,0000", "70,00", ",70000", "70,000,", "7,,000"] {
        let text = DAY.replacen("\"70,000\"", &format!("\"{wrong}\""), 1);
        let message = fault(&text).to_string();
        assert!(message.contains("column TDD_CLSPRC"), "{wrong}: {message}");
    }
    // In files of plain digits they stand nowhere.
    let plain = crate::server::market::testing::file().replacen(",70500,", ",\"70,500\",", 1);
    assert!(fault(&plain).to_string().contains("column open"));
}

#[test]
fn the_exchanges_download_is_read_in_its_encoding_and_without_isins() {
    let text = "종목코드,종목명,시장구분,소속부,종가,대비,등락률,시가,고가,저가,거래량,거래대금,시가총액,상장주식수\r\n\
        \"800010\",\"가율전자\",\"KOSPI\",\"\",\"70000\",\"-500\",\"-0.71\",\"70500\",\"71000\",\"69800\",\"1000000\",\"70200000000\",\"7000000000000\",\"100000000\"\r\n\
        \"80008K\",\"주봄제약3우C\",\"KOSPI\",\"\",\"1300\",\"300\",\"30.00\",\"1000\",\"1300\",\"1000\",\"3000\",\"3500000\",\"130000000\",\"100000\"\r\n\
        \"8000A0\",\"모경로보틱스\",\"KOSDAQ\",\"기술성장기업부\",\"7000\",\"-3000\",\"-30.00\",\"9500\",\"9500\",\"7000\",\"800000\",\"6000000000\",\"70000000000\",\"10000000\"\r\n";
    let (cp949, _, lossy) = EUC_KR.encode(text);
    assert!(!lossy);
    let parsed = parse(&cp949, None).unwrap();
    assert!(matches!(
        parsed.content,
        Content::Market {
            isins_are_derived: true,
            ..
        }
    ));
    let rows = market(parsed);
    assert_eq!(rows[0].instrument.isin, "KR7800010001");
    assert_eq!(rows[0].instrument.name, "가율전자");
    assert_eq!(rows[1].instrument.isin, "KR780008K016");
    // It has no code for a close at the limit: the prices tell.
    assert_eq!(rows[1].bar.change_code, UPPER_LIMIT);
    assert_eq!(rows[2].bar.change_code, LOWER_LIMIT);
    assert_eq!(rows[0].bar.change_code, 2);
    // That of a foreign issue cannot be told.
    let foreign = text.replace("8000A0", "900010");
    assert!(matches!(
        parse(&EUC_KR.encode(&foreign).0, None),
        Err(Fault::TooManyBad { bad: 1, .. })
    ));
    // The same in UTF-8.
    assert_eq!(market(read(text)).len(), 3);
}

#[test]
fn base_information_is_read() {
    let facts = master(read(
        r#"{"OutBlock_1":[{"ISU_CD":"KR7800010001","ISU_SRT_CD":"800010","ISU_NM":"가율전자보통주","ISU_ABBRV":"가율전자","ISU_ENG_NM":"Gayul Electronics","LIST_DD":"2008/09/23","MKT_TP_NM":"KOSPI","SECUGRP_NM":"주권","SECT_TP_NM":"","KIND_STKCERT_TP_NM":"보통주","PARVAL":"5,000","LIST_SHRS":"100,000,000"},
        {"ISU_CD":"KR7800020000","ISU_SRT_CD":"800020","ISU_NM":"큐브이전자보통주","ISU_ABBRV":"QV전자","ISU_ENG_NM":"","LIST_DD":"20010102","MKT_TP_NM":"KOSPI","SECUGRP_NM":"주권","SECT_TP_NM":"-","KIND_STKCERT_TP_NM":"보통주","PARVAL":"무액면","LIST_SHRS":"100"}]}"#,
    ));
    assert_eq!(facts[0].name_full.as_deref(), Some("가율전자보통주"));
    assert_eq!(facts[0].par_value.as_deref(), Some("5000"));
    assert_eq!(facts[0].listed_on, Some(date!(2008 - 09 - 23)));
    assert_eq!(facts[0].facts.secu_group.as_deref(), Some("주권"));
    assert_eq!(facts[1].par_value.as_deref(), Some("무액면"));
    assert_eq!(facts[1].name_en, None);
    assert_eq!(facts[1].listed_on, Some(date!(2001 - 01 - 02)));
}

const KIND: &str = "<html><body><table border=1>\n<tr><th>회사명</th><th>시장구분</th><th>종목코드</th><th>업종</th><th>주요제품</th>\
    <th>상장일</th><th>결산월</th><th>대표자명</th><th>홈페이지</th><th>지역</th></tr>\n\
    <tr><td>가율전자</td><td>\n유가\n</td><td style=\"mso-number-format:'@'\">800010</td><td>통신 장비 제조업</td>\
    <td>휴대전화 &amp; 부품</td><td>2008-09-23</td><td>12월</td><td>아무개</td><td>http://example.com</td><td>서울</td></tr>\n\
    <tr><td>모경로보틱스</td><td>코스닥</td><td>8000A0</td><td>기계 제조업</td><td></td><td>2024-01-02</td><td>12월</td>\
    <td>아무개</td><td></td><td>경기</td></tr>\n</table></body></html>";

#[test]
fn the_list_of_companies_is_read_from_html() {
    let (euc_kr, _, _) = EUC_KR.encode(KIND);
    let facts = master(parse(&euc_kr, None).unwrap());
    assert_eq!(facts.len(), 2);
    assert_eq!(facts[0].industry.as_deref(), Some("통신 장비 제조업"));
    assert_eq!(facts[0].facts.products.as_deref(), Some("휴대전화 & 부품"));
    assert_eq!(facts[1].code, "8000A0");
    assert_eq!(facts[1].facts.products, None);
    // Names of persons are not kept.
    assert!(!format!("{facts:?}").contains("아무개"));
    // Columns are found by their headings: older files have no 시장구분.
    let older = KIND
        .replace("<th>시장구분</th>", "")
        .replace("<td>\n유가\n</td>", "")
        .replace("<td>코스닥</td>", "");
    assert_eq!(master(read(&older)), facts);
    // Cut off, or with a cell less.
    assert!(matches!(
        fault(&KIND[..KIND.len() - 30]),
        Fault::FieldCount { line: 2, .. }
    ));
    assert!(matches!(fault(&KIND[..KIND.len() - 20]), Fault::CutOff { .. }));
    assert!(matches!(
        fault(&KIND.replace("<td>경기</td>", "")),
        Fault::FieldCount { line: 2, .. }
    ));
    assert!(matches!(
        fault(&KIND.replace("<th>종목코드</th>", "<th>번호</th>")),
        Fault::MissingColumns { .. }
    ));
}

const HISTORY: &str = r#"{"output":[
{"TRD_DD":"2026/03/20","TDD_CLSPRC":"51,900","FLUC_TP_CD":"2","CMPPREVDD_PRC":"-1,100","FLUC_RT":"-2.08","TDD_OPNPRC":"53,000","TDD_HGPRC":"53,900","TDD_LWPRC":"51,800","ACC_TRDVOL":"39,565","ACC_TRDVAL":"2,078,017,927","MKTCAP":"51,900,000","LIST_SHRS":"1,000"},
{"TRD_DD":"2026/03/19","TDD_CLSPRC":"2,650,000","FLUC_TP_CD":"0","CMPPREVDD_PRC":"0","FLUC_RT":"0.00","TDD_OPNPRC":"0","TDD_HGPRC":"0","TDD_LWPRC":"0","ACC_TRDVOL":"0","ACC_TRDVAL":"0","MKTCAP":"53,000,000","LIST_SHRS":"20"}
]}"#;

#[test]
fn an_issues_days_need_to_be_told_whose_they_are() {
    assert_eq!(fault(HISTORY), Fault::NoCode);
    let parsed = parse(HISTORY.as_bytes(), Some("800010")).unwrap();
    assert_eq!(parsed.as_of, Some(date!(2026 - 03 - 20)));
    let bars = history(parsed);
    assert_eq!(bars[0].code, "800010");
    assert_eq!(bars[0].bar.low, Some(51_800));
    // Across a split, and halted.
    assert_eq!(bars[1].trade_date, date!(2026 - 03 - 19));
    assert!(bars[1].bar.is_halted());
    let twice = HISTORY.replace("2026/03/19", "2026/03/20");
    assert!(matches!(
        parse(twice.as_bytes(), Some("800010")),
        Err(Fault::Duplicate {
            line: 2,
            first_line: 1,
            ..
        })
    ));
}

#[test]
fn an_index_is_read() {
    let text = r#"{"output":[{"TRD_DD":"2026/03/20","CLSPRC_IDX":"2,976.21","FLUC_TP_CD":"2","PRV_DD_CMPR":"-92.84","UPDN_RATE":"-3.03","OPNPRC_IDX":"3,078.73","HGPRC_IDX":"3,100.22","LWPRC_IDX":"2,962.70","ACC_TRDVOL":"995,071,252","ACC_TRDVAL":"24,350,307,102,379","MKTCAP":"2,051,302,353,271,175"}]}"#;
    assert_eq!(fault(text), Fault::NoCode);
    let bars = index(parse(text.as_bytes(), Some("KOSPI")).unwrap());
    assert_eq!((bars[0].close, bars[0].change), (297_621, -9_284));
    assert_eq!(bars[0].changes_ratio, Percent::from_basis_points(-303));
    assert_eq!(bars[0].index_code, "KOSPI");
    let csv = "Date,Close,UpDown,Comp,Change,Open,High,Low,Volume,Amount,MarCap\n1995-05-02,906.04,1,9.04,0.0101,896.16,906.86,896.16,29127080,438377000000,\n";
    let bars = index(parse(csv.as_bytes(), Some("KOSPI")).unwrap());
    assert_eq!((bars[0].close, bars[0].marcap), (90_604, None));
    assert_eq!(bars[0].changes_ratio, Percent::from_basis_points(101));
    assert_eq!(
        fault(r#"{"output":[],"CURRENT_DATETIME":"2026.01.25 PM 08:26:12"}"#),
        Fault::NoRows
    );
}

#[test]
fn delistings_are_read_with_line_breaks_in_their_fields() {
    let text = "\u{feff},Symbol,Name,Market,SecuGroup,Kind,ListingDate,DelistingDate,Reason,ArrantEnforceDate,ArrantEndDate,Industry,ParValue,ListingShares,ToSymbol,ToName\n\
        0,800200,옛회사,KOSDAQ,주권,보통주,2001-01-02,2020-05-06,\"감사의견 거절\n(상장폐지)\",,,제조업,500,1000000,,\n\
        1,80020012,옛회사 12R,KOSDAQ,신주인수권증서,,2019-01-02,2019-01-09,,,,,,,800200,옛회사\n";
    let gone = delistings(read(text));
    assert_eq!(gone[0].reason.as_deref(), Some("감사의견 거절 (상장폐지)"));
    assert_eq!(
        (gone[0].delisted_on, gone[0].shares),
        (date!(2020 - 05 - 06), Some(1_000_000))
    );
    assert_eq!(gone[1].code, "80020012");
    assert_eq!(gone[1].successor_code.as_deref(), Some("800200"));
    assert!(matches!(
        fault(&text.replace("2020-05-06", "bald")),
        Fault::TooManyBad { bad: 1, .. }
    ));
}

#[test]
fn bars_of_many_issues_and_days_are_read() {
    let text = "date,code,open,high,low,close,change,change_pct,volume,amount,marcap,shares,market_id,change_code\n\
        2026-03-19,800010,70000,71000,69000,70500,500,0.71,10,705000,70500000,1000,STK,1\n\
        2026-03-20,800010,70500,71000,69800,70000,-500,-0.71,10,700000,70000000,1000,STK,2\n\
        2026-03-20,800020,1000,1000,1000,1000,0,0.00,1,1000,1000000,1000,STK,3\n";
    let parsed = read(text);
    assert_eq!(parsed.as_of, Some(date!(2026 - 03 - 20)));
    assert_eq!(history(parsed).len(), 3);
    assert!(
        fault(&text.replace("2026-03-19,800010", "2026-03-20,800010"))
            .to_string()
            .contains("is in line 2 already")
    );
}

#[test]
fn the_real_files_are_read() {
    let read = |name: &str, subject| shared_file(name).map(|bytes| parse(&bytes, subject).unwrap());
    if let Some(parsed) = read("fixtures/krx_MDCSTAT01501_ALL_20210104.first12.json", None) {
        let rows = market(parsed);
        assert_eq!(rows.len(), 12);
        assert!(rows.iter().any(|row| row.instrument.market == Board::Kosdaq));
    }
    if let Some(bytes) = shared_file("fixtures/krx_MDCSTAT01501_ALL_20210103_holiday.first5.json") {
        assert_eq!(parse(&bytes, None).unwrap_err(), Fault::NoPrices);
    }
    if let Some(parsed) = read("fixtures/krx_MDCSTAT01901_ALL_2026-04-14.first12.json", None) {
        assert_eq!(master(parsed).len(), 12);
    }
    if let Some(parsed) = read("fixtures/krx_MDCSTAT01701_KR7000020008_2020-01.json", Some("000020")) {
        assert_eq!(history(parsed).len(), 10);
    }
    if let Some(parsed) = read("fixtures/krx_MDCSTAT01701_KR7005930003_2018_split.json", Some("005930")) {
        let bars = history(parsed);
        assert_eq!(bars.iter().filter(|bar| bar.bar.is_halted()).count(), 3);
    }
    if let Some(parsed) = read("fixtures/krx_MDCSTAT00301_KOSPI_2021-01.json", Some("KOSPI")) {
        assert_eq!(index(parsed).len(), 20);
    }
    if let Some(bytes) = shared_file("fixtures/krx_MDCSTAT00301_empty.json") {
        assert_eq!(parse(&bytes, Some("KOSPI")).unwrap_err(), Fault::NoRows);
    }
    if let Some(parsed) = read("index/ks11.csv", Some("KOSPI")) {
        assert_eq!(parsed.quarantined, []);
        assert_eq!(index(parsed).len(), 7_784);
    }
    if let Some(parsed) = read("fdr_krx_data_cache/listing_desc_2026-03-22.csv", None) {
        assert_eq!(parsed.quarantined, []);
        assert_eq!(master(parsed).len(), 2_879);
    }
    if let Some(parsed) = read("fdr_krx_data_cache/listing_delisting_2026-03-22.csv", None) {
        assert!(parsed.quarantined.len() < 10, "{:?}", parsed.quarantined);
        assert!(delistings(parsed).len() > 4_090);
    }
    for (name, expected) in [
        (
            "fixtures/krx_getJsonData_unauthenticated_400.body.txt",
            Fault::ForeignHeader,
        ),
        (
            "ohlcv/krx_daily_2026-03-06_2026-03-20.csv.gz",
            Fault::NotText("compressed (gzip)"),
        ),
    ] {
        if let Some(bytes) = shared_file(name) {
            assert_eq!(parse(&bytes, None).unwrap_err(), expected, "{name}");
        }
    }
}

proptest! {
    #[test]
    fn any_change_of_a_good_answer_is_survived(which in 0usize..3, at in 0usize..3_000, byte: u8) {
        let mut bytes = [DAY, KIND, HISTORY][which].as_bytes().to_vec();
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = parse(&bytes, Some("800010")).map_err(|fault| fault.to_string());
    }

    #[test]
    fn any_json_is_survived(text in r#"\{"(output|OutBlock_1|block1)":\[(\{("(TRD_DD|ISU_CD|TDD_CLSPRC)":("[0-9,/.-]{0,12}"|null|1e999|\[\]),?){0,3}\},?){0,3}\]\}"#) {
        let _ = parse(text.as_bytes(), Some("KOSPI")).map_err(|fault| fault.to_string());
    }

    #[test]
    fn any_html_is_survived(text in "(<table>|<tr>|<td>|</td>|</tr>|</table>|<!--|&amp|&#x0;|가|종목코드|<td ){0,40}") {
        let _ = parse(format!("<{text}").as_bytes(), None).map_err(|fault| fault.to_string());
    }
}
