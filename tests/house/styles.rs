//! The rules of `style/README.md`, held by reading the style sheets.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::{assert_none, sources};

/// Custom properties that a script sets: none of a style sheet declares them.
const SET_BY_SCRIPT: [&str; 2] = ["--row", "--column"];

struct Sheet {
    /// Relative to the project, with slashes.
    path: String,
    /// Comments left out.
    text: String,
}

fn sheets() -> Vec<Sheet> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "css") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    walk(&root.join("style"), &mut paths);
    walk(&root.join("public"), &mut paths);
    paths.sort();
    assert!(paths.len() > 20, "the style sheets were not found");
    let sheet = |path: PathBuf| Sheet {
        path: path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"),
        text: without_comments(&fs::read_to_string(&path).unwrap()),
    };
    paths.into_iter().map(sheet).collect()
}

fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let mut code = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        code.push_str(part.split_once("*/").map_or("", |(_, rest)| rest));
    }
    code
}

/// What stands before a block: selectors and the heads of at-rules.
fn heads(css: &str) -> impl Iterator<Item = &str> {
    css.split('{')
        .map(|part| part.rsplit([';', '}']).next().unwrap_or_default().trim())
        .filter(|head| !head.is_empty() && !head.starts_with('@'))
}

/// `name` of each `.name`.
fn classes(selector: &str) -> Vec<&str> {
    let starts_name = |c: char| c.is_ascii_alphabetic();
    selector
        .split('.')
        .skip(1)
        .filter(|rest| rest.starts_with(starts_name))
        .map(|rest| rest.split(|c: char| !is_of_name(c)).next().unwrap_or_default())
        .collect()
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// Property and value of each declaration.
fn declarations(css: &str) -> impl Iterator<Item = (&str, &str)> {
    css.split(['{', '}', ';'])
        .filter_map(|part| part.split_once(':'))
        .map(|(property, value)| (property.trim(), value.trim()))
        .filter(|(property, _)| !property.is_empty() && property.chars().all(is_of_name))
}

/// The words in string literals, and the names of `class:name=...`.
fn words_of_views() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for source in sources() {
        let in_strings = source.text.split('"').skip(1).step_by(2);
        // A quote that is a character by itself would turn inside out: both sides are looked at
        // then, line by line, so that one line does not spoil the next.
        let in_lines = source
            .text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .flat_map(|line| line.split('"').skip(1).step_by(2));
        for text in in_strings.chain(in_lines) {
            words.extend(text.split(|c: char| !is_of_name(c)).map(str::to_owned));
        }
        let directives = source.text.split("class:").skip(1);
        words.extend(directives.map(|rest| rest.chars().take_while(|c| is_of_name(*c)).collect::<String>()));
    }
    words
}

#[test]
fn every_class_of_the_style_sheets_is_used() {
    let words = words_of_views();
    let mut unused = BTreeSet::new();
    for sheet in sheets() {
        for class in heads(&sheet.text).flat_map(classes) {
            if !words.contains(class) {
                unused.insert(format!("{}: .{class}", sheet.path));
            }
        }
    }
    assert_none("no view has these classes", unused.into_iter().collect());
}

/// Layers decide what wins.
#[test]
fn nothing_in_the_style_sheets_is_important() {
    let hits = sheets()
        .into_iter()
        .filter(|sheet| sheet.text.contains("!important"))
        .map(|sheet| sheet.path)
        .collect();
    assert_none("layers decide what wins, never !important", hits);
}

/// A colour elsewhere would be forgotten in one of the themes.
#[test]
fn colours_stand_in_the_tokens_only() {
    let is_hexadecimal = |word: &str| {
        word.strip_prefix('#')
            .is_some_and(|digits| [3, 4, 6, 8].contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_hexdigit()))
    };
    let names_a_colour = |value: &str| {
        [
            "rgb(",
            "rgba(",
            "hsl(",
            "oklch(",
            "oklab(",
            "lab(",
            "lch(",
            "color(",
            "color-mix(",
            "light-dark(",
        ]
        .iter()
        .any(|function| value.contains(function))
            || value.split(|c: char| c != '#' && !is_of_name(c)).any(|word| {
                is_hexadecimal(word) || ["black", "white", "red", "blue", "green", "gray", "grey"].contains(&word)
            })
    };
    let mut hits = Vec::new();
    for sheet in sheets().into_iter().filter(|sheet| sheet.path != "style/tokens.css") {
        for (property, value) in declarations(&sheet.text) {
            if names_a_colour(value) {
                hits.push(format!("{}: {property}: {value}", sheet.path));
            }
        }
    }
    assert_none("colours stand in style/tokens.css", hits);
}

#[test]
fn tokens_are_declared_and_used() {
    let (mut declared, mut used) = (BTreeMap::new(), BTreeSet::new());
    for sheet in sheets() {
        for (property, value) in declarations(&sheet.text) {
            if property.starts_with("--") {
                declared.insert(property.to_owned(), sheet.path.clone());
            }
            let names = value.split("var(").skip(1);
            used.extend(names.map(|rest| rest.split([',', ')']).next().unwrap_or_default().trim().to_owned()));
        }
    }
    let unknown = used
        .iter()
        .filter(|name| !declared.contains_key(*name) && !SET_BY_SCRIPT.contains(&name.as_str()));
    assert_none("nothing declares these", unknown.cloned().collect());
    let idle = declared.iter().filter(|(name, _)| !used.contains(*name));
    assert_none(
        "nothing uses these",
        idle.map(|(name, path)| format!("{path}: {name}")).collect(),
    );
}

/// What `main.css` does not import is in no page.
#[test]
fn every_style_sheet_is_imported() {
    let sheets = sheets();
    let main = sheets.iter().find(|sheet| sheet.path == "style/main.css").unwrap();
    let left_out = sheets
        .iter()
        .filter_map(|sheet| sheet.path.strip_prefix("style/"))
        .filter(|path| *path != "main.css" && !main.text.contains(&format!("@import \"{path}\"")));
    assert_none("style/main.css does not import", left_out.map(str::to_owned).collect());
}

/// What is preloaded and not used would be fetched for nothing.
#[test]
fn the_font_that_pages_preload_is_the_one_of_the_style_sheet() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let app = fs::read_to_string(root.join("src/app.rs")).unwrap();
    let preloaded = app
        .split("\"/fonts/")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    let fonts = fs::read_to_string(root.join("style/fonts.css")).unwrap();
    let face = fonts
        .split("@font-face")
        .find(|face| face.contains(&format!("url(\"/fonts/{preloaded}\")")));
    let face = face.unwrap_or_else(|| panic!("style/fonts.css has no /fonts/{preloaded}"));
    // With any other value a late font would move what is read already.
    assert!(face.contains("font-display: optional;"));
}
