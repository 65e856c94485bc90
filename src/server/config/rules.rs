//! What the settings mean that are more than a number or a switch.

use std::{net::SocketAddr, str::FromStr as _};

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::{Argon2Settings, reader::Reader};

/// The fewest bytes of `JWT_SECRET_KEY`: HS256 needs a key as long as its hash.
const MIN_SECRET_BYTES: usize = 32;

pub(super) fn database_url(reader: &mut Reader) -> SecretString {
    const ACCEPTED: &str = "sqlite://FILE or postgres://USER:PASSWORD@HOST/DATABASE";
    let url = reader
        .value("DATABASE_URL")
        .unwrap_or_else(|| "sqlite://data/secondarymarket.db".to_owned());
    let fault = match url.split_once(':').map(|(scheme, _)| scheme) {
        Some("sqlite") => match sqlx::sqlite::SqliteConnectOptions::from_str(&url) {
            Ok(options)
                if options.get_filename().as_os_str().is_empty() || url.contains(":memory:") || url.contains('?') =>
            {
                Some("names no plain file")
            }
            Ok(_) => None,
            Err(_) => Some("is no SQLite address"),
        },
        Some("postgres" | "postgresql") => sqlx::postgres::PgConnectOptions::from_str(&url)
            .err()
            .map(|_| "is no PostgreSQL address"),
        _ => Some("names no known database"),
    };
    if let Some(fault) = fault {
        reader.fault("DATABASE_URL", fault, ACCEPTED);
    }
    SecretString::from(url)
}

pub(super) fn public_url(reader: &mut Reader, site_addr: SocketAddr) -> Url {
    const ACCEPTED: &str = "https://HOST, or http://HOST with a loopback host, without a path";
    let default = Url::parse(&format!("http://{site_addr}"));
    let Some(value) = reader.value("PUBLIC_URL") else {
        if !site_addr.ip().is_loopback() {
            reader.fault(
                "PUBLIC_URL",
                "is not set, but the server is reachable from other machines",
                ACCEPTED,
            );
        }
        return default.unwrap_or_else(|_| loopback_url());
    };
    let fault = match Url::parse(&value) {
        Ok(url) if !matches!(url.scheme(), "http" | "https") => "has another scheme",
        Ok(url) if url.path() != "/" || url.query().is_some() || url.fragment().is_some() => "has a path",
        Ok(url) if !url.username().is_empty() || url.password().is_some() => "names a user",
        Ok(url) if url.scheme() == "http" && !is_loopback(&url) => "is http on a public host",
        Ok(url) => return url,
        Err(_) => "is no URL",
    };
    reader.fault("PUBLIC_URL", fault, ACCEPTED);
    default.unwrap_or_else(|_| loopback_url())
}

/// What stands in until the faults are reported.
pub(super) fn loopback_url() -> Url {
    #[expect(clippy::expect_used, reason = "a constant that a test parses")]
    Url::parse("http://127.0.0.1:3000").expect("constant")
}

pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

const SECRET_ACCEPTED: &str = "at least 32 bytes of randomness, for example from `openssl rand -base64 48`";

pub(super) fn jwt_secret_key(
    reader: &mut Reader,
    site_addr: SocketAddr,
    database_url: &SecretString,
) -> Option<SecretString> {
    let Some(secret) = reader.value("JWT_SECRET_KEY") else {
        if !site_addr.ip().is_loopback() {
            reader.fault(
                "JWT_SECRET_KEY",
                "is not set, but the server is reachable from other machines",
                SECRET_ACCEPTED,
            );
        }
        if database_url.expose_secret().starts_with("postgres") {
            reader.fault(
                "JWT_SECRET_KEY",
                "is not set; only beside a SQLite database is one made for you",
                SECRET_ACCEPTED,
            );
        }
        return None;
    };
    if secret.len() < MIN_SECRET_BYTES {
        reader.fault(
            "JWT_SECRET_KEY",
            format!("has only {} bytes", secret.len()),
            SECRET_ACCEPTED,
        );
    }
    Some(SecretString::from(secret))
}

pub(super) fn jwt_previous_secret_keys(reader: &mut Reader) -> Vec<SecretString> {
    let value = reader.value("JWT_PREVIOUS_SECRET_KEYS").unwrap_or_default();
    let mut keys = Vec::new();
    for secret in value.split(',').map(str::trim).filter(|s| !s.is_empty()) {
        if secret.len() < MIN_SECRET_BYTES {
            reader.fault(
                "JWT_PREVIOUS_SECRET_KEYS",
                format!("one has only {} bytes", secret.len()),
                SECRET_ACCEPTED,
            );
        }
        keys.push(SecretString::from(secret.to_owned()));
    }
    keys
}

pub(super) fn argon2(reader: &mut Reader) -> Argon2Settings {
    let settings = Argon2Settings {
        memory_kib: reader.number("ARGON2_MEMORY_KIB", "64 to 4194304", 19_456, 64, 4_194_304),
        iterations: reader.number("ARGON2_ITERATIONS", "1 to 100", 2, 1, 100),
        parallelism: reader.number("ARGON2_PARALLELISM", "1 to 8", 1, 1, 8),
    };
    if argon2::Params::new(settings.memory_kib, settings.iterations, settings.parallelism, None).is_err() {
        reader.fault(
            "ARGON2_MEMORY_KIB",
            "is too little for ARGON2_PARALLELISM",
            "8 KiB or more for each lane",
        );
    }
    settings
}

pub(super) fn cors_origins(reader: &mut Reader) -> Vec<String> {
    reader.list(
        "CORS_ORIGINS",
        "origins such as https://app.example.com with commas between; `*` is refused",
        |item| {
            let url = Url::parse(item).ok()?;
            let origin = url.origin();
            let is_origin = matches!(url.scheme(), "http" | "https")
                && origin.ascii_serialization() == item.trim_end_matches('/').to_ascii_lowercase();
            is_origin.then(|| origin.ascii_serialization())
        },
    )
}
