//! What the style guide shows its components with: names of companies that do not exist, and one
//! that is as long as names get. Its other texts are for developers and in English.

/// Code and name.
pub const ISSUES: [(&str, &str); 6] = [
    ("900010", "가온전자"),
    ("900020", "노바다바이오"),
    ("900030", "두루해운"),
    ("900040", "모아소프트"),
    ("900050", "보라건설우"),
    ("900060", LONG_NAME),
];

pub const LONG_NAME: &str = "한국투자ANKOR유전해외자원개발특별자산투자회사1호";
pub const INDUSTRY: &str = "전자부품, 컴퓨터, 영상, 음향 및 통신장비 제조업";
pub const FAULT: &str = "이미 존재하는 아이디입니다.";
pub const WRONG: &str = "아이디 또는 비밀번호가 올바르지 않습니다.";
pub const DONE: &str = "변경했습니다.";
pub const RULES: [(&str, bool); 3] = [("8자 이상", true), ("대문자", true), ("특수문자", false)];
