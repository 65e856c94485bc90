//! Signing up, signing in, signing out, and the rules for what is typed there.

use crate::model::Language;

texts! {
    login: "로그인", "Sign in";
    login_lead: "아이디와 비밀번호를 입력하세요.", "Enter your user ID and password.";
    logout: "로그아웃", "Sign out";
    signup: "회원가입", "Sign up";
    signup_lead: "국내 상장종목을 보려면 계정이 필요합니다.", "You need an account to see listed Korean stocks.";
    signed_out: "로그아웃되었습니다.", "You have been signed out.";
    signed_up: "가입이 완료되었습니다. 로그인하세요.", "Your account has been created. Please sign in.";
    login_required: "로그인이 필요한 페이지입니다.", "Please sign in to see this page.";
    session_ended:
        "로그인이 끝났습니다. 다시 로그인하면 보던 페이지로 돌아갑니다.",
        "Your session has ended. Sign in again, and you are back where you were.";
    have_account: "이미 계정이 있다면", "Already have an account?";
    no_account: "아직 계정이 없다면", "No account yet?";
    busy: "처리 중…", "Working…";

    user_id: "아이디", "User ID";
    email: "이메일", "Email";
    name: "이름", "Name";
    password: "비밀번호", "Password";
    password_confirm: "비밀번호 확인", "Confirm password";
    remember_me: "로그인 상태 유지", "Keep me signed in";
    show_password: "표시", "Show";
    hide_password: "숨기기", "Hide";
    consents: "약관 동의", "Terms";
    agree_terms: "(필수) 이용약관에 동의합니다.", "(Required) I agree to the terms of use.";
    agree_privacy: "(필수) 개인정보 수집·이용에 동의합니다.", "(Required) I agree to the collection and use of my personal data.";
    agree_marketing: "(선택) 소식과 혜택 안내를 받습니다.", "(Optional) Send me news and offers.";

    user_id_help: "영문, 숫자, 밑줄(_) 4~20자", "4 to 20 letters, digits or underscores (_)";
    email_help: "계정 안내를 받을 주소입니다.", "Where we write to about your account.";
    name_help: "2~100자", "2 to 100 characters";

    user_id_form: "아이디는 영문, 숫자, 밑줄(_)로 4~20자여야 합니다.", "A user ID has 4 to 20 letters, digits or underscores (_).";
    email_form: "올바른 이메일 주소를 입력하세요. 예: name@example.com", "Enter a valid email address. Example: name@example.com";
    email_too_long: "이메일은 100자 이하여야 합니다.", "An email address has at most 100 characters.";
    name_form: "이름은 2~100자여야 합니다.", "A name has 2 to 100 characters.";
    name_characters: "이름에 제어 문자를 넣을 수 없습니다.", "A name cannot contain control characters.";
    user_id_missing: "아이디를 입력하세요.", "Enter your user ID.";
    email_missing: "이메일을 입력하세요.", "Enter your email address.";
    name_missing: "이름을 입력하세요.", "Enter your name.";
    password_missing: "비밀번호를 입력하세요.", "Enter a password.";
    password_confirm_mismatch: "비밀번호가 서로 일치하지 않습니다.", "The passwords do not match.";
    agree_missing: "필수 약관에 동의해야 가입할 수 있습니다.", "You need to agree to the required terms to sign up.";
    terms_missing: "이용약관에 동의해야 가입할 수 있습니다.", "You need to agree to the terms of use to sign up.";
    privacy_missing:
        "개인정보 수집·이용에 동의해야 가입할 수 있습니다.",
        "You need to agree to the collection and use of personal data to sign up.";

    password_uppercase: "영문 대문자를 하나 이상 넣어야 합니다.", "Include at least one upper-case letter.";
    password_lowercase: "영문 소문자를 하나 이상 넣어야 합니다.", "Include at least one lower-case letter.";
    password_digit: "숫자를 하나 이상 넣어야 합니다.", "Include at least one digit.";
    password_special: "특수문자를 하나 이상 넣어야 합니다.", "Include at least one special character.";
    password_characters: "비밀번호에 제어 문자를 넣을 수 없습니다.", "A password cannot contain control characters.";
    password_common:
        "널리 쓰여 쉽게 알아낼 수 있는 비밀번호입니다. 다른 비밀번호를 입력하세요.",
        "This password is widely used and easy to guess. Choose another one.";
    password_personal:
        "아이디, 이메일, 이름이 들어간 비밀번호는 쓸 수 없습니다.",
        "A password cannot contain your user ID, email address or name.";

    /// Fewer characters than the policy's minimum.
    password_too_short(min: usize): "비밀번호는 {min}자 이상이어야 합니다.", "A password has at least {min} characters.";

    /// More characters than anybody may use.
    password_too_long(max: usize): "비밀번호는 {max}자 이하여야 합니다.", "A password has at most {max} characters.";

    class_uppercase: "영문 대문자", "an upper-case letter";
    class_lowercase: "소문자", "a lower-case letter";
    class_digit: "숫자", "a digit";
    class_special: "특수문자", "a special character";

    /// Rules of the policy in a few words, for the meter.
    rule_characters: "제어 문자 없음", "no control characters";

    rule_at_least(min: usize): "{min}자 이상", "at least {min} characters";

    rule_at_most(max: usize): "{max}자 이하", "at most {max} characters";

    strength_label: "비밀번호 안전도", "Password strength";
    generate: "안전한 비밀번호 만들기", "Generate a safe password";
    generated:
        "새 비밀번호를 두 칸에 넣었습니다. 비밀번호 관리자에 저장하거나 안전한 곳에 적어 두세요.",
        "A new password has been put into both fields. Save it in your password manager or note it in a safe place.";
    not_generated:
        "지금은 비밀번호를 만들 수 없습니다. 잠시 후 다시 시도하세요.",
        "A password cannot be generated right now. Try again in a moment.";
}

/// The button that shows what was typed as a password, or hides it again.
#[must_use]
pub fn password_switch(is_shown: bool) -> &'static str {
    if is_shown { hide_password() } else { show_password() }
}

/// The same for one field among others.
#[must_use]
pub fn password_switch_of(field: &str, is_shown: bool) -> String {
    let switch = password_switch(is_shown);
    match Language::now() {
        Language::Ko => format!("{field} {switch}"),
        Language::En => format!("{switch}: {field}"),
    }
}

/// What a password must be, for the help below the field.
#[must_use]
pub fn password_help(min: usize, max: usize, classes: &[&str]) -> String {
    let classes = (!classes.is_empty()).then(|| classes.join(", "));
    match (Language::now(), classes) {
        (Language::Ko, None) => format!("{min}~{max}자"),
        (Language::Ko, Some(classes)) => format!("{classes}를 포함한 {min}~{max}자"),
        (Language::En, None) => format!("{min} to {max} characters"),
        (Language::En, Some(classes)) => format!("{min} to {max} characters, with {classes}"),
    }
}

/// The score of a password, from 0 to 4.
#[must_use]
pub fn strength_word(score: u8) -> &'static str {
    let (ko, en) = match score {
        0 => ("매우 약함", "very weak"),
        1 => ("약함", "weak"),
        2 => ("보통", "fair"),
        3 => ("강함", "strong"),
        _ => ("매우 강함", "very strong"),
    };
    match Language::now() {
        Language::Ko => ko,
        Language::En => en,
    }
}

/// What the meter shows, in words.
#[must_use]
pub fn strength(word: &str, missing: &[&str], refusal: Option<&str>) -> String {
    let missing = missing.join(", ");
    match (Language::now(), refusal) {
        (Language::Ko, Some(refusal)) => format!("안전도: {word}. {refusal}"),
        (Language::Ko, None) if missing.is_empty() => format!("안전도: {word}."),
        (Language::Ko, None) => format!("안전도: {word}. 더 필요한 것: {missing}"),
        (Language::En, Some(refusal)) => format!("Strength: {word}. {refusal}"),
        (Language::En, None) if missing.is_empty() => format!("Strength: {word}."),
        (Language::En, None) => format!("Strength: {word}. Still needed: {missing}"),
    }
}
