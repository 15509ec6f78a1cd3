//! "Gevolgen": what saving would do to who sees what, told before it is saved (G5).

mod effects;

use contract::{ChangePreview, EmployeeId, HandOverPlan, ProblemCode, WorkKind};
use leptos::prelude::*;

pub use effects::{dossiers, effects};

use crate::client::Call;
use crate::i18n::t;
use crate::ui::form::Form;
use crate::ui::html::{html, live};
use crate::ui::remote::Remote;
use crate::ui::watch::watch;

/// Whether a form was refused because what was shown is no longer true; any other refusal leaves it as it was seen.
pub fn outdated(form: Form) -> bool {
    form.failure().with(|failure| {
        failure.as_ref().is_some_and(|failure| {
            failure.is(ProblemCode::PreviewOutdated) || failure.is(ProblemCode::PreviewRequired)
        })
    })
}

type Asking = Box<dyn Fn(Option<EmployeeId>) -> Call<ChangePreview> + Send + Sync>;

/// What a form would do, as far as it was shown.
#[derive(Clone, Copy)]
pub struct Consequences {
    form: Form,
    changed: Signal<bool>,
    ask: StoredValue<Asking>,
    digest: RwSignal<Option<String>>,
}

impl Consequences {
    /// `changed` tells whether anything that touches access was; `ask` asks what saving would do, and follows what it
    /// reads. For one employee it asks dossier by dossier.
    pub fn new(
        form: Form,
        changed: impl Fn() -> bool + Send + Sync + 'static,
        ask: impl Fn(Option<EmployeeId>) -> Call<ChangePreview> + Send + Sync + 'static,
    ) -> Self {
        let consequences = Self {
            form,
            changed: Memo::new(move |_| changed()).into(),
            ask: StoredValue::new(Box::new(ask)),
            digest: RwSignal::new(None),
        };
        watch(move || {
            if !consequences.changed.get() {
                consequences.digest.set(None);
            }
        });
        consequences
    }

    /// What to save with, so that it does what was shown. What a plan moves was not in it; only another manager of a
    /// dossier changes who sees what.
    pub fn digest(self, plan: &HandOverPlan) -> Option<String> {
        let another_manager = plan.items.iter().any(|item| item.kind == WorkKind::DossierManager);
        self.digest.get_untracked().filter(|_| !another_manager)
    }

    /// Beside the form's button, while there is something to tell.
    pub fn view(self) -> AnyView {
        live(move || self.changed.get().then(|| self.panel()))
    }

    fn panel(self) -> AnyView {
        let remote = Remote::new(move || {
            self.digest.set(None);
            self.ask.with_value(|ask| ask(None))
        });
        watch(move || {
            if outdated(self.form) {
                remote.refresh();
            }
        });
        let content = remote.view(move |preview: RwSignal<ChangePreview>| {
            watch(move || self.digest.set(Some(preview.with(|preview| preview.digest.clone()))));
            effects(preview.into(), move |employee| {
                let remote = Remote::new(move || self.ask.with_value(|ask| ask(Some(employee))));
                remote.view(|preview: RwSignal<ChangePreview>| live(move || dossiers(preview.get())))
            })
        });
        html! {
            <section class="consequences" aria-labelledby="consequences-heading">
                <h3 id="consequences-heading">{t!(consequences.title)}</h3>
                <div aria-live="polite">{content}</div>
            </section>
        }
    }
}
