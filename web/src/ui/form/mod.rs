//! Forms that lose nothing: errors beside their fields, what a colleague changed meanwhile beside what was typed
//! (C10), work that would be stranded in a hand-over dialog (P4), and drafts that outlive the page.

pub mod drafts;
mod field;
mod frame;
mod inputs;
mod pickers;
mod value;

use contract::validation::FieldCode;
use contract::{Errors, FieldError, Problem, ProblemCode, StrandedWork, Validate};
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;

pub use field::Field;
pub use frame::{FieldFrame, FormView, SaveButton};
pub use inputs::{
    CheckBox, DateInput, NumberInput, PasswordInput, RadioInput, SelectInput, TextArea, TextInput,
};
pub use pickers::{ChoiceInput, ChoicesInput};
pub use value::Value;

use crate::app::{Root, use_root};
use crate::client::{Api, Call, Failure, Outcome, Request, read};
use crate::i18n::{self, t};
use crate::ui::focus;

/// What a form does at certain moments with each of its fields.
pub(crate) trait FormField: Send + Sync {
    fn name(&self) -> Option<String>;
    /// What is sent now becomes what was saved, if saving succeeds.
    fn sending(&self);
    /// Back to what was saved.
    fn reset(&self);
}

type StaleHandler = Box<dyn Fn(String) -> bool + Send + Sync>;

/// The state of one form. Belongs to the page that makes it.
#[derive(Clone, Copy)]
pub struct Form {
    root: Root,
    key: StoredValue<String>,
    id: StoredValue<String>,
    fields: StoredValue<Vec<Box<dyn FormField>>>,
    stale_handler: StoredValue<Option<StaleHandler>>,
    attempt: StoredValue<Option<(String, String)>>,
    errors: RwSignal<Vec<FieldError>>,
    failure: RwSignal<Option<Failure>>,
    stale: RwSignal<Option<String>>,
    stranded: RwSignal<Vec<StrandedWork>>,
    restored: RwSignal<bool>,
    busy: RwSignal<bool>,
    looking: RwSignal<bool>,
}

impl Form {
    /// A form. `key` names what it changes, so that a draft finds its form again; an empty one keeps no drafts.
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            root: use_root(),
            key: StoredValue::new(key.into()),
            id: StoredValue::new(focus::new_id("form")),
            fields: StoredValue::new(Vec::new()),
            stale_handler: StoredValue::new(None),
            attempt: StoredValue::new(None),
            errors: RwSignal::new(Vec::new()),
            failure: RwSignal::new(None),
            stale: RwSignal::new(None),
            stranded: RwSignal::new(Vec::new()),
            restored: RwSignal::new(false),
            busy: RwSignal::new(false),
            looking: RwSignal::new(false),
        }
    }

    /// A field of this form, holding what was saved, or what was typed before and not saved.
    pub fn field<V: Value>(self, name: impl Into<String>, saved: V) -> Field<V> {
        Field::new(self, self.key.get_value(), name.into(), saved)
    }

    /// A field whose content is not worth keeping when the page is left: it belongs to what was asked just now.
    pub fn passing_field<V: Value>(self, name: impl Into<String>, value: V) -> Field<V> {
        Field::new(self, String::new(), name.into(), value)
    }

    /// What to do when someone else saved first: `rebase` gets the thing as it is now.
    pub fn when_stale<T: DeserializeOwned>(self, rebase: impl Fn(T) + Send + Sync + 'static) {
        self.stale_handler.set_value(Some(Box::new(move |current| read(&current).map(&rebase).is_ok())));
    }

    pub fn api(self) -> Api {
        self.root.api()
    }

    /// Whether it is being sent.
    pub fn busy(self) -> bool {
        self.busy.get()
    }

    /// Whether it cannot be sent yet: what it would do is being found out, and must be seen first (G6).
    pub fn looking(self) -> RwSignal<bool> {
        self.looking
    }

    /// The work that the change would leave behind.
    pub fn stranded(self) -> RwSignal<Vec<StrandedWork>> {
        self.stranded
    }

    pub(crate) fn failure(self) -> RwSignal<Option<Failure>> {
        self.failure
    }

    pub(crate) fn dom_id(self) -> String {
        self.id.get_value()
    }

    /// Whether `body` follows the rules the server has too; shows what does not.
    pub fn check(self, body: &mut impl Validate) -> bool {
        let mut errors = Errors::new(i18n::language());
        body.validate(&mut errors);
        let good = errors.is_empty();
        if !good && !self.busy.get_untracked() {
            self.clear_notices();
            self.refuse(errors.into_vec());
        }
        good
    }

    /// Checks `body`, sends it, and hands the answer to `done`.
    pub fn submit<B: Validate, A: DeserializeOwned + 'static>(
        self,
        mut body: B,
        call: impl FnOnce(&B) -> Call<A>,
        done: impl FnOnce(A) + 'static,
    ) {
        if self.check(&mut body) {
            self.send(call(&body), done);
        }
    }

    /// Sends something that needs no checks.
    pub fn send<A: DeserializeOwned + 'static>(self, call: Call<A>, done: impl FnOnce(A) + 'static) {
        let request = self.attempt(call.into_request());
        let done = move |body: String| read(&body).map(done);
        self.perform(self.api().exchange(request), Box::new(done));
    }

    /// Does something that can fail as sending does; once at a time, and not before what it would do is seen.
    pub fn perform(
        self,
        work: LocalBoxFuture<'static, Outcome<String>>,
        done: Box<dyn FnOnce(String) -> Outcome<()>>,
    ) {
        if self.busy.get_untracked() || self.looking.get_untracked() {
            return;
        }
        self.clear_notices();
        self.busy.set(true);
        self.fields.with_value(|fields| fields.iter().for_each(|field| field.sending()));
        let (root, key) = (self.root, self.key.get_value());
        spawn_local(async move {
            let outcome = work.await;
            let gone = self.busy.try_set(false).is_some();
            let outcome = match outcome {
                Ok(body) => {
                    drafts::forget_form(&key);
                    if gone {
                        return;
                    }
                    self.attempt.set_value(None);
                    self.restored.set(false);
                    self.stranded.set(Vec::new());
                    done(body)
                }
                Err(failure) => Err(failure),
            };
            match outcome {
                Ok(()) => {}
                // The page is gone, but who sent this should know that it failed; the draft is still there.
                Err(failure) if gone => root.toasts.problem(failure.detail()),
                Err(failure) => self.fail(failure),
            }
        });
    }

    /// The same key for the same request, so that a repetition after a lost answer does not do it twice.
    fn attempt(self, request: Request) -> Request {
        let fingerprint = request.fingerprint();
        let earlier = self.attempt.get_value().filter(|(sent, _)| *sent == fingerprint);
        let (_, key) = earlier.unwrap_or_else(|| (fingerprint.clone(), focus::random_key()));
        self.attempt.set_value(Some((fingerprint, key.clone())));
        request.once(key)
    }

    /// What it said is no longer true.
    pub fn clear_notices(self) {
        self.errors.set(Vec::new());
        self.failure.set(None);
        self.stale.set(None);
    }

    /// Shows what is wrong, and goes to the first field it is about.
    pub fn refuse(self, errors: Vec<FieldError>) {
        self.errors.set(errors);
        focus::first_invalid(self.dom_id());
    }

    /// Asks for fields that were left empty, and whose absence the rules cannot see.
    pub fn require(self, names: impl IntoIterator<Item = String>) {
        let blank = |field| FieldError { field, code: FieldCode::Blank, detail: t!(form.blank).to_owned() };
        self.clear_notices();
        self.refuse(names.into_iter().map(blank).collect());
    }

    /// Shows why it was not done.
    pub fn fail(self, failure: Failure) {
        match failure {
            Failure::Refused(problem) => self.refused(*problem),
            failure => {
                self.failure.set(Some(failure));
                focus::first_invalid(self.dom_id());
            }
        }
    }

    fn refused(self, mut problem: Problem) {
        match problem.code {
            // Told where one signs in again; here it would stay when that is done.
            ProblemCode::NotSignedIn => return,
            ProblemCode::WouldStrandWork if !problem.stranded.is_empty() => {
                let stranded = std::mem::take(&mut problem.stranded);
                if self.stranded.with_untracked(|before| *before != stranded) {
                    return self.stranded.set(stranded);
                }
            }
            ProblemCode::Stale => {
                // As text, which answers are read from too: reading from two forms is twice the code.
                let current = problem.current.take().map(|current| current.to_string());
                let rebased = current.is_some_and(|current| {
                    self.stale_handler
                        .with_value(|handler| handler.as_ref().is_some_and(|rebase| rebase(current)))
                });
                if rebased {
                    self.stale.set(Some(problem.detail));
                    return focus::first_invalid(self.dom_id());
                }
            }
            _ if !problem.errors.is_empty() => {
                let errors = std::mem::take(&mut problem.errors);
                // What is wrong is said beside the fields; why it cannot be done yet, for the form as a whole.
                if problem.code != ProblemCode::InvalidInput {
                    self.failure.set(Some(Failure::Refused(Box::new(problem))));
                }
                return self.refuse(errors);
            }
            _ => {}
        }
        self.failure.set(Some(Failure::Refused(Box::new(problem))));
        focus::first_invalid(self.dom_id());
    }

    /// Back to what was saved.
    pub fn reset(self) {
        self.fields.with_value(|fields| fields.iter().for_each(|field| field.reset()));
        self.clear_notices();
        self.restored.set(false);
    }

    /// What is wrong with the field of this name, including what is inside it.
    pub(crate) fn errors_of(self, name: &str) -> Vec<String> {
        self.errors.with(|errors| {
            let within = |path: &str| {
                path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
            };
            let mut details: Vec<_> = errors
                .iter()
                .filter(|error| within(&error.field))
                .map(|error| error.detail.clone())
                .collect();
            details.dedup();
            details
        })
    }

    /// What is wrong with the field of this name as a whole.
    pub(crate) fn errors_at(self, name: &str) -> Vec<String> {
        self.errors.with(|errors| {
            errors.iter().filter(|error| error.field == name).map(|error| error.detail.clone()).collect()
        })
    }

    /// What is wrong that no field of this form shows.
    fn errors_of_none(self) -> Vec<String> {
        let shown = self
            .fields
            .with_value(|fields| fields.iter().filter_map(|field| field.name()).collect::<Vec<_>>());
        self.errors.with(|errors| {
            errors
                .iter()
                .filter(|error| {
                    !shown.iter().any(|name| {
                        error
                            .field
                            .strip_prefix(name.as_str())
                            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
                    })
                })
                .map(|error| error.detail.clone())
                .collect()
        })
    }
}
