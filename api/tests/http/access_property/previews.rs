//! What a preview says is what saving does: on random offices, for every kind of change (G5, G6, D2).

use std::collections::BTreeMap;

use contract::*;
use serde_json::{Value, json};

use super::Story;

/// What D3 says about everyone and every dossier, as the API explains it.
type Matrix = BTreeMap<(EmployeeId, DossierId), AccessReason>;

impl Story {
    async fn matrix(&self) -> Matrix {
        let mut matrix = Matrix::new();
        for dossier in &self.model.dossiers {
            for person in self.people.iter().chain([self.office.admin()]) {
                let path = format!("/dossiers/{}/access/{}", dossier.id, person.id);
                let explained: EmployeeAccess = self.office.admin().get(&path).await.ok();
                matrix.insert((person.id, dossier.id), explained.access.reason);
            }
        }
        matrix
    }

    fn totals<'a>(before: &'a Matrix, after: &'a Matrix, who: Option<EmployeeId>) -> AccessTotals {
        let mut totals = AccessTotals::default();
        for (key, was) in before.iter().filter(|((person, _), _)| who.is_none_or(|who| who == *person)) {
            let is = after[key];
            totals.gained += u32::from(!was.allows() && is.allows());
            totals.lost += u32::from(was.allows() && !is.allows());
            totals.denied += u32::from(!was.denies() && is.denies());
            totals.denials_lifted += u32::from(was.denies() && !is.denies());
        }
        totals
    }

    /// Saves with the digest and compares what happened with what the preview said.
    async fn comes_true(&self, what: &str, preview: &ChangePreview, save: impl AsyncFnOnce(&str) -> bool) {
        let context = self.context(what);
        let before = self.matrix().await;
        let saved = save(&preview.digest).await;
        let after = self.matrix().await;
        if !preview.stranded.is_empty() {
            assert!(!saved, "{context}: it would strand work");
            assert_eq!(before, after, "{context}: nothing changes");
            return;
        }
        assert!(saved, "{context}");
        assert_eq!(preview.totals, Self::totals(&before, &after, None), "{context}");
        for person in self.people.iter().chain([self.office.admin()]) {
            let said = preview.employees.iter().find(|effect| effect.employee.id == person.id);
            let said = said.map(|effect| effect.dossiers).unwrap_or_default();
            assert_eq!(said, Self::totals(&before, &after, Some(person.id)), "{context}: {}", person.name);
        }
    }

    async fn change_members(&mut self) {
        let at = self.dice.below(self.groups.len());
        let group: Group = self.office.admin().get(&format!("/groups/{}", self.groups[at].id)).await.ok();
        let members: Vec<EmployeeId> = {
            let dice = &mut self.dice;
            self.people.iter().filter(|_| dice.one_in(2)).map(|person| person.id).collect()
        };
        let change = |digest: Option<&str>| {
            json!({ "name": group.name, "memberIds": members, "workAgreements": "",
            "preview": digest })
        };
        let path = format!("/groups/{}", group.id);
        let admin = self.office.admin();
        let preview: ChangePreview =
            admin.post_on(&format!("{path}/preview"), group.version, &change(None)).await.ok();
        self.comes_true("members", &preview, async |digest| {
            admin.put(&path, group.version, &change(Some(digest))).await.status.is_success()
        })
        .await;
    }

    async fn change_memberships_of_one(&mut self) {
        let person = self.someone();
        let path = format!("/employees/{}", person.id);
        let admin = self.office.admin();
        let employee: Employee = admin.get(&path).await.ok();
        let groups: Vec<GroupId> = {
            let dice = &mut self.dice;
            self.groups.iter().filter(|_| dice.one_in(2)).map(|group| group.id).collect()
        };
        let account = employee.account.unwrap();
        let change = |digest: Option<&str>| {
            json!({ "name": employee.name, "email": account.email, "roles": [],
            "groupIds": groups, "language": "nl", "preview": digest })
        };
        let preview: ChangePreview =
            admin.post_on(&format!("{path}/preview"), employee.version, &change(None)).await.ok();
        let admin = self.office.admin();
        self.comes_true("memberships", &preview, async |digest| {
            admin.put(&path, employee.version, &change(Some(digest))).await.status.is_success()
        })
        .await;
    }

    async fn change_rules(&mut self) {
        let dossiers: Vec<DossierId> = {
            let dice = &mut self.dice;
            self.model.dossiers.iter().filter(|_| dice.one_in(2)).map(|dossier| dossier.id).collect()
        };
        let group = self.groups[self.dice.below(self.groups.len())].id;
        let person = self.someone().id;
        let action = ["allow", "deny", "remove"][self.dice.below(3)];
        let order = |digest: Option<&str>| {
            json!({ "dossierIds": dossiers, "groupIds": [group],
            "employeeIds": [person], "action": action, "preview": digest })
        };
        let admin = self.office.admin();
        let preview: AccessRulesPreview = admin.post("/access-rules/preview", &order(None)).await.ok();
        self.comes_true(&format!("{action} for many"), &preview.change, async |digest| {
            let answer = admin.post("/access-rules", &order(Some(digest))).await;
            if answer.status.is_success() {
                assert_eq!(answer.ok::<AccessRulesResult>().items, preview.items);
            }
            answer.status.is_success()
        })
        .await;
    }

    async fn change_dossier(&mut self) {
        let at = self.dice.below(self.model.dossiers.len());
        let path = format!("/dossiers/{}", self.model.dossiers[at].id);
        let (manager, visibility) = (self.someone().id, ["office", "restricted"][self.dice.below(2)]);
        let admin = self.office.admin();
        let dossier: Dossier = admin.get(&path).await.ok();
        let change = |digest: Option<&str>| {
            let mut change = json!({ "managerId": manager, "visibility": visibility, "preview": digest });
            if let Some(name) = &dossier.name {
                change["name"] = json!(name);
            }
            change
        };
        let preview: ChangePreview =
            admin.post_on(&format!("{path}/preview"), dossier.version, &change(None)).await.ok();
        self.comes_true("manager and visibility", &preview, async |digest| {
            admin.put(&path, dossier.version, &change(Some(digest))).await.status.is_success()
        })
        .await;
    }

    async fn delete_a_group(&mut self) {
        if self.groups.len() < 2 {
            return;
        }
        let gone = self.groups.remove(self.dice.below(self.groups.len())).id;
        let target = self.groups[self.dice.below(self.groups.len())].id;
        let along = self.dice.one_in(2);
        let path = format!("/groups/{gone}/deletion");
        let deletion =
            |digest: Option<&str>| json!({ "targetId": target, "moveMembers": along, "preview": digest });
        let admin = self.office.admin();
        let preview: GroupDeletionPreview =
            admin.post(&format!("{path}/preview"), &deletion(None)).await.ok();
        let stranded = !preview.change.stranded.is_empty();
        self.comes_true("deleting a group", &preview.change, async |digest| {
            admin.post(&path, &deletion(Some(digest))).await.status.is_success()
        })
        .await;
        if stranded {
            let group: Group = self.office.admin().get(&format!("/groups/{gone}")).await.ok();
            self.groups.push(group);
        } else {
            self.office.admin().get(&format!("/groups/{gone}")).await.problem(ProblemCode::NotFound);
        }
    }

    /// Both lists of D5 say what the explanations say.
    async fn lists_of_access_agree(&self) {
        let matrix = self.matrix().await;
        let admin = self.office.admin();
        for dossier in &self.model.dossiers {
            for (query, denied) in [("", false), ("?denied=true", true)] {
                let path = format!("/dossiers/{}/access{query}", dossier.id);
                let listed: BTreeMap<EmployeeId, AccessReason> = admin
                    .pages::<EmployeeAccess>(&path, 4)
                    .await
                    .into_iter()
                    .map(|found| (found.employee.id, found.access.reason))
                    .collect();
                let expected: BTreeMap<EmployeeId, AccessReason> = matrix
                    .iter()
                    .filter(|((_, id), reason)| {
                        *id == dossier.id && if denied { reason.denies() } else { reason.allows() }
                    })
                    .map(|((person, _), reason)| (*person, *reason))
                    .collect();
                assert_eq!(listed, expected, "{}", self.context(&path));
            }
        }
        for person in &self.people {
            let path = format!("/employees/{}/dossiers", person.id);
            let listed: Vec<Value> = person
                .pages::<DossierAccess>(&path, 3)
                .await
                .into_iter()
                .map(|found| json!([found.dossier.id, found.access.reason]))
                .collect();
            let expected: Vec<Value> = self
                .model
                .dossiers
                .iter()
                .rev()
                .map(|dossier| (dossier.id, matrix[&(person.id, dossier.id)]))
                .filter(|(_, reason)| reason.allows())
                .map(|(id, reason)| json!([id, reason]))
                .collect();
            assert_eq!(listed, expected, "{}", self.context(&path));
        }
    }
}

#[actix_web::test]
async fn a_preview_is_what_saving_then_does() {
    let seed = std::env::var("WERKBAK_SEED").map_or(11, |seed| seed.parse().expect("a number"));
    let mut story = Story::new(seed).await;
    story.lists_of_access_agree().await;
    for _ in 0..2 {
        story.change_members().await;
        story.change_rules().await;
        story.change_dossier().await;
        story.change_memberships_of_one().await;
        story.delete_a_group().await;
    }
    story.lists_of_access_agree().await;
}
