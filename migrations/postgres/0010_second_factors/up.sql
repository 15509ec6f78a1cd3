-- Second factors (S2, S5): a code from an app on one's telephone. The secret is encrypted, and works once it is confirmed.
CREATE TABLE second_factors (
    employee_id uuid PRIMARY KEY REFERENCES employees (id),
    secret text,
    pending_secret text,
    confirmed_at timestamp,
    last_step bigint NOT NULL,
    CHECK ((secret IS NULL) = (confirmed_at IS NULL))
);

-- Only a keyed hash is kept of a recovery code.
CREATE TABLE recovery_codes (
    employee_id uuid NOT NULL REFERENCES employees (id),
    hash text NOT NULL,
    used_at timestamp,
    PRIMARY KEY (employee_id, hash)
);

-- What a session waits for before it is a full one.
ALTER TABLE sessions ADD COLUMN second_factor text NOT NULL DEFAULT 'none'
    CHECK (second_factor IN ('none', 'asked', 'setup'));

-- Of whom an office requires one.
ALTER TABLE offices ADD COLUMN factor_everyone boolean NOT NULL DEFAULT false;
ALTER TABLE offices ADD COLUMN factor_local_admin boolean NOT NULL DEFAULT false;
ALTER TABLE offices ADD COLUMN factor_helpdesk boolean NOT NULL DEFAULT false;
ALTER TABLE offices ADD COLUMN factor_superuser boolean NOT NULL DEFAULT false;
ALTER TABLE offices ADD COLUMN factor_records boolean NOT NULL DEFAULT false;
ALTER TABLE offices ADD COLUMN factor_version bigint NOT NULL DEFAULT 1;
