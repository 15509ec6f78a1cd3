//! Addresses with a query.

use std::fmt::Display;

use super::PAGE;

/// A path and its query, built up key by key; what is empty is left out.
#[derive(Debug, Clone)]
pub struct Query {
    path: String,
    first: bool,
}

impl Query {
    pub fn new(path: impl Into<String>) -> Self {
        Self { path: path.into(), first: true }
    }

    /// A list's path, asking for one page of it from `cursor` on.
    pub fn page(path: impl Into<String>, cursor: Option<&str>) -> Self {
        Self::new(path).key("limit", PAGE).text("cursor", cursor.unwrap_or_default())
    }

    /// A value, whatever it is.
    #[must_use]
    pub fn key(mut self, name: &str, value: impl Display) -> Self {
        let separator = if self.first { '?' } else { '&' };
        let value = js_sys::encode_uri_component(&value.to_string());
        self.path.push(separator);
        self.path.push_str(name);
        self.path.push('=');
        self.path.push_str(&String::from(value));
        self.first = false;
        self
    }

    /// A text, unless it is empty.
    #[must_use]
    pub fn text(self, name: &str, value: &str) -> Self {
        let value = value.trim();
        if value.is_empty() { self } else { self.key(name, value) }
    }

    /// A value, if there is one.
    #[must_use]
    pub fn option(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.key(name, value),
            None => self,
        }
    }
}

impl From<Query> for String {
    fn from(query: Query) -> Self {
        query.path
    }
}
