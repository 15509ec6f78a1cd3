-- Offices and the people who work for them (P1, P2, S1, S2, S7, G1 to G4, T5).
CREATE TABLE offices (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    code TEXT NOT NULL,
    code_folded TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    default_visibility TEXT NOT NULL CHECK (default_visibility IN ('office', 'restricted')),
    only_administrators_create_dossiers INTEGER NOT NULL CHECK (only_administrators_create_dossiers IN (0, 1)),
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE employees (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    office_id BLOB NOT NULL REFERENCES offices (id) CHECK (length(office_id) = 16),
    username TEXT NOT NULL,
    username_folded TEXT NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    email TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('nl', 'en')),
    state TEXT NOT NULL CHECK (state IN ('active', 'locked', 'deactivated')),
    role_local_admin INTEGER NOT NULL CHECK (role_local_admin IN (0, 1)),
    role_helpdesk INTEGER NOT NULL CHECK (role_helpdesk IN (0, 1)),
    role_superuser INTEGER NOT NULL CHECK (role_superuser IN (0, 1)),
    role_records INTEGER NOT NULL CHECK (role_records IN (0, 1)),
    password_hash TEXT,
    temporary_hash TEXT,
    temporary_expires_at TEXT,
    failed_attempts INTEGER NOT NULL,
    locked_at TEXT,
    last_sign_in_at TEXT,
    tray_mails INTEGER NOT NULL CHECK (tray_mails IN (0, 1)),
    preferences_version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (office_id, username_folded)
) STRICT;
CREATE INDEX employees_by_name ON employees (office_id, name_folded, id);

CREATE TABLE groups (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    office_id BLOB NOT NULL REFERENCES offices (id) CHECK (length(office_id) = 16),
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    work_agreements TEXT NOT NULL,
    reminder_hours INTEGER,
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX groups_by_name ON groups (office_id, name_folded, id);

CREATE TABLE group_members (
    employee_id BLOB NOT NULL REFERENCES employees (id) CHECK (length(employee_id) = 16),
    group_id BLOB NOT NULL REFERENCES groups (id) CHECK (length(group_id) = 16),
    PRIMARY KEY (employee_id, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_members_by_group ON group_members (group_id, employee_id);

-- Whose mails of which tray are switched off (T5).
CREATE TABLE quiet_trays (
    employee_id BLOB NOT NULL REFERENCES employees (id) CHECK (length(employee_id) = 16),
    group_id BLOB NOT NULL REFERENCES groups (id) CHECK (length(group_id) = 16),
    PRIMARY KEY (employee_id, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX quiet_trays_by_group ON quiet_trays (group_id);

CREATE TABLE client_groups (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    office_id BLOB NOT NULL REFERENCES offices (id) CHECK (length(office_id) = 16),
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    email TEXT NOT NULL,
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX client_groups_by_name ON client_groups (office_id, name_folded, id);

CREATE TABLE sessions (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    employee_id BLOB NOT NULL REFERENCES employees (id) CHECK (length(employee_id) = 16),
    kind TEXT NOT NULL CHECK (kind IN ('full', 'password-only')),
    created_at TEXT NOT NULL,
    last_used_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at TEXT,
    user_agent TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_employee ON sessions (employee_id);

-- Only the hash of a refresh token is kept (S7).
CREATE TABLE refresh_tokens (
    hash TEXT PRIMARY KEY NOT NULL,
    session_id BLOB NOT NULL REFERENCES sessions (id) CHECK (length(session_id) = 16),
    issued_at TEXT NOT NULL,
    used_at TEXT
) STRICT;
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);
