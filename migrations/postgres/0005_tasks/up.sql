-- Tasks, with an employee or in a group's tray (T1 to T4).
CREATE TABLE tasks (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    case_id uuid NOT NULL REFERENCES cases (id),
    title text NOT NULL,
    description text NOT NULL,
    due_date date,
    state text NOT NULL CHECK (state IN ('open', 'completed', 'withdrawn')),
    holder_id uuid REFERENCES employees (id),
    tray_id uuid REFERENCES groups (id),
    origin_id uuid REFERENCES groups (id),
    note text,
    result text,
    created_by uuid NOT NULL REFERENCES employees (id),
    created_at timestamp NOT NULL,
    finished_at timestamp,
    finished_by uuid REFERENCES employees (id),
    version bigint NOT NULL,
    CHECK (state <> 'open' OR (holder_id IS NULL) <> (tray_id IS NULL))
);
CREATE INDEX tasks_by_case ON tasks (case_id, id);
CREATE INDEX tasks_in_tray ON tasks (tray_id, id) WHERE state = 'open';
CREATE INDEX tasks_with_holder ON tasks (holder_id, id) WHERE state = 'open';
