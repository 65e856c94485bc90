//! Finding issues by what people type: names in part, 초성, codes, ISINs, English names, and Hangul
//! typed while the keyboard was on English.

mod spoken;

use unicode_normalization::UnicodeNormalization;

use crate::model::hangul;

/// How well an issue fits; the smaller the better.
pub(super) type Rank = u8;

const EXACT: Rank = 0;
const PREFIX: Rank = 1;
const INFIX: Rank = 2;
/// Within the English name, where short words turn up inside of long ones.
const ENGLISH_INFIX: Rank = 3;

/// A prefix of an ISIN is shorter than what tells two issues apart; below this it is a country.
const SHORTEST_ISIN: usize = 6;

/// The endings that full names have and nobody types.
const KINDS_OF_SHARE: [&str; 2] = ["보통주", "우선주"];

/// What an issue is found by: normalised once, when the snapshot is built.
#[derive(Debug)]
pub(super) struct Keys {
    code: String,
    isin: String,
    name: String,
    full: Option<String>,
    english: Option<String>,
    /// What else people call it.
    aliases: Vec<String>,
}

impl Keys {
    pub fn new(
        code: &str,
        isin: &str,
        name: &str,
        name_full: Option<&str>,
        name_en: Option<&str>,
        aliases: &[String],
    ) -> Self {
        let spoken = spoken::names_of(name);
        let name = normalise(name);
        let full = name_full.map(|full| {
            let full = normalise(full);
            let kind = KINDS_OF_SHARE.iter().find_map(|kind| full.strip_suffix(kind));
            kind.unwrap_or(&full).to_owned()
        });
        Self {
            code: code.to_ascii_lowercase(),
            isin: isin.to_ascii_lowercase(),
            aliases: others(
                &name,
                full.as_deref(),
                aliases
                    .iter()
                    .map(String::as_str)
                    .chain(spoken.iter().map(AsRef::as_ref)),
            ),
            full: full.filter(|full| !full.is_empty() && *full != name),
            english: name_en.map(normalise).filter(|name| !name.is_empty()),
            name,
        }
    }

    /// The names in Hangul, or as the exchange writes them.
    fn names(&self) -> impl Iterator<Item = &str> {
        let own = [Some(self.name.as_str()), self.full.as_deref()];
        own.into_iter().flatten().chain(self.aliases.iter().map(String::as_str))
    }
}

/// What is not a name of it already, each once.
fn others<'a>(name: &str, full: Option<&str>, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut others: Vec<String> = Vec::new();
    for other in names.map(normalise) {
        if !other.is_empty() && other != name && Some(other.as_str()) != full && !others.contains(&other) {
            others.push(other);
        }
    }
    others
}

/// The ranks of all issues for a search, by their position; `None` when nothing is searched for.
pub(super) fn search(query: &str, issues: &[Keys]) -> Option<Vec<Option<Rank>>> {
    let needle = Needle::new(query)?;
    let mut ranks: Vec<Option<Rank>> = issues.iter().map(|keys| needle.rank(keys)).collect();
    if !ranks.iter().flatten().any(|rank| *rank <= INFIX) {
        // Nothing is called like that: perhaps the keyboard was on English.
        for needle in mistyped(query) {
            for (rank, keys) in ranks.iter_mut().zip(issues) {
                let better = needle.rank_of_names(keys);
                *rank = [*rank, better].into_iter().flatten().min();
            }
        }
    }
    Some(ranks)
}

/// What is searched for.
#[derive(Debug)]
struct Needle {
    text: String,
    /// The beginning of a code.
    code: Option<String>,
    /// The beginning of an ISIN.
    isin: bool,
    /// A pattern in which a consonant stands for every syllable that begins with it.
    initials: Option<Vec<char>>,
}

impl Needle {
    fn new(query: &str) -> Option<Self> {
        let text = normalise(query);
        if text.is_empty() {
            return None;
        }
        let alphanumeric = text.bytes().all(|b| b.is_ascii_alphanumeric());
        // Some systems write A before the code. Every code begins with a digit.
        let code = text.strip_prefix('a').unwrap_or(&text);
        let is_code = alphanumeric && code.starts_with(|c: char| c.is_ascii_digit());
        let letters_first = text.bytes().take(2).all(|b| b.is_ascii_alphabetic());
        Some(Self {
            code: is_code.then(|| code.to_owned()),
            isin: alphanumeric && letters_first && text.len() >= SHORTEST_ISIN,
            initials: hangul::initials_pattern(&text),
            text,
        })
    }

    fn rank(&self, keys: &Keys) -> Option<Rank> {
        let code = self.code.as_deref().and_then(|code| leading(&keys.code, code));
        let isin = if self.isin {
            leading(&keys.isin, &self.text)
        } else {
            None
        };
        let english = keys
            .english
            .as_deref()
            .and_then(|english| within(english, &self.text))
            .map(|rank| if rank == INFIX { ENGLISH_INFIX } else { rank });
        let candidates = [code, isin, self.rank_of_names(keys), english];
        candidates.into_iter().flatten().min()
    }

    fn rank_of_names(&self, keys: &Keys) -> Option<Rank> {
        keys.names()
            .filter_map(|name| match &self.initials {
                Some(pattern) => {
                    let (at, whole) = hangul::find(name, pattern)?;
                    Some(rank_at(at, whole))
                }
                None => within(name, &self.text),
            })
            .min()
    }
}

fn leading(hay: &str, needle: &str) -> Option<Rank> {
    hay.starts_with(needle).then(|| rank_at(0, hay.len() == needle.len()))
}

fn within(hay: &str, needle: &str) -> Option<Rank> {
    // A search prepares itself for its needle: too dear for what cannot be.
    if needle.len() > hay.len() {
        return None;
    }
    let at = hay.find(needle)?;
    Some(rank_at(at, hay.len() == needle.len()))
}

fn rank_at(at: usize, whole: bool) -> Rank {
    match (at, whole) {
        (_, true) => EXACT,
        (0, false) => PREFIX,
        _ => INFIX,
    }
}

/// What the keys mean on a Korean keyboard, if that makes sense.
fn mistyped(query: &str) -> impl Iterator<Item = Needle> {
    let as_typed = hangul::from_qwerty(query);
    // With caps lock every consonant that can would double.
    let in_lower_case = hangul::from_qwerty(&query.to_ascii_lowercase());
    let second = (in_lower_case != as_typed).then_some(in_lower_case);
    [as_typed, second.flatten()]
        .into_iter()
        .flatten()
        .filter_map(|hangul| Needle::new(&hangul))
}

/// NFC, in lower case, without spaces.
fn normalise(text: &str) -> String {
    text.nfc()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .map(hangul::standing_alone)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn issues() -> Vec<Keys> {
        [
            (
                "005930",
                "KR7005930003",
                "삼성전자",
                "삼성전자보통주",
                "SamsungElectronics",
            ),
            (
                "005935",
                "KR7005931001",
                "삼성전자우",
                "삼성전자1우선주",
                "SamsungElectronics(1P)",
            ),
            (
                "000660",
                "KR7000660001",
                "SK하이닉스",
                "에스케이하이닉스보통주",
                "SK hynix",
            ),
            ("005380", "KR7005380001", "현대차", "현대자동차보통주", "HyundaiMtr"),
            ("030200", "KR7030200000", "KT", "케이티보통주", "KT"),
            (
                "0009K0",
                "KR70009K0002",
                "에임드바이오",
                "에임드바이오보통주",
                "Aimed Bio",
            ),
            ("028260", "KR7028260008", "삼성물산", "삼성물산보통주", "SAMSUNG C&T"),
            ("033780", "KR7033780008", "KT&G", "케이티앤지보통주", "KT&G"),
        ]
        .map(|(code, isin, name, full, english)| {
            let aliases = if code == "028260" {
                vec!["제일모직".to_owned()]
            } else {
                Vec::new()
            };
            Keys::new(code, isin, name, Some(full), Some(english), &aliases)
        })
        .into()
    }

    /// The codes that are found, the best first.
    fn found(query: &str) -> Vec<String> {
        let issues = issues();
        let ranks = search(query, &issues).unwrap();
        let mut hits: Vec<(Rank, String)> = ranks
            .into_iter()
            .zip(&issues)
            .filter_map(|(rank, keys)| Some((rank?, keys.code.to_uppercase())))
            .collect();
        hits.sort_by_key(|(rank, _)| *rank);
        hits.into_iter().map(|(_, code)| code).collect()
    }

    #[test]
    fn names_are_found_in_part_and_in_any_case() {
        assert_eq!(found("삼성전자"), ["005930", "005935"]);
        assert_eq!(found("전자우"), ["005935"]);
        assert_eq!(found(" sk 하이 "), ["000660"]);
        assert_eq!(found("kt"), ["030200", "033780"]);
        assert_eq!(found("kt&g"), ["033780"]);
        assert_eq!(found("에스케이"), ["000660"]);
        assert_eq!(found("케이티"), ["030200", "033780"]);
        assert_eq!(found("없는종목"), [""; 0]);
    }

    #[test]
    fn what_people_call_an_issue_finds_it() {
        // Its former name, from the database.
        assert_eq!(found("제일모직"), ["028260"]);
        assert_eq!(found("ㅈㅇㅁㅈ"), ["028260"]);
        assert_eq!(found("삼전"), ["005930", "005935"]);
        assert_eq!(found("현차"), ["005380"]);
        assert_eq!(found("하이닉스"), ["000660"]);
        assert_eq!(found("케이티앤지"), ["033780"]);
    }

    #[test]
    fn a_decomposed_name_is_the_same_name() {
        let decomposed: String = "삼성전자".nfd().collect();
        assert_eq!(found(&decomposed), ["005930", "005935"]);
    }

    #[test]
    fn codes_and_isins_are_found_by_their_beginning() {
        assert_eq!(found("005930"), ["005930"]);
        assert_eq!(found("a005930"), ["005930"]);
        assert_eq!(found("A0059"), ["005930", "005935"]);
        assert_eq!(found("0009k"), ["0009K0"]);
        assert_eq!(found("kr7005931001"), ["005935"]);
        assert_eq!(found("KR700593"), ["005930", "005935"]);
        // A middle of a code is no search.
        assert_eq!(found("5930"), [""; 0]);
        // Nor is a country.
        assert_eq!(found("KR7"), [""; 0]);
    }

    #[test]
    fn english_names_are_found() {
        assert_eq!(found("samsung"), ["005930", "005935", "028260"]);
        assert_eq!(found("hynix"), ["000660"]);
    }

    #[test]
    fn initial_consonants_stand_for_syllables() {
        assert_eq!(found("ㅅㅅㅈㅈ"), ["005930", "005935"]);
        assert_eq!(found("ㅎㄷㅊ"), ["005380"]);
        assert_eq!(found("삼성ㅁ"), ["028260"]);
        assert_eq!(found("skㅎㅇㄴㅅ"), ["000660"]);
        assert_eq!(found("ㅈㅈ"), ["005930", "005935"]);
    }

    #[test]
    fn hangul_typed_on_an_english_keyboard_is_understood() {
        assert_eq!(found("tkatjd"), ["005930", "005935", "028260"]);
        assert_eq!(found("tkatjdwjswk"), ["005930", "005935"]);
        assert_eq!(found("TKATJD"), ["005930", "005935", "028260"]);
        assert_eq!(found("tkatjd전자"), ["005930", "005935"]);
        assert_eq!(found("guseock"), ["005380"]);
        assert_eq!(found("ttww"), ["005930", "005935"]);
        assert_eq!(found("skㅎㅇ"), ["000660"]);
    }

    #[test]
    fn nothing_is_not_searched_for() {
        assert!(search("", &issues()).is_none());
        assert!(search(" \u{3000} ", &issues()).is_none());
    }

    #[test]
    fn wildcards_are_plain_characters() {
        for query in ["%", "_", "*", ".*", "'", "\\"] {
            assert_eq!(found(query), [""; 0], "{query}");
        }
    }

    proptest! {
        #[test]
        fn any_query_is_survived(query: String) {
            let _ = search(&query, &issues());
        }
    }
}
