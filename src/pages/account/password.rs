use leptos::prelude::*;

use crate::{
    app::CurrentUser,
    components::{
        AccountFrame, Done, NewPasswordFields, PasswordField, PostForm, ProblemPage, SubmitButton, UserName,
        form_problem, rejected_form,
    },
    functions::{account::ChangePassword, auth::password_policy, password::PasswordOwner},
    model::{RejectedForm, User, input::PasswordPolicy, navigation, text::account as text},
};

/// `/account/password`
#[component]
pub fn AccountPassword() -> impl IntoView {
    let user: CurrentUser = expect_context();
    let rejected = rejected_form();
    // The operator's policy, in words beside the field.
    let policy = Resource::new_blocking(|| (), |()| password_policy());
    view! {
        <AccountFrame title=text::password_title()>
            <Suspense>
                {move || {
                    let rejected = rejected.clone();
                    Suspend::new(async move {
                        let policy = policy.await.unwrap_or_default();
                        match user.required().await {
                            Ok(user) => view! { <Change user policy rejected/> }.into_any(),
                            Err(problem) => view! { <ProblemPage problem/> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </AccountFrame>
    }
}

#[component]
fn Change(user: User, policy: PasswordPolicy, rejected: Option<RejectedForm>) -> impl IntoView {
    let action = ServerAction::<ChangePassword>::new();
    let problem = form_problem(action, rejected.as_ref());
    let owner = PasswordOwner {
        user_id: user.user_id,
        email: user.email,
        name: user.name,
    };
    view! {
        <Done when=("changed", "1") say=text::password_changed() unless=Signal::derive(move || problem.with(Option::is_some))/>
        <section class="card">
            <p class="lead">{text::password_lead()}</p>
            <PostForm action path=navigation::ACCOUNT_PASSWORD problem>
                <UserName user_id=owner.user_id.clone()/>
                <PasswordField
                    name="current_password"
                    label=text::current_password()
                    autocomplete="current-password"
                    problem
                />
                <NewPasswordFields
                    name="new_password"
                    label=text::new_password()
                    confirm="new_password_confirm"
                    confirm_label=text::new_password_confirm()
                    policy
                    problem
                    owner
                />
                <SubmitButton label=text::change() pending=action.pending()/>
            </PostForm>
        </section>
    }
}
