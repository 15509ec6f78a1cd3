//! Examples in the document, made from the very types, so that they cannot go stale.

mod networks;
mod records;
mod second_factor;

use contract::*;
use serde_json::{Value, json};
use uuid::Uuid;

/// An id that looks like one; the same number gives the same id.
fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0193_84aa_72a0_7c3e_9d5f_3f1f_6a1c_0000 + number)
}

fn person(number: u128, name: &str) -> EmployeeRef {
    EmployeeRef { id: EmployeeId(id(number)), name: name.to_owned() }
}

fn jan() -> EmployeeRef {
    person(1, "Jan de Vries")
}

fn fatma() -> EmployeeRef {
    person(2, "Fatma Yılmaz")
}

fn team() -> GroupRef {
    GroupRef { id: GroupId(id(10)), name: "Medisch advies".to_owned() }
}

fn office() -> Office {
    Office {
        id: OfficeId(id(20)),
        code: "voorbeeldstad".to_owned(),
        name: "Gemeente Voorbeeldstad".to_owned(),
        email: "info@voorbeeldstad.example".to_owned(),
        default_visibility: Visibility::Restricted,
        only_administrators_create_dossiers: false,
        contact: networks::contact(),
        version: 1,
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap_or_default()
}

fn moment(text: &str) -> Moment {
    text.parse().unwrap_or_default()
}

const AGREEMENTS: &str = "Oudste eerst. Laat een taak niet langer dan twee werkdagen in de werkbak.";

const DIGEST: &str = "5f1d0c6b8f3e4a7d9c2b1a0f8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d";

fn access() -> Access {
    Access {
        allowed: false,
        reason: AccessReason::GroupDenied,
        groups: vec![GroupRef { id: GroupId(id(11)), name: "extern".to_owned() }],
        explanation: "Geen toegang: groep extern is geweigerd.".to_owned(),
    }
}

fn dossier_ref() -> DossierRef {
    DossierRef {
        id: DossierId(id(30)),
        number: "2026-000123".to_owned(),
        name: Some("Gezin Hendriks, Lindelaan".to_owned()),
    }
}

fn case_type_ref() -> CaseTypeRef {
    CaseTypeRef { id: CaseTypeId(id(40)), name: "Gehandicaptenparkeerkaart aanvraag".to_owned() }
}

fn eight_weeks() -> Term {
    Term { amount: 8, unit: TermUnit::Week }
}

fn case_ref() -> CaseRef {
    CaseRef {
        id: CaseId(id(50)),
        number: "Z2026-000123".to_owned(),
        title: "Parkeerkaart Hendriks, eerste aanvraag".to_owned(),
    }
}

fn header() -> CaseSummary {
    let CaseRef { id, number, title } = case_ref();
    CaseSummary {
        id,
        number,
        title,
        case_type: case_type_ref(),
        dossier: dossier_ref(),
        state: CaseState::Open,
        start_date: day("2026-11-02"),
        target_date: Some(day("2026-12-02")),
        deadline: Some(day("2026-12-28")),
        coordinator: jan(),
        my_part: Some(CasePart::Coordinator),
    }
}

fn result_type() -> ResultType {
    ResultType {
        id: ResultTypeId(id(43)),
        name: "Verleend".to_owned(),
        archive_action: ArchiveAction::Destroy,
        retention: Some(Term { amount: 5, unit: TermUnit::Year }),
    }
}

fn step() -> Step {
    Step {
        id: StepId(id(51)),
        position: 2,
        name: "In behandeling genomen".to_owned(),
        explanation: String::new(),
        state: StepState::Open,
        checks: vec![Check {
            id: CheckId(id(42)),
            name: "Aanvraag compleet".to_owned(),
            question: "Is de aanvraag compleet, inclusief bijlagen?".to_owned(),
            required: true,
            answer: Some(Answer::Yes),
        }],
        note: "Pasfoto volgt.".to_owned(),
        finished_at: None,
        finished_by: None,
        skip_reason: None,
        version: 3,
    }
}

fn case() -> Case {
    Case {
        header: header(),
        confidentiality: Confidentiality::CaseConfidential,
        view: CaseView::Full,
        supporters: vec![fatma()],
        steps: vec![step()],
        result_types: vec![result_type()],
        closure: None,
        version: 4,
        may: CaseRights { edit: true, reopen: false },
    }
}

fn task() -> Task {
    Task {
        id: TaskId(id(60)),
        title: "Uitvoeren van medische keuring".to_owned(),
        description: "Plan de keuring in overleg met betrokkene.".to_owned(),
        due_date: Some(day("2026-11-28")),
        state: TaskState::Open,
        holder: None,
        tray: Some(team()),
        origin: Some(team()),
        of_case: case_ref(),
        created_by: jan(),
        created_at: moment("2026-11-21T09:30:00Z"),
        note: None,
        result: None,
        finished_at: None,
        finished_by: None,
        version: 1,
        may: TaskRights { claim: true, release: false, forward: true, complete: false, edit: false },
    }
}

fn employee() -> Employee {
    Employee {
        id: jan().id,
        username: "jdevries".to_owned(),
        name: jan().name,
        state: EmployeeState::Active,
        groups: vec![team()],
        account: Some(Account {
            email: "jdevries@voorbeeldstad.example".to_owned(),
            roles: vec![Role::LocalAdmin],
            language: Language::Dutch,
            last_sign_in_at: Some(moment("2026-11-21T08:02:11Z")),
            locked_at: None,
            locked_from: None,
            undelivered: None,
            has_password: true,
            second_factor_since: Some(moment("2026-11-20T08:00:00Z")),
        }),
        version: 2,
    }
}

fn session() -> Session {
    Session {
        access_token: "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.…".to_owned(),
        expires_at: moment("2026-11-21T08:12:11Z"),
        kind: SessionKind::Full,
        employee_id: jan().id,
        idle_seconds: 1800,
    }
}

fn open_session() -> OpenSession {
    OpenSession {
        id: SessionId(id(90)),
        current: true,
        device: Device { browser: Some("Firefox".to_owned()), system: Some("Windows".to_owned()) },
        address: "192.0.2.17".to_owned(),
        created_at: moment("2026-11-21T08:02:11Z"),
        last_used_at: moment("2026-11-21T09:41:52Z"),
        expires_at: moment("2026-11-21T20:02:11Z"),
    }
}

fn client_group() -> ClientGroup {
    ClientGroup {
        id: ClientGroupId(id(70)),
        name: "Zorgaanbieders".to_owned(),
        email: "zorgaanbieders@voorbeeldstad.example".to_owned(),
        version: 1,
        warnings: Vec::new(),
    }
}

fn people_and_office() -> Vec<(&'static str, Value)> {
    let no_plan = HandOverPlan::default();
    let plan = HandOverPlan {
        items: vec![HandOverItem {
            kind: WorkKind::Coordinator,
            id: case_ref().id.0,
            from: jan().id,
            to: Some(fatma().id),
        }],
    };
    vec![
        (
            "NewSession",
            json!(NewSession {
                username: "jdevries@voorbeeldstad".to_owned(),
                password: "lantaarn fiets oker dinsdag".to_owned(),
            }),
        ),
        ("NewPasswordReset", json!(NewPasswordReset { username: "jdevries@voorbeeldstad".to_owned() })),
        ("PasswordResetAsked", json!(PasswordResetAsked { valid_minutes: 30 })),
        ("Session", json!(session())),
        ("OpenSession", json!(open_session())),
        ("Device", json!(open_session().device)),
        ("SessionsEnded", json!(SessionsEnded { ended: 2 })),
        (
            "NewPassword",
            json!(NewPassword {
                current_password: Some("lantaarn fiets oker dinsdag".to_owned()),
                password: "kwast molen zeven blauw".to_owned(),
            }),
        ),
        (
            "Me",
            json!(Me {
                id: jan().id,
                username: "jdevries".to_owned(),
                name: jan().name,
                email: "jdevries@voorbeeldstad.example".to_owned(),
                language: Language::Dutch,
                office: OfficeRef { id: office().id, code: office().code, name: office().name },
                roles: Vec::new(),
                groups: vec![team()],
                session_kind: SessionKind::Full,
                support: None,
                may: MyRights {
                    administer: false,
                    manage_accounts: false,
                    create_dossiers: true,
                    open_support_sessions: false,
                },
            }),
        ),
        (
            "Preferences",
            json!(Preferences {
                language: Language::Dutch,
                tray_mails: true,
                trays: vec![TrayPreference {
                    group: team(),
                    work_agreements: AGREEMENTS.to_owned(),
                    tray_mails: true,
                    others_receiving: 4,
                }],
                version: 1,
            }),
        ),
        (
            "PreferencesChange",
            json!(PreferencesChange {
                language: Language::Dutch,
                tray_mails: true,
                quiet_groups: vec![team().id],
            }),
        ),
        ("Office", json!(office())),
        (
            "OfficeChange",
            json!(OfficeChange {
                name: office().name,
                email: office().email,
                default_visibility: Visibility::Restricted,
                only_administrators_create_dossiers: false,
                contact: networks::contact(),
            }),
        ),
        ("Employee", json!(employee())),
        (
            "NewEmployee",
            json!(NewEmployee {
                username: "jdevries".to_owned(),
                name: jan().name,
                email: "jdevries@voorbeeldstad.example".to_owned(),
                roles: Vec::new(),
                group_ids: vec![team().id],
                language: Language::Dutch,
            }),
        ),
        (
            "EmployeeChange",
            json!(EmployeeChange {
                name: jan().name,
                email: "jdevries@voorbeeldstad.example".to_owned(),
                roles: vec![Role::Helpdesk],
                group_ids: vec![team().id],
                language: Language::Dutch,
                hand_over: no_plan.clone(),
                preview: None,
            }),
        ),
        (
            "Deactivation",
            json!(Deactivation { reason: "Uit dienst per 1 december".to_owned(), hand_over: plan.clone() }),
        ),
        ("Reactivation", json!(Reactivation { email: Some("j.devries@voorbeeldstad.example".to_owned()) })),
        (
            "LockedAccount",
            json!(LockedAccount {
                employee: jan(),
                username: "jdevries".to_owned(),
                email: "jdevries@voorbeeldstad.example".to_owned(),
                locked_at: moment("2026-11-21T08:12:11Z"),
                locked_from: Some("203.0.113.9".to_owned()),
                locked_from_there: 3,
            }),
        ),
        ("Undelivered", json!(Undelivered { count: 1, at: moment("2026-11-21T08:42:11Z") })),
        ("HandOverOrder", json!(HandOverOrder { reason: "Langdurig ziek".to_owned(), hand_over: plan })),
        (
            "StrandedWork",
            json!(StrandedWork {
                kind: WorkKind::Task,
                id: TaskId(uuid::Uuid::nil()).0,
                number: "Z2026-000123".to_owned(),
                holder: fatma(),
                tray: Some(team()),
            }),
        ),
        (
            "GroupSummary",
            json!(GroupSummary { id: team().id, name: team().name, member_count: 5, mine: true }),
        ),
        (
            "Group",
            json!(Group {
                id: team().id,
                name: team().name,
                work_agreements: AGREEMENTS.to_owned(),
                reminder_hours: Some(24),
                members: vec![fatma(), jan()],
                version: 3,
                warnings: Vec::new(),
            }),
        ),
        (
            "NewGroup",
            json!(NewGroup {
                name: team().name,
                member_ids: vec![fatma().id, jan().id],
                work_agreements: AGREEMENTS.to_owned(),
                reminder_hours: Some(24),
            }),
        ),
        (
            "GroupChange",
            json!(GroupChange {
                name: team().name,
                member_ids: vec![fatma().id],
                work_agreements: AGREEMENTS.to_owned(),
                reminder_hours: Some(24),
                hand_over: no_plan,
                preview: Some(DIGEST.to_owned()),
            }),
        ),
        ("ClientGroup", json!(client_group())),
        (
            "ClientGroupChange",
            json!(ClientGroupChange { name: client_group().name, email: client_group().email }),
        ),
    ]
}

fn imports() -> Vec<(&'static str, Value)> {
    let column = |header: &str, field: Option<&str>| ImportColumn {
        header: header.to_owned(),
        field: field.map(str::to_owned),
    };
    let change = |field: &str, from: Option<&str>, to: &str| ImportedChange {
        field: field.to_owned(),
        from: from.map(str::to_owned),
        to: to.to_owned(),
    };
    let row = |row: u32, key: &str, outcome: ImportOutcome, changes: Vec<ImportedChange>| ImportRow {
        row,
        key: key.to_owned(),
        outcome,
        changes,
        problems: Vec::new(),
        warnings: Vec::new(),
        number: None,
    };
    let digest = "9f2c1e5b7a8d4c3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d9e";
    vec![
        (
            "ImportReport",
            json!(ImportReport {
                kind: ImportKind::Employees,
                committed: false,
                encoding: "windows-1252".to_owned(),
                delimiter: ";".to_owned(),
                columns: vec![
                    column("Gebruikersnaam", Some("username")),
                    column("E-mail", Some("email")),
                    column("Kamer", None),
                ],
                counts: ImportCounts { create: 0, change: 1, unchanged: 0, rejected: 1 },
                rows: vec![
                    row(
                        2,
                        "jdevries",
                        ImportOutcome::Change,
                        vec![change(
                            "email",
                            Some("jan@voorbeeldstad.example"),
                            "jdevries@voorbeeldstad.example",
                        )],
                    ),
                    ImportRow {
                        problems: vec![FieldError {
                            field: "name".to_owned(),
                            code: validation::FieldCode::Blank,
                            detail: "Vul dit in.".to_owned(),
                        }],
                        ..row(3, "fyilmaz", ImportOutcome::Rejected, Vec::new())
                    },
                ],
                digest: digest.to_owned(),
            }),
        ),
        (
            "CaseTypeImport",
            json!(CaseTypeImport {
                committed: false,
                counts: ImportCounts { create: 0, change: 1, unchanged: 0, rejected: 0 },
                items: vec![CaseTypeImportItem {
                    code: Some("K0210".to_owned()),
                    name: Some(case_type_ref().name),
                    line: None,
                    outcome: ImportOutcome::Change,
                    revision: Some(3),
                    steps: vec!["Ontvangen".to_owned(), step().name, "Afgehandeld".to_owned()],
                    step_order: StepOrderSource::Corrected,
                    changes: vec![change("processingTerm", Some("6 week"), "8 week")],
                    problems: Vec::new(),
                    case_type_id: Some(case_type_ref().id),
                }],
                digest: digest.to_owned(),
            }),
        ),
    ]
}

fn support() -> Vec<(&'static str, Value)> {
    let reason = "Melding 1234: de enige beheerder is ziek.".to_owned();
    vec![
        (
            "NewSupportSession",
            json!(NewSupportSession { office_code: office().code, reason: reason.clone(), minutes: 30 }),
        ),
        (
            "SupportSession",
            json!(SupportSession {
                id: SupportSessionId(id(80)),
                office: OfficeRef { id: office().id, code: office().code, name: office().name },
                employee: person(81, "Noor Willems"),
                helpdesk: OfficeRef {
                    id: OfficeId(id(82)),
                    code: "platform".to_owned(),
                    name: "Werkbak".to_owned(),
                },
                reason,
                started_at: moment("2026-11-21T09:30:00Z"),
                expires_at: moment("2026-11-21T10:00:00Z"),
                ended_at: None,
            }),
        ),
    ]
}

fn dossiers() -> Vec<(&'static str, Value)> {
    let DossierRef { id, number, name } = dossier_ref();
    let name = name.unwrap_or_default();
    let rule = NewAccessRule { employee_id: None, group_id: Some(team().id), effect: Effect::Allow };
    vec![
        (
            "DossierSummary",
            json!(DossierSummary {
                id,
                number: number.clone(),
                name: name.clone(),
                manager: Some(jan()),
                client_group: None,
                visibility: Visibility::Restricted,
                state: DossierState::Active,
            }),
        ),
        (
            "Dossier",
            json!(Dossier {
                id,
                number,
                name: Some(name.clone()),
                manager: Some(jan()),
                client_group: None,
                visibility: Visibility::Restricted,
                state: DossierState::Active,
                created_at: moment("2026-11-02T10:15:00Z"),
                version: 2,
                my_access: Access {
                    allowed: true,
                    reason: AccessReason::Manager,
                    groups: Vec::new(),
                    explanation: "Toegang: dossierbeheerder van dit dossier.".to_owned(),
                },
                may: DossierRights {
                    read: true,
                    edit: true,
                    manage_rules: true,
                    send_messages: true,
                    edit_parties: true,
                    export: true,
                    see_reads: true,
                    archive: true,
                    restore: false,
                },
            }),
        ),
        (
            "NewDossier",
            json!(NewDossier {
                name: name.clone(),
                manager_id: None,
                client_group_id: None,
                visibility: Some(Visibility::Restricted),
            }),
        ),
        (
            "DossierChange",
            json!(DossierChange {
                name: Some(name),
                manager_id: Some(jan().id),
                client_group_id: None,
                visibility: Visibility::Office,
                hand_over: HandOverPlan::default(),
                preview: None,
            }),
        ),
        (
            "AccessRules",
            json!(AccessRules {
                rules: vec![AccessRule { employee: None, group: Some(team()), effect: Effect::Allow }],
                version: 2,
            }),
        ),
        (
            "AccessRulesChange",
            json!(AccessRulesChange {
                rules: vec![rule],
                hand_over: HandOverPlan::default(),
                preview: Some(DIGEST.to_owned()),
            }),
        ),
        ("DossierAccess", json!(DossierAccess { dossier: dossier_ref(), access: access() })),
        ("EmployeeAccess", json!(EmployeeAccess { employee: fatma(), access: access() })),
    ]
}

fn case_types_and_cases() -> Vec<(&'static str, Value)> {
    let CaseTypeRef { id: type_id, name } = case_type_ref();
    let description = "Een inwoner vraagt een gehandicaptenparkeerkaart aan.".to_owned();
    vec![
        (
            "CaseTypeSummary",
            json!(CaseTypeSummary {
                id: type_id,
                code: "K0210".to_owned(),
                name: name.clone(),
                description: description.clone(),
                processing_term: Some(eight_weeks()),
                authorised: true,
            }),
        ),
        (
            "CaseType",
            json!(CaseType {
                id: type_id,
                code: "K0210".to_owned(),
                revision: 1,
                name,
                description,
                processing_term: Some(eight_weeks()),
                confidentiality: Confidentiality::CaseConfidential,
                authorised: true,
                steps: vec![StepType {
                    id: StepTypeId(id(41)),
                    name: step().name,
                    explanation: String::new(),
                    checks: vec![CheckType {
                        id: CheckId(id(42)),
                        name: "Aanvraag compleet".to_owned(),
                        question: "Is de aanvraag compleet, inclusief bijlagen?".to_owned(),
                        required: true,
                    }],
                }],
                result_types: vec![result_type()],
                version: 1,
            }),
        ),
        ("StepOrder", json!(StepOrder { step_ids: vec![StepTypeId(id(41))] })),
        (
            "Authorisations",
            json!(Authorisations { groups: vec![team()], employees: vec![jan()], version: 2 }),
        ),
        (
            "AuthorisationsChange",
            json!(AuthorisationsChange { group_ids: vec![team().id], employee_ids: vec![jan().id] }),
        ),
        ("CaseSummary", json!(header())),
        ("Case", json!(case())),
        (
            "NewCase",
            json!(NewCase {
                dossier_id: dossier_ref().id,
                case_type_id: type_id,
                title: case_ref().title,
                start_date: Some(day("2026-11-02")),
                target_date: Some(day("2026-12-02")),
                coordinator_id: None,
            }),
        ),
        ("CaseChange", json!(CaseChange { title: case_ref().title, target_date: Some(day("2026-12-09")) })),
        ("CoordinatorChange", json!(CoordinatorChange { employee_id: fatma().id, keep_previous: true })),
        ("Step", json!(step())),
        (
            "StepChange",
            json!(StepChange {
                note: step().note,
                answers: vec![CheckAnswer { check_id: CheckId(id(42)), answer: Some(Answer::Yes) }],
            }),
        ),
        ("Reason", json!(Reason { reason: "De aanvrager stuurde een nieuw stuk.".to_owned() })),
        (
            "CaseClosure",
            json!(CaseClosure { result_type_id: Some(result_type().id), administrative_error: None }),
        ),
    ]
}

fn tasks() -> Vec<(&'static str, Value)> {
    vec![
        ("Task", json!(task())),
        ("TaskSummary", json!(TaskSummary::from(task()))),
        (
            "NewTask",
            json!(NewTask {
                title: task().title,
                description: task().description,
                due_date: task().due_date,
                employee_id: None,
                group_id: Some(team().id),
            }),
        ),
        (
            "TaskChange",
            json!(TaskChange {
                title: task().title,
                description: task().description,
                due_date: task().due_date,
            }),
        ),
        (
            "Forward",
            json!(Forward {
                employee_id: Some(fatma().id),
                group_id: None,
                note: "Jij kent deze aanvrager.".to_owned(),
            }),
        ),
        ("Completion", json!(Completion { result: "Keuring uitgevoerd op 24 november.".to_owned() })),
        (
            "Tray",
            json!(Tray {
                group: team(),
                open_tasks: 12,
                overdue_tasks: 1,
                work_agreements: AGREEMENTS.to_owned(),
            }),
        ),
    ]
}

fn previews() -> Vec<(&'static str, Value)> {
    let totals = AccessTotals { gained: 12, lost: 3, denied: 1, denials_lifted: 0 };
    let change = ChangePreview {
        digest: DIGEST.to_owned(),
        totals,
        employees: vec![EmployeeEffect {
            employee: fatma(),
            dossiers: totals,
            trays_gained: vec![team()],
            trays_lost: Vec::new(),
            case_types_gained: vec![case_type_ref()],
            case_types_lost: Vec::new(),
        }],
        more_employees: 0,
        more_dossiers: 0,
        dossiers: vec![DossierEffect {
            dossier: dossier_ref(),
            before: Access {
                allowed: true,
                reason: AccessReason::GroupAllowed,
                groups: vec![team()],
                explanation: "Toegang: via groep Medisch advies.".to_owned(),
            },
            after: access(),
        }],
        stranded: Vec::new(),
    };
    let inventory = GroupInventory {
        members: 4,
        allow_rules: 2000,
        deny_rules: 12,
        case_types: 3,
        tray_tasks: 7,
        held_tasks: 2,
    };
    let conflict = RuleConflict { number: dossier_ref().number, group: Effect::Allow, target: Effect::Deny };
    let item = RuleOrderItem {
        dossier_id: dossier_ref().id,
        number: Some(dossier_ref().number),
        outcome: ItemOutcome::Changed,
        detail: None,
    };
    vec![
        ("ChangePreview", json!(change)),
        ("GroupInventory", json!(inventory)),
        (
            "GroupDeletion",
            json!(GroupDeletion {
                target_id: Some(GroupId(id(12))),
                move_members: true,
                hand_over: HandOverPlan::default(),
                preview: Some(DIGEST.to_owned()),
            }),
        ),
        (
            "GroupDeletionPreview",
            json!(GroupDeletionPreview {
                inventory,
                conflicts: 1,
                conflicting_dossiers: vec![conflict],
                change: change.clone(),
            }),
        ),
        ("GroupDeleted", json!(GroupDeleted { inventory, conflicts: 1 })),
        (
            "ClientGroupDeletion",
            json!(ClientGroupDeletion {
                target_id: Some(ClientGroupId(id(13))),
                preview: Some(DIGEST.to_owned()),
            }),
        ),
        (
            "ClientGroupDeletionPreview",
            json!(ClientGroupDeletionPreview { digest: DIGEST.to_owned(), dossiers: 31, mail_moves: 4 }),
        ),
        (
            "AccessRulesOrder",
            json!(AccessRulesOrder {
                dossier_ids: vec![dossier_ref().id],
                employee_ids: Vec::new(),
                group_ids: vec![team().id],
                action: RuleAction::Deny,
                hand_over: HandOverPlan::default(),
                preview: Some(DIGEST.to_owned()),
            }),
        ),
        ("AccessRulesPreview", json!(AccessRulesPreview { items: vec![item.clone()], change })),
        ("AccessRulesResult", json!(AccessRulesResult { items: vec![item] })),
    ]
}

/// The example of each schema that has one.
pub fn all() -> Vec<(String, Value)> {
    [
        people_and_office(),
        dossiers(),
        previews(),
        case_types_and_cases(),
        tasks(),
        networks::all(),
        records::all(),
        second_factor::all(),
        support(),
        imports(),
    ]
    .into_iter()
    .flatten()
    .map(|(name, example)| (name.to_owned(), example))
    .collect()
}
