//! "Gevolgen": what saving would do to who sees what, told before it is saved (G5).

mod effects;

use contract::{AccessRulesPreview, ChangePreview, EmployeeId, ProblemCode};
use leptos::prelude::*;
use serde::de::DeserializeOwned;

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

/// What a preview of any kind says about who sees what.
pub trait Preview: DeserializeOwned + Send + Sync + 'static {
    fn change(&self) -> &ChangePreview;
}

impl Preview for ChangePreview {
    fn change(&self) -> &ChangePreview {
        self
    }
}

impl Preview for AccessRulesPreview {
    fn change(&self) -> &ChangePreview {
        &self.change
    }
}

type Asking<P> = Box<dyn Fn(Option<EmployeeId>) -> Call<P> + Send + Sync>;
type Also<P> = Box<dyn Fn(RwSignal<P>) -> AnyView + Send + Sync>;

/// What a form would do, as far as it was shown.
pub struct Consequences<P: Preview = ChangePreview> {
    form: Form,
    changed: Signal<bool>,
    ask: StoredValue<Asking<P>>,
    also: StoredValue<Option<Also<P>>>,
    digest: RwSignal<Option<String>>,
}

impl<P: Preview> Clone for Consequences<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P: Preview> Copy for Consequences<P> {}

impl<P: Preview> Consequences<P> {
    /// `changed` tells whether anything that touches access was; `ask` asks what saving would do, and follows what it
    /// reads. For one employee it asks dossier by dossier.
    pub fn new(
        form: Form,
        changed: impl Fn() -> bool + Send + Sync + 'static,
        ask: impl Fn(Option<EmployeeId>) -> Call<P> + Send + Sync + 'static,
    ) -> Self {
        let consequences = Self {
            form,
            changed: Memo::new(move |_| changed()).into(),
            ask: StoredValue::new(Box::new(ask)),
            also: StoredValue::new(None),
            digest: RwSignal::new(None),
        };
        watch(move || {
            if !consequences.changed.get() {
                consequences.digest.set(None);
            }
        });
        consequences
    }

    /// Shows more of the preview than who gains and who loses what.
    #[must_use]
    pub fn with_also(self, also: impl Fn(RwSignal<P>) -> AnyView + Send + Sync + 'static) -> Self {
        self.also.set_value(Some(Box::new(also)));
        self
    }

    /// What to save with, so that it does what was shown. What a hand-over plan moves is not in it: it changes who
    /// works, not who sees what.
    pub fn digest(self) -> Option<String> {
        self.digest.get_untracked()
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
        let content = remote.view(move |preview: RwSignal<P>| {
            watch(move || self.digest.set(Some(preview.with(|preview| preview.change().digest.clone()))));
            let change = Signal::derive(move || preview.with(|preview| preview.change().clone()));
            let who = effects(change, move |employee| {
                let remote = Remote::new(move || self.ask.with_value(|ask| ask(Some(employee))));
                remote.view(|preview: RwSignal<P>| {
                    live(move || dossiers(preview.with(|preview| preview.change().clone())))
                })
            });
            let also = self.also.with_value(|also| also.as_ref().map(|also| also(preview)));
            html! { {who} {also} }
        });
        html! {
            <section class="consequences" aria-labelledby="consequences-heading">
                <h3 id="consequences-heading">{t!(consequences.title)}</h3>
                <div aria-live="polite">{content}</div>
            </section>
        }
    }
}
