//! The table of employees.

use contract::{Employee, EmployeeState, ExportList};
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::download::list_export;
use crate::client::employees::{self, EmployeeFilter};
use crate::i18n::{t, words};
use crate::pages::Page;
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
    let accounts = me.is_some_and(|me| me.may.administer || me.may.manage_accounts);
    let employees = Listing::new(call, move |employee| html! { <Row employee administers accounts/> });
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
        if administers {
            head.push(Column::new(t!(employees.actions)));
        }
        head
    };
    let export = Signal::derive(move || list_export(ExportList::Employees, &q.get(), &state.get()));
    html! {
        <div class="page">
            <Heading text=t!(employees.title).to_owned()>
                <DownloadButton path=export label=t!(common.export_csv) filename="medewerkers.csv"/>
                {administers.then(|| html! { <AddLink page=Page::NewEmployee label=t!(employees.new)/> })}
            </Heading>
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
fn Row(employee: Employee, administers: bool, accounts: bool) -> impl IntoView {
    let go = use_go();
    let page = Page::Employee(employee.id);
    let name_id = format!("employee-{}", employee.id);
    let groups = employee.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>().join(", ");
    let roles = accounts.then(|| {
        let roles = employee.account.iter().flat_map(|account| &account.roles);
        let roles = roles.map(|role| words::role(*role)).collect::<Vec<_>>().join(", ");
        html! { <td class="wide-only">{roles}</td> }
    });
    let edit = administers.then(|| {
        let described_by = name_id.clone();
        html! {
            <td>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=t!(employees.edit)
                    aria-describedby=described_by
                    title=t!(employees.edit)
                    on:click=move |_| go.to(page)
                >
                    <Icon shape=Shape::Pencil/>
                </button>
            </td>
        }
    });
    html! {
        <tr>
            <th scope="row" id=name_id><a href=page.to_string()>{employee.name}</a></th>
            <td class="wide-only">{employee.username}</td>
            <td>{groups}</td>
            {roles}
            <td><StateBadge state=employee.state/></td>
            {edit}
        </tr>
    }
}

#[component]
pub(super) fn StateBadge(state: EmployeeState) -> impl IntoView {
    let tone = match state {
        EmployeeState::Active => Tone::Good,
        EmployeeState::Locked => Tone::Bad,
        EmployeeState::Deactivated => Tone::Neutral,
    };
    html! { <Badge text=words::employee_state(state) tone/> }
}
