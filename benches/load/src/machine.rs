//! Where and when it was measured.

use std::{fs, process::Command};

use crate::{process::Cpu, stats::figure, yardstick::cores};

pub struct Machine {
    text: String,
}

impl Machine {
    /// Looks before anything runs, so that it sees what others do here.
    pub async fn look() -> Self {
        let said = |program: &str, arguments: &[&str]| -> String {
            let output = Command::new(program).args(arguments).output().ok();
            let text = output
                .filter(|output| output.status.success())
                .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
            text.unwrap_or_default()
        };
        let model = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
        let memory = field("/proc/meminfo", "MemTotal")
            .and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok())
            .unwrap_or_default()
            / 1024.0
            / 1024.0;
        let busy = Cpu::busy().await.unwrap_or_default();
        let commit = said("git", &["rev-parse", "--short=10", "HEAD"]);
        let commit = if commit.is_empty() {
            "unknown".to_owned()
        } else {
            commit
        };
        // This very page is written after each run.
        let changed = said("git", &["status", "--porcelain", "--", ".", ":!docs/benchmarks.md"]);
        let changed = if changed.is_empty() {
            ""
        } else {
            " with changes that are not committed"
        };
        let text = format!(
            "Machine: {} cores, {model}, {} GiB, Linux {}; others took {} % of the cores before the run. Date: {} (UTC). Commit: {commit}{changed}.",
            cores(),
            figure(memory),
            said("uname", &["-r"]),
            figure(busy.round()),
            said("date", &["-u", "+%Y-%m-%d %H:%M"]),
        );
        if busy > 10.0 {
            eprintln!(
                "warning: something else takes {} % of this machine; the figures will be too low",
                figure(busy)
            );
        }
        Self { text }
    }

    pub fn written(&self) -> &str {
        &self.text
    }
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
