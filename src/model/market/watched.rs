//! What the page of a user's list shows: groups, averages, and how the order is changed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Listing, Percent, Source, WatchlistChange, WatchlistItem};

/// A user's list with figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchlistPage {
    /// The trading day, `YYYY-MM-DD`.
    pub as_of: String,
    pub source: Source,
    /// In the user's order.
    pub issues: Vec<WatchedIssue>,
}

/// An issue on the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchedIssue {
    pub item: WatchlistItem,
    /// Nothing when the market of the day does not have it.
    pub listing: Option<Listing>,
    /// The closes of the last trading days, oldest first, in won.
    pub closes: Vec<i64>,
    /// Of an issue that is no longer listed, when that is known: `YYYY-MM-DD`.
    pub delisted_on: Option<String>,
}

/// What was taken off the list by a plain post: the page that answers it can put it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovedItem(pub WatchlistItem);

/// What several issues did on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Average {
    /// Of those that were traded, each with the same weight; half away from zero.
    pub ratio: Percent,
    pub counted: usize,
    /// Halted, or not listed.
    pub left_out: usize,
}

/// One place further within its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
}

/// The groups that there are, by name; what has none comes last.
#[must_use]
pub fn groups(issues: &[WatchedIssue]) -> Vec<Option<String>> {
    let named: BTreeSet<&String> = issues.iter().filter_map(|issue| issue.item.group.as_ref()).collect();
    let loose = issues.iter().any(|issue| issue.item.group.is_none());
    let named = named.into_iter().cloned().map(Some);
    named.chain(loose.then_some(None)).collect()
}

/// `None` when nothing was traded.
#[must_use]
pub fn average<'a>(issues: impl Iterator<Item = &'a WatchedIssue>) -> Option<Average> {
    let (mut sum, mut counted, mut left_out) = (0_i64, 0_usize, 0_usize);
    for issue in issues {
        match &issue.listing {
            Some(listing) if !listing.halted => {
                sum = sum.saturating_add(i64::from(listing.changes_ratio.basis_points()));
                counted += 1;
            }
            _ => left_out += 1,
        }
    }
    let divisor = i64::try_from(counted).ok().filter(|count| *count > 0)?;
    let magnitude = (2 * sum.saturating_abs()).saturating_add(divisor) / (2 * divisor);
    let mean = if sum < 0 { -magnitude } else { magnitude };
    Some(Average {
        ratio: Percent::from_basis_points(i32::try_from(mean).ok()?),
        counted,
        left_out,
    })
}

/// The position that brings an issue a step further within its group; `None` when it stands at the
/// end already, or is not on the list.
#[must_use]
pub fn step(items: &[&WatchlistItem], code: &str, step: Step) -> Option<usize> {
    let from = items.iter().position(|item| item.code == code)?;
    let group = &items.get(from)?.group;
    let is_neighbour = |(_, item): &(usize, &&WatchlistItem)| item.group == *group;
    // What takes a neighbour's place pushes it towards where it came from.
    let neighbour = match step {
        Step::Up => items.iter().enumerate().take(from).rfind(is_neighbour),
        Step::Down => items.iter().enumerate().skip(from + 1).find(is_neighbour),
    };
    neighbour.map(|(place, _)| place)
}

/// What is said about an issue that was dropped on another one: it takes its place, in its group.
/// `None` when that changes nothing.
#[must_use]
pub fn dropped(items: &[&WatchlistItem], code: &str, on: &str) -> Option<WatchlistChange> {
    let place = |code: &str| items.iter().position(|item| item.code == code);
    let (from, to) = (place(code)?, place(on)?);
    let (moved, target) = (items.get(from)?, items.get(to)?);
    if from == to {
        return None;
    }
    let is_stranger = moved.group != target.group;
    // A stranger comes before it, from wherever.
    let to = if is_stranger && from < to { to - 1 } else { to };
    Some(WatchlistChange {
        group: is_stranger.then(|| target.group.clone().unwrap_or_default()),
        note: None,
        position: i64::try_from(to).ok(),
    })
}

/// Changes an issue as the server will: the page need not wait for it.
pub fn apply(issues: &mut Vec<WatchedIssue>, code: &str, change: &WatchlistChange) {
    let Some(from) = issues.iter().position(|issue| issue.item.code == code) else {
        return;
    };
    let mut issue = issues.remove(from);
    let text = |typed: &str| Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty());
    if let Some(group) = &change.group {
        issue.item.group = text(group);
    }
    if let Some(note) = &change.note {
        issue.item.note = text(note);
    }
    let to = change
        .position
        .map_or(from, |position| usize::try_from(position).unwrap_or(0));
    issues.insert(to.min(issues.len()), issue);
    number(issues);
}

/// Takes an issue off.
pub fn take_off(issues: &mut Vec<WatchedIssue>, code: &str) {
    issues.retain(|issue| issue.item.code != code);
    number(issues);
}

/// Puts an issue back where it was.
pub fn put_back(issues: &mut Vec<WatchedIssue>, issue: WatchedIssue) {
    take_off(issues, &issue.item.code);
    let place = usize::try_from(issue.item.position).unwrap_or(0);
    issues.insert(place.min(issues.len()), issue);
    number(issues);
}

fn number(issues: &mut [WatchedIssue]) {
    for (position, issue) in (0..).zip(issues) {
        issue.item.position = position;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::market::Board;

    fn issue(code: &str, group: Option<&str>, ratio: Option<i32>) -> WatchedIssue {
        let listing = ratio.map(|basis_points| Listing {
            code: code.to_owned(),
            isin: String::new(),
            name: code.to_owned(),
            market: Board::Kospi,
            segment: None,
            dept: None,
            industry: None,
            share_kind: None,
            close: 100,
            change: 0,
            changes_ratio: Percent::from_basis_points(basis_points),
            open: None,
            high: None,
            low: None,
            volume: 0,
            amount: 0,
            marcap: 0,
            shares: 0,
            halted: false,
            price_limit: None,
            flags: Vec::new(),
        });
        WatchedIssue {
            item: WatchlistItem {
                code: code.to_owned(),
                name: code.to_owned(),
                group: group.map(str::to_owned),
                note: None,
                position: 0,
                added_at: String::new(),
            },
            listing,
            closes: Vec::new(),
            delisted_on: None,
        }
    }

    fn list() -> Vec<WatchedIssue> {
        let mut issues = vec![
            issue("a1", Some("a"), Some(101)),
            issue("x1", None, Some(-50)),
            issue("a2", Some("a"), Some(0)),
            issue("b1", Some("b"), None),
            issue("a3", Some("a"), Some(-1)),
        ];
        number(&mut issues);
        issues
    }

    fn items(issues: &[WatchedIssue]) -> Vec<&WatchlistItem> {
        issues.iter().map(|issue| &issue.item).collect()
    }

    fn codes(issues: &[WatchedIssue]) -> Vec<&str> {
        issues.iter().map(|issue| issue.item.code.as_str()).collect()
    }

    fn of_group<'a>(issues: &'a [WatchedIssue], group: &str) -> Vec<&'a str> {
        let within = issues
            .iter()
            .filter(|issue| issue.item.group.as_deref().unwrap_or_default() == group);
        within.map(|issue| issue.item.code.as_str()).collect()
    }

    #[test]
    fn groups_go_by_name_and_the_ungrouped_last() {
        assert_eq!(groups(&list()), [Some("a".to_owned()), Some("b".to_owned()), None]);
        assert_eq!(groups(&[]), []);
    }

    #[test]
    fn an_average_weighs_alike_and_leaves_out_what_was_not_traded() {
        let mut issues = list();
        let all = average(issues.iter()).unwrap();
        // 1.01 - 0.50 + 0.00 - 0.01 = 0.50, by four: 0.125.
        assert_eq!((all.ratio.basis_points(), all.counted, all.left_out), (13, 4, 1));
        for issue in &mut issues {
            if let Some(listing) = &mut issue.listing {
                listing.changes_ratio = Percent::from_basis_points(-listing.changes_ratio.basis_points());
            }
        }
        assert_eq!(average(issues.iter()).unwrap().ratio.basis_points(), -13);
        for issue in &mut issues {
            if let Some(listing) = &mut issue.listing {
                listing.halted = true;
            }
        }
        assert_eq!(average(issues.iter()), None);
        assert_eq!(average([].iter()), None);
    }

    #[test]
    fn steps_stay_within_the_group() {
        let mut issues = list();
        assert_eq!(step(&items(&issues), "a1", Step::Up), None);
        assert_eq!(step(&items(&issues), "x1", Step::Down), None);
        assert_eq!(step(&items(&issues), "none", Step::Down), None);
        let to = step(&items(&issues), "a1", Step::Down).unwrap();
        let change = WatchlistChange {
            position: i64::try_from(to).ok(),
            ..WatchlistChange::default()
        };
        apply(&mut issues, "a1", &change);
        assert_eq!(of_group(&issues, "a"), ["a2", "a1", "a3"]);
        assert_eq!(step(&items(&issues), "a2", Step::Up), None);
    }

    #[test]
    fn what_is_dropped_takes_the_place_and_the_group() {
        let mut issues = list();
        assert_eq!(dropped(&items(&issues), "a1", "a1"), None);
        assert_eq!(dropped(&items(&issues), "a1", "none"), None);
        let change = dropped(&items(&issues), "a3", "a1").unwrap();
        assert_eq!((&change.group, change.position), (&None, Some(0)));
        apply(&mut issues, "a3", &change);
        assert_eq!(of_group(&issues, "a"), ["a3", "a1", "a2"]);
        for (code, on) in [("x1", "b1"), ("a2", "b1")] {
            let change = dropped(&items(&issues), code, on).unwrap();
            apply(&mut issues, code, &change);
        }
        assert_eq!(of_group(&issues, "b"), ["x1", "a2", "b1"]);
        let change = dropped(&items(&issues), "b1", "a1").unwrap();
        apply(&mut issues, "b1", &change);
        assert_eq!(of_group(&issues, "a"), ["a3", "b1", "a1"]);
    }

    #[test]
    fn what_was_taken_off_comes_back_to_its_place() {
        let mut issues = list();
        let gone = issues[2].clone();
        take_off(&mut issues, "a2");
        assert_eq!(codes(&issues), ["a1", "x1", "b1", "a3"]);
        put_back(&mut issues, gone.clone());
        put_back(&mut issues, gone);
        assert_eq!(issues, list());
    }

    proptest! {
        #[test]
        fn nothing_is_lost_by_moving(from in 0usize..6, on in 0usize..6, up: bool) {
            let mut issues = list();
            let names = ["a1", "x1", "a2", "b1", "a3", "none"];
            if let Some(change) = dropped(&items(&issues), names[from], names[on]) {
                apply(&mut issues, names[from], &change);
                let group = |code: &str| issues.iter().find(|issue| issue.item.code == code).unwrap().item.group.clone();
                prop_assert_eq!(group(names[from]), group(names[on]));
            }
            let by = if up { Step::Up } else { Step::Down };
            if let Some(to) = step(&items(&issues), names[on], by) {
                let change = WatchlistChange { position: i64::try_from(to).ok(), ..WatchlistChange::default() };
                apply(&mut issues, names[on], &change);
            }
            prop_assert!(issues.iter().enumerate().all(|(place, issue)| issue.item.position == i64::try_from(place).unwrap()));
            let mut left = codes(&issues);
            left.sort_unstable();
            prop_assert_eq!(left, ["a1", "a2", "a3", "b1", "x1"]);
        }
    }
}
