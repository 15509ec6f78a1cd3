//! The table of employees.

use contract::{Employee, EmployeeState, ExportList};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::locked::LockedAccounts;
use crate::app::use_root;
use crate::client::download::list_export;
use crate::client::employees::{self, EmployeeFilter};
use crate::i18n::{t, words};
use crate::pages::{EmployeePart, Page};
use crate::shell::use_go;
use crate::ui::bits::{Badge, Column, Empty, Table, Tone};
use crate::ui::button::AddLink;
use crate::ui::download::DownloadButton;
use crate::ui::filter::{Filters, SearchFilter, SelectFilter};
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};
use crate::ui::listing::Listing;
use crate::ui::page::Heading;

#[component]
pub fn EmployeesPage() -> impl IntoView {
    let session = use_root().session;
    let filters = Filters::new();
    let (q, state) = (filters.get("q"), filters.get("status"));
    let call = move |cursor: Option<&str>| {
        let filter = EmployeeFilter { q: q.get(), state: state.get().parse().ok(), group: None };
        employees::list_employees(&filter, cursor)
    };
    let me = untrack(move || session.me());
    let administers = me.as_ref().is_some_and(|me| me.may.administer);
    let accounts = me.as_ref().is_some_and(|me| me.may.administer || me.may.manage_accounts);
    // Lists as a file are for the office's own (P3).
    let visiting = me.is_some_and(|me| me.support.is_some());
    let explains = accounts && !visiting;
    let employees =
        Listing::new(call, move |employee| html! { <Row employee administers accounts explains/> });
    let refresh = move |()| {
        spawn_local(async move {
            employees.keep_up(true).await;
        });
    };
    let states = std::iter::once(("", t!(employees.all_states)))
        .chain(EmployeeState::ALL.iter().map(|state| (state.as_str(), words::employee_state(*state))))
        .collect::<Vec<_>>();
    let head = move || {
        let mut head = vec![
            Column::new(t!(employees.name)),
            Column::wide_only(t!(employees.username)),
            Column::new(t!(employees.groups)),
        ];
        if accounts {
            head.push(Column::wide_only(t!(employees.roles)));
        }
        head.push(Column::new(t!(employees.state)));
        if administers || explains {
            head.push(Column::new(t!(employees.actions)));
        }
        head
    };
    let export = Signal::derive(move || list_export(ExportList::Employees, &q.get(), &state.get()));
    html! {
        <div class="page">
            <Heading text=t!(employees.title).to_owned()>
                {(!visiting).then(|| html! {
                    <DownloadButton path=export label=t!(common.export_csv) filename="medewerkers.csv"/>
                })}
                {administers.then(|| html! { <AddLink page=Page::NewEmployee label=t!(employees.new)/> })}
            </Heading>
            {accounts.then(|| html! { <LockedAccounts then=refresh/> })}
            <div class="filters">
                <SearchFilter filters label=t!(employees.search)/>
                <SelectFilter filters name="status" label=t!(employees.state) options=states/>
            </div>
            {employees.view(
                move |rows| html! { <Table label=t!(employees.title) head=head()>{rows}</Table> },
                || html! { <Empty text=t!(employees.none)/> },
            )}
        </div>
    }
}

#[component]
fn Row(employee: Employee, administers: bool, accounts: bool, explains: bool) -> impl IntoView {
    let id = employee.id;
    let name_id = format!("employee-{id}");
    let groups = employee.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>().join(", ");
    let roles = accounts.then(|| {
        let roles = employee.account.iter().flat_map(|account| &account.roles);
        let roles = roles.map(|role| words::role(*role)).collect::<Vec<_>>().join(", ");
        html! { <td class="wide-only">{roles}</td> }
    });
    let actions = (administers || explains).then(|| {
        let action = |part, shape, label| {
            html! { <Action page=Page::Employee(id, part) shape label name_id=name_id.clone()/> }
        };
        html! {
            <td class="nowrap">
                <span>
                    {administers.then(|| action(EmployeePart::Account, Shape::Pencil, t!(employees.edit)))}
                    {explains.then(|| action(EmployeePart::Access, Shape::Visible, t!(employees.see_access)))}
                </span>
            </td>
        }
    });
    let badge = html! { <StateBadge employee=&employee/> };
    html! {
        <tr>
            <th scope="row" id=name_id>
                <a href=Page::Employee(id, EmployeePart::Account).to_string()>{employee.name}</a>
            </th>
            <td class="wide-only">{employee.username}</td>
            <td>{groups}</td>
            {roles}
            <td>{badge}</td>
            {actions}
        </tr>
    }
}

#[component]
fn Action(page: Page, shape: Shape, label: &'static str, name_id: String) -> impl IntoView {
    let go = use_go();
    html! {
        <button
            type="button"
            class="icon-button"
            aria-label=label
            aria-describedby=name_id
            title=label
            on:click=move |_| go.to(page)
        >
            <Icon shape/>
        </button>
    }
}

/// Whether someone can work; who administers also sees who never came in.
#[component]
pub(super) fn StateBadge<'a>(employee: &'a Employee) -> impl IntoView {
    let (text, tone) = match employee.state {
        EmployeeState::Active if is_invited(employee) => (t!(words.employee_invited), Tone::Attention),
        EmployeeState::Active => (words::employee_state(employee.state), Tone::Good),
        EmployeeState::Locked => (words::employee_state(employee.state), Tone::Bad),
        EmployeeState::Deactivated => (words::employee_state(employee.state), Tone::Neutral),
    };
    html! { <Badge text tone/> }
}

/// Whether they never chose a password: what was sent may not have come.
pub(super) fn is_invited(employee: &Employee) -> bool {
    employee.state == EmployeeState::Active
        && employee.account.as_ref().is_some_and(|account| !account.has_password)
}
