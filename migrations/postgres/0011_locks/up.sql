-- From where an account was locked, and whether its owner still has to be told (S2, S3).
ALTER TABLE employees ADD COLUMN locked_address text;
ALTER TABLE employees ADD COLUMN lock_mail_due boolean NOT NULL DEFAULT false;
CREATE INDEX employees_locked ON employees (office_id, locked_at, id) WHERE state = 'locked';
CREATE INDEX employees_lock_mail_due ON employees (locked_at) WHERE lock_mail_due;

-- How many mails to someone did not arrive since the last that did, and when the newest of them did not (S4).
ALTER TABLE employees ADD COLUMN mails_failed integer NOT NULL DEFAULT 0;
ALTER TABLE employees ADD COLUMN mail_failed_at timestamp;
