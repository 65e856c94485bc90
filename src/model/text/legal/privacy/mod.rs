//! `/privacy`. What it says is what the program does: who changes what is stored, or for how long,
//! changes this text and its version.

mod collected;
mod cookies;
mod others;
mod rights;

use crate::model::legal::{ConsentKind, Document, Summary, Text};

/// The day from which the text holds.
pub const VERSION: &str = "2026-11-28";

pub const TITLE: Text = Text {
    ko: "개인정보처리방침",
    en: "Privacy policy",
};

pub const DOCUMENT: Document = Document {
    kind: ConsentKind::Privacy,
    summary: Summary {
        purpose: Text {
            ko: "회원 식별과 로그인, 로그인한 기기와 로그인 기록의 관리(부정 로그인 확인)",
            en: "Identifying users and signing them in, keeping their devices and attempts to sign in (noticing abuse)",
        },
        items: Text {
            ko: "아이디, 이메일, 이름, 비밀번호(되돌릴 수 없는 해시), 접속 기록(일시, IP 주소, 브라우저와 운영체제 정보)",
            en: "User id, email address, name, password (as a hash that cannot be reversed), records of access (time, IP address, browser and system)",
        },
        period: Text {
            ko: "회원에서 탈퇴할 때까지. 로그인 기록은 {login_history_days}일, 로그인한 기기는 로그인이 끝나고 {ended_session_days}일 뒤까지",
            en: "Until you delete your account; attempts to sign in for {login_history_days} days, devices until {ended_session_days} days after their session is over",
        },
        refusal: Text {
            ko: "동의하지 않을 수 있습니다. 가입에 꼭 필요한 정보이므로 동의하지 않으면 가입할 수 없습니다.",
            en: "You may refuse. The data are needed for an account: without your agreement there is none.",
        },
    },
    sections: &[
        collected::WHAT,
        collected::HOW,
        collected::CONSENT,
        others::THIRD_PARTIES,
        others::PROCESSORS,
        others::ABROAD,
        others::DESTRUCTION,
        rights::RIGHTS,
        others::SAFETY,
        cookies::COOKIES,
        rights::OFFICER,
        rights::REMEDIES,
        rights::CHANGES,
    ],
    history: &[
        (
            VERSION,
            Text {
                ko: "항목마다 처리 근거를 적고, 동의를 구하는 범위를 그에 맞게 줄였으며, 소식과 혜택 안내의 행과 화면 설정 쿠키가 기억하는 것을 더했습니다.",
                en: "Gives the legal basis of each item, asks for consent to no more than rests on it, and adds news and offers, and what the cookie of the settings remembers.",
            },
        ),
        (
            "2026-11-27",
            Text {
                ko: "항목마다 목적과 보유 기간을 나누어 적고, 처리 위탁과 국외 이전, 파기, 권리 행사, 안전 조치, 쿠키, 보호책임자, 구제 방법을 넣었습니다.",
                en: "Gives purpose and period of each item; adds processors, transfer abroad, destruction, rights, security, cookies, privacy officer and remedies.",
            },
        ),
        (
            "2026-11-01",
            Text {
                ko: "처음 만들었습니다.",
                en: "First version.",
            },
        ),
    ],
};
