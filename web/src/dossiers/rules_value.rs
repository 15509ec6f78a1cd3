//! The rules of a dossier as a field: two people's changes come together rule by rule.

use contract::{AccessRule, Effect, EmployeeId, GroupId, NewAccessRule};
use serde::{Deserialize, Serialize};

use crate::ui::choice::Choice;
use crate::ui::form::Value;

/// Whom a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    Employee,
    Group,
}

/// One rule (D2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub subject: Subject,
    pub choice: Choice,
    pub effect: Effect,
}

impl Rule {
    pub fn is_about(&self, subject: Subject, choice: &Choice) -> bool {
        self.subject == subject && self.choice == *choice
    }

    pub fn to_new(&self) -> NewAccessRule {
        let id = self.choice.id;
        NewAccessRule {
            employee_id: (self.subject == Subject::Employee).then_some(EmployeeId(id)),
            group_id: (self.subject == Subject::Group).then_some(GroupId(id)),
            effect: self.effect,
        }
    }
}

/// The rules as the server lists them.
pub fn rules_of(rules: Vec<AccessRule>) -> Vec<Rule> {
    rules
        .into_iter()
        .filter_map(|rule| {
            let group = rule.group.map(|group| (Subject::Group, Choice::from(group)));
            let (subject, choice) = group
                .or_else(|| rule.employee.map(|employee| (Subject::Employee, Choice::from(employee))))?;
            Some(Rule { subject, choice, effect: rule.effect })
        })
        .collect()
}

/// Keeps what each added, changed or removed. Where both changed the same rule, no access wins: too little access is
/// noticed, too much is not.
impl Value for Vec<Rule> {
    fn merge(base: &Self, mine: &Self, theirs: &Self) -> Option<Self> {
        let effect = |rules: &Self, rule: &Rule| {
            rules.iter().find(|other| other.is_about(rule.subject, &rule.choice)).map(|found| found.effect)
        };
        let mut merged = Self::new();
        for rule in theirs.iter().chain(mine) {
            if effect(&merged, rule).is_some() {
                continue;
            }
            let (before, here, there) = (effect(base, rule), effect(mine, rule), effect(theirs, rule));
            let decided = if here == before {
                there
            } else if there == before || here == there {
                here
            } else {
                [here, there].contains(&Some(Effect::Deny)).then_some(Effect::Deny).or(here).or(there)
            };
            if let Some(effect) = decided {
                merged.push(Rule { effect, ..rule.clone() });
            }
        }
        Some(merged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(rules: &[(u128, Effect)]) -> Vec<Rule> {
        rules
            .iter()
            .map(|(id, effect)| Rule {
                subject: Subject::Group,
                choice: Choice::new(uuid::Uuid::from_u128(*id), id.to_string()),
                effect: *effect,
            })
            .collect()
    }

    #[test]
    fn changes_of_two_people_come_together_and_deny_wins() {
        use Effect::{Allow, Deny};
        for (base, mine, theirs, merged) in [
            (vec![], vec![(1, Allow)], vec![(2, Allow)], vec![(2, Allow), (1, Allow)]),
            (vec![(1, Allow)], vec![], vec![(1, Allow), (2, Deny)], vec![(2, Deny)]),
            (vec![(1, Allow)], vec![(1, Deny)], vec![(1, Allow)], vec![(1, Deny)]),
            (vec![(1, Allow)], vec![], vec![(1, Deny)], vec![(1, Deny)]),
            (vec![], vec![(1, Allow)], vec![(1, Deny)], vec![(1, Deny)]),
        ] {
            assert_eq!(Value::merge(&rules(&base), &rules(&mine), &rules(&theirs)), Some(rules(&merged)));
        }
    }
}
