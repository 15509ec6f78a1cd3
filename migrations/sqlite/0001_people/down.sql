DROP TABLE refresh_tokens;
DROP TABLE sessions;
DROP TABLE client_groups;
DROP TABLE quiet_trays;
DROP TABLE group_members;
DROP TABLE groups;
DROP TABLE employees;
DROP TABLE offices;
