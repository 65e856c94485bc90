//! The star that puts an issue on the user's list, and what all stars of a page share.

mod rows;

use std::collections::{HashSet, VecDeque};

use leptos::{prelude::*, task::spawn_local};

use super::{
    Toasts,
    form::{leave_for_login, post},
    problem::here,
};
use crate::{
    functions::watchlist::{WatchAction, WatchForm, WatchOutcome, change_watchlist, watched_codes},
    model::{Problem, market::WatchlistItem, navigation, text::watchlist as text},
};

pub use rows::RowStars;

type Done = Box<dyn FnOnce(Option<WatchlistItem>) + Send + Sync>;
type Failed = Box<dyn FnOnce(&Problem) + Send + Sync>;

/// A change that shows already and that the server has yet to hear of.
struct Change {
    form: WatchForm,
    done: Done,
    failed: Failed,
}

/// What the user watches: every star looks here, so that they agree. Changes are sent one after the
/// other: the last one that was made is the last one that arrives.
#[derive(Clone, Copy)]
pub struct WatchedCodes {
    codes: RwSignal<HashSet<String>>,
    waiting: StoredValue<VecDeque<Change>>,
    is_sending: StoredValue<bool>,
}

impl WatchedCodes {
    /// As the page has them.
    #[must_use]
    pub fn of_page() -> Self {
        Self {
            codes: RwSignal::new(watched_codes().into_iter().collect()),
            waiting: StoredValue::new(VecDeque::new()),
            is_sending: StoredValue::new(false),
        }
    }

    fn is_watched(self, code: &str) -> bool {
        self.codes.with(|codes| codes.contains(code))
    }

    /// What every star of the issue shows from now on.
    pub fn show(self, code: &str, is_watched: bool) {
        self.codes.update(|codes| {
            if is_watched {
                codes.insert(code.to_owned());
            } else {
                codes.remove(code);
            }
        });
    }

    /// Tells the server about a change, after those before it. When it says no, that change and all
    /// that wait behind it have `failed`, the last one first.
    pub fn send(
        self,
        form: WatchForm,
        done: impl FnOnce(Option<WatchlistItem>) + Send + Sync + 'static,
        failed: impl FnOnce(&Problem) + Send + Sync + 'static,
    ) {
        let change = Change {
            form,
            done: Box::new(done),
            failed: Box::new(failed),
        };
        self.waiting.update_value(|waiting| waiting.push_back(change));
        if !self.is_sending.get_value() {
            self.is_sending.set_value(true);
            spawn_local(self.send_waiting());
        }
    }

    async fn send_waiting(self) {
        while let Some(change) = self.waiting.try_update_value(VecDeque::pop_front).flatten() {
            let sent = change.form.clone();
            let problem = match change_watchlist(change.form).await {
                Ok(WatchOutcome::Done(item)) => {
                    (change.done)(item);
                    continue;
                }
                Ok(WatchOutcome::Refused(problem)) | Err(problem) => problem,
            };
            let has_ended = problem.status == 401;
            let behind = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
            for waiting in behind.into_iter().rev() {
                (waiting.failed)(&problem);
            }
            (change.failed)(&problem);
            if has_ended {
                sign_in_again(&sent);
            }
        }
        self.is_sending.set_value(false);
    }

    fn toggle(self, toasts: Toasts, code: &str, name: String, is_watched: bool) {
        let form = WatchForm {
            action: if is_watched {
                WatchAction::Remove
            } else {
                WatchAction::Add
            },
            code: code.to_owned(),
            ..WatchForm::default()
        };
        self.change(toasts, form, move |removed| match removed {
            Some(item) if is_watched => toasts.offer_undo(text::removed(&name), move || self.put_back(toasts, &item)),
            _ => {}
        });
    }

    fn put_back(self, toasts: Toasts, item: &WatchlistItem) {
        let form = WatchForm::putting_back(item);
        self.change(toasts, form, |_| {});
    }

    /// At once on the screen, and undone when the server says no.
    fn change(self, toasts: Toasts, form: WatchForm, done: impl FnOnce(Option<WatchlistItem>) + Send + Sync + 'static) {
        let (code, is_watched) = (form.code.clone(), form.action != WatchAction::Remove);
        self.show(&code, is_watched);
        self.send(form, done, move |problem| {
            self.show(&code, !is_watched);
            toasts.say(text::undone(problem.reason()));
        });
    }
}

/// To the sign-in page, and from there back: to where the user is, or, with what was typed, to the list.
fn sign_in_again(form: &WatchForm) {
    let Some(note) = &form.note else {
        leave_for_login();
        return;
    };
    let mut fields = vec![("action", "edit"), ("code", form.code.as_str()), ("note", note)];
    fields.extend(form.group.as_deref().map(|group| ("group", group)));
    post(navigation::WATCHLIST, &fields);
}

/// What the button of a star says.
#[derive(Clone, Copy)]
struct Face {
    /// What pressing it does.
    action: &'static str,
    pressed: &'static str,
    title: &'static str,
}

impl Face {
    fn of(is_watched: bool) -> Self {
        if is_watched {
            Self {
                action: "remove",
                pressed: "true",
                title: text::take_off_list(),
            }
        } else {
            Self {
                action: "add",
                pressed: "false",
                title: text::add_to_list(),
            }
        }
    }
}

/// Where a star leads without JavaScript; the list itself is where it leads anyway.
fn way_back() -> Option<String> {
    Some(here()).filter(|here| here != navigation::WATCHLIST)
}

/// Puts an issue on the user's list and takes it off again. Works without JavaScript: the post leads
/// back to the page.
#[component]
pub fn Star(
    #[prop(into)] code: String,
    #[prop(into)] name: String,
    /// What is done instead, for a page that shows more of the list than that.
    #[prop(optional)]
    instead: Option<Callback<()>>,
) -> impl IntoView {
    let (watched, toasts): (WatchedCodes, Toasts) = (expect_context(), expect_context());
    let back = way_back();
    let is_watched = {
        let code = code.clone();
        move || instead.is_some() || watched.is_watched(&code)
    };
    let press = {
        let (code, name, is_watched) = (code.clone(), name.clone(), is_watched.clone());
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            match instead {
                Some(instead) => instead.run(()),
                None => watched.toggle(toasts, &code, name.clone(), untrack(is_watched.clone())),
            }
        }
    };
    let face = Signal::derive(move || Face::of(is_watched()));
    view! {
        <form class="star" method="post" action=navigation::WATCHLIST on:submit=press>
            <input type="hidden" name="code" value=code/>
            {back.map(|back| view! { <input type="hidden" name="next" value=back/> })}
            <button
                class="star__button"
                type="submit"
                name="action"
                value=move || face.get().action
                aria-label=text::star(&name)
                aria-pressed=move || face.get().pressed
                title=move || face.get().title
            ></button>
        </form>
    }
}
