//! A page of the listing against a handler that does nothing else.

use super::{Bench, LISTING, refusals};
use crate::{
    Result,
    http::get_with,
    load::{Outcome, Same, clients, closed},
    report::{Row, Verdict},
    server::{Device, Server},
    stats::{figure, median},
    yardstick::Bare,
};

pub const WHAT: &str = "`GET /api/stocks/listings?limit=50`, Bearer";
pub const BUDGET: &str = ">= 0.6 x a bare axum handler";

const READERS: usize = 32;

pub async fn rows(bench: &Bench, server: &Server, devices: &[Device]) -> Result<Vec<Row>> {
    let asked = |device: &Device| get_with(&device.access_token, LISTING);
    let first = devices.first().ok_or("nobody is signed in")?;
    let bare = Bare::like(server.address, &asked(first)).await?;
    let requests: Vec<Vec<u8>> = devices.iter().take(READERS).map(asked).collect();
    let mut readers = clients(server.address, requests.iter().cloned().map(Same)).await?;
    let mut bare_readers = clients(bare.address, requests.into_iter().map(Same)).await?;

    let (mut rates, mut raw, mut ratios, mut cpu) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut ours, mut theirs) = (Outcome::default(), Outcome::default());
    for _ in 0..bench.turns(7) {
        (theirs, bare_readers) = closed(&bare.process, bare_readers, 0.3, bench.seconds(3.0)).await?;
        (ours, readers) = closed(&server.process, readers, 0.3, bench.seconds(3.0)).await?;
        rates.push(ours.rate());
        raw.push(theirs.rate());
        ratios.push(ours.rate() / theirs.rate());
        cpu.push(theirs.server_micros() / ours.server_micros().max(f64::MIN_POSITIVE));
    }
    let ratio = median(&ratios);
    Ok(vec![Row {
        what: WHAT,
        figure: format!("{}/s", figure(median(&rates))),
        yardstick: format!("{}/s", figure(median(&raw))),
        ratio: figure(ratio),
        budget: BUDGET,
        verdict: Verdict::of(ratio >= 0.6),
        how: format!(
            "{READERS} clients, each its own token; the process takes {} µs of a core for an answer, the handler's {} µs (ratio {}); client {} and {} % of a core{}",
            figure(ours.server_micros()),
            figure(theirs.server_micros()),
            figure(median(&cpu)),
            figure(ours.client_share()),
            figure(theirs.client_share()),
            refusals(&ours.refused)
        ),
    }])
}
