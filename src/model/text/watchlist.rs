//! The star and the page of what a user watches.

pub const TITLE: &str = "관심종목";
pub const STAR_COLUMN: &str = "관심";
pub const ADD_TO_LIST: &str = "관심종목에 담기";
pub const TAKE_OFF_LIST: &str = "관심종목에서 빼기";
pub const UNDO: &str = "되돌리기";
pub const CLOSE: &str = "닫기";

pub const ADD_LABEL: &str = "종목명 또는 코드";
pub const ADD: &str = "담기";
pub const EMPTY_TITLE: &str = "아직 담은 종목이 없습니다.";
pub const EMPTY_HELP: &str = "위 칸에 종목명이나 코드를 입력하거나, 상장종목과 종목 화면의 ☆를 눌러 담으세요.";
pub const FIND_STOCKS: &str = "상장종목에서 찾기";

pub const NO_GROUP: &str = "그룹 없음";
pub const ALL: &str = "전체";
pub const UP: &str = "위로";
pub const DOWN: &str = "아래로";
pub const DRAG: &str = "끌어서 옮기기";
pub const KEYS_HELP: &str = "종목에 초점을 두고 Alt+↑, Alt+↓ 키를 눌러도 순서를 바꿀 수 있습니다.";
pub const EDIT: &str = "그룹·메모";
pub const GROUP: &str = "그룹";
pub const GROUP_HELP: &str = "30자까지. 비우면 그룹에서 뺍니다.";
pub const NOTE: &str = "메모";
pub const NOTE_HELP: &str = "200자까지.";
pub const SAVE: &str = "저장";
pub const NO_TRADES: &str = "거래된 종목이 없어 평균 등락률을 내지 않습니다.";

/// What the star of an issue is called: pressed, it is on the list.
#[must_use]
pub fn star(name: &str) -> String {
    format!("{name} {ADD_TO_LIST}")
}

/// The button that takes an issue off the list.
#[must_use]
pub fn take_off(name: &str) -> String {
    format!("{name} {TAKE_OFF_LIST}")
}

/// A button of an item, by whose it is.
#[must_use]
pub fn of(name: &str, act: &str) -> String {
    format!("{name} {act}")
}

#[must_use]
pub fn added(name: &str) -> String {
    format!("'{name}' 종목을 관심종목에 담았습니다.")
}

#[must_use]
pub fn removed(name: &str) -> String {
    format!("'{name}' 종목을 관심종목에서 뺐습니다.")
}

/// Where an item stands after it was moved.
#[must_use]
pub fn moved(name: &str, group: &str, place: usize, of: usize) -> String {
    format!("'{name}' 종목이 {group} {of}개 가운데 {place}번째입니다.")
}

/// That something did not come about, and why.
#[must_use]
pub fn undone(reason: &str) -> String {
    format!("변경하지 못해 되돌렸습니다. {reason}")
}

/// Several issues may be meant; the ones that fit best.
#[must_use]
pub fn ambiguous(query: &str, some: &str, more: bool) -> String {
    let more = if more { " 등" } else { "" };
    format!("'{query}'에 맞는 종목이 여럿입니다: {some}{more}. 종목명 전체나 코드를 입력하세요.")
}

/// A link that puts a group's issues side by side.
pub const COMPARE: &str = "한 차트에서 비교";

/// What an average is of.
#[must_use]
pub fn average_of(counted: usize, left_out: usize) -> String {
    let of = format!("거래된 {counted}종목의 등락률을 같은 비중으로 평균했습니다.");
    if left_out == 0 {
        of
    } else {
        format!("{of} 거래정지 또는 상장되지 않은 {left_out}종목은 뺐습니다.")
    }
}

pub const AVERAGE: &str = "평균 등락률";
/// The line that shows the last closes.
pub const WAY: &str = "최근 종가 흐름";
