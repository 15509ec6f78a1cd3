//! Examples in the document, made from the very types, so that they cannot go stale.

use serde_json::Value;

/// The example of each schema that has one.
pub fn all() -> Vec<(String, Value)> {
    Vec::new()
}
