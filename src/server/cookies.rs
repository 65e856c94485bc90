//! The two cookies that sign a browser in, the one that tells its device, what was typed as a session
//! ended, and how pages look: names, attributes, nothing else knows them.

use axum::http::{HeaderMap, header};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use tower_cookies::{
    Cookie, Cookies,
    cookie::{SameSite, time::Duration},
};

use crate::{
    model::{Appearance, Language},
    server::{
        auth::{DeviceToken, SignedIn},
        config::Config,
    },
};

const ACCESS: &str = "access_token";
const REFRESH: &str = "refresh_token";
const DEVICE: &str = "device";
const DRAFT: &str = "draft";
const APPEARANCE: &str = "appearance";
/// The longest that browsers keep a cookie.
pub const LONGEST_AGE: Duration = Duration::days(400);
/// Long enough to sign in again; whoever uses the browser next should not find it.
pub const DRAFT_AGE: Duration = Duration::minutes(10);
/// Browsers refuse cookies that are longer.
const LONGEST_DRAFT: usize = 3_500;

/// What the names begin with: with https the prefix that binds a cookie to this very host.
#[must_use]
pub fn prefix(config: &Config) -> &'static str {
    if config.is_https() { "__Host-" } else { "" }
}

fn name(config: &Config, name: &'static str) -> String {
    format!("{}{name}", prefix(config))
}

/// The access and the refresh token that the browser sent.
#[must_use]
pub fn read(jar: &Cookies, config: &Config) -> (Option<String>, Option<String>) {
    let value = |cookie| {
        jar.get(&name(config, cookie))
            .map(|cookie| cookie.value().to_owned())
            .filter(|value| !value.is_empty())
    };
    (value(ACCESS), value(REFRESH))
}

/// The device that the browser says it is.
#[must_use]
pub fn device(jar: &Cookies, config: &Config) -> Option<DeviceToken> {
    DeviceToken::parse(jar.get(&name(config, DEVICE))?.value())
}

/// Lets the browser remember its device, from one sign-in to the next, signed out or not.
pub fn set_device(jar: &Cookies, config: &Config, device: &DeviceToken) {
    let mut cookie = bare(config, DEVICE, device.expose().to_owned());
    cookie.set_max_age(LONGEST_AGE);
    jar.add(cookie);
}

/// Signs the browser in. Without `remember_me` the cookies end with the browser session.
pub fn set(jar: &Cookies, config: &Config, signed_in: &SignedIn, now: OffsetDateTime) {
    let access_age = Duration::seconds(signed_in.expires_in);
    // Whole seconds, rounded up: cookies know no fractions.
    let refresh_age = Duration::seconds((signed_in.expires_at - now + Duration::microseconds(999_999)).whole_seconds());
    for (cookie, value, age) in [
        (ACCESS, &signed_in.access_token, access_age),
        (REFRESH, &signed_in.refresh_token, refresh_age),
    ] {
        let mut cookie = bare(config, cookie, value.clone());
        if signed_in.remember_me {
            cookie.set_max_age(age);
        }
        jar.add(cookie);
    }
}

/// Signs the browser out.
pub fn clear(jar: &Cookies, config: &Config) {
    for cookie in [ACCESS, REFRESH] {
        let mut cookie = bare(config, cookie, String::new());
        cookie.set_max_age(Duration::ZERO);
        jar.add(cookie);
    }
}

/// A form that somebody posted whose session had ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Where it was posted to, which is the page that it belongs to.
    pub path: String,
    /// What was typed, by the names of the fields: no password among it.
    pub values: Vec<(String, String)>,
}

impl Draft {
    /// Of a form's body; of one that is none, without values.
    #[must_use]
    pub fn of(path: &str, body: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            values: typed(body),
        }
    }

    /// What was typed into `field`.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&str> {
        let value = self.values.iter().find(|(name, _)| name == field);
        value.map(|(_, value)| value.as_str())
    }
}

/// The fields of a form's body that may be shown again: all but passwords.
#[must_use]
pub fn typed(body: &[u8]) -> Vec<(String, String)> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body).unwrap_or_default();
    let shown = pairs.into_iter().filter(|(name, _)| !name.contains("password"));
    shown.collect()
}

/// Keeps what was typed for a while; not what is too long for a cookie.
pub fn set_draft(jar: &Cookies, config: &Config, draft: &Draft) {
    let value = serde_json::to_vec(draft).map(|json| BASE64_URL_SAFE_NO_PAD.encode(json));
    if let Ok(value) = value
        && value.len() <= LONGEST_DRAFT
    {
        let mut cookie = bare(config, DRAFT, value);
        cookie.set_max_age(DRAFT_AGE);
        jar.add(cookie);
    }
}

/// What was typed before.
#[must_use]
pub fn draft(jar: &Cookies, config: &Config) -> Option<Draft> {
    let cookie = jar.get(&name(config, DRAFT))?;
    let json = BASE64_URL_SAFE_NO_PAD.decode(cookie.value()).ok()?;
    serde_json::from_slice(&json).ok()
}

pub fn clear_draft(jar: &Cookies, config: &Config) {
    let mut cookie = bare(config, DRAFT, String::new());
    cookie.set_max_age(Duration::ZERO);
    jar.add(cookie);
}

/// How the browser wants pages to look.
#[must_use]
pub fn appearance(jar: &Cookies, config: &Config) -> Appearance {
    let cookie = jar.get(&name(config, APPEARANCE));
    cookie.map_or_else(Appearance::default, |cookie| Appearance::read(cookie.value()))
}

/// The language in which the browser wants to be answered, for whoever comes before the jar.
#[must_use]
pub fn language(headers: &HeaderMap, config: &Config) -> Language {
    let name = name(config, APPEARANCE);
    let headers = headers.get_all(header::COOKIE).iter();
    let mut cookies = headers
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='));
    // Of several the last counts, as in the jar.
    let found = cookies.rfind(|(cookie, _)| *cookie == name);
    found.map_or_else(Language::default, |(_, value)| Appearance::read(value).language)
}

pub fn set_appearance(jar: &Cookies, config: &Config, appearance: Appearance) {
    let mut cookie = bare(config, APPEARANCE, appearance.to_text());
    cookie.set_max_age(LONGEST_AGE);
    jar.add(cookie);
}

fn bare(config: &Config, cookie: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name(config, cookie), value))
        .http_only(true)
        .secure(config.is_https())
        .same_site(SameSite::Lax)
        .path("/")
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::legal::ConsentKind;

    /// A cookie that is not told there is one that nobody agreed to.
    #[test]
    fn the_privacy_policy_names_every_cookie() {
        let texts = ConsentKind::Privacy.document().texts();
        for cookie in [ACCESS, REFRESH, DEVICE, DRAFT, APPEARANCE] {
            let name = format!("{{cookie}}{cookie}");
            assert!(texts.iter().any(|text| text.ko == name && text.en == name), "{cookie}");
        }
        let told = texts.iter().filter(|text| text.ko.starts_with("{cookie}")).count();
        assert_eq!(told, 5, "and no others");
    }
}
