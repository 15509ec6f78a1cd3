DROP TABLE dossier_group_rules;
DROP TABLE dossier_employee_rules;
DROP TABLE dossiers;
