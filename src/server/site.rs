//! What the browser loads: where it is, and for how long it may be kept.

use std::path::Path;

use leptos::config::LeptosOptions;

/// In the folder `pkg` of the site: the name of the folder beside it with everything that this
/// version of the pages loads. Written by scripts/build-site; `cargo leptos watch` has none.
const VERSION: &str = "version";
const DIGITS: usize = 16;

/// The pages' own files are taken from the folder that is named by its content, if there is one.
/// `None`: the site is not there.
pub fn find(options: &mut LeptosOptions) -> Option<()> {
    let folder = Path::new(&*options.site_root).join(&*options.site_pkg_dir);
    if !folder.is_dir() {
        return None;
    }
    if let Ok(version) = std::fs::read_to_string(folder.join(VERSION)) {
        let version = version.trim();
        if !is_version(version) || !folder.join(version).is_dir() {
            return None;
        }
        options.site_pkg_dir = format!("{}/{version}", options.site_pkg_dir).into();
    }
    Some(())
}

/// Whether what is at this address never changes. Fonts carry a hash in their names.
pub fn is_versioned(path: &str) -> bool {
    if path.starts_with("/fonts/") {
        return Path::new(path).extension().is_some_and(|kind| kind == "woff2");
    }
    let folder = path.strip_prefix("/pkg/").and_then(|rest| rest.split_once('/'));
    folder.is_some_and(|(folder, _)| is_version(folder))
}

fn is_version(name: &str) -> bool {
    name.len() == DIGITS && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_by_its_content_is_kept() {
        assert!(is_versioned("/pkg/0123456789abcdef/secondarymarket.js"));
        assert!(is_versioned("/fonts/text-0f3a92c1.woff2"));
        for path in [
            "/pkg/secondarymarket.css",
            "/pkg/0123456789abcdef",
            "/pkg/0123456789abcdeg/secondarymarket.js",
            "/pkg/0123456789abcde/secondarymarket.js",
            "/0123456789abcdef/secondarymarket.js",
            "/favicon.svg",
            "/fonts/LICENSE.txt",
            "/pkg/fonts.woff2",
        ] {
            assert!(!is_versioned(path), "{path}");
        }
    }

    #[test]
    fn the_folder_of_the_version_is_found() {
        let root = tempfile::tempdir().unwrap();
        let options = || {
            LeptosOptions::builder()
                .output_name("secondarymarket")
                .site_root(root.path().to_str().unwrap())
                .build()
        };
        assert!(find(&mut options()).is_none());
        let package = root.path().join("pkg");
        std::fs::create_dir(&package).unwrap();
        let mut plain = options();
        find(&mut plain).unwrap();
        assert_eq!(&*plain.site_pkg_dir, "pkg");
        std::fs::write(package.join(VERSION), "0123456789abcdef\n").unwrap();
        assert!(find(&mut options()).is_none(), "a version without its folder");
        std::fs::create_dir(package.join("0123456789abcdef")).unwrap();
        let mut versioned = options();
        find(&mut versioned).unwrap();
        assert_eq!(&*versioned.site_pkg_dir, "pkg/0123456789abcdef");
    }
}
