//! What readers notice of a flood of sign-ins.

use super::{Bench, LISTING, refusals, sign_in};
use crate::{
    Result,
    http::get_with,
    load::{Outcome, Same, clients, closed, paced},
    report::{Row, Verdict},
    server::{Device, Server},
    stats::{figure, median},
    yardstick::{self, Bare},
};

pub const WHAT: &str = "p99 of that at 200/s during a flood of sign-ins";
pub const BUDGET: &str = "<= 3 x its quiet p99";

const READERS: usize = 8;
const RATE: f64 = 200.0;

/// The p99 of a turn each, in milliseconds.
#[derive(Default)]
struct Turns {
    quiet: Vec<f64>,
    flooded: Vec<f64>,
    half: Vec<f64>,
}

impl Turns {
    fn add(&mut self, quiet: &mut Outcome, flooded: &mut Outcome) {
        self.quiet.push(quiet.percentile(0.99));
        self.half.push(flooded.percentile(0.5));
        self.flooded.push(flooded.percentile(0.99));
    }

    fn row(&self, what: &'static str, budget: &'static str, how: &str) -> Row {
        let each = self.flooded.iter().zip(&self.quiet);
        let ratio = median(&each.map(|(flooded, quiet)| flooded / quiet).collect::<Vec<_>>());
        Row {
            what,
            figure: format!("{} ms", figure(median(&self.flooded))),
            yardstick: format!("{} ms", figure(median(&self.quiet))),
            ratio: figure(ratio),
            budget,
            verdict: if budget.is_empty() {
                Verdict::NoBudget
            } else {
                Verdict::of(ratio <= 3.0)
            },
            how: format!("{how}; half within {} ms", figure(median(&self.half))),
        }
    }
}

/// The server's row, and that of a handler that shares the cores with nothing but the hash: what the
/// machine makes of such a load.
pub async fn rows(bench: &Bench, server: &Server, devices: &[Device]) -> Result<Vec<Row>> {
    let requests: Vec<Vec<u8>> = devices
        .iter()
        .take(READERS)
        .map(|device| get_with(&device.access_token, LISTING))
        .collect();
    let first = requests.first().ok_or("nobody is signed in")?;
    let bare = Bare::like(server.address, first).await?;
    let mut readers = clients(server.address, requests.iter().cloned().map(Same)).await?;
    let mut bare_readers = clients(bare.address, requests.into_iter().map(Same)).await?;
    let mut people = clients(server.address, sign_in::flood(devices)).await?;

    let (mut ours, mut theirs) = (Turns::default(), Turns::default());
    let (mut sign_ins, mut refused) = (Vec::new(), Outcome::default());
    let seconds = bench.seconds(6.0);
    for _ in 0..bench.turns(4) {
        let (mut quiet, back) = paced(&server.process, readers, RATE, 0.3, seconds).await?;
        let (flooded, flood) = tokio::join!(
            paced(&server.process, back, RATE, 1.5, seconds),
            closed(&server.process, people, 1.5, seconds)
        );
        let (mut flooded, back) = flooded?;
        readers = back;
        let (flood, back) = flood?;
        people = back;
        sign_ins.push(flood.rate());
        refused = flood;
        ours.add(&mut quiet, &mut flooded);

        let (mut quiet, back) = paced(&bare.process, bare_readers, RATE, 0.3, seconds / 2.0).await?;
        let hashing = tokio::task::spawn_blocking(move || yardstick::argon2_rate(seconds / 2.0 + 0.5));
        let (mut flooded, back) = paced(&bare.process, back, RATE, 0.3, seconds / 2.0).await?;
        bare_readers = back;
        hashing.await??;
        theirs.add(&mut quiet, &mut flooded);
    }
    let how = format!(
        "yardstick: the same without the flood; {READERS} readers beside 64 clients that sign in {} times a second{}",
        figure(median(&sign_ins)),
        refusals(&refused.refused)
    );
    let alone = "the bare handler at the same rate, beside raw Argon2id in all cores and without: what the machine itself makes of such a load";
    Ok(vec![
        ours.row(WHAT, BUDGET, &how),
        theirs.row("p99 of the bare handler beside hashing", "", alone),
    ])
}
