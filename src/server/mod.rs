//! Everything that runs only on the server.

pub mod clock;
pub mod error;
pub mod market;
pub mod store;
