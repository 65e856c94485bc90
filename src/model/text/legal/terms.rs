//! `/terms`

use crate::model::legal::{Block, ConsentKind, Document, Section, Summary, Text};

/// The day from which the text holds.
pub const VERSION: &str = "2026-11-27";

pub const TITLE: Text = Text {
    ko: "이용약관",
    en: "Terms of use",
};

pub const DOCUMENT: Document = Document {
    kind: ConsentKind::Terms,
    summary: Summary {
        purpose: Text {
            ko: "계정을 만들고 국내 상장종목 조회 서비스를 이용하는 조건을 정합니다.",
            en: "They set the conditions for an account and for the use of this service about listed stocks.",
        },
        items: Text {
            ko: "계정과 비밀번호의 관리, 참고용 시세라는 점, 금지 행위, 이용 제한과 이의, 탈퇴, 책임의 범위",
            en: "Care for account and password, the nature of the data, what is not allowed, restriction and objection, leaving, liability",
        },
        period: Text {
            ko: "가입한 때부터 회원에서 탈퇴할 때까지",
            en: "From signing up until you delete your account",
        },
        refusal: Text {
            ko: "동의하지 않을 수 있습니다. 동의하지 않으면 가입할 수 없습니다.",
            en: "You may refuse. Without your agreement there is no account.",
        },
    },
    sections: &[
        Section {
            heading: Text {
                ko: "제1조 (목적)",
                en: "1. Purpose",
            },
            blocks: &[Block::Paragraph(Text {
                ko: "이 약관은 {operator}(이하 ‘운영자’)가 제공하는 국내 상장종목 조회 서비스(이하 ‘서비스’)를 이용하는 조건과 절차, 운영자와 이용자의 권리와 의무를 정합니다.",
                en: "These terms set the conditions for the use of the service about stocks listed in Korea (“the service”) that {operator} (“the operator”) provides, and the rights and duties of operator and users.",
            })],
        },
        Section {
            heading: Text {
                ko: "제2조 (약관의 효력과 변경)",
                en: "2. Force and change",
            },
            blocks: &[
                Block::Paragraph(Text {
                    ko: "약관은 가입할 때 동의하면 효력이 생깁니다. 운영자는 법령을 어기지 않는 범위에서 약관을 바꿀 수 있습니다.",
                    en: "The terms take effect when somebody agrees to them while signing up. The operator may change them within the law.",
                }),
                Block::Paragraph(Text {
                    ko: "약관이 바뀌면 시행일과 바뀐 내용을 이 페이지의 변경 이력에 적고, 내 정보에서 다시 동의를 구합니다. 바뀐 약관에 동의하지 않는 이용자는 언제든 탈퇴할 수 있습니다.",
                    en: "When they change, day and content of the change stand at the end of this page, and users are asked on their account page to agree again. Who does not agree may leave at any time.",
                }),
            ],
        },
        Section {
            heading: Text {
                ko: "제3조 (계정)",
                en: "3. Accounts",
            },
            blocks: &[Block::List(&[
                Text {
                    ko: "이용자는 본인의 정보로 계정을 만들고, 비밀번호를 다른 사람에게 알려 주지 않습니다.",
                    en: "Users sign up with their own data and tell their password to nobody.",
                },
                Text {
                    ko: "만 14세 미만은 가입할 수 없습니다. 서비스는 나이를 묻지 않으며, 만 14세 미만이 가입한 사실을 알게 되면 계정을 삭제합니다.",
                    en: "Who is under 14 cannot sign up. The service does not ask for an age; when the operator learns of such an account, it is deleted.",
                },
                Text {
                    ko: "다른 사람이 계정을 쓰는 것을 알게 되면 내 정보에서 그 기기를 로그아웃하고 비밀번호를 바꿉니다.",
                    en: "Who learns that somebody else uses the account signs that device out on the account page and changes the password.",
                },
            ])],
        },
        Section {
            heading: Text {
                ko: "제4조 (서비스의 내용)",
                en: "4. The service",
            },
            blocks: &[
                Block::Paragraph(Text {
                    ko: "서비스는 국내 상장종목의 시세와 통계를 조회하고, 비교하고, 관심종목으로 담아 두는 기능을 무료로 제공합니다.",
                    en: "The service lets users look at, compare and note prices and statistics of stocks listed in Korea, free of charge.",
                }),
                Block::Paragraph(Text {
                    ko: "화면의 시세와 통계는 표시된 기준일의 자료이며 실시간 시세가 아닙니다. ‘예시 데이터’라고 표시된 종목과 시세는 지어낸 것입니다. 자료에는 오류나 빠진 것이 있을 수 있습니다.",
                    en: "Prices and statistics are those of the day that is shown, never in real time. What is marked as example data is made up. Data may be wrong or missing.",
                }),
                Block::Paragraph(Text {
                    ko: "운영자는 점검, 고장, 자료 제공처의 사정 등으로 서비스를 멈추거나 내용을 바꿀 수 있으며, 미리 알 수 있는 일은 알립니다.",
                    en: "The operator may interrupt or change the service for maintenance, faults or reasons of its sources, and announces what can be foreseen.",
                }),
            ],
        },
        Section {
            heading: Text {
                ko: "제5조 (금지 행위)",
                en: "5. What is not allowed",
            },
            blocks: &[Block::List(&[
                Text {
                    ko: "다른 사람의 계정을 쓰거나 남의 정보로 가입하는 행위",
                    en: "using somebody else's account, or signing up with somebody else's data",
                },
                Text {
                    ko: "자료를 허락 없이 다시 배포하거나 파는 행위",
                    en: "passing the data on or selling it without permission",
                },
                Text {
                    ko: "서비스에 지나친 부담을 주거나 보안을 뚫으려 하는 등 정상 운영을 방해하는 행위",
                    en: "disturbing the service, by overloading it or by attacking its security",
                },
                Text {
                    ko: "그 밖에 법령을 어기는 행위",
                    en: "whatever else is against the law",
                },
            ])],
        },
        Section {
            heading: Text {
                ko: "제6조 (이용 제한과 이의)",
                en: "6. Restriction and objection",
            },
            blocks: &[Block::Paragraph(Text {
                ko: "운영자는 약관을 어긴 계정을 비활성화할 수 있습니다. 이용자는 {contact}에 이의를 낼 수 있고, 이의가 정당하면 운영자는 바로 다시 활성화합니다.",
                en: "The operator may deactivate an account that breaks these terms. Its user may object ({contact}); where the objection is right the account is activated again at once.",
            })],
        },
        Section {
            heading: Text {
                ko: "제7조 (탈퇴)",
                en: "7. Leaving",
            },
            blocks: &[Block::Paragraph(Text {
                ko: "이용자는 내 정보의 회원 탈퇴에서 언제든 계정을 직접 삭제할 수 있습니다. 삭제하면 계정과 그에 딸린 정보가 바로 지워지며 되돌릴 수 없습니다.",
                en: "Users may delete their account themselves at any time, on their account page. The account and all that belongs to it is gone at once and cannot be brought back.",
            })],
        },
        Section {
            heading: Text {
                ko: "제8조 (투자 판단과 책임)",
                en: "8. Investments and liability",
            },
            blocks: &[
                Block::Paragraph(Text {
                    ko: "서비스의 정보는 참고용이며 투자 권유나 자문이 아닙니다. 투자는 이용자가 스스로 판단하고 그 결과도 이용자에게 돌아갑니다.",
                    en: "What the service shows is for reference, no advice and no invitation to invest. Users decide on their own, and bear what follows.",
                }),
                Block::Paragraph(Text {
                    ko: "운영자는 고의나 중대한 과실이 없는 한, 자료의 오류나 지연, 서비스의 중단으로 생긴 손해를 책임지지 않습니다.",
                    en: "The operator is not liable for damage by wrong or late data or by interruptions, unless it was caused by intent or gross negligence.",
                }),
            ],
        },
        Section {
            heading: Text {
                ko: "제9조 (개인정보)",
                en: "9. Personal data",
            },
            blocks: &[Block::Paragraph(Text {
                ko: "개인정보를 어떻게 다루는지는 개인정보처리방침에서 따로 밝힙니다.",
                en: "How personal data are treated is said in the privacy policy.",
            })],
        },
        Section {
            heading: Text {
                ko: "제10조 (준거법과 관할)",
                en: "10. Law and courts",
            },
            blocks: &[Block::Paragraph(Text {
                ko: "이 약관은 대한민국 법을 따르며, 분쟁의 관할은 민사소송법이 정하는 법원에 있습니다.",
                en: "These terms are under the law of the Republic of Korea; the courts are those that its code of civil procedure names.",
            })],
        },
        Section {
            heading: Text {
                ko: "제11조 (운영자)",
                en: "11. The operator",
            },
            blocks: &[Block::List(&[
                Text {
                    ko: "운영자: {operator}",
                    en: "Operator: {operator}",
                },
                Text {
                    ko: "연락처: {contact}",
                    en: "Contact: {contact}",
                },
            ])],
        },
    ],
    history: &[
        (
            VERSION,
            Text {
                ko: "약관의 변경, 만 14세 미만, 이용 제한에 대한 이의, 탈퇴, 준거법, 운영자에 관한 조항을 넣었습니다.",
                en: "Adds changes of the terms, users under 14, objection, leaving, law, and the operator.",
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
