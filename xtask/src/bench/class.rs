//! Classes of employees by how much they see, each with as many people as there are clients.

/// How many clients ask at the same time.
pub const CLIENTS: usize = 16;

/// Everybody's, in data that was made for looking at.
pub const PASSWORD: &str = "lantaarn fiets oker dinsdag";

#[derive(Debug)]
pub struct Class {
    /// As the report calls it.
    pub name: &'static str,
    username: &'static str,
    office: &'static str,
    /// Whether a quick look has it.
    pub is_typical: bool,
}

pub const BROAD: Class = class("broad", "breed", true);
pub const MEDIUM: Class = class("medium", "gemiddeld", false);

/// Each a worst case for some way to write the permission query.
pub const CLASSES: [Class; 6] = [
    BROAD,
    MEDIUM,
    class("narrow", "smal", true),
    class("in no group", "los", true),
    class("denied much", "geweigerd", false),
    Class { office: "buiten", ..class("visible to the office", "open", false) },
];

const fn class(name: &'static str, username: &'static str, is_typical: bool) -> Class {
    Class { name, username, office: "gemeente", is_typical }
}

impl Class {
    /// As they sign in.
    pub fn usernames(&self) -> impl Iterator<Item = String> {
        (1..=CLIENTS).map(|number| format!("{}{number}@{}", self.username, self.office))
    }
}
