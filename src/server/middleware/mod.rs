//! What happens to every request before and after its handler, one file a concern.

pub mod client;
pub mod cors;
pub mod csrf;
pub mod drafts;
pub mod errors;
pub mod headers;
pub mod https;
pub mod language;
pub mod metered;
pub mod render;
pub mod request_id;
pub mod session;
pub mod watched;
