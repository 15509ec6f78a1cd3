//! The tables as Diesel knows them. A test compares this with what the migrations build on both databases.

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    offices (id) {
        id -> Id,
        code -> Text,
        code_folded -> Text,
        name -> Text,
        email -> Text,
        default_visibility -> Text,
        only_administrators_create_dossiers -> Bool,
        created_at -> Timestamp,
        version -> BigInt,
        platform -> Bool,
        factor_everyone -> Bool,
        factor_local_admin -> Bool,
        factor_helpdesk -> Bool,
        factor_superuser -> Bool,
        factor_records -> Bool,
        factor_version -> BigInt,
        contact_name -> Text,
        contact_phone -> Text,
        contact_email -> Text,
        networks_enforced -> Bool,
        networks_version -> BigInt,
        outside_text -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    office_networks (office_id, position) {
        office_id -> Id,
        position -> Integer,
        label -> Text,
        cidr -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    employees (id) {
        id -> Id,
        office_id -> Id,
        username -> Text,
        username_folded -> Text,
        name -> Text,
        name_folded -> Text,
        email -> Text,
        language -> Text,
        state -> Text,
        role_local_admin -> Bool,
        role_helpdesk -> Bool,
        role_superuser -> Bool,
        role_records -> Bool,
        password_hash -> Nullable<Text>,
        temporary_hash -> Nullable<Text>,
        temporary_expires_at -> Nullable<Timestamp>,
        failed_attempts -> Integer,
        locked_at -> Nullable<Timestamp>,
        last_sign_in_at -> Nullable<Timestamp>,
        tray_mails -> Bool,
        preferences_version -> BigInt,
        created_at -> Timestamp,
        version -> BigInt,
        reset_hash -> Nullable<Text>,
        reset_expires_at -> Nullable<Timestamp>,
        locked_address -> Nullable<Text>,
        lock_mail_due -> Bool,
        mails_failed -> Integer,
        mail_failed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    groups (id) {
        id -> Id,
        office_id -> Id,
        name -> Text,
        name_folded -> Text,
        work_agreements -> Text,
        reminder_hours -> Nullable<Integer>,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    group_members (employee_id, group_id) {
        employee_id -> Id,
        group_id -> Id,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    quiet_trays (employee_id, group_id) {
        employee_id -> Id,
        group_id -> Id,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    client_groups (id) {
        id -> Id,
        office_id -> Id,
        name -> Text,
        name_folded -> Text,
        email -> Text,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    sessions (id) {
        id -> Id,
        employee_id -> Id,
        kind -> Text,
        created_at -> Timestamp,
        last_used_at -> Timestamp,
        expires_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        user_agent -> Text,
        address -> Text,
        second_factor -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    second_factors (employee_id) {
        employee_id -> Id,
        secret -> Nullable<Text>,
        pending_secret -> Nullable<Text>,
        confirmed_at -> Nullable<Timestamp>,
        last_step -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    recovery_codes (employee_id, hash) {
        employee_id -> Id,
        hash -> Text,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    refresh_tokens (hash) {
        hash -> Text,
        session_id -> Id,
        issued_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    events (id) {
        id -> Id,
        office_id -> Nullable<Id>,
        at -> Timestamp,
        actor_id -> Nullable<Id>,
        address -> Text,
        kind -> Text,
        object_kind -> Text,
        object_id -> Nullable<Id>,
        old_values -> Nullable<Text>,
        new_values -> Nullable<Text>,
        reason -> Nullable<Text>,
        support_session_id -> Nullable<Id>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    support_sessions (id) {
        id -> Id,
        office_id -> Id,
        session_id -> Id,
        employee_id -> Id,
        reason -> Text,
        started_at -> Timestamp,
        expires_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    mails (id) {
        id -> Id,
        office_id -> Id,
        event_id -> Id,
        kind -> Text,
        recipient_id -> Nullable<Id>,
        address -> Nullable<Text>,
        params -> Text,
        state -> Text,
        attempts -> Integer,
        due_at -> Timestamp,
        leased_until -> Nullable<Timestamp>,
        lease -> Nullable<Text>,
        last_error -> Nullable<Text>,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    idempotency_keys (employee_id, key) {
        employee_id -> Id,
        key -> Text,
        request_hash -> Text,
        status -> Integer,
        body -> Text,
        etag -> Nullable<Text>,
        location -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    counters (office_id, kind, year) {
        office_id -> Id,
        kind -> Text,
        year -> Integer,
        last -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    dossiers (id) {
        id -> Id,
        office_id -> Id,
        number -> Text,
        name -> Text,
        name_folded -> Text,
        manager_id -> Nullable<Id>,
        client_group_id -> Nullable<Id>,
        visibility -> Text,
        state -> Text,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    dossier_employee_rules (dossier_id, employee_id) {
        dossier_id -> Id,
        employee_id -> Id,
        effect -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    dossier_group_rules (dossier_id, group_id) {
        dossier_id -> Id,
        group_id -> Id,
        effect -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    case_types (id) {
        id -> Id,
        office_id -> Id,
        code -> Text,
        revision -> Integer,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    case_type_revisions (id) {
        id -> Id,
        case_type_id -> Id,
        revision -> Integer,
        name -> Text,
        name_folded -> Text,
        description -> Text,
        processing_amount -> Nullable<Integer>,
        processing_unit -> Nullable<Text>,
        confidentiality -> Text,
        content_hash -> Text,
        created_at -> Timestamp,
        order_corrected -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    step_types (id) {
        id -> Id,
        revision_id -> Id,
        position -> Integer,
        name -> Text,
        explanation -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    check_types (id) {
        id -> Id,
        step_type_id -> Id,
        position -> Integer,
        name -> Text,
        question -> Text,
        required -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    result_types (id) {
        id -> Id,
        revision_id -> Id,
        position -> Integer,
        name -> Text,
        archive_action -> Text,
        retention_amount -> Nullable<Integer>,
        retention_unit -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    case_type_groups (case_type_id, group_id) {
        case_type_id -> Id,
        group_id -> Id,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    case_type_employees (case_type_id, employee_id) {
        case_type_id -> Id,
        employee_id -> Id,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    cases (id) {
        id -> Id,
        office_id -> Id,
        dossier_id -> Id,
        case_type_id -> Id,
        revision_id -> Id,
        number -> Text,
        title -> Text,
        title_folded -> Text,
        state -> Text,
        start_date -> Date,
        target_date -> Nullable<Date>,
        deadline -> Nullable<Date>,
        coordinator_id -> Id,
        closed_at -> Nullable<Timestamp>,
        closed_by -> Nullable<Id>,
        result_type_id -> Nullable<Id>,
        administrative_error -> Nullable<Text>,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    case_supporters (case_id, employee_id) {
        case_id -> Id,
        employee_id -> Id,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    case_steps (id) {
        id -> Id,
        case_id -> Id,
        step_type_id -> Id,
        position -> Integer,
        state -> Text,
        note -> Text,
        skip_reason -> Nullable<Text>,
        finished_at -> Nullable<Timestamp>,
        finished_by -> Nullable<Id>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    case_answers (step_id, check_id) {
        step_id -> Id,
        check_id -> Id,
        answer -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    case_ways (via_id, case_id, kind) {
        via_id -> Id,
        case_id -> Id,
        kind -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    tasks (id) {
        id -> Id,
        office_id -> Id,
        case_id -> Id,
        title -> Text,
        description -> Text,
        due_date -> Nullable<Date>,
        state -> Text,
        holder_id -> Nullable<Id>,
        tray_id -> Nullable<Id>,
        origin_id -> Nullable<Id>,
        note -> Nullable<Text>,
        result -> Nullable<Text>,
        created_by -> Id,
        created_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
        finished_by -> Nullable<Id>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    messages (id) {
        id -> Id,
        dossier_id -> Id,
        author_id -> Id,
        at -> Timestamp,
        body -> Text,
        recipient_kind -> Text,
        recipient_id -> Nullable<Id>,
        recipient_name -> Text,
        address -> Text,
        mail_id -> Id,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    parties (id) {
        id -> Id,
        dossier_id -> Id,
        kind -> Text,
        name -> Text,
        role -> Text,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        address -> Nullable<Text>,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    reads (dossier_id, id) {
        dossier_id -> Id,
        id -> Id,
        employee_id -> Id,
        case_id -> Nullable<Id>,
        at -> Timestamp,
        content -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use contract::ids::sql::Id;

    password_resets (id) {
        id -> Id,
        username -> Text,
        address -> Text,
        created_at -> Timestamp,
    }
}

diesel::joinable!(office_networks -> offices (office_id));
diesel::joinable!(employees -> offices (office_id));
diesel::joinable!(groups -> offices (office_id));
diesel::joinable!(group_members -> employees (employee_id));
diesel::joinable!(group_members -> groups (group_id));
diesel::joinable!(quiet_trays -> employees (employee_id));
diesel::joinable!(quiet_trays -> groups (group_id));
diesel::joinable!(client_groups -> offices (office_id));
diesel::joinable!(sessions -> employees (employee_id));
diesel::joinable!(second_factors -> employees (employee_id));
diesel::joinable!(recovery_codes -> employees (employee_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(events -> offices (office_id));
diesel::joinable!(events -> employees (actor_id));
diesel::joinable!(support_sessions -> offices (office_id));
diesel::joinable!(support_sessions -> employees (employee_id));
diesel::joinable!(mails -> offices (office_id));
diesel::joinable!(mails -> events (event_id));
diesel::joinable!(mails -> employees (recipient_id));
diesel::joinable!(idempotency_keys -> employees (employee_id));
diesel::joinable!(counters -> offices (office_id));
diesel::joinable!(dossiers -> offices (office_id));
diesel::joinable!(dossiers -> employees (manager_id));
diesel::joinable!(dossiers -> client_groups (client_group_id));
diesel::joinable!(dossier_employee_rules -> dossiers (dossier_id));
diesel::joinable!(dossier_employee_rules -> employees (employee_id));
diesel::joinable!(dossier_group_rules -> dossiers (dossier_id));
diesel::joinable!(dossier_group_rules -> groups (group_id));
diesel::joinable!(case_types -> offices (office_id));
diesel::joinable!(case_type_revisions -> case_types (case_type_id));
diesel::joinable!(step_types -> case_type_revisions (revision_id));
diesel::joinable!(check_types -> step_types (step_type_id));
diesel::joinable!(result_types -> case_type_revisions (revision_id));
diesel::joinable!(case_type_groups -> case_types (case_type_id));
diesel::joinable!(case_type_groups -> groups (group_id));
diesel::joinable!(case_type_employees -> case_types (case_type_id));
diesel::joinable!(case_type_employees -> employees (employee_id));
diesel::joinable!(cases -> offices (office_id));
diesel::joinable!(cases -> dossiers (dossier_id));
diesel::joinable!(cases -> case_types (case_type_id));
diesel::joinable!(cases -> case_type_revisions (revision_id));
diesel::joinable!(cases -> result_types (result_type_id));
diesel::joinable!(case_supporters -> cases (case_id));
diesel::joinable!(case_supporters -> employees (employee_id));
diesel::joinable!(case_steps -> cases (case_id));
diesel::joinable!(case_steps -> step_types (step_type_id));
diesel::joinable!(case_steps -> employees (finished_by));
diesel::joinable!(case_answers -> case_steps (step_id));
diesel::joinable!(case_answers -> check_types (check_id));
diesel::joinable!(tasks -> offices (office_id));
diesel::joinable!(tasks -> cases (case_id));
diesel::joinable!(messages -> dossiers (dossier_id));
diesel::joinable!(messages -> employees (author_id));
diesel::joinable!(messages -> mails (mail_id));
diesel::joinable!(parties -> dossiers (dossier_id));

diesel::allow_tables_to_appear_in_same_query!(
    offices,
    office_networks,
    employees,
    groups,
    group_members,
    quiet_trays,
    client_groups,
    sessions,
    second_factors,
    recovery_codes,
    refresh_tokens,
    events,
    support_sessions,
    mails,
    idempotency_keys,
    counters,
    dossiers,
    dossier_employee_rules,
    dossier_group_rules,
    case_types,
    case_ways,
    case_type_revisions,
    step_types,
    check_types,
    result_types,
    case_type_groups,
    case_type_employees,
    cases,
    case_supporters,
    case_steps,
    case_answers,
    tasks,
    messages,
    parties,
    reads,
);
