//! Whose history a file is, when its rows do not say.

use crate::{
    model::market::{is_code, read_code},
    server::{
        market::isin,
        store::{Db, instruments},
    },
};

use super::ImportError;

/// The code of an issue or an index: as the operator says, or as the file's name tells.
pub(super) async fn of(db: &Db, told: Option<&str>, file_name: Option<&str>) -> Result<Option<String>, ImportError> {
    if let Some(told) = told {
        let known = match index(told) {
            Some(index) => Some(index.to_owned()),
            None => issue(db, told).await?,
        };
        return match known {
            Some(code) => Ok(Some(code)),
            None => Err(ImportError::UnknownSubject(told.chars().take(40).collect())),
        };
    }
    for word in file_name
        .unwrap_or_default()
        .split(|c: char| !c.is_ascii_alphanumeric())
    {
        if let Some(index) = index(word) {
            return Ok(Some(index.to_owned()));
        }
        // Six digits may be a date or a number as well: only what is known counts.
        if (is_code(word) || isin::is_valid(word))
            && let Some(code) = issue(db, word).await?
        {
            return Ok(Some(code));
        }
    }
    Ok(None)
}

/// The exchange's name of an index, or what FinanceDataReader calls it.
fn index(name: &str) -> Option<&'static str> {
    match name.to_ascii_uppercase().as_str() {
        "KOSPI" | "KS11" => Some("KOSPI"),
        "KOSDAQ" | "KQ11" => Some("KOSDAQ"),
        _ => None,
    }
}

async fn issue(db: &Db, name: &str) -> Result<Option<String>, sqlx::Error> {
    let isin = name.to_ascii_uppercase();
    if isin::is_valid(&isin) {
        return instruments::code_of_isin(db, &isin).await;
    }
    match read_code(name) {
        Some(code) => Ok(instruments::find(db, &code).await?.map(|issue| issue.code)),
        None => Ok(None),
    }
}
