-- Second factors (S2, S5): a code from an app on one's telephone. The secret is encrypted, and works once it is confirmed.
CREATE TABLE second_factors (
    employee_id BLOB PRIMARY KEY NOT NULL REFERENCES employees (id) CHECK (length(employee_id) = 16),
    secret TEXT,
    pending_secret TEXT,
    confirmed_at TEXT,
    last_step INTEGER NOT NULL,
    CHECK ((secret IS NULL) = (confirmed_at IS NULL))
) STRICT;

-- Only a keyed hash is kept of a recovery code.
CREATE TABLE recovery_codes (
    employee_id BLOB NOT NULL REFERENCES employees (id) CHECK (length(employee_id) = 16),
    hash TEXT NOT NULL,
    used_at TEXT,
    PRIMARY KEY (employee_id, hash)
) STRICT, WITHOUT ROWID;

-- What a session waits for before it is a full one.
ALTER TABLE sessions ADD COLUMN second_factor TEXT NOT NULL DEFAULT 'none'
    CHECK (second_factor IN ('none', 'asked', 'setup'));

-- Of whom an office requires one.
ALTER TABLE offices ADD COLUMN factor_everyone INTEGER NOT NULL DEFAULT 0 CHECK (factor_everyone IN (0, 1));
ALTER TABLE offices ADD COLUMN factor_local_admin INTEGER NOT NULL DEFAULT 0 CHECK (factor_local_admin IN (0, 1));
ALTER TABLE offices ADD COLUMN factor_helpdesk INTEGER NOT NULL DEFAULT 0 CHECK (factor_helpdesk IN (0, 1));
ALTER TABLE offices ADD COLUMN factor_superuser INTEGER NOT NULL DEFAULT 0 CHECK (factor_superuser IN (0, 1));
ALTER TABLE offices ADD COLUMN factor_records INTEGER NOT NULL DEFAULT 0 CHECK (factor_records IN (0, 1));
ALTER TABLE offices ADD COLUMN factor_version INTEGER NOT NULL DEFAULT 1;
