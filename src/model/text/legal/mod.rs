//! What users agree to, in every language, and what stands around it. Templates: the operator
//! answers for them. A text that changes gets another version, and a line in its history; users
//! are then asked to agree anew.

pub mod marketing;
pub mod privacy;
pub mod terms;

use crate::model::legal::{ConsentKind, Text};

// What stands in the place of what only the operator can say.
pub const GAP_OPERATOR: Text = Text {
    ko: "운영자 이름",
    en: "name of the operator",
};
pub const GAP_CONTACT: Text = Text {
    ko: "운영자 연락처",
    en: "contact of the operator",
};
pub const GAP_OFFICER: Text = Text {
    ko: "개인정보 보호책임자",
    en: "privacy officer",
};
pub const GAP_PROCESSORS: Text = Text {
    ko: "개인정보 처리를 맡긴 곳 또는 ‘없음’",
    en: "processors of personal data, or “none”",
};

// What is said to the operator above a text with gaps.
pub const TO_COMPLETE: Text = Text {
    ko: "운영자가 채워야 하는 항목이 남아 있습니다",
    en: "The operator has to complete this text",
};
pub const TO_COMPLETE_HELP: Text = Text {
    ko: "아래에 표시된 곳은 다음 설정으로 채웁니다. 이 글은 서식이며 법률 자문이 아니므로, 공개하기 전에 실제 운영에 맞는지 확인하세요.",
    en: "The marked places are filled in by these settings. This text is a template and no legal advice: check it against what you really do before you open the site to others.",
};

// What stands around the texts.
pub const IN_FORCE_FROM: Text = Text {
    ko: "시행일: {day}",
    en: "In force from {day}",
};
pub const HISTORY: Text = Text {
    ko: "변경 이력",
    en: "Changes",
};
pub const HISTORY_DAY: Text = Text {
    ko: "시행일",
    en: "In force from",
};
pub const HISTORY_CHANGE: Text = Text {
    ko: "바뀐 내용",
    en: "What changed",
};

// The summary beside a box.
pub const SEE_SUMMARY: Text = Text {
    ko: "내용 보기",
    en: "Show what it says",
};
pub const SEE_SUMMARY_OF: Text = Text {
    ko: "{title} 내용 보기",
    en: "Show what it says: {title}",
};
pub const SEE_WHOLE: Text = Text {
    ko: "{title} 전문 보기 (새 창)",
    en: "The whole text: {title} (new window)",
};
pub const PURPOSE: Text = Text {
    ko: "목적",
    en: "Purpose",
};
pub const ITEMS: Text = Text {
    ko: "항목",
    en: "Items",
};
pub const PERIOD: Text = Text {
    ko: "보유·이용 기간",
    en: "Period",
};
pub const REFUSAL: Text = Text {
    ko: "거부할 권리",
    en: "Right to refuse",
};

// On the user's own page.
pub const CONSENTS: Text = Text {
    ko: "약관 동의",
    en: "Consents",
};
pub const AGREED: Text = Text {
    ko: "{version}판에 {when} 동의",
    en: "Version {version}, agreed to on {when}",
};
pub const NEVER_AGREED: Text = Text {
    ko: "동의 기록 없음",
    en: "No consent on record",
};
pub const NO_MARKETING: Text = Text {
    ko: "동의하지 않음",
    en: "Not agreed to",
};
pub const OUTDATED: Text = Text {
    ko: "동의한 뒤에 바뀐 약관이 있습니다",
    en: "Terms have changed since you agreed",
};
pub const OUTDATED_HELP: Text = Text {
    ko: "바뀐 내용을 읽고 계속 이용하려면 다시 동의해 주세요. 동의하지 않으면 회원 탈퇴로 계정과 개인정보를 바로 지울 수 있습니다.",
    en: "Please read what changed and agree again to go on. If you do not agree, you can delete your account and your data at once.",
};
pub const NOT_YET_AGREED: Text = Text {
    ko: "아직 동의하지 않은 약관이 있습니다",
    en: "There are terms that you have not agreed to",
};
pub const NEW_VERSION: Text = Text {
    ko: "{version}부터 시행",
    en: "in force from {version}",
};
/// One button for each text: whoever agrees to one need not agree to the other.
#[must_use]
pub const fn agree_anew(kind: ConsentKind) -> Text {
    match kind {
        ConsentKind::Terms => Text {
            ko: "이용약관에 동의합니다",
            en: "I agree to the terms of use",
        },
        ConsentKind::Privacy => Text {
            ko: "개인정보 수집·이용에 동의합니다",
            en: "I agree to the collection and use of my personal data",
        },
        ConsentKind::Marketing => MARKETING_ON,
    }
}
pub const MARKETING_ON: Text = Text {
    ko: "소식과 혜택 안내 받기",
    en: "Receive news and offers",
};
pub const MARKETING_OFF: Text = Text {
    ko: "소식과 혜택 안내 동의 철회",
    en: "Withdraw consent to news and offers",
};
pub const AGREED_ANEW: Text = Text {
    ko: "동의를 저장했습니다.",
    en: "Your consent is stored.",
};
pub const MARKETING_GIVEN: Text = Text {
    ko: "소식과 혜택 안내를 받기로 했습니다.",
    en: "You agreed to receive news and offers.",
};
pub const MARKETING_WITHDRAWN: Text = Text {
    ko: "소식과 혜택 안내 동의를 철회했습니다. 동의 기록도 지웠습니다.",
    en: "Your consent to news and offers is withdrawn, and its record deleted.",
};

// What is filled in that is not the operator's word.
pub const NO_PROCESSORS: Text = Text {
    ko: "없음", en: "none"
};

/// What leaves the server for the operator's own eyes.
#[must_use]
pub const fn reports(errors: bool, traces: bool) -> Text {
    match (errors, traces) {
        (false, false) => Text {
            ko: "오류 보고와 요청 추적을 외부로 보내지 않습니다.",
            en: "No reports of errors and no traces of requests leave the server.",
        },
        (true, false) => Text {
            ko: "서버에 오류가 나면 오류 내용과 요청 번호를 운영자가 정한 오류 수집 서비스로 보냅니다. 요청 추적은 외부로 보내지 않습니다.",
            en: "When the server fails, the error and the number of the request are sent to a service that the operator chose. No traces of requests leave the server.",
        },
        (false, true) => Text {
            ko: "요청 번호, 방식, 경로, 처리 시간을 운영자가 정한 추적 수집 서비스로 보냅니다. 아이디, 이름, IP 주소는 보내지 않습니다. 오류 보고는 외부로 보내지 않습니다.",
            en: "Number, method, path and duration of requests are sent to a collector of traces that the operator chose, without ids, names or IP addresses. No reports of errors leave the server.",
        },
        (true, true) => Text {
            ko: "서버에 오류가 나면 오류 내용과 요청 번호를, 그리고 모든 요청의 번호, 방식, 경로, 처리 시간을 운영자가 정한 수집 서비스로 보냅니다. 추적 정보에는 아이디, 이름, IP 주소가 없습니다.",
            en: "When the server fails, the error and the number of the request, and of every request its number, method, path and duration are sent to services that the operator chose. Traces hold no ids, names or IP addresses.",
        },
    }
}
