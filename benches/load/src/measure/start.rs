//! Starting: how long it takes, and what it leaves in memory.

use std::time::Duration;

use super::Bench;
use crate::{
    Result,
    report::{Row, Verdict},
    stats::{figure, median},
};

pub const WHAT: &str = "idle memory";
pub const BUDGET: &str = "<= 40 MiB";

const START: &str = "start to first 200, existing database";
const CLEAN_CLONE: &str = "clean clone to running server";
/// After it is ready.
const IDLE: Duration = Duration::from_secs(3);

pub async fn rows(bench: &Bench) -> Result<Vec<Row>> {
    let (starts, idles) = (bench.turns(9), bench.turns(3));
    let (mut times, mut sizes) = (Vec::new(), Vec::new());
    for turn in 0..starts {
        let (server, took) = bench.setting.start(None).await?;
        times.push(took);
        if turn < idles {
            tokio::time::sleep(IDLE).await;
            sizes.push(server.process.memory()?);
        }
        server.stop().await?;
    }
    let (size, time) = (median(&sizes), median(&times));
    Ok(vec![
        Row {
            what: WHAT,
            figure: format!("{} MiB", figure(size)),
            yardstick: String::new(),
            ratio: figure(size / 40.0),
            budget: BUDGET,
            verdict: Verdict::of(size <= 40.0),
            how: format!("resident, 3 s after the server is ready; median of {idles} starts"),
        },
        Row {
            what: START,
            figure: format!("{} ms", figure(time)),
            yardstick: String::new(),
            ratio: figure(time / 150.0),
            budget: "<= 150 ms",
            verdict: Verdict::of(time <= 150.0),
            how: format!(
                "from the start of the process to `/readyz` 200, with the market loaded; median of {starts} starts, the slowest {} ms",
                figure(times.iter().copied().fold(0.0, f64::max))
            ),
        },
    ])
}

/// The very first start of this run, on an empty database.
pub fn first(milliseconds: f64) -> Row {
    Row {
        figure: format!("{} s", figure(milliseconds / 1e3)),
        how: "to `/readyz` 200: tables and a made-up market are made first".to_owned(),
        ..Row::without("first start, empty database", "", Verdict::NoBudget)
    }
}

pub fn clean_clone(seconds: Option<f64>) -> Row {
    const BUDGET: &str = "<= 15 min";
    let Some(seconds) = seconds else {
        let why = Verdict::NotMeasured("`scripts/bench --clean-clone` does it".to_owned());
        return Row::without(CLEAN_CLONE, BUDGET, why);
    };
    Row {
        what: CLEAN_CLONE,
        figure: format!("{} min", figure(seconds / 60.0)),
        yardstick: String::new(),
        ratio: figure(seconds / 900.0),
        budget: BUDGET,
        verdict: Verdict::of(seconds <= 900.0),
        how: "`git clone` and `make run` in an empty folder, to the first 200; crates and Node packages as cargo and npm have them already".to_owned(),
    }
}
