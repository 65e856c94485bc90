//! The optional consent. There is no page for it: the summary says everything.

use crate::model::legal::{ConsentKind, Document, Summary, Text};

/// The day from which the text holds.
pub const VERSION: &str = "2026-11-27";

pub const TITLE: Text = Text {
    ko: "소식과 혜택 안내",
    en: "News and offers",
};

pub const DOCUMENT: Document = Document {
    kind: ConsentKind::Marketing,
    summary: Summary {
        purpose: Text {
            ko: "운영자가 새 기능, 행사, 혜택을 이메일로 알립니다. 광고가 들어 있을 수 있습니다.",
            en: "The operator tells you about new features, events and offers by email. It may be advertising.",
        },
        items: Text {
            ko: "이메일, 이름",
            en: "Email address, name",
        },
        period: Text {
            ko: "동의를 철회하거나 회원에서 탈퇴할 때까지",
            en: "Until you withdraw your consent or delete your account",
        },
        refusal: Text {
            ko: "동의하지 않아도 서비스를 그대로 이용할 수 있습니다. 동의한 뒤에는 내 정보에서 언제든 철회할 수 있습니다.",
            en: "Without it the service is the same. You can withdraw it on your account page at any time.",
        },
    },
    sections: &[],
    history: &[
        (
            VERSION,
            Text {
                ko: "목적, 항목, 기간, 거부할 권리를 밝혔습니다.",
                en: "Says purpose, items, period and the right to refuse.",
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
