-- Support sessions of the platform's helpdesk in other offices, and what was done in them (P3).
ALTER TABLE offices ADD COLUMN platform boolean NOT NULL DEFAULT false;
CREATE UNIQUE INDEX offices_one_platform ON offices (platform) WHERE platform;

CREATE TABLE support_sessions (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    session_id uuid NOT NULL REFERENCES sessions (id),
    employee_id uuid NOT NULL REFERENCES employees (id),
    reason text NOT NULL,
    started_at timestamp NOT NULL,
    expires_at timestamp NOT NULL,
    ended_at timestamp
);
CREATE UNIQUE INDEX support_sessions_one_at_a_time ON support_sessions (session_id) WHERE ended_at IS NULL;
CREATE INDEX support_sessions_by_office ON support_sessions (office_id, id);

ALTER TABLE events ADD COLUMN support_session_id uuid;
