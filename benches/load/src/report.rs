//! `docs/benchmarks.md`: what was measured, held against the budgets.

use std::fmt::Write as _;

use crate::{capacity::Capacity, machine::Machine};

/// How a row stands against its budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Met,
    Missed,
    /// Nothing was promised.
    NoBudget,
    NotMeasured(String),
    Failed(String),
}

impl Verdict {
    pub fn of(is_met: bool) -> Self {
        if is_met { Self::Met } else { Self::Missed }
    }

    fn written(&self) -> String {
        match self {
            Self::Met => "met".to_owned(),
            Self::Missed => "**missed**".to_owned(),
            Self::NoBudget => "–".to_owned(),
            Self::NotMeasured(why) => format!("not measured here: {why}"),
            Self::Failed(why) => format!("**failed**: {why}"),
        }
    }
}

/// A line of a table.
#[derive(Debug, Clone)]
pub struct Row {
    pub what: &'static str,
    pub figure: String,
    pub yardstick: String,
    /// Of figure and yardstick, or of figure and budget.
    pub ratio: String,
    pub budget: &'static str,
    pub verdict: Verdict,
    pub how: String,
}

impl Row {
    /// One that has no figure.
    pub fn without(what: &'static str, budget: &'static str, verdict: Verdict) -> Self {
        Self {
            what,
            figure: String::new(),
            yardstick: String::new(),
            ratio: String::new(),
            budget,
            verdict,
            how: String::new(),
        }
    }

    fn written(&self) -> String {
        let cells = [
            self.what,
            &self.figure,
            &self.yardstick,
            &self.ratio,
            self.budget,
            &self.verdict.written(),
            &self.how,
        ];
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| cell.replace('|', "\\|").replace('\n', " "))
            .collect();
        format!("| {} |", cells.join(" | "))
    }

    /// For the terminal.
    pub fn line(&self) -> String {
        format!(
            "  {}: {} against {}, ratio {}, budget {}: {}",
            self.what,
            or_dash(&self.figure),
            or_dash(&self.yardstick),
            or_dash(&self.ratio),
            or_dash(self.budget),
            self.verdict.written()
        )
    }
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

/// What one database gave.
pub struct Database {
    /// With what makes its writes durable.
    pub name: String,
    /// Why there is nothing else here.
    pub missing: Option<String>,
    /// Those with a budget, in the design's order.
    pub rows: Vec<Row>,
    pub beside: Vec<Row>,
    pub capacity: Vec<Capacity>,
}

impl Database {
    pub fn missing(name: &str, why: &str) -> Self {
        Self {
            name: name.to_owned(),
            missing: Some(why.to_owned()),
            rows: Vec::new(),
            beside: Vec::new(),
            capacity: Vec::new(),
        }
    }

    pub fn has_failed(&self) -> bool {
        let mut rows = self.rows.iter().chain(&self.beside);
        rows.any(|row| matches!(row.verdict, Verdict::Failed(_)))
    }
}

/// The whole page.
pub fn page(machine: &Machine, quick: bool, databases: &[Database]) -> String {
    let mut page = format!(
        "# Benchmarks\n\nWritten by `make bench`, which builds the server, loads it on a database of its own and measures its yardsticks in the same run on the same cores. Figures are this machine's; ratios travel better.\n\n{}\n",
        machine.written()
    );
    if quick {
        page += "\n**A quick run (`--quick`): it shows that the measurement works, and nothing else.**\n";
    }
    for database in databases {
        let _ = write!(page, "\n## On {}\n\n", database.name);
        if let Some(why) = &database.missing {
            let _ = writeln!(page, "Not measured here: {why}.");
            continue;
        }
        page += &table(
            &database.rows,
            "| what | figure | yardstick | ratio | budget | verdict | how |\n|---|---|---|---|---|---|---|\n",
        );
        if !database.beside.is_empty() {
            page += "\nBeside the budgets:\n\n";
            page += &table(
                &database.beside,
                "| what | figure | yardstick | ratio | budget | verdict | how |\n|---|---|---|---|---|---|---|\n",
            );
        }
    }
    page += &capacities(databases);
    page += METHOD;
    page
}

fn table(rows: &[Row], head: &str) -> String {
    let lines: Vec<String> = rows.iter().map(Row::written).collect();
    format!("{head}{}\n", lines.join("\n"))
}

fn capacities(databases: &[Database]) -> String {
    let mut text = String::from(
        "\n## Capacity\n\nSo many users are signed in and all ask at once, each on a connection of its own, without a pause between two requests; the program that asks has its share of the same cores. Users who read what they got ask a request every few seconds: divide the rates by that to see how many there can be.\n\n| database | users signed in | listings of 50 rows/s | their p99 | pages of 50 rows/s | sign-ins/s | memory at load |\n|---|---|---|---|---|---|---|\n",
    );
    for database in databases {
        for row in &database.capacity {
            let _ = writeln!(text, "| {} | {} |", short(&database.name), row.cells().join(" | "));
        }
    }
    text += "\nMade by `make bench`; in its words, once the server and the load generator are built (`scripts/build`, `cargo build --release -p load`):\n\n    target/release/load                                     # SQLite\n    POSTGRES_DURABLE=1 scripts/with-postgres target/release/load   # and PostgreSQL\n";
    text
}

fn short(name: &str) -> &str {
    name.split([' ', ',', ':']).next().unwrap_or(name)
}

const METHOD: &str = "
## How it is measured

- The load generator (`benches/load`) runs on the machine that it measures, over loopback. Its client is one thread with keep-alive connections, the same for server and yardstick; what it takes of a core stands in the column *how*.
- What is compared runs in turns (A B A B …), several seconds each; a figure is the median of its turns, a ratio the median of the ratios of neighbouring turns.
- The hash's yardstick is the crate that the server uses, with the server's parameters, a thread on each core, memory kept from hash to hash. The listing's yardstick is an axum handler in a process of its own that sends the server's very headers and bytes.
- Rates a core: the server alone has one core (`taskset`), the client the others.
- p99 of a paced load counts from the moment at which a request was sent, or was due when the answer before it was late.
- SQLite writes with `synchronous=FULL` in WAL mode: an answer is sent after the disk has confirmed. The disk's own rate of such confirmations stands beside it.
- A server's idle memory is read three seconds after it is ready. `/readyz` is 200 when the database answers and a market of 2,900 issues is loaded.
- Bytes of the first visit are those of bodies as they are sent with `Accept-Encoding: br`: the page, and the stylesheet, script and WebAssembly that it names.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_one_line_of_a_table() {
        let row = Row {
            figure: "1|2\n3".to_owned(),
            ..Row::without("what", ">= 1", Verdict::Missed)
        };
        assert_eq!(row.written(), "| what | 1\\|2 3 |  |  | >= 1 | **missed** |  |");
    }
}
