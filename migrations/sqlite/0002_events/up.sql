-- The log of every change (E1), the mails that follow from it, and what makes a repeated POST harmless.
CREATE TABLE events (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    office_id BLOB REFERENCES offices (id) CHECK (length(office_id) = 16),
    at TEXT NOT NULL,
    actor_id BLOB REFERENCES employees (id) CHECK (length(actor_id) = 16),
    address TEXT NOT NULL,
    kind TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id BLOB CHECK (length(object_id) = 16),
    old_values TEXT,
    new_values TEXT,
    reason TEXT
) STRICT;
CREATE INDEX events_by_object ON events (object_id, id);
CREATE INDEX events_by_office ON events (office_id, id);

CREATE TABLE mails (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    office_id BLOB NOT NULL REFERENCES offices (id) CHECK (length(office_id) = 16),
    event_id BLOB NOT NULL REFERENCES events (id) CHECK (length(event_id) = 16),
    kind TEXT NOT NULL,
    recipient_id BLOB NOT NULL REFERENCES employees (id) CHECK (length(recipient_id) = 16),
    params TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'dead', 'cancelled')),
    attempts INTEGER NOT NULL,
    due_at TEXT NOT NULL,
    leased_until TEXT,
    lease TEXT,
    last_error TEXT,
    created_at TEXT NOT NULL,
    sent_at TEXT,
    UNIQUE (event_id, kind, recipient_id)
) STRICT;
CREATE INDEX mails_due ON mails (due_at, id) WHERE state = 'queued';
CREATE INDEX mails_by_office ON mails (office_id, id);
CREATE INDEX mails_by_recipient ON mails (recipient_id);

CREATE TABLE idempotency_keys (
    employee_id BLOB NOT NULL REFERENCES employees (id) CHECK (length(employee_id) = 16),
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    etag TEXT,
    location TEXT,
    created_at TEXT NOT NULL,
    PRIMARY KEY (employee_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- The last number given out, per office, kind and year (D1, C3).
CREATE TABLE counters (
    office_id BLOB NOT NULL REFERENCES offices (id) CHECK (length(office_id) = 16),
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (office_id, kind, year)
) STRICT, WITHOUT ROWID;
