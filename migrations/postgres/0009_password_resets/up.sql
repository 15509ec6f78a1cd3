-- Forgotten passwords that were asked for (S4), for the worker to look up: asking tells nothing.
CREATE TABLE password_resets (
    id uuid PRIMARY KEY,
    username text NOT NULL,
    address text NOT NULL,
    created_at timestamp NOT NULL
);

-- A temporary password that someone asked for voids no other: not the one of an invitation or a reactivation.
ALTER TABLE employees ADD COLUMN reset_hash text;
ALTER TABLE employees ADD COLUMN reset_expires_at timestamp;
