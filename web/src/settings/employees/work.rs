//! What an employee holds, and handing it over for someone absent (P4).

use contract::{Employee, EmployeeId, HandOverItem, HandOverOrder, HandOverPlan, Page, StrandedWork};
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::employees;
use crate::hand_over::{Allocation, HandOverDialog};
use crate::i18n::{t, tn};
use crate::ui::bits::Empty;
use crate::ui::form::{Form, FormView, SaveButton, TextArea};
use crate::ui::html::{html, live};
use crate::ui::remote::Remote;

#[component]
pub fn WorkPart(employee: RwSignal<Employee>) -> impl IntoView {
    let (id, name) = employee.with_untracked(|employee| (employee.id, employee.name.clone()));
    let title = t!(employee_work.title, name = name.as_str());
    let name = StoredValue::new(name);
    let remote = Remote::new(move || employees::list_work(id));
    // Made anew once some of it went: what is left is all there is to choose from.
    let content = remote.view(move |work: RwSignal<Page<StrandedWork>>| {
        live(move || {
            let works = work.get().items;
            if works.is_empty() {
                let name = name.get_value();
                html! { <Empty text=t!(employee_work.none, name = name.as_str())/> }
            } else {
                html! { <HandOver id works on_left=move |left| work.set(left)/> }
            }
        })
    });
    html! {
        <section class="panel" aria-labelledby="work-heading">
            <h2 id="work-heading">{title}</h2>
            {content}
        </section>
    }
}

#[component]
fn HandOver(
    id: EmployeeId,
    works: Vec<StrandedWork>,
    /// Runs with what is left once some of it went.
    #[prop(into)]
    on_left: Callback<Page<StrandedWork>>,
) -> impl IntoView {
    let root = use_root();
    let form = Form::new(format!("employee:{id}:hand-over"));
    let reason = form.field("reason", String::new());
    let allocation = Allocation::of_some(form, works);
    let ordered = StoredValue::new(Vec::<HandOverItem>::new());
    let order = move |items: Vec<HandOverItem>| {
        ordered.set_value(items.clone());
        let count = items.len();
        let order = HandOverOrder { reason: reason.now(), hand_over: HandOverPlan { items } };
        form.submit(
            order,
            |order| employees::order_hand_over(id, order),
            move |left| {
                root.toasts.done(tn!(count, employee_work.done, employee_work.done_many));
                on_left.run(left);
            },
        );
    };
    // Who no longer manages a dossier may be denied it, and what they hold in it goes along.
    let order_more = move |more: HandOverPlan| {
        let mut items = more.items;
        for item in ordered.get_value() {
            if !items.iter().any(|other| (other.kind, other.id) == (item.kind, item.id)) {
                items.push(item);
            }
        }
        order(items);
    };
    html! {
        <FormView form on_submit=move |()| order(allocation.plan().items) class="form form--wide">
            <p class="faint">{t!(employee_work.text)}</p>
            {allocation.view()}
            <div class="work-reason">
                <TextArea
                    field=reason
                    label=t!(employee_work.reason)
                    hint=t!(employee_work.reason_hint)
                    rows=2
                    required=true
                />
            </div>
            <div class="buttons"><SaveButton form label=t!(employee_work.submit)/></div>
        </FormView>
        <HandOverDialog form on_plan=order_more/>
    }
}
