//! The list as the browser holds it: changes show at once, and are undone when the server says no.

use leptos::{prelude::*, wasm_bindgen::JsCast as _};

use crate::{
    components::{
        Toasts, WatchedCodes,
        dom::{find, focus},
    },
    functions::watchlist::{WatchAction, WatchForm},
    model::{
        market::{
            WatchedIssue, WatchlistChange, WatchlistItem,
            watched::{self, Step},
        },
        text::watchlist as text,
    },
};

#[derive(Clone, Copy)]
pub struct Desk {
    pub issues: RwSignal<Vec<WatchedIssue>>,
    /// What is read aloud and not seen.
    pub spoken: RwSignal<String>,
    /// The issue that is being dragged, and the one that it is over.
    pub dragged: RwSignal<Option<String>>,
    pub over: RwSignal<Option<String>>,
    pub watched: WatchedCodes,
    pub toasts: Toasts,
}

impl Desk {
    pub fn new(issues: Vec<WatchedIssue>) -> Self {
        Self {
            issues: RwSignal::new(issues),
            spoken: RwSignal::new(String::new()),
            dragged: RwSignal::new(None),
            over: RwSignal::new(None),
            watched: expect_context(),
            toasts: expect_context(),
        }
    }

    /// What is written about an issue, as long as it is on the list.
    pub fn item(self, code: &str) -> Option<WatchlistItem> {
        self.issues.with(|issues| {
            let issue = issues.iter().find(|issue| issue.item.code == code);
            issue.map(|issue| issue.item.clone())
        })
    }

    /// Where a step leads, if anywhere.
    pub fn step(self, code: &str, step: Step) -> Option<usize> {
        self.issues.with(|issues| watched::step(&items(issues), code, step))
    }

    pub fn take_step(self, code: &str, step: Step) {
        let Some(position) = untrack(|| self.step(code, step)) else {
            return;
        };
        let change = WatchlistChange {
            position: i64::try_from(position).ok(),
            ..WatchlistChange::default()
        };
        self.edit(code, change);
    }

    /// The issue that is being dragged takes the place of the one that it is over.
    pub fn drop_dragged(self) {
        let dragged = self.dragged.get_untracked().zip(self.over.get_untracked());
        self.dragged.set(None);
        self.over.set(None);
        let Some((code, over)) = dragged else { return };
        let change = self
            .issues
            .with_untracked(|issues| watched::dropped(&items(issues), &code, &over));
        if let Some(change) = change {
            self.edit(&code, change);
        }
    }

    /// Changes what is written about an issue.
    pub fn edit(self, code: &str, change: WatchlistChange) {
        let form = WatchForm {
            action: WatchAction::Edit,
            code: code.to_owned(),
            group: change.group.clone(),
            note: change.note.clone(),
            position: change.position,
            ..WatchForm::default()
        };
        let is_move = change.position.is_some();
        keep_focus(code);
        self.change(form, |issues| watched::apply(issues, code, &change), || {});
        if is_move {
            self.say_place(code);
        }
    }

    /// Takes an issue off the list, with a way to put it back.
    pub fn remove(self, code: &str) {
        let issue = self
            .issues
            .with_untracked(|issues| issues.iter().find(|issue| issue.item.code == code).cloned());
        let Some(issue) = issue else { return };
        let form = WatchForm {
            action: WatchAction::Remove,
            code: code.to_owned(),
            ..WatchForm::default()
        };
        focus_neighbour(untrack(|| self.neighbour(code)).as_deref());
        self.watched.show(code, false);
        self.change(
            form,
            |issues| watched::take_off(issues, code),
            move || {
                let said = text::removed(&issue.item.name);
                self.toasts.offer_undo(said, move || self.put_back(&issue));
            },
        );
    }

    fn put_back(self, issue: &WatchedIssue) {
        self.watched.show(&issue.item.code, true);
        self.change(
            WatchForm::putting_back(&issue.item),
            |issues| watched::put_back(issues, issue.clone()),
            || {},
        );
        keep_focus(&issue.item.code);
    }

    /// At once on the screen, `then` when the server agreed.
    fn change(
        self,
        form: WatchForm,
        change: impl FnOnce(&mut Vec<WatchedIssue>),
        then: impl FnOnce() + Send + Sync + 'static,
    ) {
        // The page may have been left by now, and its list be gone.
        let Some(before) = self.issues.try_get_untracked() else {
            self.watched.send(form, |_| {}, |_| {});
            return;
        };
        self.issues.update(change);
        let (code, was_watched) = (form.code.clone(), form.action != WatchAction::Add);
        self.watched.send(
            form,
            move |_| then(),
            move |problem| {
                let _ = self.issues.try_set(before);
                self.watched.show(&code, was_watched);
                self.toasts.say(text::undone(problem.reason()));
            },
        );
    }

    fn say_place(self, code: &str) {
        let said = self.issues.with_untracked(|issues| {
            let item = &issues.iter().find(|issue| issue.item.code == code)?.item;
            let group: Vec<&WatchlistItem> = items(issues)
                .into_iter()
                .filter(|other| other.group == item.group)
                .collect();
            let place = group.iter().position(|other| other.code == code)? + 1;
            let name = item.group.as_deref().unwrap_or(text::no_group());
            Some(text::moved(&item.name, name, place, group.len()))
        });
        self.spoken.set(said.unwrap_or_default());
    }

    /// Who stands next to an issue in its group.
    fn neighbour(self, code: &str) -> Option<String> {
        let place = self.step(code, Step::Down).or_else(|| self.step(code, Step::Up))?;
        self.issues
            .with(|issues| issues.get(place).map(|issue| issue.item.code.clone()))
    }
}

fn items(issues: &[WatchedIssue]) -> Vec<&WatchlistItem> {
    issues.iter().map(|issue| &issue.item).collect()
}

/// The id of an item's element, by which an address can lead to it.
#[must_use]
pub fn id_of(code: &str) -> String {
    format!("w-{code}")
}

/// An element that is moved loses the focus: it gets it back, or, if it is made anew, its item does.
fn keep_focus(code: &str) {
    let active = document().active_element();
    let item = format!("#{}", id_of(code));
    request_animation_frame(move || {
        let active = active.filter(|active| active.is_connected() && active.tag_name() != "BODY");
        focus(active.and_then(|active| active.dyn_into().ok()).or_else(|| find(&item)));
    });
}

/// What has the focus is taken away: the item beside it gets it, or the page.
fn focus_neighbour(code: Option<&str>) {
    let next = code.map_or_else(|| "#main".to_owned(), |code| format!("#{}", id_of(code)));
    request_animation_frame(move || {
        focus(find(&next));
    });
}
