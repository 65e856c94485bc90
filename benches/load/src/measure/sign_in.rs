//! Sign-ins against the hash alone.

use super::{Bench, refusals};
use crate::{
    Result,
    http::request,
    load::{Outcome, Same, clients, closed},
    report::{Row, Verdict},
    server::{Device, Server, sign_in_body},
    stats::{figure, median},
    yardstick,
};

pub const WHAT: &str = "sign-ins, 64 clients";
pub const BUDGET: &str = ">= 0.9 x raw Argon2id";

/// The first of them waits for its turn; then all hashing places are taken all the time.
const WARM_UP: f64 = 1.5;

pub async fn rows(bench: &Bench, server: &Server, devices: &[Device]) -> Result<Vec<Row>> {
    let mut people = clients(server.address, flood(devices)).await?;
    let (mut rates, mut raw, mut ratios, mut all) = (Vec::new(), Vec::new(), Vec::new(), Outcome::default());
    for _ in 0..bench.turns(4) {
        let hashes = yardstick::argon2_rate(bench.seconds(5.0))?;
        let (outcome, back) = closed(&server.process, people, WARM_UP, bench.seconds(8.0)).await?;
        people = back;
        rates.push(outcome.rate());
        raw.push(hashes);
        ratios.push(outcome.rate() / hashes);
        all = outcome;
    }
    let ratio = median(&ratios);
    Ok(vec![Row {
        what: WHAT,
        figure: format!("{}/s", figure(median(&rates))),
        yardstick: format!("{} hashes/s", figure(median(&raw))),
        ratio: figure(ratio),
        budget: BUDGET,
        verdict: Verdict::of(ratio >= 0.9),
        how: format!(
            "each client its own account; half are answered within {} ms; client {} % of a core{}",
            figure(all.percentile(0.5)),
            figure(all.client_share()),
            refusals(&all.refused)
        ),
    }])
}

/// Everybody signs in again and again.
pub fn flood(devices: &[Device]) -> impl Iterator<Item = Same> {
    devices.iter().map(|device| {
        Same(request(
            "POST",
            "/api/auth/login",
            &[],
            Some(&sign_in_body(&device.user_id)),
        ))
    })
}
