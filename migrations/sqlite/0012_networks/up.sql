-- Trusted networks of an office (S8), and whom people ask who cannot sign in (S6).
ALTER TABLE offices ADD COLUMN contact_name TEXT NOT NULL DEFAULT '';
ALTER TABLE offices ADD COLUMN contact_phone TEXT NOT NULL DEFAULT '';
ALTER TABLE offices ADD COLUMN contact_email TEXT NOT NULL DEFAULT '';
ALTER TABLE offices ADD COLUMN networks_enforced INTEGER NOT NULL DEFAULT 0 CHECK (networks_enforced IN (0, 1));
ALTER TABLE offices ADD COLUMN networks_version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE offices ADD COLUMN outside_text TEXT NOT NULL DEFAULT '';

CREATE TABLE office_networks (
    office_id BLOB NOT NULL REFERENCES offices (id) CHECK (length(office_id) = 16),
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    cidr TEXT NOT NULL,
    PRIMARY KEY (office_id, position)
) STRICT, WITHOUT ROWID;
