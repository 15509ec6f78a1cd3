//! The list of networks as a field: two people's changes come together entry by entry.

use contract::Network;
use serde::{Deserialize, Serialize};

use crate::ui::form::Value;

/// One network as it is typed. Its key stays while it changes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    pub key: u32,
    pub label: String,
    pub cidr: String,
}

/// What counts is what it says.
impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        (&self.label, &self.cidr) == (&other.label, &other.cidr)
    }
}

/// The networks as the server lists them.
pub fn entries(networks: Vec<Network>) -> Vec<Entry> {
    let entry = |(key, network): (u32, Network)| Entry { key, label: network.label, cidr: network.cidr };
    (0..).zip(networks).map(entry).collect()
}

/// The networks as they are sent.
pub fn networks(entries: &[Entry]) -> Vec<Network> {
    let network = |entry: &Entry| Network { label: entry.label.clone(), cidr: entry.cidr.clone() };
    entries.iter().map(network).collect()
}

/// A key that none of them has.
pub fn new_key(entries: &[Entry]) -> u32 {
    entries.iter().map(|entry| entry.key).max().map_or(0, |key| key + 1)
}

/// Keeps what each added and loses what the other removed.
impl Value for Vec<Entry> {
    fn merge(base: &Self, mine: &Self, theirs: &Self) -> Option<Self> {
        let mut merged: Self =
            theirs.iter().filter(|entry| mine.contains(entry) || !base.contains(entry)).cloned().collect();
        for added in mine.iter().filter(|entry| !base.contains(entry)) {
            if !merged.contains(added) {
                merged.push(Entry { key: new_key(&merged), ..added.clone() });
            }
        }
        Some(merged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(cidrs: &[&str]) -> Vec<Entry> {
        let network = |cidr: &&str| Network { label: (*cidr).to_owned(), cidr: (*cidr).to_owned() };
        entries(cidrs.iter().map(network).collect())
    }

    #[test]
    fn nobodys_network_is_lost() {
        let merged =
            Value::merge(&list(&["a", "b"]), &list(&["b", "c"]), &list(&["a", "b", "d"])).unwrap_or_default();
        assert_eq!(merged, list(&["b", "d", "c"]));
        let mut keys: Vec<u32> = merged.iter().map(|entry| entry.key).collect();
        keys.dedup();
        assert_eq!(keys.len(), 3);
    }
}
