//! Who sees a task and what they may do with it (T2, T4, T7), as pure functions.

use contract::{CasePart, TaskRights, TaskState};

/// What is known about one person and one task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Explicitly denied on the dossier.
    pub denied: bool,
    /// Holds the task.
    pub holder: bool,
    /// Member of the group whose tray it is in.
    pub member: bool,
    /// Part in the case.
    pub part: Option<CasePart>,
    /// Where the task stands.
    pub state: TaskState,
    /// Whether it is in a tray.
    pub in_tray: bool,
    /// Whether it came from a tray.
    pub has_origin: bool,
    /// Whether its case is open.
    pub case_open: bool,
}

/// T7: the holder, members of the tray's group, and the case team; an explicit denial hides it.
pub const fn sees(facts: Facts) -> bool {
    !facts.denied && (facts.holder || facts.member || facts.part.is_some())
}

/// T2 and T4.
pub const fn rights(facts: Facts) -> TaskRights {
    let open = matches!(facts.state, TaskState::Open) && facts.case_open && !facts.denied;
    TaskRights {
        claim: open && facts.in_tray && facts.member,
        release: open && facts.holder && facts.has_origin,
        forward: open && (facts.holder || facts.member || facts.part.is_some()),
        complete: open && facts.holder,
        edit: open && facts.part.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination() {
        for bits in 0_u16..512 {
            let bit = |position: u16| bits & (1 << position) != 0;
            let state = if bit(7) { TaskState::Completed } else { TaskState::Open };
            let facts = Facts {
                denied: bit(0),
                holder: bit(1),
                member: bit(2),
                part: bit(3).then_some(if bit(8) { CasePart::Supporter } else { CasePart::Coordinator }),
                state,
                in_tray: bit(4),
                has_origin: bit(5),
                case_open: bit(6),
            };
            let insider = bit(1) || bit(2) || bit(3);
            assert_eq!(sees(facts), insider && !bit(0));
            let works = !bit(0) && !bit(7) && bit(6);
            let rights = rights(facts);
            assert_eq!(rights.claim, works && bit(4) && bit(2));
            assert_eq!(rights.release, works && bit(1) && bit(5));
            assert_eq!(rights.forward, works && insider);
            assert_eq!(rights.complete, works && bit(1));
            assert_eq!(rights.edit, works && bit(3));
        }
    }
}
