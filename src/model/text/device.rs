//! Programs whose names are Korean; the others are called the same everywhere.

texts! {
    kakaotalk: "카카오톡", "KakaoTalk";
    naver_app: "네이버 앱", "Naver app";
    whale: "네이버 웨일", "Naver Whale";
    unknown: "알 수 없는 기기", "Unknown device";
}
