//! secondarymarket: the Korean stock market behind a first-class sign-in.
//!
//! One package, two builds: `ssr` is the server, `hydrate` the browser's wasm.
//! `docs/architecture.md` says what belongs where.

pub mod model;

#[cfg(feature = "ssr")]
pub mod server;
