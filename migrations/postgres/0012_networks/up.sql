-- Trusted networks of an office (S8), and whom people ask who cannot sign in (S6).
ALTER TABLE offices ADD COLUMN contact_name text NOT NULL DEFAULT '';
ALTER TABLE offices ADD COLUMN contact_phone text NOT NULL DEFAULT '';
ALTER TABLE offices ADD COLUMN contact_email text NOT NULL DEFAULT '';
ALTER TABLE offices ADD COLUMN networks_enforced boolean NOT NULL DEFAULT false;
ALTER TABLE offices ADD COLUMN networks_version bigint NOT NULL DEFAULT 1;
ALTER TABLE offices ADD COLUMN outside_text text NOT NULL DEFAULT '';

CREATE TABLE office_networks (
    office_id uuid NOT NULL REFERENCES offices (id),
    position integer NOT NULL,
    label text NOT NULL,
    cidr text NOT NULL,
    PRIMARY KEY (office_id, position)
);
