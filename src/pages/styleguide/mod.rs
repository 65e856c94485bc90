//! `/styleguide`: the tokens, and every component in every state, for developers. Only a debug build
//! has it. What it shows are the components themselves; plain markup stands only for what pages
//! write as such.

mod charts;
mod controls;
mod forms;
mod messages;
mod samples;
mod tables;
mod tokens;

use leptos::prelude::*;
use leptos_meta::{Stylesheet, Title};

/// Everything on one page: what belongs together is seen together.
#[component]
pub fn Styleguide() -> impl IntoView {
    let contents = [
        ("tokens", "Tokens"),
        ("controls", "Controls"),
        ("forms", "Forms"),
        ("tables", "Tables"),
        ("charts", "Charts"),
        ("messages", "Messages"),
    ];
    let links = contents.map(|(id, name)| view! { <a href=format!("#{id}") rel="external">{name}</a> });
    view! {
        <Title text="Style guide"/>
        <Stylesheet href="/styleguide.css"/>
        <main id="main" tabindex="-1" class="page" lang="en">
            <h1>"Style guide"</h1>
            <p class="lead">
                "Switch theme and palette in the footer; look at 320, 768 and 1280 px, at forced colours, \
                 at 200 % zoom and at the print preview."
            </p>
            <nav class="tabs tabs--wrap" aria-label="Contents">{links.collect_view()}</nav>
            <tokens::Tokens/>
            <controls::Controls/>
            <forms::Forms/>
            <tables::Tables/>
            <charts::Charts/>
            <messages::Messages/>
        </main>
    }
}

/// A part of the guide.
#[component]
fn Part(id: &'static str, name: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="guide" id=id>
            <h2>{name}</h2>
            {children()}
        </section>
    }
}

/// A component, or one state of it, under its name.
#[component]
fn Example(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="guide__example">
            <h3>{name}</h3>
            {children()}
        </div>
    }
}
