//! Which rows of the listing are left out: the filter language of addresses and of REST.
//!
//! `segment=GLOBAL`, `share_kind=common|preferred`, `industry=NAME` (any of several),
//! `flags=spac,foreign` (any of them), `exclude=halted,administrative` (none of them), and for each
//! [`Measure`] a range with both ends included: `marcap_min=100000000000`, `changes_ratio_max=-5.25`.

use serde::{Deserialize, Serialize};

use super::{Measure, accepted};
use crate::model::{
    market::{FlagKind, Listing, Segment},
    text::{problem, stocks},
};

/// The most industries of one filter.
pub const MAX_INDUSTRIES: usize = 20;
/// Longer than the name of any industry, in characters.
const MAX_NAME: usize = 100;

/// Common or preferred shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShareKind {
    Common,
    /// Preferred shares and those of other classes.
    Preferred,
}

impl ShareKind {
    pub const ALL: [Self; 2] = [Self::Common, Self::Preferred];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Common => "common",
            Self::Preferred => "preferred",
        }
    }

    /// The kind of this name, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(name))
    }

    /// What a reader calls it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Common => stocks::common(),
            Self::Preferred => stocks::preferred(),
        }
    }
}

/// What a measure must be within; both ends are included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Range {
    pub measure: Measure,
    pub min: Option<i64>,
    pub max: Option<i64>,
}

impl Range {
    fn lets_pass(&self, listing: &Listing) -> bool {
        let Some(figure) = self.measure.of(listing) else {
            return false;
        };
        self.min.is_none_or(|min| min <= figure) && self.max.is_none_or(|max| figure <= max)
    }
}

/// What of the form's ranges [`Filter::lenient`] did not take as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct RangeFaults {
    /// Ends that are no figures, by parameter, as they were typed: left out.
    pub unread: Vec<(&'static str, String)>,
    /// Those whose ends stood in the wrong order: turned.
    pub turned: Vec<Measure>,
}

impl RangeFaults {
    /// The faults in the parameters of an address, or in the fields of the form.
    #[must_use]
    pub fn read<K: AsRef<str>, V: AsRef<str>>(parameters: impl IntoIterator<Item = (K, V)>) -> Self {
        let parameters: Vec<(String, String)> = parameters
            .into_iter()
            .map(|(name, value)| (name.as_ref().to_owned(), value.as_ref().to_owned()))
            .collect();
        let mut faults = Self::default();
        for measure in Measure::IN_FORM {
            let mut end = |name: &'static str| {
                let typed = last_of(&parameters, name)?;
                let end = measure.parse_typed(typed);
                if end.is_none() {
                    faults.unread.push((name, typed.to_owned()));
                }
                end
            };
            let names = measure.ends();
            let ends = (end(names.0), end(names.1));
            if matches!(ends, (Some(min), Some(max)) if min > max) {
                faults.turned.push(measure);
            }
        }
        faults
    }

    /// What was typed as an end that is none.
    #[must_use]
    pub fn typed(&self, name: &str) -> Option<&str> {
        let unread = self.unread.iter().find(|(other, _)| *other == name);
        unread.map(|(_, typed)| typed.as_str())
    }
}

/// Which rows are left out. Each part that is there must be fulfilled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Filter {
    pub segment: Option<Segment>,
    pub share_kind: Option<ShareKind>,
    /// Any of these, by their whole names.
    pub industries: Vec<String>,
    /// Any of these.
    pub flags: Vec<FlagKind>,
    /// None of these.
    pub exclude: Vec<FlagKind>,
    /// One for each measure at most, in the order of [`Measure::ALL`].
    pub ranges: Vec<Range>,
}

impl Filter {
    /// Whether this is a parameter of the filter.
    pub(super) fn knows(name: &str) -> bool {
        matches!(name, "segment" | "share_kind" | "industry" | "flags" | "exclude") || Measure::of_end(name).is_some()
    }

    /// Whether nothing is left out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a row stays.
    #[must_use]
    pub fn lets_pass(&self, listing: &Listing) -> bool {
        let has = |kind: &FlagKind| listing.flags.contains(kind);
        let in_industry = |industry: &str| self.industries.iter().any(|wanted| wanted == industry);
        self.segment.is_none_or(|segment| listing.segment == Some(segment))
            && self
                .share_kind
                .is_none_or(|kind| listing.is_common() == (kind == ShareKind::Common))
            && (self.industries.is_empty() || listing.industry.as_deref().is_some_and(in_industry))
            && (self.flags.is_empty() || self.flags.iter().any(has))
            && !self.exclude.iter().any(has)
            && self.ranges.iter().all(|range| range.lets_pass(listing))
    }

    /// The range of a measure, if it has one.
    #[must_use]
    pub fn range(&self, measure: Measure) -> Option<Range> {
        self.ranges.iter().find(|range| range.measure == measure).copied()
    }

    /// Reads its parameters; what is wrong comes with its name.
    pub(super) fn strict(parameters: &[(String, String)], mut fault: impl FnMut(&'static str, String)) -> Self {
        let last = |name: &str| last_of(parameters, name);
        let segment = last("segment").map(|value| Segment::parse(&value.to_ascii_uppercase()));
        if segment == Some(None) {
            fault("segment", accepted([Segment::Global.as_str()]));
        }
        let share_kind = last("share_kind").map(ShareKind::parse);
        if share_kind == Some(None) {
            fault("share_kind", accepted(ShareKind::ALL.map(ShareKind::as_str)));
        }
        let mut kinds = |name: &'static str| {
            let kinds = flags(parameters, name);
            if kinds.contains(&None) {
                fault(name, accepted(FlagKind::ALL.map(FlagKind::as_str)));
            }
            in_order(kinds.into_iter().flatten())
        };
        let (included, excluded) = (kinds("flags"), kinds("exclude"));
        let industries = industries(parameters);
        if industries.len() > MAX_INDUSTRIES {
            fault("industry", problem::at_most_values(MAX_INDUSTRIES));
        } else if industries.iter().any(|name| name.chars().count() > MAX_NAME) {
            fault("industry", problem::at_most_characters(MAX_NAME));
        }
        let mut ranges = Vec::new();
        for measure in Measure::ALL {
            let mut end = |name: &'static str| match last(name).map(|text| measure.parse(text.trim())) {
                Some(Ok(end)) => Some(end),
                Some(Err(accepted)) => {
                    fault(name, accepted.to_owned());
                    None
                }
                None => None,
            };
            let names = measure.ends();
            let (min, max) = (end(names.0), end(names.1));
            if let (Some(min), Some(max)) = (min, max)
                && min > max
            {
                fault(names.0, stocks::range_reversed().to_owned());
            }
            if min.is_some() || max.is_some() {
                ranges.push(Range { measure, min, max });
            }
        }
        Self {
            segment: segment.flatten(),
            share_kind: share_kind.flatten(),
            industries,
            flags: included,
            exclude: excluded,
            ranges,
        }
    }

    /// Reads them from an address: what is wrong is left out, and a range with its ends in the
    /// wrong order is turned.
    pub(super) fn lenient(parameters: &[(String, String)]) -> Self {
        let last = |name: &str| last_of(parameters, name);
        let kinds = |name: &str| in_order(flags(parameters, name).into_iter().flatten());
        let flags = kinds("flags");
        let mut industries = industries(parameters);
        industries.retain(|name| name.chars().count() <= MAX_NAME);
        industries.truncate(MAX_INDUSTRIES);
        let range = |measure: Measure| {
            let end = |name: &str| last(name).and_then(|text| measure.parse_typed(text));
            let names = measure.ends();
            let (min, max) = match (end(names.0), end(names.1)) {
                (None, None) => return None,
                (Some(min), Some(max)) if min > max => (Some(max), Some(min)),
                ends => ends,
            };
            Some(Range { measure, min, max })
        };
        Self {
            segment: last("segment").and_then(|value| Segment::parse(&value.to_ascii_uppercase())),
            share_kind: last("share_kind").and_then(ShareKind::parse),
            industries,
            exclude: kinds("exclude")
                .into_iter()
                .filter(|kind| !flags.contains(kind))
                .collect(),
            flags,
            ranges: Measure::ALL.into_iter().filter_map(range).collect(),
        }
    }

    /// As both read them back.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut parameters = Vec::new();
        if let Some(segment) = self.segment {
            parameters.push(("segment", segment.as_str().to_owned()));
        }
        if let Some(kind) = self.share_kind {
            parameters.push(("share_kind", kind.as_str().to_owned()));
        }
        parameters.extend(self.industries.iter().map(|industry| ("industry", industry.clone())));
        for (name, kinds) in [("flags", &self.flags), ("exclude", &self.exclude)] {
            if !kinds.is_empty() {
                let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
                parameters.push((name, kinds.join(",")));
            }
        }
        for range in &self.ranges {
            let (min, max) = range.measure.ends();
            let mut end = |name, end: Option<i64>| {
                if let Some(end) = end {
                    parameters.push((name, range.measure.print(end)));
                }
            };
            end(min, range.min);
            end(max, range.max);
        }
        parameters
    }
}

/// Of a parameter that is repeated the last counts; an empty one is that of an empty field.
fn last_of<'a>(parameters: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let last = parameters.iter().rev().find(|(other, _)| other == name)?;
    let value = last.1.trim();
    (!value.is_empty()).then_some(value)
}

/// A list with commas between, or a box that was ticked for each.
fn flags(parameters: &[(String, String)], name: &str) -> Vec<Option<FlagKind>> {
    let lists = parameters.iter().filter(|(other, _)| other == name);
    let words = lists.flat_map(|(_, list)| list.split(','));
    let words = words.map(str::trim).filter(|word| !word.is_empty());
    words.map(|word| FlagKind::parse(&word.to_ascii_lowercase())).collect()
}

fn in_order(kinds: impl Iterator<Item = FlagKind>) -> Vec<FlagKind> {
    let kinds: Vec<FlagKind> = kinds.collect();
    FlagKind::ALL.into_iter().filter(|kind| kinds.contains(kind)).collect()
}

fn industries(parameters: &[(String, String)]) -> Vec<String> {
    let mut industries: Vec<String> = parameters
        .iter()
        .filter(|(name, value)| name == "industry" && !value.trim().is_empty())
        .map(|(_, value)| value.trim().to_owned())
        .filter(|value| !value.chars().any(char::is_control))
        .collect();
    industries.sort();
    industries.dedup();
    industries
}
