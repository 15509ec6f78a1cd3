//! `q` of a list.

use serde::Deserialize;

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
    pub fn q(&self) -> Option<&str> {
        self.q
            .as_deref()
            .map(str::trim)
            .filter(|q| !q.is_empty())
            .map(|q| q.char_indices().nth(100).map_or(q, |(end, _)| &q[..end]))
    }
}
