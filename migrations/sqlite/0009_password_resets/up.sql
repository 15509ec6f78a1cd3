-- Forgotten passwords that were asked for (S4), for the worker to look up: asking tells nothing.
CREATE TABLE password_resets (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    username TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

-- A temporary password that someone asked for voids no other: not the one of an invitation or a reactivation.
ALTER TABLE employees ADD COLUMN reset_hash TEXT;
ALTER TABLE employees ADD COLUMN reset_expires_at TEXT;
