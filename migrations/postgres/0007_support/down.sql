ALTER TABLE events DROP COLUMN support_session_id;
DROP TABLE support_sessions;
DROP INDEX offices_one_platform;
ALTER TABLE offices DROP COLUMN platform;
