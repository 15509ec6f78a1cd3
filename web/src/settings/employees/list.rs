//! The table of employees.

use contract::{Employee, EmployeeState};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::app::use_root;
use crate::client::employees::{self, EmployeeFilter};
use crate::i18n::{t, words};
use crate::ui::bits::{Badge, Column, Empty, Table, Tone};
use crate::ui::button::AddLink;
use crate::ui::filter::{Filters, SearchFilter, SelectFilter};
use crate::ui::icon::{Icon, Shape};
use crate::ui::listing::Listing;
use crate::ui::page::Heading;

#[component]
pub fn EmployeesPage() -> impl IntoView {
    let session = use_root().session;
    let filters = Filters::new();
    let (q, state) = (filters.get("q"), filters.get("status"));
    let employees = Listing::new(move |cursor| {
        let filter = EmployeeFilter { q: q.get(), state: state.get().parse().ok(), group: None };
        employees::list_employees(&filter, cursor)
    });
    let me = untrack(move || session.me());
    let administers = me.as_ref().is_some_and(|me| me.may.administer);
    let accounts = me.is_some_and(|me| me.may.administer || me.may.manage_accounts);
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
    view! {
        <div class="page">
            <Heading text=t!(employees.title).to_owned()>
                {administers.then(|| view! { <AddLink href="/instellingen/medewerkers/nieuw" label=t!(employees.new)/> })}
            </Heading>
            <div class="filters">
                <SearchFilter filters label=t!(employees.search)/>
                <SelectFilter filters name="status" label=t!(employees.state) options=states/>
            </div>
            {employees.view(
                move |items| view! {
                    <Table label=t!(employees.title) head=head()>
                        <For each=move || items.get() key=|employee| (employee.id, employee.version)
                            children=move |employee| view! { <Row employee administers accounts/> }/>
                    </Table>
                },
                || view! { <Empty text=t!(employees.none)/> },
            )}
        </div>
    }
    .into_any()
}

#[component]
fn Row(employee: Employee, administers: bool, accounts: bool) -> impl IntoView {
    let navigate = use_navigate();
    let address = format!("/instellingen/medewerkers/{}", employee.id);
    let name_id = format!("employee-{}", employee.id);
    let groups = employee.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>().join(", ");
    let roles = accounts.then(|| {
        let roles = employee.account.iter().flat_map(|account| &account.roles);
        let roles = roles.map(|role| words::role(*role)).collect::<Vec<_>>().join(", ");
        view! { <td class="wide-only">{roles}</td> }
    });
    let edit = administers.then(|| {
        let (address, described_by) = (address.clone(), name_id.clone());
        view! {
            <td>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=t!(employees.edit)
                    aria-describedby=described_by
                    title=t!(employees.edit)
                    on:click=move |_| navigate(&address, NavigateOptions::default())
                >
                    <Icon shape=Shape::Pencil/>
                </button>
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row" id=name_id><a href=address>{employee.name}</a></th>
            <td class="wide-only">{employee.username}</td>
            <td>{groups}</td>
            {roles}
            <td><StateBadge state=employee.state/></td>
            {edit}
        </tr>
    }
    .into_any()
}

#[component]
pub(super) fn StateBadge(state: EmployeeState) -> impl IntoView {
    let tone = match state {
        EmployeeState::Active => Tone::Good,
        EmployeeState::Locked => Tone::Bad,
        EmployeeState::Deactivated => Tone::Neutral,
    };
    view! { <Badge text=words::employee_state(state) tone/> }
}
