use leptos::prelude::*;

use super::consents::{AgreeAnew, ConsentNews, Consents};
use crate::{
    app::CurrentUser,
    components::{AccountFrame, Done, PostForm, ProblemPage, SubmitButton, TextField, form_problem, rejected_form},
    functions::{
        account::ChangeName,
        legal::{consent_summaries, consents},
    },
    model::{
        RejectedForm, User,
        legal::{Agreed, ShownSummary},
        moment, navigation, text,
    },
};

/// `/account`
#[component]
pub fn Account() -> impl IntoView {
    let user: CurrentUser = expect_context();
    let rejected = rejected_form();
    let consents = Resource::new_blocking(|| (), |()| consents());
    let summaries = Resource::new_blocking(|| (), |()| consent_summaries());
    view! {
        <AccountFrame title=text::account::title()>
            <Suspense>
                {move || {
                    let rejected = rejected.clone();
                    Suspend::new(async move {
                        let (user, agreed) = (user.required().await, consents.await);
                        let summaries = summaries.await.unwrap_or_default();
                        match user.and_then(|user| Ok((user, agreed?))) {
                            Ok((user, agreed)) => view! { <Profile user agreed summaries rejected/> }.into_any(),
                            Err(problem) => view! { <ProblemPage problem/> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </AccountFrame>
    }
}

#[component]
fn Profile(
    user: User,
    agreed: Vec<Agreed>,
    summaries: Vec<ShownSummary>,
    rejected: Option<RejectedForm>,
) -> impl IntoView {
    let action = ServerAction::<ChangeName>::new();
    let problem = form_problem(action, rejected.as_ref());
    let typed = rejected.as_ref().and_then(|form| form.value("name").map(str::to_owned));
    let last_login = user
        .last_login_at
        .as_deref()
        .map_or_else(|| text::account::never().to_owned(), moment::kst);
    view! {
        <Done when=("saved", "1") say=text::account::name_saved() unless=Signal::derive(move || problem.with(Option::is_some))/>
        <ConsentNews/>
        <AgreeAnew agreed=agreed.clone() summaries=summaries.clone()/>
        <section class="card" aria-labelledby="profile">
            <h2 id="profile">{text::account::profile()}</h2>
            <dl class="facts">
                <div><dt>{text::auth::user_id()}</dt><dd>{user.user_id}</dd></div>
                <div><dt>{text::auth::name()}</dt><dd>{user.name.clone()}</dd></div>
                <div><dt>{text::auth::email()}</dt><dd>{user.email}</dd></div>
                <div><dt>{text::account::joined()}</dt><dd>{moment::kst(&user.created_at)}</dd></div>
                <div><dt>{text::account::last_login()}</dt><dd>{last_login}</dd></div>
            </dl>
            <p class="card__note">{text::account::kst()}</p>
        </section>
        <section class="card" aria-labelledby="edit-name">
            <h2 id="edit-name">{text::account::edit_name()}</h2>
            <PostForm action path=navigation::ACCOUNT problem>
                <TextField
                    name="name"
                    label=text::auth::name()
                    autocomplete="name"
                    help=text::auth::name_help()
                    value=typed.unwrap_or(user.name)
                    problem
                />
                <SubmitButton label=text::account::save() pending=action.pending()/>
            </PostForm>
        </section>
        <Consents agreed summaries/>
        <section class="card" aria-labelledby="sign-out">
            <h2 id="sign-out">{text::auth::logout()}</h2>
            <p>{text::account::sign_out_help()}</p>
            <form method="post" action="/logout">
                <button class="button" type="submit">{text::auth::logout()}</button>
            </form>
        </section>
    }
}
