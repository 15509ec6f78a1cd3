DROP TABLE counters;
DROP TABLE idempotency_keys;
DROP TABLE mails;
DROP TABLE events;
