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
        <AccountFrame title=text::DEVICES_TITLE>
            <p class="lead">{text::DEVICES_LEAD} " " {text::KST}</p>
            <Done when=("ended", "one") say=text::DEVICE_SIGNED_OUT/>
            <Done when=("ended", "others") say=text::OTHERS_SIGNED_OUT/>
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
                <h2 id="others">{text::SIGN_OUT_OTHERS}</h2>
                <p>{text::SIGN_OUT_OTHERS_HELP}</p>
                <form method="post" action=navigation::ACCOUNT_DEVICES>
                    <input type="hidden" name="device" value="others"/>
                    <button class="button" type="submit">{text::SIGN_OUT_OTHERS}</button>
                </form>
            </section>
        }
        .into_any()
    } else {
        view! { <p class="lead">{text::NO_OTHERS}</p> }.into_any()
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
            <p>{text::THEFT}</p>
            <ul class="notice__list">{thefts.into_iter().map(line).collect_view()}</ul>
            <A href=navigation::ACCOUNT_PASSWORD>{text::PASSWORD_TITLE}</A>
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
                {session.current.then(|| view! { <span class="badge badge--accent">{text::THIS_DEVICE}</span> })}
                {session.remember_me.then(|| view! { <span class="badge">{text::REMEMBERED}</span> })}
            </div>
            <dl class="device__facts">
                <div><dt>{text::LAST_USED}</dt><dd>{instant(session.last_used_at)}</dd></div>
                <div><dt>{text::SIGNED_IN}</dt><dd>{instant(session.created_at)}</dd></div>
                <div><dt>{text::ADDRESS}</dt><dd>{session.ip_address}</dd></div>
            </dl>
            <form method="post" action=navigation::ACCOUNT_DEVICES>
                <input type="hidden" name="device" value=session.id/>
                <button class="button" type="submit" aria-label=text::sign_out_of(&session.device)>{auth::LOGOUT}</button>
            </form>
        </li>
    }
}
