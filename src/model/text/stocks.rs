//! Listings and the market overview.

pub const TITLE: &str = "상장종목";

pub const ALL_BOARDS: &str = "전체";
pub const KOSPI: &str = "KOSPI";
pub const KOSDAQ: &str = "KOSDAQ";
pub const KONEX: &str = "KONEX";

pub const RANK: &str = "순위";
pub const NAME: &str = "종목명";
pub const CODE: &str = "종목코드";
pub const MARKET: &str = "시장";
pub const CLOSE: &str = "현재가";
pub const CHANGE: &str = "전일비";
pub const CHANGES_RATIO: &str = "등락률";
pub const OPEN: &str = "시가";
pub const HIGH: &str = "고가";
pub const LOW: &str = "저가";
pub const VOLUME: &str = "거래량";
pub const AMOUNT: &str = "거래대금";
pub const MARCAP: &str = "시가총액";
pub const ISIN: &str = "ISIN";
pub const SEGMENT: &str = "구분";
pub const DEPT: &str = "소속부";
pub const INDUSTRY: &str = "업종";
pub const SHARE_KIND: &str = "주식 종류";
pub const FLAGS: &str = "유의 사항";
pub const WON: &str = "원";
pub const SHARE_UNIT: &str = "주";
pub const ADMINISTRATIVE: &str = "관리종목";
pub const CAUTION: &str = "투자주의환기";
pub const ADMINISTRATIVE_SHORT: &str = "관리";
pub const CAUTION_SHORT: &str = "환기";
pub const FOREIGN_SHORT: &str = "외국";
pub const SPAC: &str = "SPAC";
pub const FOREIGN: &str = "외국기업";
pub const EXPORT: &str = "CSV 내려받기";

pub const SHARES: &str = "상장주식수";
pub const COMMON: &str = "보통주";
pub const PREFERRED: &str = "우선주";

pub const UP: &str = "상승";
pub const DOWN: &str = "하락";
pub const FLAT: &str = "보합";
pub const UPPER_LIMIT: &str = "상한";
pub const LOWER_LIMIT: &str = "하한";
pub const HALTED: &str = "거래정지";
/// In place of a number that there is none of.
pub const NONE: &str = "-";

pub const LARGEST: &str = "시가총액 상위 20";
pub const SMALLEST: &str = "시가총액 하위 20";
pub const LEADERS: &str = "오늘의 상위 종목";
pub const RISERS: &str = "상승률 상위";
pub const FALLERS: &str = "하락률 상위";
pub const MOST_SHARES: &str = "거래량 상위";
pub const MOST_TRADED: &str = "거래대금 상위";
pub const NOBODY: &str = "해당하는 종목이 없습니다.";
pub const RANKED_SHARES: &str = "순위에 넣을 주식";
pub const COMMON_ONLY: &str = "보통주만";
pub const ALL_SHARES: &str = "우선주 포함";

pub const SEARCH: &str = "검색";
pub const SEARCH_LABEL: &str = "종목 검색";
pub const SEARCH_PLACEHOLDER: &str = "종목명, 초성, 코드";
pub const SEARCH_HELP: &str = "종목명, 초성, 종목코드, 영문명으로 찾습니다.";
pub const PREVIOUS_PAGE: &str = "이전";
pub const NEXT_PAGE: &str = "다음";
pub const QUERY_MISSING: &str = "검색어를 입력하세요.";
pub const QUERY_CHARACTERS: &str = "검색어에 제어 문자를 넣을 수 없습니다.";

pub const DATE_FORM: &str = "YYYY-MM-DD 형식의 날짜여야 합니다. 예: 2026-03-20";
pub const DATES_REVERSED: &str = "시작일이 종료일보다 늦을 수 없습니다.";
/// Beside everything that is made up.
pub const DEMO_NOTICE: &str = "예시 데이터입니다. 실제 종목과 시세가 아닙니다.";

pub const WON_FORM: &str = "0 이상의 정수(원, 주)여야 합니다.";
pub const CHANGE_FORM: &str = "정수(원)여야 합니다. 예: -500";
pub const RATIO_FORM: &str = "소수 둘째 자리까지의 퍼센트여야 합니다. 예: -5.25";
pub const RANGE_REVERSED: &str = "최솟값이 최댓값보다 클 수 없습니다.";

/// So many weeks: 52주.
#[must_use]
pub fn weeks(weeks: u16) -> String {
    format!("{weeks}주")
}

/// An index that is made up.
#[must_use]
pub fn demo_index(name: &str) -> String {
    format!("{name} (예시)")
}

/// The day that the figures are of.
#[must_use]
pub fn as_of(date: &str) -> String {
    format!("{date} 기준")
}

/// How many issues there are.
#[must_use]
pub fn count(issues: &str) -> String {
    format!("{issues}개 종목")
}

/// Nothing matches what was searched for.
#[must_use]
pub fn nothing_found(query: &str) -> String {
    format!("'{query}' 종목을 찾을 수 없습니다.")
}

/// The market is older than it should be.
#[must_use]
pub fn days_behind(as_of: &str, days: u32) -> String {
    format!("{as_of} 시세입니다. 그 뒤 {days}거래일의 시세를 아직 받지 못했습니다.")
}

/// Boards of which there is nothing.
#[must_use]
pub fn missing_boards(boards: &str) -> String {
    format!("{boards} 시장의 시세를 받지 못해 나머지만 보여 드립니다.")
}

/// Rows that were left out.
#[must_use]
pub fn put_aside(rows: i64) -> String {
    format!("받은 시세 가운데 서로 맞지 않는 {rows}개 종목은 뺐습니다.")
}

pub const COUNT_UNIT: &str = "개 종목";
pub const PAGES: &str = "페이지";
pub const SHOW_ALL: &str = "전체 종목 보기";

pub const SOURCE_DEMO: &str = "예시 데이터";
pub const SOURCE_FILE: &str = "가져온 파일";
pub const SOURCE_FDR: &str = "FinanceDataReader";
pub const SOURCE_KRX: &str = "한국거래소 통계정보";

/// Where the figures come from.
#[must_use]
pub fn source(name: &str) -> String {
    format!("출처: {name}")
}

pub const POSITION_FORM: &str = "순서는 0 이상의 정수여야 합니다.";
pub const TEXT_CHARACTERS: &str = "제어 문자를 넣을 수 없습니다.";

/// More issues than one list may have.
pub fn watchlist_full(max: usize) -> String {
    format!("관심종목은 {max}개까지 담을 수 있습니다.")
}

pub const CHART: &str = "시세 차트";
pub const CHART_SETTINGS: &str = "차트 설정";
pub const NO_CHART: &str = "이 기간에는 시세가 없습니다.";
pub const LINEAR: &str = "일반";
pub const LOG: &str = "로그";
pub const DAY: &str = "일";
pub const WEEK: &str = "주";
pub const MONTH: &str = "월";
pub const AVERAGES: &str = "이동평균";
/// What the chart is called for whoever goes through it by keys.
pub const CHART_KEYS: &str = "시세 차트의 날짜. 왼쪽과 오른쪽 화살표, Home, End 키로 옮깁니다.";
pub const CHANGE_OF_DAY: &str = "전일대비";
/// Of a day, a week or a month.
pub const CHANGE_OF_BAR: &str = "대비";
pub const SINCE: &str = "시작 연도";
pub const SINCE_FIRST: &str = "처음부터";
pub const SHOW: &str = "조회";
pub const BASE_PRICE: &str = "기준가";
/// Not everything in the address of a page was understood.
pub const NEAREST_SHOWN: &str =
    "주소의 설정 가운데 알 수 없거나 범위를 벗어난 것은 가장 가까운 값으로 바꾸어 보여 드립니다.";
pub const STATISTICS: &str = "52주 통계 정보";
pub const BASIS_CLOSE: &str = "종가 기준";
pub const BASIS_INTRADAY: &str = "장중 기준";
pub const HIGHEST: &str = "최고가";
pub const LOWEST: &str = "최저가";
pub const AVERAGE: &str = "평균가";
pub const AGAINST: &str = "현재가 대비";
pub const REACHED: &str = "달성일";
pub const PERIOD: &str = "기간";
pub const DATA_DAYS: &str = "데이터 개수";
pub const SINCE_START: &str = "기간 시작 대비";
pub const FACTS: &str = "종목 정보";
pub const PRODUCTS: &str = "주요 제품";
pub const LISTED_ON: &str = "상장일";
pub const DELISTED_ON: &str = "상장폐지일";
pub const DELISTED: &str = "상장폐지";
pub const NOT_LISTED: &str = "현재 상장 목록에 없음";
pub const NO_FIGURES: &str = "상장폐지된 종목입니다. 남아 있는 시세가 없습니다.";
pub const REASON: &str = "사유";
pub const SUCCESSOR: &str = "이전 대상";
pub const PAR_VALUE: &str = "액면가";
pub const SETTLE_MONTH: &str = "결산월";
pub const REGION: &str = "지역";
pub const HOMEPAGE: &str = "홈페이지";
pub const NEXT_DAY: &str = "다음 거래일";
pub const UPPER_PRICE: &str = "상한가";
pub const LOWER_PRICE: &str = "하한가";
pub const TICK: &str = "호가 단위";
pub const DAILY: &str = "일별 시세";
pub const DATE: &str = "날짜";
pub const CLOSE_OF_DAY: &str = "종가";
pub const MORE_DAYS: &str = "더 보기";
pub const PEERS: &str = "같은 업종";
pub const NEAR: &str = "혹시 이 종목을 찾으셨나요?";
pub const FLAG_HISTORY: &str = "지정 이력";

/// The chart in words, for whoever does not see it.
pub fn chart_in_words(name: &str, from: &str, to: &str) -> String {
    format!("{name} {from}부터 {to}까지의 시세 차트. 같은 값은 아래 일별 시세 표에 있습니다.")
}

/// An average over so many bars: 5이평.
#[must_use]
pub fn average_of(bars: usize) -> String {
    format!("{bars}이평")
}

/// A link that draws an average, or draws it no longer.
#[must_use]
pub fn average_switch(bars: usize, is_drawn: bool) -> String {
    let act = if is_drawn { "숨기기" } else { "보이기" };
    format!("이동평균 {bars} {act}")
}

/// A sum to the won.
#[must_use]
pub fn won(digits: &str) -> String {
    format!("{digits}원")
}

/// A large sum, shortened and to the won.
#[must_use]
pub fn money_exactly(short: &str, won: &str) -> String {
    format!("{short} ({won}원)")
}

/// A year as it is chosen: 2014년.
#[must_use]
pub fn year(year: i32) -> String {
    format!("{year}년")
}

/// The day on which an issue was delisted.
#[must_use]
pub fn delisted_on(date: &str) -> String {
    format!("{date} 상장폐지")
}

/// A month of any year: 3월.
#[must_use]
pub fn month(number: i64) -> String {
    format!("{number}월")
}

/// So many days: 241일.
pub fn days(count: u32) -> String {
    format!("{count}일")
}
