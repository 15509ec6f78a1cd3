-- Offices and the people who work for them (P1, P2, S1, S2, S7, G1 to G4, T5).
CREATE TABLE offices (
    id uuid PRIMARY KEY,
    code text NOT NULL,
    code_folded text COLLATE "C" NOT NULL UNIQUE,
    name text NOT NULL,
    email text NOT NULL,
    default_visibility text NOT NULL CHECK (default_visibility IN ('office', 'restricted')),
    only_administrators_create_dossiers boolean NOT NULL,
    created_at timestamp NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE employees (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    username text NOT NULL,
    username_folded text COLLATE "C" NOT NULL,
    name text NOT NULL,
    name_folded text COLLATE "C" NOT NULL,
    email text NOT NULL,
    language text NOT NULL CHECK (language IN ('nl', 'en')),
    state text NOT NULL CHECK (state IN ('active', 'locked', 'deactivated')),
    role_local_admin boolean NOT NULL,
    role_helpdesk boolean NOT NULL,
    role_superuser boolean NOT NULL,
    role_records boolean NOT NULL,
    password_hash text,
    temporary_hash text,
    temporary_expires_at timestamp,
    failed_attempts integer NOT NULL,
    locked_at timestamp,
    last_sign_in_at timestamp,
    tray_mails boolean NOT NULL,
    preferences_version bigint NOT NULL,
    created_at timestamp NOT NULL,
    version bigint NOT NULL,
    UNIQUE (office_id, username_folded)
);
CREATE INDEX employees_by_name ON employees (office_id, name_folded, id);

CREATE TABLE groups (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    name text NOT NULL,
    name_folded text COLLATE "C" NOT NULL,
    work_agreements text NOT NULL,
    reminder_hours integer,
    created_at timestamp NOT NULL,
    version bigint NOT NULL
);
CREATE INDEX groups_by_name ON groups (office_id, name_folded, id);

CREATE TABLE group_members (
    employee_id uuid NOT NULL REFERENCES employees (id),
    group_id uuid NOT NULL REFERENCES groups (id),
    PRIMARY KEY (employee_id, group_id)
);
CREATE INDEX group_members_by_group ON group_members (group_id, employee_id);

-- Whose mails of which tray are switched off (T5).
CREATE TABLE quiet_trays (
    employee_id uuid NOT NULL REFERENCES employees (id),
    group_id uuid NOT NULL REFERENCES groups (id),
    PRIMARY KEY (employee_id, group_id)
);
CREATE INDEX quiet_trays_by_group ON quiet_trays (group_id);

CREATE TABLE client_groups (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    name text NOT NULL,
    name_folded text COLLATE "C" NOT NULL,
    email text NOT NULL,
    created_at timestamp NOT NULL,
    version bigint NOT NULL
);
CREATE INDEX client_groups_by_name ON client_groups (office_id, name_folded, id);

CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    employee_id uuid NOT NULL REFERENCES employees (id),
    kind text NOT NULL CHECK (kind IN ('full', 'password-only')),
    created_at timestamp NOT NULL,
    last_used_at timestamp NOT NULL,
    expires_at timestamp NOT NULL,
    ended_at timestamp,
    user_agent text NOT NULL,
    address text NOT NULL
);
CREATE INDEX sessions_by_employee ON sessions (employee_id);

-- Only the hash of a refresh token is kept (S7).
CREATE TABLE refresh_tokens (
    hash text PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES sessions (id),
    issued_at timestamp NOT NULL,
    used_at timestamp
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);
