use proptest::prelude::*;

use super::*;
use crate::model::market::Points;

fn bar(open: Option<i64>, close: i64, volume: i64) -> HistoryBar {
    HistoryBar {
        date: "2026-03-20".to_owned(),
        open,
        high: open.map(|open| open.max(close) + 10),
        low: open.map(|open| open.min(close) - 10),
        close,
        change: 0,
        volume,
        amount: 0,
    }
}

fn drawn(bars: &[HistoryBar], before: usize, log: bool) -> Chart {
    Chart::of(bars, before, log, Averages::default()).unwrap()
}

fn labels(marks: &[Mark]) -> Vec<&str> {
    marks.iter().map(|mark| mark.label.as_str()).collect()
}

/// Trading days from a date on, weekends left out.
fn days_from(first: time::Date, count: usize) -> Vec<HistoryBar> {
    let mut date = first;
    let mut days = Vec::new();
    while days.len() < count {
        if date.weekday().number_days_from_monday() < 5 {
            days.push(HistoryBar {
                date: date.to_string(),
                ..bar(Some(1_000), 1_000, 1)
            });
        }
        date = date.next_day().unwrap();
    }
    days
}

#[test]
fn nothing_is_drawn_of_nothing() {
    let averages = Averages::default();
    assert_eq!(Chart::of(&[], 0, false, averages), None);
    assert_eq!(Chart::of(&[bar(Some(1), 1, 1)], 1, true, averages), None);
    assert_eq!(Chart::of(&[bar(Some(1), 1, 1)], 9, true, averages), None);
}

#[test]
fn a_day_is_a_body_with_a_wick_and_a_volume() {
    let chart = drawn(&[bar(Some(1_000), 1_200, 5), bar(Some(1_200), 1_100, 10)], 0, false);
    // From the high of 1,210 to the low of 990, and between 1,000 and 1,200.
    assert_eq!(chart.rising, "M250 25V745M241 57.7h18v654.5h-18z");
    assert_eq!(chart.falling.matches('z').count(), 1);
    // The larger volume reaches the top, half of it half of the way.
    assert_eq!(chart.falling_volumes, "M741 810h18v190h-18z");
    assert_eq!(chart.rising_volumes, "M241 905h18v95h-18z");
    assert_eq!(
        (
            chart.volume_mark().label.as_str(),
            chart.volume_mark().percent().as_str()
        ),
        ("10", "81%")
    );
    assert!(chart.averages.is_empty() && chart.halted.is_empty());
    assert!(labels(&chart.prices).contains(&"1,100"), "{:?}", chart.prices);
}

#[test]
fn a_halted_day_is_a_line_and_never_zero() {
    let bars = [bar(Some(1_000), 1_000, 5), bar(None, 1_000, 0), bar(None, 1_000, 0)];
    for log in [false, true] {
        let chart = drawn(&bars, 0, log);
        assert_eq!(chart.rising.matches('z').count(), 1);
        assert_eq!(chart.rising_volumes.matches('z').count(), 1);
        // The line goes on without a gap.
        let y = if log { "383.2" } else { "385" };
        assert_eq!(chart.halted, format!("M333.3 {y}h333.3M666.7 {y}h333.3"));
        assert!(!labels(&chart.prices).contains(&"0"));
    }
    let all_halted = drawn(&[bar(None, 500, 0), bar(None, 500, 0)], 0, false);
    assert_eq!(
        (all_halted.rising.as_str(), all_halted.falling_volumes.as_str()),
        ("", "")
    );
    assert_eq!(all_halted.halted, "M0 385h500M500 385h500");
    assert_eq!(all_halted.volume_mark().label, "0");
}

#[test]
fn very_many_bars_are_lines() {
    let bars = |count: i64| -> Vec<HistoryBar> { (0..count).map(|n| bar(Some(1_000 + n), 1_001 + n, 1 + n)).collect() };
    let chart = drawn(&bars(1_000), 0, false);
    assert_eq!(
        (
            chart.rising.matches('z').count(),
            chart.rising_volumes.matches('z').count()
        ),
        (1_000, 1_000)
    );
    assert_eq!(chart.averages[0].path.matches(['M', 'L']).count(), 996);

    let chart = drawn(&bars(4_000), 0, false);
    assert_eq!(
        (chart.rising.matches('M').count(), chart.rising.matches('z').count()),
        (4_000, 0)
    );
    assert!(
        chart.rising_volumes.starts_with("M0.1 1000V"),
        "{}",
        chart.rising_volumes
    );
    // No more points than a screen has, and all of the values.
    assert_eq!(chart.averages[0].path.matches(['M', 'L']).count(), 999);
    assert_eq!(chart.averages[0].values.iter().flatten().count(), 3_996);
}

#[test]
fn a_long_volume_is_shortened() {
    assert_eq!(
        drawn(&[bar(Some(5), 5, 9_999_999)], 0, false).volume_mark().label,
        "9,999,999"
    );
    assert_eq!(
        drawn(&[bar(Some(5), 5, 35_279_762)], 0, false).volume_mark().label,
        "3,527만"
    );
}

#[test]
fn a_sparkline_goes_from_side_to_side() {
    assert_eq!(sparkline(&[]), "");
    assert_eq!(sparkline(&[1]), "");
    assert_eq!(sparkline(&[1, 3, 2]), "M0 30L60 2L120 16");
    assert_eq!(sparkline(&[5, 5]), "M0 30L120 30");
}

#[test]
fn averages_use_the_days_before() {
    let bars: Vec<HistoryBar> = (0..30).map(|n| bar(Some(1_000 + n), 1_000 + n, 1)).collect();
    let chart = drawn(&bars, 25, false);
    let days: Vec<usize> = chart.averages.iter().map(|average| average.days).collect();
    assert_eq!(days, [5, 20]);
    assert_eq!(chart.averages[0].path.matches(['M', 'L']).count(), 5);
    // 1,021 to 1,025; the last of twenty, 1,010 to 1,029, is rounded up.
    assert_eq!(chart.averages[0].values[0], Some(1_023));
    assert_eq!(chart.averages[1].values.last(), Some(&Some(1_020)));

    // Without days before, the line begins where it can.
    let chart = drawn(&bars, 0, false);
    assert_eq!(chart.averages[0].values[3..5], [None, Some(1_002)]);
    assert_eq!(chart.averages[1].values.len(), 30);

    let (five, is_exact) = Averages::lenient("5");
    assert!(is_exact);
    assert_eq!(Chart::of(&bars, 0, false, five).unwrap().averages.len(), 1);
    let none = five.toggled(5);
    assert_eq!((none.in_address().as_str(), none.longest()), ("none", 0));
    assert_eq!(none.toggled(7), none);
}

#[test]
fn lines_stand_at_round_prices() {
    let bars = [bar(Some(69_800), 71_000, 1), bar(Some(64_000), 60_000, 1)];
    let rounds = ["60,000", "62,000", "64,000", "66,000", "68,000", "70,000"];
    assert_eq!(labels(&drawn(&bars, 0, false).prices), rounds);
    // Too narrow for ratios.
    assert_eq!(labels(&drawn(&bars, 0, true).prices), rounds);

    let wide = [bar(Some(100), 90, 1), bar(Some(3_000), 4_000, 1)];
    let prices = ["100", "200", "500", "1,000", "2,000"];
    assert_eq!(labels(&drawn(&wide, 0, true).prices), prices);
    let widest = [bar(Some(12), 12, 1), bar(Some(3_000_000), 3_000_000, 1)];
    let prices = ["10", "100", "1,000", "10,000", "100,000", "1,000,000"];
    assert_eq!(labels(&drawn(&widest, 0, true).prices), prices);
    // Prices of a few won, the lowest there is.
    assert_eq!(
        labels(&drawn(&[bar(None, 1, 0), bar(None, 4, 0)], 0, true).prices),
        ["1", "2", "3", "4"]
    );
}

#[test]
fn equal_ratios_are_equal_heights_when_asked() {
    let bars = [bar(None, 100, 0), bar(None, 1_000, 0), bar(None, 10_000, 0)];
    assert_eq!(
        drawn(&bars, 0, true).halted,
        "M0 745h333.3M333.3 385h333.3M666.7 25h333.3"
    );
    assert_eq!(
        drawn(&bars, 0, false).halted,
        "M0 745h333.3M333.3 679.5h333.3M666.7 25h333.3"
    );
}

#[test]
fn dates_are_beginnings_of_months_or_years() {
    use time::macros::date;

    let dates = |first, count| {
        let chart = drawn(&days_from(first, count), 0, false);
        chart
            .dates
            .into_iter()
            .map(|mark| mark.label)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(dates(date!(2026 - 03 - 02), 5), "03.02 03.03 03.04 03.05 03.06");
    assert_eq!(
        dates(date!(2026 - 03 - 02), 21),
        "03.03 03.06 03.11 03.16 03.19 03.24 03.27"
    );
    assert_eq!(dates(date!(2026 - 01 - 05), 120), "2월 3월 4월 5월 6월");
    assert_eq!(dates(date!(2025 - 03 - 20), 261), "5월 7월 9월 11월 2026 3월");
    assert_eq!(dates(date!(2023 - 03 - 20), 783), "7월 2024 7월 2025 7월 2026");
    assert_eq!(dates(date!(1996 - 05 - 02), 7_800), "2000 2005 2010 2015 2020 2025");
}

#[test]
fn no_date_stands_upon_another() {
    let mut days = days_from(time::macros::date!(2026 - 02 - 26), 4);
    days.extend(days_from(time::macros::date!(2026 - 04 - 30), 60));
    assert_eq!(labels(&drawn(&days, 0, false).dates), ["3월", "6월", "7월"]);
}

#[test]
fn a_place_is_found_by_where_it_stands() {
    let chart = drawn(
        &[bar(Some(9), 10, 1), bar(Some(10), 12, 1), bar(Some(12), 20, 1)],
        0,
        false,
    );
    assert_eq!(chart.bar_count(), 3);
    let places = [-5.0, 0.0, 0.2, 0.34, 0.5, 0.66, 0.67, 1.0, 7.0, f64::NAN].map(|part| chart.place_at(part));
    assert_eq!(places, [0, 0, 0, 1, 1, 1, 2, 2, 2, 0]);
    let chart = drawn(&[bar(None, 1_000, 0)], 0, false);
    assert_eq!(chart.cross(0, 1_000), "M500 0V1000M0 385H1000");
}

proptest! {
    #[test]
    fn everything_is_drawn_within_the_drawing(
        closes in prop::collection::vec(1i64..2_000_000, 1..200),
        log: bool,
        before in 0usize..50,
    ) {
        let bars: Vec<HistoryBar> = closes
            .iter()
            .map(|close| bar((close % 7 > 0).then_some(*close), *close, *close))
            .collect();
        let Some(chart) = Chart::of(&bars, before, log, Averages::default()) else {
            prop_assert!(before >= bars.len());
            return Ok(());
        };
        prop_assert_eq!(chart.bar_count(), bars.len() - before);
        for path in [&chart.rising, &chart.falling, &chart.halted, &chart.rising_volumes, &chart.falling_volumes] {
            prop_assert!(path.bytes().all(|b| b.is_ascii_digit() || b"MVhvzHL .-".contains(&b)), "{}", path);
        }
        for average in &chart.averages {
            prop_assert_eq!(average.values.len(), chart.bar_count());
        }
        for mark in chart.prices.iter().chain(&chart.dates) {
            let at: f64 = mark.units().parse().unwrap();
            prop_assert!((0.0..=1_000.0).contains(&at));
        }
        prop_assert!(chart.prices.len() <= 12 && chart.dates.len() <= 7);
        for place in 0..chart.bar_count() {
            prop_assert_eq!(chart.place_at((count(place) + 0.5) / count(chart.bar_count())), place);
        }
    }

    #[test]
    fn extreme_figures_are_survived(figures in prop::collection::vec(any::<i64>(), 1..8), log: bool) {
        let bars: Vec<HistoryBar> = figures
            .iter()
            .map(|close| HistoryBar { high: Some(i64::MAX), low: Some(i64::MIN), ..bar(Some(*close / 2), *close, *close) })
            .collect();
        prop_assert!(Chart::of(&bars, 0, log, Averages::default()).is_some());
    }
}

fn lines_of(values: &[&[Option<i64>]], days: usize) -> Option<Lines> {
    let points = |values: &&[Option<i64>]| -> Vec<Option<Points>> {
        let values = values.iter();
        values.map(|value| value.map(Points::from_hundredths)).collect()
    };
    let values: Vec<Vec<Option<Points>>> = values.iter().map(points).collect();
    let values: Vec<&[Option<Points>]> = values.iter().map(Vec::as_slice).collect();
    let days = days_from(time::macros::date!(2026 - 03 - 02), days);
    let dates: Vec<String> = days.into_iter().map(|day| day.date).collect();
    Lines::of(&values, &dates)
}

#[test]
fn lines_share_a_scale_on_which_they_begin_at_a_hundred() {
    let lines = lines_of(&[&[Some(10_000), Some(12_000)], &[Some(10_000), Some(8_000)]], 2).unwrap();
    assert_eq!(lines.paths, ["M250 500L750 25", "M250 500L750 975"]);
    assert_eq!(
        (lines.start.units().as_str(), lines.start.label.as_str()),
        ("500", "100")
    );
    assert_eq!(labels(&lines.values), ["80", "90", "100", "110", "120"]);
    assert_eq!((lines.day_count(), lines.upright(1).as_str()), (2, "M750 0V1000"));
    // Where one has no value, its line goes straight on; where it begins later, it begins there.
    let lines = lines_of(&[&[Some(10_000), None, Some(10_500)], &[None, None, Some(10_000)]], 3).unwrap();
    assert_eq!(lines.paths, ["M166.7 975L833.3 25", ""]);
    assert_eq!(lines.start.units(), "975");
}

#[test]
fn no_line_is_drawn_of_a_day_or_of_nothing() {
    assert_eq!(lines_of(&[], 5), None);
    assert_eq!(lines_of(&[&[Some(10_000)]], 1), None);
    assert_eq!(lines_of(&[&[None, None]], 2), None);
}

#[test]
fn years_of_days_are_no_more_points_than_a_screen_has() {
    let values: Vec<Option<i64>> = (0..5_000).map(|day| Some(10_000 + day)).collect();
    let lines = lines_of(&[&values], values.len()).unwrap();
    assert_eq!(lines.paths[0].matches(['M', 'L']).count(), 1_001);
    assert!(lines.paths[0].ends_with(" 25"), "the last one is drawn");
}
