//! The two cookies that sign a browser in, and the one that tells its device: names, attributes,
//! nothing else knows them.

use time::OffsetDateTime;
use tower_cookies::{
    Cookie, Cookies,
    cookie::{SameSite, time::Duration},
};

use crate::server::{
    auth::{DeviceToken, SignedIn},
    config::Config,
};

const ACCESS: &str = "access_token";
const REFRESH: &str = "refresh_token";
const DEVICE: &str = "device";
/// The longest that browsers keep a cookie.
const DEVICE_AGE: Duration = Duration::days(400);

/// With https the names carry the prefix that binds a cookie to this very host.
fn name(config: &Config, name: &'static str) -> String {
    if config.is_https() {
        format!("__Host-{name}")
    } else {
        name.to_owned()
    }
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
    cookie.set_max_age(DEVICE_AGE);
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

fn bare(config: &Config, cookie: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name(config, cookie), value))
        .http_only(true)
        .secure(config.is_https())
        .same_site(SameSite::Lax)
        .path("/")
        .build()
}
