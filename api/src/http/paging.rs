//! Lists by keyset: where a page starts and ends.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::validation::FieldCode;
use contract::{Language, Page};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::access::pages::{Order, Part};
use crate::problem::{Outcome, Problem};

/// `limit` and `cursor` of a list.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// How many items at most: 1 to 100, 50 unless given.
    #[param(minimum = 1, maximum = 100, default = 50)]
    pub limit: Option<u32>,
    /// Where the page starts: `next` of the page before.
    pub cursor: Option<String>,
}

/// A page to fetch: after which key, and how many.
#[derive(Debug, Clone)]
pub struct Window<K> {
    /// The key of the last item of the page before.
    pub after: Option<K>,
    limit: usize,
}

impl Paging {
    /// Checks both; `K` is what the list is ordered by.
    pub fn window<K: DeserializeOwned>(&self, language: Language) -> Outcome<Window<K>> {
        let limit = self.limit.unwrap_or(50);
        if !(1..=100).contains(&limit) {
            return Err(Problem::invalid_field(
                language,
                "limit",
                FieldCode::OutOfRange,
                "Kies 1 tot en met 100.",
                "Choose 1 to 100.",
            ));
        }
        let after = match &self.cursor {
            None => None,
            Some(cursor) => Some(decode(cursor).ok_or_else(|| {
                Problem::invalid_field(
                    language,
                    "cursor",
                    FieldCode::Malformed,
                    "Gebruik de waarde van next uit de vorige pagina.",
                    "Use the value of next from the previous page.",
                )
            })?),
        };
        Ok(Window { after, limit: limit as usize })
    }
}

impl<K: Serialize> Window<K> {
    /// How many rows to ask for: one more than shown, to know whether there is a next page.
    pub fn fetch(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(i64::MAX).saturating_add(1)
    }

    /// The same for a list of what someone may see.
    pub fn part(&self, order: Order) -> Part<K>
    where
        K: Copy,
    {
        Part { order, after: self.after, fetch: self.fetch() }
    }

    /// Cuts the extra row off and says where the next page starts.
    pub fn page<R>(&self, mut rows: Vec<R>, key: impl Fn(&R) -> K) -> Page<R> {
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = if more { rows.last().map(|row| encode(&key(row))) } else { None };
        Page { items: rows, next }
    }
}

fn encode<K: Serialize>(key: &K) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).unwrap_or_default())
}

fn decode<K: DeserializeOwned>(cursor: &str) -> Option<K> {
    let key: serde_json::Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    // No list gave a key with control characters away, and PostgreSQL keeps no NUL.
    if unreadable(&key) { None } else { serde_json::from_value(key).ok() }
}

fn unreadable(key: &serde_json::Value) -> bool {
    match key {
        serde_json::Value::String(text) => text.chars().any(char::is_control),
        serde_json::Value::Array(parts) => parts.iter().any(unreadable),
        _ => false,
    }
}
