//! The employees to measure with, in classes that see much or little for different reasons (D3), and what is theirs.

use std::collections::HashMap;

use contract::Effect;

use super::dice::{Dice, For};
use super::dossier::Dossier;
use super::office::Office;
use super::shape::{OF_A_CLASS, Own};

/// A class of employees; there are sixteen of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// In fifteen departments and ten teams: sees most dossiers.
    Broad,
    /// In one department, five teams and two small groups, of which one sorts the post.
    Medium,
    /// In one group of their own that is allowed on sixty dossiers, and nothing else.
    Narrow,
    /// In no group: manages forty dossiers and is allowed on twenty.
    Loose,
    /// In one department, and in a group that is denied on three dossiers in ten.
    Denied,
    /// In no group, of an office where half of the dossiers are open to all.
    Open,
}

impl Class {
    /// With what their usernames begin; a number from 1 to 16 follows.
    pub const fn username(self) -> &'static str {
        match self {
            Self::Broad => "breed",
            Self::Medium => "gemiddeld",
            Self::Narrow => "smal",
            Self::Loose => "los",
            Self::Denied => "geweigerd",
            Self::Open => "open",
        }
    }

    /// What is special about them, for who signs in as one.
    pub const fn shows(self) -> &'static str {
        match self {
            Self::Broad => "in 15 departments and 10 teams: sees most dossiers",
            Self::Medium => {
                "in 1 department, 5 teams and 2 small groups, of which Postkamer has the full tray"
            }
            Self::Narrow => "in 1 small group: sees exactly 60 dossiers",
            Self::Loose => "in no group: manages 40 dossiers and is allowed on 20",
            Self::Denied => "in 1 department, and in a group that is denied on 3 dossiers in 10",
            Self::Open => "in no group, where half of the dossiers are open to the whole office",
        }
    }
}

/// How many dossiers each narrow or loose employee sees.
const SEEN: usize = 60;
/// One in how many tasks of the post lies in a dossier that is denied to someone who sorts it.
const POST_DENIED: usize = 100;

/// What is different about one dossier because of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Special {
    /// This employee manages it.
    Manager(usize),
    /// A rule for an employee.
    Employee(usize, Effect),
    /// A rule for a group.
    Group(usize, Effect),
}

/// What is different about one case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Called {
    /// Its dossier, when that is not left to chance.
    pub(super) dossier: Option<usize>,
    /// Its coordinator, when that is not.
    pub(super) coordinator: Option<usize>,
    /// Whether it has a task among the post: then it is open.
    pub(super) post: bool,
}

/// The place of number `one` of `count` that lie evenly over `of`.
const fn spread(one: usize, count: usize, of: usize) -> usize {
    (2 * one + 1) * of / (2 * count)
}

/// The dossiers of the narrow and the loose: evenly over all, each a dossier of their own.
fn own_dossiers(office: &Office, one: usize) -> impl Iterator<Item = (usize, usize)> {
    let dossiers = office.shape.dossiers;
    (0..SEEN).map(move |place| (place, spread(place * OF_A_CLASS + one, SEEN * OF_A_CLASS, dossiers)))
}

/// What makes dossiers visible to the narrow and the loose.
pub(super) fn specials(office: &Office) -> HashMap<usize, Vec<Special>> {
    let mut specials: HashMap<usize, Vec<Special>> = HashMap::new();
    for (class, one, employee) in office.of_classes() {
        for (place, dossier) in own_dossiers(office, one) {
            let special = match class {
                Class::Narrow => Special::Group(office.shape.own(Own::Narrow(one)), Effect::Allow),
                Class::Loose if place % 3 == 2 => Special::Employee(employee, Effect::Allow),
                Class::Loose => Special::Manager(employee),
                Class::Broad | Class::Medium | Class::Denied | Class::Open => break,
            };
            specials.entry(dossier).or_default().push(special);
        }
    }
    specials
}

/// The cases that are not left to chance. May add what is special about their dossiers.
pub(super) fn calls(office: &mut Office) -> HashMap<usize, Called> {
    let mut calls: HashMap<usize, Called> = HashMap::new();
    for one in 0..office.shape.post {
        let case = spread(one, office.shape.post, office.shape.cases);
        let dossier =
            if one % POST_DENIED == POST_DENIED / 2 { denied_post(office, one, case) } else { None };
        calls.insert(case, Called { dossier, coordinator: None, post: true });
    }
    let people: Vec<_> = office.of_classes().collect();
    // Half of the cases at most.
    let each = office.shape.coordinated.min(office.shape.cases / (2 * people.len()).max(1));
    for number in 0..each * people.len() {
        let (class, one, employee) = people[number % people.len()];
        let mut case = spread(number, each * people.len(), office.shape.cases);
        // Cases of the post and earlier ones keep what they have.
        while calls.contains_key(&case) && case + 1 < office.shape.cases {
            case += 1;
        }
        let mut dice = Dice::of(office.seed, For::Class, office.index, number);
        let there = office.calendar.dossiers_at(case);
        let dossier = match class {
            Class::Narrow | Class::Loose => {
                let own: Vec<usize> =
                    own_dossiers(office, one).map(|(_, own)| own).filter(|own| *own < there).collect();
                own.get(dice.below(own.len())).copied()
            }
            Class::Broad | Class::Medium | Class::Denied | Class::Open => (0..5_000)
                .map(|_| dice.below(there))
                .find(|index| Dossier::at(office, *index).can_be_worked_in_by(office, employee)),
        };
        if dossier.is_some() {
            calls.entry(case).or_insert(Called { dossier, coordinator: Some(employee), post: false });
        }
    }
    calls
}

/// A dossier for a task of the post that one of who sort it is denied.
fn denied_post(office: &mut Office, one: usize, case: usize) -> Option<usize> {
    let mut dice = Dice::of(office.seed, For::Class, office.index, usize::MAX - one);
    let there = office.calendar.dossiers_at(case);
    let sorter = office.shape.class_range(Class::Medium).start + (one / POST_DENIED) % OF_A_CLASS;
    let free = |office: &Office, index: usize| {
        !office.specials.contains_key(&index) && !Dossier::at(office, index).archived
    };
    let dossier = (0..5_000).map(|_| dice.below(there)).find(|index| free(office, *index))?;
    office.specials.entry(dossier).or_default().push(Special::Employee(sorter, Effect::Deny));
    Some(dossier)
}
