ALTER TABLE offices DROP COLUMN factor_version;
ALTER TABLE offices DROP COLUMN factor_records;
ALTER TABLE offices DROP COLUMN factor_superuser;
ALTER TABLE offices DROP COLUMN factor_helpdesk;
ALTER TABLE offices DROP COLUMN factor_local_admin;
ALTER TABLE offices DROP COLUMN factor_everyone;
-- Nobody gets round a second factor that is no longer asked for.
UPDATE sessions SET ended_at = COALESCE(ended_at, created_at) WHERE second_factor <> 'none';
ALTER TABLE sessions DROP COLUMN second_factor;
DROP TABLE recovery_codes;
DROP TABLE second_factors;
