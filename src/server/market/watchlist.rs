//! What a user watches: groups, notes, an order of the user's own.

use std::collections::HashMap;

use time::{Date, Duration};

use crate::{
    model::{
        FieldError,
        market::{
            Listing, SearchQuery, WatchedIssue, WatchlistChange, WatchlistItem, WatchlistPage, read_code,
            watched::{self, Step},
        },
        text::{stocks as text, watchlist as words},
    },
    server::{
        clock::Clock,
        error::Error,
        market::Snapshot,
        store::{
            Db,
            watchlist::{self, Full, ItemRow, Put},
        },
    },
};

/// How many closes the way of a price is drawn from, and how many days back they are looked for.
const CLOSES: usize = 30;
const LOOK_BACK: Duration = Duration::days(60);
/// How many issues are named to somebody who may mean any of them.
const NAMED: usize = 5;

/// The codes on the user's list.
///
/// # Errors
/// When the database fails.
pub async fn codes(db: &Db, user_id: i64) -> Result<Vec<String>, Error> {
    Ok(watchlist::codes(db, user_id).await?)
}

/// The user's list with the figures of the day.
///
/// # Errors
/// When the database fails.
pub async fn page(db: &Db, market: &Snapshot, user_id: i64) -> Result<WatchlistPage, Error> {
    let items = items(db, Some(market), user_id).await?;
    let day = market.day();
    let mut closes: HashMap<String, Vec<i64>> = HashMap::new();
    for (code, close) in watchlist::closes(db, user_id, day.saturating_sub(LOOK_BACK), day).await? {
        closes.entry(code).or_default().push(close);
    }
    let is_gone = |item: &WatchlistItem| market.find(&item.code).is_none();
    let gone: HashMap<String, Date> = if items.iter().any(is_gone) {
        watchlist::delistings(db, user_id).await?.into_iter().collect()
    } else {
        HashMap::new()
    };
    let issue = |item: WatchlistItem| {
        let listing = market.find(&item.code).cloned();
        // What is no longer listed has a past, but no price.
        let mut closes = closes
            .remove(&item.code)
            .filter(|_| listing.is_some())
            .unwrap_or_default();
        closes.drain(..closes.len().saturating_sub(CLOSES));
        let delisted_on = gone.get(&item.code).filter(|_| listing.is_none());
        WatchedIssue {
            delisted_on: delisted_on.map(Date::to_string),
            closes,
            listing,
            item,
        }
    };
    Ok(WatchlistPage {
        as_of: market.as_of().to_owned(),
        source: market.source(),
        issues: items.into_iter().map(issue).collect(),
    })
}

/// The code of the issue that somebody means by a code or a name: the one that is called so, or the
/// only one that a search finds.
///
/// # Errors
/// [`Error::InvalidInput`] for the field `q` when it is none, or may be any of several.
pub fn meant(market: &Snapshot, typed: &str) -> Result<String, Error> {
    if let Some(listing) = read_code(typed).and_then(|code| market.find(&code)) {
        return Ok(listing.code.clone());
    }
    let query = SearchQuery::strict([("query", typed)]).map_err(|faults| {
        let faults = faults.into_iter().map(|fault| FieldError::new("q", fault.message));
        Error::InvalidInput(faults.collect())
    })?;
    let found = market.search(&query).results;
    let called_so: Vec<&Listing> = found
        .iter()
        .filter(|listing| is_called(listing, &query.query))
        .collect();
    match (called_so.as_slice(), found.as_slice()) {
        ([only], _) => Ok(only.code.clone()),
        ([], [only]) => Ok(only.code.clone()),
        (_, []) => Err(Error::field("q", text::nothing_found(&query.query))),
        (_, several) => {
            let named: Vec<String> = several
                .iter()
                .take(NAMED)
                .map(|listing| format!("{}({})", listing.name, listing.code))
                .collect();
            let more = several.len() > NAMED;
            Err(Error::field(
                "q",
                words::ambiguous(&query.query, &named.join(", "), more),
            ))
        }
    }
}

/// Whether this is the issue's name, whatever the case and the spaces.
fn is_called(listing: &Listing, typed: &str) -> bool {
    let bare = |text: &str| -> String {
        let letters = text.chars().filter(|c| !c.is_whitespace());
        letters.flat_map(char::to_lowercase).collect()
    };
    bare(&listing.name) == bare(typed)
}

/// Moves an issue a step further within its group; at the end it stays.
///
/// # Errors
/// [`Error::NotWatched`].
pub async fn step(
    db: &Db,
    clock: &dyn Clock,
    market: &Snapshot,
    user_id: i64,
    code: &str,
    step: Step,
) -> Result<WatchlistItem, Error> {
    let items = items(db, Some(market), user_id).await?;
    let item = items.iter().find(|item| item.code == code).ok_or(Error::NotWatched)?;
    let Some(to) = watched::step(&items.iter().collect::<Vec<_>>(), code, step) else {
        return Ok(item.clone());
    };
    let change = WatchlistChange {
        position: i64::try_from(to).ok(),
        ..WatchlistChange::default()
    };
    put(db, clock, market, user_id, code, &change).await
}

/// Everything on the user's list, in its order.
pub async fn items(db: &Db, market: Option<&Snapshot>, user_id: i64) -> Result<Vec<WatchlistItem>, Error> {
    let rows = watchlist::all(db, user_id).await?;
    Ok(rows.into_iter().map(|row| item(row, market)).collect())
}

/// One item of it.
///
/// # Errors
/// [`Error::NotWatched`].
pub async fn find(db: &Db, market: Option<&Snapshot>, user_id: i64, code: &str) -> Result<WatchlistItem, Error> {
    let row = watchlist::find(db, user_id, code).await?.ok_or(Error::NotWatched)?;
    Ok(item(row, market))
}

/// Puts an issue on the list, or changes what is written about it. Doing it again changes nothing.
///
/// # Errors
/// [`Error::StockNotFound`] for an issue that is neither listed nor on the list,
/// [`Error::InvalidInput`] with every faulty field.
pub async fn put(
    db: &Db,
    clock: &dyn Clock,
    market: &Snapshot,
    user_id: i64,
    code: &str,
    change: &WatchlistChange,
) -> Result<WatchlistItem, Error> {
    let checked = change.check().map_err(Error::InvalidInput)?;
    let name = match market.find(code) {
        Some(listing) => listing.name.clone(),
        // What is gone from the market may stay on the list, and be written about.
        None => {
            watchlist::find(db, user_id, code)
                .await?
                .ok_or(Error::StockNotFound)?
                .name
        }
    };
    let put = Put {
        user_id,
        code,
        name: &name,
        group_name: checked.group.as_ref().map(Option::as_deref),
        note: checked.note.as_ref().map(Option::as_deref),
        position: checked.position,
        now: clock.now().into(),
        max: WatchlistChange::MAX_ITEMS,
    };
    if let Err(Full) = watchlist::put(db, &put).await? {
        let fault = FieldError::new("code", text::watchlist_full(WatchlistChange::MAX_ITEMS));
        return Err(Error::InvalidInput(vec![fault]));
    }
    find(db, Some(market), user_id, code).await
}

/// Takes an issue off the list, and gives what was on it. It is off it afterwards in any case.
pub async fn remove(
    db: &Db,
    market: Option<&Snapshot>,
    user_id: i64,
    code: &str,
) -> Result<Option<WatchlistItem>, Error> {
    let removed = watchlist::remove(db, user_id, code).await?;
    Ok(removed.map(|row| item(row, market)))
}

fn item(row: ItemRow, market: Option<&Snapshot>) -> WatchlistItem {
    let listed = market.and_then(|market| market.find(&row.code));
    WatchlistItem {
        name: listed.map_or(row.name, |listing| listing.name.clone()),
        code: row.code,
        group: row.group_name,
        note: row.note,
        position: row.position,
        added_at: row.added_at.to_rfc3339(),
    }
}
