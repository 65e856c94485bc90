//! Refresh tokens that are rotated.

use super::{Bench, refusals};
use crate::{
    Result,
    http::{Answer, request},
    load::{Outcome, Talk, clients, closed},
    report::{Row, Verdict},
    server::{Device, Server},
    stats::{figure, median},
    yardstick,
};

pub const WHAT: &str = "refresh, a core";
pub const BUDGET: &str = ">= 1,500/s (SQLite)";

/// A device that rotates its token with each answer.
struct Chain(Vec<u8>);

impl Chain {
    fn new(token: &str) -> Self {
        let body = format!(r#"{{"refresh_token":"{token}"}}"#);
        Self(request("POST", "/api/auth/refresh", &[], Some(&body)))
    }
}

impl Talk for Chain {
    fn request(&self) -> &[u8] {
        &self.0
    }

    fn answered(&mut self, answer: &Answer<'_>) -> Result<()> {
        if answer.status == 200 {
            let next = Self::new(&answer.member("refresh_token")?);
            if next.0 == self.0 {
                return Err("a token was not rotated".into());
            }
            *self = next;
        }
        Ok(())
    }
}

pub async fn rows(bench: &Bench, server: &Server, devices: &[Device]) -> Result<Vec<Row>> {
    let chains = devices.iter().map(|device| Chain::new(&device.refresh_token));
    let mut people = clients(server.address, chains).await?;
    let (mut rates, mut disk, mut all) = (Vec::new(), Vec::new(), Outcome::default());
    for _ in 0..bench.turns(4) {
        disk.push(yardstick::sync_rate(&bench.setting.folder, bench.seconds(2.0))?);
        (all, people) = closed(&server.process, people, 0.5, bench.seconds(5.0)).await?;
        rates.push(all.rate());
    }
    let rate = median(&rates);
    Ok(vec![Row {
        what: WHAT,
        figure: format!("{}/s", figure(rate)),
        yardstick: format!("{} syncs/s of the disk", figure(median(&disk))),
        ratio: figure(rate / 1500.0),
        budget: BUDGET,
        verdict: if bench.setting.is_sqlite() {
            Verdict::of(rate >= 1500.0)
        } else {
            Verdict::NoBudget
        },
        how: format!(
            "{} devices, each its own chain of tokens; ratio to 1,500; the server on one core takes {} µs of it for an answer; half within {} ms; client {} % of another core{}",
            devices.len(),
            figure(all.server_micros()),
            figure(all.percentile(0.5)),
            figure(all.client_share()),
            refusals(&all.refused)
        ),
    }])
}
