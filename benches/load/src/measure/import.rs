//! Importing a day's market from a file.

use std::{
    fmt::Write as _,
    fs,
    process::Stdio,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::Bench;
use crate::{
    Result,
    http::{Connection, get_with},
    process::Process,
    report::{Row, Verdict},
    server::{free_address, sign_up_and_in},
    stats::figure,
};

pub const WHAT: &str = "import of a day's market";

/// The file's columns and the members of a row of the listing that they are.
const COLUMNS: [(&str, &str); 15] = [
    ("code", "code"),
    ("isin", "isin"),
    ("name", "name"),
    ("market", "market"),
    ("segment", "segment"),
    ("close", "close"),
    ("change", "change"),
    ("change_pct", "changes_ratio"),
    ("open", "open"),
    ("high", "high"),
    ("low", "low"),
    ("volume", "volume"),
    ("amount", "amount"),
    ("marcap", "marcap"),
    ("shares", "shares"),
];

/// The made-up market once more, as a file. The first import removes that market and its year of
/// bars; the second one is measured.
pub async fn rows(bench: &Bench) -> Result<Vec<Row>> {
    let (server, _) = bench.setting.start(None).await?;
    let devices = sign_up_and_in(&server, &super::series("d"), 1).await?;
    let device = devices.first().ok_or("nobody is signed in")?;
    let mut connection = Connection::open(server.address).await?;
    let answer = connection
        .send(&get_with(&device.access_token, "/api/stocks/listings"))
        .await?;
    let listing: Value = serde_json::from_slice(&answer.body())?;
    server.stop().await?;

    let rows = listing.get("stocks").and_then(Value::as_array).ok_or("no listing")?;
    let file = bench.setting.folder.join("market.csv");
    fs::write(&file, csv(rows))?;
    run(bench, &["import", "market.csv", "--as-of", "2026-03-19"]).await?;
    let seconds = run(bench, &["import", "market.csv", "--as-of", "2026-03-20"]).await?;
    Ok(vec![Row {
        figure: format!("{} rows/s", figure(rows.len() as f64 / seconds)),
        how: format!(
            "{} rows in {} s, with the start of the program",
            figure(rows.len() as f64),
            figure(seconds)
        ),
        ..Row::without(WHAT, "", Verdict::NoBudget)
    }])
}

fn csv(rows: &[Value]) -> String {
    let names: Vec<&str> = COLUMNS.iter().map(|(column, _)| *column).collect();
    let mut text = names.join(",") + "\n";
    for row in rows {
        let cells: Vec<String> = COLUMNS
            .iter()
            .map(|(_, member)| match row.get(member) {
                Some(Value::String(text)) => format!("\"{}\"", text.replace('"', "\"\"")),
                // What was not traded has no prices: the exchange writes 0.
                Some(Value::Null) | None if ["open", "high", "low"].contains(member) => "0".to_owned(),
                Some(Value::Null) | None => String::new(),
                Some(other) => other.to_string(),
            })
            .collect();
        let _ = writeln!(text, "{}", cells.join(","));
    }
    text
}

/// Runs a command of the program to its end; says how many seconds it took.
async fn run(bench: &Bench, words: &[&str]) -> Result<f64> {
    let begun = Instant::now();
    let output = bench.setting.folder.join("command.log");
    let log = fs::File::create(&output)?;
    let mut command = bench.setting.command(free_address()?, None);
    command
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log);
    let mut process = Process::start(&mut command)?;
    let status = loop {
        if let Some(status) = process.child().try_wait()? {
            break status;
        }
        if begun.elapsed() > Duration::from_mins(2) {
            return Err(format!("{} takes longer than two minutes", words.join(" ")).into());
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    };
    let seconds = begun.elapsed().as_secs_f64();
    if !status.success() {
        let said = fs::read_to_string(output).unwrap_or_default();
        return Err(format!("{}: {}", words.join(" "), said.lines().last().unwrap_or_default()).into());
    }
    Ok(seconds)
}
