//! What is imported beside a day's market, on both engines.

use time::macros::date;

use super::{
    ImportError, ImportOptions, ImportSummary, Outcome, import_bytes, import_file, refusals,
    tests::{FRIDAY, NOW, import},
};
use crate::{
    model::market::{FlagKind, Percent, Source},
    server::{
        market::testing::file,
        store::{
            daily_bars::{self, Bar, DatedBar},
            delistings::{self, Delisting},
            flags,
            imports::{self, Content, Part, PartWritten},
            index_bars::{self, IndexBar},
            instruments::{self, Facts, MasterFacts},
            testing::TestDb,
        },
    },
};

fn bar(close: i64) -> Bar {
    Bar {
        close,
        change: 0,
        changes_ratio: Percent::from_basis_points(0),
        change_code: 3,
        open: Some(close),
        high: Some(close),
        low: Some(close),
        volume: 1,
        amount: close,
        marcap: close * 10,
        shares: 10,
    }
}

fn part<'a>(digest: &'a str, content: Content<'a>) -> Part<'a> {
    Part {
        source: Source::File,
        as_of: date!(2026 - 03 - 20),
        digest,
        file_name: None,
        content,
        quarantined: &[],
    }
}

#[tokio::test]
async fn parts_are_added_to_a_real_market_once() {
    for test in TestDb::all().await {
        let db = &test.db;
        let index = [IndexBar {
            index_code: "KOSPI".to_owned(),
            trade_date: date!(2026 - 03 - 20),
            close: 270_012,
            change: -1_005,
            changes_ratio: Percent::from_basis_points(-37),
            open: Some(271_000),
            high: None,
            low: None,
            volume: Some(400_000_000),
            amount: None,
            marcap: Some(2_300_000_000_000_000),
        }];
        let index_part = part("i", Content::Index(&index));
        let written = imports::write_part(db, NOW, &index_part).await.unwrap();
        assert_eq!(written, PartWritten::NoMarket);
        import(db, &file(), FRIDAY).await.unwrap();

        let written = imports::write_part(db, NOW, &index_part).await.unwrap();
        assert_eq!(written, PartWritten::Written { rows: 1, unknown: 0 });
        let days = (date!(2026 - 03 - 01), date!(2026 - 03 - 20));
        assert_eq!(index_bars::range(db, days.0, days.1).await.unwrap(), index);
        assert_eq!(
            imports::write_part(db, NOW, &index_part).await.unwrap(),
            PartWritten::Known
        );

        let bars: Vec<DatedBar> = [18, 19]
            .map(|day| DatedBar {
                code: "800010".to_owned(),
                trade_date: date!(2026 - 03 - 01).replace_day(day).unwrap(),
                bar: bar(70_000 + i64::from(day)),
            })
            .to_vec();
        imports::write_part(db, NOW, &part("h", Content::History(&bars)))
            .await
            .unwrap();
        let history = daily_bars::history(db, "800010", days.0, days.1).await.unwrap();
        let closes: Vec<i64> = history.iter().map(|(_, bar)| bar.close).collect();
        assert_eq!(closes, [70_018, 70_019, 70_000]);
        assert_eq!(history[0].1, bars[0].bar);
        assert_eq!(
            daily_bars::span(db, "800010").await.unwrap().unwrap(),
            (date!(2026 - 03 - 18), days.1)
        );
        assert_eq!(daily_bars::span(db, "000000").await.unwrap(), None);
        let newest = async |to, limit| daily_bars::newest(db, "800010", to, limit).await.unwrap();
        assert_eq!(newest(days.1, 2).await, history[1..]);
        assert_eq!(newest(date!(2026 - 03 - 19), u32::MAX).await, history[..2]);
        assert_eq!(newest(date!(2026 - 03 - 17), 5).await, []);
        let current = imports::current(db).await.unwrap().unwrap();
        assert_eq!(daily_bars::listing(db, &current).await.unwrap().len(), 12);

        let facts = [
            MasterFacts {
                code: "800020".to_owned(),
                industry: Some("전자부품 제조업".to_owned()),
                facts: Facts {
                    region: Some("서울특별시".to_owned()),
                    ..Facts::default()
                },
                ..MasterFacts::default()
            },
            MasterFacts {
                code: "999999".to_owned(),
                ..MasterFacts::default()
            },
        ];
        let written = imports::write_part(db, NOW, &part("m", Content::Master(&facts))).await;
        assert_eq!(written.unwrap(), PartWritten::Written { rows: 1, unknown: 1 });
        let issue = instruments::find(db, "800020").await.unwrap().unwrap();
        assert_eq!(issue.industry.as_deref(), Some("전자부품 제조업"));
        assert_eq!(issue.facts.region.as_deref(), Some("서울특별시"));
        assert_eq!(issue.name_full.as_deref(), Some("큐브이전자보통주"));
        assert_eq!(instruments::all(db).await.unwrap().len(), 12);

        let gone = ["800100", "80010012"].map(|code| Delisting {
            code: code.to_owned(),
            delisted_on: date!(2026 - 03 - 21),
            name: "소빈팜".to_owned(),
            market: "KONEX".to_owned(),
            secu_group: None,
            share_kind: None,
            listed_on: None,
            reason: Some("피흡수합병".to_owned()),
            industry: None,
            par_value: None,
            shares: Some(1_000_000),
            successor_code: Some("800010".to_owned()),
            successor_name: None,
        });
        imports::write_part(db, NOW, &part("d", Content::Delistings(&gone)))
            .await
            .unwrap();
        assert_eq!(delistings::of_code(db, "80010012").await.unwrap(), gone[1..]);
        let issue = instruments::find(db, "800100").await.unwrap().unwrap();
        assert_eq!(issue.facts.delisted_on, Some(date!(2026 - 03 - 21)));
        assert_eq!(issue.facts.successor_code.as_deref(), Some("800010"));
        test.clean_up().await;
    }
}

#[tokio::test]
async fn flags_begin_and_end_with_what_the_days_tell() {
    for test in TestDb::all().await {
        let db = &test.db;
        import(db, &file(), super::tests::on(date!(2026 - 03 - 19)))
            .await
            .unwrap();
        let told = async |day| {
            let flags = flags::on(db, day).await.unwrap();
            flags.into_iter().map(|f| (f.code, f.kind)).collect::<Vec<_>>()
        };
        let both = vec![
            ("800060".to_owned(), FlagKind::Administrative),
            ("800060".to_owned(), FlagKind::Halted),
        ];
        assert_eq!(told(date!(2026 - 03 - 19)).await, both);
        assert_eq!(told(date!(2026 - 03 - 18)).await, []);
        // Traded again on the next day.
        let traded = file().replacen(",500,0,0,0.0,0,0,0,0,0,", ",500,3,0,0.0,500,500,500,1,500,", 1);
        import(db, &traded, FRIDAY).await.unwrap();
        assert_eq!(told(date!(2026 - 03 - 20)).await, both[..1]);
        assert_eq!(told(date!(2026 - 03 - 19)).await, both);
        let of_issue = flags::of_issue(db, "800060").await.unwrap();
        assert_eq!(of_issue.iter().filter(|f| f.valid_to.is_none()).count(), 1);
        // The same day again, halted after all: one flag goes on.
        import(db, &file(), FRIDAY).await.unwrap();
        assert_eq!(told(date!(2026 - 03 - 20)).await, both);
        test.clean_up().await;
    }
}

/// What a file with this name adds.
async fn add(db: &crate::server::store::Db, text: &str, name: &str) -> Result<ImportSummary, ImportError> {
    import_bytes(db, NOW, text.as_bytes(), Some(name), &ImportOptions::default()).await
}

#[tokio::test]
async fn files_add_histories_facts_indices_and_delistings() {
    const BARS: &str = "date,code,open,high,low,close,change,change_pct,volume,amount,marcap,shares\n\
        2026-03-18,800010,70000,71000,69000,70500,500,0.71,10,705000,7050000000000,100000000\n\
        2026-03-18,899990,1000,1000,1000,1000,0,0.00,1,1000,1000000,1000\n";
    const INDEX: &str =
        "Date,Close,Comp,Open,High,Low,Volume,Amount,MarCap\n2026-03-18,906.04,9.04,896.16,906.86,896.16,1,2,\n";
    const DESC: &str = ",Code,Name,Market,Sector,Industry,Products,ListingDate,SettleMonth,Representative,HomePage,Region\n\
        0,800010,가율전자,KOSPI,,반도체 제조업,칩,2001-02-03,12월,,http://example.com,서울\n";
    const DELISTED: &str = ",Symbol,Name,Market,SecuGroup,Kind,ListingDate,DelistingDate,Reason,ArrantEnforceDate,ArrantEndDate,Industry,ParValue,ListingShares,ToSymbol,ToName\n\
        0,899980,옛회사,KOSDAQ,주권,보통주,2001-01-02,2020-05-06,자진상장폐지,,,제조업,500,1000000,,\n";
    for test in TestDb::all().await {
        let db = &test.db;
        // There is nothing yet that they could be added to.
        let error = add(db, INDEX, "ks11.csv").await.unwrap_err();
        assert!(matches!(error, ImportError::NoMarket(_)), "{error}");
        import(db, &file(), FRIDAY).await.unwrap();

        let summary = add(db, BARS, "bars.csv").await.unwrap();
        assert_eq!(summary.outcome, Outcome::Added { rows: 1, unknown: 1 });
        assert!(
            summary
                .to_string()
                .contains("2 trading days of issues up to 2026-03-18"),
            "{summary}"
        );
        let history = daily_bars::history(db, "800010", date!(2026 - 03 - 18), date!(2026 - 03 - 20));
        assert_eq!(history.await.unwrap().len(), 2);
        assert_eq!(
            add(db, BARS, "bars.csv").await.unwrap().outcome,
            Outcome::AlreadyImported
        );

        add(db, INDEX, "ks11.csv").await.unwrap();
        let bars = index_bars::range(db, date!(2026 - 03 - 18), date!(2026 - 03 - 18))
            .await
            .unwrap();
        assert_eq!((bars[0].index_code.as_str(), bars[0].close), ("KOSPI", 90_604));

        let summary = add(db, DESC, "desc.csv").await.unwrap();
        assert_eq!(summary.outcome, Outcome::Added { rows: 1, unknown: 0 });
        let issue = instruments::find(db, "800010").await.unwrap().unwrap();
        assert_eq!(issue.industry.as_deref(), Some("반도체 제조업"));
        assert_eq!(issue.facts.region.as_deref(), Some("서울"));

        add(db, DELISTED, "delisted.csv").await.unwrap();
        assert_eq!(delistings::of_code(db, "899980").await.unwrap().len(), 1);
        test.clean_up().await;
    }
}

#[tokio::test]
async fn the_name_of_a_file_may_say_whose_history_it_is() {
    const HISTORY: &str = r#"{"output":[{"TRD_DD":"2026/03/18","TDD_CLSPRC":"500","FLUC_TP_CD":"3","CMPPREVDD_PRC":"0","FLUC_RT":"0.00","TDD_OPNPRC":"500","TDD_HGPRC":"500","TDD_LWPRC":"500","ACC_TRDVOL":"1","ACC_TRDVAL":"500","MKTCAP":"5,000","LIST_SHRS":"10"}]}"#;
    let test = TestDb::sqlite().await;
    let db = &test.db;
    import(db, &file(), FRIDAY).await.unwrap();
    let days = async |code: &str| {
        let bars = daily_bars::history(db, code, date!(2026 - 03 - 18), date!(2026 - 03 - 18)).await;
        bars.unwrap().len()
    };
    let error = add(db, HISTORY, "history.json").await.unwrap_err();
    assert!(error.to_string().contains("--of"), "{error}");
    // Six digits that are no issue's are a date.
    assert!(add(db, HISTORY, "202603.json").await.is_err());
    add(db, HISTORY, "krx_KR7800011009_2026.json").await.unwrap();
    assert_eq!(days("800015").await, 1);
    add(db, HISTORY, "800020.json").await.unwrap();
    assert_eq!(days("800020").await, 1);
    let of = |subject: &str| ImportOptions {
        subject: Some(subject.to_owned()),
        ..ImportOptions::default()
    };
    import_bytes(db, NOW, HISTORY.as_bytes(), None, &of("A800030"))
        .await
        .unwrap();
    assert_eq!(days("800030").await, 1);
    let error = import_bytes(db, NOW, HISTORY.as_bytes(), None, &of("899990"))
        .await
        .unwrap_err();
    assert!(matches!(error, ImportError::UnknownSubject(_)), "{error}");
    test.clean_up().await;
}

#[tokio::test]
async fn a_known_isin_counts_before_one_that_the_code_tells() {
    const DOWNLOAD: &str =
        "종목코드,종목명,시장구분,소속부,종가,대비,등락률,시가,고가,저가,거래량,거래대금,시가총액,상장주식수\n";
    let test = TestDb::sqlite().await;
    let db = &test.db;
    import(db, &file(), FRIDAY).await.unwrap();
    let rows: String = ["800010", "800015", "800020", "800030", "800110"]
        .iter()
        .map(|code| format!("{code},이름{code},KOSPI,,1000,0,0.00,1000,1000,1000,1,1000,10000,10\n"))
        .collect::<Vec<_>>()
        .concat();
    let options = ImportOptions {
        force: true,
        ..super::tests::on(date!(2026 - 03 - 23))
    };
    let monday = NOW + time::Duration::days(3);
    let download = format!("{DOWNLOAD}{rows}");
    import_bytes(db, monday, download.as_bytes(), None, &options)
        .await
        .unwrap();
    let known = instruments::find(db, "800015").await.unwrap().unwrap();
    assert_eq!(
        (known.isin.as_str(), known.name.as_str()),
        ("KR7800011009", "이름800015")
    );
    let new = instruments::find(db, "800110").await.unwrap().unwrap();
    assert_eq!(Some(new.isin), crate::server::market::isin::of_code("800110"));
    test.clean_up().await;
}

#[tokio::test]
async fn what_is_refused_is_noted() {
    for test in TestDb::all().await {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("broken.csv");
        std::fs::write(&file, "LOGOUT").unwrap();
        import_file(&test.db, NOW, &file, &ImportOptions::default())
            .await
            .unwrap_err();
        let reasons = refusals::latest(&test.db, 5).await.unwrap();
        assert_eq!(reasons.len(), 1);
        assert!(reasons[0].starts_with("line 1: this header"), "{}", reasons[0]);
        test.clean_up().await;
    }
}
