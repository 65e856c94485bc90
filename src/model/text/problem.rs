//! What went wrong: the `detail` of error answers and the text of error pages.

use super::counted;
use crate::model::Language;

texts! {
    invalid_input: "입력한 내용을 확인하세요.", "Check what you have entered.";
    malformed_body: "요청 본문을 읽을 수 없습니다. 형식이 올바른지 확인하세요.", "The request body cannot be read. Check its format.";
    unsupported_media_type:
        "지원하지 않는 형식의 요청 본문입니다. Content-Type을 확인하세요.",
        "The type of the request body is not supported. Check Content-Type.";
    body_too_large: "요청 본문이 너무 큽니다. 64 KiB까지 보낼 수 있습니다.", "The request body is too large. Up to 64 KiB are accepted.";
    password_policy: "비밀번호가 정책에 맞지 않습니다.", "The password does not meet the policy.";
    invalid_credentials: "아이디 또는 비밀번호가 올바르지 않습니다.", "The user ID or password is wrong.";
    missing_token: "로그인이 필요합니다.", "Please sign in.";
    invalid_token: "인증 토큰이 유효하지 않습니다.", "The access token is not valid.";
    expired_token: "인증 토큰이 만료되었습니다.", "The access token has expired.";
    invalid_refresh_token: "유효하지 않은 리프레시 토큰입니다. 다시 로그인하세요.", "The refresh token is not valid. Please sign in again.";
    account_deactivated: "비활성화된 계정입니다. 관리자에게 문의하세요.", "This account is deactivated. Contact the administrator.";
    cross_site: "다른 사이트에서 보낸 요청이라 처리하지 않았습니다.", "The request came from another site and was not carried out.";
    forbidden: "이 작업을 할 권한이 없습니다.", "You are not allowed to do this.";
    plain_http:
        "암호화되지 않은 연결로는 처리하지 않습니다. https 주소로 접속하세요.",
        "Unencrypted connections are not served. Use the https address.";
    not_found: "요청한 주소를 찾을 수 없습니다.", "The address was not found.";
    stock_not_found: "해당 종목을 찾을 수 없습니다.", "The stock was not found.";
    export_not_allowed: "이 출처의 데이터는 파일로 내려받을 수 없습니다.", "Data of this source cannot be downloaded as a file.";
    not_watched: "관심종목에 없는 종목입니다.", "The stock is not on your watchlist.";
    method_not_allowed: "이 주소에서 지원하지 않는 요청 방식입니다.", "This address does not support the request method.";
    user_id_taken: "이미 존재하는 아이디입니다.", "This user ID is taken.";
    unknown_device: "이미 로그아웃되었거나 없는 기기입니다.", "The device is unknown or already signed out.";
    email_taken: "이미 등록된 이메일입니다.", "This email address is already registered.";
    wrong_current_password: "현재 비밀번호가 올바르지 않습니다.", "The current password is wrong.";
    busy: "요청이 많아 지금은 처리할 수 없습니다. 잠시 후 다시 시도하세요.", "There are too many requests right now. Try again in a moment.";
    unavailable:
        "서비스를 잠시 사용할 수 없습니다. 잠시 후 다시 시도하세요.",
        "The service is not available right now. Try again in a moment.";
    no_market: "아직 불러온 시장 데이터가 없습니다. 잠시 후 다시 시도하세요.", "No market data has been loaded yet. Try again in a moment.";
    internal:
        "서버에서 문제가 생겼습니다. 계속되면 요청 번호와 함께 관리자에게 알려 주세요.",
        "Something went wrong on the server. If it happens again, tell the administrator the request number.";
    request_id: "요청 번호", "Request number";
    unreachable:
        "서버에 연결할 수 없습니다. 네트워크를 확인하고 다시 시도하세요.",
        "The server cannot be reached. Check your network and try again.";

    not_found_title: "페이지를 찾을 수 없습니다", "Page not found";
    not_found_help: "주소가 바뀌었거나 없어진 페이지입니다.", "The page has moved or no longer exists.";
    fault_title: "페이지를 열 수 없습니다", "The page cannot be shown";
    back_to_stocks: "상장종목 보기", "Listed stocks";
    back_home: "처음으로", "Home";
    retry: "다시 시도", "Try again";

    /// A query parameter or field outside of what is accepted.
    accepted(values: &str): "다음 값만 쓸 수 있습니다: {values}", "Only these values are accepted: {values}";

    /// A number outside of its range.
    range(min: u64, max: u64): "{min}에서 {max} 사이의 정수여야 합니다.", "Must be a whole number from {min} to {max}.";

    /// A number below the smallest, or none at all.
    at_least(min: u64): "{min} 이상의 정수여야 합니다.", "Must be a whole number of at least {min}.";

    /// More characters than a query may have.
    at_most_characters(max: usize): "{max}자 이하여야 합니다.", "Must have at most {max} characters.";

    required: "필수 항목입니다.", "This field is required.";
    wrong_type: "값의 형식이 올바르지 않습니다.", "The value has the wrong type.";

    /// Back at a form whose user's session had ended as it was sent.
    session_ended_meanwhile:
        "로그인이 끝나서 처리하지 못했습니다. 입력한 내용은 그대로 있으니 확인하고 다시 보내 주세요. 비밀번호는 다시 입력해야 합니다.",
        "Your session had ended, so nothing was changed. What you entered is still here: check it and send it again. Passwords have to be entered again.";
}

/// Too many tries; when to try again.
#[must_use]
pub fn rate_limited(seconds: u64) -> String {
    let minutes = seconds.div_ceil(60);
    match (Language::now(), seconds < 60) {
        (Language::Ko, true) => format!("시도가 너무 많습니다. {seconds}초 후에 다시 시도하세요."),
        (Language::Ko, false) => format!("시도가 너무 많습니다. {minutes}분 후에 다시 시도하세요."),
        (Language::En, true) => {
            format!(
                "Too many attempts. Try again in {}.",
                counted(seconds, "second", "seconds")
            )
        }
        (Language::En, false) => {
            format!(
                "Too many attempts. Try again in {}.",
                counted(minutes, "minute", "minutes")
            )
        }
    }
}

/// More values in a list than are accepted.
#[must_use]
pub fn at_most_values(max: usize) -> String {
    match Language::now() {
        Language::Ko => format!("값은 {max}개까지 쓸 수 있습니다."),
        Language::En => format!("At most {} can be given.", counted(max, "value", "values")),
    }
}
