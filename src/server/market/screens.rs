//! Views of the listing that a user keeps under a name.

use crate::{
    functions::stocks::ScreenForm,
    model::{
        FieldError,
        market::{ListingView, Screen},
        navigation,
        text::listing as text,
    },
    server::{
        clock::Clock,
        error::Error,
        store::{
            Db,
            saved_screens::{self, Refused, ScreenRow},
        },
    },
};

/// The user's screens, the oldest first.
pub async fn all(db: &Db, user_id: i64) -> Result<Vec<Screen>, Error> {
    let rows = saved_screens::all(db, user_id).await?;
    let screens = rows.into_iter().map(|row| Screen {
        name: row.name,
        view: view_of(&row.query),
    });
    Ok(screens.collect())
}

/// Saves what stands in `form.query` under `form.name`.
///
/// # Errors
/// [`Error::InvalidInput`] for a name that is none, when there are too many, and for the field
/// `replace` when another view has the name and `form.replace` does not name it.
pub async fn save(db: &Db, clock: &dyn Clock, user_id: i64, form: &ScreenForm) -> Result<Screen, Error> {
    let fault = |fault: FieldError| Error::InvalidInput(vec![fault]);
    let screen = Screen::new(&form.name, view_of(&form.query)).map_err(fault)?;
    let row = ScreenRow {
        name: screen.name.clone(),
        query: navigation::query(screen.view.parameters(1)),
    };
    let replaced = Screen::new(&form.replace, ListingView::default());
    let may_replace = replaced.is_ok_and(|replaced| replaced.name == screen.name);
    let now = clock.now().into();
    match saved_screens::put(db, user_id, &row, may_replace, now, Screen::MAX).await? {
        Ok(()) => Ok(screen),
        Err(Refused::Full) => Err(fault(FieldError::new("name", text::screens_full(Screen::MAX)))),
        Err(Refused::Taken) => Err(fault(FieldError::new("replace", text::screen_taken(&screen.name)))),
    }
}

/// Takes a screen away. It is away afterwards in any case.
pub async fn remove(db: &Db, user_id: i64, name: &str) -> Result<(), Error> {
    // No screen has a name that none can have, and one with a NUL is an error of one of the engines.
    if Screen::new(name, ListingView::default()).is_ok() {
        saved_screens::remove(db, user_id, name).await?;
    }
    Ok(())
}

fn view_of(query: &str) -> ListingView {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
    ListingView::read(pairs).0
}
