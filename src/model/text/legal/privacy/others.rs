//! Who else gets data, how they are destroyed, and how they are kept safe.

use crate::model::legal::{Block, Section, Text};

pub(super) const THIRD_PARTIES: Section = Section {
    heading: Text {
        ko: "4. 제3자 제공",
        en: "4. Third parties",
    },
    blocks: &[Block::Paragraph(Text {
        ko: "개인정보를 제3자에게 제공하지 않습니다. 다만 법률에 특별한 규정이 있거나 수사기관이 법이 정한 절차에 따라 요구하는 때에는 그 범위에서 제공할 수 있습니다.",
        en: "No personal data are given to third parties, except where a law says so or an authority asks for them in due process.",
    })],
};

pub(super) const PROCESSORS: Section = Section {
    heading: Text {
        ko: "5. 처리의 위탁",
        en: "5. Processors",
    },
    blocks: &[
        Block::Paragraph(Text {
            ko: "개인정보의 처리를 맡긴 곳: {processors}",
            en: "Who processes personal data for the operator: {processors}",
        }),
        Block::Paragraph(Text {
            ko: "{reports}",
            en: "{reports}",
        }),
    ],
};

pub(super) const ABROAD: Section = Section {
    heading: Text {
        ko: "6. 국외 이전",
        en: "6. Transfer abroad",
    },
    blocks: &[Block::Paragraph(Text {
        ko: "서비스는 개인정보를 국외의 제3자에게 보내지 않습니다. 처리를 맡긴 곳이 국외에 있으면 위 5에 그 나라와 함께 적으며, 국외 이전을 원하지 않는 이용자는 가입하지 않거나 탈퇴하여 거부할 수 있습니다.",
        en: "The service sends no personal data to third parties abroad. A processor abroad is named above in 5 with its country; who does not want that may refuse by not signing up or by deleting the account.",
    })],
};

pub(super) const DESTRUCTION: Section = Section {
    heading: Text {
        ko: "7. 파기의 절차와 방법",
        en: "7. Destruction",
    },
    blocks: &[Block::List(&[
        Text {
            ko: "회원에서 탈퇴하면 계정과 그에 딸린 기기, 로그인 기록, 동의 기록, 관심종목, 저장한 검색 조건을 데이터베이스에서 바로 삭제합니다.",
            en: "When an account is deleted, its devices, attempts to sign in, consents, watchlist and saved views are deleted from the database at once.",
        },
        Text {
            ko: "보유 기간이 끝난 기록은 서버가 자동으로 찾아 삭제합니다.",
            en: "The server finds and deletes by itself what has been kept long enough.",
        },
        Text {
            ko: "운영자가 만든 백업본에 남은 정보는 그 백업본을 지울 때 함께 없어집니다. 백업본은 복구에만 씁니다.",
            en: "What is left in the operator's backups goes with them. They are used for restoring only.",
        },
        Text {
            ko: "탈퇴한 뒤 법령 때문에 따로 보관하는 정보는 없습니다. 앞으로 생기면 이 방침에 항목과 기간을 적습니다.",
            en: "Nothing is kept apart after that because of a law. Should that change, this policy will say what and for how long.",
        },
    ])],
};

pub(super) const SAFETY: Section = Section {
    heading: Text {
        ko: "9. 안전성 확보 조치",
        en: "9. Security",
    },
    blocks: &[Block::List(&[
        Text {
            ko: "비밀번호는 되돌릴 수 없는 해시로만 저장하며 운영자도 알 수 없습니다.",
            en: "Passwords are kept as hashes that cannot be reversed; the operator does not know them either.",
        },
        Text {
            ko: "로그인 토큰은 데이터베이스에 저장하지 않으며, 브라우저에서는 스크립트가 읽을 수 없는 쿠키에만 둡니다. 복사된 토큰이 쓰이면 그 기기를 로그아웃하고 이용자에게 알립니다.",
            en: "Tokens are not stored in the database, and in browsers stand in cookies that no script can read. When a copy of one is used, the device is signed out and its user told.",
        },
        Text {
            ko: "다른 컴퓨터에서 접속하는 주소는 HTTPS로 암호화된 연결만 씁니다.",
            en: "Other machines reach the service by encrypted connections (HTTPS) only.",
        },
        Text {
            ko: "로그인 실패가 거듭되면 계정을 잠그고, 지나친 요청을 막으며, 모든 로그인 시도를 기록합니다.",
            en: "Repeated failures lock an account, floods are stopped, and every attempt to sign in is recorded.",
        },
        Text {
            ko: "다른 이용자의 정보를 볼 수 있는 화면이 없으며, 개인정보는 서버에 접근할 수 있는 운영자만 다룹니다.",
            en: "No page shows the data of other users; only operators with access to the server handle them.",
        },
    ])],
};
