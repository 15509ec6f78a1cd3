//! What people read for the values of the contract's enumerations.

use contract::{
    ArchiveAction, CasePart, CaseState, Confidentiality, DossierState, Effect, EmployeeState, ItemOutcome,
    Language, MailState, PartyKind, ReadContent, RecipientKind, Role, RuleAction, StepState, TaskState, Term,
    TermUnit, Visibility, WorkKind,
};

use super::{t, tn};

pub fn employee_state(state: EmployeeState) -> &'static str {
    match state {
        EmployeeState::Active => t!(words.employee_active),
        EmployeeState::Locked => t!(words.employee_locked),
        EmployeeState::Deactivated => t!(words.employee_deactivated),
    }
}

pub fn role(role: Role) -> &'static str {
    match role {
        Role::LocalAdmin => t!(words.role_local_admin),
        Role::Helpdesk => t!(words.role_helpdesk),
        Role::Superuser => t!(words.role_superuser),
        Role::Records => t!(words.role_records),
    }
}

/// What someone with this role does.
pub fn role_explained(role: Role) -> &'static str {
    match role {
        Role::LocalAdmin => t!(words.role_local_admin_hint),
        Role::Helpdesk => t!(words.role_helpdesk_hint),
        Role::Superuser => t!(words.role_superuser_hint),
        Role::Records => t!(words.role_records_hint),
    }
}

/// In the language itself, so that someone who reads no other finds it.
pub fn language(language: Language) -> &'static str {
    match language {
        Language::Dutch => "Nederlands",
        Language::English => "English",
    }
}

pub fn visibility(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Office => t!(words.visibility_office),
        Visibility::Restricted => t!(words.visibility_restricted),
    }
}

pub fn dossier_state(state: DossierState) -> &'static str {
    match state {
        DossierState::Active => t!(words.dossier_active),
        DossierState::Archived => t!(words.dossier_archived),
    }
}

pub fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Allow => t!(words.effect_allow),
        Effect::Deny => t!(words.effect_deny),
    }
}

pub fn case_state(state: CaseState) -> &'static str {
    match state {
        CaseState::Open => t!(words.case_open),
        CaseState::Closed => t!(words.case_closed),
    }
}

pub fn case_part(part: CasePart) -> &'static str {
    match part {
        CasePart::Coordinator => t!(words.part_coordinator),
        CasePart::Supporter => t!(words.part_supporter),
    }
}

pub fn step_state(state: StepState) -> &'static str {
    match state {
        StepState::Open => t!(words.step_open),
        StepState::Closed => t!(words.step_closed),
        StepState::Skipped => t!(words.step_skipped),
    }
}

pub fn task_state(state: TaskState) -> &'static str {
    match state {
        TaskState::Open => t!(words.task_open),
        TaskState::Completed => t!(words.task_completed),
        TaskState::Withdrawn => t!(words.task_withdrawn),
    }
}

pub fn confidentiality(confidentiality: Confidentiality) -> &'static str {
    match confidentiality {
        Confidentiality::Public => t!(words.confidentiality_public),
        Confidentiality::RestrictedPublic => t!(words.confidentiality_restricted_public),
        Confidentiality::Internal => t!(words.confidentiality_internal),
        Confidentiality::CaseConfidential => t!(words.confidentiality_case),
        Confidentiality::Confidential => t!(words.confidentiality_confidential),
        Confidentiality::StrictlyConfidential => t!(words.confidentiality_strictly),
        Confidentiality::Secret => t!(words.confidentiality_secret),
        Confidentiality::TopSecret => t!(words.confidentiality_top_secret),
    }
}

pub fn archive_action(action: ArchiveAction) -> &'static str {
    match action {
        ArchiveAction::Destroy => t!(words.archive_destroy),
        ArchiveAction::Keep => t!(words.archive_keep),
    }
}

/// "8 weken".
pub fn term(term: &Term) -> String {
    match term.unit {
        TermUnit::Day => tn!(term.amount, words.one_day, words.days),
        TermUnit::Week => tn!(term.amount, words.one_week, words.weeks),
        TermUnit::Month => tn!(term.amount, words.one_month, words.months),
        TermUnit::Year => tn!(term.amount, words.one_year, words.years),
    }
}

pub fn work_kind(kind: WorkKind) -> &'static str {
    match kind {
        WorkKind::Coordinator => t!(words.work_coordinator),
        WorkKind::Supporter => t!(words.work_supporter),
        WorkKind::Task => t!(words.work_task),
        WorkKind::DossierManager => t!(words.work_dossier_manager),
    }
}

pub fn rule_action(action: RuleAction) -> &'static str {
    match action {
        RuleAction::Allow => t!(words.action_allow),
        RuleAction::Deny => t!(words.action_deny),
        RuleAction::Remove => t!(words.action_remove),
    }
}

pub fn item_outcome(outcome: ItemOutcome) -> &'static str {
    match outcome {
        ItemOutcome::Changed => t!(words.outcome_changed),
        ItemOutcome::Unchanged => t!(words.outcome_unchanged),
        ItemOutcome::NotFound => t!(words.outcome_not_found),
        ItemOutcome::Forbidden => t!(words.outcome_forbidden),
        ItemOutcome::Archived => t!(words.outcome_archived),
    }
}

pub fn recipient_kind(kind: RecipientKind) -> &'static str {
    match kind {
        RecipientKind::Manager => t!(words.recipient_manager),
        RecipientKind::ClientGroup => t!(words.recipient_client_group),
        RecipientKind::Office => t!(words.recipient_office),
    }
}

pub fn mail_state(state: MailState) -> &'static str {
    match state {
        MailState::Queued => t!(words.mail_queued),
        MailState::Sent => t!(words.mail_sent),
        MailState::Failed => t!(words.mail_failed),
        MailState::Cancelled => t!(words.mail_cancelled),
    }
}

pub fn party_kind(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::Person => t!(words.party_person),
        PartyKind::Organisation => t!(words.party_organisation),
    }
}

/// What someone read (E2).
pub fn read_content(content: ReadContent) -> &'static str {
    match content {
        ReadContent::Dossier => t!(words.read_dossier),
        ReadContent::Messages => t!(words.read_messages),
        ReadContent::Parties => t!(words.read_parties),
        ReadContent::Export => t!(words.read_export),
        ReadContent::Case => t!(words.read_case),
        ReadContent::Tasks => t!(words.read_tasks),
    }
}
