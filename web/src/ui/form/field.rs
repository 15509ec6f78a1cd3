//! One field: what was saved, what is typed, and what someone else saved meanwhile.

use leptos::prelude::*;

use super::{Form, FormField, Value, drafts};
use crate::ui::watch::watch;

/// A field of a form.
pub struct Field<V: Value> {
    form: Form,
    name: StoredValue<String>,
    base: RwSignal<V>,
    value: RwSignal<V>,
    sent: StoredValue<Option<V>>,
    theirs: RwSignal<Option<V>>,
    taken: RwSignal<bool>,
}

impl<V: Value> Clone for Field<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V: Value> Copy for Field<V> {}

impl<V: Value> Field<V> {
    /// With an empty `key` no draft is kept.
    pub(super) fn new(form: Form, key: String, name: String, saved: V) -> Self {
        let draft = drafts::find::<V>(&key, &name);
        let (base, value) = draft.clone().unwrap_or_else(|| (saved.clone(), saved.clone()));
        let field = Self {
            form,
            name: StoredValue::new(name.clone()),
            base: RwSignal::new(base),
            value: RwSignal::new(value),
            sent: StoredValue::new(None),
            theirs: RwSignal::new(None),
            taken: RwSignal::new(false),
        };
        form.fields.update_value(|fields| fields.push(Box::new(field)));
        if draft.is_some() {
            field.rebase(saved);
            if field.is_dirty_untracked() {
                form.restored.set(true);
            }
        }
        if !key.is_empty() {
            watch(move || {
                let (base, value) = (field.base.get(), field.value.get());
                if base == value {
                    drafts::forget(&key, &name);
                } else {
                    drafts::keep(&key, &name, &base, &value);
                }
            });
        }
        field
    }

    pub fn form(self) -> Form {
        self.form
    }

    pub fn name(self) -> String {
        self.name.get_value()
    }

    /// The id of its control in the page.
    pub fn dom_id(self) -> String {
        format!("{}-{}", self.form.dom_id(), self.name())
    }

    /// What is typed or chosen.
    pub fn get(self) -> V {
        self.value.get()
    }

    /// The same, without following changes.
    pub fn now(self) -> V {
        self.value.get_untracked()
    }

    pub fn set(self, value: V) {
        self.value.set(value);
    }

    pub fn update(self, change: impl FnOnce(&mut V)) {
        self.value.update(change);
    }

    /// What was saved.
    pub fn saved_value(self) -> V {
        self.base.get()
    }

    /// Whether it differs from what was saved.
    pub fn is_dirty(self) -> bool {
        self.value.get() != self.base.get()
    }

    pub fn is_dirty_untracked(self) -> bool {
        self.value.get_untracked() != self.base.get_untracked()
    }

    /// Someone else saved `theirs`. What nobody here touched follows; what both changed waits for a choice.
    pub fn rebase(self, theirs: V) {
        let (base, mine) = (self.base.get_untracked(), self.value.get_untracked());
        if theirs == base {
            return;
        }
        self.base.set(theirs.clone());
        if theirs == mine {
            self.theirs.set(None);
        } else if mine == base {
            self.value.set(theirs);
            self.taken.set(true);
        } else if let Some(merged) = V::merge(&base, &mine, &theirs) {
            self.value.set(merged);
            self.taken.set(true);
        } else {
            self.theirs.set(Some(theirs));
        }
    }

    /// It was saved, as `saved`. What was typed since it was sent stays.
    pub fn saved(self, saved: V) {
        let sent = self.sent.try_update_value(Option::take).flatten();
        if sent.is_none_or(|sent| sent == self.value.get_untracked()) {
            self.value.set(saved.clone());
        }
        self.base.set(saved);
        self.theirs.set(None);
        self.taken.set(false);
    }

    /// What someone else saved in it, while it was changed here too.
    pub(super) fn theirs(self) -> Option<V> {
        self.theirs.get()
    }

    /// Whether it shows what someone else saved meanwhile.
    pub(super) fn is_taken(self) -> bool {
        self.taken.get()
    }

    pub(super) fn take_theirs(self) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.value.set(theirs);
            self.theirs.set(None);
        }
    }

    pub(super) fn keep_mine(self) {
        self.theirs.set(None);
    }

    /// What is wrong with it.
    pub fn errors(self) -> Vec<String> {
        self.name.with_value(|name| self.form.errors_of(name))
    }
}

// A field may be gone before its form: those of a dialog that was closed.
impl<V: Value> FormField for Field<V> {
    fn name(&self) -> Option<String> {
        self.name.try_get_value()
    }

    fn sending(&self) {
        if let Some(value) = self.value.try_get_untracked() {
            self.sent.set_value(Some(value));
            self.taken.set(false);
            self.theirs.set(None);
        }
    }

    fn reset(&self) {
        if let Some(saved) = self.base.try_get_untracked() {
            self.value.set(saved);
            self.theirs.set(None);
            self.taken.set(false);
        }
    }
}
