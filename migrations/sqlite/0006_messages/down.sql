DROP TABLE reads;
DROP TABLE parties;
DROP TABLE messages;
DROP INDEX mails_once_per_address;
DROP INDEX mails_due;
DROP INDEX mails_by_office;
DROP INDEX mails_by_recipient;
ALTER TABLE mails RENAME TO mails_before;
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
-- Mail to an address has no place here and goes.
INSERT INTO mails (id, office_id, event_id, kind, recipient_id, params, state, attempts, due_at, leased_until,
    lease, last_error, created_at, sent_at)
SELECT id, office_id, event_id, kind, recipient_id, params, state, attempts, due_at, leased_until,
    lease, last_error, created_at, sent_at FROM mails_before WHERE recipient_id IS NOT NULL;
DROP TABLE mails_before;
CREATE INDEX mails_due ON mails (due_at, id) WHERE state = 'queued';
CREATE INDEX mails_by_office ON mails (office_id, id);
CREATE INDEX mails_by_recipient ON mails (recipient_id);
