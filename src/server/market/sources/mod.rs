//! Where market data come from, one file a source.

pub mod file;

pub use file::{Content, Fault, Parsed, Subject, parse};
