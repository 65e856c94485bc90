//! What the settings mean that are more than a number or a switch.

use std::{net::SocketAddr, os::unix::fs::PermissionsExt as _, str::FromStr as _};

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::{Argon2Settings, reader::Reader};
use crate::server::telemetry::Traces;

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
        Ok(url) if url.scheme() == "http" && !site_addr.ip().is_loopback() => {
            "is http, but LEPTOS_SITE_ADDR is reachable from other machines"
        }
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
    const VARIABLE: &str = "JWT_SECRET_KEY";
    let (secret, variable) = match (reader.value(VARIABLE), secret_of_file(reader)) {
        (Some(_), Some(_)) => {
            reader.fault(SECRET_FILE, "is set beside JWT_SECRET_KEY", "one of the two");
            return None;
        }
        (Some(secret), None) => (secret, VARIABLE),
        (None, Some(Ok(secret))) => (secret, SECRET_FILE),
        // Its fault is noted.
        (None, Some(Err(()))) => return None,
        (None, None) => {
            if !site_addr.ip().is_loopback() {
                reader.fault(
                    VARIABLE,
                    "is not set, but the server is reachable from other machines",
                    SECRET_ACCEPTED,
                );
            }
            if database_url.expose_secret().starts_with("postgres") {
                reader.fault(
                    VARIABLE,
                    "is not set; only beside a SQLite database is one made for you",
                    SECRET_ACCEPTED,
                );
            }
            return None;
        }
    };
    if let Some(fault) = weakness(&secret) {
        reader.fault(variable, fault, SECRET_ACCEPTED);
    }
    Some(SecretString::from(secret))
}

const SECRET_FILE: &str = "JWT_SECRET_KEY_FILE";

/// The secret in the file that a setting names, as supervisors and orchestrators hand secrets over.
/// `None` without the setting; an error, which is noted, when the file cannot be used.
fn secret_of_file(reader: &mut Reader) -> Option<Result<String, ()>> {
    const ACCEPTED: &str = "a file that holds the secret and that not everybody may read";
    let file = reader.value(SECRET_FILE)?;
    let read = || {
        let mode = std::fs::metadata(&file)?.permissions().mode();
        Ok::<_, std::io::Error>((std::fs::read_to_string(&file)?, mode))
    };
    let fault = match read() {
        Ok((_, mode)) if mode & 0o007 != 0 => format!("`{file}` can be read by everybody on the machine"),
        Ok((secret, _)) => return Some(Ok(secret.trim().to_owned())),
        Err(error) => format!("`{file}` cannot be read ({error})"),
    };
    reader.fault(SECRET_FILE, fault, ACCEPTED);
    Some(Err(()))
}

/// Why a secret could be guessed.
fn weakness(secret: &str) -> Option<String> {
    /// What stands in examples, those of the original application included, in lower case.
    const EXAMPLES: [&str; 9] = [
        "change-me",
        "changeme",
        "change_me",
        "change-this",
        "change_this",
        "change-in-production",
        "your-secret",
        "your_secret",
        "replace-me",
    ];
    let lower = secret.to_ascii_lowercase();
    if secret.len() < MIN_SECRET_BYTES {
        Some(format!("has only {} bytes", secret.len()))
    } else if EXAMPLES.iter().any(|example| lower.contains(example)) {
        Some("is an example that everybody can read".to_owned())
    } else {
        None
    }
}

pub(super) fn jwt_previous_secret_keys(reader: &mut Reader) -> Vec<SecretString> {
    let value = reader.value("JWT_PREVIOUS_SECRET_KEYS").unwrap_or_default();
    let mut keys = Vec::new();
    for secret in value.split(',').map(str::trim).filter(|s| !s.is_empty()) {
        if let Some(fault) = weakness(secret) {
            reader.fault("JWT_PREVIOUS_SECRET_KEYS", format!("one {fault}"), SECRET_ACCEPTED);
        }
        keys.push(SecretString::from(secret.to_owned()));
    }
    keys
}

/// Port 0 is for nobody: who scrapes has to know it.
pub(super) fn metrics_addr(reader: &mut Reader, site_addr: SocketAddr) -> Option<SocketAddr> {
    const VARIABLE: &str = "METRICS_ADDR";
    const ACCEPTED: &str = "an address and port such as 127.0.0.1:9100";
    let address = reader.optional(VARIABLE, ACCEPTED, |value| {
        value.parse().ok().filter(|address: &SocketAddr| address.port() != 0)
    })?;
    if address == site_addr {
        reader.fault(
            VARIABLE,
            format!("`{address}` is where the pages are"),
            "an address and port of its own",
        );
    }
    Some(address)
}

/// The names are those of OpenTelemetry's own specification.
pub(super) fn otlp_traces(reader: &mut Reader) -> Option<Traces> {
    let ratio = reader.number("OTEL_TRACES_SAMPLER_ARG", "0 to 1, such as 0.1", 1.0, 0.0, 1.0);
    let endpoint = reader.optional(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "the collector's address without path or user, such as http://127.0.0.1:4318",
        |value| {
            let url = Url::parse(value).ok()?;
            let is_plain = url.path() == "/" && url.query().is_none() && url.username().is_empty();
            (matches!(url.scheme(), "http" | "https") && is_plain && url.password().is_none()).then_some(url)
        },
    )?;
    Some(Traces { endpoint, ratio })
}

/// What is not understood is not quoted: it may hold a key.
pub(super) fn sentry_dsn(reader: &mut Reader) -> Option<SecretString> {
    const VARIABLE: &str = "SENTRY_DSN";
    let value = reader.value(VARIABLE)?;
    if value.parse::<sentry::types::Dsn>().is_err() {
        reader.fault(
            VARIABLE,
            "is no DSN",
            "what the service shows: https://KEY@HOST/PROJECT",
        );
    }
    Some(SecretString::from(value))
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
