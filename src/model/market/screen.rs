//! Views of the listing that a user gave a name.

use serde::{Deserialize, Serialize};

use super::ListingView;
use crate::model::{FieldError, input::short_text, text::listing as text};

/// A view of the listing with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screen {
    pub name: String,
    pub view: ListingView,
}

impl Screen {
    /// The most screens of one user.
    pub const MAX: i64 = 30;
    /// The parameter of an address whose page comes with the list of them open.
    pub const SHOWN: &str = "screens";
    const MAX_NAME: usize = 30;

    /// A name that was typed, and the view that it is for.
    ///
    /// # Errors
    /// What is wrong with the name.
    pub fn new(typed: &str, view: ListingView) -> Result<Self, FieldError> {
        let fault = |message: String| FieldError::new("name", message);
        let name = short_text(typed, Self::MAX_NAME).map_err(fault)?;
        if name.is_empty() {
            return Err(fault(text::screen_name_missing().to_owned()));
        }
        Ok(Self { name, view })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_visible() {
        let name = |typed: &str| {
            Screen::new(typed, ListingView::default())
                .map(|screen| screen.name)
                .ok()
        };
        assert_eq!(name(" 배당주 ").as_deref(), Some("배당주"));
        assert_eq!(name(&"가".repeat(30)), Some("가".repeat(30)));
        for bad in ["", "  ", "a\u{0}", "\u{202e}abc", &"가".repeat(31)] {
            assert_eq!(name(bad), None, "{bad:?}");
        }
    }
}
