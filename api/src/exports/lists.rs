//! What each list has for columns, and a page of it as cells.

use std::str::FromStr;

use contract::validation::FieldCode;
use contract::{
    CaseSummary, DossierSummary, Employee, EmployeeId, ExportList, GroupId, Language, Moment, Task,
};

use super::store;
use crate::access::Tx;
use crate::access::pages::Order;
use crate::http::paging::Paging;
use crate::problem::{Outcome, Problem};
use crate::{cases, client_groups, dossiers, employees, groups, tasks};

/// Where the rows come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// A list, filtered as the list is.
    List {
        /// Which.
        list: ExportList,
        /// Part of a name or number.
        q: Option<String>,
        /// Only in this state.
        state: Option<String>,
    },
    /// The tray of a group.
    Tray(GroupId),
}

/// Rows, and where the next page starts.
pub type Part = (Vec<Vec<String>>, Option<String>);

const BETWEEN: &str = " | ";

type Header = &'static [(&'static str, &'static str)];

const EMPLOYEES: Header = &[
    ("Gebruikersnaam", "Username"),
    ("Naam", "Name"),
    ("E-mailadres", "E-mail address"),
    ("Rollen", "Roles"),
    ("Medewerkersgroepen", "Employee groups"),
    ("Taal", "Language"),
    ("Status", "State"),
    ("Laatst aangemeld", "Last signed in"),
];
const GROUPS: Header = &[
    ("Naam", "Name"),
    ("Leden", "Members"),
    ("Aantal leden", "Number of members"),
    ("Werkafspraken", "Work agreements"),
    ("Herinnering na uren", "Reminder after hours"),
];
const CLIENT_GROUPS: Header = &[("Naam", "Name"), ("E-mailadres", "E-mail address")];
const DOSSIERS: Header = &[
    ("Nummer", "Number"),
    ("Naam", "Name"),
    ("Dossierbeheerder", "Manager"),
    ("Naam beheerder", "Manager's name"),
    ("Klantengroep", "Client group"),
    ("Zichtbaarheid", "Visibility"),
    ("Status", "State"),
];
const CASES: Header = &[
    ("Nummer", "Number"),
    ("Titel", "Title"),
    ("Zaaktype", "Case type"),
    ("Dossiernummer", "Dossier number"),
    ("Dossier", "Dossier"),
    ("Zaakcoördinator", "Coordinator"),
    ("Mijn rol", "My part"),
    ("Status", "State"),
    ("Startdatum", "Start date"),
    ("Streefdatum", "Target date"),
    ("Fatale datum", "Deadline"),
];
// What is told about a task is read by opening it, which is recorded (E2).
const TASKS: Header = &[
    ("Zaaknummer", "Case number"),
    ("Zaak", "Case"),
    ("Taak", "Task"),
    ("Uiterlijk", "Due"),
    ("Status", "State"),
    ("Bij", "With"),
    ("Werkbak", "Tray"),
    ("Gemaakt door", "Created by"),
    ("Gemaakt op", "Created at"),
];

impl Source {
    fn header(&self) -> Header {
        match self {
            Self::List { list, .. } => match list {
                ExportList::Employees => EMPLOYEES,
                ExportList::Groups => GROUPS,
                ExportList::ClientGroups => CLIENT_GROUPS,
                ExportList::Dossiers => DOSSIERS,
                ExportList::Cases => CASES,
                ExportList::Tasks => TASKS,
            },
            Self::Tray(_) => TASKS,
        }
    }

    /// The headers of the columns.
    pub fn headers(&self, language: Language) -> Vec<&'static str> {
        let one = |(nl, en): &(&'static str, &'static str)| match language {
            Language::Dutch => *nl,
            Language::English => *en,
        };
        self.header().iter().map(one).collect()
    }

    /// The beginning of the file's name.
    pub const fn file(&self, language: Language) -> &'static str {
        let (nl, en) = match self {
            Self::List { list, .. } => match list {
                ExportList::Employees => ("medewerkers", "employees"),
                ExportList::Groups => ("medewerkersgroepen", "employee-groups"),
                ExportList::ClientGroups => ("klantengroepen", "client-groups"),
                ExportList::Dossiers => ("dossiers", "dossiers"),
                ExportList::Cases => ("zaken", "cases"),
                ExportList::Tasks => ("mijn-taken", "my-tasks"),
            },
            Self::Tray(_) => ("werkbak", "tray"),
        };
        match language {
            Language::Dutch => nl,
            Language::English => en,
        }
    }

    /// What it is called in the log.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::List { list, .. } => list.as_str(),
            Self::Tray(_) => "tray",
        }
    }

    /// Checks what the list can be filtered by.
    pub fn check(&self, language: Language) -> Outcome<()> {
        let Self::List { list, state, .. } = self else { return Ok(()) };
        match list {
            ExportList::Employees => state_of::<contract::EmployeeState>(state, language).map(drop),
            ExportList::Dossiers => state_of::<contract::DossierState>(state, language).map(drop),
            ExportList::Cases => state_of::<contract::CaseState>(state, language).map(drop),
            ExportList::Tasks => state_of::<contract::TaskState>(state, language).map(drop),
            ExportList::Groups | ExportList::ClientGroups if state.is_none() => Ok(()),
            ExportList::Groups | ExportList::ClientGroups => Err(no_such_state(language)),
        }
    }

    /// One page of it, as its list gives it to the one who asks.
    pub fn page(&self, tx: &mut Tx<'_>, cursor: Option<String>) -> Outcome<Part> {
        let paging = Paging { limit: Some(100), cursor };
        let language = tx.language;
        let (list, q, state) = match self {
            Self::List { list, q, state } => (*list, q.as_deref(), state),
            Self::Tray(group) => {
                let page = tasks::store::list(tx, tasks::store::Of::Tray(*group), &paging.window(language)?)?;
                return Ok((page.items.iter().map(task).collect(), page.next));
            }
        };
        Ok(match list {
            ExportList::Employees => {
                let filter = employees::store::Filter { q, state: state_of(state, language)?, group: None };
                let page = employees::store::list(tx, &filter, &paging.window(language)?)?;
                (employees::store::views(tx, page.items)?.iter().map(employee).collect(), page.next)
            }
            ExportList::Groups => {
                let page = groups::store::list(tx, q, &paging.window(language)?)?;
                let ids: Vec<GroupId> = page.items.iter().map(|group| group.id).collect();
                let mut members = store::members(tx.conn, &ids)?;
                let rows = page.items.into_iter().map(|group| {
                    let members = members.remove(&group.id).unwrap_or_default();
                    vec![
                        group.name,
                        members.join(BETWEEN),
                        members.len().to_string(),
                        group.work_agreements,
                        group.reminder_hours.map(|hours| hours.to_string()).unwrap_or_default(),
                    ]
                });
                (rows.collect(), page.next)
            }
            ExportList::ClientGroups => {
                let page = client_groups::store::list(tx, q, &paging.window(language)?)?;
                (page.items.into_iter().map(|group| vec![group.name, group.email]).collect(), page.next)
            }
            ExportList::Dossiers => {
                let filter = dossiers::store::Filter { q, state: state_of(state, language)? };
                let page = dossiers::store::list(tx, filter, Order::Newest, &paging.window(language)?)?;
                let managers: Vec<EmployeeId> = page
                    .items
                    .iter()
                    .filter_map(|row| row.manager.as_ref().map(|manager| manager.id))
                    .collect();
                let usernames = store::usernames(tx.conn, &managers)?;
                let username = |id: EmployeeId| usernames.get(&id).cloned().unwrap_or_default();
                (page.items.iter().map(|row| dossier(row, username)).collect(), page.next)
            }
            ExportList::Cases => {
                let filter =
                    cases::store::Filter { q, state: state_of(state, language)?, ..Default::default() };
                let page = cases::store::list(tx, filter, Order::Newest, &paging.window(language)?)?;
                (page.items.iter().map(case).collect(), page.next)
            }
            ExportList::Tasks => {
                let of = tasks::store::Of::Me(state_of(state, language)?);
                let page = tasks::store::list(tx, of, &paging.window(language)?)?;
                (page.items.iter().map(task).collect(), page.next)
            }
        })
    }
}

fn no_such_state(language: Language) -> Problem {
    Problem::invalid_field(
        language,
        "state",
        FieldCode::Unknown,
        "Deze lijst kent deze status niet.",
        "This list has no such state.",
    )
}

fn state_of<S: FromStr>(state: &Option<String>, language: Language) -> Outcome<Option<S>> {
    state.as_ref().map(|state| state.parse().map_err(|_| no_such_state(language))).transpose()
}

fn moment(at: Moment) -> String {
    crate::mail::message::local_time::in_amsterdam(at).format("%Y-%m-%d %H:%M").to_string()
}

fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn employee(row: &Employee) -> Vec<String> {
    let account = row.account.as_ref();
    let roles = |account: &contract::Account| {
        account.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(BETWEEN)
    };
    vec![
        row.username.clone(),
        row.name.clone(),
        text(account.map(|account| &account.email)),
        text(account.map(roles)),
        row.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>().join(BETWEEN),
        text(account.map(|account| account.language)),
        row.state.to_string(),
        text(account.and_then(|account| account.last_sign_in_at).map(moment)),
    ]
}

fn dossier(row: &DossierSummary, username: impl Fn(EmployeeId) -> String) -> Vec<String> {
    vec![
        row.number.clone(),
        row.name.clone(),
        text(row.manager.as_ref().map(|manager| username(manager.id))),
        text(row.manager.as_ref().map(|manager| &manager.name)),
        text(row.client_group.as_ref().map(|group| &group.name)),
        row.visibility.to_string(),
        row.state.to_string(),
    ]
}

fn case(row: &CaseSummary) -> Vec<String> {
    vec![
        row.number.clone(),
        row.title.clone(),
        row.case_type.name.clone(),
        row.dossier.number.clone(),
        text(row.dossier.name.as_ref()),
        row.coordinator.name.clone(),
        text(row.my_part),
        row.state.to_string(),
        row.start_date.to_string(),
        text(row.target_date),
        text(row.deadline),
    ]
}

fn task(row: &Task) -> Vec<String> {
    vec![
        row.of_case.number.clone(),
        row.of_case.title.clone(),
        row.title.clone(),
        text(row.due_date),
        row.state.to_string(),
        text(row.holder.as_ref().map(|holder| &holder.name)),
        text(row.tray.as_ref().map(|tray| &tray.name)),
        row.created_by.name.clone(),
        moment(row.created_at),
    ]
}
