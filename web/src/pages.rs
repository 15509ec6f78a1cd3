//! The addresses of the pages. In Dutch, as people share them; mails link to them.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use contract::{CaseId, CaseTypeId, ClientGroupId, DossierId, EmployeeId, GroupId, TaskId};

/// What the right column shows beside a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Chosen<T> {
    #[default]
    Nothing,
    New,
    One(T),
}

/// What a page tells of an employee.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EmployeePart {
    /// Who they are, and their account.
    #[default]
    Account,
    /// Which dossiers they see, and why (D5).
    Access,
    /// What they hold (P4).
    Work,
    /// What they read (E2).
    Reads,
}

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Home,
    Trays(Option<GroupId>),
    Task(TaskId),
    Cases,
    NewCase,
    /// With the dossier it is to belong to, which the address holds as a filter.
    NewCaseIn(DossierId),
    Case(CaseId),
    Dossiers,
    NewDossier,
    /// Access to many at once.
    DossiersAccess,
    Dossier(DossierId),
    Preferences,
    /// Setting one's own up.
    SecondFactor,
    Groups(Chosen<GroupId>),
    ClientGroups(Chosen<ClientGroupId>),
    Employees,
    NewEmployee,
    Employee(EmployeeId, EmployeePart),
    CaseTypes,
    CaseTypeImport,
    CaseType(CaseTypeId),
    Imports,
    Office,
    Networks,
    Support,
    NotFound,
}

/// Where the settings begin.
pub const SETTINGS: &str = "/instellingen";

impl Page {
    /// The page at a path.
    pub fn at(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        Self::find(&parts).unwrap_or(Self::NotFound)
    }

    fn find(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => Self::Home,
            ["werkbakken"] => Self::Trays(None),
            ["werkbakken", id] => Self::Trays(Some(parse(id)?)),
            ["taken", id] => Self::Task(parse(id)?),
            ["zaken"] => Self::Cases,
            ["zaken", "nieuw"] => Self::NewCase,
            ["zaken", id] => Self::Case(parse(id)?),
            ["dossiers"] => Self::Dossiers,
            ["dossiers", "nieuw"] => Self::NewDossier,
            ["dossiers", "toegang"] => Self::DossiersAccess,
            ["dossiers", id] => Self::Dossier(parse(id)?),
            ["voorkeuren"] => Self::Preferences,
            ["voorkeuren", "tweede-factor"] => Self::SecondFactor,
            ["instellingen"] => Self::Groups(Chosen::Nothing),
            ["instellingen", "medewerkersgroepen", chosen @ ..] => Self::Groups(choice(chosen)?),
            ["instellingen", "klantengroepen", chosen @ ..] => Self::ClientGroups(choice(chosen)?),
            ["instellingen", "medewerkers"] => Self::Employees,
            ["instellingen", "medewerkers", "nieuw"] => Self::NewEmployee,
            ["instellingen", "medewerkers", id] => Self::Employee(parse(id)?, EmployeePart::Account),
            ["instellingen", "medewerkers", id, part] => {
                let part = match *part {
                    "toegang" => EmployeePart::Access,
                    "werk" => EmployeePart::Work,
                    "gelezen" => EmployeePart::Reads,
                    _ => return None,
                };
                Self::Employee(parse(id)?, part)
            }
            ["instellingen", "zaaktypen"] => Self::CaseTypes,
            ["instellingen", "zaaktypen", "importeren"] => Self::CaseTypeImport,
            ["instellingen", "zaaktypen", id] => Self::CaseType(parse(id)?),
            ["instellingen", "importeren"] => Self::Imports,
            ["instellingen", "kantoor"] => Self::Office,
            ["instellingen", "netwerken"] => Self::Networks,
            ["instellingen", "ondersteuning"] => Self::Support,
            _ => return None,
        })
    }

    /// Whether it is there during a support session: accounts and groups are all that is (P3).
    pub const fn is_for_support(self) -> bool {
        matches!(
            self,
            Self::Groups(_)
                | Self::ClientGroups(_)
                | Self::Employees
                | Self::Employee(_, EmployeePart::Account)
        )
    }

    /// The same, whatever its right column shows: that changes while the rest stays.
    pub fn without_choice(self) -> Self {
        match self {
            Self::Trays(_) => Self::Trays(None),
            Self::Groups(_) => Self::Groups(Chosen::Nothing),
            Self::ClientGroups(_) => Self::ClientGroups(Chosen::Nothing),
            page => page,
        }
    }
}

fn parse<T: FromStr>(id: &str) -> Option<T> {
    id.parse().ok()
}

fn choice<T: FromStr>(parts: &[&str]) -> Option<Chosen<T>> {
    match parts {
        [] => Some(Chosen::Nothing),
        ["nieuw"] => Some(Chosen::New),
        [id] => parse(id).map(Chosen::One),
        _ => None,
    }
}

/// The path.
impl Display for Page {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home | Self::NotFound => f.write_str("/"),
            Self::Trays(None) => f.write_str("/werkbakken"),
            Self::Trays(Some(id)) => write!(f, "/werkbakken/{id}"),
            Self::Task(id) => write!(f, "/taken/{id}"),
            Self::Cases => f.write_str("/zaken"),
            Self::NewCase => f.write_str("/zaken/nieuw"),
            Self::NewCaseIn(id) => write!(f, "/zaken/nieuw?dossier={id}"),
            Self::Case(id) => write!(f, "/zaken/{id}"),
            Self::Dossiers => f.write_str("/dossiers"),
            Self::NewDossier => f.write_str("/dossiers/nieuw"),
            Self::DossiersAccess => f.write_str("/dossiers/toegang"),
            Self::Dossier(id) => write!(f, "/dossiers/{id}"),
            Self::Preferences => f.write_str("/voorkeuren"),
            Self::SecondFactor => f.write_str("/voorkeuren/tweede-factor"),
            Self::Groups(chosen) => write!(f, "/instellingen/medewerkersgroepen{chosen}"),
            Self::ClientGroups(chosen) => write!(f, "/instellingen/klantengroepen{chosen}"),
            Self::Employees => f.write_str("/instellingen/medewerkers"),
            Self::NewEmployee => f.write_str("/instellingen/medewerkers/nieuw"),
            Self::Employee(id, part) => {
                let part = match part {
                    EmployeePart::Account => "",
                    EmployeePart::Access => "/toegang",
                    EmployeePart::Work => "/werk",
                    EmployeePart::Reads => "/gelezen",
                };
                write!(f, "/instellingen/medewerkers/{id}{part}")
            }
            Self::CaseTypes => f.write_str("/instellingen/zaaktypen"),
            Self::CaseTypeImport => f.write_str("/instellingen/zaaktypen/importeren"),
            Self::CaseType(id) => write!(f, "/instellingen/zaaktypen/{id}"),
            Self::Imports => f.write_str("/instellingen/importeren"),
            Self::Office => f.write_str("/instellingen/kantoor"),
            Self::Networks => f.write_str("/instellingen/netwerken"),
            Self::Support => f.write_str("/instellingen/ondersteuning"),
        }
    }
}

impl<T: Display> Display for Chosen<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => Ok(()),
            Self::New => f.write_str("/nieuw"),
            Self::One(id) => write!(f, "/{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_at_its_path() {
        let id = uuid::Uuid::from_u128(7);
        for page in [
            Page::Home,
            Page::Trays(None),
            Page::Trays(Some(GroupId(id))),
            Page::Task(TaskId(id)),
            Page::Cases,
            Page::NewCase,
            Page::Case(CaseId(id)),
            Page::Dossiers,
            Page::NewDossier,
            Page::DossiersAccess,
            Page::Dossier(DossierId(id)),
            Page::Preferences,
            Page::SecondFactor,
            Page::Groups(Chosen::Nothing),
            Page::Groups(Chosen::New),
            Page::Groups(Chosen::One(GroupId(id))),
            Page::ClientGroups(Chosen::One(ClientGroupId(id))),
            Page::Employees,
            Page::NewEmployee,
            Page::Employee(EmployeeId(id), EmployeePart::Account),
            Page::Employee(EmployeeId(id), EmployeePart::Access),
            Page::Employee(EmployeeId(id), EmployeePart::Work),
            Page::Employee(EmployeeId(id), EmployeePart::Reads),
            Page::CaseTypes,
            Page::CaseTypeImport,
            Page::CaseType(CaseTypeId(id)),
            Page::Imports,
            Page::Office,
            Page::Networks,
            Page::Support,
        ] {
            assert_eq!(Page::at(&page.to_string()), page);
            assert_eq!(Page::at(&format!("{page}/")), page);
        }
    }

    #[test]
    fn what_is_no_page_is_not_found() {
        for path in [
            "/zaken/7",
            "/taken",
            "/instellingen/iets",
            "/instellingen/klantengroepen/nieuw/x",
            "/werkbakken/nieuw",
        ] {
            assert_eq!(Page::at(path), Page::NotFound, "{path}");
        }
    }
}
