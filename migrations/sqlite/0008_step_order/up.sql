-- Whether a person put the steps in another order than the import they came from (C1).
ALTER TABLE case_type_revisions ADD COLUMN order_corrected INTEGER NOT NULL DEFAULT 0 CHECK (order_corrected IN (0, 1));
