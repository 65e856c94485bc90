//! The stock market as it travels: boards, listings, what is asked of them and how their numbers
//! are written. Money is in won, ratios are in percent, dates are `YYYY-MM-DD`.

mod board;
pub mod chart;
mod code;
mod columns;
mod comparison;
mod flag;
pub mod format;
mod history;
mod listing;
mod listing_view;
mod overview;
mod percent;
mod points;
mod price_rules;
mod query;
mod screen;
mod shortcomings;
mod statistics;
mod stock;
mod stock_view;
pub mod watched;
mod watchlist;

pub use board::{Board, MarketFilter, Segment, Source};
pub use chart::{Averages, Chart};
pub use code::{is_code, read_code};
pub use columns::{Column, Columns, NO_COLUMNS};
pub use comparison::{Close, CompareQuery, Compared, Comparison, rebased};
pub use flag::FlagKind;
pub use history::{History, HistoryBar, HistoryQuery, Interval, TradingDay, bars, read_date};
pub use listing::{Industries, IndustryCount, Listing, ListingsPage, PriceLimit};
pub use listing_view::ListingView;
pub use overview::{BoardSummary, IndexCard, Leaders, MarketOverview, OverviewQuery, Ranking, Shares};
pub use percent::Percent;
pub use points::Points;
pub use price_rules::{floor_to_tick, limits, tick};
pub use query::{
    ALL_ROWS, Filter, ListingQuery, MAX_INDUSTRIES, MAX_SORTS, Measure, Order, PAGE_SIZE, PAGE_SIZES, PART, Range,
    RangeFaults, ShareKind, Sort, SortKey,
};
pub use screen::Screen;
pub use shortcomings::Shortcomings;
pub use statistics::{Basis, Figures, Period, Statistics, StatisticsQuery};
pub use stock::{FlagSpan, PriceRange, SearchQuery, SearchResults, Stock};
pub use stock_view::{Delisted, Span, StockAnswer, StockPage, StockView};
pub use watched::{RemovedItem, WatchedIssue, WatchlistPage};
pub use watchlist::{CheckedChange, WatchlistChange, WatchlistItem};
