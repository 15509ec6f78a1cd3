DROP TABLE office_networks;
ALTER TABLE offices DROP COLUMN outside_text;
ALTER TABLE offices DROP COLUMN networks_version;
ALTER TABLE offices DROP COLUMN networks_enforced;
ALTER TABLE offices DROP COLUMN contact_email;
ALTER TABLE offices DROP COLUMN contact_phone;
ALTER TABLE offices DROP COLUMN contact_name;
