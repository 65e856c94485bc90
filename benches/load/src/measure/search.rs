//! Search through HTTP.

use super::{Bench, refusals};
use crate::{
    Result,
    http::get_with,
    load::{Same, clients, paced},
    report::{Row, Verdict},
    server::{Device, Server},
    stats::figure,
};

pub const WHAT: &str = "search, p99 at 200/s";

/// A name, initial consonants, a code's begin, the wrong keyboard: percent-encoded.
const QUERIES: [&str; 4] = ["%EC%A0%84%EC%9E%90", "%E3%84%B1%E3%85%82", "8000", "wjswk"];

pub async fn rows(bench: &Bench, server: &Server, devices: &[Device]) -> Result<Vec<Row>> {
    let requests = devices
        .iter()
        .take(8)
        .zip(QUERIES.iter().cycle())
        .map(|(device, query)| {
            let path = format!("/api/stocks/search?query={query}&limit=10");
            Same(get_with(&device.access_token, &path))
        });
    let searchers = clients(server.address, requests).await?;
    let (mut all, _) = paced(&server.process, searchers, 200.0, 0.3, bench.seconds(6.0)).await?;
    if all.done < 1.0 {
        return Err(format!("nothing was found{}", refusals(&all.refused)).into());
    }
    Ok(vec![Row {
        figure: format!("{} ms", figure(all.percentile(0.99))),
        how: format!(
            "a name, initial consonants, the begin of a code, the wrong keyboard; half within {} ms{}",
            figure(all.percentile(0.5)),
            refusals(&all.refused)
        ),
        ..Row::without(WHAT, "", Verdict::NoBudget)
    }])
}
