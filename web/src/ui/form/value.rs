//! What a field can hold, and how two people's changes to it come together (C10).

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::ui::choice::Choice;

/// The value of a field.
pub trait Value: Clone + PartialEq + Send + Sync + Serialize + DeserializeOwned + 'static {
    /// What both changed, brought together without losing anything; `None` if a person must choose.
    fn merge(_base: &Self, _mine: &Self, _theirs: &Self) -> Option<Self> {
        None
    }
}

impl Value for String {}
impl Value for bool {}
impl Value for Option<Choice> {}

/// Of a list, each keeps what the one added and loses what the other removed.
impl Value for Vec<Choice> {
    fn merge(base: &Self, mine: &Self, theirs: &Self) -> Option<Self> {
        let within = |list: &Self, choice: &Choice| list.iter().any(|other| other.id == choice.id);
        let mut merged: Self =
            theirs.iter().filter(|choice| within(mine, choice) || !within(base, choice)).cloned().collect();
        for added in mine.iter().filter(|choice| !within(base, choice)) {
            if !within(&merged, added) {
                merged.push(added.clone());
            }
        }
        Some(merged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(ids: &[u128]) -> Vec<Choice> {
        ids.iter().map(|id| Choice::new(uuid::Uuid::from_u128(*id), id.to_string())).collect()
    }

    #[test]
    fn nobodys_addition_or_removal_is_lost() {
        for (base, mine, theirs, merged) in [
            (list(&[1, 2]), list(&[1, 2, 3]), list(&[1, 2, 4]), list(&[1, 2, 4, 3])),
            (list(&[1, 2]), list(&[2]), list(&[1, 2, 4]), list(&[2, 4])),
            (list(&[1, 2]), list(&[1]), list(&[2]), list(&[])),
            (list(&[]), list(&[5]), list(&[5]), list(&[5])),
        ] {
            assert_eq!(Value::merge(&base, &mine, &theirs), Some(merged));
        }
    }
}
