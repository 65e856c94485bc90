//! The page of the listing: its filter, its columns, its keys.

use super::counted;
use crate::model::Language;

texts! {
    filter: "필터", "Filter";
    apply_button: "적용", "Apply";
    reset: "조건 지우기", "Clear filters";
    conditions: "적용된 조건", "Active filters";
    sorted_by: "정렬", "Sort";
    /// An order as a condition: 정렬 시가총액 ▼.
    sorted_by_column(column: &str): "정렬 {column}", "Sorted by {column}";
    ascending: "오름차순 ▲", "Ascending ▲";
    descending: "내림차순 ▼", "Descending ▼";
    turn_order: "순서 뒤집기", "turn around";
    as_next_order: "다음 기준으로 추가", "as the next order";
    further_sorts: "값이 같을 때 쓸 다음 기준", "Then by, among equals";
    usual_order: "기본 순서로", "Default order";
    any: "상관없음", "Any";
    segment: "시장 구분", "Segment";
    segment_global: "KOSDAQ GLOBAL만", "KOSDAQ GLOBAL only";
    add_industry: "업종 추가", "Add industry";
    chosen_industries: "고른 업종", "Chosen industries";
    only_flags: "이 가운데 하나인 종목만", "Only stocks with one of these";
    without_flags: "이런 종목 빼기", "Leave out";
    ranges: "범위", "Ranges";
    ranges_help:
        "1,000억, 1.5조, 5%처럼 쓸 수 있습니다. 비워 두면 제한이 없습니다.",
        "You can write 100B, 1.5T or 5%. Leave empty for no limit.";
    ranges_unread:
        "읽을 수 없는 범위는 빼고 보여 드립니다. 필터에서 고쳐 주세요.",
        "A range that could not be read has been left out. Please correct it in the filter.";
    columns: "열 선택", "Columns";
    usual_columns: "기본 열로", "Default columns";
    rows_of_page: "한 쪽의 종목 수", "Stocks per page";
    all_rows: "모두 이어 보기", "Show all in one list";
    loading: "불러오는 중", "Loading";
    rows_missing: "종목을 더 불러오지 못했습니다.", "More stocks could not be loaded.";
    try_again: "다시 시도", "Try again";
    past_the_end:
        "마지막 쪽보다 뒤를 찾는 주소여서 마지막 쪽을 보여 드립니다.",
        "The address points past the last page, so the last page is shown.";
    no_match: "조건에 맞는 종목이 없습니다.", "No stocks match your filters.";
    no_match_help: "조건을 하나씩 지우거나 범위를 넓혀 보세요.", "Remove filters one by one or widen the ranges.";
    suggestions_label: "검색 제안", "Search suggestions";
    no_suggestion: "맞는 종목이 없습니다.", "No stocks match.";

    screens: "저장한 화면", "Saved views";
    screen_name: "이름", "Name";
    save_screen: "지금 화면 저장", "Save this view";
    replace_screen: "저장한 화면을 지금 화면으로 바꾸기", "Replace the saved view with this one";
    delete: "삭제", "Delete";
    delete_this_screen: "화면 삭제", "Delete view";
    no_screens:
        "시장, 조건, 정렬, 열을 고른 지금 화면에 이름을 붙여 저장해 두고 다시 부를 수 있습니다.",
        "Name and save the current view, with its market, filters, order and columns, to come back to it later.";
    screen_name_missing: "화면의 이름을 입력하세요.", "Enter a name for the view.";

    keys: "단축키", "Keyboard shortcuts";
    keys_close: "닫기", "Close";
    key_search: "종목 검색으로 가기", "Go to the search";
    key_next: "다음 종목", "Next stock";
    key_previous: "이전 종목", "Previous stock";
    key_open: "고른 종목 열기", "Open the chosen stock";
    key_star: "고른 종목을 관심종목에 담거나 빼기", "Add the chosen stock to the watchlist or remove it";
    key_undo: "방금 뺀 종목 다시 담기", "Put back the stock just removed";
    keys_help_off:
        "단축키가 불편하면 화면 맨 아래의 ‘단축키’에서 끌 수 있습니다.",
        "If they get in your way, turn them off at the very bottom of the page.";
    key_help: "이 도움말", "This help";

    /// A link that takes a condition away.
    without(condition: &str): "{condition} 조건 지우기", "Remove {condition}";

    /// The ends of this range stood in the wrong order.
    range_turned(measure: &str):
        "{measure}의 최솟값이 최댓값보다 커서 둘을 바꾸어 보여 드립니다.",
        "The minimum of {measure} was above its maximum, so the two have been swapped.";

    /// Flags that are left out.
    without_flag(flag: &str): "{flag} 제외", "Without {flag}";

    /// So many rows on a page: 50개씩.
    rows(count: u32): "{count}개씩", "{count} per page";

    /// More screens than a user may keep.
    screens_full(max: i64):
        "화면은 {max}개까지 저장할 수 있습니다. 쓰지 않는 것을 지우세요.",
        "You can save up to {max} views. Delete one that you do not use.";

    /// Another view was saved under this name.
    screen_taken(name: &str):
        "‘{name}’ 화면이 이미 있습니다. 다른 이름을 쓰거나, 지금 화면으로 바꾸세요.",
        "There is a view called “{name}” already. Choose another name, or replace it with this view.";

    /// Asks before a saved screen goes.
    delete_screen_question(name: &str): "‘{name}’ 화면을 삭제할까요?", "Delete the view “{name}”?";

    /// A screen that was saved.
    delete_screen(name: &str): "{name} 삭제", "Delete {name}";
}

/// Keys with what they do.
#[must_use]
pub fn keys_help() -> [(&'static str, &'static str); 7] {
    [
        ("/", key_search()),
        ("j", key_next()),
        ("k", key_previous()),
        ("Enter", key_open()),
        ("s", key_star()),
        ("u", key_undo()),
        ("?", key_help()),
    ]
}

/// A link that lets a column decide among equals, or turns the order of one that does.
#[must_use]
pub fn further_sort(column: &str, does_already: bool) -> String {
    match (Language::now(), does_already) {
        (Language::Ko, true) => format!("{column} 순서 뒤집기"),
        (Language::Ko, false) => format!("같은 값은 {column} 순으로"),
        (Language::En, true) => format!("Reverse the order of {column}"),
        (Language::En, false) => format!("Then by {column}"),
    }
}

/// The button that shows what a filter leaves: 적용 (123개 종목).
#[must_use]
pub fn apply(count: &str) -> String {
    format!("{} ({})", apply_button(), super::stocks::count(count))
}

/// The lower or the upper end of a range.
#[must_use]
pub fn range_end(measure: &str, is_min: bool) -> String {
    let end = match (Language::now(), is_min) {
        (Language::Ko, true) => "최소",
        (Language::Ko, false) => "최대",
        (Language::En, true) => "minimum",
        (Language::En, false) => "maximum",
    };
    format!("{measure} {end}")
}

/// A range as a condition: 시가총액 1조 ~ 5조.
#[must_use]
pub fn range(measure: &str, min: Option<&str>, max: Option<&str>, unit: &str) -> String {
    // English parts a number from its unit, but not from the sign for percent.
    let gap = if unit == "%" { "" } else { " " };
    match (Language::now(), min, max) {
        (_, None, None) => measure.to_owned(),
        (Language::Ko, Some(min), Some(max)) => format!("{measure} {min}{unit} ~ {max}{unit}"),
        (Language::Ko, Some(min), None) => format!("{measure} {min}{unit} 이상"),
        (Language::Ko, None, Some(max)) => format!("{measure} {max}{unit} 이하"),
        (Language::En, Some(min), Some(max)) => format!("{measure} {min}{gap}{unit} to {max}{gap}{unit}"),
        (Language::En, Some(min), None) => format!("{measure} at least {min}{gap}{unit}"),
        (Language::En, None, Some(max)) => format!("{measure} at most {max}{gap}{unit}"),
    }
}

/// How many suggestions there are, read aloud.
#[must_use]
pub fn suggestions(count: &str) -> String {
    match Language::now() {
        Language::Ko => format!("제안 {count}개. 위아래 화살표로 고릅니다."),
        Language::En => format!(
            "{}. Choose with the up and down arrow keys.",
            counted(count, "suggestion", "suggestions")
        ),
    }
}
