//! What is imported beside a day's market, on both engines.

use time::macros::date;

use super::tests::{FRIDAY, NOW, import};
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
        assert_eq!(written, PartWritten::Written { rows: 1 });
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
        let latest = daily_bars::latest_dates(db, 2).await.unwrap();
        assert_eq!(latest, [date!(2026 - 03 - 20), date!(2026 - 03 - 19)]);
        assert_eq!(
            daily_bars::span(db, "800010").await.unwrap().unwrap(),
            (date!(2026 - 03 - 18), days.1)
        );
        assert_eq!(daily_bars::span(db, "000000").await.unwrap(), None);
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
        assert_eq!(written.unwrap(), PartWritten::Written { rows: 1 });
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
