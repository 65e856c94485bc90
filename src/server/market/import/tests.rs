use std::time::Instant;

use time::macros::{date, datetime};

use super::*;
use crate::{
    model::market::{ListingQuery, MarketFilter, OverviewQuery},
    server::{
        market::{
            Market, demo,
            testing::{HEADER, ROWS, file, listed, shared_file},
        },
        store::{daily_bars, delistings, index_bars, testing::TestDb},
    },
};

/// A Saturday in Seoul.
pub(super) const NOW: OffsetDateTime = datetime!(2026-03-21 03:00 UTC);

pub(super) const FRIDAY: ImportOptions = ImportOptions {
    as_of: Some(date!(2026 - 03 - 20)),
    subject: None,
    force: false,
};

pub(super) async fn import(db: &Db, text: &str, options: ImportOptions) -> Result<ImportSummary, ImportError> {
    import_bytes(db, NOW, text.as_bytes(), Some("listing.csv"), &options).await
}

async fn shown(db: &Db) -> Option<std::sync::Arc<crate::server::market::Snapshot>> {
    let market = Market::default();
    market.reload_if_changed(db).await.unwrap();
    market.current()
}

fn written(summary: &ImportSummary) -> imports::Written {
    match summary.outcome {
        Outcome::Imported(written) => written,
        other => panic!("{other:?}"),
    }
}

pub(super) fn on(as_of: Date) -> ImportOptions {
    ImportOptions {
        as_of: Some(as_of),
        ..ImportOptions::default()
    }
}

#[tokio::test]
async fn a_file_becomes_the_market_that_is_shown() {
    for test in TestDb::all().await {
        let market = Market::default();
        assert!(!market.reload_if_changed(&test.db).await.unwrap());
        assert!(market.current().is_none());

        let summary = import(&test.db, &file(), FRIDAY).await.unwrap();
        assert_eq!(summary.rows, 12);
        let boards = [(Board::Kospi, 5), (Board::Kosdaq, 5), (Board::Konex, 2)].to_vec();
        assert_eq!(summary.content, Imported::Market { boards, global: 1 });
        assert_eq!(
            summary.to_string(),
            "12 issues of 2026-03-20 from source file: KOSPI 5, KOSDAQ 5 (1 GLOBAL), KONEX 2"
        );

        assert!(market.reload_if_changed(&test.db).await.unwrap());
        let snapshot = market.current().unwrap();
        assert_eq!((snapshot.as_of(), snapshot.source()), ("2026-03-20", Source::File));
        let run = imports::current(&test.db).await.unwrap().unwrap();
        // Every figure comes back as it was in the file.
        assert_eq!(daily_bars::listing(&test.db, &run).await.unwrap(), by_code(listed()));
        assert!(!market.reload_if_changed(&test.db).await.unwrap());
        test.clean_up().await;
    }
}

fn by_code(mut listed: Vec<daily_bars::Listed>) -> Vec<daily_bars::Listed> {
    listed.sort_by(|a, b| a.listing.code.cmp(&b.listing.code));
    listed
}

#[tokio::test]
async fn the_same_file_again_is_nothing_to_do() {
    for test in TestDb::all().await {
        import(&test.db, &file(), FRIDAY).await.unwrap();
        let before = imports::current(&test.db).await.unwrap();
        let again = import(&test.db, &file(), FRIDAY).await.unwrap();
        assert_eq!(again.outcome, Outcome::AlreadyImported);
        assert!(again.to_string().contains("nothing to do"));
        assert_eq!(imports::current(&test.db).await.unwrap(), before);

        // Another content for the day replaces it, and the first one then is news again.
        let other = file().replace(",1000000,70200000000,", ",1000001,70200000000,");
        let second = import(&test.db, &other, FRIDAY).await.unwrap();
        assert!(written(&second).replaced_day);
        assert_eq!(shown(&test.db).await.unwrap().find("800010").unwrap().volume, 1_000_001);
        let third = import(&test.db, &file(), FRIDAY).await.unwrap();
        assert!(written(&third).replaced_day);
        assert_eq!(shown(&test.db).await.unwrap().find("800010").unwrap().volume, 1_000_000);
        test.clean_up().await;
    }
}

#[tokio::test]
async fn the_newest_day_is_shown_whatever_the_order_of_imports() {
    for test in TestDb::all().await {
        import(&test.db, &file(), FRIDAY).await.unwrap();
        let market = Market::default();
        market.reload_if_changed(&test.db).await.unwrap();

        // The day before, with an old name and an issue that is gone by now.
        let gone = ROWS[11].replace("800100,KR7800100", "800110,KR7800110");
        let digit = crate::server::market::isin::check_digit("KR780011000").unwrap();
        let gone = gone.replacen(&gone[7..19], &format!("KR780011000{digit}"), 1);
        let older = format!("{}{gone}", file().replace("가율전자,", "옛이름,"));
        let summary = import(&test.db, &older, on(date!(2026 - 03 - 19))).await.unwrap();
        assert!(!written(&summary).is_current);
        assert!(summary.to_string().contains("a newer day is there"));
        // Whatever came is looked at, because it may belong to the day that is shown; the day stays.
        market.reload_if_changed(&test.db).await.unwrap();
        assert_eq!(market.current().unwrap().day(), date!(2026 - 03 - 20));
        let snapshot = shown(&test.db).await.unwrap();
        assert_eq!(snapshot.find("800010").unwrap().name, "가율전자");
        assert_eq!(snapshot.find("800110"), None);

        // The next trading day takes over, with names of its own.
        let newer = file().replace("가율전자,", "새이름,");
        let later = datetime!(2026-03-24 03:00 UTC);
        let options = on(date!(2026 - 03 - 23));
        import_bytes(&test.db, later, newer.as_bytes(), None, &options)
            .await
            .unwrap();
        assert!(market.reload_if_changed(&test.db).await.unwrap());
        let snapshot = market.current().unwrap();
        assert_eq!(snapshot.as_of(), "2026-03-23");
        assert_eq!(snapshot.find("800010").unwrap().name, "새이름");
        test.clean_up().await;
    }
}

#[tokio::test]
async fn what_a_source_does_not_know_stays_known() {
    for test in TestDb::all().await {
        import(&test.db, &file(), FRIDAY).await.unwrap();
        // The same market without full and English names.
        let fewer = file().replace("name_full,name_en", "x,y");
        let summary = import(&test.db, &fewer, FRIDAY).await.unwrap();
        assert!(written(&summary).replaced_day);
        let query = ListingQuery {
            q: "큐브이".to_owned(),
            ..ListingQuery::default()
        };
        assert_eq!(shown(&test.db).await.unwrap().select(&query).total, 1);
        test.clean_up().await;
    }
}

#[tokio::test]
async fn a_faulty_file_leaves_everything_as_it_was() {
    for test in TestDb::all().await {
        import(&test.db, &file(), FRIDAY).await.unwrap();
        let before = shown(&test.db).await.unwrap();
        let half = &file()[..file().len() / 2];
        for bad in ["", "<html>", half, HEADER, &file().replace("70500", "x")] {
            let error = import(&test.db, bad, FRIDAY).await.unwrap_err();
            assert!(matches!(error, ImportError::Fault(_)), "{error}");
            assert!(!error.to_string().contains('\n'));
        }
        let after = shown(&test.db).await.unwrap();
        assert_eq!(after.version(), before.version());
        assert_eq!(after.len(), 12);
        test.clean_up().await;
    }
}

#[tokio::test]
async fn a_sudden_loss_needs_force() {
    for test in TestDb::all().await {
        import(&test.db, &file(), FRIDAY).await.unwrap();
        let fewer = format!("{HEADER}{}", ROWS[1..].concat());
        let error = import(&test.db, &fewer, FRIDAY).await.unwrap_err();
        let message = error.to_string();
        assert!(
            message.contains("12 issues") && message.contains("11 in what came"),
            "{message}"
        );
        assert!(message.contains("--force"));
        assert_eq!(shown(&test.db).await.unwrap().len(), 12);

        let options = ImportOptions { force: true, ..FRIDAY };
        import(&test.db, &fewer, options).await.unwrap();
        let snapshot = shown(&test.db).await.unwrap();
        assert_eq!(snapshot.len(), 11);
        assert_eq!(snapshot.find("800010"), None);
        test.clean_up().await;
    }
}

#[tokio::test]
async fn a_board_does_not_vanish_within_the_few_percent() {
    let Some(bytes) = shared_file("krx_listing_2026-03-20.csv") else {
        return;
    };
    let test = TestDb::sqlite().await;
    let content = String::from_utf8(bytes).unwrap();
    import(&test.db, &content, FRIDAY).await.unwrap();
    let fewer: Vec<&str> = content.lines().filter(|l| !l.contains(",KONEX,")).collect();
    let error = import(&test.db, &fewer.join("\n"), FRIDAY).await.unwrap_err();
    assert!(error.to_string().starts_with("KONEX would lose too much"), "{error}");
    test.clean_up().await;
}

#[tokio::test]
async fn the_demo_market_fills_an_empty_database_only() {
    for test in TestDb::all().await {
        let start = Instant::now();
        assert!(ensure_demo(&test.db, NOW).await.unwrap());
        println!("demo: {:?}", start.elapsed());
        assert!(!ensure_demo(&test.db, NOW).await.unwrap());
        let start = Instant::now();
        let market = Market::default();
        market.reload_if_changed(&test.db).await.unwrap();
        println!("load: {:?}", start.elapsed());
        let snapshot = market.current().unwrap();
        assert_eq!((snapshot.len(), snapshot.source()), (2_880, Source::Demo));
        // The Friday before that Saturday.
        assert_eq!(snapshot.as_of(), "2026-03-20");
        let query = ListingQuery {
            market: MarketFilter::Kosdaq,
            ..ListingQuery::default()
        };
        assert_eq!(snapshot.select(&query).total, 1_820);

        // A real market, of an older day even, takes its place wholly.
        let summary = import(&test.db, &file(), on(date!(2026 - 03 - 18))).await.unwrap();
        assert!(written(&summary).replaced_demo && written(&summary).is_current);
        assert!(summary.to_string().contains("the demo market was removed"));
        assert!(market.reload_if_changed(&test.db).await.unwrap());
        let real = market.current().unwrap();
        assert_eq!((real.len(), real.source()), (12, Source::File));
        assert!(!ensure_demo(&test.db, NOW).await.unwrap());
        assert_eq!(shown(&test.db).await.unwrap().len(), 12);
        test.clean_up().await;
    }
}

#[tokio::test]
async fn the_day_comes_from_the_option_the_data_or_the_name() {
    let test = TestDb::sqlite().await;
    let with_name =
        async |name: &str, options| import_bytes(&test.db, NOW, file().as_bytes(), Some(name), &options).await;
    let none = ImportOptions::default();
    let error = with_name("listing.csv", none.clone()).await.unwrap_err();
    assert!(error.to_string().contains("--as-of"), "{error}");
    // A Sunday stands for the Friday before.
    let summary = with_name("krx_2026-03-15.csv", none.clone()).await.unwrap();
    assert_eq!(summary.as_of, date!(2026 - 03 - 13));
    let summary = with_name("krx_2026-03-15.csv", on(date!(2026 - 03 - 17)))
        .await
        .unwrap();
    assert_eq!(summary.as_of, date!(2026 - 03 - 17));
    let dated = file().replacen('\n', ",date\n", 1).replace("000\n", "000,2026-03-18\n");
    let summary = import_bytes(&test.db, NOW, dated.as_bytes(), Some("2026-03-12.csv"), &none);
    assert_eq!(summary.await.unwrap().as_of, date!(2026 - 03 - 18));
    let error = with_name("2026-03-24.csv", none).await.unwrap_err();
    assert!(matches!(error, ImportError::Future(_)), "{error}");
    test.clean_up().await;
}

#[tokio::test]
async fn a_path_that_is_no_file_is_told() {
    let test = TestDb::sqlite().await;
    for path in ["/nowhere/listing.csv", "/tmp"] {
        let error = import_file(&test.db, NOW, Path::new(path), &FRIDAY).await.unwrap_err();
        assert!(error.to_string().starts_with("the file cannot be read"), "{error}");
    }
    test.clean_up().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn imports_at_once_come_one_after_the_other() {
    for test in TestDb::all().await {
        for round in 0..10 {
            let contents = [0, 1, 2].map(|n| {
                let volume = 1_000_000 + round * 3 + n;
                file().replace(",1000000,70200000000,", &format!(",{volume},70200000000,"))
            });
            let runs = contents.map(|content| {
                let db = test.db.clone();
                tokio::spawn(async move { import(&db, &content, FRIDAY).await })
            });
            let demo = ensure_demo(&test.db, NOW).await;
            for run in runs {
                assert!(written(&run.await.unwrap().unwrap()).is_current);
            }
            demo.unwrap();
            let snapshot = shown(&test.db).await.unwrap();
            assert_eq!((snapshot.len(), snapshot.source()), (12, Source::File));
        }
        test.clean_up().await;
    }
}

#[tokio::test]
async fn the_real_market_is_imported() {
    let Some(bytes) = shared_file("krx_listing_2026-03-20.csv") else {
        return;
    };
    for test in TestDb::all().await {
        ensure_demo(&test.db, NOW).await.unwrap();
        let start = Instant::now();
        let name = Some("krx_listing_2026-03-20.csv");
        let options = ImportOptions::default();
        let summary = import_bytes(&test.db, NOW, &bytes, name, &options).await.unwrap();
        println!("import: {:?}", start.elapsed());
        assert_eq!(
            summary.to_string(),
            "2879 issues of 2026-03-20 from source file: \
             KOSPI 951, KOSDAQ 1818 (52 GLOBAL), KONEX 110\nthe demo market was removed"
        );
        assert_eq!(shown(&test.db).await.unwrap().len(), 2_879);

        if let Some(bytes) = shared_file("fdr_krx_data_cache/listing_krx_2026-03-19.csv") {
            let name = Some("listing_krx_2026-03-19.csv");
            let summary = import_bytes(&test.db, NOW, &bytes, name, &options).await.unwrap();
            assert_eq!((summary.rows, summary.source), (2_878, Source::File));
            assert!(!written(&summary).is_current);
            assert_eq!(shown(&test.db).await.unwrap().as_of(), "2026-03-20");
        }
        test.clean_up().await;
    }
}

#[tokio::test]
async fn the_demo_market_of_a_day_is_the_same_on_any_other() {
    for test in TestDb::all().await {
        let thursday = date!(2026 - 03 - 19);
        assert!(ensure_demo_of(&test.db, NOW, thursday).await.unwrap());
        let much_later = NOW.saturating_add(Duration::days(300));
        assert!(!ensure_demo(&test.db, much_later).await.unwrap());
        let snapshot = shown(&test.db).await.unwrap();
        assert_eq!((snapshot.as_of(), snapshot.source()), ("2026-03-19", Source::Demo));
        // Nobody is told that what was made up is old.
        assert!(snapshot.shortcomings(much_later).in_words().is_empty());
        test.clean_up().await;
    }
}

#[tokio::test]
async fn the_demo_market_has_a_past_until_real_data_come() {
    for test in TestDb::all().await {
        let db = &test.db;
        assert!(!ensure_demo_history(db, NOW).await.unwrap(), "there is no market");
        ensure_demo(db, NOW).await.unwrap();
        let before = shown(db).await.unwrap();
        assert!(before.market_overview(OverviewQuery::default()).indices.is_empty());

        assert!(made_up::history_of(db, NOW, 60).await.unwrap());
        // Done once, it is not done again.
        assert!(!ensure_demo_history(db, NOW).await.unwrap());
        let market = shown(db).await.unwrap();
        assert_ne!(market.version(), before.version(), "the indices are news");
        let first = market.find("800010").unwrap();
        let history = daily_bars::history(db, &first.code, date!(2025 - 03 - 21), market.day())
            .await
            .unwrap();
        assert!(history.len() > 230, "{}", history.len());
        assert_eq!(market.market_overview(OverviewQuery::default()).indices.len(), 2);
        assert_eq!(market.len(), 2_880, "those that are gone are not listed");
        let gone = delistings::of_code(db, "790000").await.unwrap();
        assert_eq!(gone.len(), 1);
        let instrument = instruments::find(db, "790000").await.unwrap().unwrap();
        assert_eq!(instrument.facts.delisted_on, Some(gone[0].delisted_on));

        import(db, &file(), FRIDAY).await.unwrap();
        assert_eq!(
            daily_bars::span(db, "800015").await.unwrap(),
            Some((date!(2026 - 03 - 20), date!(2026 - 03 - 20)))
        );
        assert_eq!(instruments::all(db).await.unwrap().len(), 12);
        assert_eq!(delistings::of_code(db, "790000").await.unwrap(), []);
        assert_eq!(
            index_bars::range(db, date!(2025 - 01 - 01), date!(2026 - 12 - 31))
                .await
                .unwrap(),
            []
        );
        assert!(!ensure_demo_history(db, NOW).await.unwrap(), "never beside real data");
        test.clean_up().await;
    }
}

#[tokio::test]
async fn real_data_end_a_past_under_way() {
    for test in TestDb::all().await {
        let db = &test.db;
        ensure_demo(db, NOW).await.unwrap();
        let demo = imports::current(db).await.unwrap().unwrap();
        import(db, &file(), FRIDAY).await.unwrap();
        let bars = [daily_bars::DatedBar {
            code: "800010".to_owned(),
            trade_date: date!(2026 - 01 - 05),
            bar: demo::market()[0].bar.clone(),
        }];
        assert!(
            !imports::write_demo_issues(db, &demo, &demo::market()[..2])
                .await
                .unwrap()
        );
        assert!(!imports::write_demo_bars(db, &demo, &bars).await.unwrap());
        assert!(!imports::finish_demo_history(db, NOW, &demo, 1, &[], &[]).await.unwrap());
        assert_eq!(instruments::all(db).await.unwrap().len(), 12);
        let history = daily_bars::history(db, "800010", date!(2026 - 01 - 01), date!(2026 - 12 - 31)).await;
        assert_eq!(history.unwrap().len(), 1);
        test.clean_up().await;
    }
}
