-- Support sessions of the platform's helpdesk in other offices, and what was done in them (P3).
ALTER TABLE offices ADD COLUMN platform INTEGER NOT NULL DEFAULT 0 CHECK (platform IN (0, 1));
CREATE UNIQUE INDEX offices_one_platform ON offices (platform) WHERE platform = 1;

CREATE TABLE support_sessions (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    office_id BLOB NOT NULL REFERENCES offices (id) CHECK (length(office_id) = 16),
    session_id BLOB NOT NULL REFERENCES sessions (id) CHECK (length(session_id) = 16),
    employee_id BLOB NOT NULL REFERENCES employees (id) CHECK (length(employee_id) = 16),
    reason TEXT NOT NULL,
    started_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX support_sessions_one_at_a_time ON support_sessions (session_id) WHERE ended_at IS NULL;
CREATE INDEX support_sessions_by_office ON support_sessions (office_id, id);

ALTER TABLE events ADD COLUMN support_session_id BLOB CHECK (length(support_session_id) = 16);
