ALTER TABLE employees DROP COLUMN mail_failed_at;
ALTER TABLE employees DROP COLUMN mails_failed;
DROP INDEX employees_lock_mail_due;
DROP INDEX employees_locked;
ALTER TABLE employees DROP COLUMN lock_mail_due;
ALTER TABLE employees DROP COLUMN locked_address;
