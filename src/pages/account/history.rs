use leptos::{prelude::*, suspense::Unsuspend};
use leptos_router::{components::A, hooks::use_query_map};

use crate::{
    components::{AccountFrame, ProblemPage, Waiting},
    functions::account::login_history,
    model::{
        account::{HistoryPage, LoginAttempt, NewerPage},
        input::whole_number,
        moment, navigation,
        text::account as text,
    },
};

/// `/account/history`: which attempts it shows is in its address. What is no id there shows the
/// newest.
#[component]
pub fn AccountHistory() -> impl IntoView {
    let waiting: Waiting = expect_context();
    let query = use_query_map();
    let before = Memo::new(move |_| {
        let before = query.with(|query| query.get_str("before").and_then(whole_number::<i64>));
        before.filter(|before| *before > 0)
    });
    let page = Resource::new_blocking(move || before.get(), login_history);
    view! {
        <AccountFrame title=text::history()>
            <p class="lead">{text::history_lead()} " " {text::kst()}</p>
            // The rows of before stay until the new ones are there.
            <Transition set_pending=waiting.for_data()>
                {move || Suspend::new(async move {
                    match page.await {
                        Ok(page) => Unsuspend::new(move || view! { <Attempts page/> }).into_any(),
                        Err(problem) => view! { <ProblemPage problem/> }.into_any(),
                    }
                })}
            </Transition>
        </AccountFrame>
    }
}

fn page_path(before: i64) -> String {
    format!("{}?before={before}", navigation::ACCOUNT_HISTORY)
}

#[component]
fn Attempts(page: HistoryPage) -> impl IntoView {
    let HistoryPage { history, newer } = page;
    if history.items.is_empty() {
        return view! {
            <div class="empty">
                <h2>{text::no_history()}</h2>
                <p>{text::no_history_help()}</p>
                <A href=navigation::ACCOUNT_HISTORY attr:class="button">{text::newest()}</A>
            </div>
        }
        .into_any();
    }
    let newer = newer.map(|newer| match newer {
        NewerPage::First => navigation::ACCOUNT_HISTORY.to_owned(),
        NewerPage::Before(id) => page_path(id),
    });
    let older = history.next_before.map(page_path);
    let is_paged = newer.is_some() || older.is_some();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=text::history()>
            // The style that makes cards of rows would take the table's roles from it.
            <table class="table table--cards" role="table">
                <caption class="visually-hidden">{text::history()}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        {[text::time(), text::result(), text::device(), text::address()]
                            .map(|heading| view! { <th scope="col" role="columnheader">{heading}</th> })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {history.items.into_iter().map(|attempt| view! { <Attempt attempt/> }).collect_view()}
                </tbody>
            </table>
        </div>
        // Plain links, as in the listing's pager.
        {is_paged.then(|| view! {
            <nav class="pager" aria-label=text::history_pages()>
                {newer.map(|href| view! { <a href=href rel="prev">{text::newer()}</a> })}
                {older.map(|href| view! { <a href=href rel="next">{text::older()}</a> })}
            </nav>
        })}
    }
    .into_any()
}

#[component]
fn Attempt(attempt: LoginAttempt) -> impl IntoView {
    let (class, result) = if attempt.success {
        ("badge", text::success())
    } else {
        ("badge badge--danger", text::failure())
    };
    view! {
        <tr role="row">
            <td role="cell" data-label=text::time()>
                <time datetime=attempt.login_at.clone()>{moment::kst(&attempt.login_at)}</time>
            </td>
            <td role="cell" data-label=text::result()><span class=class>{result}</span></td>
            <td role="cell" data-label=text::device()>{attempt.device}</td>
            <td role="cell" data-label=text::address()>{attempt.ip_address}</td>
        </tr>
    }
}
