//! What a user watches: groups, notes, an order of the user's own.

use crate::{
    model::{
        FieldError,
        market::{WatchlistChange, WatchlistItem},
        text::stocks as text,
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

/// Takes an issue off the list. It is off it afterwards in any case.
pub async fn remove(db: &Db, user_id: i64, code: &str) -> Result<(), Error> {
    watchlist::remove(db, user_id, code).await?;
    Ok(())
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
