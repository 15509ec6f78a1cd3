//! One error for all commands: a text a person can act on.

use std::fmt::{self, Display};

pub type Result<T = ()> = std::result::Result<T, Error>;

#[derive(Debug)]
pub enum Error {
    /// What failed and why, ready to print.
    Failed(String),
    /// Ctrl-C or a termination signal; nothing needs explaining.
    Interrupted,
}

impl Error {
    pub fn new(text: impl Into<String>) -> Self {
        Self::Failed(text.into())
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(text) => f.write_str(text),
            Self::Interrupted => f.write_str("interrupted"),
        }
    }
}

/// Adds what was being done to an error from elsewhere.
pub trait Context<T> {
    fn context(self, doing: impl Display) -> Result<T>;
}

impl<T, E: Display> Context<T> for std::result::Result<T, E> {
    fn context(self, doing: impl Display) -> Result<T> {
        // `{:#}`: libraries with chained errors print the whole chain.
        self.map_err(|error| Error::Failed(format!("{doing}: {error:#}")))
    }
}

impl<T> Context<T> for Option<T> {
    fn context(self, missing: impl Display) -> Result<T> {
        self.ok_or_else(|| Error::Failed(missing.to_string()))
    }
}
