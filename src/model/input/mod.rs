//! What users type, parsed once: a value of one of these types is valid by construction.

mod email;
mod name;
mod number;
mod password;
mod short_text;
mod user_id;

pub use email::Email;
pub use name::Name;
pub use number::{is_digits, typed_number, whole_number};
pub use password::{NewPassword, PasswordPolicy, PasswordStrength, RuleProgress};
pub use short_text::short_text;
pub use user_id::UserId;

/// Control characters, and the invisible marks that turn the direction of text around:
/// either can make a name look like another one.
pub fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}
