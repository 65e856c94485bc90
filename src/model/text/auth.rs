//! Signing up, signing in, signing out, and the rules for what is typed there.

pub const LOGIN: &str = "로그인";
pub const LOGIN_LEAD: &str = "아이디와 비밀번호를 입력하세요.";
pub const LOGOUT: &str = "로그아웃";
pub const SIGNUP: &str = "회원가입";
pub const SIGNUP_LEAD: &str = "국내 상장종목을 보려면 계정이 필요합니다.";
pub const SIGNED_OUT: &str = "로그아웃되었습니다.";
pub const SIGNED_UP: &str = "가입이 완료되었습니다. 로그인하세요.";
pub const LOGIN_REQUIRED: &str = "로그인이 필요한 페이지입니다.";
pub const HAVE_ACCOUNT: &str = "이미 계정이 있나요?";
pub const NO_ACCOUNT: &str = "아직 계정이 없나요?";
pub const BUSY: &str = "처리 중…";

pub const USER_ID: &str = "아이디";
pub const EMAIL: &str = "이메일";
pub const NAME: &str = "이름";
pub const PASSWORD: &str = "비밀번호";
pub const PASSWORD_CONFIRM: &str = "비밀번호 확인";
pub const REMEMBER_ME: &str = "로그인 상태 유지";
pub const SHOW_PASSWORD: &str = "표시";
pub const HIDE_PASSWORD: &str = "숨기기";
pub const CONSENTS: &str = "약관 동의";
pub const AGREE_TERMS: &str = "(필수) 이용약관에 동의합니다.";
pub const AGREE_PRIVACY: &str = "(필수) 개인정보 수집·이용에 동의합니다.";
pub const AGREE_MARKETING: &str = "(선택) 소식과 혜택 안내를 받습니다.";

pub const USER_ID_HELP: &str = "영문, 숫자, 밑줄(_) 4~20자";
pub const EMAIL_HELP: &str = "계정 안내를 받을 주소입니다.";
pub const NAME_HELP: &str = "2~100자";

pub const USER_ID_FORM: &str = "아이디는 영문, 숫자, 밑줄(_)로 4~20자여야 합니다.";
pub const EMAIL_FORM: &str = "올바른 이메일 주소를 입력하세요. 예: name@example.com";
pub const EMAIL_TOO_LONG: &str = "이메일은 100자 이하여야 합니다.";
pub const NAME_FORM: &str = "이름은 2~100자여야 합니다.";
pub const NAME_CHARACTERS: &str = "이름에 제어 문자를 넣을 수 없습니다.";
pub const USER_ID_MISSING: &str = "아이디를 입력하세요.";
pub const EMAIL_MISSING: &str = "이메일을 입력하세요.";
pub const NAME_MISSING: &str = "이름을 입력하세요.";
pub const PASSWORD_MISSING: &str = "비밀번호를 입력하세요.";
pub const PASSWORD_CONFIRM_MISMATCH: &str = "비밀번호가 서로 일치하지 않습니다.";
pub const AGREE_MISSING: &str = "필수 약관에 동의해야 가입할 수 있습니다.";
pub const TERMS_MISSING: &str = "이용약관에 동의해야 가입할 수 있습니다.";
pub const PRIVACY_MISSING: &str = "개인정보 수집·이용에 동의해야 가입할 수 있습니다.";

pub const PASSWORD_UPPERCASE: &str = "영문 대문자를 하나 이상 넣어야 합니다.";
pub const PASSWORD_LOWERCASE: &str = "영문 소문자를 하나 이상 넣어야 합니다.";
pub const PASSWORD_DIGIT: &str = "숫자를 하나 이상 넣어야 합니다.";
pub const PASSWORD_SPECIAL: &str = "특수문자를 하나 이상 넣어야 합니다.";
pub const PASSWORD_CHARACTERS: &str = "비밀번호에 제어 문자를 넣을 수 없습니다.";
pub const PASSWORD_COMMON: &str = "널리 쓰여 쉽게 알아낼 수 있는 비밀번호입니다. 다른 비밀번호를 입력하세요.";
pub const PASSWORD_PERSONAL: &str = "아이디, 이메일, 이름이 들어간 비밀번호는 쓸 수 없습니다.";

/// Fewer characters than the policy's minimum.
pub fn password_too_short(min: usize) -> String {
    format!("비밀번호는 {min}자 이상이어야 합니다.")
}

/// More characters than anybody may use.
pub fn password_too_long(max: usize) -> String {
    format!("비밀번호는 {max}자 이하여야 합니다.")
}

pub const CLASS_UPPERCASE: &str = "영문 대문자";
pub const CLASS_LOWERCASE: &str = "소문자";
pub const CLASS_DIGIT: &str = "숫자";
pub const CLASS_SPECIAL: &str = "특수문자";

/// What a password must be, for the help below the field.
pub fn password_help(min: usize, max: usize, classes: &[&str]) -> String {
    if classes.is_empty() {
        format!("{min}~{max}자")
    } else {
        format!("{}를 포함한 {min}~{max}자", classes.join(", "))
    }
}

/// Rules of the policy in a few words, for the meter.
pub const RULE_CHARACTERS: &str = "제어 문자 없음";

pub fn rule_at_least(min: usize) -> String {
    format!("{min}자 이상")
}

pub fn rule_at_most(max: usize) -> String {
    format!("{max}자 이하")
}

pub const STRENGTH: &str = "비밀번호 안전도";
pub const GENERATE: &str = "안전한 비밀번호 만들기";
pub const GENERATED: &str = "새 비밀번호를 두 칸에 넣었습니다. 비밀번호 관리자에 저장하거나 안전한 곳에 적어 두세요.";
pub const NOT_GENERATED: &str = "지금은 비밀번호를 만들 수 없습니다. 잠시 후 다시 시도하세요.";

/// The score of a password, from 0 to 4.
pub fn strength_word(score: u8) -> &'static str {
    match score {
        0 => "매우 약함",
        1 => "약함",
        2 => "보통",
        3 => "강함",
        _ => "매우 강함",
    }
}

/// What the meter shows, in words.
pub fn strength(word: &str, missing: &[&str], refusal: Option<&str>) -> String {
    match refusal {
        Some(refusal) => format!("안전도: {word}. {refusal}"),
        None if missing.is_empty() => format!("안전도: {word}."),
        None => format!("안전도: {word}. 더 필요한 것: {}", missing.join(", ")),
    }
}
