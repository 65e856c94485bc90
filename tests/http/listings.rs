//! Listings by REST and on the page.
