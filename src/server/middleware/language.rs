//! In which language a request is answered: the one that its browser has chosen, else Korean. What
//! the browser says that it accepts does not count: a page reads the same for everybody who has
//! chosen nothing.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use leptos::prelude::{provide_context, use_context};

use crate::{
    model::{Language, language},
    server::{config::Config, cookies},
};

tokio::task_local! {
    static SPOKEN: Language;
}

/// Answers in the language of the request, errors too.
pub async fn speak(State(config): State<Arc<Config>>, request: Request, next: Next) -> Response {
    let language = cookies::language(request.headers(), &config);
    SPOKEN.scope(language, next.run(request)).await
}

/// From now on texts are in the language of the request that they answer.
pub fn install() {
    language::resolve_by(spoken);
}

/// Pages load what they show in tasks of their own, which know the context only.
pub fn provide() {
    provide_context(Language::now());
}

fn spoken() -> Language {
    let of_task = SPOKEN.try_with(|language| *language).ok();
    of_task.or_else(use_context::<Language>).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use leptos::prelude::Owner;

    use super::*;
    use crate::model::{
        market::format,
        moment,
        text::{auth, listing, problem, stocks, watchlist},
    };

    fn in_english<T>(say: impl FnOnce() -> T) -> T {
        install();
        SPOKEN.sync_scope(Language::En, say)
    }

    #[test]
    fn korean_is_spoken_where_nobody_asks_for_another_language() {
        install();
        assert_eq!(Language::now(), Language::Ko);
        assert_ne!(stocks::title(), "Listed stocks");
    }

    #[test]
    fn tasks_of_a_page_know_its_language_by_the_context() {
        install();
        let owner = Owner::new();
        owner.with(|| SPOKEN.sync_scope(Language::En, provide));
        assert_eq!(owner.with(Language::now), Language::En);
        assert_eq!(Language::now(), Language::Ko);
    }

    #[test]
    fn english_counts_and_joins_its_own_way() {
        in_english(|| {
            assert_eq!(stocks::count("1"), "1 stock");
            assert_eq!(stocks::count("2,880"), "2,880 stocks");
            assert_eq!((stocks::count_unit(1), stocks::count_unit(0)), (" stock", " stocks"));
            assert_eq!(stocks::days(1), "1 day");
            assert_eq!(stocks::month(3), "Mar");
            assert_eq!(listing::apply("1"), "Apply (1 stock)");
            assert_eq!(
                listing::range("Market cap", Some("1T"), None, stocks::won_unit()),
                "Market cap at least 1T KRW"
            );
            assert_eq!(
                listing::range("% change", Some("-5"), Some("5"), "%"),
                "% change -5% to 5%"
            );
            assert_eq!(problem::rate_limited(1), "Too many attempts. Try again in 1 second.");
            assert_eq!(problem::rate_limited(61), "Too many attempts. Try again in 2 minutes.");
            assert_eq!(auth::password_help(12, 128, &[]), "12 to 128 characters");
            assert_eq!(
                auth::strength(auth::strength_word(3), &[auth::class_digit()], None),
                "Strength: strong. Still needed: a digit"
            );
            assert_eq!(watchlist::average_of(1, 0), "Equally weighted over 1 traded stock.");
            let counted_keys = listing::keys_help().map(|(_, what)| what);
            assert!(counted_keys.iter().all(|what| what.is_ascii()));
        });
    }

    #[test]
    fn english_writes_numbers_and_dates_its_own_way() {
        in_english(|| {
            assert_eq!(format::money(45_690_000_000), "₩45.6B");
            assert_eq!(format::shortened(35_279_762), "35.2M");
            assert_eq!(format::shortest(1_500_000_000_000), "1.5T");
            assert_eq!(format::date("2026-03-02"), "2 Mar 2026 (Mon)");
            assert_eq!(format::date("yesterday"), "yesterday");
            assert_eq!(moment::kst("2026-12-31T15:05:00Z"), "1 Jan 2027, 00:05 KST");
        });
    }
}
