//! The page that puts issues side by side.

pub const TITLE: &str = "종목 비교";
pub const MENU: &str = "비교";
pub const ADD_LABEL: &str = "비교할 종목";
pub const ADD: &str = "추가";
pub const FULL: &str = "다섯 종목까지 비교할 수 있습니다. 다른 종목을 넣으려면 먼저 하나를 빼 주세요.";
pub const CHART: &str = "비교 차트";
pub const RANGE: &str = "비교 기간";
pub const HELP: &str =
    "기간의 첫날을 100으로 놓고 견줍니다. 액면분할처럼 기준가가 바뀐 날은 기준가에 대한 등락으로 이어 갑니다.";
pub const ISSUES: &str = "비교하는 종목";
pub const OF_RANGE: &str = "기간 등락률";
pub const REMOVE: &str = "빼기";
pub const NOTHING_YET: &str = "비교할 종목을 골라 주세요.";
pub const NOTHING_YET_HELP: &str =
    "종목명이나 코드를 찾아 다섯 종목까지 한 차트에 놓을 수 있습니다. 주소를 저장하면 같은 비교를 다시 볼 수 있습니다.";
pub const COMPARE_LARGEST: &str = "시가총액 상위 종목 비교하기";
pub const COMPARE_WATCHED: &str = "관심종목 비교하기";
pub const COMPARE_THIS: &str = "다른 종목과 비교";

/// A button that takes an issue out.
#[must_use]
pub fn remove(name: &str) -> String {
    format!("{name} 비교에서 빼기")
}

/// An issue whose line begins later than the range.
#[must_use]
pub fn begins_on(date: &str) -> String {
    format!("{date}부터")
}

/// Codes of which no figures are known.
#[must_use]
pub fn unknown(codes: &str) -> String {
    format!("시세가 없는 종목 코드여서 뺐습니다: {codes}")
}

/// What the chart shows, for whoever does not see it.
#[must_use]
pub fn chart_in_words(names: &str, from: &str, to: &str) -> String {
    format!("{from}부터 {to}까지 {names}의 시세를 첫날 100으로 놓고 견준 차트. 기간 등락률은 아래 표에 있습니다.")
}

/// The values of a day, read aloud.
#[must_use]
pub fn values_in_words(values: &str) -> String {
    format!("첫날을 100으로 하여 {values}")
}
