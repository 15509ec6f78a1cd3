DROP TABLE reads;
DROP TABLE parties;
DROP TABLE messages;
DROP INDEX mails_once_per_address;
-- Mail to an address has no place here and goes.
DELETE FROM mails WHERE recipient_id IS NULL;
ALTER TABLE mails DROP CONSTRAINT mails_to_one;
ALTER TABLE mails DROP COLUMN address;
ALTER TABLE mails ALTER COLUMN recipient_id SET NOT NULL;
