-- Case types in revisions, who is authorised for them, and cases (C1 to C9).
CREATE TABLE case_types (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    code text NOT NULL,
    revision integer NOT NULL,
    created_at timestamp NOT NULL,
    version bigint NOT NULL,
    UNIQUE (office_id, code)
);

CREATE TABLE case_type_revisions (
    id uuid PRIMARY KEY,
    case_type_id uuid NOT NULL REFERENCES case_types (id),
    revision integer NOT NULL,
    name text NOT NULL,
    name_folded text COLLATE "C" NOT NULL,
    description text NOT NULL,
    processing_amount integer,
    processing_unit text CHECK (processing_unit IN ('day', 'week', 'month', 'year')),
    confidentiality text NOT NULL CHECK (confidentiality IN ('openbaar', 'beperkt_openbaar', 'intern', 'zaakvertrouwelijk', 'vertrouwelijk', 'confidentieel', 'geheim', 'zeer_geheim')),
    content_hash text NOT NULL,
    created_at timestamp NOT NULL,
    UNIQUE (case_type_id, revision)
);

CREATE TABLE step_types (
    id uuid PRIMARY KEY,
    revision_id uuid NOT NULL REFERENCES case_type_revisions (id),
    position integer NOT NULL,
    name text NOT NULL,
    explanation text NOT NULL,
    UNIQUE (revision_id, position)
);

CREATE TABLE check_types (
    id uuid PRIMARY KEY,
    step_type_id uuid NOT NULL REFERENCES step_types (id),
    position integer NOT NULL,
    name text NOT NULL,
    question text NOT NULL,
    required boolean NOT NULL,
    UNIQUE (step_type_id, position)
);

CREATE TABLE result_types (
    id uuid PRIMARY KEY,
    revision_id uuid NOT NULL REFERENCES case_type_revisions (id),
    position integer NOT NULL,
    name text NOT NULL,
    archive_action text NOT NULL CHECK (archive_action IN ('vernietigen', 'blijvend_bewaren')),
    retention_amount integer,
    retention_unit text CHECK (retention_unit IN ('day', 'week', 'month', 'year')),
    UNIQUE (revision_id, position)
);

CREATE TABLE case_type_groups (
    case_type_id uuid NOT NULL REFERENCES case_types (id),
    group_id uuid NOT NULL REFERENCES groups (id),
    PRIMARY KEY (case_type_id, group_id)
);
CREATE INDEX case_type_groups_by_group ON case_type_groups (group_id);

CREATE TABLE case_type_employees (
    case_type_id uuid NOT NULL REFERENCES case_types (id),
    employee_id uuid NOT NULL REFERENCES employees (id),
    PRIMARY KEY (case_type_id, employee_id)
);
CREATE INDEX case_type_employees_by_employee ON case_type_employees (employee_id);

CREATE TABLE cases (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    dossier_id uuid NOT NULL REFERENCES dossiers (id),
    case_type_id uuid NOT NULL REFERENCES case_types (id),
    revision_id uuid NOT NULL REFERENCES case_type_revisions (id),
    number text COLLATE "C" NOT NULL,
    title text NOT NULL,
    title_folded text COLLATE "C" NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'closed')),
    start_date date NOT NULL,
    target_date date,
    deadline date,
    coordinator_id uuid NOT NULL REFERENCES employees (id),
    closed_at timestamp,
    closed_by uuid REFERENCES employees (id),
    result_type_id uuid REFERENCES result_types (id),
    administrative_error text,
    created_at timestamp NOT NULL,
    version bigint NOT NULL,
    UNIQUE (office_id, number)
);
CREATE INDEX cases_by_office ON cases (office_id, id);
CREATE INDEX cases_by_dossier ON cases (dossier_id, id);
CREATE INDEX cases_by_type ON cases (case_type_id, id);
CREATE INDEX cases_by_revision ON cases (revision_id);
CREATE INDEX cases_by_coordinator ON cases (coordinator_id, id);

CREATE TABLE case_supporters (
    case_id uuid NOT NULL REFERENCES cases (id),
    employee_id uuid NOT NULL REFERENCES employees (id),
    PRIMARY KEY (case_id, employee_id)
);
CREATE INDEX case_supporters_by_employee ON case_supporters (employee_id, case_id);

CREATE TABLE case_steps (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES cases (id),
    step_type_id uuid NOT NULL REFERENCES step_types (id),
    position integer NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'closed', 'skipped')),
    note text NOT NULL,
    skip_reason text,
    finished_at timestamp,
    finished_by uuid REFERENCES employees (id),
    version bigint NOT NULL,
    UNIQUE (case_id, position)
);

CREATE TABLE case_answers (
    step_id uuid NOT NULL REFERENCES case_steps (id),
    check_id uuid NOT NULL REFERENCES check_types (id),
    answer text NOT NULL CHECK (answer IN ('yes', 'no')),
    PRIMARY KEY (step_id, check_id)
);
