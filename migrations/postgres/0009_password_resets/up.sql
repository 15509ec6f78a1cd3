-- Forgotten passwords that were asked for (S4), for the worker to look up: asking tells nothing.
CREATE TABLE password_resets (
    id uuid PRIMARY KEY,
    username text NOT NULL,
    address text NOT NULL,
    created_at timestamp NOT NULL
);
