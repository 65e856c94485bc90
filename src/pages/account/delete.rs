use leptos::prelude::*;

use crate::{
    app::CurrentUser,
    components::{
        AccountFrame, Check, CheckFault, Faults, PasswordField, PostForm, ProblemPage, SubmitButton, UserName,
        form_problem, rejected_form,
    },
    functions::account::DeleteAccount,
    model::{RejectedForm, User, navigation, text::account as text},
};

/// `/account/delete`
#[component]
pub fn AccountDelete() -> impl IntoView {
    let user: CurrentUser = expect_context();
    let rejected = rejected_form();
    view! {
        <AccountFrame title=text::delete()>
            <Suspense>
                {move || {
                    let rejected = rejected.clone();
                    Suspend::new(async move {
                        match user.required().await {
                            Ok(user) => view! { <Delete user rejected/> }.into_any(),
                            Err(problem) => view! { <ProblemPage problem/> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </AccountFrame>
    }
}

#[component]
fn Delete(user: User, rejected: Option<RejectedForm>) -> impl IntoView {
    let action = ServerAction::<DeleteAccount>::new();
    let problem = form_problem(action, rejected.as_ref());
    let confirmed = rejected.is_some_and(|form| form.value("confirm").is_some());
    let faults = Faults {
        problem,
        fields: &["confirm"],
        shared: &[],
        id: "confirm-error",
    };
    view! {
        <section class="card">
            <p class="lead">{text::delete_lead()}</p>
            <PostForm action path=navigation::ACCOUNT_DELETE problem>
                <UserName user_id=user.user_id/>
                <PasswordField
                    name="current_password"
                    label=text::current_password()
                    autocomplete="current-password"
                    problem
                />
                <div>
                    <Check name="confirm" label=text::delete_confirm() checked=confirmed faults/>
                    <CheckFault faults/>
                </div>
                <SubmitButton label=text::delete_button() pending=action.pending() dangerous=true/>
            </PostForm>
        </section>
    }
}
