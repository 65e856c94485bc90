//! Alerts and dashboard know the program's metrics, and the alerts are explained.

use std::collections::BTreeSet;

use secondarymarket::server::metrics::NAMES;
use serde_json::Value;

use super::{items, read, text, yaml};

/// Names of series in an expression: words with an underscore, and `up`, that are not called, not
/// labels and not texts.
fn series(expression: &str) -> BTreeSet<String> {
    let mut code = String::new();
    let mut depth = 0_u32;
    // What stands in braces, brackets and quotes names labels, values and times.
    let mut quoted = false;
    for c in expression.chars() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '{' | '[' => depth += 1,
            '}' | ']' => {
                depth -= 1;
                code.push(' ');
            }
            _ if depth == 0 => code.push(c),
            _ => {}
        }
    }
    assert!(depth == 0 && !quoted, "{expression}");
    // Lists of labels, too.
    for keyword in ["by", "ignoring", "on", "without"] {
        for opening in [format!("{keyword} ("), format!("{keyword}(")] {
            while let Some(start) = find_word(&code, &opening) {
                let end = start + code[start..].find(')').unwrap();
                code.replace_range(start..=end, " ");
            }
        }
    }
    let mut found = BTreeSet::new();
    let mut rest = code.as_str();
    while let Some(start) = rest.find(is_word) {
        let end = rest[start..].find(|c| !is_word(c)).map_or(rest.len(), |n| start + n);
        let word = &rest[start..end];
        rest = &rest[end..];
        let is_called = rest.trim_start().starts_with('(');
        if !is_called && (word.contains('_') || word == "up") {
            found.insert(word.to_owned());
        }
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == ':'
}

fn find_word(code: &str, opening: &str) -> Option<usize> {
    code.match_indices(opening)
        .map(|(at, _)| at)
        .find(|&at| !code[..at].ends_with(is_word))
}

/// The name that the program describes; a histogram has three series.
fn known(series: &str) -> Option<&'static str> {
    let by_name = |name: &str| NAMES.iter().find(|known| **known == name).copied();
    by_name(series).or_else(|| {
        ["_bucket", "_sum", "_count"]
            .into_iter()
            .filter_map(|end| series.strip_suffix(end))
            .filter(|name| name.ends_with("_seconds"))
            .find_map(by_name)
    })
}

/// Of the process, by the names that Prometheus' own clients use; `up` is Prometheus'.
const OF_OTHERS: [&str; 6] = [
    "up",
    "process_cpu_seconds_total",
    "process_max_fds",
    "process_open_fds",
    "process_resident_memory_bytes",
    "process_start_time_seconds",
];

fn alerts() -> Vec<Value> {
    let file = yaml("deploy/prometheus/alerts.yml");
    let rules: Vec<Value> = items(&file["groups"])
        .iter()
        .flat_map(|group| items(&group["rules"]))
        .cloned()
        .collect();
    assert!(rules.len() >= 12, "{}", rules.len());
    rules
}

fn panels() -> Vec<Value> {
    let file: Value = serde_json::from_str(&read("deploy/grafana/dashboard.json")).unwrap();
    let panels = items(&file["panels"]).to_vec();
    assert!(panels.len() > 20, "{}", panels.len());
    panels
}

#[test]
fn series_are_told_from_everything_else_in_an_expression() {
    for (expression, expected) in [
        ("up{job=\"a_b\"} == 0", vec!["up"]),
        (
            "sum by (le_x, b) (rate(a_total{x_y=~\"q_r\"}[$__rate_interval]))",
            vec!["a_total"],
        ),
        ("a_b / ignoring (state_x) c_d >= 0.9", vec!["a_b", "c_d"]),
        ("a_b and on(job, in_st) (c_d == 1)", vec!["a_b", "c_d"]),
        ("histogram_quantile(0.9, sum by(le)(h_bucket)) > 1e3", vec!["h_bucket"]),
        ("label_values(a_b{job=~\"$job\"}, instance)", vec!["a_b"]),
        ("summed_by (5) + time() - start_time", vec!["start_time"]),
    ] {
        let found = series(expression);
        assert_eq!(
            found.iter().map(String::as_str).collect::<Vec<_>>(),
            expected,
            "{expression}"
        );
    }
}

#[test]
fn alerts_and_dashboard_use_the_metrics_that_there_are_and_all_of_them() {
    let mut expressions: Vec<(String, String)> = alerts()
        .iter()
        .map(|rule| (text(&rule["alert"]).to_owned(), text(&rule["expr"]).to_owned()))
        .collect();
    for panel in panels() {
        let targets = items(&panel["targets"]);
        assert!(panel["type"] == "row" || !targets.is_empty(), "{}", panel["title"]);
        expressions.extend(
            targets
                .iter()
                .map(|target| (text(&panel["title"]).to_owned(), text(&target["expr"]).to_owned())),
        );
    }
    let dashboard: Value = serde_json::from_str(&read("deploy/grafana/dashboard.json")).unwrap();
    expressions.extend(
        items(&dashboard["templating"]["list"])
            .iter()
            .filter(|variable| variable["type"] == "query")
            .map(|variable| {
                (
                    text(&variable["name"]).to_owned(),
                    text(&variable["definition"]).to_owned(),
                )
            }),
    );

    let mut used = BTreeSet::new();
    for (of, expression) in &expressions {
        let series = series(expression);
        assert!(!series.is_empty(), "{of} asks for nothing: {expression}");
        for name in series {
            match known(&name) {
                Some(name) => {
                    used.insert(name);
                }
                None => assert!(
                    OF_OTHERS.contains(&name.as_str()),
                    "{of} asks for {name}, which there is not"
                ),
            }
        }
    }
    let unused: Vec<_> = NAMES.iter().filter(|name| !used.contains(**name)).collect();
    assert!(unused.is_empty(), "neither watched nor shown: {unused:?}");
}

#[test]
fn every_alert_says_how_grave_it_is_and_what_to_do() {
    let operations = read("docs/operations.md");
    let mut names = BTreeSet::new();
    for rule in alerts() {
        let name = text(&rule["alert"]);
        assert!(names.insert(name.to_owned()), "{name} is there twice");
        let severity = text(&rule["labels"]["severity"]);
        assert!(["critical", "warning"].contains(&severity), "{name}: {severity}");
        for note in ["summary", "description"] {
            assert!(text(&rule["annotations"][note]).len() > 20, "{name}: {note}");
        }
        let runbook = text(&rule["annotations"]["runbook"]);
        assert_eq!(runbook, format!("docs/operations.md#alert-{}", name.to_lowercase()));
        assert!(
            operations.contains(&format!("\n### Alert {name}\n")),
            "docs/operations.md has no `### Alert {name}`"
        );
    }
    let explained: BTreeSet<String> = operations
        .lines()
        .filter_map(|line| line.strip_prefix("### Alert ").map(str::to_owned))
        .collect();
    assert_eq!(explained, names, "alerts that are explained, and those that there are");
}

/// What the alerts say of made-up series is written down for each.
#[test]
fn every_alert_is_tried_by_promtools_test() {
    let tried = read("deploy/prometheus/alerts_test.yml");
    for rule in alerts() {
        let name = text(&rule["alert"]);
        assert!(tried.contains(&format!("alertname=\"{name}\"")), "{name}");
    }
}
