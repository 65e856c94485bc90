use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    app::CurrentUser,
    components::ProblemPage,
    model::{Problem, User, moment, text},
};

/// `/account`
#[component]
pub fn Account() -> impl IntoView {
    let CurrentUser(user) = expect_context();
    view! {
        <Title text=text::account::TITLE/>
        <main id="main" tabindex="-1" class="page page--middle">
            <Suspense>
                {move || Suspend::new(async move {
                    match user.await {
                        Ok(Some(user)) => view! { <Profile user/> }.into_any(),
                        Ok(None) => view! { <ProblemPage problem=Problem::signed_out()/> }.into_any(),
                        Err(problem) => view! { <ProblemPage problem/> }.into_any(),
                    }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn Profile(user: User) -> impl IntoView {
    let last_login = user
        .last_login_at
        .as_deref()
        .map_or_else(|| text::account::NEVER.to_owned(), moment::kst);
    view! {
        <h1>{text::account::TITLE}</h1>
        <section class="card" aria-labelledby="profile">
            <h2 id="profile">{text::account::PROFILE}</h2>
            <dl class="facts">
                <div><dt>{text::auth::USER_ID}</dt><dd>{user.user_id}</dd></div>
                <div><dt>{text::auth::NAME}</dt><dd>{user.name}</dd></div>
                <div><dt>{text::auth::EMAIL}</dt><dd>{user.email}</dd></div>
                <div><dt>{text::account::JOINED}</dt><dd>{moment::kst(&user.created_at)}</dd></div>
                <div><dt>{text::account::LAST_LOGIN}</dt><dd>{last_login}</dd></div>
            </dl>
        </section>
        <section class="card" aria-labelledby="sign-out">
            <h2 id="sign-out">{text::auth::LOGOUT}</h2>
            <p>{text::account::SIGN_OUT_HELP}</p>
            <form method="post" action="/logout">
                <button class="button" type="submit">{text::auth::LOGOUT}</button>
            </form>
        </section>
    }
}
