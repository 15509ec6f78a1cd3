//! Nothing stranded (P4): a change that would leave work behind asks where each piece goes, and is then sent again.

mod allocation;
mod list;

use contract::{HandOverPlan, StrandedWork};
use leptos::prelude::*;

pub use allocation::Allocation;
use allocation::Going;

use crate::i18n::{t, tn};
use crate::ui::button::Spinner;
use crate::ui::dialog::Dialog;
use crate::ui::form::Form;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::watch::watch;

/// Opens when the server says that what `form` saves would strand work. `on_plan` saves again, with the plan.
#[component]
pub fn HandOverDialog(form: Form, #[prop(into)] on_plan: Callback<HandOverPlan>) -> impl IntoView {
    let stranded = form.stranded();
    // What was decided stays so when more turns out to be left behind.
    let earlier = StoredValue::new(Vec::<(StrandedWork, Going)>::new());
    watch(move || {
        if stranded.with(Vec::is_empty) {
            earlier.set_value(Vec::new());
        }
    });
    html! {
        <Dialog
            open=Signal::derive(move || stranded.with(|work| !work.is_empty()))
            on_close=move |()| stranded.set(Vec::new())
            title=t!(hand_over.title)
            wide=true
        >
            {move || html! { <Plan form stranded=stranded.get() earlier on_plan/> }}
        </Dialog>
    }
}

#[component]
fn Plan(
    form: Form,
    stranded: Vec<StrandedWork>,
    earlier: StoredValue<Vec<(StrandedWork, Going)>>,
    on_plan: Callback<HandOverPlan>,
) -> impl IntoView {
    let count = stranded.len();
    let allocation = earlier.with_value(|earlier| Allocation::of_all(form, stranded, earlier));
    watch(move || earlier.set_value(allocation.decisions()));
    let failure = live(move || {
        form.failure().get().map(|failure| {
            html! {
                <div class="notice notice--problem" tabindex="-1" role="alert">
                    <Icon shape=Shape::Warning/>
                    <p>{failure.detail()}</p>
                </div>
            }
        })
    });
    html! {
        <form class="form form--wide" novalidate on:submit=move |event| {
            event.prevent_default();
            on_plan.run(allocation.plan());
        }>
            <p>{tn!(count, hand_over.text_one, hand_over.text)}</p>
            {failure}
            {allocation.view()}
            <div class="buttons buttons--end">
                <button type="button" class="button" on:click=move |_| form.stranded().set(Vec::new())>{t!(common.cancel)}</button>
                <button type="submit" class="button button--primary" aria-disabled=move || form.busy().then_some("true")>
                    {move || form.busy().then(|| html! { <Spinner/> })}
                    {t!(hand_over.submit)}
                </button>
            </div>
        </form>
    }
}
