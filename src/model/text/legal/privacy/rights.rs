//! What users may ask for, of whom, and where else they find help.

use crate::model::legal::{Block, Section, Text};

pub(super) const RIGHTS: Section = Section {
    heading: Text {
        ko: "8. 이용자의 권리와 행사하는 방법",
        en: "8. Your rights, and how to use them",
    },
    blocks: &[
        Block::List(&[
            Text {
                ko: "열람: 내 정보에서 가입 정보와 동의 기록, 로그인한 기기, 로그인 기록을 볼 수 있습니다.",
                en: "Access: your account page shows your data and consents, your devices and the attempts to sign in.",
            },
            Text {
                ko: "정정: 이름과 비밀번호는 내 정보에서 바꿉니다. 이메일은 운영자에게 요청합니다.",
                en: "Correction: change name and password on your account page; ask the operator to change the email address.",
            },
            Text {
                ko: "삭제: 내 정보의 회원 탈퇴에서 바로 삭제합니다. 관심종목과 저장한 검색 조건은 그 화면에서 하나씩 지울 수 있습니다.",
                en: "Deletion: delete the account on its page, at once. Watched stocks and saved views can be removed one by one where they are shown.",
            },
            Text {
                ko: "동의 철회와 처리 정지: 선택 동의는 내 정보에서 철회합니다. 그 밖의 처리 정지는 운영자에게 요청합니다.",
                en: "Withdrawal and suspension: withdraw optional consents on your account page; ask the operator for anything else.",
            },
        ]),
        Block::Paragraph(Text {
            ko: "화면에서 할 수 없는 요청은 {contact}에 하시면 10일 안에 조치하고 결과를 알려 드립니다. 위임장을 낸 대리인이나 법정대리인도 요청할 수 있으며, 운영자는 본인이나 정당한 대리인인지 확인합니다. 법률에 따라 요청을 거절하거나 미루는 때에는 그 까닭과 이의를 내는 방법을 알립니다.",
            en: "For what the pages do not offer write to {contact}: it is done within ten days, and you are told. A representative with a power of attorney or a legal guardian may ask as well; the operator checks who asks. Where a law allows to refuse or to wait, you are told why and how to object.",
        }),
    ],
};

pub(super) const OFFICER: Section = Section {
    heading: Text {
        ko: "11. 개인정보 보호책임자",
        en: "11. Privacy officer",
    },
    blocks: &[
        Block::Paragraph(Text {
            ko: "개인정보에 관한 문의, 불만, 피해 구제는 다음에게 요청할 수 있습니다.",
            en: "For questions, complaints and redress about personal data:",
        }),
        Block::List(&[
            Text {
                ko: "개인정보 보호책임자: {officer}",
                en: "Privacy officer: {officer}",
            },
            Text {
                ko: "연락처: {contact}",
                en: "Contact: {contact}",
            },
            Text {
                ko: "운영자: {operator}",
                en: "Operator: {operator}",
            },
        ]),
    ],
};

pub(super) const REMEDIES: Section = Section {
    heading: Text {
        ko: "12. 권익 침해의 구제",
        en: "12. Remedies",
    },
    blocks: &[
        Block::Paragraph(Text {
            ko: "개인정보가 침해되었을 때에는 다음 기관에 신고하거나 상담, 분쟁 조정을 신청할 수 있습니다.",
            en: "These authorities of Korea take reports about violations, give advice, or mediate:",
        }),
        Block::List(&[
            Text {
                ko: "개인정보침해신고센터: 국번 없이 118, privacy.kisa.or.kr",
                en: "Privacy infringement report centre: 118, privacy.kisa.or.kr",
            },
            Text {
                ko: "개인정보분쟁조정위원회: 1833-6972, www.kopico.go.kr",
                en: "Personal information dispute mediation committee: 1833-6972, www.kopico.go.kr",
            },
            Text {
                ko: "대검찰청: 국번 없이 1301, www.spo.go.kr",
                en: "Supreme prosecutors' office: 1301, www.spo.go.kr",
            },
            Text {
                ko: "경찰청: 국번 없이 182, ecrm.police.go.kr",
                en: "National police agency: 182, ecrm.police.go.kr",
            },
        ]),
    ],
};

pub(super) const CHANGES: Section = Section {
    heading: Text {
        ko: "13. 방침의 변경",
        en: "13. Changes of this policy",
    },
    blocks: &[Block::Paragraph(Text {
        ko: "방침이 바뀌면 시행일과 바뀐 내용을 아래 변경 이력에 적고, 이용자에게 내 정보에서 다시 동의를 구합니다.",
        en: "When it changes, day and content of the change stand below, and users are asked on their account page to agree again.",
    })],
};
