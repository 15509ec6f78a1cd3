//! Nothing stranded (P4): a change that would leave work behind asks where each piece goes, and is then sent again.

use contract::{EmployeeId, HandOverItem, HandOverPlan, StrandedWork, WorkKind};
use leptos::prelude::*;

use crate::i18n::{t, tn, words};
use crate::ui::bits::{Column, Table};
use crate::ui::button::Spinner;
use crate::ui::choice::Choice;
use crate::ui::combobox::Search;
use crate::ui::dialog::Dialog;
use crate::ui::form::{ChoiceInput, Field, Form};
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};

type To = Field<Option<Choice>>;

/// Opens when the server says that what `form` saves would strand work. `on_plan` saves again, with the plan.
#[component]
pub fn HandOverDialog(form: Form, #[prop(into)] on_plan: Callback<HandOverPlan>) -> impl IntoView {
    let stranded = form.stranded();
    html! {
        <Dialog
            open=Signal::derive(move || stranded.with(|work| !work.is_empty()))
            on_close=move |()| stranded.set(Vec::new())
            title=t!(hand_over.title)
            wide=true
        >
            {move || html! { <Plan form stranded=stranded.get() on_plan/> }}
        </Dialog>
    }
}

#[component]
fn Plan(form: Form, stranded: Vec<StrandedWork>, on_plan: Callback<HandOverPlan>) -> impl IntoView {
    let everything = form.passing_field("handOver.everything", None::<Choice>);
    let count = stranded.len();
    let rows: Vec<(StrandedWork, To)> = stranded
        .into_iter()
        .enumerate()
        .map(|(position, work)| {
            let to = form.passing_field(format!("handOver.items[{position}].to"), None::<Choice>);
            (work, to)
        })
        .collect();
    let fields: Vec<To> = rows.iter().map(|(_, to)| *to).collect();
    let plan = {
        let rows = rows.clone();
        move || HandOverPlan {
            items: rows
                .iter()
                .map(|(work, to)| HandOverItem {
                    kind: work.kind,
                    id: work.id,
                    from: work.holder.id,
                    to: to.now().map(|choice: Choice| EmployeeId(choice.id)),
                })
                .collect(),
        }
    };
    let fill_in = move |_| {
        for to in &fields {
            to.set(everything.now());
        }
    };
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
            on_plan.run(plan());
        }>
            <p>{tn!(count, hand_over.text_one, hand_over.text)}</p>
            {failure}
            <div class="row row--end">
                <ChoiceInput field=everything search=Search::Employees label=t!(hand_over.everything)/>
                <button type="button" class="button" on:click=fill_in>{t!(hand_over.fill_in)}</button>
            </div>
            <Table label=t!(hand_over.title) head=vec![
                Column::new(t!(hand_over.work)),
                Column::new(t!(hand_over.holder)),
                Column::new(t!(hand_over.to)),
            ]>
                {rows.into_iter().map(row).collect_view()}
            </Table>
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

fn row((work, to): (StrandedWork, To)) -> AnyView {
    let hint = match (work.kind, &work.tray) {
        (WorkKind::Coordinator, _) => t!(hand_over.must).to_owned(),
        (WorkKind::Supporter, _) => t!(hand_over.not_replaced).to_owned(),
        (WorkKind::DossierManager, _) => t!(hand_over.no_manager).to_owned(),
        (WorkKind::Task, Some(tray)) => t!(hand_over.back_to_tray, tray = tray.name.as_str()),
        (WorkKind::Task, None) => t!(hand_over.must).to_owned(),
    };
    let label = t!(hand_over.to_of, number = work.number.as_str(), work = words::work_kind(work.kind));
    html! {
        <tr>
            <td>
                {words::work_kind(work.kind)}
                <br/>
                <span class="number">{work.number.clone()}</span>
            </td>
            <td>{work.holder.name}</td>
            <td class="cell-field"><ChoiceInput field=to search=Search::Employees label hint/></td>
        </tr>
    }
}
