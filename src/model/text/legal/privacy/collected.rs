//! What is collected, why, and for how long.

use crate::model::legal::{Block, Section, Table, Text};

pub(super) const WHAT: Section = Section {
    heading: Text {
        ko: "1. 처리하는 개인정보의 항목, 목적, 보유 기간",
        en: "1. What is processed, why, and for how long",
    },
    blocks: &[
        Block::Paragraph(Text {
            ko: "{operator}(이하 ‘운영자’)는 「개인정보 보호법」에 따라 이용자의 개인정보를 다음과 같이 처리합니다. 여기 적은 목적 밖으로는 쓰지 않으며, 목적이 바뀌면 다시 동의를 구합니다.",
            en: "{operator} (“the operator”) processes users' personal data under the Personal Information Protection Act of Korea as follows, and for no other purpose. Should a purpose change, users are asked again.",
        }),
        Block::Table(Table {
            head: &[
                Text {
                    ko: "항목", en: "What"
                },
                Text {
                    ko: "목적", en: "Why"
                },
                Text {
                    ko: "처리 근거",
                    en: "Legal basis",
                },
                Text {
                    ko: "보유 기간",
                    en: "For how long",
                },
            ],
            rows: ROWS,
        }),
        Block::Paragraph(Text {
            ko: "처리 근거의 조항은 「개인정보 보호법」의 조항입니다. 근거가 동의가 아닌 항목은 동의 없이 처리합니다.",
            en: "Articles are those of the Personal Information Protection Act of Korea. What has another basis than consent is processed without consent.",
        }),
        Block::Paragraph(Text {
            ko: "주민등록번호 같은 고유식별정보와 민감정보는 받지 않습니다. 관심종목의 메모에도 그런 정보를 적지 마세요.",
            en: "No resident registration numbers and no sensitive data are asked for. Please do not write such data into notes either.",
        }),
        Block::Paragraph(Text {
            ko: "만 14세 미만의 개인정보는 수집하지 않습니다. 나이를 묻지 않으므로, 만 14세 미만이 가입한 사실을 알게 되면 계정을 삭제합니다.",
            en: "No data of children under 14 are collected. Nobody is asked for an age: when the operator learns of such an account, it is deleted.",
        }),
        Block::Paragraph(Text {
            ko: "서버의 운영 로그에는 회원 번호, 요청 번호, IP 주소가 남을 수 있습니다. 이름, 이메일, 비밀번호, 쿠키는 남기지 않습니다. 그 앞에 둔 프록시의 접속 로그에는 IP 주소와 접속한 주소가 남을 수 있습니다. 로그의 보관 기간은 운영자에게 물으면 알려 드립니다.",
            en: "The server's log may hold the number of the user and of the request, and IP addresses; never names, email addresses, passwords or cookies. The log of a proxy in front of it may hold IP addresses and the addresses that were visited. Ask the operator for how long logs are kept.",
        }),
    ],
};

const ROWS: &[&[Text]] = &[
    &[
        Text {
            ko: "아이디, 이메일, 이름",
            en: "User id, email address, name",
        },
        Text {
            ko: "회원 식별, 계정 관리, 문의에 대한 답",
            en: "Identifying users, managing accounts, answering questions",
        },
        CONSENT_GIVEN,
        UNTIL_DELETION,
    ],
    &[
        Text {
            ko: "비밀번호(되돌릴 수 없는 해시로만 저장)",
            en: "Password (only as a hash that cannot be reversed)",
        },
        Text {
            ko: "로그인할 때 본인 확인",
            en: "Knowing who signs in",
        },
        CONSENT_GIVEN,
        UNTIL_DELETION,
    ],
    &[
        Text {
            ko: "가입 일시, 마지막 로그인 일시, 계정 상태",
            en: "Time of signing up, of the last sign-in, state of the account",
        },
        Text {
            ko: "계정 관리",
            en: "Managing accounts",
        },
        CONTRACT,
        UNTIL_DELETION,
    ],
    &[
        Text {
            ko: "약관 동의 기록(종류, 판, 일시)",
            en: "Consents (which text, which version, when)",
        },
        Text {
            ko: "동의한 사실의 확인",
            en: "Proof of consent",
        },
        INTEREST,
        Text {
            ko: "회원 탈퇴까지. 선택 동의는 철회하면 바로 삭제",
            en: "Until the account is deleted; optional consents are deleted when they are withdrawn",
        },
    ],
    &[
        Text {
            ko: "로그인한 기기(브라우저와 운영체제 정보, IP 주소, 로그인 일시와 마지막 사용 일시)",
            en: "Signed-in devices (browser and system, IP address, times of signing in and of the last use)",
        },
        Text {
            ko: "로그인 유지, 기기 관리, 로그인 정보의 도난 확인",
            en: "Staying signed in, managing devices, noticing theft",
        },
        CONSENT_GIVEN,
        Text {
            ko: "로그인 유효 기간(길어도 {session_days}일)이 끝나고 {ended_session_days}일 뒤까지, 또는 회원 탈퇴까지. 로그아웃한 기기도 같습니다",
            en: "Until {ended_session_days} days after the session's time is over ({session_days} days at most), signed out or not, or until the account is deleted",
        },
    ],
    &[
        Text {
            ko: "로그인 기록(성공 여부, 일시, IP 주소, 브라우저와 운영체제 정보). 없는 아이디로 한 시도도 남습니다",
            en: "Attempts to sign in (result, time, IP address, browser and system), also for ids that do not exist",
        },
        Text {
            ko: "부정 로그인의 확인, 이용자에게 기록 제공",
            en: "Noticing abuse, showing the history to the user",
        },
        Text {
            ko: "동의(제15조 제1항 제1호). 없는 아이디로 한 시도는 정당한 이익(제15조 제1항 제6호)",
            en: "Consent (article 15(1)1); for ids that do not exist legitimate interest (article 15(1)6)",
        },
        Text {
            ko: "{login_history_days}일, 또는 회원 탈퇴까지",
            en: "{login_history_days} days, or until the account is deleted",
        },
    ],
    &[
        Text {
            ko: "전에 로그인한 기기의 식별값(쿠키 값의 해시)",
            en: "Devices that signed in before (a hash of a cookie)",
        },
        Text {
            ko: "다른 사람이 비밀번호를 맞혀 보아 계정이 잠겨도 본인의 기기에서는 로그인할 수 있게 함",
            en: "Letting owners in from their own device while somebody else's guesses lock the account",
        },
        INTEREST,
        Text {
            ko: "마지막 사용 후 {known_device_days}일, 또는 회원 탈퇴까지",
            en: "{known_device_days} days after the last use, or until the account is deleted",
        },
    ],
    &[
        Text {
            ko: "로그인 실패 횟수(아이디의 해시별), 요청 횟수(IP 주소나 그 대역별)",
            en: "Failed sign-ins (by a hash of the id), numbers of requests (by IP address or network)",
        },
        Text {
            ko: "비밀번호를 맞혀 보는 공격과 지나친 요청을 막음",
            en: "Stopping guesses and floods",
        },
        INTEREST,
        Text {
            ko: "실패 횟수는 마지막으로 센 실패부터 길어도 {lock_minutes}분, 요청 횟수는 길어도 하루",
            en: "Failures for {lock_minutes} minutes at most after the last one that counted, requests for a day at most",
        },
    ],
    &[
        Text {
            ko: "관심종목과 그 묶음, 메모, 저장한 검색 조건",
            en: "Watchlist with its groups and notes, saved views",
        },
        Text {
            ko: "그 기능의 제공",
            en: "These functions",
        },
        CONTRACT,
        Text {
            ko: "이용자가 지울 때까지, 또는 회원 탈퇴까지",
            en: "Until the user removes them, or until the account is deleted",
        },
    ],
    &[
        Text {
            ko: "이메일, 이름(소식과 혜택 안내에 동의한 이용자)",
            en: "Email address, name (of users who want news and offers)",
        },
        Text {
            ko: "새 기능, 행사, 혜택의 안내. 광고가 들어 있을 수 있음",
            en: "Telling of new features, events and offers, which may be advertising",
        },
        CONSENT_GIVEN,
        Text {
            ko: "동의를 철회할 때까지, 또는 회원 탈퇴까지",
            en: "Until the consent is withdrawn, or until the account is deleted",
        },
    ],
];

const CONSENT_GIVEN: Text = Text {
    ko: "동의(제15조 제1항 제1호)",
    en: "Consent (article 15(1)1)",
};
const CONTRACT: Text = Text {
    ko: "계약의 이행(제15조 제1항 제4호)",
    en: "Contract (article 15(1)4)",
};
const INTEREST: Text = Text {
    ko: "정당한 이익(제15조 제1항 제6호)",
    en: "Legitimate interest (article 15(1)6)",
};

const UNTIL_DELETION: Text = Text {
    ko: "회원 탈퇴까지",
    en: "Until the account is deleted",
};

pub(super) const HOW: Section = Section {
    heading: Text {
        ko: "2. 수집하는 방법",
        en: "2. How it is collected",
    },
    blocks: &[Block::List(&[
        Text {
            ko: "이용자가 회원가입과 내 정보, 관심종목, 상장종목 화면에서 직접 입력합니다.",
            en: "Users type it while signing up, on their account page, on the watchlist and on the listing.",
        },
        Text {
            ko: "로그인하고 서비스를 이용할 때 IP 주소, 브라우저와 운영체제 정보, 일시가 자동으로 만들어집니다.",
            en: "IP address, browser, system and time come about when somebody signs in and uses the service.",
        },
    ])],
};

pub(super) const CONSENT: Section = Section {
    heading: Text {
        ko: "3. 동의를 거부할 권리",
        en: "3. Right to refuse",
    },
    blocks: &[Block::List(&[
        Text {
            ko: "필수 항목에 동의하지 않을 수 있으며, 그 경우 가입할 수 없습니다. 동의한 뒤에는 회원 탈퇴로 철회합니다.",
            en: "You may refuse what is required; then there is no account. Later you withdraw by deleting the account.",
        },
        Text {
            ko: "소식과 혜택 안내는 선택입니다. 동의하지 않아도 불이익이 없고, 내 정보에서 언제든 동의하거나 철회할 수 있습니다. 동의한 이용자의 이메일과 이름만 이 목적으로 씁니다.",
            en: "News and offers are optional. Without them nothing is different, and you can agree or withdraw on your account page at any time. Email address and name are used for them only with consent.",
        },
    ])],
};
