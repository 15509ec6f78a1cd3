-- Ways to a case through its dossier (C6): one row for each group and each employee that a rule allows, one for the manager, one for
-- the office when the dossier is open to it. A list takes the newest of every way its reader has and merges them: that is as fast at a
-- million cases as at a thousand. The rows only propose; the rules decide. Triggers keep them, in the transaction of the change itself.
-- Without references: via_id is a group, an employee or an office, and a case is never deleted (C9).
CREATE TABLE case_ways (
    via_id uuid NOT NULL,
    case_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('rule', 'manager', 'office')),
    PRIMARY KEY (via_id, case_id, kind)
);

INSERT INTO case_ways (via_id, case_id, kind)
SELECT r.group_id, c.id, 'rule' FROM dossier_group_rules r JOIN cases c ON c.dossier_id = r.dossier_id WHERE r.effect = 'allow'
UNION ALL
SELECT r.employee_id, c.id, 'rule' FROM dossier_employee_rules r JOIN cases c ON c.dossier_id = r.dossier_id WHERE r.effect = 'allow'
UNION ALL
SELECT d.manager_id, c.id, 'manager' FROM dossiers d JOIN cases c ON c.dossier_id = d.id WHERE d.manager_id IS NOT NULL
UNION ALL
SELECT d.office_id, c.id, 'office' FROM dossiers d JOIN cases c ON c.dossier_id = d.id WHERE d.visibility = 'office';

-- Whoever opens a case shares the dossier's row, and whoever changes its access holds it: the two see each other's work. By statement and not by
-- row, because much is changed at once when groups are merged or lists brought in. Their plans are kept
-- for as long as a connection lives: they go by the indexes, whatever there was to see when they were made.
CREATE FUNCTION cases_find_ways() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    PERFORM 1 FROM dossiers WHERE id IN (SELECT dossier_id FROM after) ORDER BY id FOR SHARE;
    INSERT INTO case_ways (via_id, case_id, kind)
    SELECT r.group_id, a.id, 'rule' FROM after a JOIN dossier_group_rules r ON r.dossier_id = a.dossier_id WHERE r.effect = 'allow'
    UNION ALL
    SELECT r.employee_id, a.id, 'rule' FROM after a JOIN dossier_employee_rules r ON r.dossier_id = a.dossier_id WHERE r.effect = 'allow'
    UNION ALL
    SELECT d.manager_id, a.id, 'manager' FROM after a JOIN dossiers d ON d.id = a.dossier_id WHERE d.manager_id IS NOT NULL
    UNION ALL
    SELECT d.office_id, a.id, 'office' FROM after a JOIN dossiers d ON d.id = a.dossier_id WHERE d.visibility = 'office'
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER cases_find_ways AFTER INSERT ON cases
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION cases_find_ways();

CREATE FUNCTION dossier_group_rules_keep_ways() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM 1 FROM dossiers WHERE id IN (SELECT dossier_id FROM before) ORDER BY id FOR NO KEY UPDATE;
        DELETE FROM case_ways w USING before b JOIN cases c ON c.dossier_id = b.dossier_id
        WHERE b.effect = 'allow' AND w.via_id = b.group_id AND w.case_id = c.id AND w.kind = 'rule';
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM 1 FROM dossiers WHERE id IN (SELECT dossier_id FROM after) ORDER BY id FOR NO KEY UPDATE;
        INSERT INTO case_ways (via_id, case_id, kind)
        SELECT a.group_id, c.id, 'rule' FROM after a JOIN cases c ON c.dossier_id = a.dossier_id WHERE a.effect = 'allow'
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER dossier_group_rules_open_ways AFTER INSERT ON dossier_group_rules
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION dossier_group_rules_keep_ways();
CREATE TRIGGER dossier_group_rules_close_ways AFTER DELETE ON dossier_group_rules
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION dossier_group_rules_keep_ways();
CREATE TRIGGER dossier_group_rules_change_ways AFTER UPDATE ON dossier_group_rules
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION dossier_group_rules_keep_ways();

CREATE FUNCTION dossier_employee_rules_keep_ways() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM 1 FROM dossiers WHERE id IN (SELECT dossier_id FROM before) ORDER BY id FOR NO KEY UPDATE;
        DELETE FROM case_ways w USING before b JOIN cases c ON c.dossier_id = b.dossier_id
        WHERE b.effect = 'allow' AND w.via_id = b.employee_id AND w.case_id = c.id AND w.kind = 'rule';
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM 1 FROM dossiers WHERE id IN (SELECT dossier_id FROM after) ORDER BY id FOR NO KEY UPDATE;
        INSERT INTO case_ways (via_id, case_id, kind)
        SELECT a.employee_id, c.id, 'rule' FROM after a JOIN cases c ON c.dossier_id = a.dossier_id WHERE a.effect = 'allow'
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER dossier_employee_rules_open_ways AFTER INSERT ON dossier_employee_rules
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION dossier_employee_rules_keep_ways();
CREATE TRIGGER dossier_employee_rules_close_ways AFTER DELETE ON dossier_employee_rules
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION dossier_employee_rules_keep_ways();
CREATE TRIGGER dossier_employee_rules_change_ways AFTER UPDATE ON dossier_employee_rules
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION dossier_employee_rules_keep_ways();

CREATE FUNCTION dossiers_keep_ways() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    IF OLD.manager_id IS DISTINCT FROM NEW.manager_id THEN
        DELETE FROM case_ways w USING cases c
        WHERE c.dossier_id = OLD.id AND w.via_id = OLD.manager_id AND w.case_id = c.id AND w.kind = 'manager';
        INSERT INTO case_ways (via_id, case_id, kind)
        SELECT NEW.manager_id, c.id, 'manager' FROM cases c WHERE c.dossier_id = NEW.id AND NEW.manager_id IS NOT NULL
        ON CONFLICT DO NOTHING;
    END IF;
    IF OLD.visibility <> NEW.visibility THEN
        DELETE FROM case_ways w USING cases c
        WHERE c.dossier_id = OLD.id AND w.via_id = OLD.office_id AND w.case_id = c.id AND w.kind = 'office';
        INSERT INTO case_ways (via_id, case_id, kind)
        SELECT NEW.office_id, c.id, 'office' FROM cases c WHERE c.dossier_id = NEW.id AND NEW.visibility = 'office'
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER dossiers_change_ways AFTER UPDATE OF manager_id, visibility ON dossiers FOR EACH ROW
    WHEN (OLD.manager_id IS DISTINCT FROM NEW.manager_id OR OLD.visibility <> NEW.visibility)
    EXECUTE FUNCTION dossiers_keep_ways();

-- Whether anything denies a dossier is asked of every row that a list brings, and hardly ever anything does.
CREATE INDEX dossier_group_rules_denied ON dossier_group_rules (dossier_id, group_id) WHERE effect = 'deny';

-- An index that holds only rows in one state is of no use to a statement that is prepared once for every state: the state is part of the key.
DROP INDEX tasks_in_tray;
CREATE INDEX tasks_in_tray ON tasks (tray_id, state, id);
DROP INDEX tasks_with_holder;
CREATE INDEX tasks_with_holder ON tasks (holder_id, state, id);
CREATE INDEX tasks_from_tray ON tasks (origin_id, state);
DROP INDEX cases_by_coordinator;
CREATE INDEX cases_by_coordinator ON cases (coordinator_id, state, id);
DROP INDEX dossier_group_rules_allowing;
DROP INDEX dossier_group_rules_denying;
CREATE INDEX dossier_group_rules_by_group ON dossier_group_rules (group_id, effect, dossier_id);
DROP INDEX mails_due;
CREATE INDEX mails_due ON mails (state, due_at, id);

-- Ways to a case through its open tasks; the list of cases names the state itself.
CREATE INDEX tasks_lead_from_tray ON tasks (tray_id, case_id) WHERE state = 'open';
CREATE INDEX tasks_lead_from_holder ON tasks (holder_id, case_id) WHERE state = 'open';

-- Lists by deadline and by name; a case without a deadline comes last.
CREATE INDEX cases_by_deadline ON cases (office_id, coalesce(deadline, DATE '9999-12-31'), id) WHERE state = 'open';
CREATE INDEX dossiers_by_name ON dossiers (office_id, name_folded, id);
