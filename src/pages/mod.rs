//! One file a page.

mod account;
mod compare;
pub mod fault;
mod legal;
mod login;
mod not_found;
mod overview;
mod page;
mod signup;
mod stock;
mod stocks;
#[cfg(debug_assertions)]
mod styleguide;
mod watchlist;

pub use account::{Account, AccountDelete, AccountDevices, AccountHistory, AccountPassword};
pub use compare::ComparePage;
pub use legal::{Privacy, Terms};
pub use login::Login;
pub use not_found::NotFound;
pub use overview::OverviewPage;
pub use page::Page;
pub use signup::Signup;
pub use stock::StockPage;
pub use stocks::Stocks;
#[cfg(debug_assertions)]
pub use styleguide::Styleguide;
pub use watchlist::Watchlist;
