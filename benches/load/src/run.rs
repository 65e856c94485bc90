//! One database from its first start to its last figure.

use std::path::PathBuf;

use crate::{
    Result,
    capacity::{self, Capacity},
    measure::{self, Bench},
    report::{Database, Row, Verdict},
    server::{Setting, sign_up_and_in},
};

/// Clients that sign in at the same time.
pub const CLIENTS: usize = 64;

/// What is measured, and how thoroughly.
pub struct Program {
    pub binary: PathBuf,
    pub site: PathBuf,
    pub folder: PathBuf,
    pub quick: bool,
    /// Seconds from a clean clone to a running server, when somebody measured it.
    pub clean_clone: Option<f64>,
}

/// Rows as they come, each step's fault among them.
#[derive(Default)]
struct Rows(Vec<Row>);

impl Rows {
    fn take(&mut self, what: &'static str, budget: &'static str, outcome: Result<Vec<Row>>) {
        let rows = outcome.unwrap_or_else(|error| vec![Row::without(what, budget, Verdict::Failed(error.to_string()))]);
        for row in rows {
            println!("{}", row.line());
            self.0.push(row);
        }
    }
}

impl Program {
    /// Everything on the database at `url`. A step that fails is a row that says so.
    pub async fn measure(&self, name: &str, url: String) -> Database {
        println!("\non {name}");
        let bench = Bench {
            setting: Setting {
                binary: self.binary.clone(),
                site: self.site.clone(),
                folder: self.folder.clone(),
                database_url: url,
                source: "demo",
            },
            quick: self.quick,
        };
        let (mut rows, mut beside, mut capacity) = (Rows::default(), Rows::default(), Vec::new());
        let outcome = self.steps(&bench, &mut rows, &mut beside, &mut capacity).await;
        if let Err(error) = outcome {
            rows.take("the rest", "", Err(error));
        }
        Database {
            name: name.to_owned(),
            missing: None,
            rows: rows.0,
            beside: beside.0,
            capacity,
        }
    }

    async fn steps(
        &self,
        bench: &Bench,
        rows: &mut Rows,
        beside: &mut Rows,
        capacity: &mut Vec<Capacity>,
    ) -> Result<()> {
        let (mut server, first_start) = bench.setting.start(None).await?;
        server.has_past().await?;
        // Making a market leaves memory behind that an ordinary start does not take.
        server.stop().await?;
        let (server, _) = bench.setting.start(None).await?;
        let devices = sign_up_and_in(&server, &measure::series("a"), CLIENTS).await?;

        let outcome = measure::sign_in::rows(bench, &server, &devices).await;
        rows.take(measure::sign_in::WHAT, measure::sign_in::BUDGET, outcome);
        let outcome = measure::listings::rows(bench, &server, &devices).await;
        rows.take(measure::listings::WHAT, measure::listings::BUDGET, outcome);
        let (flood, handler) = split(measure::flood::rows(bench, &server, &devices).await);
        rows.take(measure::flood::WHAT, measure::flood::BUDGET, flood);
        beside.take("bare handler beside hashing", "", handler);
        let outcome = measure::search::rows(bench, &server, &devices).await;
        beside.take(measure::search::WHAT, "", outcome);
        let visit = measure::first_visit::rows(bench, &server).await;
        match capacity::measure(bench, &server).await {
            Ok(found) => capacity.extend(found),
            Err(error) => beside.take("capacity", "", Err(error)),
        }
        server.stop().await?;

        let alone = self.on_one_core(bench, rows).await;
        if let Err(error) = alone {
            rows.take("rates a core", "", Err(error));
        }
        rows.take(measure::first_visit::WHAT, measure::first_visit::BUDGET, visit);
        let outcome = measure::start::rows(bench).await;
        rows.take(measure::start::WHAT, measure::start::BUDGET, outcome);
        rows.take(
            "clean clone",
            "",
            Ok(vec![measure::start::clean_clone(self.clean_clone)]),
        );
        beside.take("first start", "", Ok(vec![measure::start::first(first_start)]));
        let outcome = measure::import::rows(bench).await;
        beside.take(measure::import::WHAT, "", outcome);
        Ok(())
    }

    /// The server has one core, this program the others.
    async fn on_one_core(&self, bench: &Bench, rows: &mut Rows) -> Result<()> {
        use measure::{pages, refresh};
        let all = crate::yardstick::cores();
        if all < 2 {
            let why = || Verdict::NotMeasured("it takes two cores".to_owned());
            let none = |what, budget| Ok(vec![Row::without(what, budget, why())]);
            rows.take(refresh::WHAT, refresh::BUDGET, none(refresh::WHAT, refresh::BUDGET));
            rows.take(pages::WHAT, pages::BUDGET, none(pages::WHAT, pages::BUDGET));
            return Ok(());
        }
        let (server, _) = bench.setting.start(Some(0)).await?;
        let _others = Others::of(all)?;
        let devices = sign_up_and_in(&server, &measure::series("b"), CLIENTS).await?;
        let outcome = refresh::rows(bench, &server, &devices).await;
        rows.take(refresh::WHAT, refresh::BUDGET, outcome);
        let devices = sign_up_and_in(&server, &measure::series("c"), pages::READERS).await?;
        let outcome = pages::rows(bench, &server, &devices).await;
        rows.take(pages::WHAT, pages::BUDGET, outcome);
        server.stop().await
    }
}

/// The first rows belong to the budget, the last to what stands beside it.
fn split(outcome: Result<Vec<Row>>) -> (Result<Vec<Row>>, Result<Vec<Row>>) {
    match outcome {
        Ok(mut rows) => {
            let last = rows.split_off(rows.len().min(1));
            (Ok(rows), Ok(last))
        }
        Err(error) => (Err(error), Ok(Vec::new())),
    }
}

/// This program keeps off the first core for as long as this lives.
struct Others(usize);

impl Others {
    fn of(all: usize) -> Result<Self> {
        crate::process::stay_on(&format!("1-{}", all - 1))?;
        Ok(Self(all))
    }
}

impl Drop for Others {
    fn drop(&mut self) {
        let _ = crate::process::stay_on(&format!("0-{}", self.0 - 1));
    }
}
