ALTER TABLE case_type_revisions DROP COLUMN order_corrected;
