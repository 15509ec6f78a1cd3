use contract::{
    AccessRule, CaseState, ClientGroupId, ClientGroupRef, DossierId, DossierState, DossierSummary, Effect,
    EmployeeId, EmployeeRef, GroupId, GroupRef, NewAccessRule, Page, Visibility as DossierVisibility,
};
use diesel::prelude::*;

use crate::access::dossiers::{ManageDossier, SeeRules};
use crate::access::office::CreateDossier;
use crate::access::pages::dossiers::DossierLine;
pub use crate::access::pages::dossiers::Wanted as Filter;
use crate::access::pages::{self, Order, reference};
use crate::access::records::ExportDossier;
use crate::access::{Permit, Tx};
use crate::clock;
use crate::db::schema::{
    cases, client_groups, dossier_employee_rules, dossier_group_rules, dossiers, employees, groups,
};
use crate::db::{Conn, counters, on};
use crate::http::paging::Window;
use crate::problem::Outcome;
use crate::text::fold;

/// A page of the dossiers the one who asks has access to.
pub fn list(
    tx: &mut Tx<'_>,
    filter: Filter<'_>,
    order: Order,
    window: &Window<DossierId>,
) -> Outcome<Page<DossierSummary>> {
    let lines = pages::dossiers::page(tx, filter, &window.part(order))?;
    Ok(window.page(lines, |line| line.id).map(summary))
}

/// The same by name.
pub fn list_by_name(
    tx: &mut Tx<'_>,
    filter: Filter<'_>,
    window: &Window<(String, DossierId)>,
) -> Outcome<Page<DossierSummary>> {
    let lines = pages::dossiers::by_name(tx, filter, window.after.clone(), window.fetch())?;
    Ok(window.page(lines, |line| (line.name_folded.clone(), line.id)).map(summary))
}

fn summary(line: DossierLine) -> DossierSummary {
    DossierSummary {
        id: line.id,
        number: line.number,
        name: line.name,
        manager: reference(line.manager_id, line.manager_name, |id, name| EmployeeRef { id, name }),
        client_group: reference(line.client_group_id, line.client_group_name, |id, name| ClientGroupRef {
            id,
            name,
        }),
        visibility: line.visibility,
        state: line.state,
    }
}

/// A client group by its name.
pub fn client_group(conn: &mut Conn, id: ClientGroupId) -> Outcome<Option<ClientGroupRef>> {
    let name = client_groups::table.find(id).select(client_groups::name);
    let name: Option<String> = on!(conn, |db| name.first(db)).optional()?;
    Ok(name.map(|name| ClientGroupRef { id, name }))
}

/// What a form says about a dossier.
#[derive(Debug)]
pub struct DossierValues<'a> {
    /// Its name.
    pub name: &'a str,
    /// Who manages it.
    pub manager_id: Option<EmployeeId>,
    /// Its client group.
    pub client_group_id: Option<ClientGroupId>,
    /// Who sees it without a rule.
    pub visibility: DossierVisibility,
}

/// Makes a dossier; returns its id and number.
pub fn insert(
    tx: &mut Tx<'_>,
    _permit: &Permit<CreateDossier>,
    values: &DossierValues<'_>,
) -> Outcome<(DossierId, String)> {
    let (year, count) = counters::next(tx.conn, tx.actor.office_id, "dossier")?;
    let number = format!("{year}-{count:06}");
    let id = DossierId::new();
    diesel::insert_into(dossiers::table)
        .values((
            dossiers::id.eq(id),
            dossiers::office_id.eq(tx.actor.office_id),
            dossiers::number.eq(&number),
            dossiers::name.eq(values.name),
            dossiers::name_folded.eq(fold(values.name)),
            dossiers::manager_id.eq(values.manager_id),
            dossiers::client_group_id.eq(values.client_group_id),
            dossiers::visibility.eq(values.visibility),
            dossiers::state.eq(DossierState::Active),
            dossiers::created_at.eq(clock::stamp()),
            dossiers::version.eq(1),
        ))
        .execute(tx.conn)?;
    Ok((id, number))
}

/// Changes a dossier if nobody did since `version`.
pub fn update(
    tx: &mut Tx<'_>,
    permit: &Permit<ManageDossier>,
    values: &DossierValues<'_>,
    version: i64,
) -> Outcome<bool> {
    let changed = diesel::update(
        dossiers::table
            .filter(dossiers::id.eq(permit.row().dossier.id))
            .filter(dossiers::version.eq(version)),
    )
    .set((
        dossiers::name.eq(values.name),
        dossiers::name_folded.eq(fold(values.name)),
        dossiers::manager_id.eq(values.manager_id),
        dossiers::client_group_id.eq(values.client_group_id),
        dossiers::visibility.eq(values.visibility),
        dossiers::version.eq(dossiers::version + 1),
    ))
    .execute(tx.conn)?;
    Ok(changed == 1)
}

/// How many open cases it has.
pub fn open_cases(conn: &mut Conn, id: DossierId) -> Outcome<i64> {
    Ok(cases::table
        .filter(cases::dossier_id.eq(id))
        .filter(cases::state.eq(CaseState::Open))
        .count()
        .get_result(conn)?)
}

/// Puts a dossier away or back in use, with this manager.
pub fn set_state(
    conn: &mut Conn,
    id: DossierId,
    state: DossierState,
    manager: Option<EmployeeId>,
) -> Outcome<()> {
    diesel::update(dossiers::table.find(id))
        .set((
            dossiers::state.eq(state),
            dossiers::manager_id.eq(manager),
            dossiers::version.eq(dossiers::version + 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// A dossier's rules: groups first, by name.
pub fn rules_of(tx: &mut Tx<'_>, permit: &Permit<SeeRules>) -> Outcome<Vec<AccessRule>> {
    load_rules(tx.conn, permit.row().dossier.id)
}

/// The same for its export.
pub fn rules_to_export(tx: &mut Tx<'_>, permit: &Permit<ExportDossier>) -> Outcome<Vec<AccessRule>> {
    load_rules(tx.conn, permit.row().dossier.id)
}

/// The same for who may change them.
pub fn rules_to_change(tx: &mut Tx<'_>, permit: &Permit<ManageDossier>) -> Outcome<Vec<AccessRule>> {
    load_rules(tx.conn, permit.row().dossier.id)
}

fn load_rules(conn: &mut Conn, id: DossierId) -> Outcome<Vec<AccessRule>> {
    let of_groups: Vec<(GroupId, String, Effect)> = dossier_group_rules::table
        .inner_join(groups::table)
        .filter(dossier_group_rules::dossier_id.eq(id))
        .order((groups::name_folded.asc(), groups::id.asc()))
        .select((groups::id, groups::name, dossier_group_rules::effect))
        .load(conn)?;
    let of_people: Vec<(EmployeeId, String, Effect)> = dossier_employee_rules::table
        .inner_join(employees::table)
        .filter(dossier_employee_rules::dossier_id.eq(id))
        .order((employees::name_folded.asc(), employees::id.asc()))
        .select((employees::id, employees::name, dossier_employee_rules::effect))
        .load(conn)?;
    let groups = of_groups.into_iter().map(|(id, name, effect)| AccessRule {
        employee: None,
        group: Some(GroupRef { id, name }),
        effect,
    });
    let people = of_people.into_iter().map(|(id, name, effect)| AccessRule {
        employee: Some(EmployeeRef { id, name }),
        group: None,
        effect,
    });
    Ok(groups.chain(people).collect())
}

/// Replaces a dossier's rules if nobody changed the dossier since `version`.
pub fn replace_rules(
    tx: &mut Tx<'_>,
    permit: &Permit<ManageDossier>,
    rules: &[NewAccessRule],
    version: i64,
) -> Outcome<bool> {
    let id = permit.row().dossier.id;
    let changed =
        diesel::update(dossiers::table.filter(dossiers::id.eq(id)).filter(dossiers::version.eq(version)))
            .set(dossiers::version.eq(dossiers::version + 1))
            .execute(tx.conn)?;
    if changed == 0 {
        return Ok(false);
    }
    diesel::delete(dossier_group_rules::table.filter(dossier_group_rules::dossier_id.eq(id)))
        .execute(tx.conn)?;
    diesel::delete(dossier_employee_rules::table.filter(dossier_employee_rules::dossier_id.eq(id)))
        .execute(tx.conn)?;
    for rule in rules {
        if let Some(group) = rule.group_id {
            diesel::insert_into(dossier_group_rules::table)
                .values((
                    dossier_group_rules::dossier_id.eq(id),
                    dossier_group_rules::group_id.eq(group),
                    dossier_group_rules::effect.eq(rule.effect),
                ))
                .execute(tx.conn)?;
        }
        if let Some(employee) = rule.employee_id {
            diesel::insert_into(dossier_employee_rules::table)
                .values((
                    dossier_employee_rules::dossier_id.eq(id),
                    dossier_employee_rules::employee_id.eq(employee),
                    dossier_employee_rules::effect.eq(rule.effect),
                ))
                .execute(tx.conn)?;
        }
    }
    Ok(true)
}
