use leptos::prelude::*;
use leptos_router::components::A;

use crate::{
    components::{AccountFrame, Done, ProblemPage, rejected_form},
    functions::account::devices,
    model::{
        account::{DevicesPage, Session, Theft},
        moment, navigation,
        text::{account as text, auth},
    },
};

/// `/account/devices`. Its forms are plain ones: what they do concerns the whole page.
#[component]
pub fn AccountDevices() -> impl IntoView {
    let devices = Resource::new_blocking(|| (), |()| devices());
    let refused = rejected_form().map(|form| form.problem.detail);
    view! {
        <AccountFrame title=text::devices_title()>
            <p class="lead">{text::devices_lead()} " " {text::kst()}</p>
            <Done when=("ended", "one") say=text::device_signed_out()/>
            <Done when=("ended", "others") say=text::others_signed_out()/>
            {refused.map(|reason| view! { <div class="notice notice--error" role="alert">{reason}</div> })}
            <Suspense>
                {move || Suspend::new(async move {
                    match devices.await {
                        Ok(devices) => view! { <All devices/> }.into_any(),
                        Err(problem) => view! { <ProblemPage problem/> }.into_any(),
                    }
                })}
            </Suspense>
        </AccountFrame>
    }
}

#[component]
fn All(devices: DevicesPage) -> impl IntoView {
    let DevicesPage { sessions, thefts } = devices;
    let others = if sessions.iter().any(|session| !session.current) {
        view! {
            <section class="card" aria-labelledby="others">
                <h2 id="others">{text::sign_out_others()}</h2>
                <p>{text::sign_out_others_help()}</p>
                <form method="post" action=navigation::ACCOUNT_DEVICES>
                    <input type="hidden" name="device" value="others"/>
                    <button class="button" type="submit">{text::sign_out_others()}</button>
                </form>
            </section>
        }
        .into_any()
    } else {
        view! { <p class="lead">{text::no_others()}</p> }.into_any()
    };
    view! {
        {(!thefts.is_empty()).then(|| view! { <Thefts thefts/> })}
        <ul class="devices" role="list">
            {sessions.into_iter().map(|session| view! { <Device session/> }).collect_view()}
        </ul>
        {others}
    }
}

#[component]
fn Thefts(thefts: Vec<Theft>) -> impl IntoView {
    let line = |theft: Theft| {
        let ended = moment::kst(&theft.ended_at);
        view! { <li>{text::ended(&theft.device, &theft.ip_address, &ended)}</li> }
    };
    view! {
        <div class="notice notice--error" role="alert">
            <p>{text::theft()}</p>
            <ul class="notice__list">{thefts.into_iter().map(line).collect_view()}</ul>
            <A href=navigation::ACCOUNT_PASSWORD>{text::password_title()}</A>
        </div>
    }
}

#[component]
fn Device(session: Session) -> impl IntoView {
    let instant = |instant: String| view! { <time datetime=instant.clone()>{moment::kst(&instant)}</time> };
    view! {
        <li class="device">
            <div class="device__head">
                <h2>{session.device.clone()}</h2>
                {session.current.then(|| view! { <span class="badge badge--accent">{text::this_device()}</span> })}
                {session.remember_me.then(|| view! { <span class="badge">{text::remembered()}</span> })}
            </div>
            <dl class="device__facts">
                <div><dt>{text::last_used()}</dt><dd>{instant(session.last_used_at)}</dd></div>
                <div><dt>{text::signed_in()}</dt><dd>{instant(session.created_at)}</dd></div>
                <div><dt>{text::address()}</dt><dd>{session.ip_address}</dd></div>
            </dl>
            <form method="post" action=navigation::ACCOUNT_DEVICES>
                <input type="hidden" name="device" value=session.id/>
                <button class="button" type="submit" aria-label=text::sign_out_of(&session.device)>{auth::logout()}</button>
            </form>
        </li>
    }
}
