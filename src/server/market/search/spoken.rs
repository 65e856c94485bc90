//! What people say and type in place of a listed name: Latin letters read aloud, and the names that
//! no rule tells.

use std::borrow::Cow;

/// Listed names, as the exchange writes them, and what people call them. Facts of the language.
/// A name stands for all classes of the company's shares, because theirs begin with it.
const BY_HAND: &[(&str, &[&str])] = &[
    ("NAVER", &["네이버"]),
    ("S-Oil", &["에쓰오일", "에스오일"]),
    ("KT", &["케이티", "한국통신"]),
    ("KT&G", &["케이티앤지", "담배인삼공사"]),
    ("POSCO홀딩스", &["포스코홀딩스", "포스코", "포항제철"]),
    ("삼성전자", &["삼전"]),
    ("SK하이닉스", &["하이닉스", "하닉", "슼하"]),
    ("LG에너지솔루션", &["엘지엔솔", "엔솔", "LG엔솔"]),
    ("현대차", &["현대자동차", "현차"]),
    ("기아", &["기아차", "기아자동차"]),
    ("카카오뱅크", &["카뱅"]),
    ("카카오페이", &["카페이"]),
    ("삼성바이오로직스", &["삼바", "삼성바이오"]),
    ("한화에어로스페이스", &["한화에어로"]),
    ("두산에너빌리티", &["두산중공업", "두에빌"]),
    ("HD현대중공업", &["현대중공업"]),
    ("HMM", &["현대상선", "흠"]),
    ("KB금융", &["국민은행", "국민은행지주"]),
    ("신한지주", &["신한은행", "신한금융"]),
    ("하나금융지주", &["하나은행"]),
    ("우리금융지주", &["우리은행"]),
    ("기업은행", &["IBK", "아이비케이"]),
    ("한국전력", &["한전"]),
    ("아모레퍼시픽", &["아모레"]),
    ("LG생활건강", &["엘생건"]),
    ("셀트리온", &["셀트"]),
    ("에코프로비엠", &["에코비엠"]),
    ("DB손해보험", &["동부화재"]),
    ("CJ ENM", &["씨제이이엔엠", "CJE&M"]),
    ("JYP Ent.", &["제이와이피", "JYP엔터"]),
    ("에스엠", &["SM엔터", "SM엔터테인먼트"]),
    ("하이브", &["HYBE", "빅히트"]),
    ("와이지엔터테인먼트", &["YG엔터", "YG"]),
    ("GS리테일", &["GS25"]),
    ("BGF리테일", &["CU"]),
];

/// The names that an issue is called beside its listed one.
pub(super) fn names_of(name: &str) -> Vec<Cow<'static, str>> {
    let mut names: Vec<Cow<'static, str>> = Vec::new();
    for (listed, others) in BY_HAND {
        let Some(class) = name.strip_prefix(listed) else {
            continue;
        };
        if class.is_empty() {
            names.extend(others.iter().copied().map(Cow::Borrowed));
        } else if is_share_class(class) {
            // 삼전우, as one says 삼전.
            names.extend(others.iter().map(|other| Cow::Owned(format!("{other}{class}"))));
        }
    }
    if let Some(spoken) = read_aloud(name) {
        names.push(Cow::Owned(spoken));
    }
    names
}

/// 우, 2우B, 3우C: how the names of preferred shares end.
fn is_share_class(ending: &str) -> bool {
    let rest = ending.trim_start_matches(|c: char| c.is_ascii_digit());
    matches!(rest, "우" | "우B" | "우C" | "우(전환)")
}

/// A name with its Latin letters read one by one, as Koreans do: KB금융 is 케이비금융. `None` when
/// there are none, or when a word is there that is no abbreviation.
fn read_aloud(name: &str) -> Option<String> {
    let mut spoken = String::with_capacity(name.len() * 2);
    let mut latin = false;
    let mut run = 0;
    for c in name.chars() {
        if c.is_ascii_alphabetic() {
            // Longer ones are words.
            run += 1;
            if run > 4 || c.is_ascii_lowercase() {
                return None;
            }
            latin = true;
            spoken.push_str(letter(c)?);
        } else {
            run = 0;
            match c {
                '&' => spoken.push('앤'),
                ' ' | '-' | '.' => {}
                other => spoken.push(other),
            }
        }
    }
    latin.then_some(spoken)
}

const fn letter(c: char) -> Option<&'static str> {
    Some(match c.to_ascii_uppercase() {
        'A' => "에이",
        'B' => "비",
        'C' => "씨",
        'D' => "디",
        'E' => "이",
        'F' => "에프",
        'G' => "지",
        'H' => "에이치",
        'I' => "아이",
        'J' => "제이",
        'K' => "케이",
        'L' => "엘",
        'M' => "엠",
        'N' => "엔",
        'O' => "오",
        'P' => "피",
        'Q' => "큐",
        'R' => "알",
        'S' => "에스",
        'T' => "티",
        'U' => "유",
        'V' => "브이",
        'W' => "더블유",
        'X' => "엑스",
        'Y' => "와이",
        'Z' => "제트",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(name: &str) -> Vec<String> {
        names_of(name).into_iter().map(Cow::into_owned).collect()
    }

    #[test]
    fn abbreviations_are_read_letter_by_letter() {
        assert_eq!(names("QB금융"), ["큐비금융"]);
        assert_eq!(names("ZK&V"), ["제트케이앤브이"]);
        assert_eq!(names("W-X"), ["더블유엑스"]);
        // A word is read as one.
        assert_eq!(names("Mirae"), [""; 0]);
        assert_eq!(names("LABEL전자"), [""; 0]);
        assert_eq!(names("가율전자"), [""; 0]);
    }

    #[test]
    fn other_classes_are_called_like_the_common_share() {
        assert_eq!(names("삼성전자"), ["삼전"]);
        assert_eq!(names("삼성전자우"), ["삼전우"]);
        assert_eq!(names("현대차2우B"), ["현대자동차2우B", "현차2우B", "현대차2우비"]);
        // 삼성전자판매 is another company.
        assert_eq!(names("삼성전자판매"), [""; 0]);
    }

    proptest! {
        #[test]
        fn any_name_is_survived(name: String) {
            let _ = names_of(&name);
        }
    }
}
