//! What rows refer to by name, found without asking the database again.

use std::collections::{BTreeSet, HashMap};

use contract::validation::FieldCode;
use contract::{EmployeeId, GroupId, Text};

use super::draft::Draft;
use super::store;
use crate::access::Tx;
use crate::hand_over::{self, Scope};
use crate::problem::Outcome;
use crate::text::fold;

/// Things by their folded name; a name may be that of several (G2).
#[derive(Debug)]
pub struct Named<I> {
    by_name: HashMap<String, Vec<I>>,
    nothing: Text,
}

impl<I: Copy> Named<I> {
    /// From all there are; `nothing` is said of a name that none of them has.
    pub fn new(all: impl IntoIterator<Item = (I, String)>, nothing: Text) -> Self {
        let mut by_name: HashMap<String, Vec<I>> = HashMap::new();
        for (id, name) in all {
            by_name.entry(fold(&name)).or_default().push(id);
        }
        Self { by_name, nothing }
    }

    /// The one with a name; the draft is told when there is none, or more than one.
    pub fn find(&self, draft: &mut Draft<'_>, field: &str, name: &str) -> Option<I> {
        match self.by_name.get(&fold(name)).map(Vec::as_slice) {
            Some([one]) => Some(*one),
            Some(several) if several.len() > 1 => {
                let count = several.len();
                draft.reject(
                    field,
                    FieldCode::Ambiguous,
                    Text::new(
                        format!("‘{name}’ is de naam van {count} verschillende."),
                        format!("‘{name}’ is the name of {count} different ones."),
                    ),
                );
                None
            }
            _ => {
                let text = Text::new(
                    format!("‘{name}’: {}", self.nothing.nl),
                    format!("‘{name}’: {}", self.nothing.en),
                );
                draft.reject(field, FieldCode::Unknown, text);
                None
            }
        }
    }
}

/// The office's employee groups.
#[derive(Debug)]
pub struct Groups {
    named: Named<GroupId>,
    names: HashMap<GroupId, String>,
}

impl Groups {
    /// All of them, held so that nobody joins or leaves meanwhile.
    pub fn load(tx: &mut Tx<'_>) -> Outcome<Self> {
        let all = store::groups(tx)?;
        let nothing = Text::new("deze medewerkersgroep bestaat niet.", "there is no such employee group.");
        Ok(Self { names: all.iter().cloned().collect(), named: Named::new(all, nothing) })
    }

    /// The groups named in a cell; none if the file has no such column.
    pub fn several(&self, draft: &mut Draft<'_>, field: &str) -> Option<BTreeSet<GroupId>> {
        let names = draft.row.several(field)?;
        Some(names.into_iter().filter_map(|name| self.named.find(draft, field, name)).collect())
    }

    /// The one group named in a cell.
    pub fn one(&self, draft: &mut Draft<'_>, field: &str) -> Option<GroupId> {
        let name = draft.row.text(field);
        if name.is_empty() {
            let text = Text::new("Vul dit in.", "Fill this in.");
            draft.reject(field, FieldCode::Blank, text);
            return None;
        }
        self.named.find(draft, field, name)
    }

    /// Their names, in order, as a cell holds them.
    pub fn names(&self, ids: impl IntoIterator<Item = GroupId>) -> String {
        let mut names: Vec<&str> =
            ids.into_iter().filter_map(|id| self.names.get(&id).map(String::as_str)).collect();
        names.sort_unstable_by_key(|name| fold(name));
        names.join(super::draft::BETWEEN)
    }
}

/// P4 after all changes of memberships: rows of people whose work would be left behind are rejected, with the
/// numbers of what it is. One look for hundreds of people.
pub fn strand_nothing(
    tx: &mut Tx<'_>,
    drafts: &mut [Draft<'_>],
    of: &HashMap<EmployeeId, Vec<usize>>,
    field: &str,
) -> Outcome<()> {
    let people: Vec<EmployeeId> = of.keys().copied().collect();
    for some in people.chunks(500) {
        let mut left: HashMap<EmployeeId, Vec<String>> = HashMap::new();
        for work in hand_over::left_behind(tx, &Scope::people(some))? {
            left.entry(work.holder).or_default().push(work.number);
        }
        for (holder, mut numbers) in left {
            numbers.sort();
            numbers.dedup();
            for position in of.get(&holder).into_iter().flatten() {
                if let Some(draft) = drafts.get_mut(*position) {
                    draft.reject(field, FieldCode::WouldStrandWork, stranded(&numbers));
                }
            }
        }
    }
    Ok(())
}

/// Why work would be left behind: the first few numbers.
pub fn stranded(numbers: &[String]) -> Text {
    const SHOWN: usize = 5;
    let shown = numbers.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = numbers.len().saturating_sub(SHOWN);
    let (nl, en) = if more > 0 {
        (format!(" en {more} meer"), format!(" and {more} more"))
    } else {
        (String::new(), String::new())
    };
    Text::new(
        format!("Hierdoor blijft werk liggen: {shown}{nl}. Draag dat eerst over."),
        format!("This would leave work behind: {shown}{en}. Hand it over first."),
    )
}
