//! `/account` and the pages below it.

pub const TITLE: &str = "내 정보";
pub const MENU: &str = "내 정보 메뉴";

// What the pages are called in their menu and in their headings.
pub const PROFILE: &str = "프로필";
pub const PASSWORD: &str = "비밀번호";
pub const PASSWORD_TITLE: &str = "비밀번호 변경";
pub const DEVICES: &str = "기기";
pub const DEVICES_TITLE: &str = "로그인한 기기";
pub const HISTORY: &str = "로그인 기록";
pub const DELETE: &str = "회원 탈퇴";

pub const KST: &str = "시각은 한국 시간(KST)입니다.";

pub const JOINED: &str = "가입일";
pub const LAST_LOGIN: &str = "마지막 로그인";
pub const NEVER: &str = "기록 없음";
pub const EDIT_NAME: &str = "이름 변경";
pub const SAVE: &str = "저장";
pub const NAME_SAVED: &str = "이름을 변경했습니다.";
pub const SIGN_OUT_HELP: &str = "이 기기에서 로그아웃합니다. 다른 기기의 로그인은 유지됩니다.";

pub const PASSWORD_LEAD: &str = "변경하면 다른 기기는 모두 로그아웃되고 이 기기의 로그인은 유지됩니다.";
pub const CURRENT_PASSWORD: &str = "현재 비밀번호";
pub const NEW_PASSWORD: &str = "새 비밀번호";
pub const NEW_PASSWORD_CONFIRM: &str = "새 비밀번호 확인";
pub const CHANGE: &str = "변경";
pub const PASSWORD_CHANGED: &str = "비밀번호를 변경했습니다. 다른 기기는 모두 로그아웃되었습니다.";
pub const PASSWORD_UNCHANGED: &str = "현재 비밀번호와 다른 비밀번호를 입력하세요.";

pub const DEVICES_LEAD: &str = "모르는 기기가 있으면 로그아웃하고 비밀번호를 변경하세요.";
pub const THIS_DEVICE: &str = "이 기기";
pub const REMEMBERED: &str = "로그인 상태 유지";
pub const LAST_USED: &str = "마지막 사용";
pub const SIGNED_IN: &str = "로그인";
pub const ADDRESS: &str = "접속 위치";
pub const UNKNOWN_ADDRESS: &str = "알 수 없음";
pub const SIGN_OUT_OTHERS: &str = "다른 기기 모두 로그아웃";
pub const SIGN_OUT_OTHERS_HELP: &str = "이 기기를 뺀 모든 기기에서 바로 로그아웃합니다.";
pub const NO_OTHERS: &str = "로그인한 다른 기기가 없습니다.";
pub const DEVICE_SIGNED_OUT: &str = "기기를 로그아웃했습니다.";
pub const OTHERS_SIGNED_OUT: &str = "다른 기기를 모두 로그아웃했습니다.";
pub const THEFT: &str =
    "로그인 정보가 복사되어 쓰인 것으로 보여 아래 기기를 로그아웃했습니다. 비밀번호를 변경하는 것이 안전합니다.";

pub const HISTORY_LEAD: &str = "모르는 로그인이 있으면 비밀번호를 변경하세요.";
pub const TIME: &str = "일시";
pub const RESULT: &str = "결과";
pub const SUCCESS: &str = "성공";
pub const FAILURE: &str = "실패";
pub const DEVICE: &str = "기기";
pub const HISTORY_PAGES: &str = "로그인 기록 페이지";
pub const NEWER: &str = "최근 기록";
pub const OLDER: &str = "이전 기록";
pub const NO_HISTORY: &str = "기록이 없습니다";
pub const NO_HISTORY_HELP: &str = "이보다 오래된 로그인 기록이 없습니다.";
pub const NEWEST: &str = "최근 기록 보기";

pub const DELETE_LEAD: &str = "계정, 기기, 로그인 기록, 약관 동의가 모두 삭제됩니다. 삭제한 정보는 되돌릴 수 없습니다.";
pub const DELETE_CONFIRM: &str = "모든 정보가 삭제되며 되돌릴 수 없음을 확인했습니다.";
pub const DELETE_CONFIRM_MISSING: &str = "확인란에 체크해야 탈퇴할 수 있습니다.";
pub const DELETE_BUTTON: &str = "계정 삭제";
pub const DELETED: &str = "계정을 삭제했습니다. 이용해 주셔서 감사합니다.";

/// A device that was ended, in the notice about it.
pub fn ended(device: &str, address: &str, time: &str) -> String {
    format!("{device}, {address}, {time}")
}

/// A button among others of the same name, read aloud.
pub fn sign_out_of(device: &str) -> String {
    format!("{device} 로그아웃")
}
