-- Case types in revisions, who is authorised for them, and cases (C1 to C9).
CREATE TABLE case_types (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    office_id BLOB NOT NULL REFERENCES offices (id) CHECK (length(office_id) = 16),
    code TEXT NOT NULL,
    revision INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (office_id, code)
) STRICT;

CREATE TABLE case_type_revisions (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    case_type_id BLOB NOT NULL REFERENCES case_types (id) CHECK (length(case_type_id) = 16),
    revision INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    description TEXT NOT NULL,
    processing_amount INTEGER,
    processing_unit TEXT CHECK (processing_unit IN ('day', 'week', 'month', 'year')),
    confidentiality TEXT NOT NULL CHECK (confidentiality IN ('openbaar', 'beperkt_openbaar', 'intern', 'zaakvertrouwelijk', 'vertrouwelijk', 'confidentieel', 'geheim', 'zeer_geheim')),
    content_hash TEXT NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (case_type_id, revision)
) STRICT;

CREATE TABLE step_types (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    revision_id BLOB NOT NULL REFERENCES case_type_revisions (id) CHECK (length(revision_id) = 16),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    explanation TEXT NOT NULL,
    UNIQUE (revision_id, position)
) STRICT;

CREATE TABLE check_types (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    step_type_id BLOB NOT NULL REFERENCES step_types (id) CHECK (length(step_type_id) = 16),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    question TEXT NOT NULL,
    required INTEGER NOT NULL CHECK (required IN (0, 1)),
    UNIQUE (step_type_id, position)
) STRICT;

CREATE TABLE result_types (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    revision_id BLOB NOT NULL REFERENCES case_type_revisions (id) CHECK (length(revision_id) = 16),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    archive_action TEXT NOT NULL CHECK (archive_action IN ('vernietigen', 'blijvend_bewaren')),
    retention_amount INTEGER,
    retention_unit TEXT CHECK (retention_unit IN ('day', 'week', 'month', 'year')),
    UNIQUE (revision_id, position)
) STRICT;

CREATE TABLE case_type_groups (
    case_type_id BLOB NOT NULL REFERENCES case_types (id) CHECK (length(case_type_id) = 16),
    group_id BLOB NOT NULL REFERENCES groups (id) CHECK (length(group_id) = 16),
    PRIMARY KEY (case_type_id, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_type_groups_by_group ON case_type_groups (group_id);

CREATE TABLE case_type_employees (
    case_type_id BLOB NOT NULL REFERENCES case_types (id) CHECK (length(case_type_id) = 16),
    employee_id BLOB NOT NULL REFERENCES employees (id) CHECK (length(employee_id) = 16),
    PRIMARY KEY (case_type_id, employee_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_type_employees_by_employee ON case_type_employees (employee_id);

CREATE TABLE cases (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    office_id BLOB NOT NULL REFERENCES offices (id) CHECK (length(office_id) = 16),
    dossier_id BLOB NOT NULL REFERENCES dossiers (id) CHECK (length(dossier_id) = 16),
    case_type_id BLOB NOT NULL REFERENCES case_types (id) CHECK (length(case_type_id) = 16),
    revision_id BLOB NOT NULL REFERENCES case_type_revisions (id) CHECK (length(revision_id) = 16),
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    title_folded TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    start_date TEXT NOT NULL,
    target_date TEXT,
    deadline TEXT,
    coordinator_id BLOB NOT NULL REFERENCES employees (id) CHECK (length(coordinator_id) = 16),
    closed_at TEXT,
    closed_by BLOB REFERENCES employees (id) CHECK (length(closed_by) = 16),
    result_type_id BLOB REFERENCES result_types (id) CHECK (length(result_type_id) = 16),
    administrative_error TEXT,
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (office_id, number)
) STRICT;
CREATE INDEX cases_by_office ON cases (office_id, id);
CREATE INDEX cases_by_dossier ON cases (dossier_id, id);
CREATE INDEX cases_by_type ON cases (case_type_id, id);
CREATE INDEX cases_by_revision ON cases (revision_id);
CREATE INDEX cases_by_coordinator ON cases (coordinator_id, id);

CREATE TABLE case_supporters (
    case_id BLOB NOT NULL REFERENCES cases (id) CHECK (length(case_id) = 16),
    employee_id BLOB NOT NULL REFERENCES employees (id) CHECK (length(employee_id) = 16),
    PRIMARY KEY (case_id, employee_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_supporters_by_employee ON case_supporters (employee_id, case_id);

CREATE TABLE case_steps (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    case_id BLOB NOT NULL REFERENCES cases (id) CHECK (length(case_id) = 16),
    step_type_id BLOB NOT NULL REFERENCES step_types (id) CHECK (length(step_type_id) = 16),
    position INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'skipped')),
    note TEXT NOT NULL,
    skip_reason TEXT,
    finished_at TEXT,
    finished_by BLOB REFERENCES employees (id) CHECK (length(finished_by) = 16),
    version INTEGER NOT NULL,
    UNIQUE (case_id, position)
) STRICT;

CREATE TABLE case_answers (
    step_id BLOB NOT NULL REFERENCES case_steps (id) CHECK (length(step_id) = 16),
    check_id BLOB NOT NULL REFERENCES check_types (id) CHECK (length(check_id) = 16),
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'no')),
    PRIMARY KEY (step_id, check_id)
) STRICT, WITHOUT ROWID;
