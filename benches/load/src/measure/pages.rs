//! The listings page, rendered on the server.

use super::{Bench, refusals};
use crate::{
    Result,
    http::{Connection, request},
    load::{Outcome, Same, clients, closed},
    report::{Row, Verdict},
    server::{Device, Server},
    stats::{figure, median},
};

pub const WHAT: &str = "`/stocks` with 50 rows, rendered, a core";
pub const BUDGET: &str = ">= 800/s";

pub const READERS: usize = 16;

/// As a browser asks, signed in by its cookie.
pub fn page(access_token: &str) -> Vec<u8> {
    request(
        "GET",
        "/stocks",
        &[("cookie", &format!("access_token={access_token}"))],
        None,
    )
}

pub async fn rows(bench: &Bench, server: &Server, devices: &[Device]) -> Result<Vec<Row>> {
    let first = devices.first().ok_or("nobody is signed in")?;
    let size = check(server, first).await?;
    let requests = devices
        .iter()
        .take(READERS)
        .map(|device| Same(page(&device.access_token)));
    let mut readers = clients(server.address, requests).await?;
    let (mut rates, mut all) = (Vec::new(), Outcome::default());
    for _ in 0..bench.turns(4) {
        (all, readers) = closed(&server.process, readers, 0.5, bench.seconds(4.0)).await?;
        rates.push(all.rate());
    }
    let rate = median(&rates);
    Ok(vec![Row {
        what: WHAT,
        figure: format!("{}/s", figure(rate)),
        yardstick: String::new(),
        ratio: figure(rate / 800.0),
        budget: BUDGET,
        verdict: Verdict::of(rate >= 800.0),
        how: format!(
            "{READERS} readers, each its own access cookie; pages of {} kB, not compressed; ratio to 800; the server on one core takes {} µs of it for a page; half within {} ms; client {} % of another core{}",
            figure(size / 1e3),
            figure(all.server_micros()),
            figure(all.percentile(0.5)),
            figure(all.client_share()),
            refusals(&all.refused)
        ),
    }])
}

/// The page has its rows; says how large it is, in bytes.
async fn check(server: &Server, device: &Device) -> Result<f64> {
    let mut connection = Connection::open(server.address).await?;
    let answer = connection.send(&page(&device.access_token)).await?;
    let text = answer.text();
    let rows = text.matches("href=\"/stocks/").count();
    if answer.status != 200 || rows < 50 {
        return Err(format!("/stocks: {} with {rows} rows", answer.status).into());
    }
    Ok(text.len() as f64)
}
