//! What went wrong: the `detail` of error answers and the text of error pages.

pub const INVALID_INPUT: &str = "입력한 내용을 확인하세요.";
pub const MALFORMED_BODY: &str = "요청 본문을 읽을 수 없습니다. 형식이 올바른지 확인하세요.";
pub const UNSUPPORTED_MEDIA_TYPE: &str = "지원하지 않는 형식의 요청 본문입니다. Content-Type을 확인하세요.";
pub const BODY_TOO_LARGE: &str = "요청 본문이 너무 큽니다. 64 KiB까지 보낼 수 있습니다.";
pub const PASSWORD_POLICY: &str = "비밀번호가 정책에 맞지 않습니다.";
pub const INVALID_CREDENTIALS: &str = "아이디 또는 비밀번호가 올바르지 않습니다.";
pub const MISSING_TOKEN: &str = "로그인이 필요합니다.";
pub const INVALID_TOKEN: &str = "인증 토큰이 유효하지 않습니다.";
pub const EXPIRED_TOKEN: &str = "인증 토큰이 만료되었습니다.";
pub const INVALID_REFRESH_TOKEN: &str = "유효하지 않은 리프레시 토큰입니다. 다시 로그인하세요.";
pub const ACCOUNT_DEACTIVATED: &str = "비활성화된 계정입니다. 관리자에게 문의하세요.";
pub const CROSS_SITE: &str = "다른 사이트에서 보낸 요청이라 처리하지 않았습니다.";
pub const FORBIDDEN: &str = "이 작업을 할 권한이 없습니다.";
pub const PLAIN_HTTP: &str = "암호화되지 않은 연결로는 처리하지 않습니다. https 주소로 접속하세요.";
pub const NOT_FOUND: &str = "요청한 주소를 찾을 수 없습니다.";
pub const STOCK_NOT_FOUND: &str = "해당 종목을 찾을 수 없습니다.";
pub const EXPORT_NOT_ALLOWED: &str = "이 출처의 데이터는 파일로 내려받을 수 없습니다.";
pub const NOT_WATCHED: &str = "관심종목에 없는 종목입니다.";
pub const METHOD_NOT_ALLOWED: &str = "이 주소에서 지원하지 않는 요청 방식입니다.";
pub const USER_ID_TAKEN: &str = "이미 존재하는 아이디입니다.";
pub const UNKNOWN_DEVICE: &str = "이미 로그아웃되었거나 없는 기기입니다.";
pub const EMAIL_TAKEN: &str = "이미 등록된 이메일입니다.";
pub const WRONG_CURRENT_PASSWORD: &str = "현재 비밀번호가 올바르지 않습니다.";
pub const BUSY: &str = "요청이 많아 지금은 처리할 수 없습니다. 잠시 후 다시 시도하세요.";
pub const UNAVAILABLE: &str = "서비스를 잠시 사용할 수 없습니다. 잠시 후 다시 시도하세요.";
pub const NO_MARKET: &str = "아직 불러온 시장 데이터가 없습니다. 잠시 후 다시 시도하세요.";
pub const INTERNAL: &str = "서버에서 문제가 생겼습니다. 계속되면 요청 번호와 함께 관리자에게 알려 주세요.";
pub const REQUEST_ID: &str = "요청 번호";
pub const UNREACHABLE: &str = "서버에 연결할 수 없습니다. 네트워크를 확인하고 다시 시도하세요.";

pub const NOT_FOUND_TITLE: &str = "페이지를 찾을 수 없습니다";
pub const NOT_FOUND_HELP: &str = "주소가 바뀌었거나 없어진 페이지입니다.";
pub const FAULT_TITLE: &str = "페이지를 열 수 없습니다";
pub const BACK_TO_STOCKS: &str = "상장종목 보기";
pub const BACK_HOME: &str = "처음으로";
pub const RETRY: &str = "다시 시도";

/// A query parameter or field outside of what is accepted.
pub fn accepted(values: &str) -> String {
    format!("다음 값만 쓸 수 있습니다: {values}")
}

/// Too many tries; when to try again.
pub fn rate_limited(seconds: u64) -> String {
    if seconds < 60 {
        format!("시도가 너무 많습니다. {seconds}초 후에 다시 시도하세요.")
    } else {
        format!("시도가 너무 많습니다. {}분 후에 다시 시도하세요.", seconds.div_ceil(60))
    }
}

/// More values in a list than are accepted.
pub fn at_most_values(max: usize) -> String {
    format!("값은 {max}개까지 쓸 수 있습니다.")
}

/// A number outside of its range.
pub fn range(min: u64, max: u64) -> String {
    format!("{min}에서 {max} 사이의 정수여야 합니다.")
}

/// A number below the smallest, or none at all.
pub fn at_least(min: u64) -> String {
    format!("{min} 이상의 정수여야 합니다.")
}

/// More characters than a query may have.
pub fn at_most_characters(max: usize) -> String {
    format!("{max}자 이하여야 합니다.")
}

pub const REQUIRED: &str = "필수 항목입니다.";
pub const WRONG_TYPE: &str = "값의 형식이 올바르지 않습니다.";

/// Back at a form whose user's session had ended as it was sent.
pub const SESSION_ENDED_MEANWHILE: &str = "로그인이 끝나서 처리하지 못했습니다. 입력한 내용은 그대로 있으니 확인하고 다시 보내 주세요. 비밀번호는 다시 입력해야 합니다.";
