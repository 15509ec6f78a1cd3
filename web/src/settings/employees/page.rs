//! One employee, in parts: who they are, what they see, what they hold, what they read.

use contract::{Employee, EmployeeId};
use leptos::prelude::*;

use super::access::AccessPart;
use super::account::{AccountNotices, AccountPanel};
use super::edit::{EmployeeFacts, EmployeeForm};
use super::list::StateBadge;
use super::reads::ReadsPart;
use super::work::WorkPart;
use crate::app::use_root;
use crate::client::employees;
use crate::i18n::t;
use crate::pages::{EmployeePart, Page};
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::page::{Heading, not_found};
use crate::ui::remote::Remote;

pub(super) fn back() -> AnyView {
    html! {
        <a class="back" href=Page::Employees.to_string()>
            <Icon shape=Shape::Back/>
            {t!(employees.title)}
        </a>
    }
}

#[component]
pub fn EmployeePage(id: EmployeeId, part: EmployeePart) -> impl IntoView {
    let parts = parts_for(id);
    let content = if parts.contains(&part) {
        let remote = Remote::new(move || employees::find_employee(id));
        remote.page(move |employee| {
            html! {
                <Header employee/>
                {links(id, part, &parts)}
                {match part {
                    EmployeePart::Account => html! { <Details employee/> },
                    EmployeePart::Access => html! { <AccessPart employee/> },
                    EmployeePart::Work => html! { <WorkPart employee/> },
                    EmployeePart::Reads => html! { <ReadsPart employee/> },
                }}
            }
        })
    } else {
        not_found()
    };
    html! { <div class="page">{content}</div> }
}

/// What the reader may know of this employee.
fn parts_for(id: EmployeeId) -> Vec<EmployeePart> {
    let session = use_root().session;
    let Some(me) = untrack(move || session.me()) else { return Vec::new() };
    let administers = me.may.administer;
    // Whoever is of the platform's helpdesk learns nothing of dossiers here (P3).
    let explains = me.may.manage_accounts && me.support.is_none();
    let mut parts = vec![EmployeePart::Account];
    if administers || explains || me.id == id {
        parts.push(EmployeePart::Access);
    }
    if administers {
        parts.extend([EmployeePart::Work, EmployeePart::Reads]);
    }
    parts
}

fn links(id: EmployeeId, current: EmployeePart, parts: &[EmployeePart]) -> AnyView {
    if parts.len() < 2 {
        return ().into_any();
    }
    let links = parts
        .iter()
        .map(|&part| {
            let text = match part {
                EmployeePart::Account => t!(employees.part_account),
                EmployeePart::Access => t!(employees.part_access),
                EmployeePart::Work => t!(employees.part_work),
                EmployeePart::Reads => t!(employees.part_reads),
            };
            let href = Page::Employee(id, part).to_string();
            html! { <a class="nav-link" href=href aria-current=(part == current).then_some("page")>{text}</a> }
        })
        .collect_view();
    html! { <nav class="parts" aria-label=t!(employees.parts)>{links}</nav> }
}

#[component]
fn Header(employee: RwSignal<Employee>) -> impl IntoView {
    let name = Signal::derive(move || employee.with(|employee| employee.name.clone()));
    let badge = live(move || employee.with(|employee| html! { <StateBadge employee/> }));
    html! { <Heading text=name above=back>{badge}</Heading> }
}

#[component]
fn Details(employee: RwSignal<Employee>) -> impl IntoView {
    let session = use_root().session;
    let me = untrack(move || session.me());
    let administers = me.as_ref().is_some_and(|me| me.may.administer);
    let manages = me.is_some_and(|me| me.may.administer || me.may.manage_accounts);
    html! {
        {manages.then(|| html! { <AccountNotices employee/> })}
        <div class="with-aside">
            <div>
                {if administers {
                    html! { <EmployeeForm employee/> }
                } else {
                    html! { <EmployeeFacts employee/> }
                }}
            </div>
            {manages.then(|| html! { <AccountPanel employee/> })}
        </div>
    }
}
