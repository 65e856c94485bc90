//! What a browser loads when it comes for the first time.

use std::collections::BTreeSet;

use super::Bench;
use crate::{
    Result,
    http::{Connection, request},
    report::{Row, Verdict},
    server::Server,
    stats::figure,
};

pub const WHAT: &str = "first visit of `/login`, compressed";
pub const BUDGET: &str = "<= 220 kB";

pub async fn rows(bench: &Bench, server: &Server) -> Result<Vec<Row>> {
    if !bench.setting.has_site() {
        let why = Verdict::NotMeasured("the site is not built (scripts/build-site)".to_owned());
        return Ok(vec![Row::without(WHAT, BUDGET, why)]);
    }
    let mut connection = Connection::open(server.address).await?;
    let (page, _) = load(&mut connection, "/login", None).await?;
    let (html, _) = load(&mut connection, "/login", Some("br")).await?;
    let mut bytes = html.len();
    let mut parts = vec![format!("html {} kB", figure(html.len() as f64 / 1e3))];
    let page = String::from_utf8_lossy(&page);
    let mut kinds = BTreeSet::new();
    for path in files(&page) {
        let (body, encoding) = load(&mut connection, &path, Some("br")).await?;
        if encoding.as_deref() != Some("br") {
            return Err(format!("{path} is not sent compressed").into());
        }
        bytes += body.len();
        let kind = path.rsplit('.').next().unwrap_or_default().to_owned();
        parts.push(format!("{kind} {} kB", figure(body.len() as f64 / 1e3)));
        kinds.insert(kind);
    }
    for kind in ["css", "js", "wasm"] {
        if !kinds.contains(kind) {
            return Err(format!("the page names no {kind} file").into());
        }
    }
    let kilobytes = bytes as f64 / 1e3;
    Ok(vec![Row {
        what: WHAT,
        figure: format!("{} kB", figure(kilobytes)),
        yardstick: String::new(),
        ratio: figure(kilobytes / 220.0),
        budget: BUDGET,
        verdict: Verdict::of(kilobytes <= 220.0),
        how: parts.join(", "),
    }])
}

/// The body as it was sent, and how it was compressed.
async fn load(connection: &mut Connection, path: &str, encoding: Option<&str>) -> Result<(Vec<u8>, Option<String>)> {
    let headers: Vec<(&str, &str)> = encoding
        .map(|encoding| ("accept-encoding", encoding))
        .into_iter()
        .collect();
    let answer = connection.send(&request("GET", path, &headers, None)).await?;
    if answer.status != 200 {
        return Err(format!("{path}: {}", answer.status).into());
    }
    let encoding = answer.header("content-encoding").map(str::to_owned);
    Ok((answer.body(), encoding))
}

/// The stylesheets, scripts and WebAssembly that a page names, each once.
fn files(page: &str) -> BTreeSet<String> {
    let quoted = page.split(['"', '\'', '`']);
    quoted
        .filter(|part| part.starts_with('/') && !part.contains(char::is_whitespace))
        .filter(|part| {
            let end = part.rsplit('.').next().unwrap_or_default();
            ["css", "js", "wasm"].contains(&end)
        })
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_wherever_the_page_names_them() {
        let page = r#"<link rel="stylesheet" href="/pkg/a.css"><link rel=modulepreload href="/pkg/a.js">
            <link rel="icon" href="/favicon.svg"><a href="/login">x</a>
            <script>import('/pkg/a.js').then(m => m.default({module_or_path: "/pkg/a.wasm"}))</script>"#;
        let found: Vec<String> = files(page).into_iter().collect();
        assert_eq!(found, ["/pkg/a.css", "/pkg/a.js", "/pkg/a.wasm"]);
    }
}
