//! The stock market as it travels: boards, listings, what is asked of them and how their numbers
//! are written. Money is in won, ratios are in percent, dates are `YYYY-MM-DD`.

mod board;
mod code;
mod flag;
pub mod format;
mod listing;
mod overview;
mod percent;
mod query;

pub use board::{Board, MarketFilter, Segment, Source};
pub use code::{is_code, read_code};
pub use flag::FlagKind;
pub use listing::{Listing, ListingsPage, PriceLimit};
pub use overview::{BoardSummary, Overview};
pub use percent::Percent;
pub use query::{ListingQuery, Order, PAGE_SIZE, Sort, SortKey};
