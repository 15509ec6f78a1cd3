//! A demo office to look around in: people, teams, dossiers with rules, cases and tasks.

use contract::{
    AuthorisationsChange, CaseTypeId, Contact, Day, DossierId, Effect, EmployeeId, GroupId, Language,
    NewAccessRule, NewEmployee, Office, OfficeChange, OfficeId, Role, SessionId, SessionKind, Visibility,
};

use super::{Result, connect_current, out};
use crate::access::cases::OpenCase;
use crate::access::dossiers::ManageDossier;
use crate::access::office::{Administer, CreateDossier};
use crate::access::{Actor, Tx};
use crate::case_types::import::{self, Item};
use crate::case_types::{self, revise};
use crate::cases::store::CaseValues;
use crate::config::Config;
use crate::db::{Conn, transaction};
use crate::dossiers::store::DossierValues;
use crate::events::{self, By, Event};
use crate::groups::store::GroupValues;
use crate::networks::store::Rule;
use crate::problem::{Outcome, Problem};
use crate::sign_in::hashing;
use crate::tasks::store::{Place, TaskValues};
use crate::{cases, clock, dossiers, employees, groups, offices, sign_in, tasks};

const CODE: &str = "voorbeeldstad";
/// Of everybody in the offices that are made to try Werkbak out.
pub(super) const PASSWORD: &str = "lantaarn fiets oker dinsdag";
const CASE_TYPES: &[u8] = include_bytes!("../../tests/data/case-types.xml");

/// Username, name, roles, groups by position in [`GROUPS`], and what they show.
type Person = (&'static str, &'static str, &'static [Role], &'static [usize], &'static str);

const PEOPLE: &[Person] = &[
    ("avisser", "Anneke Visser", &[Role::LocalAdmin], &[], "lokaal beheerder / local administrator"),
    ("jdevries", "Jan de Vries", &[], &[0], "zaakcoördinator, Zorgloket / coordinator"),
    ("fyilmaz", "Fatma Yılmaz", &[], &[0, 2], "Zorgloket en Medisch advies / two teams"),
    ("sbakker", "Sanne Bakker", &[Role::Superuser], &[1], "Vergunningen / another team"),
    ("mjansen", "Maarten Jansen", &[], &[2], "Medisch advies"),
    ("kelamrani", "Karim El Amrani", &[Role::Helpdesk], &[2], "Medisch advies en helpdesk / helpdesk"),
    ("lpeeters", "Lotte Peeters", &[], &[3], "Externe adviseurs: ziet weinig / sees little"),
];

const GROUPS: &[(&str, &str)] = &[
    (
        "Zorgloket",
        "Elke ochtend om 9 uur verdelen we de werkbak. Spoed (vandaag) pakt wie het ziet meteen op.",
    ),
    ("Vergunningen", "Wie bureaudienst heeft, pakt op. Bureaudienst wisselt per dag; zie het rooster."),
    ("Medisch advies", "Oudste eerst. Laat een taak niet langer dan twee werkdagen in de werkbak."),
    ("Externe adviseurs", ""),
];

/// Name, manager by position in [`PEOPLE`], visibility, and rules as (group, effect).
type DossierSeed = (&'static str, usize, Visibility, &'static [(usize, Effect)]);

const DOSSIERS: &[DossierSeed] = &[
    ("Gezin Hendriks, Lindelaan", 1, Visibility::Restricted, &[(0, Effect::Allow), (2, Effect::Allow)]),
    ("Buurtvereniging De Akkers", 3, Visibility::Office, &[(3, Effect::Deny)]),
    ("Mevrouw Aydın, Molenstraat", 2, Visibility::Restricted, &[(0, Effect::Allow), (2, Effect::Allow)]),
    ("Stichting Havenfestival", 3, Visibility::Restricted, &[(1, Effect::Allow)]),
    ("Wijkcentrum Zuid", 3, Visibility::Office, &[(3, Effect::Allow)]),
    ("De heer Okafor, Stationsplein", 4, Visibility::Restricted, &[(2, Effect::Allow), (3, Effect::Deny)]),
];

/// Dossier, position of the case type, title, coordinator, supporters, days ago it started.
type CaseSeed = (usize, usize, &'static str, usize, &'static [usize], u64);

const CASES: &[CaseSeed] = &[
    (0, 0, "Parkeerkaart Hendriks, eerste aanvraag", 1, &[2], 12),
    (2, 0, "Parkeerkaart Aydın, verlenging", 2, &[4], 30),
    (5, 0, "Parkeerkaart Okafor na verhuizing", 4, &[5], 50),
    (1, 1, "Straatfeest De Akkers", 3, &[], 20),
    (3, 1, "Havenfestival 2027", 3, &[], 3),
];

/// Case, title, description, days until due, group whose tray it is in.
type TaskSeed = (usize, &'static str, &'static str, i64, usize);

const TASKS: &[TaskSeed] = &[
    (0, "Uitvoeren van medische keuring", "Plan de keuring in overleg met betrokkene.", 7, 2),
    (0, "Huisbezoek plannen", "Bij voorkeur 's middags.", 3, 0),
    (1, "Medische gegevens opvragen bij huisarts", "Toestemming zit in het dossier.", -2, 2),
    (2, "Oude kaart innemen", "", 1, 0),
    (3, "Veiligheidsplan beoordelen", "Tekening van de opstelling ontbreekt nog.", 10, 1),
];

pub(super) fn seed(config: &Config) -> Result<()> {
    let mut conn = connect_current(config)?;
    let told = |problem: Problem| problem.to_string();
    if offices::store::by_code(&mut conn, CODE).map_err(told)?.is_none() {
        let hash = hashing::hash_now(PASSWORD)?;
        let export = import::parse(CASE_TYPES).map_err(|error| error.message(Language::English))?;
        transaction(&mut conn, |conn| fill(conn, &hash, &export)).map_err(told)?;
    }
    out("Demo office Voorbeeldstad. Sign in with one of these usernames:")?;
    for (username, name, _, _, shows) in PEOPLE {
        out(&format!("  {:<26}{name:<18}{shows}", format!("{username}@{CODE}")))?;
    }
    out(&format!("The password of all of them is:  {PASSWORD}"))
}

fn pick<T: Copy>(all: &[T], position: usize) -> Outcome<T> {
    all.get(position).copied().ok_or_else(|| Problem::internal("the demo refers to nothing"))
}

fn people(conn: &mut Conn, office: OfficeId, hash: &str) -> Outcome<Vec<EmployeeId>> {
    let mut ids = Vec::new();
    for (username, name, roles, _, _) in PEOPLE {
        let new = NewEmployee {
            username: (*username).to_owned(),
            name: (*name).to_owned(),
            email: format!("{username}@voorbeeldstad.example"),
            roles: roles.to_vec(),
            group_ids: Vec::new(),
            language: Language::Dutch,
        };
        let id = employees::store::insert(conn, office, &new)?
            .ok_or_else(|| Problem::internal("a new office has no usernames"))?;
        sign_in::store::set_password(conn, id, hash)?;
        ids.push(id);
    }
    Ok(ids)
}

fn teams(tx: &mut Tx<'_>, people: &[EmployeeId]) -> Outcome<Vec<GroupId>> {
    let permit = tx.permit::<Administer>(&())?;
    let mut ids = Vec::new();
    for (position, (name, work_agreements)) in GROUPS.iter().enumerate() {
        let values = GroupValues { name, work_agreements, reminder_hours: Some(24) };
        let id = groups::store::insert(tx, &permit, &values)?;
        let members: Vec<EmployeeId> = PEOPLE
            .iter()
            .zip(people)
            .filter(|((_, _, _, groups, _), _)| groups.contains(&position))
            .map(|(_, id)| *id)
            .collect();
        groups::store::add_members(tx.conn, id, &members)?;
        ids.push(id);
    }
    Ok(ids)
}

fn types(tx: &mut Tx<'_>, export: &import::Export, teams: &[GroupId]) -> Outcome<Vec<CaseTypeId>> {
    let by =
        By { office_id: Some(tx.actor.office_id), employee_id: None, address: "command line".to_owned() };
    let authorised = AuthorisationsChange {
        group_ids: vec![pick(teams, 0)?, pick(teams, 1)?, pick(teams, 2)?],
        employee_ids: Vec::new(),
    };
    let mut ids = Vec::new();
    for item in &export.items {
        if let Item::CaseType(case_type) = item {
            let (id, _) = revise::bring_in(tx.conn, tx.actor.office_id, case_type, &by)?;
            case_types::store::authorise(tx, id, &authorised, 1)?;
            ids.push(id);
        }
    }
    Ok(ids)
}

/// Whom the demo's people ask who cannot sign in (S6).
fn contact(tx: &mut Tx<'_>) -> Outcome<()> {
    let permit = tx.permit::<Administer>(&())?;
    let office = Office::from(offices::store::mine(tx)?);
    let change = OfficeChange {
        name: office.name,
        email: office.email,
        default_visibility: office.default_visibility,
        only_administrators_create_dossiers: office.only_administrators_create_dossiers,
        contact: Contact {
            name: "Servicedesk ICT".to_owned(),
            phone: "14 0999".to_owned(),
            email: "servicedesk@voorbeeldstad.example".to_owned(),
        },
    };
    offices::store::update(tx, &permit, &change, office.version).map(drop)
}

fn acting<'a>(conn: &'a mut Conn, actor: &'a Actor) -> Tx<'a> {
    Tx { conn, actor, language: Language::Dutch, address: None, writing: true, refused: false }
}

fn fill(conn: &mut Conn, hash: &str, export: &import::Export) -> Outcome<()> {
    let office = offices::store::insert(conn, CODE, "Gemeente Voorbeeldstad", "info@voorbeeldstad.example")?
        .ok_or_else(|| Problem::busy().run_again())?;
    let by = By { office_id: Some(office), employee_id: None, address: "command line".to_owned() };
    events::record_by(conn, &by, Event::of("office.seeded", "office", office))?;
    let people = people(conn, office, hash)?;
    let actor = |id: EmployeeId, roles: &[Role]| Actor {
        id,
        office_id: office,
        name: String::new(),
        session_id: SessionId::new(),
        session_kind: SessionKind::Full,
        roles: roles.to_vec(),
        platform: false,
        visit: None,
        only_administrators_create_dossiers: false,
        networks: Rule { office, enforced: false, version: 0 },
    };
    let administrator = actor(pick(&people, 0)?, &[Role::LocalAdmin]);
    let tx = &mut acting(conn, &administrator);
    contact(tx)?;
    let teams = teams(tx, &people)?;
    let types = types(tx, export, &teams)?;
    let mut dossier_ids: Vec<DossierId> = Vec::new();
    for (name, manager, visibility, rules) in DOSSIERS {
        let permit = tx.permit::<CreateDossier>(&())?;
        let manager_id = Some(pick(&people, *manager)?);
        let values = DossierValues { name, manager_id, client_group_id: None, visibility: *visibility };
        let (id, _) = dossiers::store::insert(tx, &permit, &values)?;
        let rules = rules
            .iter()
            .map(|(team, effect)| {
                Ok(NewAccessRule { employee_id: None, group_id: Some(pick(&teams, *team)?), effect: *effect })
            })
            .collect::<Outcome<Vec<_>>>()?;
        let permit = tx.permit::<ManageDossier>(&id)?;
        dossiers::store::replace_rules(tx, &permit, &rules, 1)?;
        dossier_ids.push(id);
    }
    let mut case_ids = Vec::new();
    for (dossier, case_type, title, coordinator, supporters, days_ago) in CASES {
        let coordinator = actor(pick(&people, *coordinator)?, &[]);
        let tx = &mut acting(tx.conn, &coordinator);
        let case_type = pick(&types, *case_type)?;
        let permit = tx.permit::<OpenCase>(&(pick(&dossier_ids, *dossier)?, case_type))?;
        let revision = case_types::store::current(tx, case_type)?;
        let start: Day = clock::today() - chrono::Days::new(*days_ago);
        let values = CaseValues {
            title,
            start_date: start,
            target_date: Some(start + chrono::Days::new(30)),
            deadline: revision.processing_term().and_then(|term| term.after(start)),
            coordinator: coordinator.id,
        };
        let (id, _) = cases::store::insert(tx, &permit, &revision, &values)?;
        for supporter in *supporters {
            cases::store::add_supporter(tx.conn, id, pick(&people, *supporter)?)?;
        }
        case_ids.push((id, coordinator.id));
    }
    for (case, title, description, days, team) in TASKS {
        let (case, coordinator) = pick(&case_ids, *case)?;
        let coordinator = actor(coordinator, &[]);
        let tx = &mut acting(tx.conn, &coordinator);
        let due_date = clock::today().checked_add_signed(chrono::TimeDelta::days(*days));
        tasks::store::insert(
            tx,
            case,
            &TaskValues { title, description, due_date },
            Place::In(pick(&teams, *team)?),
        )?;
    }
    Ok(())
}
