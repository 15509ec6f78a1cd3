//! What comes back.

use contract::{Problem, ProblemCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::i18n::t;

/// The answer, or why there is none.
pub type Outcome<A> = Result<A, Failure>;

/// Why a call gave no answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// The server refused, and says why.
    Refused(Box<Problem>),
    /// The server was not reached.
    Unreachable,
    /// Something answered that does not speak this API: a proxy, or another version of the server.
    Unreadable(u16),
}

impl Failure {
    /// What happened, in words for people.
    pub fn detail(&self) -> String {
        match self {
            Self::Refused(problem) if problem.detail.is_empty() => problem.title.clone(),
            Self::Refused(problem) => problem.detail.clone(),
            Self::Unreachable => t!(common.unreachable).to_owned(),
            Self::Unreadable(_) => t!(common.unreadable).to_owned(),
        }
    }

    /// The kind of refusal, if the server refused.
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::Unreachable | Self::Unreadable(_) => None,
        }
    }

    pub fn is(&self, code: ProblemCode) -> bool {
        self.code() == Some(code)
    }

    /// No such thing, or not for this person.
    pub fn is_not_found(&self) -> bool {
        self.is(ProblemCode::NotFound)
    }

    /// There is no session, or no longer one.
    pub fn is_signed_out(&self) -> bool {
        self.code().is_some_and(|code| code.status() == 401)
    }

    /// From outside the trusted networks (S8).
    pub fn is_untrusted(&self) -> bool {
        self.is(ProblemCode::UntrustedNetwork)
    }

    /// Nobody is signed in any more: the app asks to sign in again by itself.
    pub fn is_not_signed_in(&self) -> bool {
        self.is(ProblemCode::NotSignedIn)
    }

    /// Whether it says how the session came to its end.
    pub(super) fn tells_the_end(&self) -> bool {
        matches!(self, Self::Refused(problem) if problem.session_end.is_some())
    }
}

/// A page of a list whose items are not read yet.
#[derive(Debug, Deserialize)]
pub struct RawPage {
    pub items: Vec<Box<RawValue>>,
    #[serde(default)]
    pub next: Option<String>,
}

/// Reads an answer's body; an empty one is `()` or `None`.
pub fn read<A: DeserializeOwned>(body: &str) -> Outcome<A> {
    let body = if body.is_empty() { "null" } else { body };
    serde_json::from_str(body).map_err(|_| Failure::Unreadable(200))
}
