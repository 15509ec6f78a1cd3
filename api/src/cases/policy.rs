//! How much of a case someone sees (C6), as a pure function.

use contract::CaseView;

/// What is known about one person and one case. They are an active employee of its office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Explicitly denied on the dossier.
    pub denied: bool,
    /// Coordinator or supporter.
    pub team: bool,
    /// Authorised for the case type, by name or through a group.
    pub authorised: bool,
    /// Access to the dossier.
    pub dossier: bool,
    /// Holds one of its open tasks, or could claim one.
    pub task: bool,
}

/// C6: the first line that matches decides; nothing means 404.
pub const fn view(facts: Facts) -> Option<CaseView> {
    match facts {
        Facts { denied: true, .. } => None,
        Facts { team: true, .. } => Some(CaseView::Full),
        Facts { authorised: true, .. } => Some(CaseView::ClosedSteps),
        Facts { dossier: true, .. } | Facts { task: true, .. } => Some(CaseView::Header),
        Facts { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every combination, against C6 as it is written.
    #[test]
    fn every_cell_of_c6() {
        for bits in 0_u8..32 {
            let bit = |position: u8| bits & (1 << position) != 0;
            let facts =
                Facts { denied: bit(0), team: bit(1), authorised: bit(2), dossier: bit(3), task: bit(4) };
            let expected = if bit(0) {
                None
            } else if bit(1) {
                Some(CaseView::Full)
            } else if bit(2) {
                Some(CaseView::ClosedSteps)
            } else if bit(3) || bit(4) {
                Some(CaseView::Header)
            } else {
                None
            };
            assert_eq!(view(facts), expected, "{facts:?}");
        }
    }
}
