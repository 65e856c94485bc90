//! The page of the listing: its filter, its columns, its keys.

pub const FILTER: &str = "필터";
pub const APPLY: &str = "적용";
pub const RESET: &str = "조건 지우기";
pub const CONDITIONS: &str = "적용된 조건";
pub const SORTED_BY: &str = "정렬";
pub const ASCENDING: &str = "오름차순 ▲";
pub const DESCENDING: &str = "내림차순 ▼";
pub const FURTHER_SORTS: &str = "값이 같을 때 쓸 다음 기준";
pub const USUAL_ORDER: &str = "기본 순서로";
pub const ANY: &str = "상관없음";
pub const SEGMENT: &str = "시장 구분";
pub const SEGMENT_GLOBAL: &str = "KOSDAQ GLOBAL만";
pub const ADD_INDUSTRY: &str = "업종 추가";
pub const CHOSEN_INDUSTRIES: &str = "고른 업종";
pub const ONLY_FLAGS: &str = "이 가운데 하나인 종목만";
pub const WITHOUT_FLAGS: &str = "이런 종목 빼기";
pub const RANGES: &str = "범위";
pub const RANGES_HELP: &str = "1,000억, 1.5조, 5%처럼 쓸 수 있습니다. 비워 두면 제한이 없습니다.";
pub const COLUMNS: &str = "열 선택";
pub const USUAL_COLUMNS: &str = "기본 열로";
pub const ROWS_OF_PAGE: &str = "한 쪽의 종목 수";
pub const ALL_ROWS: &str = "모두 이어 보기";
pub const LOADING: &str = "불러오는 중";
pub const ROWS_MISSING: &str = "종목을 더 불러오지 못했습니다.";
pub const TRY_AGAIN: &str = "다시 시도";
pub const PAST_THE_END: &str = "마지막 쪽보다 뒤를 찾는 주소여서 마지막 쪽을 보여 드립니다.";
pub const NO_MATCH: &str = "조건에 맞는 종목이 없습니다.";
pub const NO_MATCH_HELP: &str = "조건을 하나씩 지우거나 범위를 넓혀 보세요.";
pub const SUGGESTIONS: &str = "검색 제안";
pub const NO_SUGGESTION: &str = "맞는 종목이 없습니다.";

pub const SCREENS: &str = "저장한 화면";
pub const SCREEN_NAME: &str = "이름";
pub const SAVE_SCREEN: &str = "지금 화면 저장";
pub const DELETE: &str = "삭제";
pub const NO_SCREENS: &str = "시장, 조건, 정렬, 열을 고른 지금 화면에 이름을 붙여 저장해 두고 다시 부를 수 있습니다.";
pub const SCREEN_NAME_MISSING: &str = "화면의 이름을 입력하세요.";

pub const KEYS: &str = "단축키";
pub const KEYS_CLOSE: &str = "닫기";
/// Keys with what they do.
pub const KEYS_HELP: [(&str, &str); 6] = [
    ("/", "종목 검색으로 가기"),
    ("j", "다음 종목"),
    ("k", "이전 종목"),
    ("Enter", "고른 종목 열기"),
    ("s", "고른 종목을 관심종목에 담거나 빼기"),
    ("?", "이 도움말"),
];

/// A link that lets a column decide among equals, or turns the order of one that does.
#[must_use]
pub fn further_sort(column: &str, does_already: bool) -> String {
    if does_already {
        format!("{column} 순서 뒤집기")
    } else {
        format!("같은 값은 {column} 순으로")
    }
}

/// A link that takes a condition away.
#[must_use]
pub fn without(condition: &str) -> String {
    format!("{condition} 조건 지우기")
}

/// The button that shows what a filter leaves: 적용 (123개 종목).
#[must_use]
pub fn apply(count: &str) -> String {
    format!("{APPLY} ({count}개 종목)")
}

/// The lower or the upper end of a range.
#[must_use]
pub fn range_end(measure: &str, is_min: bool) -> String {
    let end = if is_min { "최소" } else { "최대" };
    format!("{measure} {end}")
}

/// A range as a condition: 시가총액 1조 ~ 5조.
#[must_use]
pub fn range(measure: &str, min: Option<&str>, max: Option<&str>, unit: &str) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{measure} {min}{unit} ~ {max}{unit}"),
        (Some(min), None) => format!("{measure} {min}{unit} 이상"),
        (None, Some(max)) => format!("{measure} {max}{unit} 이하"),
        (None, None) => measure.to_owned(),
    }
}

/// Flags that are left out.
#[must_use]
pub fn without_flag(flag: &str) -> String {
    format!("{flag} 제외")
}

/// How many suggestions there are, read aloud.
#[must_use]
pub fn suggestions(count: &str) -> String {
    format!("제안 {count}개. 위아래 화살표로 고릅니다.")
}

/// So many rows on a page: 50개씩.
#[must_use]
pub fn rows(count: u32) -> String {
    format!("{count}개씩")
}

/// More screens than a user may keep.
#[must_use]
pub fn screens_full(max: i64) -> String {
    format!("화면은 {max}개까지 저장할 수 있습니다. 쓰지 않는 것을 지우세요.")
}

/// A screen that was saved.
#[must_use]
pub fn delete_screen(name: &str) -> String {
    format!("{name} 삭제")
}
