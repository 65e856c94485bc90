//! `/account` and the pages below it.

mod consents;
mod delete;
mod devices;
mod history;
mod password;
mod profile;

pub use delete::AccountDelete;
pub use devices::AccountDevices;
pub use history::AccountHistory;
pub use password::AccountPassword;
pub use profile::Account;
