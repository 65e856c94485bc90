//! Bends and signs tokens.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::Value;

use crate::app::SECRET;

/// What makes a genuine token, to be bent.
pub struct Forge {
    pub header: Value,
    pub claims: Value,
    /// The header with the key before.
    pub previous_header: Value,
}

pub fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).unwrap();
    serde_json::from_slice(&BASE64.decode(part).unwrap()).unwrap()
}

pub fn signed_with(secret: &str, header: &[u8], claims: &[u8]) -> String {
    let message = format!("{}.{}", BASE64.encode(header), BASE64.encode(claims));
    let key = EncodingKey::from_secret(secret.as_bytes());
    let signature = crypto::sign(message.as_bytes(), &key, Algorithm::HS256).unwrap();
    format!("{message}.{signature}")
}

pub fn signed(header: &str, claims: &str) -> String {
    signed_with(SECRET, header.as_bytes(), claims.as_bytes())
}

impl Forge {
    pub fn genuine(&self) -> String {
        signed(&self.header.to_string(), &self.claims.to_string())
    }

    /// With members of the header changed, or, by null, left out.
    pub fn header(&self, changes: Value) -> String {
        signed(&changed(&self.header, changes).to_string(), &self.claims.to_string())
    }

    pub fn claims(&self, changes: Value) -> String {
        signed(&self.header.to_string(), &changed(&self.claims, changes).to_string())
    }

    /// With one more member, of a name that may be there already, in front or at the end.
    pub fn doubled(&self, in_header: bool, at_end: bool, member: &str) -> String {
        let add = |object: &Value| {
            let text = object.to_string();
            let inner = &text[1..text.len() - 1];
            if at_end {
                format!("{{{inner},{member}}}")
            } else {
                format!("{{{member},{inner}}}")
            }
        };
        if in_header {
            signed(&add(&self.header), &self.claims.to_string())
        } else {
            signed(&self.header.to_string(), &add(&self.claims))
        }
    }
}

pub fn changed(object: &Value, changes: Value) -> Value {
    let mut object = object.clone();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            object.as_object_mut().unwrap().remove(name);
        } else {
            object[name] = value.clone();
        }
    }
    object
}
