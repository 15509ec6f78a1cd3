//! The rows that are made, one kind for each table. What is not named here keeps its default.

use chrono::NaiveDateTime;
use contract::{
    Answer, ArchiveAction, CaseId, CaseState, CaseTypeId, CaseTypeRevisionId, CheckId, ClientGroupId,
    Confidentiality, Day, DossierId, DossierState, Effect, EmployeeId, EmployeeState, GroupId, Language,
    OfficeId, PartyId, PartyKind, ResultTypeId, StepId, StepState, StepTypeId, TaskId, TaskState, TermUnit,
    Visibility,
};
use diesel::Insertable;

use crate::db::schema::*;

macro_rules! rows {
    ($($row:ident of $table:ident { $($column:ident: $kind:ty),+ $(,)? })+) => {$(
        #[derive(Debug, Insertable)]
        #[diesel(table_name = $table, treat_none_as_default_value = false)]
        pub(in crate::seed) struct $row {
            $(pub(in crate::seed) $column: $kind),+
        }
    )+};
}

rows! {
    OfficeRow of offices {
        id: OfficeId,
        code: &'static str,
        code_folded: String,
        name: &'static str,
        email: String,
        default_visibility: Visibility,
        only_administrators_create_dossiers: bool,
        created_at: NaiveDateTime,
        version: i64,
        contact_name: &'static str,
        contact_phone: &'static str,
        contact_email: String,
    }
    EmployeeRow of employees {
        id: EmployeeId,
        office_id: OfficeId,
        username: String,
        username_folded: String,
        name: String,
        name_folded: String,
        email: String,
        language: Language,
        state: EmployeeState,
        role_local_admin: bool,
        role_helpdesk: bool,
        role_superuser: bool,
        role_records: bool,
        password_hash: String,
        failed_attempts: i32,
        tray_mails: bool,
        preferences_version: i64,
        created_at: NaiveDateTime,
        version: i64,
    }
    GroupRow of groups {
        id: GroupId,
        office_id: OfficeId,
        name: String,
        name_folded: String,
        work_agreements: &'static str,
        created_at: NaiveDateTime,
        version: i64,
    }
    MemberRow of group_members {
        employee_id: EmployeeId,
        group_id: GroupId,
    }
    ClientGroupRow of client_groups {
        id: ClientGroupId,
        office_id: OfficeId,
        name: String,
        name_folded: String,
        email: String,
        created_at: NaiveDateTime,
        version: i64,
    }
    CaseTypeRow of case_types {
        id: CaseTypeId,
        office_id: OfficeId,
        code: String,
        revision: i32,
        created_at: NaiveDateTime,
        version: i64,
    }
    RevisionRow of case_type_revisions {
        id: CaseTypeRevisionId,
        case_type_id: CaseTypeId,
        revision: i32,
        name: String,
        name_folded: String,
        description: String,
        processing_amount: Option<i32>,
        processing_unit: Option<TermUnit>,
        confidentiality: Confidentiality,
        content_hash: String,
        created_at: NaiveDateTime,
    }
    StepTypeRow of step_types {
        id: StepTypeId,
        revision_id: CaseTypeRevisionId,
        position: i32,
        name: String,
        explanation: String,
    }
    CheckTypeRow of check_types {
        id: CheckId,
        step_type_id: StepTypeId,
        position: i32,
        name: String,
        question: String,
        required: bool,
    }
    ResultTypeRow of result_types {
        id: ResultTypeId,
        revision_id: CaseTypeRevisionId,
        position: i32,
        name: String,
        archive_action: ArchiveAction,
        retention_amount: Option<i32>,
        retention_unit: Option<TermUnit>,
    }
    TypeGroupRow of case_type_groups {
        case_type_id: CaseTypeId,
        group_id: GroupId,
    }
    TypeEmployeeRow of case_type_employees {
        case_type_id: CaseTypeId,
        employee_id: EmployeeId,
    }
    DossierRow of dossiers {
        id: DossierId,
        office_id: OfficeId,
        number: String,
        name: String,
        name_folded: String,
        manager_id: Option<EmployeeId>,
        client_group_id: Option<ClientGroupId>,
        visibility: Visibility,
        state: DossierState,
        created_at: NaiveDateTime,
        version: i64,
    }
    GroupRuleRow of dossier_group_rules {
        dossier_id: DossierId,
        group_id: GroupId,
        effect: Effect,
    }
    EmployeeRuleRow of dossier_employee_rules {
        dossier_id: DossierId,
        employee_id: EmployeeId,
        effect: Effect,
    }
    PartyRow of parties {
        id: PartyId,
        dossier_id: DossierId,
        kind: PartyKind,
        name: String,
        role: &'static str,
        email: Option<String>,
        phone: Option<String>,
        address: Option<String>,
        created_at: NaiveDateTime,
        version: i64,
    }
    CaseRow of cases {
        id: CaseId,
        office_id: OfficeId,
        dossier_id: DossierId,
        case_type_id: CaseTypeId,
        revision_id: CaseTypeRevisionId,
        number: String,
        title: String,
        title_folded: String,
        state: CaseState,
        start_date: Day,
        target_date: Option<Day>,
        deadline: Option<Day>,
        coordinator_id: EmployeeId,
        closed_at: Option<NaiveDateTime>,
        closed_by: Option<EmployeeId>,
        result_type_id: Option<ResultTypeId>,
        created_at: NaiveDateTime,
        version: i64,
    }
    SupporterRow of case_supporters {
        case_id: CaseId,
        employee_id: EmployeeId,
    }
    StepRow of case_steps {
        id: StepId,
        case_id: CaseId,
        step_type_id: StepTypeId,
        position: i32,
        state: StepState,
        note: &'static str,
        skip_reason: Option<&'static str>,
        finished_at: Option<NaiveDateTime>,
        finished_by: Option<EmployeeId>,
        version: i64,
    }
    AnswerRow of case_answers {
        step_id: StepId,
        check_id: CheckId,
        answer: Answer,
    }
    TaskRow of tasks {
        id: TaskId,
        office_id: OfficeId,
        case_id: CaseId,
        title: &'static str,
        description: &'static str,
        due_date: Option<Day>,
        state: TaskState,
        holder_id: Option<EmployeeId>,
        tray_id: Option<GroupId>,
        origin_id: Option<GroupId>,
        result: Option<&'static str>,
        created_by: EmployeeId,
        created_at: NaiveDateTime,
        finished_at: Option<NaiveDateTime>,
        finished_by: Option<EmployeeId>,
        version: i64,
    }
    CounterRow of counters {
        office_id: OfficeId,
        kind: &'static str,
        year: i32,
        last: i64,
    }
}
