//! What every page shows: header, footer, navigation.

use crate::model::Language;

pub const BRAND: &str = "secondarymarket";

texts! {
    description: "국내 상장종목 시세를 한눈에 보는 자체 호스팅 서비스", "A self-hosted view of the Korean stock market";
    skip_to_content: "본문으로 건너뛰기", "Skip to content";
    main_menu: "주 메뉴", "Main menu";
    overview: "시장현황", "Market";
    stocks: "상장종목", "Stocks";
    information: "이용 안내", "Information";
    terms: "이용약관", "Terms of use";
    privacy: "개인정보처리방침", "Privacy policy";
    theme: "화면", "Theme";
    theme_system: "시스템", "System";
    theme_light: "밝게", "Light";
    theme_dark: "어둡게", "Dark";
    palette: "등락 색", "Colours";
    palette_red: "상승 빨강·하락 파랑", "Red up, blue down";
    palette_green: "상승 초록·하락 빨강", "Green up, red down";
    language: "언어", "Language";
    keys: "단축키", "Shortcuts";
    keys_on: "사용", "On";
    keys_off: "사용 안 함", "Off";
    api_docs: "API 문서", "API docs";
    disclaimer:
        "이 사이트의 정보는 투자 참고용이며 투자 권유가 아닙니다.",
        "The information on this site is for reference only and is not investment advice.";
    demo_badge: "예시 데이터", "Sample data";
    demo_notice:
        "화면의 종목과 시세는 모두 지어낸 것입니다. 실제 시장과 관계가 없습니다.",
        "All stocks and prices shown are made up. They have nothing to do with the real market.";

    /// A page's title in the browser's tab.
    page_title(title: &str): "{title} · {BRAND}", "{title} · {BRAND}";
}

/// How the signed-in user is addressed.
#[must_use]
pub fn greeting(name: &str) -> String {
    match Language::now() {
        Language::Ko => format!("{name}님"),
        Language::En => name.to_owned(),
    }
}
