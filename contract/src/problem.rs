//! Everything that can go wrong, as `application/problem+json` (RFC 9457).

use serde::{Deserialize, Serialize};

use crate::text_enum::text_enum;
use crate::validation::FieldCode;
use crate::{EmployeeRef, SessionEnd, StrandedWork, Text};

/// The answer when a request is refused: what is wrong, why, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A URI for the kind of problem: `urn:werkbak:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What is wrong, the same for every problem of this code, in the reader's language.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// Why it went wrong this time, in words a colleague understands.
    pub detail: String,
    /// The same for machines.
    pub code: ProblemCode,
    /// The request, as the log knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// For invalid input: everything that is wrong with it, at once. For `unfinished`, when a step is closed:
    /// the required checks without an answer, each with its id as `field` (C8).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// For `would-strand-work` (P4): what the change would leave without someone able to do it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stranded: Vec<StrandedWork>,
    /// For `already-claimed` (T4): who has the task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<EmployeeRef>,
    /// For `stale` (C10): the thing as it is now, as its own GET would give it. For `preview-outdated` and
    /// `preview-required` (G5, G6): the preview as it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub current: Option<serde_json::Value>,
    /// For `not-signed-in`: how the session came to its end, for who still holds its token (S7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_end: Option<SessionEnd>,
}

/// One thing wrong with the input.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// Where: a path such as `name` or `rules[2].effect`.
    pub field: String,
    /// What, for machines.
    pub code: FieldCode,
    /// What, for people.
    pub detail: String,
}

/// Something saved that deserves a second look (G2).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Warning {
    /// For machines.
    pub code: WarningCode,
    /// For people.
    pub detail: String,
}

text_enum! {
    /// The kinds of warning.
    WarningCode {
        /// Another group has the same name (G2).
        DuplicateName = "duplicate-name",
    }
}

text_enum! {
    /// Every kind of problem the API answers with.
    ProblemCode {
        /// 400: the input breaks a rule; see `errors`.
        InvalidInput = "invalid-input",
        /// 400: the body is not the JSON this operation takes.
        InvalidJson = "invalid-json",
        /// 400: this Idempotency-Key was used for another request.
        IdempotencyKeyReused = "idempotency-key-reused",
        /// 401: no valid access token.
        NotSignedIn = "not-signed-in",
        /// 401: username or password is wrong, or the account cannot be used (S1).
        SignInFailed = "sign-in-failed",
        /// 403: this person may see it but not do this.
        Forbidden = "forbidden",
        /// 403: first choose your own password (S5).
        PasswordRequired = "password-required",
        /// 403: first give the code of your second factor, or set one up: the session's kind says which.
        SecondFactorRequired = "second-factor-required",
        /// 403: the office does not let people work from this network (S8).
        UntrustedNetwork = "untrusted-network",
        /// 404: no such thing, or not for this person; the two look the same (P1).
        NotFound = "not-found",
        /// 405: this resource has no such operation.
        MethodNotAllowed = "method-not-allowed",
        /// 405: a case is never deleted (C9).
        CaseNeverDeleted = "case-never-deleted",
        /// 409: the state of the thing does not allow this.
        Conflict = "conflict",
        /// 409: the username is taken in this office (P2).
        UsernameTaken = "username-taken",
        /// 409: a colleague claimed the task first (T4).
        AlreadyClaimed = "already-claimed",
        /// 409: the change would leave work without someone able to do it; a hand-over plan is needed (P4).
        WouldStrandWork = "would-strand-work",
        /// 409: an office keeps one active local administrator (P5).
        LastAdministrator = "last-administrator",
        /// 409: this person is inactive or explicitly denied the dossier (C6, T2).
        NotEligible = "not-eligible",
        /// 409: required checks are unanswered, or steps or cases still open (C8, C9, D1).
        Unfinished = "unfinished",
        /// 409: something in the file cannot be brought in, so nothing was; `current` is the report.
        ImportRejected = "import-rejected",
        /// 409: with these networks you could no longer reach Werkbak from where you are (S8).
        ShutsYouOut = "shuts-you-out",
        /// 412: someone changed it since it was read (C10).
        Stale = "stale",
        /// 412: the change would do something else than the preview said; `current` is a fresh preview (G5).
        PreviewOutdated = "preview-outdated",
        /// 413: the body is larger than allowed.
        TooLarge = "too-large",
        /// 415: the body is not `application/json`.
        UnsupportedMediaType = "unsupported-media-type",
        /// 428: the request must say which version it saw, with If-Match (C10).
        VersionRequired = "version-required",
        /// 428: what the change does must be seen first; `current` is the preview to confirm (G6).
        PreviewRequired = "preview-required",
        /// 429: too many requests; see Retry-After.
        TooManyRequests = "too-many-requests",
        /// 500: our mistake; the log knows more.
        Internal = "internal",
        /// 503: busy; see Retry-After.
        Busy = "busy",
    }
}

impl ProblemCode {
    /// The HTTP status this problem is answered with.
    pub const fn status(self) -> u16 {
        match self {
            Self::InvalidInput | Self::InvalidJson | Self::IdempotencyKeyReused => 400,
            Self::NotSignedIn | Self::SignInFailed => 401,
            Self::Forbidden
            | Self::PasswordRequired
            | Self::SecondFactorRequired
            | Self::UntrustedNetwork => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed | Self::CaseNeverDeleted => 405,
            Self::Conflict
            | Self::UsernameTaken
            | Self::AlreadyClaimed
            | Self::WouldStrandWork
            | Self::LastAdministrator
            | Self::NotEligible
            | Self::Unfinished
            | Self::ImportRejected
            | Self::ShutsYouOut => 409,
            Self::Stale | Self::PreviewOutdated => 412,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::VersionRequired | Self::PreviewRequired => 428,
            Self::TooManyRequests => 429,
            Self::Internal => 500,
            Self::Busy => 503,
        }
    }

    /// The title of every problem of this kind.
    pub fn title(self) -> Text {
        let (nl, en) = match self {
            Self::InvalidInput => ("De invoer klopt niet", "The input is not valid"),
            Self::InvalidJson => ("De aanvraag is niet leesbaar", "The request cannot be read"),
            Self::IdempotencyKeyReused => {
                ("Deze Idempotency-Key is al gebruikt", "This Idempotency-Key was used before")
            }
            Self::NotSignedIn => ("U bent niet aangemeld", "You are not signed in"),
            Self::SignInFailed => ("Aanmelden is niet gelukt", "Signing in failed"),
            Self::Forbidden => ("U mag dit niet", "You may not do this"),
            Self::PasswordRequired => ("Kies eerst een eigen wachtwoord", "Choose your own password first"),
            Self::SecondFactorRequired => ("Eerst uw tweede factor", "Your second factor first"),
            Self::UntrustedNetwork => {
                ("U werkt niet vanaf een vertrouwd netwerk", "You are not on a trusted network")
            }
            Self::NotFound => ("Niet gevonden", "Not found"),
            Self::MethodNotAllowed => ("Dit kan hier niet", "Not possible here"),
            Self::CaseNeverDeleted => ("Een zaak wordt nooit verwijderd", "A case is never deleted"),
            Self::Conflict => ("Dit kan nu niet", "Not possible now"),
            Self::UsernameTaken => ("Deze gebruikersnaam bestaat al", "This username is taken"),
            Self::AlreadyClaimed => ("Een collega was u voor", "A colleague was first"),
            Self::WouldStrandWork => ("Er blijft werk liggen", "Work would be left behind"),
            Self::LastAdministrator => {
                ("Er moet een lokaal beheerder blijven", "One local administrator must remain")
            }
            Self::NotEligible => ("Deze collega kan dit niet krijgen", "This colleague cannot have this"),
            Self::Unfinished => ("Nog niet alles is afgerond", "Not everything is finished"),
            Self::ImportRejected => ("Er is niets ingelezen", "Nothing was brought in"),
            Self::ShutsYouOut => ("U zou uzelf buitensluiten", "You would shut yourself out"),
            Self::Stale => ("Intussen gewijzigd door een ander", "Changed by someone else meanwhile"),
            Self::PreviewOutdated => {
                ("De gevolgen zijn intussen anders", "The consequences have changed meanwhile")
            }
            Self::PreviewRequired => ("Bekijk eerst de gevolgen", "Look at the consequences first"),
            Self::TooLarge => ("De aanvraag is te groot", "The request is too large"),
            Self::UnsupportedMediaType => {
                ("Dit soort inhoud wordt hier niet aangenomen", "This kind of content is not accepted here")
            }
            Self::VersionRequired => ("De versie ontbreekt", "The version is missing"),
            Self::TooManyRequests => ("Te veel aanvragen", "Too many requests"),
            Self::Internal => ("Er ging iets mis", "Something went wrong"),
            Self::Busy => ("Het is nu te druk", "Too busy right now"),
        };
        Text::new(nl, en)
    }
}
