//! What the user agreed to, on `/account`. Its forms are plain ones, like those of devices.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::{
    components::{Done, consent_summary},
    functions::legal::ConsentAction,
    model::{
        legal::{Agreed, ConsentKind, ShownSummary, Text, due},
        moment, navigation,
        text::legal as text,
    },
};

/// What was done, by the query of the address.
#[component]
pub(super) fn ConsentNews() -> impl IntoView {
    let news = |action: ConsentAction, say: Text| {
        view! { <Done when=("consent", action.as_str()) say=say.now()/> }
    };
    view! {
        {news(ConsentAction::Agree, text::AGREED_ANEW)}
        {news(ConsentAction::MarketingOn, text::MARKETING_GIVEN)}
        {news(ConsentAction::MarketingOff, text::MARKETING_WITHDRAWN)}
    }
}

/// Asks to agree to what has changed since the user did, or what they never agreed to because
/// somebody else made their account. Nothing where all is well.
#[component]
pub(super) fn AgreeAnew(agreed: Vec<Agreed>, summaries: Vec<ShownSummary>) -> impl IntoView {
    let due = due(&agreed);
    let knows_them = agreed.iter().any(|agreed| agreed.kind.is_required());
    let heading = if knows_them {
        text::OUTDATED
    } else {
        text::NOT_YET_AGREED
    };
    let form = |kind: ConsentKind| {
        let from = text::NEW_VERSION.now().replace("{version}", kind.version());
        view! {
            <form method="post" action=navigation::ACCOUNT>
                <p><A href=kind.path()>{kind.title().now()}</A> ", " {from}</p>
                {consent_summary(kind, &summaries)}
                <input type="hidden" name=kind.as_str() value=kind.version()/>
                <button class="button button--primary" type="submit" name="consent" value=ConsentAction::Agree.as_str()>
                    {text::agree_anew(kind).now()}
                </button>
            </form>
        }
    };
    (!due.is_empty()).then(|| {
        view! {
            <section class="notice notice--to-complete" aria-labelledby="agree-anew">
                <h2 id="agree-anew">{heading.now()}</h2>
                <p>{text::OUTDATED_HELP.now()}</p>
                {due.iter().copied().map(form).collect_view()}
            </section>
        }
    })
}

/// Every consent with its version and its moment, and the optional one to give or to take back.
#[component]
pub(super) fn Consents(agreed: Vec<Agreed>, summaries: Vec<ShownSummary>) -> impl IntoView {
    let has_marketing = agreed.iter().any(|agreed| agreed.kind == ConsentKind::Marketing);
    let row = |kind: ConsentKind| {
        let own = agreed.iter().filter(|agreed| agreed.kind == kind);
        let lines: Vec<String> = own.map(in_words).collect();
        let never = match kind {
            ConsentKind::Marketing => text::NO_MARKETING,
            ConsentKind::Terms | ConsentKind::Privacy => text::NEVER_AGREED,
        };
        let lines = if lines.is_empty() {
            vec![never.now().to_owned()]
        } else {
            lines
        };
        view! {
            <div>
                <dt><A href=kind.path()>{kind.title().now()}</A></dt>
                <dd>{lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}</dd>
            </div>
        }
    };
    let (action, label) = if has_marketing {
        (ConsentAction::MarketingOff, text::MARKETING_OFF)
    } else {
        (ConsentAction::MarketingOn, text::MARKETING_ON)
    };
    let summary = (!has_marketing).then(|| consent_summary(ConsentKind::Marketing, &summaries));
    view! {
        <section class="card" aria-labelledby="consents">
            <h2 id="consents">{text::CONSENTS.now()}</h2>
            <dl class="facts">{ConsentKind::ALL.into_iter().map(row).collect_view()}</dl>
            <form method="post" action=navigation::ACCOUNT>
                {summary}
                <input type="hidden" name=ConsentKind::Marketing.as_str() value=ConsentKind::Marketing.version()/>
                <button class="button" type="submit" name="consent" value=action.as_str()>{label.now()}</button>
            </form>
        </section>
    }
}

fn in_words(agreed: &Agreed) -> String {
    let line = text::AGREED.now().replace("{version}", &agreed.version);
    line.replace("{when}", &moment::kst(&agreed.agreed_at))
}
