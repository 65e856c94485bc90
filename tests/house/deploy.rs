//! What runs the program elsewhere agrees with the program: container image, compose file, proxy,
//! systemd unit, alerts and dashboard. No container engine is needed: the files are read.

mod alerts;
mod compose;
mod systemd;

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use serde_json::Value;

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn yaml(file: &str) -> Value {
    serde_saphyr::from_str(&read(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The values of an array; nothing for a member that is not there.
fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("a text is missing: {value}"))
}

/// Instructions with their arguments, in order: continued lines joined, comments left out.
fn dockerfile() -> Vec<(String, String)> {
    let joined = read("Dockerfile")
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .collect::<Vec<_>>()
        .join("\n")
        .replace("\\\n", " ");
    joined
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let (instruction, rest) = line.trim().split_once(' ').unwrap();
            let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
            (instruction.to_owned(), rest)
        })
        .collect()
}

/// The arguments of an instruction in the last stage, which is the image.
fn of_image(instruction: &str) -> Vec<String> {
    let all = dockerfile();
    let last = all.iter().rposition(|(name, _)| name == "FROM").unwrap();
    all[last..]
        .iter()
        .filter(|(name, _)| name == instruction)
        .map(|(_, rest)| rest.clone())
        .collect()
}

fn only<T: std::fmt::Debug>(mut values: Vec<T>) -> T {
    assert_eq!(values.len(), 1, "{values:?}");
    values.pop().unwrap()
}

/// `CMD`, `ENTRYPOINT` and `HEALTHCHECK CMD` without a shell.
fn words(json: &str) -> Vec<String> {
    serde_json::from_str(json).unwrap_or_else(|_| panic!("not in the form without a shell: {json}"))
}

fn env_of_image() -> BTreeMap<String, String> {
    of_image("ENV")
        .iter()
        .flat_map(|line| line.split(' ').map(str::to_owned).collect::<Vec<_>>())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap();
            (name.to_owned(), value.to_owned())
        })
        .collect()
}

/// Commands that the program has, by its own word.
fn assert_command_exists(command: &str) {
    assert!(
        !command.is_empty() && !command.starts_with('-'),
        "no command: {command:?}"
    );
    let help = Command::new(env!("CARGO_BIN_EXE_secondarymarket"))
        .arg("--help")
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let commands = help.split("Commands:").nth(1).unwrap();
    let is_there = commands
        .lines()
        .any(|line| line.starts_with("  ") && line.split_whitespace().next() == Some(command));
    assert!(is_there, "the program has no command {command}:\n{commands}");
}

fn version(text: &str) -> Vec<u32> {
    text.split('.').map(|part| part.parse().unwrap()).collect()
}

fn rust_version() -> Vec<u32> {
    let manifest = read("Cargo.toml");
    let line = manifest
        .lines()
        .find(|line| line.starts_with("rust-version = "))
        .unwrap();
    version(line.split('"').nth(1).unwrap())
}

#[test]
fn stages_of_the_image_build_on_each_other() {
    let mut stages: Vec<String> = Vec::new();
    for (instruction, rest) in dockerfile() {
        if instruction == "FROM" {
            let mut parts = rest.split(" AS ");
            let image = parts.next().unwrap();
            assert!(
                image.contains(':') && !image.ends_with(":latest"),
                "{image} is no fixed version"
            );
            assert!(
                image.contains("bookworm"),
                "{image} has another C library than the last stage"
            );
            stages.push(parts.next().unwrap_or_default().to_owned());
        } else if instruction == "COPY" {
            if let Some(from) = rest.split(' ').find_map(|word| word.strip_prefix("--from=")) {
                let earlier = &stages[..stages.len() - 1];
                assert!(
                    earlier.iter().any(|stage| stage == from),
                    "COPY --from={from}: no earlier stage"
                );
            } else {
                let (sources, _) = rest.rsplit_once(' ').unwrap();
                for source in sources.split(' ') {
                    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
                    assert!(root.join(source).exists(), "COPY {source}: not in the project");
                }
            }
        }
    }
    assert_eq!(stages.len(), 3, "{stages:?}");
}

#[test]
fn the_image_is_built_by_a_rust_that_is_new_enough() {
    let rust = dockerfile()
        .into_iter()
        .filter(|(instruction, _)| instruction == "FROM")
        .find_map(|(_, rest)| {
            let tag = rest.strip_prefix("rust:")?.split([' ', '-']).next()?;
            Some(tag.to_owned())
        })
        .unwrap();
    assert!(version(&rust) >= rust_version(), "rust:{rust}");
}

#[test]
fn the_image_runs_without_rights_and_stops_when_told() {
    let user = only(of_image("USER"));
    assert!(
        user.split(':').all(|id| id.parse::<u32>().is_ok_and(|id| id >= 1000)),
        "{user}: names mean nothing to an orchestrator that refuses root"
    );
    assert_eq!(only(of_image("STOPSIGNAL")), "SIGTERM");
    assert_eq!(only(of_image("WORKDIR")), "/app");
    assert_eq!(only(of_image("VOLUME")), "/app/data");
    // Without a folder for temporary files SQLite reads no market: nothing else is writable.
    assert_eq!(env_of_image()["SQLITE_TMPDIR"], "/app/data");
    // The user must own the one folder that it writes to.
    let id = user.split(':').next().unwrap();
    assert!(
        of_image("RUN")
            .iter()
            .any(|line| line.contains(&format!("-o {id} ")) && line.ends_with(" data"))
    );
    assert!(
        of_image("COPY").iter().any(|line| line.ends_with("/target/site site")),
        "the site is not at /app/site"
    );
    assert_eq!(env_of_image()["LEPTOS_SITE_ROOT"], "site");
}

#[test]
fn the_image_calls_commands_that_there_are() {
    let entry = words(&only(of_image("ENTRYPOINT")));
    assert_eq!(entry, ["secondarymarket"]);
    assert!(
        of_image("COPY")
            .iter()
            .any(|line| line.ends_with("/usr/local/bin/secondarymarket")),
        "the program is not on PATH"
    );
    assert_command_exists(&only(words(&only(of_image("CMD")))));
    let health = only(of_image("HEALTHCHECK"));
    let health = words(health.split("CMD ").nth(1).unwrap());
    assert_eq!(health[0], "secondarymarket");
    assert_eq!(health.len(), 2);
    assert_command_exists(&health[1]);
}

#[test]
fn secrets_and_what_is_made_here_stay_out_of_the_image() {
    let ignored = read(".dockerignore");
    let ignored: Vec<&str> = ignored.lines().collect();
    for what in [".env", ".env.*", ".git", "data", "target", "**/node_modules"] {
        assert!(ignored.contains(&what), "{what}");
    }
    // What the build needs must not be among them.
    for what in [
        "Cargo.toml",
        "Cargo.lock",
        "Leptos.toml",
        ".cargo",
        "src",
        "migrations",
        "public",
        "style",
        "scripts",
        "end2end",
        "benches",
        "tests",
    ] {
        assert!(!ignored.contains(&what), "{what}");
    }
}
