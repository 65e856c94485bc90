//! What the page of the listing shows, and how: everything is in its address.

use serde::{Deserialize, Serialize};

use super::{
    Columns, ListingQuery, Measure,
    query::{ALL_ROWS, MAX_PAGE, PAGE_SIZE, PAGE_SIZES},
};
use crate::model::{input::whole_number, navigation};

/// The page's path.
pub const LISTING_PATH: &str = "/stocks";

/// What is asked of the listing, and how it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListingView {
    pub query: ListingQuery,
    pub columns: Columns,
    /// All rows below each other instead of pages, where the browser runs scripts.
    pub endless: bool,
}

impl ListingView {
    /// Reads an address: what [`ListingQuery::lenient`] reads, `cols`, and `size=all`. Whatever is
    /// wrong there is left out or brought to the nearest that is right; the second says whether
    /// nothing was. Other parameters are not looked at.
    #[must_use]
    pub fn read<K: AsRef<str>, V: AsRef<str>>(parameters: impl IntoIterator<Item = (K, V)>) -> (Self, bool) {
        let parameters: Vec<(String, String)> = parameters
            .into_iter()
            .map(|(name, value)| (name.as_ref().to_owned(), value.as_ref().to_owned()))
            .collect();
        let last = |name: &str| {
            let last = parameters.iter().rev().find(|(other, _)| other == name);
            last.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
        };
        let names = parameters.iter().filter(|(name, _)| name == "cols");
        let names: Vec<&str> = names.map(|(_, value)| value.as_str()).collect();
        let (columns, are_columns) = Columns::lenient(&names.join(","));
        let endless = last("size") == Some(ALL_ROWS);
        let is_size = last("size")
            .is_none_or(|size| endless || whole_number::<u32>(size).is_some_and(|size| PAGE_SIZES.contains(&size)));
        let is_page =
            last("page").is_none_or(|page| whole_number(page).is_some_and(|page| (1..=MAX_PAGE).contains(&page)));
        let is_query = ListingQuery::strict(parameters.iter().filter_map(as_rest)).is_ok();
        let view = Self {
            query: ListingQuery::lenient(parameters.iter().map(|(name, value)| (name, value))),
            columns,
            endless,
        };
        (view, are_columns && is_size && is_page && is_query)
    }

    /// What is not by default, as parameters of an address. [`Self::read`] reads them back.
    #[must_use]
    pub fn parameters(&self, page: u32) -> Vec<(&'static str, String)> {
        let mut parameters = if self.endless {
            let mut parameters = self.query.with_size(PAGE_SIZE).parameters(1);
            parameters.push(("size", ALL_ROWS.to_owned()));
            if page > 1 {
                parameters.push(("page", page.to_string()));
            }
            parameters
        } else {
            self.query.parameters(page)
        };
        if self.columns != Columns::default() {
            parameters.push(("cols", self.columns.in_address()));
        }
        parameters
    }

    /// The address of a page.
    #[must_use]
    pub fn path(&self, page: u32) -> String {
        navigation::with_query(LISTING_PATH, &navigation::query(self.parameters(page)))
    }

    /// The same view of something else.
    #[must_use]
    pub fn with(&self, query: ListingQuery) -> Self {
        let view = self.clone();
        Self { query, ..view }
    }
}

/// A parameter as REST has it: numbers in plain digits. What REST alone has does not concern a page.
fn as_rest((name, value): &(String, String)) -> Option<(String, String)> {
    if ["limit", "offset"].contains(&name.as_str()) {
        return None;
    }
    // A field that was left empty asks for nothing.
    if value.trim().is_empty() {
        return None;
    }
    let typed = Measure::of_end(name).and_then(|measure| Some(measure.print(measure.parse_typed(value)?)));
    Some((name.clone(), typed.unwrap_or_else(|| value.clone())))
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    use super::*;

    fn read(address: &str) -> (ListingView, bool) {
        let query = address.split_once('?').map_or("", |(_, query)| query);
        ListingView::read(query.split('&').filter_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            let value = percent_decode_str(value).decode_utf8().unwrap();
            Some((name.to_owned(), value.into_owned()))
        }))
    }

    #[test]
    fn nothing_asked_is_the_plain_page() {
        let (view, is_exact) = read("/stocks");
        assert!(is_exact);
        assert_eq!(view.path(1), "/stocks");
        assert_eq!(view.path(2), "/stocks?page=2");
    }

    #[test]
    fn all_rows_come_in_parts() {
        let (view, is_exact) = read("/stocks?size=all&page=3");
        assert!(is_exact && view.endless);
        assert_eq!((view.query.limit, view.query.offset), (Some(100), 200));
        assert_eq!(view.path(1), "/stocks?size=all");
        assert_eq!(read("/stocks?size=100").0.path(1), "/stocks?size=100");
    }

    #[test]
    fn says_when_something_was_brought_to_the_nearest() {
        for exact in [
            "market=KOSPI&q=&segment=&flags=spac&flags=foreign&cols=none&cols=close",
            "marcap_min=1%EC%A1%B0&marcap_max=2,000,000%EC%96%B5",
            "changes_ratio_min=%2B5%25&utm_source=mail&limit=x",
            "size=200&page=10000",
        ] {
            assert!(read(&format!("/stocks?{exact}")).1, "{exact}");
        }
        for near in [
            "market=NYSE",
            "sort_by=beauty",
            "cols=beauty",
            "size=33",
            "page=0",
            "page=10001",
            "marcap_min=2&marcap_max=1",
            "close_min=-1",
            "flags=tall",
            "q=%00",
        ] {
            assert!(!read(&format!("/stocks?{near}")).1, "{near}");
        }
        assert_eq!(read("/stocks?size=33").0.query.limit, Some(20));
        assert_eq!(
            read("/stocks?marcap_min=1%EC%A1%B0").0.path(1),
            "/stocks?marcap_min=1000000000000"
        );
    }

    proptest! {
        #[test]
        fn an_address_is_read_back(
            size in prop::sample::select(vec!["20", "50", "100", "200", "all", "7", ""]),
            cols in "(close|isin|none|x|,){0,5}",
            q in "[가-힣a-z& =]{0,6}",
            sort in "(name|close|industry)(,(marcap|shares)){0,2}",
            page in 1..=MAX_PAGE,
        ) {
            let parameters = [("size", size), ("cols", &cols), ("q", &q), ("sort_by", &sort)];
            let (mut view, _) = ListingView::read(parameters);
            let (again, is_exact) = read(&view.path(page));
            prop_assert!(is_exact);
            prop_assert_eq!(again.query.page(), page);
            view.query.offset = again.query.offset;
            prop_assert_eq!(again, view);
        }
    }
}
