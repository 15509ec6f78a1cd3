-- Dossiers and who has access to them (D1 to D3).
CREATE TABLE dossiers (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    office_id BLOB NOT NULL REFERENCES offices (id) CHECK (length(office_id) = 16),
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    manager_id BLOB REFERENCES employees (id) CHECK (length(manager_id) = 16),
    client_group_id BLOB REFERENCES client_groups (id) CHECK (length(client_group_id) = 16),
    visibility TEXT NOT NULL CHECK (visibility IN ('office', 'restricted')),
    state TEXT NOT NULL CHECK (state IN ('active', 'archived')),
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (office_id, number)
) STRICT;
CREATE INDEX dossiers_by_office ON dossiers (office_id, id);
CREATE INDEX dossiers_by_manager ON dossiers (manager_id, id);
CREATE INDEX dossiers_by_client_group ON dossiers (client_group_id, id);
CREATE INDEX dossiers_open_to_office ON dossiers (office_id, id) WHERE visibility = 'office';

CREATE TABLE dossier_employee_rules (
    dossier_id BLOB NOT NULL REFERENCES dossiers (id) CHECK (length(dossier_id) = 16),
    employee_id BLOB NOT NULL REFERENCES employees (id) CHECK (length(employee_id) = 16),
    effect TEXT NOT NULL CHECK (effect IN ('allow', 'deny')),
    PRIMARY KEY (dossier_id, employee_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_employee_rules_by_employee ON dossier_employee_rules (employee_id, dossier_id);

CREATE TABLE dossier_group_rules (
    dossier_id BLOB NOT NULL REFERENCES dossiers (id) CHECK (length(dossier_id) = 16),
    group_id BLOB NOT NULL REFERENCES groups (id) CHECK (length(group_id) = 16),
    effect TEXT NOT NULL CHECK (effect IN ('allow', 'deny')),
    PRIMARY KEY (dossier_id, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_group_rules_allowing ON dossier_group_rules (group_id, dossier_id) WHERE effect = 'allow';
CREATE INDEX dossier_group_rules_denying ON dossier_group_rules (group_id, dossier_id) WHERE effect = 'deny';
