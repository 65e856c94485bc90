//! What pages share.

mod field;
mod form;
mod new_password;
mod pager;
mod problem;
mod site;
mod stock_table;

pub use field::{Check, PasswordField, TextField};
pub use form::{PostForm, SubmitButton, form_problem, rejected_form};
pub use new_password::NewPasswordFields;
pub use pager::Pager;
pub use problem::ProblemPage;
pub use site::{DemoBanner, Footer, Header, SkipLink};
pub use stock_table::{StockTable, page_path};
