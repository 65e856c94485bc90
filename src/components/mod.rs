//! What pages share.

mod field;
mod form;
mod problem;
mod site;

pub use field::{Check, PasswordField, TextField};
pub use form::{PostForm, SubmitButton, form_problem, rejected_form};
pub use problem::ProblemPage;
pub use site::{DemoBanner, Footer, Header, SkipLink};
