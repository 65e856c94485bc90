use unicode_normalization::UnicodeNormalization as _;

use crate::model::text::{problem, stocks};

/// A line of text that a user typed: trimmed, NFC, nothing invisible; empty when nothing was typed.
///
/// # Errors
/// What is wrong with it.
pub fn short_text(typed: &str, max: usize) -> Result<String, String> {
    let trimmed = typed.trim();
    // Bounds the work below: composing never makes a text more than a few times shorter.
    if trimmed.len() > max * 16 {
        return Err(problem::at_most_characters(max));
    }
    let text: String = trimmed.nfc().collect();
    if text.chars().any(super::is_deceptive) {
        return Err(stocks::text_characters().to_owned());
    }
    if text.chars().count() > max {
        return Err(problem::at_most_characters(max));
    }
    Ok(text)
}
