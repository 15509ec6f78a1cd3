//! Refusals inside the server: what went wrong, in both languages, until the answer is written.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use contract::{EmployeeRef, Errors, FieldError, Language, ProblemCode, SessionEnd, StrandedWork, Text};

pub use crate::db::failures::is_unique_violation;

use crate::reads::Reading;

/// A refusal. Its text is chosen when the answer is written, by the reader's language.
#[derive(Debug, Clone)]
pub struct Problem(Box<Inner>);

#[derive(Debug, Clone)]
struct Inner {
    code: ProblemCode,
    detail: Text,
    errors: Vec<FieldError>,
    stranded: Vec<StrandedWork>,
    holder: Option<EmployeeRef>,
    current: Option<serde_json::Value>,
    shows: Option<Reading>,
    retry_after: Option<u64>,
    run_again: bool,
    denial: bool,
    session_end: Option<SessionEnd>,
}

/// What handlers and stores return.
pub type Outcome<T> = Result<T, Problem>;

impl Problem {
    /// A refusal of some kind, with the reason in both languages.
    pub fn new(code: ProblemCode, nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            code,
            detail: Text::new(nl, en),
            errors: Vec::new(),
            stranded: Vec::new(),
            holder: None,
            current: None,
            shows: None,
            retry_after: None,
            run_again: false,
            denial: false,
            session_end: None,
        }))
    }

    /// 404, the same for what does not exist and what is not for this person (P1).
    pub fn not_found() -> Self {
        Self::new(
            ProblemCode::NotFound,
            "Dit bestaat niet, of het is niet voor u zichtbaar.",
            "This does not exist, or it is not visible to you.",
        )
    }

    /// The same, when what it does not show is there, and explicitly denied to this person: that is recorded
    /// (E3). The answer does not tell.
    pub fn hiding(mut self, denial: bool) -> Self {
        self.0.denial = denial;
        self
    }

    /// Whether this refuses someone who may not do or see something, rather than something that cannot be.
    pub fn is_security(&self) -> bool {
        self.0.denial
            || matches!(
                self.0.code,
                ProblemCode::Forbidden
                    | ProblemCode::PasswordRequired
                    | ProblemCode::SecondFactorRequired
                    | ProblemCode::UntrustedNetwork
            )
    }

    /// 403 with the reason.
    pub fn forbidden(nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(ProblemCode::Forbidden, nl, en)
    }

    /// 409 with the reason.
    pub fn conflict(nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(ProblemCode::Conflict, nl, en)
    }

    /// 409: something must be finished first (D1).
    pub fn unfinished(nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(ProblemCode::Unfinished, nl, en)
    }

    /// 409: this colleague is inactive or explicitly denied (C6, T2).
    pub fn not_eligible(nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(ProblemCode::NotEligible, nl, en)
    }

    /// 401.
    pub fn not_signed_in() -> Self {
        Self::new(ProblemCode::NotSignedIn, "Meld u aan om verder te gaan.", "Sign in to continue.")
    }

    /// 401 for who holds a token of a session that is over, and may know why (S7).
    pub fn session_over(end: SessionEnd) -> Self {
        let (nl, en) = match end {
            SessionEnd::Idle => (
                "U bent afgemeld omdat u een tijd niets deed. Meld u opnieuw aan om verder te gaan.",
                "You were signed out because you did nothing for a while. Sign in again to continue.",
            ),
            SessionEnd::TooLong => (
                "U was zo lang aangemeld als mag. Meld u opnieuw aan om verder te gaan.",
                "You were signed in for as long as is allowed. Sign in again to continue.",
            ),
            SessionEnd::Ended => (
                "Deze sessie is beëindigd, hier of op een ander apparaat. Meld u opnieuw aan om verder te gaan.",
                "This session was ended, here or on another device. Sign in again to continue.",
            ),
        };
        let mut problem = Self::new(ProblemCode::NotSignedIn, nl, en);
        problem.0.session_end = Some(end);
        problem
    }

    /// 503: try again in a moment.
    pub fn busy() -> Self {
        let mut problem = Self::new(
            ProblemCode::Busy,
            "Het is nu te druk. Probeer het over enkele seconden opnieuw.",
            "It is too busy right now. Try again in a few seconds.",
        );
        problem.0.retry_after = Some(2);
        problem
    }

    /// 500; the cause goes to the log, not to the client.
    pub fn internal(cause: impl fmt::Display) -> Self {
        tracing::error!(%cause, "internal error");
        Self::new(
            ProblemCode::Internal,
            "Er ging iets mis aan onze kant. Er is niets gewijzigd.",
            "Something went wrong on our side. Nothing was changed.",
        )
    }

    /// 400 with everything that is wrong.
    pub fn invalid(errors: Errors) -> Self {
        let mut problem = Self::new(
            ProblemCode::InvalidInput,
            "Verbeter de aangegeven velden.",
            "Correct the fields mentioned.",
        );
        problem.0.errors = errors.into_vec();
        problem
    }

    /// The same with what exactly is wrong.
    pub fn with_errors(mut self, errors: Errors) -> Self {
        self.0.errors = errors.into_vec();
        self
    }

    /// 400 for one field.
    pub fn invalid_field(
        language: Language,
        field: &str,
        code: contract::validation::FieldCode,
        nl: &str,
        en: &str,
    ) -> Self {
        let mut errors = Errors::new(language);
        errors.add(field, code, Text::new(nl, en));
        Self::invalid(errors)
    }

    /// 412 with the thing as it is now (C10).
    pub fn stale(current: &impl serde::Serialize) -> Self {
        let mut problem = Self::new(
            ProblemCode::Stale,
            "Een ander heeft dit intussen gewijzigd. Uw invoer is niet opgeslagen; vergelijk en sla opnieuw op.",
            "Someone else changed this meanwhile. Your input was not saved; compare and save again.",
        );
        problem.0.current = serde_json::to_value(current).ok();
        problem
    }

    /// 412 with a fresh preview: the change would do something else by now (G5).
    pub fn preview_outdated(current: &impl serde::Serialize) -> Self {
        let mut problem = Self::new(
            ProblemCode::PreviewOutdated,
            "Er is intussen iets gewijzigd, waardoor de gevolgen anders zijn dan u zag. Er is niets opgeslagen; bekijk de gevolgen opnieuw.",
            "Something changed meanwhile, so that the consequences are not what you saw. Nothing was saved; look at them again.",
        );
        problem.0.current = serde_json::to_value(current).ok();
        problem
    }

    /// 412 with who would get a message now (D6).
    pub fn recipient_changed(current: &contract::Recipient) -> Self {
        let mut problem = Self::new(
            ProblemCode::Stale,
            "Dit bericht zou nu naar een ander adres gaan dan u zag. Er is niets verstuurd; controleer de \
            ontvanger en verstuur opnieuw.",
            "This message would now go to another address than you saw. Nothing was sent; check the recipient \
            and send again.",
        );
        problem.0.current = serde_json::to_value(current).ok();
        problem
    }

    /// 428 with the preview to confirm (G6).
    pub fn preview_required(current: &impl serde::Serialize) -> Self {
        let mut problem = Self::new(
            ProblemCode::PreviewRequired,
            "Bekijk en bevestig eerst wat deze wijziging doet.",
            "First look at and confirm what this change does.",
        );
        problem.0.current = serde_json::to_value(current).ok();
        problem
    }

    /// What would be left behind (P4), when that is the problem.
    pub fn stranded(&self) -> Option<&[StrandedWork]> {
        (self.0.code == ProblemCode::WouldStrandWork).then_some(self.0.stranded.as_slice())
    }

    /// The same with what the refused one should see now: the thing, or the report.
    pub fn with_current(mut self, current: &impl serde::Serialize) -> Self {
        self.0.current = serde_json::to_value(current).ok();
        self
    }

    /// 409 with what would be left behind (P4).
    pub fn would_strand(stranded: Vec<StrandedWork>) -> Self {
        let mut problem = Self::new(
            ProblemCode::WouldStrandWork,
            "Door deze wijziging blijft werk liggen. Kies wie het overneemt.",
            "This change would leave work behind. Choose who takes it over.",
        );
        problem.0.stranded = stranded;
        problem
    }

    /// 409 with who has the task (T4).
    pub fn already_claimed(holder: Option<EmployeeRef>) -> Self {
        let (nl, en) = holder.as_ref().map_or_else(
            || {
                (
                    "Deze taak ligt niet meer in de werkbak.".to_owned(),
                    "This task is no longer in the tray.".to_owned(),
                )
            },
            |holder| {
                (
                    format!("{} heeft deze taak al opgepakt.", holder.name),
                    format!("{} already claimed this task.", holder.name),
                )
            },
        );
        let mut problem = Self::new(ProblemCode::AlreadyClaimed, nl, en);
        problem.0.holder = holder;
        problem
    }

    /// The same, with `current` being content whose reading is recorded (E2).
    pub fn showing(mut self, reading: Option<Reading>) -> Self {
        self.0.shows = reading;
        self
    }

    /// What content it shows.
    pub const fn shows(&self) -> Option<&Reading> {
        self.0.shows.as_ref()
    }

    /// What kind of refusal this is.
    pub const fn code(&self) -> ProblemCode {
        self.0.code
    }

    /// Why, for people.
    pub fn detail(&self, language: Language) -> &str {
        self.0.detail.get(language)
    }

    /// Whether another transaction got in the way, so that running this one again will help.
    pub const fn worth_another_try(&self) -> bool {
        self.0.run_again
    }

    /// The same, to be run again.
    pub fn run_again(mut self) -> Self {
        self.0.run_again = true;
        self
    }

    /// Seconds after which trying again makes sense.
    pub const fn retry_after(&self) -> Option<u64> {
        self.0.retry_after
    }

    /// The same with a Retry-After, in seconds.
    pub fn retry_in(mut self, seconds: u64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// As it goes over the wire.
    pub fn into_wire(self, language: Language, instance: Option<String>) -> contract::Problem {
        let inner = *self.0;
        contract::Problem {
            kind: format!("urn:werkbak:problem:{}", inner.code),
            title: inner.code.title().get(language).to_owned(),
            status: inner.code.status(),
            detail: inner.detail.get(language).to_owned(),
            code: inner.code,
            instance,
            errors: inner.errors,
            stranded: inner.stranded,
            holder: inner.holder,
            current: inner.current,
            session_end: inner.session_end,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.code, self.0.detail.en)
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// An empty answer that carries the problem: the outermost layer writes it, in the reader's language.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status_code());
        response.extensions_mut().insert(self.clone());
        response
    }
}
