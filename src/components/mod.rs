//! What pages share.

mod account;
mod appearance;
mod chart;
pub mod dom;
mod field;
mod form;
mod in_turn;
mod legal;
mod new_password;
mod pager;
mod passage;
mod problem;
mod progress;
mod query_form;
mod ranking;
mod search_box;
mod shortcuts;
mod site;
mod star;
mod stock_table;
mod toast;

pub use account::{AccountFrame, Done};
pub use appearance::{AppearanceSwitches, LanguageSwitch};
pub use chart::{CompareChart, PriceChart, class_of_average, class_of_series};
pub use field::{Check, CheckFault, Faults, PasswordField, TextField};
pub use form::{PostForm, SubmitButton, UserName, form_problem, rejected_form};
pub use in_turn::InTurn;
#[cfg(feature = "hydrate")]
pub use in_turn::pause;
pub use legal::{block as legal_block, consent_summary};
pub use new_password::{NewPasswordFields, StrengthMeter};
pub use pager::Pager;
pub use passage::Passage;
pub use problem::ProblemPage;
pub use progress::{Alive, ProgressLine, Waiting};
pub use query_form::{Others, QueryForm, typed_in};
pub use ranking::RankingTable;
pub use search_box::SearchBox;
pub use shortcuts::Shortcuts;
pub use site::{Footer, Header, MarketBanner, SkipLink};
pub use star::{Star, WatchedCodes};
pub use stock_table::StockTable;
pub use toast::{Toast, Toasts};
