//! Who has access to a dossier (D3), as a pure function, and why, in words (D5).

use contract::{Access, AccessReason, Effect, GroupRef, Language, Text, Visibility};

/// What is known about one person and one dossier.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Whether they are an active employee of the dossier's office.
    pub active: bool,
    /// Whether they manage the dossier.
    pub manager: bool,
    /// The rule for them, if there is one.
    pub own: Option<Effect>,
    /// The rules for their groups.
    pub groups: Vec<(GroupRef, Effect)>,
    /// Who sees the dossier without a rule.
    pub visibility: Visibility,
}

/// What was decided, and by which rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Which step of D3 decided.
    pub reason: AccessReason,
    /// The groups that decided, if groups did.
    pub groups: Vec<GroupRef>,
}

/// What D3 looks at, without who the groups are.
#[derive(Debug, Clone, Copy)]
pub struct Bare {
    /// Whether they are an active employee of the dossier's office.
    pub active: bool,
    /// Whether they manage the dossier.
    pub manager: bool,
    /// The rule for them, if there is one.
    pub own: Option<Effect>,
    /// Whether any of their groups is denied.
    pub denied: bool,
    /// Whether any of their groups is allowed.
    pub allowed: bool,
    /// Who sees the dossier without a rule.
    pub visibility: Visibility,
}

/// D3: the first step that matches decides.
pub const fn reason(facts: Bare) -> AccessReason {
    if !facts.active {
        return AccessReason::NotActive;
    }
    if facts.manager {
        return AccessReason::Manager;
    }
    match facts.own {
        Some(Effect::Allow) => return AccessReason::EmployeeAllowed,
        Some(Effect::Deny) => return AccessReason::EmployeeDenied,
        None => {}
    }
    if facts.denied {
        return AccessReason::GroupDenied;
    }
    if facts.allowed {
        return AccessReason::GroupAllowed;
    }
    match facts.visibility {
        Visibility::Office => AccessReason::OfficeVisible,
        Visibility::Restricted => AccessReason::NotGranted,
    }
}

/// D3, and which groups decided, if groups did.
pub fn decide(facts: Facts) -> Decision {
    let has = |effect: Effect| facts.groups.iter().any(|(_, found)| *found == effect);
    let reason = reason(Bare {
        active: facts.active,
        manager: facts.manager,
        own: facts.own,
        denied: has(Effect::Deny),
        allowed: has(Effect::Allow),
        visibility: facts.visibility,
    });
    let deciding = match reason {
        AccessReason::GroupDenied => Some(Effect::Deny),
        AccessReason::GroupAllowed => Some(Effect::Allow),
        _ => None,
    };
    let by = |(group, effect)| (Some(effect) == deciding).then_some(group);
    Decision { reason, groups: facts.groups.into_iter().filter_map(by).collect() }
}

impl Decision {
    /// Whether this gives access.
    pub const fn allows(&self) -> bool {
        self.reason.allows()
    }

    /// Whether this is an explicit denial.
    pub const fn denies(&self) -> bool {
        self.reason.denies()
    }

    /// In words and as data (D5).
    pub fn explain(self, language: Language) -> Access {
        let names = self.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>().join(", ");
        let (group_nl, group_en) =
            if self.groups.len() == 1 { ("groep", "group") } else { ("groepen", "groups") };
        let (are_nl, are_en) = if self.groups.len() == 1 { ("is", "is") } else { ("zijn", "are") };
        let text = match self.reason {
            AccessReason::NotActive => Text::new(
                "Geen toegang: geen actieve medewerker van deze organisatie.",
                "No access: not an active employee of this office.",
            ),
            AccessReason::Manager => {
                Text::new("Toegang: dossierbeheerder van dit dossier.", "Access: manager of this dossier.")
            }
            AccessReason::EmployeeAllowed => Text::new(
                "Toegang: een regel geeft deze medewerker toegang.",
                "Access: a rule gives this employee access.",
            ),
            AccessReason::EmployeeDenied => Text::new(
                "Geen toegang: een regel weigert deze medewerker.",
                "No access: a rule denies this employee.",
            ),
            AccessReason::GroupDenied => Text::new(
                format!("Geen toegang: {group_nl} {names} {are_nl} geweigerd."),
                format!("No access: {group_en} {names} {are_en} denied."),
            ),
            AccessReason::GroupAllowed => Text::new(
                format!("Toegang: via {group_nl} {names}."),
                format!("Access: through {group_en} {names}."),
            ),
            AccessReason::OfficeVisible => Text::new(
                "Toegang: het dossier is zichtbaar voor de hele organisatie.",
                "Access: the dossier is visible to the whole office.",
            ),
            AccessReason::NotGranted => Text::new(
                "Geen toegang: het dossier is afgeschermd en geen enkele regel geeft toegang.",
                "No access: the dossier is restricted and no rule gives access.",
            ),
        };
        Access {
            allowed: self.allows(),
            reason: self.reason,
            groups: self.groups,
            explanation: text.get(language).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::GroupId;

    fn group(name: &str) -> GroupRef {
        GroupRef { id: GroupId::new(), name: name.to_owned() }
    }

    /// Every combination of what D3 looks at, against D3 written as the numbered list it is.
    #[test]
    fn every_cell_of_d3() {
        let mut cells = 0;
        for active in [false, true] {
            for manager in [false, true] {
                for own in [None, Some(Effect::Allow), Some(Effect::Deny)] {
                    for group_rules in [
                        vec![],
                        vec![Effect::Allow],
                        vec![Effect::Deny],
                        vec![Effect::Allow, Effect::Deny],
                        vec![Effect::Deny, Effect::Allow],
                        vec![Effect::Allow, Effect::Allow],
                    ] {
                        for visibility in [Visibility::Office, Visibility::Restricted] {
                            let expected = if !active {
                                AccessReason::NotActive
                            } else if manager {
                                AccessReason::Manager
                            } else if own == Some(Effect::Allow) {
                                AccessReason::EmployeeAllowed
                            } else if own == Some(Effect::Deny) {
                                AccessReason::EmployeeDenied
                            } else if group_rules.contains(&Effect::Deny) {
                                AccessReason::GroupDenied
                            } else if group_rules.contains(&Effect::Allow) {
                                AccessReason::GroupAllowed
                            } else if visibility == Visibility::Office {
                                AccessReason::OfficeVisible
                            } else {
                                AccessReason::NotGranted
                            };
                            let groups: Vec<_> =
                                group_rules.iter().map(|effect| (group("g"), *effect)).collect();
                            let decision = decide(Facts { active, manager, own, groups, visibility });
                            assert_eq!(decision.reason, expected);
                            cells += 1;
                        }
                    }
                }
            }
        }
        assert_eq!(cells, 2 * 2 * 3 * 6 * 2);
    }

    #[test]
    fn the_explanation_names_the_group() {
        let facts = Facts {
            active: true,
            manager: false,
            own: None,
            groups: vec![(group("wijkteam"), Effect::Allow), (group("extern"), Effect::Deny)],
            visibility: Visibility::Office,
        };
        let access = decide(facts).explain(Language::Dutch);
        assert!(!access.allowed);
        assert_eq!(access.explanation, "Geen toegang: groep extern is geweigerd.");
    }
}
