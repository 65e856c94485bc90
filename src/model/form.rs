//! What a submitted form comes to.

use serde::{Deserialize, Serialize};

use crate::model::Problem;

/// The value of the server function behind a form. A faulty input is an expected outcome and not
/// an error of the call, so that a browser's console stays quiet about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormOutcome {
    /// Done; the page to go to, on this site.
    Accepted { next: String },
    /// Not done, and why.
    Rejected(Problem),
}

/// A form that was posted without JavaScript and could not be accepted: what the page needs to
/// show it again. Holds no password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedForm {
    /// The text fields as they were sent, by name.
    pub values: Vec<(String, String)>,
    pub problem: Problem,
}

impl RejectedForm {
    /// What was typed into `field`.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&str> {
        self.values
            .iter()
            .find(|(name, _)| name == field)
            .map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_found_by_its_field() {
        let rejected = RejectedForm {
            values: vec![
                ("user_id".to_owned(), "hong_gd".to_owned()),
                ("name".to_owned(), String::new()),
            ],
            problem: Problem::signed_out(),
        };
        assert_eq!(rejected.value("user_id"), Some("hong_gd"));
        assert_eq!(rejected.value("name"), Some(""));
        assert_eq!(rejected.value("email"), None);
    }
}
