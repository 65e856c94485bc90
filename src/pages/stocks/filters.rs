//! The panel that leaves rows out. Without JavaScript it is a form; with it, the button says how
//! many rows are left before it is pressed.

use std::time::Duration;

use leptos::{
    html::{Details, Form},
    prelude::*,
    task::spawn_local,
    web_sys,
};
use maud::html;

use crate::{
    components::{InTurn, Others, QueryForm, dom, typed_in},
    functions::stocks::{industries, listing_count},
    model::{
        Language,
        market::{Filter, FlagKind, IndustryCount, ListingView, Measure, RangeFaults, Segment, ShareKind, format},
        text::{listing as text, stocks},
    },
};

/// How long nothing must be changed before rows are counted.
const PAUSE: Duration = Duration::from_millis(150);
/// The first field that was not understood.
const FAULTY: &str = "[aria-invalid]";

/// The panel, with how many conditions there are. It is open where something in it is to be mended.
#[component]
pub fn Filters(view: Memo<ListingView>, faults: Memo<RangeFaults>) -> impl IntoView {
    let industries = Resource::new(|| (), |()| industries());
    let form = NodeRef::<Form>::new();
    let panel = NodeRef::<Details>::new();
    let count = RwSignal::new(None::<u32>);
    let asked = StoredValue::new(String::new());
    let pause = StoredValue::new(None::<TimeoutHandle>);
    let mending = Mending::new(panel, view, faults);
    // Another address, other rows.
    Effect::new(move |_| {
        view.track();
        count.set(None);
    });

    let count_rows = move || {
        // The page may be another one by now.
        let Some(form) = form.try_get_untracked().flatten() else {
            return;
        };
        let query = typed_in(&form);
        asked.set_value(query.clone());
        spawn_local(async move {
            let rows = listing_count(query.clone()).await.ok();
            if asked.try_get_value().is_some_and(|asked| asked == query) {
                count.set(rows);
            }
        });
    };
    let change = move || {
        if let Some(Some(pause)) = pause.try_update_value(Option::take) {
            pause.clear();
        }
        pause.set_value(set_timeout_with_handle(count_rows, PAUSE).ok());
    };
    let chosen = Memo::new(move |_| view.with(|view| view.query.filter.industries.clone()));
    let conditions = move || view.with(|view| view.query.filter.parameters().len());
    let label = move || {
        count.get().map_or_else(
            || text::apply_button().to_owned(),
            |count| text::apply(&format::number(count.into())),
        )
    };
    view! {
        <details class="panel" name="panels" node_ref=panel open=faults.with_untracked(|faults| !faults.unread.is_empty())>
            <summary class="button">
                {text::filter()}
                {move || (conditions() > 0).then(|| view! { " " <span class="badge">{conditions()}</span> })}
            </summary>
            <QueryForm
                class="panel__body panel__body--wide"
                action="/stocks"
                form
                sent=move |()| mending.hear()
                on:input=move |_| change()
            >
                // Made anew for another view: what is chosen before the page comes to life stays.
                <InTurn>
                    <For each=move || std::iter::once(view.get()) key=|view| view.path(1) let(view)>
                        <Choices view/>
                    </For>
                </InTurn>
                <InTurn>
                    <For
                        each=move || std::iter::once((view.get(), faults.get()))
                        key=|(view, faults)| (view.path(1), faults.clone())
                        let((view, faults))
                    >
                        <Ranges view faults/>
                    </For>
                </InTurn>
                <Suspense>
                    {move || Suspend::new(async move {
                        let all = industries.await.unwrap_or_default();
                        // Made anew for others: what is chosen in the list is added once.
                        view! {
                            <For each=move || std::iter::once(chosen.get()) key=Clone::clone let(chosen)>
                                <Industries all=all.clone() chosen/>
                            </For>
                        }
                    })}
                </Suspense>
                <div class="panel__actions">
                    <button class="button button--primary" type="submit">{label}</button>
                    // Beside it: what is a status of its own does not name the button.
                    <span class="visually-hidden" role="status">{move || count.get().map(|_| label())}</span>
                    {move || view.with(|view| {
                        (!view.query.filter.is_empty()).then(|| {
                            let href = view.with(view.query.with_filter(Filter::default())).path(1);
                            view! { <a class="button button--quiet" href=href data-noscroll="true">{text::reset()}</a> }
                        })
                    })}
                </div>
            </QueryForm>
        </details>
    }
}

/// Leads whoever sent the form to the first field that was not understood.
#[derive(Clone, Copy)]
struct Mending {
    panel: NodeRef<Details>,
    is_sent: StoredValue<bool>,
}

impl Mending {
    fn new(panel: NodeRef<Details>, view: Memo<ListingView>, faults: Memo<RangeFaults>) -> Self {
        let is_sent = StoredValue::new(false);
        let mending = Self { panel, is_sent };
        Effect::new(move |_| {
            view.track();
            let is_faulty = faults.with(|faults| !faults.unread.is_empty());
            // Not where one comes back to such an address.
            if is_sent.try_update_value(std::mem::take) == Some(true) && is_faulty {
                // When its fields are there.
                request_animation_frame(move || mending.lead());
            }
        });
        mending
    }

    /// The form was sent: the panel closes, unless something in it is to be mended.
    fn hear(self) {
        let Some(panel) = self.panel.get_untracked() else {
            return;
        };
        let fields: Vec<web_sys::HtmlInputElement> = dom::all_in(&panel, "input");
        let typed = RangeFaults::read(fields.iter().map(|field| (field.name(), field.value())));
        if typed.unread.is_empty() {
            dom::close(&panel);
        } else {
            self.is_sent.set_value(true);
            // Here already where the same is sent again.
            self.lead();
        }
    }

    fn lead(self) {
        if let Some(panel) = self.panel.try_get_untracked().flatten() {
            panel.set_open(true);
            dom::focus(dom::find_in(&panel, FAULTY));
        }
    }
}

/// What is known beforehand and is ticked.
#[component]
fn Choices(view: ListingView) -> impl IntoView {
    let filter = view.query.filter.clone();
    let asked_here = |name: &str| {
        ["segment", "share_kind", "industry", "flags", "exclude"].contains(&name)
            || Measure::of_end(name).is_some_and(|measure| Measure::IN_FORM.contains(&measure))
    };
    let others = view.parameters(1).into_iter().filter(|(name, _)| !asked_here(name));
    let kinds = ShareKind::ALL.map(|kind| (kind.as_str(), kind.label(), filter.share_kind == Some(kind)));
    let flags = |name: &'static str, legend: &'static str, chosen: &[FlagKind]| {
        let boxes = FlagKind::ALL.map(|flag| {
            let is_chosen = chosen.contains(&flag);
            view! {
                <label class="chip-box">
                    <input type="checkbox" name=name value=flag.as_str() checked=is_chosen/>
                    {flag.label()}
                </label>
            }
        });
        view! { <fieldset class="choices"><legend>{legend}</legend>{boxes.collect_view()}</fieldset> }
    };
    let only_global = filter.segment == Some(Segment::Global);
    view! {
        <Others parameters=others.collect()/>
        <fieldset class="choices">
            <legend>{stocks::share_kind()}</legend>
            <label class="chip-box">
                <input type="radio" name="share_kind" value="" checked=filter.share_kind.is_none()/>
                {text::any()}
            </label>
            {kinds
                .map(|(value, label, is_chosen)| view! {
                    <label class="chip-box">
                        <input type="radio" name="share_kind" value=value checked=is_chosen/>
                        {label}
                    </label>
                })
                .collect_view()}
        </fieldset>
        <fieldset class="choices">
            <legend>{text::segment()}</legend>
            <label class="chip-box">
                <input type="checkbox" name="segment" value=Segment::Global.as_str() checked=only_global/>
                {text::segment_global()}
            </label>
        </fieldset>
        {flags("flags", text::only_flags(), &filter.flags)}
        {flags("exclude", text::without_flags(), &filter.exclude)}
    }
}

/// What figures must be within.
#[component]
fn Ranges(view: ListingView, faults: RangeFaults) -> impl IntoView {
    let filter = view.query.filter;
    view! {
        <fieldset class="ranges" aria-describedby="ranges-help">
            <legend>{text::ranges()}</legend>
            <p id="ranges-help" class="help">{text::ranges_help()}</p>
            {Measure::IN_FORM
                .map(|measure| view! { <RangeFields measure filter=&filter faults=&faults/> })
                .collect_view()}
        </fieldset>
    }
}

/// Both ends of a measure's range, and what is wrong with them.
#[component]
fn RangeFields<'a>(measure: Measure, filter: &'a Filter, faults: &'a RangeFaults) -> impl IntoView + use<> {
    let range = filter.range(measure);
    let (min, max) = measure.ends();
    let fault_id = format!("{min}-error");
    let is_faulty = [min, max].iter().any(|name| faults.typed(name).is_some());
    let first = faults.unread.first().map(|(name, _)| *name);
    let field = |name: &'static str, end: Option<i64>, is_min: bool| {
        let unread = faults.typed(name).map(str::to_owned);
        let invalid = unread.is_some().then_some("true");
        let describes = unread.is_some().then(|| fault_id.clone());
        let value = unread.or_else(|| end.map(|end| measure.typed(end))).unwrap_or_default();
        let label = text::range_end(measure.label(), is_min);
        view! {
            <input
                class="ranges__end"
                type="text"
                name=name
                value=value
                aria-label=label
                autofocus=first == Some(name)
                aria-invalid=invalid
                aria-describedby=describes
                inputmode="text"
                autocomplete="off"
                maxlength="30"
            />
        }
    };
    let fields = (
        field(min, range.and_then(|range| range.min), true),
        field(max, range.and_then(|range| range.max), false),
    );
    let fault = is_faulty.then(|| {
        view! { <p class="field__error" id=fault_id.clone() role="alert">{measure.typed_form()}</p> }
    });
    view! {
        <div class="ranges__measure">
            <span>{measure.label()}</span>
            {fields.0}
            <span aria-hidden="true">"~"</span>
            {fields.1}
            {fault}
        </div>
    }
}

/// The industries that were chosen, and one more.
#[component]
fn Industries(all: Vec<IndustryCount>, chosen: Vec<String>) -> impl IntoView {
    let boxes = chosen.iter().map(|industry| {
        view! {
            <label class="chip-box" lang=Language::mark_of_korean()>
                <input type="checkbox" name="industry" value=industry.clone() checked/>
                {industry.clone()}
            </label>
        }
    });
    let boxes = (!chosen.is_empty()).then(|| {
        view! {
            <fieldset class="choices">
                <legend>{text::chosen_industries()}</legend>
                {boxes.collect_view()}
            </fieldset>
        }
    });
    // In one piece: there are many, and none of them changes.
    let options = html! {
        option value="" { (text::any()) }
        @for industry in all.iter().filter(|industry| !chosen.contains(&industry.name)) {
            option value=(industry.name) lang=[Language::mark_of_korean()] {
                (industry.name) " (" (format::number(industry.count.into())) ")"
            }
        }
    };
    view! {
        {boxes}
        <div class="choices">
            <label for="industry">{text::add_industry()}</label>
            <select class="since__year" id="industry" name="industry" inner_html=options.into_string()></select>
        </div>
    }
}
