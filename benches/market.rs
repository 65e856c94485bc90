//! How long the market in memory takes: to load, to sort, to filter, to search, to write.

#![allow(missing_docs, clippy::unwrap_used, reason = "a bench that cannot go on may panic")]

use std::{hint::black_box, time::Duration};

use criterion::{Criterion, criterion_group, criterion_main};
use secondarymarket::{
    model::market::{ListingQuery, Source},
    server::market::{Beside, Snapshot, export, made_up_market},
};
use time::macros::date;

fn snapshot() -> Snapshot {
    Snapshot::build(
        (1, 1),
        date!(2026 - 03 - 20),
        Source::Demo,
        made_up_market(),
        Beside::default(),
    )
}

fn query(parameters: &[(&str, &str)]) -> ListingQuery {
    ListingQuery::strict(parameters.iter().copied()).unwrap()
}

fn market(criterion: &mut Criterion) {
    criterion.bench_function("load: build the snapshot", |bencher| {
        bencher.iter_with_setup(made_up_market, |listed| {
            Snapshot::build((1, 1), date!(2026 - 03 - 20), Source::Demo, listed, Beside::default())
        });
    });
    let snapshot = snapshot();
    for (name, parameters) in [
        (
            "sort: 50 rows by one column",
            &[("sort_by", "volume"), ("limit", "50")][..],
        ),
        (
            "sort: 50 rows by three columns",
            &[("sort_by", "changes_ratio,volume,name"), ("limit", "50")],
        ),
        (
            "filter: board, kind, flags and two ranges",
            &[
                ("market", "KOSDAQ"),
                ("share_kind", "common"),
                ("exclude", "halted,spac"),
                ("marcap_min", "100000000000"),
                ("changes_ratio_min", "-5.00"),
                ("limit", "50"),
            ],
        ),
        ("search: a name", &[("q", "전자"), ("limit", "50")]),
        ("search: initial consonants", &[("q", "ㄱㅂ"), ("limit", "50")]),
        ("search: a code", &[("q", "80001"), ("limit", "50")]),
        ("search: the wrong keyboard", &[("q", "wjswk"), ("limit", "50")]),
        ("search: nothing, 100 characters", &[("q", LONG), ("limit", "50")]),
    ] {
        let query = query(parameters);
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| black_box(snapshot.pick(black_box(&query))).json_array());
        });
    }
    let all = query(&[]);
    criterion.bench_function("write: all rows as JSON", |bencher| {
        bencher.iter(|| snapshot.pick(black_box(&all)).json_array());
    });
    criterion.bench_function("write: all rows as CSV", |bencher| {
        bencher.iter(|| export::csv(snapshot.pick(black_box(&all)).listings()).unwrap());
    });
    let tail = snapshot.pick(&all).json_array();
    criterion.bench_function("write: prepare and compress all rows", |bencher| {
        bencher.iter(|| {
            let prepared = secondarymarket::server::market::Prepared::new(tail.clone());
            prepared.gzip("{").unwrap()
        });
    });
}

/// As long as a search may be, and of nothing.
const LONG: &str = "없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름없는이름";

criterion_group! {
    name = benches;
    config = Criterion::default().measurement_time(Duration::from_secs(2)).warm_up_time(Duration::from_millis(500));
    targets = market
}
criterion_main!(benches);
