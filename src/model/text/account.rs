//! `/account` and the pages below it.

texts! {
    title: "내 정보", "My account";
    menu: "내 정보 메뉴", "Account menu";

    // What the pages are called in their menu and in their headings.
    profile: "프로필", "Profile";
    password: "비밀번호", "Password";
    password_title: "비밀번호 변경", "Change password";
    devices: "기기", "Devices";
    devices_title: "로그인한 기기", "Signed-in devices";
    history: "로그인 기록", "Sign-in history";
    delete: "회원 탈퇴", "Close account";

    kst: "시각은 한국 시간(KST)입니다.", "Times are Korean time (KST).";

    joined: "가입일", "Joined";
    last_login: "마지막 로그인", "Last sign-in";
    never: "기록 없음", "None yet";
    edit_name: "이름 변경", "Change name";
    save: "저장", "Save";
    name_saved: "이름을 변경했습니다.", "Your name has been changed.";
    sign_out_help:
        "이 기기에서 로그아웃합니다. 다른 기기의 로그인은 유지됩니다.",
        "Signs you out on this device. Your other devices stay signed in.";

    password_lead:
        "변경하면 다른 기기는 모두 로그아웃되고 이 기기의 로그인은 유지됩니다.",
        "Changing your password signs out all other devices. This one stays signed in.";
    current_password: "현재 비밀번호", "Current password";
    new_password: "새 비밀번호", "New password";
    new_password_confirm: "새 비밀번호 확인", "Confirm new password";
    change: "변경", "Change";
    password_changed:
        "비밀번호를 변경했습니다. 다른 기기는 모두 로그아웃되었습니다.",
        "Your password has been changed. All other devices have been signed out.";
    password_unchanged: "현재 비밀번호와 다른 비밀번호를 입력하세요.", "Enter a password that differs from the current one.";

    devices_lead:
        "모르는 기기가 있으면 로그아웃하고 비밀번호를 변경하세요.",
        "If you do not recognise a device, sign it out and change your password.";
    this_device: "이 기기", "This device";
    remembered: "로그인 상태 유지", "Stays signed in";
    last_used: "마지막 사용", "Last used";
    signed_in: "로그인", "Signed in";
    address: "접속 위치", "Location";
    unknown_address: "알 수 없음", "Unknown";
    sign_out_others: "다른 기기 모두 로그아웃", "Sign out all other devices";
    sign_out_others_help: "이 기기를 뺀 모든 기기에서 바로 로그아웃합니다.", "Signs out every device but this one at once.";
    no_others: "로그인한 다른 기기가 없습니다.", "No other device is signed in.";
    device_signed_out: "기기를 로그아웃했습니다.", "The device has been signed out.";
    others_signed_out: "다른 기기를 모두 로그아웃했습니다.", "All other devices have been signed out.";
    theft:
        "로그인 정보가 복사되어 쓰인 것으로 보여 아래 기기를 로그아웃했습니다. 비밀번호를 변경하는 것이 안전합니다.",
        "Your sign-in seems to have been copied and used, so the device below has been signed out. You should change your password.";

    history_lead: "모르는 로그인이 있으면 비밀번호를 변경하세요.", "If you do not recognise a sign-in, change your password.";
    time: "일시", "Time";
    result: "결과", "Result";
    success: "성공", "Success";
    failure: "실패", "Failure";
    device: "기기", "Device";
    history_pages: "로그인 기록 페이지", "Sign-in history pages";
    newer: "최근 기록", "Newer";
    older: "이전 기록", "Older";
    no_history: "기록이 없습니다", "No records";
    no_history_help: "이보다 오래된 로그인 기록이 없습니다.", "There are no older sign-ins.";
    newest: "최근 기록 보기", "Show newest";

    delete_lead:
        "계정, 기기, 로그인 기록, 약관 동의가 모두 삭제됩니다. 삭제한 정보는 되돌릴 수 없습니다.",
        "Your account, devices, sign-in history and consents will all be deleted. This cannot be undone.";
    delete_confirm:
        "모든 정보가 삭제되며 되돌릴 수 없음을 확인했습니다.",
        "I understand that everything will be deleted and cannot be restored.";
    delete_confirm_missing: "확인란에 체크해야 탈퇴할 수 있습니다.", "Tick the box to close your account.";
    delete_button: "계정 삭제", "Delete account";
    deleted: "계정을 삭제했습니다. 이용해 주셔서 감사합니다.", "Your account has been deleted. Thank you for having been with us.";

    /// A device that was ended, in the notice about it.
    ended(device: &str, address: &str, time: &str): "{device}, {address}, {time}", "{device}, {address}, {time}";

    /// A button among others of the same name, read aloud.
    sign_out_of(device: &str): "{device} 로그아웃", "Sign out {device}";
}
