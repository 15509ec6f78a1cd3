//! Setting it up, step by step: who one is, scan and confirm, keep the recovery codes.

use contract::{SecondFactorConfirmed, SecondFactorSetup};
use leptos::prelude::*;

use super::begin::{Begin, BeginAtOnce};
use super::recovery::RecoveryList;
use super::scan::Scan;
use crate::client::sessions;
use crate::i18n::t;
use crate::ui::focus;
use crate::ui::html::{html, live};

#[derive(Clone)]
enum Step {
    Begin,
    Scan(SecondFactorSetup),
    Keep(Vec<String>),
}

/// The heading of a step; it gets the keyboard, and the page keeps its title.
pub(super) fn step_heading(text: &'static str) -> AnyView {
    let id = focus::new_id("heading");
    focus::arrive(&id);
    html! { <h2 id=id tabindex="-1">{text}</h2> }
}

/// `required`: the office wants it before anything else, and the password was just given. `replaces`: one is on already.
#[component]
pub fn SettingUp(
    #[prop(optional)] required: bool,
    #[prop(optional)] replaces: bool,
    #[prop(into)] done: Callback<()>,
) -> impl IntoView {
    let step = RwSignal::new(Step::Begin);
    let scan = Callback::new(move |setup: SecondFactorSetup| {
        focus::expect_heading();
        step.set(Step::Scan(setup));
    });
    let keep = Callback::new(move |confirmed: SecondFactorConfirmed| {
        sessions::keep_token(&confirmed.session);
        focus::expect_heading();
        step.set(Step::Keep(confirmed.recovery_codes));
    });
    live(move || match step.get() {
        Step::Begin if required => html! { <BeginAtOnce begun=scan/> },
        Step::Begin => html! { <Begin replaces begun=scan/> },
        Step::Scan(setup) => html! { <Scan setup confirmed=keep/> },
        Step::Keep(codes) => html! { <RecoveryList codes label=t!(second_factor.finish) done/> },
    })
}
