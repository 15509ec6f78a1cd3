-- Tasks, with an employee or in a group's tray (T1 to T4).
CREATE TABLE tasks (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    office_id BLOB NOT NULL REFERENCES offices (id) CHECK (length(office_id) = 16),
    case_id BLOB NOT NULL REFERENCES cases (id) CHECK (length(case_id) = 16),
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    due_date TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'completed', 'withdrawn')),
    holder_id BLOB REFERENCES employees (id) CHECK (length(holder_id) = 16),
    tray_id BLOB REFERENCES groups (id) CHECK (length(tray_id) = 16),
    origin_id BLOB REFERENCES groups (id) CHECK (length(origin_id) = 16),
    note TEXT,
    result TEXT,
    created_by BLOB NOT NULL REFERENCES employees (id) CHECK (length(created_by) = 16),
    created_at TEXT NOT NULL,
    finished_at TEXT,
    finished_by BLOB REFERENCES employees (id) CHECK (length(finished_by) = 16),
    version INTEGER NOT NULL,
    CHECK (state <> 'open' OR (holder_id IS NULL) <> (tray_id IS NULL))
) STRICT;
CREATE INDEX tasks_by_case ON tasks (case_id, id);
CREATE INDEX tasks_in_tray ON tasks (tray_id, id) WHERE state = 'open';
CREATE INDEX tasks_with_holder ON tasks (holder_id, id) WHERE state = 'open';
