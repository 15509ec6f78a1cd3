//! `q` of a list.

use contract::Language;
use contract::validation::FieldCode;
use serde::Deserialize;

use crate::problem::{Outcome, Problem};

/// What people type into a search box.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// Part of a name; case and accents do not matter. At most 100 characters are used.
    q: Option<String>,
}

impl Search {
    /// What was typed, if anything.
    pub fn q(&self, language: Language) -> Outcome<Option<&str>> {
        self.q.as_deref().map_or(Ok(None), |q| typed(q, language))
    }
}

/// What was typed, if anything: at most 100 characters of it. Control characters are refused; nobody types
/// them, and PostgreSQL keeps no NUL.
pub fn typed(q: &str, language: Language) -> Outcome<Option<&str>> {
    let q = q.trim();
    if q.chars().any(char::is_control) {
        return Err(Problem::invalid_field(
            language,
            "q",
            FieldCode::Malformed,
            "Hier staan onleesbare tekens in.",
            "This contains unreadable characters.",
        ));
    }
    let first = q.char_indices().nth(100).map_or(q, |(end, _)| &q[..end]);
    Ok((!first.is_empty()).then_some(first))
}
