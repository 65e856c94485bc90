//! Cookies by name.

use crate::model::legal::{Block, Section, Table, Text};

pub(super) const COOKIES: Section = Section {
    heading: Text {
        ko: "10. 쿠키와 거부하는 방법",
        en: "10. Cookies, and how to refuse them",
    },
    blocks: &[
        Block::Paragraph(Text {
            ko: "서비스가 쓰는 쿠키는 다음이 전부입니다. 광고나 방문 분석을 위한 쿠키가 없고, 다른 회사의 콘텐츠를 불러오지 않으며, 행태정보를 모으지 않습니다.",
            en: "These are all cookies of the service. None is for advertising or analytics, nothing is loaded from other companies, and nobody's behaviour is tracked.",
        }),
        Block::Table(Table {
            head: &[
                Text {
                    ko: "쿠키",
                    en: "Cookie",
                },
                Text {
                    ko: "목적", en: "Why"
                },
                Text {
                    ko: "유지 기간",
                    en: "For how long",
                },
            ],
            rows: &[
                &[
                    Text {
                        ko: "{cookie}access_token",
                        en: "{cookie}access_token",
                    },
                    Text {
                        ko: "로그인한 사람의 확인",
                        en: "Knowing who is signed in",
                    },
                    Text {
                        ko: "{access_token_minutes}분마다 새로 발급. ‘로그인 상태 유지’를 고르지 않으면 브라우저를 닫을 때까지",
                        en: "Renewed every {access_token_minutes} minutes; without “stay signed in” until the browser is closed",
                    },
                ],
                &[
                    Text {
                        ko: "{cookie}refresh_token",
                        en: "{cookie}refresh_token",
                    },
                    Text {
                        ko: "로그인의 유지",
                        en: "Staying signed in",
                    },
                    Text {
                        ko: "‘로그인 상태 유지’를 고르면 길어도 {session_days}일. 고르지 않으면 브라우저를 닫을 때까지이며, {idle_hours}시간 쓰지 않으면 로그인이 끝남",
                        en: "With “stay signed in” {session_days} days at most; without it until the browser is closed, and signed out after {idle_hours} hours without use",
                    },
                ],
                &[
                    Text {
                        ko: "{cookie}device",
                        en: "{cookie}device",
                    },
                    Text {
                        ko: "전에 로그인한 기기인지 확인",
                        en: "Knowing a device that signed in before",
                    },
                    Text {
                        ko: "{cookie_days}일. 로그아웃해도 남음",
                        en: "{cookie_days} days, signed out or not",
                    },
                ],
                &[
                    Text {
                        ko: "{cookie}draft",
                        en: "{cookie}draft",
                    },
                    Text {
                        ko: "로그인이 끝난 사이에 입력한 내용(비밀번호 제외)을 잃지 않게 함",
                        en: "Not losing what was typed (never passwords) when a session ended meanwhile",
                    },
                    Text {
                        ko: "{draft_minutes}분",
                        en: "{draft_minutes} minutes",
                    },
                ],
                &[
                    Text {
                        ko: "{cookie}appearance",
                        en: "{cookie}appearance",
                    },
                    Text {
                        ko: "화면 밝기, 등락 색, 언어, 단축키 사용 여부의 기억",
                        en: "Remembering light or dark, the colours of rise and fall, the language, and whether shortcuts are on",
                    },
                    Text {
                        ko: "{cookie_days}일",
                        en: "{cookie_days} days",
                    },
                ],
            ],
        }),
        Block::Paragraph(Text {
            ko: "브라우저 설정의 개인정보 보호 메뉴에서 쿠키를 거부하거나 지울 수 있습니다. access_token과 refresh_token을 거부하면 로그인할 수 없고, 나머지를 거부하면 그 목적의 편의만 없어집니다.",
            en: "The privacy settings of your browser refuse or delete cookies. Without access_token and refresh_token nobody can sign in; without the others only the convenience is gone that they are for.",
        }),
    ],
};
