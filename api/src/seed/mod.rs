//! A realistic office of any size to measure with, the same every time: people, groups, case types, dossiers, cases and
//! tasks. Made dossier by dossier, so that its size costs time and no memory.
//!
//! Every dossier and case is what chance makes of its number ([`dice`]): any of them can be looked at again without
//! having been kept.

mod calendar;
mod case;
mod classes;
mod dice;
mod dossier;
mod group_names;
mod kinds;
mod office;
mod shape;
mod store;
mod task;
mod type_names;
mod words;

use chrono::NaiveDate;

pub use classes::Class;

use crate::db::Conn;
use crate::offices;
use crate::problem::{Outcome, Problem};
use dossier::Dossier;
use office::Office;
use shape::Shape;
use store::Batch;

/// How many dossiers, and the cases opened meanwhile, are written at a time: some ten thousand rows.
const AT_A_TIME: usize = 2_000;

/// What to make.
#[derive(Debug, Clone)]
pub struct Plan {
    /// How many cases, and as many dossiers, the office `gemeente` gets; `buiten` gets a tenth of that.
    pub cases: usize,
    /// How many employees `gemeente` has.
    pub employees: usize,
    /// How many groups it has.
    pub groups: usize,
    /// The same number makes the same offices.
    pub seed: u64,
    /// The last day of the three years that everything was made in.
    pub now: NaiveDate,
    /// The hash of everybody's password.
    pub password_hash: String,
}

/// How many rows, by table.
pub type Rows = Vec<(&'static str, usize)>;

/// How far it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Dossiers and cases made so far.
    pub done: usize,
    /// How many there will be.
    pub total: usize,
    /// Rows written so far, by table.
    pub rows: Rows,
}

impl Progress {
    /// All rows written so far.
    pub fn all_rows(&self) -> usize {
        self.rows.iter().map(|(_, rows)| rows).sum()
    }

    fn count(&mut self, sent: Rows) {
        if self.rows.is_empty() {
            self.rows = sent;
            return;
        }
        for ((_, rows), (_, more)) in self.rows.iter_mut().zip(sent) {
            *rows += more;
        }
    }
}

/// An office that was made, and whom one can sign in as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// What people type after the @.
    pub code: &'static str,
    /// The classes of its employees.
    pub classes: &'static [Class],
}

/// A password hash's salt that is the same for the same seed.
pub fn salt(seed: u64) -> [u8; 16] {
    let mut dice = dice::Dice::of(seed, dice::For::Office, usize::MAX, 0);
    let mut salt = [0; 16];
    salt[..8].copy_from_slice(&dice.throw().to_be_bytes());
    salt[8..].copy_from_slice(&dice.throw().to_be_bytes());
    salt
}

/// Makes the offices of a plan, and tells now and then how far it is. Refused, with nothing changed, when one of them is
/// there already. When it breaks off on SQLite, what was written stays: the database is to be thrown away then.
pub fn run(conn: &mut Conn, plan: &Plan, told: &mut dyn FnMut(&Progress)) -> Outcome<Vec<Made>> {
    let shapes = Shape::all(plan);
    for shape in &shapes {
        if offices::store::by_code(conn, shape.code)?.is_some() {
            return Err(Problem::conflict(
                format!("Er is al een organisatie met de code {}.", shape.code),
                format!("There is already an office with the code {}.", shape.code),
            ));
        }
    }
    let mut progress = Progress {
        total: shapes.iter().map(|shape| shape.dossiers + shape.cases).sum(),
        ..Progress::default()
    };
    let made = shapes.iter().map(|shape| Made { code: shape.code, classes: shape.classes }).collect();
    store::load(conn, |conn| {
        for (index, shape) in shapes.into_iter().enumerate() {
            fill(conn, plan, index, shape, &mut |sent, done| {
                progress.count(sent);
                progress.done += done;
                told(&progress);
            })?;
        }
        Ok(made)
    })
}

/// Makes one office; tells which rows went in, and how many dossiers and cases that were.
fn fill(
    conn: &mut Conn,
    plan: &Plan,
    index: usize,
    shape: Shape,
    told: &mut dyn FnMut(Rows, usize),
) -> Outcome<()> {
    let mut batch = Batch::default();
    let office = Office::found(plan, index, shape, &mut batch);
    office.counters(&mut batch);
    let (mut dossiers, mut cases) = (0, 0);
    while dossiers < office.shape.dossiers {
        let before = dossiers + cases;
        let to = (dossiers + AT_A_TIME).min(office.shape.dossiers);
        for index in dossiers..to {
            Dossier::at(&office, index).write(&office, &mut batch);
        }
        dossiers = to;
        while cases < office.shape.cases && office.calendar.dossiers_at(cases) <= dossiers {
            case::write(&office, cases, &mut batch);
            cases += 1;
        }
        told(store::send(conn, &mut batch)?, dossiers + cases - before);
    }
    Ok(())
}
