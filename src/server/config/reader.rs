//! Reads values and gathers faults.

use std::str::FromStr;

/// A setting that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{variable}: {fault}; accepted: {accepted}")]
pub struct Fault {
    pub variable: &'static str,
    pub fault: String,
    pub accepted: &'static str,
}

/// Reads values and gathers faults, so that an operator sees all of them at the first try.
pub(super) struct Reader<'a> {
    pub(super) lookup: &'a dyn Fn(&str) -> Option<String>,
    pub(super) faults: Vec<Fault>,
}

impl Reader<'_> {
    /// The trimmed value; an empty one counts as unset, as in `.env.example`.
    pub(super) fn value(&self, variable: &str) -> Option<String> {
        let value = (self.lookup)(variable)?.trim().to_owned();
        (!value.is_empty()).then_some(value)
    }

    pub(super) fn fault(&mut self, variable: &'static str, fault: impl Into<String>, accepted: &'static str) {
        self.faults.push(Fault {
            variable,
            fault: fault.into(),
            accepted,
        });
    }

    /// A value that `parse` understands; anything else is a fault that quotes it.
    pub(super) fn choice<T>(
        &mut self,
        variable: &'static str,
        accepted: &'static str,
        default: T,
        parse: impl Fn(&str) -> Option<T>,
    ) -> T {
        let Some(value) = self.value(variable) else {
            return default;
        };
        parse(&value).unwrap_or_else(|| {
            self.fault(variable, format!("`{value}` is not understood"), accepted);
            default
        })
    }

    /// The same without a default.
    pub(super) fn optional<T>(
        &mut self,
        variable: &'static str,
        accepted: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.choice(variable, accepted, None, |value| parse(value).map(Some))
    }

    pub(super) fn parsed<T: FromStr>(&mut self, variable: &'static str, accepted: &'static str, default: T) -> T {
        self.choice(variable, accepted, default, |value| value.parse().ok())
    }

    pub(super) fn number<T: FromStr + PartialOrd + Copy>(
        &mut self,
        variable: &'static str,
        accepted: &'static str,
        default: T,
        min: T,
        max: T,
    ) -> T {
        self.choice(variable, accepted, default, |value| {
            value.parse().ok().filter(|n| (min..=max).contains(n))
        })
    }

    pub(super) fn switch(&mut self, variable: &'static str, default: bool) -> bool {
        self.choice(
            variable,
            "true, false, 1, 0, yes, no, on, off",
            default,
            |value| match value.to_ascii_lowercase().as_str() {
                "true" | "1" | "yes" | "on" => Some(true),
                "false" | "0" | "no" | "off" => Some(false),
                _ => None,
            },
        )
    }

    pub(super) fn list<T>(
        &mut self,
        variable: &'static str,
        accepted: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let value = self.value(variable).unwrap_or_default();
        let mut items = Vec::new();
        for item in value.split(',').map(str::trim).filter(|item| !item.is_empty()) {
            match parse(item) {
                Some(parsed) => items.push(parsed),
                None => self.fault(variable, format!("`{item}` is not understood"), accepted),
            }
        }
        items
    }
}
