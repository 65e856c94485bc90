//! The demo market's past beside other writers, on both engines.

use time::macros::date;

use super::{
    flags_of, imports,
    imports::{Day, Row},
    made_up,
    tests::{FRIDAY, NOW, import},
};
use crate::{
    model::market::Source,
    server::{
        market::{demo, testing::file},
        store::{
            Db,
            daily_bars::{Bar, DatedBar},
            imports::ImportRun,
            testing::TestDb,
        },
    },
};

/// Issues enough that a real import takes a while to remove them.
const ISSUES: usize = 600;

/// A demo market of a few issues.
async fn small_demo(db: &Db) -> (ImportRun, Vec<Row>) {
    let mut rows = demo::market();
    rows.truncate(ISSUES);
    let as_of = date!(2026 - 03 - 20);
    let flags = flags_of(as_of, &rows);
    let day = Day {
        flags: &flags,
        ..Day::new(Source::Demo, as_of, "demo", &rows)
    };
    imports::write_day(db, NOW, &day, |_| Ok::<(), ()>(()))
        .await
        .unwrap()
        .unwrap();
    (imports::current(db).await.unwrap().unwrap(), rows)
}

fn bars_of(rows: &[Row]) -> Vec<DatedBar> {
    let bar: &Bar = &rows[0].bar;
    rows.iter()
        .flat_map(|row| {
            [5, 6, 7, 8].map(|day| DatedBar {
                code: row.instrument.code.clone(),
                trade_date: date!(2026 - 01 - 01).replace_day(day).unwrap(),
                bar: bar.clone(),
            })
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn real_data_come_while_the_past_is_written() {
    for _ in 0..4 {
        for test in TestDb::all().await {
            let db = &test.db;
            let (demo, rows) = small_demo(db).await;
            let writing = {
                let (db, demo, bars) = (db.clone(), demo.clone(), bars_of(&rows));
                tokio::spawn(async move {
                    for part in bars.chunks(40).cycle() {
                        if !imports::write_demo_bars(&db, &demo, part).await? {
                            break;
                        }
                    }
                    Ok::<(), sqlx::Error>(())
                })
            };
            let adding = {
                let (db, demo) = (db.clone(), demo.clone());
                let gone = demo::Year::new(demo.as_of, demo::market()).gone();
                tokio::spawn(async move {
                    while imports::write_demo_issues(&db, &demo, &gone).await? {}
                    Ok::<(), sqlx::Error>(())
                })
            };
            while test.count("daily_bars").await == i64::try_from(ISSUES).unwrap() {
                tokio::task::yield_now().await;
            }
            let summary = import(db, &file(), FRIDAY).await;
            summary.expect("nobody is kept from importing by a market that is made up");
            writing.await.unwrap().expect("the past ends without a fault");
            adding.await.unwrap().expect("the past ends without a fault");
            assert_eq!(test.count("instruments").await, 12);
            assert_eq!(test.count("daily_bars").await, 12);
            assert_eq!(test.count("import_runs").await, 1);
            test.clean_up().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_servers_at_once_make_one_past() {
    for test in TestDb::all().await {
        let db = &test.db;
        let (demo, _) = small_demo(db).await;
        let servers = [(); 2].map(|()| {
            let db = db.clone();
            tokio::spawn(async move { made_up::history_of(&db, NOW, 8).await })
        });
        let mut made = 0;
        for server in servers {
            made += usize::from(server.await.unwrap().unwrap());
        }
        assert_eq!(made, 1);
        assert!(imports::demo_history_is_whole(db, &demo).await.unwrap());
        assert_eq!(test.count("import_runs").await, 2, "the day and its past");
        test.clean_up().await;
    }
}
