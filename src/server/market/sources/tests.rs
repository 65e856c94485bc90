//! Sources against a server of our own that answers as they do, with made-up rows.

use std::time::Duration;

use secrecy::SecretString;
use time::macros::date;

use super::{
    stub::{Asked, Reply, Stub},
    *,
};
use crate::{
    model::market::{Board, Segment},
    server::{market::testing::shared_file, store::imports::Row},
};

const DAY: Date = date!(2026 - 03 - 20);
const KEY: &str = "THE-OPERATORS-KEY-0123456789";
const IMPATIENT: Duration = Duration::from_millis(500);

fn rows(fetched: &FetchedDay) -> &[Row] {
    match &fetched.market.content {
        Content::Market { rows, .. } => rows,
        other => panic!("{} rows of something else", other.len()),
    }
}

const PROBE: &str = r#"{"result":{"output":[{"max_work_dt":"20260320"}]}}"#;

fn fdr_csv() -> String {
    format!(
        "\u{feff},Code,ISU_CD,Name,Market,Dept,Close,ChangeCode,Changes,ChagesRatio,Open,High,Low,Volume,Amount,Marcap,Stocks,MarketId\n\
        0,800010,{},가율전자,KOSPI,,70000,2,-500,-0.71,70500,71000,69800,1000000,70200000000,7000000000000,100000000,STK\n\
        1,800040,{},하솔바이오,KOSDAQ GLOBAL,우량기업부,90000,1,2700,3.09,88000,91000,87500,300000,26900000000,4500000000000,50000000,KSQ\n",
        isin::of_code("800010").unwrap(),
        isin::of_code("800040").unwrap(),
    )
}

const FDR_DESC: &str = ",Code,Name,Market,Sector,Industry,Products,ListingDate,SettleMonth,Representative,HomePage,Region\n\
    0,800010,가율전자,KOSPI,,반도체 제조업,칩,2001-02-03,12월,,http://example.com,서울\n";

fn fdr(handler: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> (Stub, Fdr) {
    let stub = Stub::start(handler);
    let fdr = Fdr::impatient(stub.url.join("/data").unwrap(), stub.url.clone(), IMPATIENT);
    (stub, fdr)
}

#[test]
fn financedatareaders_cache_is_read() {
    let (stub, fdr) = fdr(|asked| match asked.path.as_str() {
        "/data/listing/krx/2026-03-20.csv" => Reply::Body(200, fdr_csv()),
        "/data/listing/desc/2026-03-20.csv" => Reply::Body(200, FDR_DESC.to_owned()),
        path if path.starts_with("/comm/bldAttendant/executeForResourceBundle.cmd?") => {
            Reply::Body(200, PROBE.to_owned())
        }
        _ => Reply::Body(404, "404: Not Found".to_owned()),
    });
    assert_eq!(fdr.newest_day().unwrap(), Some(DAY));
    let fetched = fdr.day(DAY).unwrap().unwrap();
    assert_eq!(rows(&fetched).len(), 2);
    assert_eq!(rows(&fetched)[1].instrument.segment, Some(Segment::Global));
    assert!(matches!(&fetched.parts[0].parsed.content, Content::Master(facts) if facts.len() == 1));
    // A day that was none, or is not there yet.
    assert!(fdr.day(date!(2026 - 03 - 21)).unwrap().is_none());
    assert_eq!(fdr.calls(), 4);
    assert_eq!(stub.asked().len(), 4);
}

#[test]
fn without_descriptions_there_is_a_market_all_the_same() {
    let (_stub, fdr) = fdr(|asked| {
        if asked.path.contains("/krx/") {
            Reply::Body(200, fdr_csv())
        } else {
            Reply::Body(500, String::new())
        }
    });
    assert_eq!(fdr.day(DAY).unwrap().unwrap().parts.len(), 0);
}

#[test]
fn the_real_cache_file_is_read() {
    let Some(bytes) = shared_file("fdr_krx_data_cache/listing_krx_2026-03-19.csv") else {
        return;
    };
    let text = String::from_utf8(bytes).unwrap();
    let (_stub, fdr) = fdr(move |asked| {
        if asked.path.contains("/krx/") {
            Reply::Body(200, text.clone())
        } else {
            Reply::Body(404, String::new())
        }
    });
    let fetched = fdr.day(date!(2026 - 03 - 19)).unwrap().unwrap();
    assert_eq!(rows(&fetched).len(), 2_878);
}

/// How it is answered, what that must be, and whether it may pass.
type Case = (Reply, fn(&FetchError) -> bool, bool);

#[test]
fn what_goes_wrong_is_told_apart() {
    let elsewhere = Stub::start(|_| Reply::Body(200, fdr_csv()));
    let other = elsewhere.url.to_string();
    let cases: [Case; 10] = [
        (
            Reply::Body(401, r#"{"respMsg":"Unauthorized Key"}"#.to_owned()),
            |e| *e == FetchError::Unauthorized,
            false,
        ),
        (Reply::Body(403, String::new()), |e| *e == FetchError::Forbidden, false),
        (
            Reply::Body(429, String::new()),
            |e| *e == FetchError::TooManyCalls,
            true,
        ),
        (Reply::Body(503, String::new()), |e| *e == FetchError::Status(503), true),
        (Reply::Redirect(other), |e| *e == FetchError::Redirected(302), false),
        (
            Reply::Body(200, "<!doctype html><p>점검 중".to_owned()),
            |e| *e == FetchError::Html,
            true,
        ),
        (Reply::Cut(fdr_csv()), |e| matches!(e, FetchError::Unreachable(_)), true),
        (Reply::Closed, |e| matches!(e, FetchError::Unreachable(_)), true),
        (
            Reply::Slow,
            |e| matches!(e, FetchError::Unreachable(why) if why == "it takes too long"),
            true,
        ),
        (
            Reply::Body(200, "LOGOUT".to_owned()),
            |e| *e == FetchError::Fault(Fault::ForeignHeader),
            false,
        ),
    ];
    for (reply, expected, temporary) in cases {
        let said = format!("{reply:?}");
        let (_stub, fdr) = fdr(move |_| reply.clone());
        let error = fdr.day(DAY).unwrap_err();
        assert!(expected(&error), "{said}: {error:?}");
        assert_eq!(error.is_temporary(), temporary, "{said}");
    }
    assert!(elsewhere.asked().is_empty(), "a redirect was followed");
    // Nobody is there at all.
    let gone = Stub::start(|_| Reply::Closed);
    let url = gone.url.clone();
    drop(gone);
    let error = Fdr::impatient(url.clone(), url, IMPATIENT).day(DAY).unwrap_err();
    assert!(error.is_temporary(), "{error:?}");
}

#[test]
fn a_probe_that_says_no_day_is_refused() {
    for body in [
        "{}",
        r#"{"result":{"output":[]}}"#,
        r#"{"result":{"output":[{"max_work_dt":"gestern"}]}}"#,
    ] {
        let (_stub, fdr) = fdr(move |_| Reply::Body(200, body.to_owned()));
        assert_eq!(fdr.newest_day().unwrap_err(), Fault::ForeignJson.into());
    }
}

/// One row of a board's day, as the Open API writes it.
fn quote(isu_cd: &str, name: &str, market: &str, day: &str, close: i64) -> String {
    format!(
        r#"{{"BAS_DD":"{day}","ISU_CD":"{isu_cd}","ISU_NM":"{name}","MKT_NM":"{market}","SECT_TP_NM":"-","TDD_CLSPRC":"{close}","CMPPREVDD_PRC":"0","FLUC_RT":"0.00","TDD_OPNPRC":"{close}","TDD_HGPRC":"{close}","TDD_LWPRC":"{close}","ACC_TRDVOL":"10","ACC_TRDVAL":"{}","MKTCAP":"{}","LIST_SHRS":"1000"}}"#,
        close * 10,
        close * 1_000
    )
}

fn base(code: &str, isin: &str, name: &str) -> String {
    format!(
        r#"{{"ISU_CD":"{isin}","ISU_SRT_CD":"{code}","ISU_NM":"{name}보통주","ISU_ABBRV":"{name}","ISU_ENG_NM":"{name}","LIST_DD":"20080923","MKT_TP_NM":"KOSPI","SECUGRP_NM":"주권","SECT_TP_NM":"","KIND_STKCERT_TP_NM":"보통주","PARVAL":"500","LIST_SHRS":"1000"}}"#
    )
}

fn block(rows: &[String]) -> Reply {
    Reply::Body(200, format!(r#"{{"OutBlock_1":[{}]}}"#, rows.join(",")))
}

/// Answers as the API does on a trading day; codes of six characters on one board, ISINs on another.
fn trading_day(asked: &Asked) -> Reply {
    let day = asked.path.rsplit('=').next().unwrap_or_default().to_owned();
    let of = |path: &str| asked.path.starts_with(path);
    if asked.headers.get("auth_key").map(String::as_str) != Some(KEY) {
        return Reply::Body(401, r#"{"respMsg":"Unauthorized Key","respCode":"401"}"#.to_owned());
    }
    if day == "20260321" {
        return block(&[]);
    }
    if of("/svc/apis/sto/stk_bydd_trd") {
        block(&[
            quote("800010", "가율전자", "KOSPI", &day, 70_000),
            quote("80008K", "주봄제약3우C", "KOSPI", &day, 25_000),
        ])
    } else if of("/svc/apis/sto/ksq_bydd_trd") {
        block(&[
            quote(&isin::of_code("8000A0").unwrap(), "모경로보틱스", "KOSDAQ", &day, 7_000),
            // A foreign issue: only the base information tells its code.
            quote("KYG000000011", "먼나라", "KOSDAQ GLOBAL", &day, 3_000),
        ])
    } else if of("/svc/apis/sto/knx_bydd_trd") {
        block(&[quote("800090", "파섬푸드", "KONEX", &day, 3_000)])
    } else if of("/svc/apis/sto/stk_isu_base_info") {
        block(&[base("800010", &isin::of_code("800010").unwrap(), "가율전자")])
    } else if of("/svc/apis/sto/ksq_isu_base_info") {
        block(&[base("900010", "KYG000000011", "먼나라")])
    } else if of("/svc/apis/sto/knx_isu_base_info") {
        block(&[])
    } else if of("/svc/apis/idx/kospi_dd_trd") {
        let row = |name: &str, close: &str| {
            format!(
                r#"{{"BAS_DD":"{day}","IDX_CLSS":"KOSPI","IDX_NM":"{name}","CLSPRC_IDX":"{close}","CMPPREVDD_IDX":"-10.50","FLUC_RT":"-0.40","OPNPRC_IDX":"{close}","HGPRC_IDX":"{close}","LWPRC_IDX":"{close}","ACC_TRDVOL":"1","ACC_TRDVAL":"1","MKTCAP":"1"}}"#
            )
        };
        block(&[
            row("코스피 (외국주포함)", "-"),
            row("코스피", "2620.10"),
            row("코스피 200", "350.00"),
        ])
    } else if of("/svc/apis/idx/kosdaq_dd_trd") {
        Reply::Body(401, r#"{"respMsg":"Unauthorized API Call"}"#.to_owned())
    } else {
        Reply::Body(403, String::new())
    }
}

fn open_api(key: &str, calls: u32, handler: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> (Stub, KrxOpenApi) {
    let stub = Stub::start(handler);
    let base = stub.url.join("/svc/apis").unwrap();
    let api = KrxOpenApi::impatient(base, SecretString::from(key), calls, IMPATIENT);
    (stub, api)
}

#[test]
fn the_open_api_gives_a_day_with_facts_and_indices() {
    let (stub, api) = open_api(KEY, 100, trading_day);
    let fetched = api.day(DAY).unwrap().unwrap();
    let codes: Vec<&str> = rows(&fetched).iter().map(|row| row.instrument.code.as_str()).collect();
    assert_eq!(codes, ["800010", "80008K", "8000A0", "900010", "800090"]);
    let foreign = &rows(&fetched)[3].instrument;
    assert_eq!(foreign.isin, "KYG000000011");
    assert_eq!(
        (foreign.market, foreign.segment),
        (Board::Kosdaq, Some(Segment::Global))
    );
    assert_eq!(fetched.market.as_of, Some(DAY));
    let [facts, indices] = fetched.parts.as_slice() else {
        panic!("{} parts", fetched.parts.len())
    };
    assert!(matches!(&facts.parsed.content, Content::Master(facts) if facts.len() == 2));
    let Content::Index(bars) = &indices.parsed.content else {
        panic!("no index")
    };
    assert_eq!((bars.len(), bars[0].close, bars[0].change), (1, 262_010, -1_050));
    assert_eq!(api.calls(), 8);
    // The facts are the same for the next day: not asked for again.
    api.day(date!(2026 - 03 - 19)).unwrap().unwrap();
    assert_eq!(api.calls(), 13);
    assert!(
        stub.asked().iter().all(|asked| !asked.path.contains(KEY)),
        "the key is in a header only"
    );
}

#[test]
fn a_day_without_data_is_none() {
    let (_stub, api) = open_api(KEY, 100, trading_day);
    assert!(api.day(date!(2026 - 03 - 21)).unwrap().is_none());
    assert_eq!(api.calls(), 3);
    // Rows without figures are none as well.
    let (_stub, api) = open_api(KEY, 100, |asked| match trading_day(asked) {
        Reply::Body(200, body) if asked.path.contains("bydd_trd") => {
            let names = [
                "TDD_CLSPRC",
                "TDD_OPNPRC",
                "TDD_HGPRC",
                "TDD_LWPRC",
                "MKTCAP",
                "ACC_TRDVOL",
            ];
            let emptied = names.iter().fold(body, |body, name| {
                let mut parts = body
                    .split(&format!("\"{name}\":\""))
                    .map(str::to_owned)
                    .collect::<Vec<_>>();
                for part in parts.iter_mut().skip(1) {
                    *part = format!("-{}", &part[part.find('"').unwrap()..]);
                }
                parts.join(&format!("\"{name}\":\""))
            });
            Reply::Body(200, emptied)
        }
        other => other,
    });
    assert!(api.day(DAY).unwrap().is_none());
}

#[test]
fn before_konex_there_were_two_boards() {
    let (_stub, api) = open_api(KEY, 100, trading_day);
    let fetched = api.day(date!(2012 - 03 - 20)).unwrap().unwrap();
    assert_eq!(rows(&fetched).len(), 4);
}

#[test]
fn the_open_apis_faults_are_told_apart() {
    let (_stub, api) = open_api("WRONG", 100, trading_day);
    assert_eq!(api.day(DAY).unwrap_err(), FetchError::Unauthorized);

    // With a good status and an error inside.
    let (_stub, api) = open_api(KEY, 100, |_| {
        Reply::Body(200, r#"{"respCode":"500","respMsg":"내부 오류"}"#.to_owned())
    });
    let error = api.day(DAY).unwrap_err();
    assert!(error.to_string().contains("500 내부 오류"), "{error}");

    // One board is late.
    let (_stub, api) = open_api(KEY, 100, |asked| {
        if asked.path.contains("knx_bydd") {
            block(&[])
        } else {
            trading_day(asked)
        }
    });
    assert_eq!(
        api.day(DAY).unwrap_err(),
        FetchError::Incomplete {
            asked: DAY,
            missing: "KONEX"
        }
    );

    // Another day than asked for: the sample twin of the API has always the same.
    let (_stub, api) = open_api(KEY, 100, |asked| {
        let asked = Asked {
            path: asked.path.replace("20260320", "20200414"),
            ..asked.clone()
        };
        trading_day(&asked)
    });
    assert!(matches!(api.day(DAY).unwrap_err(), FetchError::OtherDay { .. }));

    let (_stub, api) = open_api(KEY, 2, trading_day);
    assert_eq!(api.day(DAY).unwrap_err(), FetchError::OutOfCalls(2));
}

#[test]
fn the_key_follows_no_redirect_and_is_in_no_message() {
    let elsewhere = Stub::start(trading_day);
    let target = elsewhere.url.to_string();
    let (_stub, api) = open_api(KEY, 100, move |_| Reply::Redirect(target.clone()));
    let error = api.day(DAY).unwrap_err();
    assert_eq!(error, FetchError::Redirected(302));
    assert!(elsewhere.asked().is_empty());
    for reply in [
        Reply::Closed,
        Reply::Slow,
        Reply::Body(401, KEY.to_owned()),
        Reply::Body(200, KEY.to_owned()),
    ] {
        let (_stub, api) = open_api(KEY, 100, move |_| reply.clone());
        let error = api.day(DAY).unwrap_err();
        assert!(!format!("{error} {error:?}").contains(KEY), "{error:?}");
    }
}

#[test]
fn sources_that_are_not_fetched_say_so() {
    for source in [&Demo as &dyn MarketSource, &Files] {
        assert_eq!(source.day(DAY).unwrap_err(), FetchError::NotFetched(source.source()));
        assert_eq!(source.calls() + source.calls_a_day(), 0);
        assert_eq!(source.newest_day().unwrap(), None);
    }
}

#[test]
fn a_domestic_isin_tells_its_code() {
    for code in ["800010", "800015", "80008K", "8000A0"] {
        assert_eq!(code_of_isin(&isin::of_code(code).unwrap()).as_deref(), Some(code));
    }
    assert_eq!(code_of_isin("KYG000000011"), None);
    assert_eq!(code_of_isin("KR7"), None);
}
