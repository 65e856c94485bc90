//! The pages as the router takes them.
//!
//! The browser loads the code of most when one of them is first shown: those of the market in one
//! file, those of the account in another. One file a page would be a hundred more, with what any two
//! of them share. Sign-in is in the first file: that is where visits begin, and it is small.

use std::pin::Pin;

use leptos::prelude::*;
use leptos_router::ChooseView;

#[cfg(feature = "hydrate")]
use crate::components::pause;
use crate::components::{Shortcuts, Toast};

use super::{
    Account, AccountDelete, AccountDevices, AccountHistory, AccountPassword, ComparePage, Login, OverviewPage, Privacy,
    Signup, StockPage, Stocks, Terms, Watchlist,
};

type Shown = Pin<Box<dyn Future<Output = AnyView>>>;

/// One of the pages. One type for all of them: the router's code is compiled anew for each type that
/// it is given.
#[derive(Clone, Copy)]
pub struct Page(fn() -> Shown);

impl ChooseView for Page {
    async fn choose(self) -> AnyView {
        (self.0)().await
    }

    async fn preload(&self) {}
}

impl Page {
    pub const LOGIN: Self = Self(|| {
        Box::pin(async {
            #[cfg(feature = "hydrate")]
            pause().await;
            view! { <Login/> }.into_any()
        })
    });
    /// Nobody has it but developers.
    #[cfg(debug_assertions)]
    pub const STYLEGUIDE: Self = Self(|| Box::pin(async { view! { <super::Styleguide/> }.into_any() }));
}

/// A page for the router of each component, and the function that shows them, with what belongs
/// beside each; its code is apart.
/// Without the feature `split` (development, lints) all code is in one file.
macro_rules! together {
    ($show:ident, $pages:ident, [$($beside:ident),*]: $($name:ident => $page:ident),* $(,)?) => {
        enum $pages {
            $($page),*
        }

        #[cfg_attr(feature = "split", lazy)]
        async fn $show(page: $pages) -> AnyView {
            #[cfg(feature = "hydrate")]
            pause().await;
            let page = match page {
                $($pages::$page => view! { <$page/> }.into_any()),*
            };
            view! { {page} $(<$beside/>)* }.into_any()
        }

        impl Page {
            $(pub const $name: Self = Self(|| Box::pin($show($pages::$page)));)*
        }
    };
}

together! {
    show_market, MarketPages, [Toast, Shortcuts]:
    OVERVIEW => OverviewPage,
    STOCKS => Stocks,
    STOCK => StockPage,
    WATCHLIST => Watchlist,
    COMPARE => ComparePage,
}

together! {
    show_account, AccountPages, []:
    SIGNUP => Signup,
    ACCOUNT => Account,
    ACCOUNT_PASSWORD => AccountPassword,
    ACCOUNT_DEVICES => AccountDevices,
    ACCOUNT_HISTORY => AccountHistory,
    ACCOUNT_DELETE => AccountDelete,
    TERMS => Terms,
    PRIVACY => Privacy,
}
