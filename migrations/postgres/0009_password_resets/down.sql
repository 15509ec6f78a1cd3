ALTER TABLE employees DROP COLUMN reset_expires_at;
ALTER TABLE employees DROP COLUMN reset_hash;
DROP TABLE password_resets;
