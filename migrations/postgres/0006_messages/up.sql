-- Mail to no employee (D6), messages about a dossier, its parties (D7), and who read what (E2).
ALTER TABLE mails ALTER COLUMN recipient_id DROP NOT NULL;
ALTER TABLE mails ADD COLUMN address text;
ALTER TABLE mails ADD CONSTRAINT mails_to_one CHECK ((recipient_id IS NULL) <> (address IS NULL));
CREATE UNIQUE INDEX mails_once_per_address ON mails (event_id, kind, address) WHERE recipient_id IS NULL;

-- To whom it went is kept as it was then; recipient_id is an employee or a client group, which may be gone.
CREATE TABLE messages (
    id uuid PRIMARY KEY,
    dossier_id uuid NOT NULL REFERENCES dossiers (id),
    author_id uuid NOT NULL REFERENCES employees (id),
    at timestamp NOT NULL,
    body text NOT NULL,
    recipient_kind text NOT NULL CHECK (recipient_kind IN ('manager', 'client-group', 'office')),
    recipient_id uuid,
    recipient_name text NOT NULL,
    address text NOT NULL,
    mail_id uuid NOT NULL REFERENCES mails (id)
);
CREATE INDEX messages_by_dossier ON messages (dossier_id, id);
CREATE INDEX messages_by_mail ON messages (mail_id);

CREATE TABLE parties (
    id uuid PRIMARY KEY,
    dossier_id uuid NOT NULL REFERENCES dossiers (id),
    kind text NOT NULL CHECK (kind IN ('person', 'organisation')),
    name text NOT NULL,
    role text NOT NULL,
    email text,
    phone text,
    address text,
    created_at timestamp NOT NULL,
    version bigint NOT NULL
);
CREATE INDEX parties_by_dossier ON parties (dossier_id, id);

-- Written for every answer with content: kept small, in the order of the report per dossier, and without
-- references, so that it neither looks up rows nor waits for whoever has them locked. What it names never goes.
CREATE TABLE reads (
    dossier_id uuid NOT NULL,
    id uuid NOT NULL,
    employee_id uuid NOT NULL,
    case_id uuid,
    at timestamp NOT NULL,
    content text NOT NULL,
    PRIMARY KEY (dossier_id, id)
);
CREATE INDEX reads_by_employee ON reads (employee_id, id);
