//! What every page shows: header, footer, navigation.

pub const BRAND: &str = "secondarymarket";
pub const DESCRIPTION: &str = "국내 상장종목 시세를 한눈에 보는 자체 호스팅 서비스";
pub const SKIP_TO_CONTENT: &str = "본문으로 건너뛰기";
pub const MAIN_MENU: &str = "주 메뉴";
pub const OVERVIEW: &str = "시장현황";
pub const STOCKS: &str = "상장종목";
pub const INFORMATION: &str = "이용 안내";
pub const TERMS: &str = "이용약관";
pub const PRIVACY: &str = "개인정보처리방침";
pub const THEME: &str = "화면";
pub const THEME_SYSTEM: &str = "시스템";
pub const THEME_LIGHT: &str = "밝게";
pub const THEME_DARK: &str = "어둡게";
pub const PALETTE: &str = "등락 색";
pub const PALETTE_RED: &str = "상승 빨강·하락 파랑";
pub const PALETTE_GREEN: &str = "상승 초록·하락 빨강";
pub const API_DOCS: &str = "API 문서";
pub const DISCLAIMER: &str = "이 사이트의 정보는 투자 참고용이며 투자 권유가 아닙니다.";
pub const DEMO_BADGE: &str = "예시 데이터";
pub const DEMO_NOTICE: &str = "화면의 종목과 시세는 모두 지어낸 것입니다. 실제 시장과 관계가 없습니다.";

/// How the signed-in user is addressed.
pub fn greeting(name: &str) -> String {
    format!("{name}님")
}

/// A page's title in the browser's tab.
pub fn page_title(title: &str) -> String {
    format!("{title} · {BRAND}")
}
