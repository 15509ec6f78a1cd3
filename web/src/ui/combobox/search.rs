//! Among what a search field searches.

use std::sync::Arc;

use crate::client::{Api, Outcome, client_groups, dossiers, employees, groups};
use crate::i18n::t;
use crate::ui::choice::{Choice, choices};

/// Among what to search.
#[derive(Debug, Clone)]
pub enum Search {
    /// Active colleagues.
    Employees,
    /// Employee groups.
    Groups,
    /// Client groups.
    ClientGroups,
    /// Active dossiers the reader may see.
    Dossiers,
    /// A list that is here already.
    Among(Arc<[Choice]>),
}

impl Search {
    pub(super) async fn run(self, api: Api, text: String) -> Outcome<Vec<Choice>> {
        match self {
            Self::Employees => api.items(employees::suggest_employees(&text)).await.map(choices),
            Self::Groups => api.items(groups::suggest_groups(&text)).await.map(choices),
            Self::ClientGroups => api.items(client_groups::suggest_client_groups(&text)).await.map(choices),
            Self::Dossiers => api.items(dossiers::suggest_dossiers(&text)).await.map(choices),
            Self::Among(all) => {
                let wanted = fold(&text);
                let matching = |choice: &&Choice| {
                    wanted
                        .split_whitespace()
                        .all(|word| fold(&choice.name).contains(word) || fold(&choice.detail).contains(word))
                };
                Ok(all.iter().filter(matching).cloned().collect())
            }
        }
    }

    pub(super) fn placeholder(&self) -> &'static str {
        match self {
            Self::Employees => t!(common.search_employee),
            Self::Groups => t!(common.search_group),
            Self::ClientGroups => t!(common.search_client_group),
            Self::Dossiers => t!(common.search_dossier),
            Self::Among(_) => t!(common.search_here),
        }
    }
}

/// Without case and accents, as the server searches.
fn fold(text: &str) -> String {
    let decomposed = String::from(js_sys::JsString::from(text).normalize("NFD"));
    decomposed
        .chars()
        .filter(|char| !('\u{300}'..='\u{36f}').contains(char))
        .collect::<String>()
        .to_lowercase()
}
