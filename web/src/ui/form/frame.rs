//! What surrounds fields: labels, hints and errors wired by id; the form with its notices; its button.

use leptos::prelude::*;

use super::{Field, Form, Value};
use crate::i18n::t;
use crate::ui::button::Spinner;
use crate::ui::focus;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};

/// A form: its notices, then `children`. `on_submit` runs for Enter as for the button.
#[component]
pub fn FormView(
    form: Form,
    #[prop(into)] on_submit: Callback<()>,
    #[prop(optional, into)] class: String,
    #[prop(optional, into)] label: Option<String>,
    children: Children,
) -> impl IntoView {
    html! {
        <form
            id=form.dom_id()
            class=class
            aria-label=label
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                on_submit.run(());
            }
        >
            <Notices form/>
            {children()}
        </form>
    }
}

/// What the form as a whole has to say.
#[component]
fn Notices(form: Form) -> impl IntoView {
    let failure = live(move || {
        // A hand-over dialog that is open shows it itself.
        let failure = form.failure().get().filter(|_| form.stranded().with(Vec::is_empty))?;
        Some(html! { <Notice kind="problem" text=failure.detail()/> })
    });
    let stray = live(move || {
        let stray = form.errors_of_none();
        (!stray.is_empty() && form.stranded().with(Vec::is_empty))
            .then(|| html! { <Notice kind="problem" text=stray.join(" ")/> })
    });
    let stale = live(move || {
        form.stale.get().map(|detail| {
            let text = format!("{detail} {}", t!(form.stale_hint));
            html! { <Notice kind="warning" text/> }
        })
    });
    let discard = move |_| {
        form.reset();
        focus::first_field(&form.dom_id());
    };
    let restored = live(move || {
        form.restored.get().then(|| {
            html! {
                <div class="notice notice--info" tabindex="-1">
                    <Icon shape=Shape::Info/>
                    <p>{t!(form.restored)}</p>
                    <button type="button" class="link" on:click=discard>{t!(form.discard)}</button>
                </div>
            }
        })
    });
    html! { <div aria-live="polite">{failure}{stray}{stale}{restored}</div> }
}

#[component]
fn Notice(kind: &'static str, text: String) -> impl IntoView {
    html! {
        <div class=format!("notice notice--{kind}") tabindex="-1">
            <Icon shape=Shape::Warning/>
            <p>{text}</p>
        </div>
    }
}

/// The attributes that wire a control to its label, hint and errors.
#[derive(Debug, Clone)]
pub struct Wiring {
    /// The id of the control.
    pub id: String,
    optional: Option<String>,
    hint: Option<String>,
}

impl Wiring {
    pub(super) fn new<V: Value>(field: Field<V>, hint: Option<&String>, optional: bool) -> Self {
        let id = field.dom_id();
        let optional = optional.then(|| format!("{id}-optional"));
        let hint = hint.map(|_| format!("{id}-hint"));
        Self { id, optional, hint }
    }

    /// For `aria-describedby`.
    pub fn described_by<V: Value>(&self, field: Field<V>) -> Option<String> {
        let error = (!field.errors().is_empty()).then(|| format!("{}-error", self.id));
        let ids: Vec<_> = [self.optional.clone(), self.hint.clone(), error].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// For `aria-invalid`.
pub fn invalid<V: Value>(field: Field<V>) -> Option<&'static str> {
    (!field.errors().is_empty()).then_some("true")
}

/// Label, hint, control and errors of a field, and what someone else saved in it. `words` says a value.
#[component]
pub fn FieldFrame<V: Value, W: Fn(&V) -> String + Send + Sync + 'static>(
    field: Field<V>,
    label: String,
    hint: Option<String>,
    /// A group of radio buttons has a legend of its own instead of a label.
    #[prop(optional)]
    group: bool,
    /// What a group is of.
    #[prop(default = "radiogroup")]
    role: &'static str,
    #[prop(optional)] narrow: bool,
    /// May be left empty. What must be filled in is not marked: that is most.
    #[prop(optional)]
    optional: bool,
    words: W,
    children: Children,
) -> impl IntoView {
    let theirs = Signal::derive(move || field.theirs().map(|theirs| words(&theirs)));
    frame(Frame {
        id: field.dom_id(),
        label,
        hint,
        group,
        role,
        narrow,
        optional,
        errors: Signal::derive(move || field.errors()),
        theirs,
        taken: Signal::derive(move || field.is_taken()),
        take_theirs: Callback::new(move |()| field.take_theirs()),
        keep_mine: Callback::new(move |()| field.keep_mine()),
        control: children(),
    })
}

struct Frame {
    id: String,
    label: String,
    hint: Option<String>,
    group: bool,
    role: &'static str,
    narrow: bool,
    optional: bool,
    errors: Signal<Vec<String>>,
    theirs: Signal<Option<String>>,
    taken: Signal<bool>,
    take_theirs: Callback<()>,
    keep_mine: Callback<()>,
    control: AnyView,
}

// Apart from `FieldFrame`, so that it is compiled once and not per type of value.
fn frame(frame: Frame) -> AnyView {
    let Frame {
        id,
        label,
        hint,
        group,
        role,
        narrow,
        optional,
        errors,
        theirs,
        taken,
        take_theirs,
        keep_mine,
        control,
    } = frame;
    let raw_errors = errors;
    let error_id = format!("{id}-error");
    let hint_id = format!("{id}-hint");
    let errors = live(move || {
        let errors = errors.get();
        (!errors.is_empty()).then(|| {
            html! {
                <p class="field__error" id=error_id.clone()>
                    <Icon shape=Shape::Warning/>
                    {errors.join(" ")}
                </p>
            }
        })
    });
    // The choice goes away once it is made.
    let decide = {
        let id = id.clone();
        move |choice: Callback<()>| {
            choice.run(());
            focus::to_id(&id);
        }
    };
    let theirs = live(move || {
        let (take, keep) = (decide.clone(), decide.clone());
        theirs.get().map(|theirs| {
            let theirs = if theirs.is_empty() { t!(form.empty).to_owned() } else { theirs };
            html! {
                <div class="field__theirs" role="group" aria-label=t!(form.meanwhile)>
                    <p><strong>{t!(form.meanwhile)}</strong></p>
                    <p class="field__theirs-text">{theirs}</p>
                    <div class="buttons">
                        <button type="button" class="button button--small" on:click=move |_| take(take_theirs)>
                            {t!(form.take_theirs)}
                        </button>
                        <button type="button" class="button button--small" on:click=move |_| keep(keep_mine)>
                            {t!(form.keep_mine)}
                        </button>
                    </div>
                </div>
            }
        })
    });
    let taken = live(move || taken.get().then(|| html! { <p class="field__taken">{t!(form.taken)}</p> }));
    let wrong = Signal::derive(move || !raw_errors.get().is_empty());
    let described_by = {
        let ids = (hint.is_some().then(|| hint_id.clone()), format!("{id}-error"));
        move || match &ids {
            (Some(hint), error) if wrong.get() => Some(format!("{hint} {error}")),
            (Some(hint), _) => Some(hint.clone()),
            (None, error) => wrong.get().then(|| error.clone()),
        }
    };
    let hint = hint.map(|hint| html! { <p class="field__hint" id=hint_id>{hint}</p> });
    let class = if narrow { "field field--narrow" } else { "field" };
    if group {
        html! {
            <fieldset
                class=class
                role=role
                aria-invalid=move || wrong.get().then_some("true")
                aria-describedby=described_by
            >
                <legend class="field__label">{label} {optional.then(|| optional_mark(None))}</legend>
                {hint} {control} {errors} {theirs} {taken}
            </fieldset>
        }
    } else {
        html! {
            <div class=class>
                <div class="field__head">
                    <label class="field__label" for=id.clone()>{label}</label>
                    {optional.then(|| optional_mark(Some(&id)))}
                </div>
                {hint} {control} {errors} {theirs} {taken}
            </div>
        }
    }
}

/// Beside a label and not within it: the field keeps its name, and says this after it.
fn optional_mark(id: Option<&str>) -> AnyView {
    let id = id.map(|id| format!("{id}-optional"));
    html! { <span class="field__optional" id=id>{t!(form.optional)}</span> }
}

/// The button that saves; it says so while it does.
#[component]
pub fn SaveButton(
    form: Form,
    #[prop(optional, into)] label: Option<String>,
    #[prop(optional)] danger: bool,
) -> impl IntoView {
    let class = if danger { "button button--danger" } else { "button button--primary" };
    html! {
        <button type="submit" class=class aria-disabled=move || (form.busy() || form.looking().get()).then_some("true")>
            {move || form.busy().then(|| html! { <Spinner/> })}
            {label.unwrap_or_else(|| t!(common.save).to_owned())}
        </button>
    }
}
