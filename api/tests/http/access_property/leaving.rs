//! What leaves the screens: the lists of who has access (D5), exports, and mail about dossiers (D6).

use std::collections::BTreeSet;

use contract::*;

use super::Story;
use super::model::TaskFacts;
use crate::support::Person;

fn column(rows: &[Vec<String>], position: usize) -> Vec<String> {
    rows.iter().map(|row| row[position].clone()).collect()
}

impl Story {
    /// D5 both ways: what an employee sees and why, and everyone who sees a dossier and why.
    pub(super) async fn check_lists_of_access(&self, person: &Person, context: &str) {
        let (who, model, admin) = (person.id, &self.model, self.office.admin());
        let listed: Vec<DossierAccess> = admin.pages(&format!("/employees/{who}/dossiers"), 3).await;
        let listed: BTreeSet<(DossierId, AccessReason)> =
            listed.into_iter().map(|one| (one.dossier.id, one.access.reason)).collect();
        let visible = model.dossiers.iter().filter(|dossier| model.access(dossier, who));
        let expected = visible.map(|dossier| (dossier.id, model.d3(dossier, who))).collect();
        assert_eq!(listed, expected, "what {context} sees");
        for dossier in &model.dossiers {
            for denied in [false, true] {
                let path = format!("/dossiers/{}/access?denied={denied}", dossier.id);
                let listed: Vec<EmployeeAccess> = admin.pages(&path, 4).await;
                let found = listed.iter().find(|one| one.employee.id == who).map(|one| one.access.reason);
                let there = if denied { model.denied(dossier, who) } else { model.access(dossier, who) };
                assert_eq!(found, there.then(|| model.d3(dossier, who)), "{dossier:?} of {context}");
            }
        }
    }

    /// A file holds what its reader sees, and nothing else.
    pub(super) async fn check_exports(&self, person: &Person, context: &str) {
        let (who, model) = (person.id, &self.model);
        let visible = model.dossiers.iter().rev().filter(|dossier| model.access(dossier, who));
        let expected: Vec<String> = visible.map(|dossier| dossier.number.clone()).collect();
        assert_eq!(column(&person.exported("dossiers").await, 0), expected, "dossiers of {context}");
        let seen = (0..model.cases.len()).rev().filter(|at| model.c6(*at, who).is_some());
        let expected: Vec<String> = seen.map(|at| model.cases[at].number.clone()).collect();
        assert_eq!(column(&person.exported("cases").await, 0), expected, "cases of {context}");
        let title = |task: &TaskFacts| format!("Taak {}", task.number);
        let mine =
            model.tasks.iter().rev().filter(|task| task.holder == Some(who) && model.sees_task(task, who));
        let expected: Vec<String> = mine.map(title).collect();
        assert_eq!(column(&person.exported("tasks").await, 2), expected, "tasks of {context}");
        for group in self.groups.iter().filter(|group| model.is_member(who, group.id)) {
            let there =
                model.tasks.iter().filter(|task| task.tray == Some(group.id) && model.sees_task(task, who));
            let expected: Vec<String> = there.map(title).collect();
            let rows = person.exported(&format!("trays/{}", group.id)).await;
            assert_eq!(column(&rows, 2), expected, "tray {} of {context}", group.name);
        }
    }

    /// Whoever sees a dossier is told to whom mail about it goes, and there it goes, alone; who does not see it sends none.
    pub(super) async fn check_messages(&self) {
        let model = &self.model;
        let email = |id: EmployeeId| {
            let person = self.people.iter().find(|person| person.id == id).unwrap();
            format!("{}.test", person.username)
        };
        self.world.mails();
        for dossier in &model.dossiers {
            let context = self.context(&format!("mail about {dossier:?}"));
            let address = model.address(dossier, email);
            for person in &self.people {
                let answer = person.get(&format!("/dossiers/{}/recipient", dossier.id)).await;
                if !model.access(dossier, person.id) {
                    answer.problem(ProblemCode::NotFound);
                    continue;
                }
                let told: Recipient = answer.ok();
                assert_eq!(told.address, address, "{context}");
                let before: BTreeSet<String> =
                    self.world.mails().into_iter().map(|mail| mail.message_id).collect();
                let sent = person.message(dossier.id, "Belt u morgen terug?").await;
                assert!(sent.status.is_success(), "{context}");
                let mails = self.world.mails().into_iter().filter(|mail| !before.contains(&mail.message_id));
                let to: Vec<String> = mails.map(|mail| mail.to).collect();
                let there = |to: &String| *to == address || to.ends_with(&format!(" <{address}>"));
                assert!(to.len() == 1 && to.iter().all(there), "{context}: {to:?}");
                break;
            }
        }
    }
}
