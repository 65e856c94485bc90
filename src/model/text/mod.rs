//! The catalogue: every sentence that a user reads, by topic, in both languages. The Korean is in
//! one register (합니다체). A page, a server function and REST say the same because they take it
//! from here.

/// Texts in both languages, each a function of its name: one that lacks a language does not
/// compile. With parameters the texts are formats.
///
/// ```text
/// texts! {
///     title: "상장종목", "Listed stocks";
///     as_of(date: &str): "{date} 기준", "As of {date}";
/// }
/// ```
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident $(($($arg:ident: $type:ty),+))?: $ko:literal, $en:literal;)+) => {
        $(texts!(@one [$(#[$doc])*] $name [$($($arg: $type),+)?] $ko, $en);)+

        /// Name, Korean, English.
        #[cfg(test)]
        pub const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $ko, $en)),+];
    };
    (@one [$($doc:tt)*] $name:ident [] $ko:literal, $en:literal) => {
        $($doc)*
        #[must_use]
        pub fn $name() -> &'static str {
            match $crate::model::Language::now() {
                $crate::model::Language::Ko => $ko,
                $crate::model::Language::En => $en,
            }
        }
    };
    (@one [$($doc:tt)*] $name:ident [$($arg:ident: $type:ty),+] $ko:literal, $en:literal) => {
        $($doc)*
        #[must_use]
        pub fn $name($($arg: $type),+) -> String {
            match $crate::model::Language::now() {
                $crate::model::Language::Ko => format!($ko),
                $crate::model::Language::En => format!($en),
            }
        }
    };
}

pub mod account;
pub mod auth;
pub mod compare;
pub mod device;
pub mod legal;
pub mod listing;
pub mod problem;
pub mod site;
pub mod stocks;
pub mod styleguide;
pub mod watchlist;

/// A text of the catalogue, said in the language of the moment.
pub type Said = fn() -> &'static str;

/// So many things in English: `1 stock`, `2 stocks`.
fn counted(count: impl std::fmt::Display, one: &str, many: &str) -> String {
    let count = count.to_string();
    let word = if count == "1" { one } else { many };
    format!("{count} {word}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Name, Korean, English.
    type Entry = (&'static str, &'static str, &'static str);

    const MODULES: [(&str, &[Entry]); 9] = [
        ("account", account::ALL),
        ("auth", auth::ALL),
        ("compare", compare::ALL),
        ("device", device::ALL),
        ("listing", listing::ALL),
        ("problem", problem::ALL),
        ("site", site::ALL),
        ("stocks", stocks::ALL),
        ("watchlist", watchlist::ALL),
    ];

    /// The names of what is filled in.
    fn filled_in(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn every_text_speaks_its_language() {
        let is_hangul = |c: char| matches!(c, '가'..='힣' | 'ㄱ'..='ㅣ');
        for (module, texts) in MODULES {
            for (name, ko, en) in texts {
                assert!(!en.contains(is_hangul), "{module}::{name}: {en}");
                let words = ko.split(['{', '}']).step_by(2).collect::<String>();
                assert!(
                    words.contains(is_hangul) || words.trim().is_empty() || ko == en,
                    "{module}::{name}: {ko}"
                );
                assert_eq!(filled_in(ko), filled_in(en), "{module}::{name}");
            }
        }
    }

    /// A sentence ends as one in both languages.
    #[test]
    fn sentences_end_alike() {
        for (module, texts) in MODULES {
            for (name, ko, en) in texts {
                assert_eq!(ko.ends_with('.'), en.ends_with('.'), "{module}::{name}: {en}");
            }
        }
    }

    #[test]
    fn one_is_one() {
        assert_eq!(counted(1, "stock", "stocks"), "1 stock");
        assert_eq!(counted("1,234", "stock", "stocks"), "1,234 stocks");
        assert_eq!(counted(0, "stock", "stocks"), "0 stocks");
    }
}
