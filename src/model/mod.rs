//! Plain types and rules, used by browser and server alike. No I/O; knows nobody.

pub mod account;
pub mod address;
mod appearance;
pub mod device;
pub mod form;
pub mod hangul;
pub mod input;
pub mod language;
pub mod legal;
pub mod market;
pub mod moment;
pub mod navigation;
pub mod problem;
pub mod text;

pub use account::User;
pub use appearance::{Appearance, Keys, Palette, Theme};
pub use form::{FormOutcome, RejectedForm};
pub use language::Language;
pub use problem::{FieldError, Problem};
