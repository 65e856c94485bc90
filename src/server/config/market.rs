//! Where market data come from.

use secrecy::SecretString;
use url::Url;

use super::{
    reader::Reader,
    rules::{is_loopback, loopback_url},
};

/// Where listings come from.
#[derive(Debug, Clone)]
pub enum ListingsSource {
    /// A generated market, marked as such, while nothing has been imported.
    Demo,
    /// Only what the operator imports.
    File,
    /// The cache that `FinanceDataReader` reads.
    Fdr {
        /// The folder that holds `listing/`.
        cache: Url,
        /// The site that says which trading day is the newest.
        exchange: Url,
    },
    /// The exchange's Open API, with the operator's own key.
    KrxOpenApi { base: Url, key: SecretString },
}

impl ListingsSource {
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::File => "file",
            Self::Fdr { .. } => "fdr",
            Self::KrxOpenApi { .. } => "krx_openapi",
        }
    }
}

pub(super) fn listings_source(reader: &mut Reader) -> ListingsSource {
    let cache = source_url(
        reader,
        "FDR_CACHE_URL",
        "https://raw.githubusercontent.com/FinanceData/fdr_krx_data_cache/refs/heads/master/data",
    );
    let exchange = source_url(reader, "KRX_DATA_URL", "https://data.krx.co.kr");
    let base = source_url(reader, "KRX_API_URL", "https://data-dbg.krx.co.kr/svc/apis");
    let key = reader.value("KRX_API_KEY");
    if key
        .as_ref()
        .is_some_and(|key| !key.bytes().all(|byte| byte.is_ascii_graphic()))
    {
        reader.fault(
            "KRX_API_KEY",
            "holds what no key holds",
            "the key as the exchange shows it",
        );
    }
    let name = reader.choice(
        "LISTINGS_SOURCE",
        "demo, file, fdr, krx_openapi",
        "demo".to_owned(),
        |value| matches!(value, "demo" | "file" | "fdr" | "krx_openapi").then(|| value.to_owned()),
    );
    match (name.as_str(), key) {
        ("file", _) => ListingsSource::File,
        ("fdr", _) => ListingsSource::Fdr { cache, exchange },
        ("krx_openapi", Some(key)) => ListingsSource::KrxOpenApi {
            base,
            key: SecretString::from(key),
        },
        ("krx_openapi", None) => {
            reader.fault(
                "KRX_API_KEY",
                "is not set, but LISTINGS_SOURCE is krx_openapi",
                "the key that the exchange gave you at openapi.krx.co.kr",
            );
            ListingsSource::File
        }
        _ => ListingsSource::Demo,
    }
}

/// An address that a key may be sent to.
fn source_url(reader: &mut Reader, variable: &'static str, default: &str) -> Url {
    let parse = |value: &str| {
        let url = Url::parse(value).ok()?;
        let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
        let is_plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        (is_safe && is_plain && url.password().is_none()).then_some(url)
    };
    let default = parse(default).unwrap_or_else(loopback_url);
    reader.choice(
        variable,
        "an https address without query, or an http one on a loopback host",
        default,
        parse,
    )
}
