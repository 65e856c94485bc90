//! `/account`.

pub const TITLE: &str = "내 정보";
pub const PROFILE: &str = "프로필";
pub const JOINED: &str = "가입일";
pub const LAST_LOGIN: &str = "마지막 로그인";
pub const NEVER: &str = "기록 없음";
pub const SIGN_OUT_HELP: &str = "이 기기에서 로그아웃합니다. 다른 기기의 로그인은 유지됩니다.";
