//! Paths within the site.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What may stand in a query value as it is: the unreserved characters of RFC 3986, and the comma of
/// our lists.
const QUERY_VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b',');

/// Where a user goes who has signed in and did not want to go anywhere else.
pub const HOME: &str = "/stocks";
pub const LOGIN: &str = "/login";
pub const WATCHLIST: &str = "/watchlist";
pub const COMPARE: &str = "/compare";
pub const ACCOUNT: &str = "/account";
pub const ACCOUNT_PASSWORD: &str = "/account/password";
pub const ACCOUNT_DEVICES: &str = "/account/devices";
pub const ACCOUNT_HISTORY: &str = "/account/history";
pub const ACCOUNT_DELETE: &str = "/account/delete";

/// The sign-in page that leads back to `here`, a path with its query.
#[must_use]
pub fn login_path(here: &str) -> String {
    match same_site(here) {
        Some(here) => format!("{LOGIN}?next={}", encode(here)),
        None => LOGIN.to_owned(),
    }
}

/// A text as the value of a query parameter.
#[must_use]
pub fn encode(value: &str) -> String {
    utf8_percent_encode(value, QUERY_VALUE).to_string()
}

/// The query part of an address, without the `?`; empty without parameters.
#[must_use]
pub fn query<'a>(parameters: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let pairs = parameters.into_iter();
    let pairs: Vec<String> = pairs
        .map(|(name, value)| format!("{name}={}", encode(&value)))
        .collect();
    pairs.join("&")
}

/// A path with its query, if it has any.
#[must_use]
pub fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

/// `next` when it is a path of this site and no sign-in page, else `None`: what came in by a URL
/// must not lead elsewhere.
#[must_use]
pub fn same_site(next: &str) -> Option<&str> {
    let path = next.split(['?', '#']).next().unwrap_or(next);
    let loops = [LOGIN, "/logout", "/signup"].contains(&path.trim_end_matches('/'));
    within_site(next).filter(|_| !loops)
}

/// The same, the sign-in page included: for what leads back to where one is.
#[must_use]
pub fn within_site(next: &str) -> Option<&str> {
    let rest = next.strip_prefix('/')?;
    let leaves = rest.starts_with('/') || next.contains('\\');
    let strange = next.len() > 1_000 || next.chars().any(|c| c.is_control() || c.is_whitespace());
    (!leaves && !strange).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn leads_back_within_the_site_only() {
        for fine in ["/", "/stocks", "/stocks?market=KOSDAQ&q=%EC%82%BC", "/account#devices"] {
            assert_eq!(same_site(fine), Some(fine));
        }
        for bad in [
            "",
            "stocks",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/\n",
            "/login",
            "/login?next=/",
            "/logout",
        ] {
            assert_eq!(same_site(bad), None, "{bad:?}");
            assert_eq!(within_site(bad).is_some(), bad.starts_with("/l"), "{bad:?}");
        }
    }

    #[test]
    fn the_way_back_is_encoded() {
        assert_eq!(login_path("/stocks"), "/login?next=%2Fstocks");
        assert_eq!(
            login_path("/stocks?q=삼성&page=2"),
            "/login?next=%2Fstocks%3Fq%3D%EC%82%BC%EC%84%B1%26page%3D2"
        );
        assert_eq!(login_path("//evil.example"), "/login");
    }

    proptest! {
        #[test]
        fn whatever_passes_stays_on_the_site(next in "[/\\\\a-z:.?#@ ]{0,12}") {
            if let Some(next) = within_site(&next) {
                let base = url::Url::parse("http://127.0.0.1:3000").unwrap();
                let there = base.join(next).unwrap();
                prop_assert_eq!(there.host_str(), Some("127.0.0.1"));
            }
        }
    }
}
