-- Whether a person put the steps in another order than the import they came from (C1).
ALTER TABLE case_type_revisions ADD COLUMN order_corrected boolean NOT NULL DEFAULT false;
