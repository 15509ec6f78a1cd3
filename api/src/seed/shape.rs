//! How big each office is, and which of its employees and groups are what, by their place.

use std::ops::Range;

use super::Plan;
use super::classes::Class;
use super::type_names::TYPES;

/// How many local administrators an office has.
pub(super) const ADMINISTRATORS: usize = 5;
/// How many employees of each class there are.
pub(super) const OF_A_CLASS: usize = 16;
/// How many of the other employees sort the post.
pub(super) const SORTERS: usize = 100;

/// How big an office is. Employees stand in this order: administrators, the classes, all others; groups in this:
/// departments, teams, small groups, and what is made for the classes.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) employees: usize,
    pub(super) classes: &'static [Class],
    pub(super) departments: usize,
    pub(super) teams: usize,
    pub(super) small_groups: usize,
    pub(super) client_groups: usize,
    pub(super) case_types: usize,
    pub(super) dossiers: usize,
    pub(super) cases: usize,
    /// How many cases each employee of a class coordinates, if there are as many.
    pub(super) coordinated: usize,
    /// Whether half of the dossiers are open to the whole office.
    pub(super) half_open: bool,
    /// How many tasks wait in the tray of the group that sorts the post, if there is one.
    pub(super) post: usize,
}

/// Which group of an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    /// Of one narrow employee alone.
    Narrow(usize),
    /// Denied on many dossiers.
    Excluded,
    /// Sorts the post.
    Post,
}

impl Shape {
    /// All offices of a plan.
    pub(super) fn all(plan: &Plan) -> [Self; 3] {
        let teams = (plan.groups * 28 / 300).max(20);
        let coordinated = (plan.cases / 10_000).max(20);
        let large = Self {
            code: "gemeente",
            name: "Gemeente Groot-Voorbeeld",
            employees: plan.employees,
            classes: &[Class::Broad, Class::Medium, Class::Narrow, Class::Loose, Class::Denied],
            departments: 20,
            teams,
            small_groups: plan.groups.saturating_sub(20 + teams + OF_A_CLASS + 2),
            client_groups: 500,
            case_types: TYPES.len(),
            dossiers: plan.cases,
            cases: plan.cases,
            coordinated,
            half_open: false,
            post: (plan.cases * 2_086 / 10_000).min(2_086),
        };
        let open = Self {
            code: "buiten",
            name: "Gemeente Buiten",
            employees: 200,
            classes: &[Class::Open],
            departments: 4,
            teams: 10,
            small_groups: 20,
            client_groups: 20,
            case_types: 10,
            dossiers: plan.cases / 10,
            cases: plan.cases / 10,
            coordinated,
            half_open: true,
            post: 0,
        };
        let small = Self {
            code: "klein",
            name: "Gemeente Klein",
            employees: 10,
            classes: &[],
            departments: 1,
            teams: 2,
            small_groups: 2,
            client_groups: 2,
            case_types: 3,
            dossiers: 100,
            cases: 0,
            coordinated,
            half_open: false,
            post: 0,
        };
        [large, open, small]
    }

    pub(super) const fn department_range(&self) -> Range<usize> {
        0..self.departments
    }

    pub(super) const fn team_range(&self) -> Range<usize> {
        self.departments..self.departments + self.teams
    }

    pub(super) const fn small_range(&self) -> Range<usize> {
        let first = self.departments + self.teams;
        first..first + self.small_groups
    }

    /// Departments and teams.
    pub(super) const fn formal_range(&self) -> Range<usize> {
        0..self.departments + self.teams
    }

    /// How many groups there are.
    pub(super) fn groups(&self) -> usize {
        let own = if self.has(Class::Narrow) { OF_A_CLASS + 2 } else { 0 };
        self.departments + self.teams + self.small_groups + own
    }

    /// The place of a group that was made for the classes.
    pub(super) const fn own(&self, own: Own) -> usize {
        let first = self.departments + self.teams + self.small_groups;
        first
            + match own {
                Own::Narrow(one) => one,
                Own::Excluded => OF_A_CLASS,
                Own::Post => OF_A_CLASS + 1,
            }
    }

    pub(super) fn has(&self, class: Class) -> bool {
        self.classes.contains(&class)
    }

    /// The employees of a class.
    pub(super) fn class_range(&self, class: Class) -> Range<usize> {
        let Some(place) = self.classes.iter().position(|one| *one == class) else { return 0..0 };
        let first = ADMINISTRATORS + place * OF_A_CLASS;
        first..first + OF_A_CLASS
    }

    /// Which class an employee is of, and the how manieth of it, from 0.
    pub(super) fn class_of(&self, employee: usize) -> Option<(Class, usize)> {
        let place = employee.checked_sub(ADMINISTRATORS)?;
        self.classes.get(place / OF_A_CLASS).map(|class| (*class, place % OF_A_CLASS))
    }

    /// Employees of no class, who do most of the work.
    pub(super) const fn others(&self) -> Range<usize> {
        ADMINISTRATORS + self.classes.len() * OF_A_CLASS..self.employees
    }
}
