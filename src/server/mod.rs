//! Everything that runs only on the server.

pub mod auth;
pub mod clock;
pub mod config;
pub mod error;
pub mod random;
pub mod store;
