-- Ways to a case through its dossier (C6): one row for each group and each employee that a rule allows, one for the manager, one for
-- the office when the dossier is open to it. A list takes the newest of every way its reader has and merges them: that is as fast at a
-- million cases as at a thousand. The rows only propose; the rules decide. Triggers keep them, in the transaction of the change itself.
-- Without references: via_id is a group, an employee or an office, and a case is never deleted (C9).
CREATE TABLE case_ways (
    via_id BLOB NOT NULL CHECK (length(via_id) = 16),
    case_id BLOB NOT NULL CHECK (length(case_id) = 16),
    kind TEXT NOT NULL CHECK (kind IN ('rule', 'manager', 'office')),
    PRIMARY KEY (via_id, case_id, kind)
) STRICT, WITHOUT ROWID;

INSERT INTO case_ways (via_id, case_id, kind)
SELECT r.group_id, c.id, 'rule' FROM dossier_group_rules r JOIN cases c ON c.dossier_id = r.dossier_id WHERE r.effect = 'allow'
UNION ALL
SELECT r.employee_id, c.id, 'rule' FROM dossier_employee_rules r JOIN cases c ON c.dossier_id = r.dossier_id WHERE r.effect = 'allow'
UNION ALL
SELECT d.manager_id, c.id, 'manager' FROM dossiers d JOIN cases c ON c.dossier_id = d.id WHERE d.manager_id IS NOT NULL
UNION ALL
SELECT d.office_id, c.id, 'office' FROM dossiers d JOIN cases c ON c.dossier_id = d.id WHERE d.visibility = 'office';

CREATE TRIGGER cases_find_ways AFTER INSERT ON cases BEGIN
    INSERT INTO case_ways (via_id, case_id, kind)
    SELECT group_id, NEW.id, 'rule' FROM dossier_group_rules WHERE dossier_id = NEW.dossier_id AND effect = 'allow'
    UNION ALL
    SELECT employee_id, NEW.id, 'rule' FROM dossier_employee_rules WHERE dossier_id = NEW.dossier_id AND effect = 'allow'
    UNION ALL
    SELECT manager_id, NEW.id, 'manager' FROM dossiers WHERE id = NEW.dossier_id AND manager_id IS NOT NULL
    UNION ALL
    SELECT office_id, NEW.id, 'office' FROM dossiers WHERE id = NEW.dossier_id AND visibility = 'office';
END;

CREATE TRIGGER dossier_group_rules_open_ways AFTER INSERT ON dossier_group_rules WHEN NEW.effect = 'allow' BEGIN
    INSERT INTO case_ways (via_id, case_id, kind) SELECT NEW.group_id, id, 'rule' FROM cases WHERE dossier_id = NEW.dossier_id;
END;
CREATE TRIGGER dossier_group_rules_close_ways AFTER DELETE ON dossier_group_rules WHEN OLD.effect = 'allow' BEGIN
    DELETE FROM case_ways WHERE via_id = OLD.group_id AND kind = 'rule'
        AND case_id IN (SELECT id FROM cases WHERE dossier_id = OLD.dossier_id);
END;
CREATE TRIGGER dossier_group_rules_change_ways AFTER UPDATE ON dossier_group_rules BEGIN
    DELETE FROM case_ways WHERE OLD.effect = 'allow' AND via_id = OLD.group_id AND kind = 'rule'
        AND case_id IN (SELECT id FROM cases WHERE dossier_id = OLD.dossier_id);
    INSERT INTO case_ways (via_id, case_id, kind)
    SELECT NEW.group_id, id, 'rule' FROM cases WHERE dossier_id = NEW.dossier_id AND NEW.effect = 'allow';
END;

CREATE TRIGGER dossier_employee_rules_open_ways AFTER INSERT ON dossier_employee_rules WHEN NEW.effect = 'allow' BEGIN
    INSERT INTO case_ways (via_id, case_id, kind) SELECT NEW.employee_id, id, 'rule' FROM cases WHERE dossier_id = NEW.dossier_id;
END;
CREATE TRIGGER dossier_employee_rules_close_ways AFTER DELETE ON dossier_employee_rules WHEN OLD.effect = 'allow' BEGIN
    DELETE FROM case_ways WHERE via_id = OLD.employee_id AND kind = 'rule'
        AND case_id IN (SELECT id FROM cases WHERE dossier_id = OLD.dossier_id);
END;
CREATE TRIGGER dossier_employee_rules_change_ways AFTER UPDATE ON dossier_employee_rules BEGIN
    DELETE FROM case_ways WHERE OLD.effect = 'allow' AND via_id = OLD.employee_id AND kind = 'rule'
        AND case_id IN (SELECT id FROM cases WHERE dossier_id = OLD.dossier_id);
    INSERT INTO case_ways (via_id, case_id, kind)
    SELECT NEW.employee_id, id, 'rule' FROM cases WHERE dossier_id = NEW.dossier_id AND NEW.effect = 'allow';
END;

CREATE TRIGGER dossiers_change_managers_ways AFTER UPDATE OF manager_id ON dossiers WHEN OLD.manager_id IS NOT NEW.manager_id BEGIN
    DELETE FROM case_ways WHERE via_id = OLD.manager_id AND kind = 'manager'
        AND case_id IN (SELECT id FROM cases WHERE dossier_id = OLD.id);
    INSERT INTO case_ways (via_id, case_id, kind)
    SELECT NEW.manager_id, id, 'manager' FROM cases WHERE dossier_id = NEW.id AND NEW.manager_id IS NOT NULL;
END;
CREATE TRIGGER dossiers_change_offices_ways AFTER UPDATE OF visibility ON dossiers WHEN OLD.visibility <> NEW.visibility BEGIN
    DELETE FROM case_ways WHERE via_id = OLD.office_id AND kind = 'office'
        AND case_id IN (SELECT id FROM cases WHERE dossier_id = OLD.id);
    INSERT INTO case_ways (via_id, case_id, kind)
    SELECT NEW.office_id, id, 'office' FROM cases WHERE dossier_id = NEW.id AND NEW.visibility = 'office';
END;

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
CREATE INDEX cases_by_deadline ON cases (office_id, coalesce(deadline, '9999-12-31'), id) WHERE state = 'open';
CREATE INDEX dossiers_by_name ON dossiers (office_id, name_folded, id);
