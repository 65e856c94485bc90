//! Listings and the market overview.

use super::counted;
use crate::model::Language;

pub const KOSPI: &str = "KOSPI";
pub const KOSDAQ: &str = "KOSDAQ";
pub const KONEX: &str = "KONEX";
pub const ISIN: &str = "ISIN";
pub const SPAC: &str = "SPAC";
/// In place of a number that there is none of.
pub const NONE: &str = "-";
pub const SOURCE_FDR: &str = "FinanceDataReader";

texts! {
    title: "상장종목", "Listed stocks";
    /// The listing of a board.
    titled(board: &str): "{board} 상장종목", "{board} listed stocks";

    all_boards: "전체", "All";

    rank: "순위", "Rank";
    name: "종목명", "Name";
    code: "종목코드", "Code";
    market: "시장", "Market";
    close: "현재가", "Price";
    change: "전일비", "Change";
    changes_ratio: "등락률", "% change";
    open: "시가", "Open";
    high: "고가", "High";
    low: "저가", "Low";
    volume: "거래량", "Volume";
    amount: "거래대금", "Trading value";
    marcap: "시가총액", "Market cap";
    segment: "구분", "Segment";
    dept: "소속부", "Section";
    industry: "업종", "Industry";
    share_kind: "주식 종류", "Share class";
    flags: "유의 사항", "Alerts";
    won_unit: "원", "KRW";
    share_unit: "주", "shares";
    /// So many shares: 1,000주.
    shares_of(digits: &str): "{digits}주", "{digits} shares";
    administrative: "관리종목", "Administrative issue";
    caution: "투자주의환기", "Investment caution";
    administrative_short: "관리", "Admin";
    caution_short: "환기", "Caution";
    foreign_short: "외국", "Foreign";
    foreign: "외국기업", "Foreign company";
    export: "CSV 내려받기", "Download CSV";

    shares: "상장주식수", "Listed shares";
    common: "보통주", "Common";
    preferred: "우선주", "Preferred";

    up: "상승", "Up";
    down: "하락", "Down";
    flat: "보합", "Unchanged";
    upper_limit: "상한", "Limit up";
    lower_limit: "하한", "Limit down";
    halted: "거래정지", "Halted";

    largest: "시가총액 상위 20", "Top 20 by market cap";
    smallest: "시가총액 하위 20", "Bottom 20 by market cap";
    leaders: "오늘의 상위 종목", "Today's leaders";
    risers: "상승률 상위", "Top gainers";
    fallers: "하락률 상위", "Top losers";
    most_shares: "거래량 상위", "Most active by volume";
    most_traded: "거래대금 상위", "Most active by value";
    nobody: "해당하는 종목이 없습니다.", "No stocks to show.";
    ranked_shares: "순위에 넣을 주식", "Shares to rank";
    common_only: "보통주만", "Common only";
    all_shares: "우선주 포함", "With preferred";

    search: "검색", "Search";
    search_label: "종목 검색", "Search stocks";
    search_placeholder: "종목명, 초성, 코드", "Name or code";
    search_help:
        "종목명, 초성, 종목코드, 영문명으로 찾습니다.",
        "You can search by Korean or English name, initial consonants or code.";
    previous_page: "이전", "Previous";
    next_page: "다음", "Next";
    query_missing: "검색어를 입력하세요.", "Enter what to search for.";
    query_characters: "검색어에 제어 문자를 넣을 수 없습니다.", "A search cannot contain control characters.";

    date_form: "YYYY-MM-DD 형식의 날짜여야 합니다. 예: 2026-03-20", "Must be a date as YYYY-MM-DD. Example: 2026-03-20";
    dates_reversed: "시작일이 종료일보다 늦을 수 없습니다.", "The start date cannot be after the end date.";
    /// Beside everything that is made up.
    demo_notice: "예시 데이터입니다. 실제 종목과 시세가 아닙니다.", "This is sample data, not real stocks and prices.";

    won_form: "0 이상의 정수(원, 주)여야 합니다.", "Must be a whole number (won, shares) of at least 0.";
    change_form: "정수(원)여야 합니다. 예: -500", "Must be a whole number (won). Example: -500";
    typed_form:
        "0 이상의 정수여야 합니다. 예: 50,000 · 1,000억 · 1.5조",
        "Must be a whole number of at least 0. Examples: 50,000, 100B, 1.5T";
    ratio_form: "소수 둘째 자리까지의 퍼센트여야 합니다. 예: -5.25", "Must be a percentage with up to two decimals. Example: -5.25";
    range_reversed: "최솟값이 최댓값보다 클 수 없습니다.", "The minimum cannot be above the maximum.";

    /// So many weeks: 52주.
    weeks(weeks: u16): "{weeks}주", "{weeks} weeks";

    /// An index that is made up.
    demo_index(name: &str): "{name} (예시)", "{name} (sample)";

    /// The day that the figures are of.
    as_of(date: &str): "{date} 기준", "As of {date}";

    /// Nothing matches what was searched for.
    nothing_found(query: &str): "'{query}' 종목을 찾을 수 없습니다.", "No stock found for '{query}'.";

    /// Boards of which there is nothing.
    missing_boards(boards: &str):
        "{boards} 시장의 시세를 받지 못해 나머지만 보여 드립니다.",
        "Prices of {boards} have not arrived, so only the others are shown.";

    pages: "페이지", "Pages";
    show_all: "전체 종목 보기", "Show all stocks";

    source_demo: "예시 데이터", "Sample data";
    source_file: "가져온 파일", "Imported file";
    source_krx: "한국거래소 통계정보", "KRX statistics";

    /// Where the figures come from.
    source(name: &str): "출처: {name}", "Source: {name}";

    position_form: "순서는 0 이상의 정수여야 합니다.", "A position must be a whole number of at least 0.";
    text_characters: "제어 문자를 넣을 수 없습니다.", "Control characters are not allowed.";

    /// More issues than one list may have.
    watchlist_full(max: usize): "관심종목은 {max}개까지 담을 수 있습니다.", "A watchlist has at most {max} stocks.";

    chart: "시세 차트", "Price chart";
    chart_settings: "차트 설정", "Chart settings";
    no_chart: "이 기간에는 시세가 없습니다.", "There are no prices in this period.";
    linear: "일반", "Linear";
    log: "로그", "Log";
    interval_day: "일", "D";
    interval_week: "주", "W";
    interval_month: "월", "M";
    averages: "이동평균", "Moving averages";
    /// What the chart is called for whoever goes through it by keys.
    chart_keys:
        "시세 차트의 날짜. 왼쪽과 오른쪽 화살표, Home, End 키로 옮깁니다.",
        "Dates of the price chart. Move with the left and right arrow keys, Home and End.";
    change_of_day: "전일대비", "Change";
    /// Of a day, a week or a month.
    change_of_bar: "대비", "Change";
    since: "시작 연도", "From year";
    since_first: "처음부터", "From the start";
    show: "조회", "Show";
    base_price: "기준가", "Base price";
    /// Not everything in the address of a page was understood.
    nearest_shown:
        "주소의 설정 가운데 알 수 없거나 범위를 벗어난 것은 가장 가까운 값으로 바꾸어 보여 드립니다.",
        "Some settings in the address are unknown or out of range and have been replaced by the nearest ones.";
    statistics: "52주 통계 정보", "52-week statistics";
    basis_close: "종가 기준", "Closing prices";
    basis_intraday: "장중 기준", "Intraday prices";
    highest: "최고가", "High";
    lowest: "최저가", "Low";
    average: "평균가", "Average";
    against: "현재가 대비", "Price vs. level";
    reached: "달성일", "Reached on";
    period: "기간", "Period";
    span_month: "1개월", "1M";
    span_quarter: "3개월", "3M";
    span_half_year: "6개월", "6M";
    span_year: "1년", "1Y";
    span_three_years: "3년", "3Y";
    span_all: "전체", "All";
    data_days: "데이터 개수", "Trading days";
    since_start: "기간 시작 대비", "since the start";
    facts: "종목 정보", "About";
    products: "주요 제품", "Main products";
    listed_on: "상장일", "Listed on";
    delisting_date: "상장폐지일", "Delisted on";
    delisted: "상장폐지", "Delisted";
    not_listed: "현재 상장 목록에 없음", "Not in the current listing";
    no_figures: "상장폐지된 종목입니다. 남아 있는 시세가 없습니다.", "This stock has been delisted. No prices are left.";
    reason: "사유", "Reason";
    successor: "이전 대상", "Successor";
    par_value: "액면가", "Par value";
    settle_month: "결산월", "Fiscal year end";
    region: "지역", "Region";
    homepage: "홈페이지", "Website";
    next_day: "다음 거래일", "Next trading day";
    upper_price: "상한가", "Upper limit";
    lower_price: "하한가", "Lower limit";
    tick: "호가 단위", "Tick size";
    daily: "일별 시세", "Daily prices";
    date: "날짜", "Date";
    close_of_day: "종가", "Close";
    more_days: "더 보기", "Show more";
    peers: "같은 업종", "Same industry";
    near: "이름이나 코드가 비슷한 종목", "Stocks with a similar name or code";
    flag_history: "지정 이력", "Alert history";

    /// The chart in words, for whoever does not see it.
    chart_in_words(name: &str, from: &str, to: &str):
        "{name} {from}부터 {to}까지의 시세 차트. 같은 값은 아래 일별 시세 표에 있습니다.",
        "Price chart of {name} from {from} to {to}. The same figures are in the table of daily prices below.";

    /// An average over so many bars: 5이평.
    average_of(bars: usize): "{bars}이평", "MA{bars}";

    /// A sum to the won.
    won(digits: &str): "{digits}원", "₩{digits}";

    /// A large sum, shortened and to the won.
    money_exactly(short: &str, won: &str): "{short} ({won}원)", "{short} (₩{won})";

    /// A year as it is chosen: 2014년.
    year(year: i32): "{year}년", "{year}";

    /// The day on which an issue was delisted.
    delisted_on(date: &str): "{date} 상장폐지", "Delisted {date}";
}

/// How many issues there are.
#[must_use]
pub fn count(issues: &str) -> String {
    match Language::now() {
        Language::Ko => format!("{issues}개 종목"),
        Language::En => counted(issues, "stock", "stocks"),
    }
}

/// What stands behind the number of issues where that is set apart.
#[must_use]
pub fn count_unit(issues: u32) -> &'static str {
    match (Language::now(), issues) {
        (Language::Ko, _) => "개 종목",
        (Language::En, 1) => " stock",
        (Language::En, _) => " stocks",
    }
}

/// The market is older than it should be.
#[must_use]
pub fn days_behind(as_of: &str, days: u32) -> String {
    match Language::now() {
        Language::Ko => format!("{as_of} 시세입니다. 그 뒤 {days}거래일의 시세를 아직 받지 못했습니다."),
        Language::En => format!(
            "Prices are of {as_of}. Those of {} since then have not arrived yet.",
            counted(days, "trading day", "trading days")
        ),
    }
}

/// Rows that were left out.
#[must_use]
pub fn put_aside(rows: i64) -> String {
    match Language::now() {
        Language::Ko => format!("받은 시세 가운데 서로 맞지 않는 {rows}개 종목은 뺐습니다."),
        Language::En => format!(
            "{} with contradictory prices left out.",
            counted(rows, "stock", "stocks")
        ),
    }
}

/// A link that draws an average, or draws it no longer.
#[must_use]
pub fn average_switch(bars: usize, is_drawn: bool) -> String {
    match (Language::now(), is_drawn) {
        (Language::Ko, true) => format!("이동평균 {bars} 숨기기"),
        (Language::Ko, false) => format!("이동평균 {bars} 보이기"),
        (Language::En, true) => format!("Hide moving average {bars}"),
        (Language::En, false) => format!("Show moving average {bars}"),
    }
}

/// A month of any year: 3월.
#[must_use]
pub fn month(number: i64) -> String {
    match Language::now() {
        Language::Ko => format!("{number}월"),
        Language::En => english_month(number).to_owned(),
    }
}

/// The month in three letters.
#[must_use]
pub fn english_month(number: i64) -> &'static str {
    match number {
        1 => "Jan",
        2 => "Feb",
        3 => "Mar",
        4 => "Apr",
        5 => "May",
        6 => "Jun",
        7 => "Jul",
        8 => "Aug",
        9 => "Sep",
        10 => "Oct",
        11 => "Nov",
        _ => "Dec",
    }
}

/// A day of the week, counted from Saturday.
#[must_use]
pub fn weekday(from_saturday: u32) -> &'static str {
    let (ko, en) = match from_saturday {
        0 => ("토", "Sat"),
        1 => ("일", "Sun"),
        2 => ("월", "Mon"),
        3 => ("화", "Tue"),
        4 => ("수", "Wed"),
        5 => ("목", "Thu"),
        _ => ("금", "Fri"),
    };
    match Language::now() {
        Language::Ko => ko,
        Language::En => en,
    }
}

/// So many days: 241일.
#[must_use]
pub fn days(count: u32) -> String {
    match Language::now() {
        Language::Ko => format!("{count}일"),
        Language::En => counted(count, "day", "days"),
    }
}
