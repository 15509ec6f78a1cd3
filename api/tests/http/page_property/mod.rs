//! The lists that are merged from reasons show exactly what the rules say row by row: for every class of employee, every filter, both
//! orders and every place to begin, while access changes. `WERKBAK_SEED` tries other offices.

mod office;

use chrono::NaiveDate;
use contract::*;
use werkbak::access::pages::{self, Order, Part};
use werkbak::access::{Actor, Tx};
use werkbak::db::Conn;

use crate::access_property::model::Dice;
use crate::support::TestDatabase;
use office::{CLASSES, Office, Seen};

/// How many random questions each class is asked.
const QUESTIONS: usize = 10_000;
/// After how many of them something about access changes.
const STEADY: usize = 400;

struct Asking<'a> {
    conn: &'a mut Conn,
    actor: Actor,
    dice: Dice,
}

/// A page of what is expected: those after a place, in an order.
fn cut<K: Copy + Ord>(all: impl Iterator<Item = K>, part: &Part<K>) -> Vec<K> {
    let mut all: Vec<K> = all
        .filter(|key| match (part.after, part.order) {
            (None, _) => true,
            (Some(after), Order::Newest) => *key < after,
            (Some(after), Order::Oldest) => *key > after,
        })
        .collect();
    all.sort_unstable();
    if part.order == Order::Newest {
        all.reverse();
    }
    all.truncate(usize::try_from(part.fetch).unwrap());
    all
}

/// The same for another order.
fn first<K: Ord>(all: impl Iterator<Item = K>, after: Option<K>, fetch: i64) -> Vec<K> {
    let mut all: Vec<K> = all.filter(|key| after.as_ref().is_none_or(|after| key > after)).collect();
    all.sort_unstable();
    all.truncate(usize::try_from(fetch).unwrap());
    all
}

impl Asking<'_> {
    fn part<K: Copy>(&mut self, keys: &[K]) -> Part<K> {
        let dice = &mut self.dice;
        let order = if dice.one_in(2) { Order::Newest } else { Order::Oldest };
        let after = (!dice.one_in(3) && !keys.is_empty()).then(|| keys[dice.below(keys.len())]);
        Part { order, after, fetch: i64::try_from(1 + dice.below(60)).unwrap() }
    }

    fn q(&mut self) -> Option<&'static str> {
        let all = ["wonen", "zorg 1", "2026-0001", "%", "_", "jeugd", "bestaat niet"];
        let dice = &mut self.dice;
        dice.one_in(4).then(|| all[dice.below(all.len())])
    }

    fn tx(&mut self) -> Tx<'_> {
        Tx {
            conn: self.conn,
            actor: &self.actor,
            language: Language::Dutch,
            address: None,
            writing: false,
            refused: false,
        }
    }

    fn dossiers(&mut self, office: &Office, seen: &Seen, context: &str) {
        let keys: Vec<DossierId> = office.dossiers.keys().copied().collect();
        let (part, q) = (self.part(&keys), self.q());
        let state = self.dice.one_in(3).then(|| DossierState::ALL[self.dice.below(2)]);
        let wanted = pages::dossiers::Wanted { q, state };
        let matching = office.dossiers.values().filter(|one| {
            seen.dossiers.contains(&one.id)
                && state.is_none_or(|state| one.state == state)
                && q.is_none_or(|q| one.name.contains(q) || one.number.contains(q))
        });
        if !self.dice.one_in(5) {
            let lines = pages::dossiers::page(&mut self.tx(), wanted, &part).unwrap();
            let found: Vec<DossierId> = lines.iter().map(|line| line.id).collect();
            let expected = cut(matching.map(|one| one.id), &part);
            assert_eq!(found, expected, "dossiers {wanted:?} {part:?} {context}");
            return;
        }
        let after = part.after.map(|id| (office.dossiers[&id].name.clone(), id));
        let lines = pages::dossiers::by_name(&mut self.tx(), wanted, after.clone(), part.fetch).unwrap();
        let found: Vec<(String, DossierId)> =
            lines.into_iter().map(|line| (line.name_folded, line.id)).collect();
        let expected = first(matching.map(|one| (one.name.clone(), one.id)), after, part.fetch);
        assert_eq!(found, expected, "dossiers by name {wanted:?} {part:?} {context}");
    }

    fn cases(&mut self, office: &Office, seen: &Seen, context: &str) {
        let keys: Vec<CaseId> = office.cases.keys().copied().collect();
        let (part, q) = (self.part(&keys), self.q());
        let state = self.dice.one_in(2).then(|| CaseState::ALL[self.dice.below(2)]);
        let mine = self.dice.one_in(4);
        let case_type = self.dice.one_in(4).then(|| office.types[self.dice.below(office.types.len())]);
        let dossier = self.dice.one_in(6).then(|| {
            let case = keys[self.dice.below(keys.len())];
            office.cases[&case].dossier
        });
        let wanted = pages::cases::Wanted { q, mine, dossier, case_type, state };
        let matching = office.cases.values().filter(|one| {
            (if mine { &seen.mine } else { &seen.cases }).contains(&one.id)
                && state.is_none_or(|state| one.state == state)
                && case_type.is_none_or(|case_type| one.case_type == case_type)
                && dossier.is_none_or(|dossier| one.dossier == dossier)
                && q.is_none_or(|q| one.title.contains(q) || one.number.contains(q))
        });
        let lines = if state == Some(CaseState::Closed) || !self.dice.one_in(5) {
            let lines = pages::cases::page(&mut self.tx(), wanted, &part).unwrap();
            let found: Vec<CaseId> = lines.iter().map(|line| line.id).collect();
            let expected = cut(matching.map(|one| one.id), &part);
            assert_eq!(found, expected, "cases {wanted:?} {part:?} {context}");
            lines
        } else {
            let after = part.after.map(|id| office.cases[&id].urgency());
            let lines = pages::cases::by_deadline(&mut self.tx(), wanted, after, part.fetch).unwrap();
            let found: Vec<(NaiveDate, CaseId)> = lines.iter().map(pages::cases::CaseLine::urgency).collect();
            let open = matching.filter(|one| one.state == CaseState::Open);
            let expected = first(open.map(|one| one.urgency()), after, part.fetch);
            assert_eq!(found, expected, "cases by deadline {wanted:?} {part:?} {context}");
            lines
        };
        for line in lines {
            let named = seen.dossiers.contains(&line.dossier_id);
            assert_eq!(line.dossier_name.is_some(), named, "the dossier's name, {context}");
        }
    }

    fn tasks(&mut self, office: &Office, seen: &Seen, context: &str) {
        let keys: Vec<TaskId> = office.tasks.keys().copied().collect();
        let part = self.part(&keys);
        let me = office.me();
        let mine: Vec<GroupId> =
            office.members.iter().filter(|(who, _)| *who == me).map(|(_, group)| *group).collect();
        let of = if mine.is_empty() || self.dice.one_in(2) {
            pages::tasks::Of::Me(self.dice.one_in(2).then(|| TaskState::ALL[self.dice.below(3)]))
        } else {
            pages::tasks::Of::Tray(mine[self.dice.below(mine.len())])
        };
        let lines = pages::tasks::page(&mut self.tx(), of, &part).unwrap();
        let found: Vec<TaskId> = lines.iter().map(|line| line.task.id).collect();
        let matching = office.tasks.values().filter(|one| {
            office.sees_task(one, seen)
                && match of {
                    pages::tasks::Of::Me(state) => {
                        one.holder == Some(me) && state.is_none_or(|state| one.state == state)
                    }
                    pages::tasks::Of::Tray(group) => one.tray == Some(group) && one.state == TaskState::Open,
                    pages::tasks::Of::Case(case) => one.case == case,
                }
        });
        assert_eq!(found, cut(matching.map(|one| one.id), &part), "tasks {of:?} {part:?} {context}");
    }
}

fn holds_for(class: &str) {
    let seed =
        std::env::var("WERKBAK_SEED").map_or(5, |seed| seed.parse().expect("WERKBAK_SEED is a number"));
    let context = format!("for {class}; to repeat: WERKBAK_SEED={seed}");
    let groups = CLASSES.iter().find(|(name, _)| *name == class).unwrap().1;
    let database = TestDatabase::migrated();
    let conn = &mut database.connect();
    let mut dice = Dice(seed);
    let mut office = Office::random(conn, "zaanstad", groups, &mut dice);
    // Nothing of another office is ever seen (P1); ways are compared before it is there.
    let (expected, kept) = office.ways(conn);
    assert_eq!(kept, expected, "ways {context}");
    let mut seen = office.seen();
    let mut actor = Actor::command_line(office.id.unwrap());
    actor.id = office.me();
    actor.roles.clear();
    let mut asking = Asking { conn, actor, dice };
    for question in 0..QUESTIONS {
        if question % STEADY == STEADY - 1 {
            for _ in 0..12 {
                office.change(asking.conn, &mut asking.dice);
            }
            let (expected, kept) = office.ways(asking.conn);
            assert_eq!(kept, expected, "ways {context}");
            seen = office.seen();
        }
        match asking.dice.below(3) {
            0 => asking.dossiers(&office, &seen, &context),
            1 => asking.cases(&office, &seen, &context),
            _ => asking.tasks(&office, &seen, &context),
        }
    }
}

#[test]
fn who_is_in_many_groups_sees_what_the_rules_say_on_every_page() {
    holds_for("broad");
}

#[test]
fn who_is_in_some_groups_sees_what_the_rules_say_on_every_page() {
    holds_for("medium");
}

#[test]
fn who_is_in_one_small_group_sees_what_the_rules_say_on_every_page() {
    holds_for("narrow");
}

#[test]
fn who_is_in_no_group_sees_what_the_rules_say_on_every_page() {
    holds_for("none");
}

#[test]
fn who_is_denied_much_sees_what_the_rules_say_on_every_page() {
    holds_for("denied");
}

#[test]
fn who_is_in_more_groups_than_can_be_merged_sees_what_the_rules_say_on_every_page() {
    holds_for("everywhere");
}
