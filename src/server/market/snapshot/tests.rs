use std::time::Instant;

use proptest::prelude::*;
use time::macros::{date, datetime};

use super::*;
use crate::{
    model::market::{Board, Order, OverviewQuery, PAGE_SIZE, Percent, Segment, Sort, SortKey},
    server::market::{
        demo,
        testing::{listed, market_rows, shared_file},
    },
};

fn snapshot() -> Snapshot {
    Snapshot::build((1, 1), date!(2026 - 03 - 20), Source::File, listed(), Beside::default())
}

fn codes(query: &ListingQuery) -> Vec<String> {
    let page = snapshot().select(query);
    page.stocks.into_iter().map(|stock| stock.code).collect()
}

fn sorted_by(key: SortKey, order: Order) -> ListingQuery {
    ListingQuery {
        sort: Some(Sort { key, order }),
        ..ListingQuery::default()
    }
}

fn searched(q: &str) -> ListingQuery {
    ListingQuery {
        q: q.to_owned(),
        ..ListingQuery::default()
    }
}

#[test]
fn everything_by_size_is_what_nothing_asks_for() {
    let page = snapshot().select(&ListingQuery::default());
    assert_eq!((page.total, page.limit, page.offset), (12, None, 0));
    assert_eq!(page.as_of, "2026-03-20");
    let codes: Vec<&str> = page.stocks.iter().map(|s| s.code.as_str()).collect();
    // 800020 and 800070 are of one size: the smaller code comes first.
    let expected = [
        "800010", "800040", "800015", "800050", "800020", "800070", "8000A0", "800030", "800060", "800090", "80008K",
        "800100",
    ];
    assert_eq!(codes, expected);
}

#[test]
fn a_board_is_chosen_and_kosdaq_includes_global() {
    let of = |market| {
        snapshot().select(&ListingQuery {
            market,
            ..ListingQuery::default()
        })
    };
    assert_eq!(of(MarketFilter::Kospi).total, 5);
    assert_eq!(of(MarketFilter::Konex).total, 2);
    let kosdaq = of(MarketFilter::Kosdaq);
    assert_eq!(kosdaq.total, 5);
    assert_eq!(kosdaq.stocks[0].segment, Some(Segment::Global));
    assert!(kosdaq.stocks.iter().all(|stock| stock.market == Board::Kosdaq));
}

#[test]
fn every_key_sorts_both_ways() {
    for key in SortKey::ALL {
        let descending = codes(&sorted_by(key, Order::Desc));
        let ascending = codes(&sorted_by(key, Order::Asc));
        assert_eq!(descending.len(), 12, "{key:?}");
        if key == SortKey::Industry {
            // The file tells none: equals are by size both ways.
            assert_eq!(descending, ascending);
            continue;
        }
        assert_ne!(descending, ascending, "{key:?}");
    }
    assert_eq!(codes(&sorted_by(SortKey::Code, Order::Asc))[0], "800010");
    assert_eq!(codes(&sorted_by(SortKey::ChangesRatio, Order::Desc))[0], "800030");
    assert_eq!(codes(&sorted_by(SortKey::ChangesRatio, Order::Asc))[0], "8000A0");
    let names = codes(&sorted_by(SortKey::Name, Order::Asc));
    // QV전자, 가율전자, 가율전자우, 누훈셀, 다명E&C, ...
    assert_eq!(names[..5], ["800020", "800010", "800015", "800060", "800030"]);
}

#[test]
fn what_was_not_traded_comes_last_both_ways() {
    for key in [SortKey::Open, SortKey::High, SortKey::Low] {
        for order in [Order::Asc, Order::Desc] {
            assert_eq!(codes(&sorted_by(key, order)).last().unwrap(), "800060");
        }
    }
}

#[test]
fn equals_are_by_size_both_ways() {
    // 800020, 800060 and 800100 did not change.
    for order in [Order::Asc, Order::Desc] {
        let codes = codes(&sorted_by(SortKey::Change, order));
        let flat: Vec<&str> = codes
            .iter()
            .map(String::as_str)
            .filter(|code| ["800020", "800060", "800100"].contains(code))
            .collect();
        assert_eq!(flat, ["800020", "800060", "800100"]);
    }
}

#[test]
fn a_page_is_a_window_and_past_the_end_is_empty() {
    let window = |limit, offset| {
        snapshot().select(&ListingQuery {
            limit: Some(limit),
            offset,
            ..ListingQuery::default()
        })
    };
    assert_eq!(window(5, 0).stocks.len(), 5);
    assert_eq!(window(5, 10).stocks.len(), 2);
    assert_eq!(window(5, 10).pages(), 3);
    let past = window(5, 12);
    assert_eq!((past.total, past.stocks.len()), (12, 0));
    assert_eq!(window(5_000, u32::MAX).stocks.len(), 0);
}

#[test]
fn a_stale_address_leads_to_the_last_page() {
    let query = ListingQuery::lenient([("page", "9999")]);
    let page = snapshot().select_nearest(&query);
    assert_eq!((page.offset, page.stocks.len()), (0, 12));
    let query = ListingQuery {
        limit: Some(5),
        offset: 500,
        ..ListingQuery::default()
    };
    let page = snapshot().select_nearest(&query);
    assert_eq!((page.offset, page.stocks.len()), (10, 2));
    let none = ListingQuery::lenient([("q", "없는종목"), ("page", "7")]);
    assert_eq!(snapshot().select_nearest(&none).total, 0);
}

#[test]
fn a_search_shows_the_best_match_first() {
    assert_eq!(codes(&searched("가율전자")), ["800010", "800015"]);
    assert_eq!(codes(&searched("전자")), ["800010", "800015", "800020"]);
    assert_eq!(codes(&searched("qv")), ["800020"]);
    assert_eq!(codes(&searched("큐브이")), ["800020"]);
    assert_eq!(codes(&searched("A8000a0")), ["8000A0"]);
    assert_eq!(codes(&searched("ㅎㅅㅂㅇㅇ")), ["800040"]);
    assert_eq!(codes(&searched("rkdbf")), ["800010", "800015"]);
    assert_eq!(codes(&searched("KR780004")), ["800040"]);
    // The whole name before the beginning of a larger one's.
    assert_eq!(codes(&searched("가율전자우")), ["800015"]);
    assert_eq!(codes(&searched("   ")).len(), 12);
}

#[test]
fn an_order_that_was_asked_for_wins_over_the_match() {
    let query = ListingQuery {
        q: "전자".to_owned(),
        ..sorted_by(SortKey::Close, Order::Asc)
    };
    assert_eq!(codes(&query), ["800020", "800015", "800010"]);
    let query = ListingQuery {
        q: "전자".to_owned(),
        market: MarketFilter::Kosdaq,
        ..ListingQuery::default()
    };
    assert_eq!(codes(&query), [""; 0]);
}

#[test]
fn one_issue_is_found_by_its_code() {
    let snapshot = snapshot();
    assert_eq!(snapshot.find("80008K").unwrap().name, "주봄제약3우C");
    assert_eq!(snapshot.find("80008k"), None);
    assert_eq!(snapshot.find(""), None);
}

#[test]
fn the_day_is_summed_up() {
    let snapshot = snapshot();
    let overview = snapshot.market_overview(OverviewQuery::default());
    assert_eq!(overview.as_of, "2026-03-20");
    let [kospi, kosdaq, konex] = overview.boards.as_slice() else {
        panic!("three boards")
    };
    assert_eq!((kospi.total, kospi.up, kospi.flat, kospi.down), (5, 3, 1, 1));
    assert_eq!((kospi.upper_limit, kospi.lower_limit), (1, 0));
    assert_eq!((kosdaq.up, kosdaq.flat, kosdaq.down, kosdaq.halted), (2, 0, 2, 1));
    assert_eq!(kosdaq.lower_limit, 1);
    assert_eq!((konex.total, konex.marcap, konex.volume), (2, 4_500_000_000, 101));
    let codes = |list: &[Listing]| -> Vec<String> { list.iter().map(|l| l.code.clone()).collect() };
    let leaders = &overview.leaders;
    assert_eq!(codes(&overview.rankings[0].top)[0], "800010");
    // Without the preferred shares.
    assert_eq!(codes(&leaders.gainers), ["800030", "800090", "800040", "800070"]);
    assert_eq!(codes(&leaders.losers), ["8000A0", "800010", "800050"]);
    assert_eq!(codes(&leaders.amount)[0], "800010");
    assert!(!codes(&leaders.amount).contains(&"800060".to_owned()));
}

#[test]
fn json_is_written_as_the_contract_says() {
    let snapshot = snapshot();
    let pick = snapshot.pick(&searched("800060"));
    assert_eq!(
        pick.json_array(),
        r#"[{"code":"800060","isin":"ISIN","name":"누훈셀","market":"KOSDAQ","segment":null,"dept":"관리종목(소속부없음)","industry":null,"share_kind":null,"close":500,"change":0,"changes_ratio":0.0,"open":null,"high":null,"low":null,"volume":0,"amount":0,"marcap":5000000000,"shares":10000000,"halted":true,"price_limit":null,"flags":[]}]"#
            .replace("ISIN", &snapshot.find("800060").unwrap().isin)
    );
    let all = snapshot.pick(&ListingQuery::default());
    let read: Vec<Listing> = serde_json::from_str(&all.json_array()).unwrap();
    assert_eq!(read, all.to_page().stocks);
    assert_eq!(snapshot.pick(&searched("없는종목")).json_array(), "[]");
    let global = &read[1];
    assert_eq!(global.changes_ratio, Percent::from_basis_points(309));
    let page = serde_json::to_value(all.to_page()).unwrap();
    assert_eq!(page["market"], "KRX");
    assert_eq!(page["source"], "file");
    assert_eq!(page["limit"], serde_json::Value::Null);
    assert_eq!(page["stocks"][1]["segment"], "GLOBAL");
}

fn as_listed(rows: Vec<crate::server::store::imports::Row>) -> Vec<Listed> {
    rows.into_iter()
        .map(crate::server::market::testing::listed_row)
        .collect()
}

#[test]
fn kosdaqs_largest_are_there_with_their_segment() {
    let Some(bytes) = shared_file("krx_listing_2026-03-20.csv") else {
        return;
    };
    let listed = as_listed(market_rows(&bytes));
    let snapshot = Snapshot::build((1, 1), date!(2026 - 03 - 20), Source::File, listed, Beside::default());
    let top = snapshot.select(&ListingQuery {
        market: MarketFilter::Kosdaq,
        limit: Some(20),
        ..ListingQuery::default()
    });
    assert_eq!(top.total, 1_818);
    let global = top.stocks.iter().filter(|stock| stock.segment.is_some());
    assert_eq!(global.count(), 9);
    let names = |q: &str| -> Vec<String> {
        let page = snapshot.select(&searched(q));
        page.stocks.into_iter().map(|stock| stock.name).collect()
    };
    assert_eq!(names("삼성전자")[..2], ["삼성전자", "삼성전자우"]);
    assert_eq!(names("ㅅㅅㅈㅈ")[0], "삼성전자");
    assert_eq!(names("tkatjdwjswk")[0], "삼성전자");
    assert_eq!(names("005930"), ["삼성전자"]);
    assert_eq!(names("에스케이하이닉스")[0], "SK하이닉스");
    assert_eq!(names("ㅎㄷㅊ")[0], "현대차");
    assert!(names("tkatjd").iter().all(|name| name.contains("삼성")));
    let boards = snapshot.market_overview(OverviewQuery::default()).boards;
    assert_eq!(boards[0].total + boards[1].total + boards[2].total, 2_879);
    for board in &boards {
        assert_eq!(board.up + board.flat + board.down + board.halted, board.total);
    }
}

#[test]
fn a_full_market_is_quick_enough() {
    let listed = as_listed(demo::market());
    let start = Instant::now();
    let snapshot = Snapshot::build((1, 1), date!(2026 - 03 - 20), Source::Demo, listed, Beside::default());
    println!("build: {:?}", start.elapsed());
    for q in ["", "전자", "ㅈㅈ", "wjswk", "80"] {
        let start = Instant::now();
        let page = snapshot.select(&ListingQuery {
            limit: Some(PAGE_SIZE),
            ..searched(q)
        });
        println!(
            "{q:?}: {} of {} in {:?}",
            page.stocks.len(),
            page.total,
            start.elapsed()
        );
        assert!(page.total > 0, "{q:?}");
    }
}

fn filtered(parameters: &[(&str, &str)]) -> Vec<String> {
    codes(&ListingQuery::strict(parameters.iter().copied()).unwrap())
}

#[test]
fn filters_leave_rows_out() {
    assert_eq!(filtered(&[("segment", "GLOBAL")]), ["800040"]);
    assert_eq!(filtered(&[("share_kind", "preferred")]), ["800015", "80008K"]);
    assert_eq!(
        filtered(&[("market", "KOSPI"), ("share_kind", "common")]),
        ["800010", "800020", "800030"]
    );
    assert_eq!(filtered(&[("marcap_min", "4500000000000")]), ["800010", "800040"]);
    assert_eq!(
        filtered(&[("changes_ratio_min", "4.17"), ("changes_ratio_max", "5.26")]),
        ["800090", "80008K"]
    );
    assert_eq!(filtered(&[("change_max", "-500")]), ["800010", "8000A0"]);
    // What was not traded has no opening price, and is in no range of it.
    assert_eq!(filtered(&[("open_max", "1000"), ("q", "8000")]), ["800020", "800030"]);
    assert_eq!(
        filtered(&[("shares_max", "1000000"), ("market", "KONEX")]),
        ["800090", "800100"]
    );
    assert_eq!(filtered(&[("industry", "없는 업종")]), [""; 0]);
}

#[test]
fn flags_and_industries_are_filtered_by() {
    let mut listed = listed();
    for (place, industry) in [(0, "반도체 제조업"), (1, "반도체 제조업"), (2, "소프트웨어, 게임")] {
        listed[place].listing.industry = Some(industry.to_owned());
    }
    let mut beside = Beside::default();
    beside
        .flags
        .insert("800060".to_owned(), vec![FlagKind::Administrative, FlagKind::Halted]);
    beside.flags.insert("800050".to_owned(), vec![FlagKind::Spac]);
    let snapshot = Snapshot::build((1, 1), date!(2026 - 03 - 20), Source::File, listed, beside);
    let found = |parameters: &[(&str, &str)]| {
        let query = ListingQuery::strict(parameters.iter().copied()).unwrap();
        snapshot
            .select(&query)
            .stocks
            .into_iter()
            .map(|stock| stock.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(found(&[("flags", "spac,administrative")]), ["800050", "800060"]);
    assert_eq!(found(&[("market", "KOSDAQ"), ("exclude", "halted,spac")]).len(), 3);
    assert_eq!(
        found(&[("industry", "소프트웨어, 게임"), ("industry", "반도체 제조업")]),
        ["800010", "800015", "800020"]
    );
    let by_industry = |order| found(&[("sort_by", "industry"), ("order", order)]);
    assert_eq!(by_industry("asc")[..3], ["800010", "800015", "800020"]);
    assert_eq!(by_industry("desc")[..3], ["800020", "800010", "800015"]);
    let industries: Vec<(&str, u32)> = snapshot
        .industries()
        .iter()
        .map(|i| (i.name.as_str(), i.count))
        .collect();
    assert_eq!(industries, [("반도체 제조업", 2), ("소프트웨어, 게임", 1)]);
}

#[test]
fn equals_are_put_in_order_by_further_columns() {
    let flat = [("changes_ratio_min", "0"), ("changes_ratio_max", "0")];
    let both = |orders: &'static str| {
        let sorts = [("sort_by", "changes_ratio,close"), ("order", orders)];
        filtered(&[sorts, flat].concat())
    };
    assert_eq!(both("desc,asc"), ["800060", "800020", "800100"]);
    assert_eq!(both("desc"), ["800100", "800020", "800060"]);
}

/// What people type, and what they mean by it.
const GOLDEN: &[(&str, &str)] = &[
    ("005930", "삼성전자"),
    ("A005930", "삼성전자"),
    ("kr7005930003", "삼성전자"),
    ("삼성전자", "삼성전자"),
    ("삼전", "삼성전자"),
    ("ㅅㅅㅈㅈ", "삼성전자"),
    ("tkatjd", "삼성전자"),
    ("TKATJDWJSWK", "삼성전자"),
    ("samsung elec", "삼성전자"),
    ("삼성전자우", "삼성전자우"),
    ("00593", "삼성전자"),
    ("에스케이하이닉스", "SK하이닉스"),
    ("하이닉스", "SK하이닉스"),
    ("하닉", "SK하이닉스"),
    ("sk하이", "SK하이닉스"),
    ("hynix", "SK하이닉스"),
    ("네이버", "NAVER"),
    ("naver", "NAVER"),
    ("ㄴㅇㅂ", "NAVER"),
    ("에쓰오일", "S-Oil"),
    ("에스오일", "S-Oil"),
    ("s-oil", "S-Oil"),
    ("케이티앤지", "KT&G"),
    ("kt&g", "KT&G"),
    ("케이티", "KT"),
    ("케이비금융", "KB금융"),
    ("ㅎㄷㅊ", "현대차"),
    ("현대자동차", "현대차"),
    ("현차", "현대차"),
    ("엘지엔솔", "LG에너지솔루션"),
    ("엘지화학", "LG화학"),
    ("카뱅", "카카오뱅크"),
    ("한전", "한국전력"),
    ("포스코", "POSCO홀딩스"),
    ("셀트리온", "셀트리온"),
    ("ㅋㅋㅇ", "카카오"),
    ("기아차", "기아"),
    ("두산에너", "두산에너빌리티"),
    ("  현대 모비스 ", "현대모비스"),
];

#[test]
fn the_first_hit_is_what_was_meant() {
    let Some(bytes) = shared_file("krx_listing_2026-03-20.csv") else {
        return;
    };
    let listed = as_listed(market_rows(&bytes));
    let snapshot = Snapshot::build((1, 1), date!(2026 - 03 - 20), Source::File, listed, Beside::default());
    let missed: Vec<(&str, &str, Option<String>)> = GOLDEN
        .iter()
        .map(|(q, meant)| {
            (
                *q,
                *meant,
                snapshot
                    .pick(&searched(q))
                    .listings()
                    .next()
                    .map(|hit| hit.name.clone()),
            )
        })
        .filter(|(_, meant, hit)| hit.as_deref() != Some(meant))
        .collect();
    assert_eq!(missed, [], "of {}", GOLDEN.len());
}

#[test]
fn every_issue_is_found_by_its_own_name_code_and_isin() {
    let listed = as_listed(demo::market());
    let snapshot = Snapshot::build((1, 1), date!(2026 - 03 - 20), Source::Demo, listed, Beside::default());
    for listing in snapshot.pick(&ListingQuery::default()).listings().step_by(7) {
        for q in [&listing.code, &listing.isin, &listing.name] {
            let pick = snapshot.pick(&searched(q));
            let first = pick.listings().next().map(|hit| hit.code.as_str());
            assert_eq!(first, Some(listing.code.as_str()), "{q}");
        }
    }
}

proptest! {
    #[test]
    fn any_query_is_answered(
        market in prop::sample::select(MarketFilter::ALL.to_vec()),
        key in prop::sample::select(SortKey::ALL.to_vec()),
        ascending: bool,
        explicit: bool,
        q in prop_oneof![any::<String>(), "[가-하전자ㄱ-ㅎa-z0-9]{0,4}"],
        limit: Option<u32>,
        offset in prop_oneof![0u32..20, any::<u32>()],
    ) {
        let order = if ascending { Order::Asc } else { Order::Desc };
        let sort = explicit.then_some(Sort { key, order });
        let query = ListingQuery { market, sort, q, limit, offset, ..ListingQuery::default() };
        let snapshot = snapshot();
        let page = snapshot.select(&query);
        let rows = u32::try_from(page.stocks.len()).unwrap();
        prop_assert!(rows <= limit.unwrap_or(u32::MAX));
        prop_assert!(rows <= page.total.saturating_sub(offset));
        prop_assert!(page.stocks.iter().all(|stock| market.contains(stock.market)));
        let nearest = snapshot.select_nearest(&query);
        prop_assert!(nearest.total == 0 || limit == Some(0) || !nearest.stocks.is_empty());
    }
}

#[test]
fn what_a_market_lacks_is_told() {
    let friday = date!(2026 - 03 - 20);
    let of = |source, listed, put_aside| {
        let beside = Beside {
            put_aside,
            ..Beside::default()
        };
        Snapshot::build((1, 1), friday, source, listed, beside)
    };
    let whole = of(Source::File, listed(), 0);
    // The weekend brings nothing, and Monday's market some hours after its close.
    for now in [
        datetime!(2026-03-20 09:00 UTC),
        datetime!(2026-03-22 12:00 UTC),
        datetime!(2026-03-23 11:29 UTC),
    ] {
        assert!(whole.shortcomings(now).in_words().is_empty(), "{now}");
    }
    assert_eq!(whole.shortcomings(datetime!(2026-03-23 11:31 UTC)).days_behind, 1);
    assert_eq!(whole.shortcomings(datetime!(2026-04-01 12:00 UTC)).days_behind, 8);
    assert!(whole.shortcomings(datetime!(2036-04-01 12:00 UTC)).days_behind > 200);
    assert!(
        of(Source::Demo, listed(), 3)
            .shortcomings(datetime!(2036-04-01 12:00 UTC))
            .in_words()
            .is_empty()
    );

    let mut kosdaq = listed();
    kosdaq.retain(|issue| issue.listing.market == Board::Kosdaq);
    let part = of(Source::Fdr, kosdaq, 2).shortcomings(datetime!(2026-03-20 09:00 UTC));
    assert_eq!(
        (part.missing_boards.as_slice(), part.put_aside),
        ([Board::Kospi].as_slice(), 2)
    );
    assert_eq!(part.in_words().len(), 2);
}
