//! Programs whose names are Korean; the others are called the same everywhere.

pub const KAKAOTALK: &str = "카카오톡";
pub const NAVER_APP: &str = "네이버 앱";
pub const WHALE: &str = "네이버 웨일";
pub const UNKNOWN: &str = "알 수 없는 기기";
