//! The star and the page of what a user watches.

use super::counted;
use crate::model::Language;

texts! {
    title: "관심종목", "Watchlist";
    star_column: "관심", "Watch";
    add_to_list: "관심종목에 담기", "Add to watchlist";
    take_off_list: "관심종목에서 빼기", "Remove from watchlist";
    /// What the star of an issue is called: pressed, it is on the list.
    star(name: &str): "{name} 관심종목에 담기", "Add {name} to watchlist";
    /// The button that takes an issue off the list.
    take_off(name: &str): "{name} 관심종목에서 빼기", "Remove {name} from watchlist";
    undo: "되돌리기", "Undo";
    close: "닫기", "Close";

    add_label: "종목명 또는 코드", "Name or code";
    add: "담기", "Add";
    empty_title: "아직 담은 종목이 없습니다.", "Your watchlist is empty.";
    empty_help:
        "위 칸에 종목명이나 코드를 입력하거나, 상장종목과 종목 화면의 ☆를 눌러 담으세요.",
        "Enter a name or code above, or press ☆ among the listed stocks and on the page of a stock.";
    find_stocks: "상장종목에서 찾기", "Find listed stocks";

    no_group: "그룹 없음", "No group";
    all: "전체", "All";
    up: "위로", "Move up";
    down: "아래로", "Move down";
    drag: "끌어서 옮기기", "Drag to move";
    keys_help:
        "종목에 초점을 두고 Alt+↑, Alt+↓ 키를 눌러도 순서를 바꿀 수 있습니다.",
        "With a stock focused, Alt+↑ and Alt+↓ change its place too.";
    edit: "그룹·메모", "Group, note";
    group: "그룹", "Group";
    group_help: "30자까지. 비우면 그룹에서 뺍니다.", "Up to 30 characters. Empty takes it out of its group.";
    note: "메모", "Note";
    note_help: "200자까지.", "Up to 200 characters.";
    save: "저장", "Save";
    no_trades: "거래된 종목이 없어 평균 등락률을 내지 않습니다.", "None of the stocks was traded, so there is no average change.";

    /// A button of an item, by whose it is.
    of(name: &str, act: &str): "{name} {act}", "{act}: {name}";

    added(name: &str): "'{name}' 종목을 관심종목에 담았습니다.", "'{name}' is on your watchlist now.";

    removed(name: &str): "'{name}' 종목을 관심종목에서 뺐습니다.", "'{name}' has been removed from your watchlist.";

    /// Where an item stands after it was moved.
    moved(name: &str, group: &str, place: usize, of: usize):
        "'{name}' 종목이 {group} {of}개 가운데 {place}번째입니다.",
        "'{name}' is number {place} of {of} in {group}.";

    /// That something did not come about, and why.
    undone(reason: &str): "변경하지 못해 되돌렸습니다. {reason}", "It could not be changed and is as it was. {reason}";

    /// A link that puts a group's issues side by side.
    compare: "한 차트에서 비교", "Compare on one chart";

    average: "평균 등락률", "Average change";
    /// The line that shows the last closes.
    way: "최근 종가 흐름", "Recent closing prices";
}

/// Several issues may be meant; the ones that fit best.
#[must_use]
pub fn ambiguous(query: &str, some: &str, more: bool) -> String {
    match Language::now() {
        Language::Ko => {
            let more = if more { " 등" } else { "" };
            format!("'{query}'에 맞는 종목이 여럿입니다: {some}{more}. 종목명 전체나 코드를 입력하세요.")
        }
        Language::En => {
            let more = if more { " and others" } else { "" };
            format!("Several stocks match '{query}': {some}{more}. Enter the whole name or the code.")
        }
    }
}

/// What an average is of.
#[must_use]
pub fn average_of(counted: usize, left_out: usize) -> String {
    match (Language::now(), left_out) {
        (Language::Ko, 0) => format!("거래된 {counted}종목의 등락률을 같은 비중으로 평균했습니다."),
        (Language::Ko, _) => format!(
            "거래된 {counted}종목의 등락률을 같은 비중으로 평균했습니다. \
             거래정지 또는 상장되지 않은 {left_out}종목은 뺐습니다."
        ),
        (Language::En, 0) => format!("Equally weighted over {}.", traded(counted)),
        (Language::En, _) => format!(
            "Equally weighted over {}. Halted or not listed, and left out: {left_out}.",
            traded(counted)
        ),
    }
}

fn traded(count: usize) -> String {
    counted(count, "traded stock", "traded stocks")
}
