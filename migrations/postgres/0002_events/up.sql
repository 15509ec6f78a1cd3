-- The log of every change (E1), the mails that follow from it, and what makes a repeated POST harmless.
CREATE TABLE events (
    id uuid PRIMARY KEY,
    office_id uuid REFERENCES offices (id),
    at timestamp NOT NULL,
    actor_id uuid REFERENCES employees (id),
    address text NOT NULL,
    kind text NOT NULL,
    object_kind text NOT NULL,
    object_id uuid,
    old_values text,
    new_values text,
    reason text
);
CREATE INDEX events_by_object ON events (object_id, id);
CREATE INDEX events_by_office ON events (office_id, id);

CREATE TABLE mails (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    event_id uuid NOT NULL REFERENCES events (id),
    kind text NOT NULL,
    recipient_id uuid NOT NULL REFERENCES employees (id),
    params text NOT NULL,
    state text NOT NULL CHECK (state IN ('queued', 'sent', 'dead', 'cancelled')),
    attempts integer NOT NULL,
    due_at timestamp NOT NULL,
    leased_until timestamp,
    lease text,
    last_error text,
    created_at timestamp NOT NULL,
    sent_at timestamp,
    UNIQUE (event_id, kind, recipient_id)
);
CREATE INDEX mails_due ON mails (due_at, id) WHERE state = 'queued';
CREATE INDEX mails_by_office ON mails (office_id, id);
CREATE INDEX mails_by_recipient ON mails (recipient_id);

CREATE TABLE idempotency_keys (
    employee_id uuid NOT NULL REFERENCES employees (id),
    key text NOT NULL,
    request_hash text NOT NULL,
    status integer NOT NULL,
    body text NOT NULL,
    etag text,
    location text,
    created_at timestamp NOT NULL,
    PRIMARY KEY (employee_id, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- The last number given out, per office, kind and year (D1, C3).
CREATE TABLE counters (
    office_id uuid NOT NULL REFERENCES offices (id),
    kind text NOT NULL,
    year integer NOT NULL,
    last bigint NOT NULL,
    PRIMARY KEY (office_id, kind, year)
);
