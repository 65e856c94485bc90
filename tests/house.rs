//! The house rules of `docs/architecture.md`, held by reading the source.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on may panic, its helpers too"
)]

// Asks the program itself, which only the server's side has.
#[cfg(feature = "ssr")]
#[path = "house/deploy.rs"]
mod deploy;
#[path = "house/styles.rs"]
mod styles;

use std::{
    fs,
    path::{Path, PathBuf},
};

struct Source {
    /// Relative to `src/`, without `.rs`: `server/auth/sessions`.
    module: String,
    text: String,
}

fn sources() -> Vec<Source> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    let sources: Vec<Source> = paths
        .into_iter()
        .map(|path| {
            let module = path.strip_prefix(&root).unwrap().with_extension("");
            Source {
                module: module.to_string_lossy().into_owned(),
                text: fs::read_to_string(path).unwrap(),
            }
        })
        .collect();
    assert!(sources.len() > 30, "the source was not found");
    sources
}

/// Lines of code that name `what`, comments left out.
fn naming(source: &Source, what: &str) -> Vec<String> {
    source
        .text
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("//"))
        .filter(|line| line.contains(what))
        .map(|line| format!("src/{}.rs: {line}", source.module))
        .collect()
}

/// Every mention of a crate module, in a path or inside a `use crate::{...}` tree.
fn mentions_module(source: &Source, module: &str) -> Vec<String> {
    let mut hits = naming(source, &format!("crate::{module}"));
    let mut depth = 0_i32;
    for line in source.text.lines() {
        let code = line.trim();
        if code.starts_with("//") {
            continue;
        }
        if depth == 0 && code.starts_with("use crate::{") {
            depth = braces(code);
            if code
                .trim_start_matches("use crate::{")
                .split([',', ' '])
                .any(|part| is_module(part, module))
            {
                hits.push(format!("src/{}.rs: {code}", source.module));
            }
        } else if depth > 0 {
            if depth == 1 && is_module(code, module) {
                hits.push(format!("src/{}.rs: {code}", source.module));
            }
            depth += braces(code);
        }
    }
    hits
}

fn is_module(part: &str, module: &str) -> bool {
    part.trim()
        .strip_prefix(module)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::") || rest.starts_with(',') || rest.starts_with('}'))
}

fn braces(line: &str) -> i32 {
    let count = |c| i32::try_from(line.matches(c).count()).unwrap();
    count('{') - count('}')
}

fn assert_none(rule: &str, hits: Vec<String>) {
    assert!(hits.is_empty(), "{rule}:\n{}", hits.join("\n"));
}

fn within(source: &Source, folder: &str) -> bool {
    source.module == folder || source.module.starts_with(&format!("{folder}/"))
}

#[test]
fn pages_and_components_never_name_the_server() {
    let hits = sources()
        .iter()
        .filter(|s| within(s, "pages") || within(s, "components"))
        .flat_map(|s| mentions_module(s, "server"))
        .collect();
    assert_none("pages and components know model and functions only", hits);
}

#[test]
fn model_knows_nobody() {
    let hits = sources()
        .iter()
        .filter(|s| within(s, "model"))
        .flat_map(|s| {
            ["server", "functions", "pages", "components", "app"]
                .into_iter()
                .flat_map(|module| mentions_module(s, module))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_none("model knows nobody", hits);
}

#[test]
fn the_doors_never_name_the_store() {
    let hits = sources()
        .iter()
        .filter(|s| within(s, "functions") || within(s, "server/api") || within(s, "server/forms"))
        .flat_map(|s| {
            naming(s, "store::")
                .into_iter()
                .chain(naming(s, "store,"))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_none("functions, forms and api call services, never the store", hits);
}

#[test]
fn services_and_store_never_name_http() {
    let hits = sources()
        .iter()
        .filter(|s| within(s, "server/auth") || within(s, "server/market") || within(s, "server/store"))
        .flat_map(|s| {
            ["axum", "tower_", "leptos"]
                .into_iter()
                .flat_map(|name| naming(s, name))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_none("services know store and model, never HTTP", hits);
}

#[test]
fn the_store_names_no_service() {
    let hits = sources()
        .iter()
        .filter(|s| within(s, "server/store"))
        .flat_map(|s| {
            [
                "server::auth",
                "server::market",
                "server::api",
                "server::middleware",
                "server::config",
            ]
            .into_iter()
            .flat_map(|name| naming(s, name))
            .collect::<Vec<_>>()
        })
        .collect();
    assert_none("the store knows model only", hits);
}

#[test]
fn only_the_store_holds_sql() {
    const VERBS: [&str; 6] = [
        "\"SELECT ",
        "\"INSERT ",
        "\"UPDATE ",
        "\"DELETE ",
        "\"CREATE ",
        "sqlx::query",
    ];
    let hits = sources()
        .iter()
        .filter(|s| !within(s, "server/store"))
        .flat_map(|s| VERBS.into_iter().flat_map(|verb| naming(s, verb)).collect::<Vec<_>>())
        .collect();
    assert_none("only src/server/store holds SQL", hits);
}

#[test]
fn only_the_clock_reads_the_time_and_only_the_configuration_the_environment() {
    let hits = sources()
        .iter()
        .flat_map(|s| {
            let mut hits = Vec::new();
            if s.module != "server/clock" {
                hits.extend(naming(s, "now_utc("));
                hits.extend(naming(s, "SystemTime::now"));
            }
            if !within(s, "server/config") && s.module != "server/store/testing" {
                hits.extend(naming(s, "env::var"));
            }
            hits
        })
        .collect();
    assert_none("time and settings are handed in", hits);
}

#[test]
fn korean_stands_in_the_catalogue_only() {
    let is_hangul = |c: char| matches!(c, '가'..='힣');
    let hits = sources()
        .iter()
        .filter(|s| {
            within(s, "pages")
                || within(s, "components")
                || within(s, "functions")
                || s.module == "app"
                || within(s, "server/api")
                || within(s, "server/middleware")
                || s.module == "server/error"
        })
        .flat_map(|s| {
            s.text
                .lines()
                .map(str::trim)
                .filter(|line| !line.starts_with("//") && !line.contains("description = "))
                .filter(|line| line.contains(is_hangul))
                .map(|line| format!("src/{}.rs: {line}", s.module))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_none("sentences for users stand in src/model/text", hits);
}

/// A route that is registered elsewhere could be forgotten when its rule is written.
#[test]
fn routes_are_registered_in_one_place() {
    let mut hits: Vec<String> = sources()
        .iter()
        // Metrics have an address of their own, which is not for users.
        .filter(|s| s.module != "server/routes/policy" && s.module != "server/metrics")
        .flat_map(|s| {
            [".route(", ".route_service(", ".nest_service(", "MethodFilter::"]
                .into_iter()
                .flat_map(|way| naming(s, way))
                .collect::<Vec<_>>()
        })
        .collect();
    hits.retain(|hit| !hit.contains("|router, own| router.route(own.path, own.handler)"));
    assert_none(
        "routes come from own() in src/server/routes.rs, from App and from api::router",
        hits,
    );
}

/// The run-time twin of the build's settings must not drift from it.
#[test]
fn leptos_toml_agrees_with_cargo_toml() {
    let read = |file: &str| {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        let section = text.split("\n[package.metadata.leptos]\n").nth(1).unwrap().to_owned();
        section
            .lines()
            .take_while(|line| !line.starts_with('['))
            .filter_map(|line| line.split_once('='))
            .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
            .filter(|(key, _)| !key.starts_with('#'))
            .collect::<std::collections::BTreeMap<_, _>>()
    };
    let (build, run) = (read("Cargo.toml"), read("Leptos.toml"));
    for key in ["output-name", "site-root", "site-pkg-dir", "site-addr", "reload-port"] {
        assert!(build.contains_key(key), "{key} is not in Cargo.toml");
        assert_eq!(build.get(key), run.get(key), "{key}");
    }
}

/// Both engines have the same migrations.
#[test]
fn migrations_come_in_pairs() {
    let names = |engine: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

/// `docs/security.md` proves its claims by tests: those that it names exist.
#[test]
fn security_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut code = String::new();
    let mut folders = vec![root.join("src"), root.join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                code.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    let text = fs::read_to_string(root.join("docs/security.md")).unwrap();
    let is_test_name = |name: &&str| {
        name.matches('_').count() >= 2
            && name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let named: Vec<&str> = text.split('`').skip(1).step_by(2).filter(is_test_name).collect();
    assert!(named.len() > 50, "{}", named.len());
    let missing = named
        .into_iter()
        .filter(|name| !code.contains(&format!("fn {name}(")))
        .map(str::to_owned)
        .collect();
    assert_none("docs/security.md names tests that are not there", missing);
}

/// What the READMEs show is what the browser tests compare pages with: nothing older.
#[test]
fn the_readmes_show_pages_as_they_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pictures = |folder: &str| {
        let files = fs::read_dir(root.join(folder)).unwrap();
        files
            .map(|file| file.unwrap().path())
            .map(|path| (path.file_name().unwrap().to_owned(), fs::read(path).unwrap()))
            .collect::<Vec<_>>()
    };
    let compared = pictures("end2end/screens");
    let shown = pictures("docs/screenshots");
    assert!(!shown.is_empty());
    let old = shown
        .into_iter()
        .filter(|(_, picture)| compared.iter().all(|(_, other)| other != picture))
        .map(|(name, _)| name.to_string_lossy().into_owned())
        .collect();
    assert_none("docs/screenshots differs from end2end/screens", old);
}
