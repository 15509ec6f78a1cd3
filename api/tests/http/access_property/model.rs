//! A random office as the test knows it, and the rules of access written a second time, as plainly as possible.

use std::collections::{BTreeMap, BTreeSet};

use contract::*;

/// SplitMix64: small, and the same office for the same seed everywhere.
#[derive(Debug)]
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(most).unwrap()).unwrap()
    }

    pub fn one_in(&mut self, most: usize) -> bool {
        self.below(most) == 0
    }

    pub fn effect(&mut self) -> Effect {
        if self.one_in(2) { Effect::Allow } else { Effect::Deny }
    }
}

#[derive(Debug)]
pub struct DossierFacts {
    pub id: DossierId,
    pub number: String,
    pub manager: Option<EmployeeId>,
    /// The client group's address.
    pub client: Option<String>,
    pub people: BTreeMap<EmployeeId, Effect>,
    pub groups: BTreeMap<GroupId, Effect>,
    pub visibility: Visibility,
}

#[derive(Debug)]
pub struct CaseFacts {
    pub id: CaseId,
    pub number: String,
    pub dossier: usize,
    pub case_type: CaseTypeId,
    pub coordinator: EmployeeId,
    pub supporters: BTreeSet<EmployeeId>,
}

#[derive(Debug)]
pub struct TaskFacts {
    pub id: TaskId,
    /// In its title.
    pub number: usize,
    pub case: usize,
    pub holder: Option<EmployeeId>,
    pub tray: Option<GroupId>,
}

/// The whole office, as the test knows it. Everyone in it is active.
#[derive(Debug, Default)]
pub struct Model {
    pub members: BTreeMap<GroupId, BTreeSet<EmployeeId>>,
    pub dossiers: Vec<DossierFacts>,
    pub cases: Vec<CaseFacts>,
    pub tasks: Vec<TaskFacts>,
    pub authorised_people: BTreeSet<(CaseTypeId, EmployeeId)>,
    pub authorised_groups: BTreeSet<(CaseTypeId, GroupId)>,
    /// Who wants no tray mails, and no mails of one tray.
    pub quiet: BTreeSet<EmployeeId>,
    pub quiet_trays: BTreeSet<(EmployeeId, GroupId)>,
}

impl Model {
    pub fn is_member(&self, who: EmployeeId, group: GroupId) -> bool {
        self.members[&group].contains(&who)
    }

    /// D3, from the second step on.
    pub fn d3(&self, dossier: &DossierFacts, who: EmployeeId) -> AccessReason {
        if dossier.manager == Some(who) {
            return AccessReason::Manager;
        }
        match dossier.people.get(&who) {
            Some(Effect::Allow) => return AccessReason::EmployeeAllowed,
            Some(Effect::Deny) => return AccessReason::EmployeeDenied,
            None => {}
        }
        let among = |effect: Effect| {
            dossier.groups.iter().any(|(group, found)| *found == effect && self.is_member(who, *group))
        };
        if among(Effect::Deny) {
            AccessReason::GroupDenied
        } else if among(Effect::Allow) {
            AccessReason::GroupAllowed
        } else if dossier.visibility == Visibility::Office {
            AccessReason::OfficeVisible
        } else {
            AccessReason::NotGranted
        }
    }

    pub fn access(&self, dossier: &DossierFacts, who: EmployeeId) -> bool {
        use AccessReason::*;
        matches!(self.d3(dossier, who), Manager | EmployeeAllowed | GroupAllowed | OfficeVisible)
    }

    pub fn denied(&self, dossier: &DossierFacts, who: EmployeeId) -> bool {
        matches!(self.d3(dossier, who), AccessReason::EmployeeDenied | AccessReason::GroupDenied)
    }

    pub fn in_team(&self, case: &CaseFacts, who: EmployeeId) -> bool {
        case.coordinator == who || case.supporters.contains(&who)
    }

    pub fn authorised(&self, case_type: CaseTypeId, who: EmployeeId) -> bool {
        self.authorised_people.contains(&(case_type, who))
            || self
                .authorised_groups
                .iter()
                .any(|(found, group)| *found == case_type && self.is_member(who, *group))
    }

    /// C6.
    pub fn c6(&self, at: usize, who: EmployeeId) -> Option<CaseView> {
        let case = &self.cases[at];
        let dossier = &self.dossiers[case.dossier];
        if self.denied(dossier, who) {
            return None;
        }
        if self.in_team(case, who) {
            return Some(CaseView::Full);
        }
        if self.authorised(case.case_type, who) {
            return Some(CaseView::ClosedSteps);
        }
        let task =
            self.tasks.iter().filter(|task| task.case == at).any(|task| {
                task.holder == Some(who) || task.tray.is_some_and(|tray| self.is_member(who, tray))
            });
        (self.access(dossier, who) || task).then_some(CaseView::Header)
    }

    /// T7.
    pub fn sees_task(&self, task: &TaskFacts, who: EmployeeId) -> bool {
        let case = &self.cases[task.case];
        let concerned = task.holder == Some(who)
            || task.tray.is_some_and(|tray| self.is_member(who, tray))
            || self.in_team(case, who);
        concerned && !self.denied(&self.dossiers[case.dossier], who)
    }

    /// D6, where all accounts can be used: the manager, else the client group, else the office.
    pub fn address(&self, dossier: &DossierFacts, of: impl Fn(EmployeeId) -> String) -> String {
        match (dossier.manager, &dossier.client) {
            (Some(manager), _) => of(manager),
            (None, Some(client)) => client.clone(),
            (None, None) => "info@zaanstad.test".to_owned(),
        }
    }

    /// T3, and T6 when that is nobody.
    pub fn told(&self, task: &TaskFacts, causer: EmployeeId) -> (&'static str, BTreeSet<EmployeeId>) {
        let (case, tray) = (&self.cases[task.case], task.tray.unwrap());
        let dossier = &self.dossiers[case.dossier];
        let told: BTreeSet<EmployeeId> = self.members[&tray]
            .iter()
            .filter(|who| **who != causer)
            .filter(|who| !self.quiet.contains(who) && !self.quiet_trays.contains(&(**who, tray)))
            .filter(|who| !self.denied(dossier, **who))
            .copied()
            .collect();
        if told.is_empty() {
            ("tray-silent", BTreeSet::from([case.coordinator]))
        } else {
            ("tray-task", told)
        }
    }
}
