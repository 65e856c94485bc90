//! What a server of this size carries, for those who run one.

use crate::{
    Result,
    http::{get_with, request},
    load::{Same, clients, closed},
    measure::{Bench, LISTING, pages, series},
    server::{Server, sign_in_body, sign_up_and_in},
    stats::figure,
};

/// Users signed in: a small installation and a medium one.
const SIZES: [usize; 2] = [100, 1_000];

/// One line of the table.
pub struct Capacity {
    users: usize,
    listings: f64,
    /// In milliseconds.
    p99: f64,
    /// `None` where the site's pages were not answered.
    pages: f64,
    sign_ins: f64,
    /// The largest of all steps, in MiB.
    memory: f64,
}

impl Capacity {
    pub fn cells(&self) -> [String; 6] {
        [
            figure(self.users as f64).trim_end_matches(".0").to_owned(),
            figure(self.listings),
            format!("{} ms", figure(self.p99)),
            figure(self.pages),
            figure(self.sign_ins),
            format!("{} MiB", figure(self.memory)),
        ]
    }
}

pub async fn measure(bench: &Bench, server: &Server) -> Result<Vec<Capacity>> {
    let mut found = Vec::new();
    for (letter, users) in ["e", "f"].into_iter().zip(SIZES) {
        let users = if bench.quick { users / 10 } else { users };
        found.push(of(bench, server, &series(letter), users).await?);
    }
    Ok(found)
}

async fn of(bench: &Bench, server: &Server, series: &str, users: usize) -> Result<Capacity> {
    let devices = sign_up_and_in(server, series, users).await?;
    let seconds = bench.seconds(5.0);
    let mut memory = Vec::new();

    let requests = devices
        .iter()
        .map(|device| Same(get_with(&device.access_token, LISTING)));
    let readers = clients(server.address, requests).await?;
    let (mut listings, readers) = closed(&server.process, readers, 1.0, seconds).await?;
    memory.push(server.process.memory()?);
    drop(readers);

    let requests = devices.iter().map(|device| Same(pages::page(&device.access_token)));
    let readers = clients(server.address, requests).await?;
    let (pages, readers) = closed(&server.process, readers, 1.0, seconds).await?;
    memory.push(server.process.memory()?);
    drop(readers);

    let requests = devices.iter().take(crate::run::CLIENTS).map(|device| {
        let body = sign_in_body(&device.user_id);
        Same(request("POST", "/api/auth/login", &[], Some(&body)))
    });
    let people = clients(server.address, requests).await?;
    let (sign_ins, _) = closed(&server.process, people, 1.5, seconds).await?;
    memory.push(server.process.memory()?);

    for (what, outcome) in [("listings", &listings), ("pages", &pages), ("sign-ins", &sign_ins)] {
        if let Some((status, count)) = outcome.refused.iter().next() {
            return Err(format!("capacity with {users} users, {what}: {count} answers {status}").into());
        }
    }
    Ok(Capacity {
        users,
        p99: listings.percentile(0.99),
        listings: listings.rate(),
        pages: pages.rate(),
        sign_ins: sign_ins.rate(),
        memory: memory.into_iter().fold(0.0, f64::max),
    })
}
