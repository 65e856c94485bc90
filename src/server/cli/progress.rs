//! How far long work is, when a terminal is there; nothing otherwise.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar over so many steps. One step needs none.
pub(super) fn bar(steps: usize) -> ProgressBar {
    if steps < 2 {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::try_from(steps).unwrap_or(u64::MAX));
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {eta} {msg}") {
        bar.set_style(style);
    }
    bar
}
