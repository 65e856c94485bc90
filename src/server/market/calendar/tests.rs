use proptest::prelude::*;
use time::macros::{date, datetime};

use super::*;
use crate::server::{market::testing::shared_file, store::testing::TestDb};

fn told(date: Date, kind: &str, open_at: Option<&str>) -> CalendarDay {
    CalendarDay {
        date,
        kind: kind.to_owned(),
        open_at: open_at.map(str::to_owned),
        close_at: None,
        note: None,
    }
}

#[test]
fn weekends_and_holidays_are_no_trading_days() {
    let calendar = Calendar::default();
    for closed in [
        date!(2026 - 03 - 21),
        date!(2026 - 03 - 22),
        date!(2026 - 02 - 17),
        date!(2026 - 06 - 03),
        date!(2026 - 12 - 31),
        // The year ends on a Sunday.
        date!(2028 - 12 - 29),
        date!(2035 - 05 - 01),
    ] {
        assert!(!calendar.is_trading_day(closed), "{closed}");
        assert_eq!(calendar.session(closed), None, "{closed}");
    }
    assert_eq!(calendar.session(date!(2026 - 03 - 20)), Some(Session::USUAL));
    assert!(calendar.is_trading_day(date!(2028 - 12 - 28)));
    assert!(calendar.is_trading_day(date!(2027 - 12 - 30)));
    assert_eq!(calendar.holiday(date!(2026 - 10 - 09)), Some("한글날"));
    assert_eq!(calendar.holiday(date!(2026 - 10 - 08)), None);
}

#[test]
fn some_sessions_begin_late() {
    let calendar = Calendar::default();
    let first = calendar.session(date!(2026 - 01 - 02)).unwrap();
    assert_eq!((first.open, first.close), (LATE_OPEN, CLOSE));
    assert_eq!(calendar.session(date!(2026 - 01 - 05)), Some(Session::USUAL));
    let exam = calendar.session(date!(2026 - 11 - 19)).unwrap();
    assert_eq!((exam.open, exam.close), (LATE_OPEN, LATE_CLOSE));
}

#[test]
fn the_operator_knows_better() {
    let calendar = Calendar::with([
        told(date!(2026 - 03 - 20), "holiday", None),
        told(date!(2026 - 03 - 21), "open", None),
        told(date!(2026 - 03 - 23), "half", Some("10:00")),
    ]);
    assert!(!calendar.is_trading_day(date!(2026 - 03 - 20)));
    assert_eq!(calendar.holiday(date!(2026 - 03 - 20)), Some("휴장"));
    assert!(calendar.is_trading_day(date!(2026 - 03 - 21)));
    assert_eq!(calendar.session(date!(2026 - 03 - 23)).unwrap().open, LATE_OPEN);
    assert_eq!(
        calendar.trading_days(date!(2026 - 03 - 19), date!(2026 - 03 - 24)),
        [
            date!(2026 - 03 - 19),
            date!(2026 - 03 - 21),
            date!(2026 - 03 - 23),
            date!(2026 - 03 - 24)
        ]
    );
}

#[test]
fn a_day_is_over_when_its_session_is() {
    let calendar = Calendar::default();
    // 15:29 and 15:30 in Seoul on a Friday.
    assert_eq!(
        calendar.last_closed_day(datetime!(2026-03-20 06:29 UTC)),
        date!(2026 - 03 - 19)
    );
    assert_eq!(
        calendar.last_closed_day(datetime!(2026-03-20 06:30 UTC)),
        date!(2026 - 03 - 20)
    );
    assert_eq!(
        calendar.last_closed_day(datetime!(2026-03-22 06:30 UTC)),
        date!(2026 - 03 - 20)
    );
    // After three days of holidays and a weekend.
    assert_eq!(
        calendar.last_closed_day(datetime!(2026-02-18 12:00 UTC)),
        date!(2026 - 02 - 13)
    );
    assert_eq!(at_seoul(date!(2026 - 03 - 20), CLOSE), datetime!(2026-03-20 06:30 UTC));
    assert_eq!(
        seoul_time(datetime!(2026-03-20 16:00 UTC)).date(),
        date!(2026 - 03 - 21)
    );
}

#[test]
fn the_table_is_in_order_and_on_weekdays() {
    let days: Vec<Date> = holidays::moving().iter().map(|(day, _)| *day).collect();
    assert!(days.is_sorted());
    assert!(days.iter().all(|day| !is_weekend(*day)));
    assert_eq!(days.last().unwrap().year(), LAST_YEAR);
}

#[test]
fn the_published_tables_are_in_ours() {
    // These two were declared or moved after the tables had been made.
    const LATER: [Date; 5] = [
        date!(2024 - 04 - 10),
        date!(2024 - 10 - 01),
        date!(2025 - 01 - 27),
        date!(2025 - 06 - 03),
        date!(2026 - 06 - 03),
    ];
    let calendar = Calendar::default();
    let iso = time::macros::format_description!("[year]-[month]-[day]");
    let mut published = Vec::new();
    for name in ["calendars/fdr_holidays-krx.csv", "calendars/krx_holidays_0.0.3_data.py"] {
        let Some(bytes) = shared_file(name) else { return };
        let text = String::from_utf8(bytes).unwrap();
        let dates = text
            .split(|c: char| !c.is_ascii_digit() && c != '-')
            .filter_map(|word| Date::parse(word, &iso).ok());
        published.extend(dates.filter(|date| (2023..=2028).contains(&date.year()) && !is_weekend(*date)));
    }
    assert!(published.len() > 100);
    for date in &published {
        assert!(calendar.holiday(*date).is_some(), "{date}");
    }
    // And no others, up to where both tables go.
    for (date, _) in holidays::moving()
        .iter()
        .filter(|(date, _)| *date < date!(2028 - 04 - 01))
    {
        assert!(
            published.contains(date) || LATER.contains(date) || *date == date!(2023 - 10 - 02),
            "{date}"
        );
    }
}

proptest! {
    #[test]
    fn the_day_before_is_a_trading_day(back in 0i64..20_000) {
        let day = date!(2040 - 01 - 01) - Duration::days(back);
        let calendar = Calendar::default();
        let found = calendar.trading_day_on_or_before(day);
        prop_assert!(calendar.is_trading_day(found) && found <= day && day - found < Duration::days(12));
    }

    #[test]
    fn seoul_and_back(seconds in 0i64..4_000_000_000) {
        let now = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
        let there = seoul_time(now);
        prop_assert_eq!(at_seoul(there.date(), there.time()), now);
    }
}

#[tokio::test]
async fn what_the_operator_says_is_read_whole_and_in_part() {
    for test in TestDb::all().await {
        for (day, kind) in [(date!(2026 - 03 - 20), "holiday"), (date!(2031 - 01 - 06), "holiday")] {
            calendar::set(&test.db, &told(day, kind, None)).await.unwrap();
        }
        let all = Calendar::load_all(&test.db).await.unwrap();
        assert!(!all.is_trading_day(date!(2026 - 03 - 20)) && !all.is_trading_day(date!(2031 - 01 - 06)));
        let part = Calendar::load(&test.db, date!(2026 - 01 - 01), date!(2026 - 12 - 31))
            .await
            .unwrap();
        assert!(!part.is_trading_day(date!(2026 - 03 - 20)) && part.is_trading_day(date!(2031 - 01 - 06)));
        test.clean_up().await;
    }
}
