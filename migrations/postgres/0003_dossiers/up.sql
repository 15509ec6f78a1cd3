-- Dossiers and who has access to them (D1 to D3).
CREATE TABLE dossiers (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    number text COLLATE "C" NOT NULL,
    name text NOT NULL,
    name_folded text COLLATE "C" NOT NULL,
    manager_id uuid REFERENCES employees (id),
    client_group_id uuid REFERENCES client_groups (id),
    visibility text NOT NULL CHECK (visibility IN ('office', 'restricted')),
    state text NOT NULL CHECK (state IN ('active', 'archived')),
    created_at timestamp NOT NULL,
    version bigint NOT NULL,
    UNIQUE (office_id, number)
);
CREATE INDEX dossiers_by_office ON dossiers (office_id, id);
CREATE INDEX dossiers_by_manager ON dossiers (manager_id, id);
CREATE INDEX dossiers_by_client_group ON dossiers (client_group_id, id);
CREATE INDEX dossiers_open_to_office ON dossiers (office_id, id) WHERE visibility = 'office';

CREATE TABLE dossier_employee_rules (
    dossier_id uuid NOT NULL REFERENCES dossiers (id),
    employee_id uuid NOT NULL REFERENCES employees (id),
    effect text NOT NULL CHECK (effect IN ('allow', 'deny')),
    PRIMARY KEY (dossier_id, employee_id)
);
CREATE INDEX dossier_employee_rules_by_employee ON dossier_employee_rules (employee_id, dossier_id);

CREATE TABLE dossier_group_rules (
    dossier_id uuid NOT NULL REFERENCES dossiers (id),
    group_id uuid NOT NULL REFERENCES groups (id),
    effect text NOT NULL CHECK (effect IN ('allow', 'deny')),
    PRIMARY KEY (dossier_id, group_id)
);
CREATE INDEX dossier_group_rules_allowing ON dossier_group_rules (group_id, dossier_id) WHERE effect = 'allow';
CREATE INDEX dossier_group_rules_denying ON dossier_group_rules (group_id, dossier_id) WHERE effect = 'deny';
