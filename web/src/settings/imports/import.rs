//! Bringing a file in, whatever is in it: it is looked at first, and what was seen is what is done.

use contract::{Problem, ProblemCode};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;

use crate::app::{Root, use_root};
use crate::client::{Call, Failure};
use crate::i18n::t;
use crate::ui::button::Spinner;
use crate::ui::file::ChosenFile;
use crate::ui::focus;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};

/// Where the report begins; it gets the keyboard when there is another.
const HEADING: &str = "import-report";

/// What the server says of a file.
pub trait Report: DeserializeOwned + Clone + Send + Sync + 'static {}

impl<R: DeserializeOwned + Clone + Send + Sync + 'static> Report for R {}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    Nothing,
    Looking,
    BringingIn,
}

/// One file, and what was seen of it.
pub struct Import<R: 'static> {
    root: Root,
    file: RwSignal<Option<ChosenFile>>,
    report: RwSignal<Option<R>>,
    failure: RwSignal<Option<Failure>>,
    /// Why what is on screen is another report than before.
    outdated: RwSignal<Option<String>>,
    doing: RwSignal<Doing>,
    /// A file that is no longer the chosen one has nothing to say.
    round: StoredValue<u32>,
    /// One report is brought in once, however often that is asked.
    key: StoredValue<String>,
}

impl<R> Clone for Import<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Import<R> {}

impl<R: Report> Import<R> {
    pub fn new() -> Self {
        Self {
            root: use_root(),
            file: RwSignal::new(None),
            report: RwSignal::new(None),
            failure: RwSignal::new(None),
            outdated: RwSignal::new(None),
            doing: RwSignal::new(Doing::Nothing),
            round: StoredValue::new(0),
            key: StoredValue::new(String::new()),
        }
    }

    /// Nothing is chosen any more.
    pub fn forget(self) {
        self.begin(None);
    }

    /// Asks what bringing `file` in would do.
    pub fn look(self, file: ChosenFile, call: Call<R>) {
        // What is being brought in is not left half way.
        if self.doing.get_untracked() == Doing::BringingIn {
            return;
        }
        let round = self.begin(Some(file));
        self.doing.set(Doing::Looking);
        spawn_local(async move {
            let outcome = self.root.api().send(call).await;
            if self.round.try_get_value() != Some(round) {
                return;
            }
            self.doing.set(Doing::Nothing);
            match outcome {
                Ok(report) => self.show(report),
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }

    /// Does what the report shows. `done` is told also when the page is gone by then.
    pub fn bring_in(self, call: impl FnOnce(&ChosenFile, &R) -> Call<R>, done: impl FnOnce(&R) + 'static) {
        let (Some(file), Some(report)) = (self.file.get_untracked(), self.report.get_untracked()) else {
            return;
        };
        if self.doing.get_untracked() != Doing::Nothing {
            return;
        }
        let round = self.round.get_value();
        self.doing.set(Doing::BringingIn);
        self.failure.set(None);
        let call = call(&file, &report).once(self.key.get_value());
        let root = self.root;
        spawn_local(async move {
            let outcome = root.api().send(call).await;
            // The page is gone, or shows another list or file by now.
            let gone = self.round.try_get_value() != Some(round);
            if !gone {
                self.doing.set(Doing::Nothing);
            }
            match outcome {
                Ok(report) => {
                    done(&report);
                    if !gone {
                        self.outdated.set(None);
                        self.show(report);
                    }
                }
                Err(failure) if gone => root.toasts.problem(failure.detail()),
                Err(failure) => self.not_done(failure),
            }
        });
    }

    fn begin(self, file: Option<ChosenFile>) -> u32 {
        let round = self.round.get_value() + 1;
        self.round.set_value(round);
        self.file.set(file);
        self.report.set(None);
        self.failure.set(None);
        self.outdated.set(None);
        self.doing.set(Doing::Nothing);
        round
    }

    fn show(self, report: R) {
        self.key.set_value(focus::random_key());
        self.report.set(Some(report));
        focus::to_id(HEADING);
    }

    /// What would happen now is something else than what was seen: that is seen instead.
    fn not_done(self, failure: Failure) {
        let current = match &failure {
            Failure::Refused(problem)
                if matches!(problem.code, ProblemCode::Stale | ProblemCode::ImportRejected) =>
            {
                current(problem)
            }
            _ => None,
        };
        match current {
            Some(report) => {
                self.outdated.set(Some(failure.detail()));
                self.show(report);
            }
            None => self.failure.set(Some(failure)),
        }
    }

    pub fn is_bringing_in(self) -> bool {
        self.doing.get() == Doing::BringingIn
    }

    /// Beside the field: the file on its way, or why it is of no use.
    pub fn progress(self) -> AnyView {
        live(move || {
            let name = self.file.with(|file| file.as_ref().map(|file| file.name.clone())).unwrap_or_default();
            let looking = (self.doing.get() == Doing::Looking).then(|| {
                html! {
                    <p class="loading">
                        <Spinner/>
                        {t!(imports.looking, name = name.as_str())}
                    </p>
                }
            });
            html! {
                <div role="status">{looking}</div>
                {self.report.with(Option::is_none).then(|| self.refusal(&name))}
            }
        })
    }

    /// What became of the file, once that is known: its heading, then `content`.
    pub fn report(self, content: impl Fn(R) -> AnyView + Send + Sync + 'static) -> AnyView {
        live(move || {
            self.report.get().map(|report| {
                let name = self.file.with_untracked(|file| file.as_ref().map(|file| file.name.clone()));
                let outdated = self.outdated.get_untracked().map(|text| {
                    html! {
                        <div class="notice notice--warning" role="alert">
                            <Icon shape=Shape::Warning/>
                            <p>{text}</p>
                        </div>
                    }
                });
                html! {
                    <section class="stack stack--close import-report" aria-labelledby=HEADING>
                        <h2 id=HEADING tabindex="-1">{name}</h2>
                        {outdated}
                        {content(report)}
                    </section>
                }
            })
        })
    }

    /// Why the report was not carried out, for reasons that are not in it.
    pub fn not_brought_in(self) -> AnyView {
        live(move || self.refusal(""))
    }

    fn refusal(self, name: &str) -> Option<AnyView> {
        self.failure.get().map(|failure| {
            let name = name.to_owned();
            let said = said(&failure);
            html! {
                <div class="notice notice--problem" role="alert">
                    <Icon shape=Shape::Warning/>
                    <div>
                        {(!name.is_empty()).then(|| html! { <p><strong>{name}</strong></p> })}
                        {said.into_iter().map(|text| html! { <p>{text}</p> }).collect_view()}
                    </div>
                </div>
            }
        })
    }
}

fn current<R: Report>(problem: &Problem) -> Option<R> {
    problem.current.as_ref().and_then(|current| crate::client::read(&current.to_string()).ok())
}

/// What is wrong with a file as a whole has no fields to stand beside.
fn said(failure: &Failure) -> Vec<String> {
    match failure {
        Failure::Refused(problem) if !problem.errors.is_empty() => {
            problem.errors.iter().map(|error| error.detail.clone()).collect()
        }
        failure => vec![failure.detail()],
    }
}
