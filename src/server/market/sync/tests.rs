//! Days from a stub of the cache into a real database.

use std::sync::Mutex;

use time::macros::{date, datetime};

use super::*;
use crate::{
    model::market::Source,
    server::{
        clock::ManualClock,
        market::{
            Market,
            sources::stub::{Asked, Reply, Stub},
            testing::{ROWS, file},
        },
        store::testing::TestDb,
    },
};

/// A Friday, after the close.
const NOW: OffsetDateTime = datetime!(2026-03-20 10:00 UTC);
const FRIDAY: Date = date!(2026 - 03 - 20);
const THURSDAY: Date = date!(2026 - 03 - 19);

/// A cache that answers `reply` for a day's listing and has nothing else.
fn cache(reply: impl Fn(&str) -> Reply + Send + std::marker::Sync + 'static) -> (Stub, SharedSource) {
    let stub = Stub::start(move |asked: &Asked| {
        match asked
            .path
            .strip_prefix("/listing/krx/")
            .and_then(|rest| rest.strip_suffix(".csv"))
        {
            Some(day) => reply(day),
            None => Reply::Body(404, String::new()),
        }
    });
    let source = Arc::new(Fdr::new(stub.url.clone(), stub.url.clone()));
    (stub, source)
}

fn sync<'a>(db: &'a Db, clock: &'a ManualClock, source: &SharedSource) -> Sync<'a> {
    Sync {
        pauses: &[Duration::ZERO],
        ..Sync::new(db, clock, Arc::clone(source))
    }
}

/// A day's market with a figure of its own: no two days are alike to the byte.
fn of_day(day: &str) -> Reply {
    let volume = day.replace('-', "");
    Reply::Body(
        200,
        file().replace(",1000000,70200000000,", &format!(",{volume},70200000000,")),
    )
}

#[tokio::test]
async fn the_newest_day_becomes_the_market() {
    for test in TestDb::all().await {
        let clock = ManualClock::new(NOW);
        let (_stub, source) = cache(|day| match day {
            // It is not there yet.
            "2026-03-20" => Reply::Body(404, String::new()),
            day => of_day(day),
        });
        let sync = sync(&test.db, &clock, &source);
        let summary = sync.newest(&Calendar::default()).await.unwrap().unwrap();
        assert_eq!((summary.as_of, summary.source), (THURSDAY, Source::Fdr));
        let market = Market::default();
        assert!(market.reload_if_changed(&test.db).await.unwrap());
        let shown = market.current().unwrap();
        assert_eq!((shown.source(), shown.as_of()), (Source::Fdr, "2026-03-19"));
        test.clean_up().await;
    }
}

#[tokio::test]
async fn a_session_that_goes_on_is_not_fetched() {
    let test = TestDb::sqlite().await;
    // Friday noon in Seoul.
    let clock = ManualClock::new(datetime!(2026-03-20 03:00 UTC));
    let (stub, source) = cache(of_day);
    let summary = sync(&test.db, &clock, &source)
        .newest(&Calendar::default())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(summary.as_of, THURSDAY);
    assert!(stub.asked().iter().all(|asked| !asked.path.contains("2026-03-20")));
    test.clean_up().await;
}

#[tokio::test]
async fn a_range_is_gone_through_and_gone_on_with() {
    for test in TestDb::all().await {
        let clock = ManualClock::new(NOW);
        let broken = Arc::new(Mutex::new(true));
        let state = Arc::clone(&broken);
        let (_stub, source) = cache(move |day| match day {
            "2026-03-17" if *state.lock().unwrap() => Reply::Body(403, String::new()),
            // A holiday that the calendar does not know.
            "2026-03-18" => Reply::Body(404, String::new()),
            day => of_day(day),
        });
        let days = Calendar::default().trading_days(date!(2026 - 03 - 13), FRIDAY);
        assert_eq!(days.len(), 6);
        let sync = sync(&test.db, &clock, &source);
        let mut steps = Vec::new();
        let report = sync.range(&days, |day, _| steps.push(day)).await.unwrap();
        assert_eq!(report.imported, [FRIDAY, THURSDAY]);
        assert_eq!(report.without, [date!(2026 - 03 - 18)]);
        let (day, error) = report.stopped.unwrap();
        assert_eq!(day, date!(2026 - 03 - 17));
        assert!(matches!(error, SyncError::Fetch(FetchError::Forbidden)));
        assert_eq!(steps, [FRIDAY, THURSDAY, date!(2026 - 03 - 18)]);
        let reasons = refusals::latest(&test.db, 5).await.unwrap();
        assert!(reasons[0].contains("403"), "{reasons:?}");

        *broken.lock().unwrap() = false;
        let report = sync.range(&days, |_, _| ()).await.unwrap();
        assert_eq!(report.known, 2);
        assert_eq!(
            report.imported,
            [17, 16, 13].map(|day| date!(2026 - 03 - 01).replace_day(day).unwrap())
        );
        assert!(report.stopped.is_none());
        // The newest is what is shown, whatever came last.
        let current = imports::current(&test.db).await.unwrap().unwrap();
        assert_eq!(current.as_of, FRIDAY);
        test.clean_up().await;
    }
}

#[tokio::test]
async fn what_fails_for_the_moment_is_tried_again() {
    let test = TestDb::sqlite().await;
    let clock = ManualClock::new(NOW);
    let tries = Arc::new(Mutex::new(0));
    let count = Arc::clone(&tries);
    let (_stub, source) = cache(move |day| {
        let mut count = count.lock().unwrap();
        *count += 1;
        if *count == 1 { Reply::Closed } else { of_day(day) }
    });
    let synced = sync(&test.db, &clock, &source)
        .range(&[FRIDAY], |_, _| ())
        .await
        .unwrap();
    assert_eq!((synced.imported, *tries.lock().unwrap()), (vec![FRIDAY], 2));
    test.clean_up().await;
}

#[tokio::test]
async fn a_day_that_repeats_the_one_before_was_none() {
    let test = TestDb::sqlite().await;
    let clock = ManualClock::new(NOW);
    let (_stub, source) = cache(|_| Reply::Body(200, file()));
    let sync = sync(&test.db, &clock, &source);
    assert!(matches!(sync.day(THURSDAY).await.unwrap(), DaySynced::Imported(_)));
    assert!(matches!(sync.day(FRIDAY).await.unwrap(), DaySynced::Nothing));
    test.clean_up().await;
}

#[tokio::test]
async fn a_faulty_day_leaves_the_last_one() {
    for test in TestDb::all().await {
        let clock = ManualClock::new(NOW);
        let (_stub, source) = cache(|day| match day {
            "2026-03-20" => Reply::Body(200, file().replace(ROWS[0], "")),
            day => of_day(day),
        });
        let sync = sync(&test.db, &clock, &source);
        sync.day(THURSDAY).await.unwrap();
        let error = sync.day(FRIDAY).await.unwrap_err();
        assert!(error.to_string().contains("would lose too much"), "{error}");
        assert!(!error.is_temporary());
        assert_eq!(imports::current(&test.db).await.unwrap().unwrap().as_of, THURSDAY);
        let forced = Sync { force: true, ..sync };
        forced.day(FRIDAY).await.unwrap();
        assert_eq!(imports::current(&test.db).await.unwrap().unwrap().as_of, FRIDAY);
        test.clean_up().await;
    }
}

#[test]
fn the_settings_name_the_source() {
    let of = |values: &'static [(&'static str, &'static str)]| {
        let lookup = move |name: &str| values.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        let config = Config::from_values(&lookup).unwrap();
        source_of(&config, 10).map(|source| source.source())
    };
    assert_eq!(of(&[]), None);
    assert_eq!(of(&[("LISTINGS_SOURCE", "file")]), None);
    assert_eq!(of(&[("LISTINGS_SOURCE", "fdr")]), Some(Source::Fdr));
    let api = of(&[("LISTINGS_SOURCE", "krx_openapi"), ("KRX_API_KEY", "x")]);
    assert_eq!(api, Some(Source::KrxOpenapi));
}
