//! One file a page.

mod account;
pub mod fault;
mod legal;
mod login;
mod not_found;
mod overview;
mod signup;
mod stocks;

pub use account::Account;
pub use legal::{Privacy, Terms};
pub use login::Login;
pub use not_found::NotFound;
pub use overview::OverviewPage;
pub use signup::Signup;
pub use stocks::Stocks;
