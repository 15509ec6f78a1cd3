-- Mail to no employee (D6), messages about a dossier, its parties (D7), and who read what (E2).
DROP INDEX mails_due;
DROP INDEX mails_by_office;
DROP INDEX mails_by_recipient;
ALTER TABLE mails RENAME TO mails_before;
CREATE TABLE mails (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    office_id BLOB NOT NULL REFERENCES offices (id) CHECK (length(office_id) = 16),
    event_id BLOB NOT NULL REFERENCES events (id) CHECK (length(event_id) = 16),
    kind TEXT NOT NULL,
    recipient_id BLOB REFERENCES employees (id) CHECK (length(recipient_id) = 16),
    address TEXT,
    params TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'dead', 'cancelled')),
    attempts INTEGER NOT NULL,
    due_at TEXT NOT NULL,
    leased_until TEXT,
    lease TEXT,
    last_error TEXT,
    created_at TEXT NOT NULL,
    sent_at TEXT,
    UNIQUE (event_id, kind, recipient_id),
    CHECK ((recipient_id IS NULL) <> (address IS NULL))
) STRICT;
INSERT INTO mails (id, office_id, event_id, kind, recipient_id, params, state, attempts, due_at, leased_until,
    lease, last_error, created_at, sent_at)
SELECT id, office_id, event_id, kind, recipient_id, params, state, attempts, due_at, leased_until,
    lease, last_error, created_at, sent_at FROM mails_before;
DROP TABLE mails_before;
CREATE INDEX mails_due ON mails (due_at, id) WHERE state = 'queued';
CREATE INDEX mails_by_office ON mails (office_id, id);
CREATE INDEX mails_by_recipient ON mails (recipient_id);
CREATE UNIQUE INDEX mails_once_per_address ON mails (event_id, kind, address) WHERE recipient_id IS NULL;

-- To whom it went is kept as it was then; recipient_id is an employee or a client group, which may be gone.
CREATE TABLE messages (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    dossier_id BLOB NOT NULL REFERENCES dossiers (id) CHECK (length(dossier_id) = 16),
    author_id BLOB NOT NULL REFERENCES employees (id) CHECK (length(author_id) = 16),
    at TEXT NOT NULL,
    body TEXT NOT NULL,
    recipient_kind TEXT NOT NULL CHECK (recipient_kind IN ('manager', 'client-group', 'office')),
    recipient_id BLOB CHECK (length(recipient_id) = 16),
    recipient_name TEXT NOT NULL,
    address TEXT NOT NULL,
    mail_id BLOB NOT NULL REFERENCES mails (id) CHECK (length(mail_id) = 16)
) STRICT;
CREATE INDEX messages_by_dossier ON messages (dossier_id, id);
CREATE INDEX messages_by_mail ON messages (mail_id);

CREATE TABLE parties (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    dossier_id BLOB NOT NULL REFERENCES dossiers (id) CHECK (length(dossier_id) = 16),
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation')),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    address TEXT,
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX parties_by_dossier ON parties (dossier_id, id);

-- Written for every answer with content: kept small, in the order of the report per dossier, and without
-- references, so that it neither looks up rows nor waits for whoever has them locked. What it names never goes.
CREATE TABLE reads (
    dossier_id BLOB NOT NULL CHECK (length(dossier_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    employee_id BLOB NOT NULL CHECK (length(employee_id) = 16),
    case_id BLOB CHECK (length(case_id) = 16),
    at TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (dossier_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reads_by_employee ON reads (employee_id, id);
