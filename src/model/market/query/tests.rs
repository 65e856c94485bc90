use percent_encoding::percent_decode_str;
use proptest::prelude::*;

use super::*;
use crate::model::market::{FlagKind, Segment};

fn strict(pairs: &[(&str, &str)]) -> Result<ListingQuery, Vec<FieldError>> {
    ListingQuery::strict(pairs.iter().copied())
}

fn lenient(pairs: &[(&str, &str)]) -> ListingQuery {
    ListingQuery::lenient(pairs.iter().copied())
}

/// Takes an address apart as a browser does.
fn read_back(query: &str) -> ListingQuery {
    ListingQuery::lenient(query.split('&').filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let value = percent_decode_str(value).decode_utf8().unwrap();
        Some((name.to_owned(), value.into_owned()))
    }))
}

#[test]
fn nothing_asked_is_everything_by_size() {
    let query = strict(&[]).unwrap();
    assert_eq!(query, ListingQuery::default());
    assert_eq!((query.sort_by(), query.order()), (SortKey::Marcap, Order::Desc));
    assert_eq!((query.limit, query.offset), (None, 0));
}

#[test]
fn rest_parameters_are_read() {
    let query = strict(&[
        ("market", "kosdaq"),
        ("sort_by", "changes_ratio"),
        ("order", "ASC"),
        ("q", " 삼성 "),
        ("limit", "5000"),
        ("offset", "10"),
        ("utm_source", "mail"),
    ])
    .unwrap();
    assert_eq!(query.market, MarketFilter::Kosdaq);
    let sort = Sort {
        key: SortKey::ChangesRatio,
        order: Order::Asc,
    };
    assert_eq!(query.sort, Some(sort));
    assert_eq!(query.q, "삼성");
    assert_eq!((query.limit, query.offset), (Some(5_000), 10));
}

#[test]
fn every_faulty_parameter_is_told_at_once() {
    let long = "가".repeat(101);
    let errors = strict(&[
        ("market", "NYSE"),
        ("sort_by", "marcap;drop table"),
        ("order", ""),
        ("q", &long),
        ("limit", "5001"),
        ("offset", "-1"),
    ])
    .unwrap_err();
    let fields: Vec<&str> = errors.iter().map(|e| e.field.as_str()).collect();
    assert_eq!(fields, ["market", "sort_by", "order", "q", "limit", "offset"]);
    assert!(errors[0].message.contains("KRX, KOSPI, KOSDAQ, KONEX"));
    assert!(errors[1].message.contains("changes_ratio"));
    assert!(errors[2].message.contains("desc, asc"));
}

#[test]
fn numbers_are_plain_digits_in_their_range() {
    for limit in ["0", "5001", "", "+5", "5.0", "1e3", "٣", " 5", "99999999999999999999"] {
        assert!(strict(&[("limit", limit)]).is_err(), "{limit}");
    }
    for offset in ["-1", "", "x", "99999999999999999999"] {
        assert!(strict(&[("offset", offset)]).is_err(), "{offset}");
    }
    assert_eq!(strict(&[("limit", "1"), ("offset", "0")]).unwrap().limit, Some(1));
}

#[test]
fn a_search_has_a_hundred_visible_characters_at_most() {
    assert!(strict(&[("q", &"가".repeat(100))]).is_ok());
    assert!(strict(&[("q", "삼\0성")]).is_err());
    assert!(strict(&[("q", "")]).is_ok());
}

#[test]
fn a_page_forgives() {
    let query = lenient(&[
        ("market", "NYSE"),
        ("sort_by", "<script>"),
        ("order", "sideways"),
        ("q", " 삼\0성 "),
        ("page", "-3"),
    ]);
    let expected = ListingQuery {
        q: "삼성".to_owned(),
        limit: Some(PAGE_SIZE),
        ..ListingQuery::default()
    };
    assert_eq!(query, expected);
    assert_eq!(lenient(&[("page", "0")]).page(), 1);
    assert_eq!(lenient(&[("page", "3")]).offset, 100);
    assert_eq!(lenient(&[("page", "99999999999999999999")]).page(), MAX_PAGE);
    // What REST calls its rows does not concern a page.
    assert_eq!(lenient(&[("limit", "1"), ("offset", "7")]).page(), 1);
}

#[test]
fn an_address_leaves_out_what_is_by_default() {
    let query = lenient(&[("market", "krx"), ("sort_by", "marcap"), ("order", "desc")]);
    assert_eq!(query.to_page_query(1), "");
    assert_eq!(query.to_page_query(2), "page=2");
    let query = lenient(&[("q", "SK 하이&닉스=1"), ("order", "asc"), ("market", "kospi")]);
    assert_eq!(
        query.to_page_query(3),
        "market=KOSPI&sort_by=marcap&order=asc&\
         q=SK%20%ED%95%98%EC%9D%B4%26%EB%8B%89%EC%8A%A4%3D1&page=3"
    );
    // In a search, the order by size is another than the best match first.
    let query = lenient(&[("q", "삼성"), ("sort_by", "marcap")]);
    assert!(query.to_page_query(1).starts_with("sort_by=marcap&q="));
}

#[test]
fn a_heading_sorts_and_then_turns_the_order() {
    let first = lenient(&[("page", "4")]);
    assert_eq!(
        first.with_sort(SortKey::Marcap).to_page_query(1),
        "sort_by=marcap&order=asc"
    );
    let by_volume = first.with_sort(SortKey::Volume);
    assert_eq!(by_volume.offset, 0);
    assert_eq!(by_volume.to_page_query(1), "sort_by=volume");
    assert_eq!(by_volume.with_sort(SortKey::Volume).order(), Order::Asc);
    assert_eq!(first.with_sort(SortKey::Name).order(), Order::Asc);
    let search = lenient(&[("q", "삼성")]);
    assert_eq!(search.with_sort(SortKey::Marcap).order(), Order::Desc);
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-zA-Z_]{1,13}",
        "[0-9]{1,12}",
        Just("kosdaq".to_owned()),
        Just("changes_ratio".to_owned()),
        Just("marcap".to_owned()),
        Just("asc".to_owned()),
        Just("desc".to_owned()),
        "(asc|desc|name|close|marcap|x)(,(asc|desc|name|close|marcap|x)){0,4}",
        "-?[0-9]{1,4}(\\.[0-9]{0,3})?",
        "(spac|halted|foreign)(,(spac|caution|x)){0,3}",
        Just("global".to_owned()),
        Just("preferred".to_owned()),
    ]
}

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "market",
        "sort_by",
        "order",
        "q",
        "page",
        "limit",
        "x",
        "segment",
        "share_kind",
        "industry",
        "flags",
        "exclude",
        "marcap_min",
        "marcap_max",
        "changes_ratio_min",
        "changes_ratio_max",
        "change_min",
        "close_max",
    ])
}

#[test]
fn filters_are_read() {
    let query = strict(&[
        ("segment", "global"),
        ("share_kind", "COMMON"),
        ("industry", " 반도체 제조업 "),
        ("industry", "기계, 장비"),
        ("industry", "반도체 제조업"),
        ("flags", "spac, foreign"),
        ("exclude", "halted"),
        ("marcap_min", "100"),
        ("changes_ratio_min", "-5.25"),
        ("changes_ratio_max", "30"),
        ("change_max", "-1"),
    ])
    .unwrap();
    let filter = &query.filter;
    assert_eq!(filter.segment, Some(Segment::Global));
    assert_eq!(filter.share_kind, Some(ShareKind::Common));
    assert_eq!(filter.industries, ["기계, 장비", "반도체 제조업"]);
    assert_eq!(filter.flags, [FlagKind::Spac, FlagKind::Foreign]);
    assert_eq!(filter.exclude, [FlagKind::Halted]);
    let ratio = filter.range(Measure::ChangesRatio).unwrap();
    assert_eq!((ratio.min, ratio.max), (Some(-525), Some(3_000)));
    assert_eq!(filter.range(Measure::Change).unwrap().max, Some(-1));
    assert_eq!(filter.range(Measure::Volume), None);
    // Fields that were left empty ask for nothing.
    let empty = [("segment", ""), ("marcap_min", " "), ("flags", ""), ("industry", "")];
    assert!(strict(&empty).unwrap().filter.is_empty());
}

#[test]
fn faulty_filters_are_told_with_what_is_accepted() {
    let errors = strict(&[
        ("segment", "LOCAL"),
        ("share_kind", "both"),
        ("flags", "spac,tall"),
        ("exclude", "small"),
        ("close_min", "-1"),
        ("changes_ratio_min", "1.234"),
        ("change_min", "+5"),
        ("volume_max", "1e9"),
        ("amount_min", "10"),
        ("amount_max", "9"),
        ("marcap_max", "99999999999999999999"),
    ])
    .unwrap_err();
    let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "segment",
            "share_kind",
            "flags",
            "exclude",
            "close_min",
            "change_min",
            "changes_ratio_min",
            "volume_max",
            "amount_min",
            "marcap_max"
        ]
    );
    assert!(
        errors[2]
            .message
            .contains("administrative, halted, caution, spac, foreign")
    );
    assert!(errors[8].message.contains("최솟값"));
    let many: Vec<(String, String)> = (0..21).map(|n| ("industry".to_owned(), n.to_string())).collect();
    assert_eq!(ListingQuery::strict(many.clone()).unwrap_err()[0].field, "industry");
    assert_eq!(ListingQuery::lenient(many).filter.industries.len(), MAX_INDUSTRIES);
    assert!(strict(&[("industry", &"가".repeat(101))]).is_err());
}

#[test]
fn a_page_brings_a_filter_to_the_nearest() {
    let query = lenient(&[
        ("segment", "LOCAL"),
        ("flags", "tall,spac"),
        ("exclude", "spac,halted"),
        ("marcap_min", "20"),
        ("marcap_max", "10"),
        ("close_min", "x"),
    ]);
    assert_eq!(
        query.to_page_query(1),
        "flags=spac&exclude=halted&marcap_min=10&marcap_max=20"
    );
    assert_eq!(query.with_market(MarketFilter::Kospi).filter, query.filter);
    assert!(query.with_filter(Filter::default()).filter.is_empty());
}

#[test]
fn what_is_wrong_with_a_range_is_known() {
    let faults = RangeFaults::read([
        ("close_min", " many "),
        ("close_max", "1,000"),
        ("marcap_min", "2조"),
        ("marcap_max", "1조"),
        ("volume_min", "-5"),
        ("changes_ratio_max", "5.123"),
        // No field of the form.
        ("open_min", "x"),
        ("amount_min", " "),
    ]);
    assert_eq!(
        faults.unread,
        [
            ("close_min", "many".to_owned()),
            ("changes_ratio_max", "5.123".to_owned()),
            ("volume_min", "-5".to_owned()),
        ]
    );
    assert_eq!(faults.turned, [Measure::Marcap]);
    assert_eq!(
        (faults.typed("volume_min"), faults.typed("close_max")),
        (Some("-5"), None)
    );
    assert_eq!(
        RangeFaults::read([("marcap_min", "1조"), ("marcap_max", "")]),
        RangeFaults::default()
    );
}

#[test]
fn several_columns_are_sorted_by() {
    let sorts = |query: &ListingQuery| {
        query
            .sorts()
            .iter()
            .map(|sort| (sort.key, sort.order))
            .collect::<Vec<_>>()
    };
    let query = strict(&[("sort_by", "changes_ratio, volume"), ("order", "asc")]).unwrap();
    assert_eq!(
        sorts(&query),
        [(SortKey::ChangesRatio, Order::Asc), (SortKey::Volume, Order::Desc)]
    );
    let query = lenient(&[("sort_by", "name,close,name"), ("order", "asc,desc")]);
    assert_eq!(query.to_page_query(1), "sort_by=name,close&order=asc,desc");
    assert!(strict(&[("sort_by", "name,close,open,low")]).is_err());
    assert!(strict(&[("sort_by", "name"), ("order", "asc,desc")]).is_err());
    assert!(strict(&[("sort_by", "name,,close")]).is_err());
    // The first column decides alone again when its heading is chosen.
    assert_eq!(query.with_sort(SortKey::Volume).to_page_query(1), "sort_by=volume");
}

proptest! {
    #[test]
    fn any_address_leads_to_a_page_that_has_an_address(
        pairs in prop::collection::vec((name(), value()), 0..8),
        page in 1..=MAX_PAGE,
    ) {
        let query = ListingQuery::lenient(pairs.iter().map(|(k, v)| (k, v)));
        prop_assert_eq!(&read_back(&query.to_page_query(query.page())), &query);
        prop_assert_eq!(read_back(&query.to_page_query(page)).page(), page);
        prop_assert!(query.q.chars().count() <= MAX_QUERY);
        // What a page makes of an address, REST accepts, and means the same by it.
        let address = query.to_page_query(1);
        let parameters: Vec<(String, String)> = address
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), percent_decode_str(value).decode_utf8().unwrap().into_owned()))
            .collect();
        let rest = ListingQuery::strict(parameters).unwrap();
        prop_assert_eq!(
            (&rest.filter, rest.sorts(), &rest.q, rest.market),
            (&query.filter, query.sorts(), &query.q, query.market)
        );
    }

    #[test]
    fn strict_never_panics(pairs in prop::collection::vec((name(), value()), 0..8)) {
        let _ = ListingQuery::strict(pairs);
    }
}
