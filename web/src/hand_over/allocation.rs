//! Which work goes where: chosen by the handful, so that three hundred pieces are not three hundred choices.

use contract::validation::FieldCode;
use contract::{EmployeeId, FieldError, HandOverItem, HandOverPlan, StrandedWork, WorkKind};
use leptos::prelude::*;

use super::list;
use crate::app::use_root;
use crate::i18n::t;
use crate::ui::choice::Choice;
use crate::ui::combobox::Search;
use crate::ui::focus;
use crate::ui::form::{ChoiceInput, Field, Form};
use crate::ui::html::{html, live};

/// What a plan's errors are about.
const ITEMS: &str = "handOver.items";

/// Where one piece goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Going {
    /// Nobody said yet.
    Undecided,
    /// A task back to its tray, a supporter not replaced, a dossier without a manager.
    NoSuccessor,
    To(Choice),
}

/// One piece of work, whether it is chosen, and where it goes.
#[derive(Debug, Clone, Copy)]
pub struct Piece {
    pub work: StoredValue<StrandedWork>,
    pub chosen: RwSignal<bool>,
    pub going: RwSignal<Going>,
}

impl Piece {
    fn new(work: StrandedWork, going: Going) -> Self {
        Self { work: StoredValue::new(work), chosen: RwSignal::new(false), going: RwSignal::new(going) }
    }

    pub fn kind(self) -> WorkKind {
        self.work.with_value(|work| work.kind)
    }

    fn to_item(self) -> HandOverItem {
        let to = match self.going.get_untracked() {
            Going::To(choice) => Some(EmployeeId(choice.id)),
            Going::Undecided | Going::NoSuccessor => None,
        };
        self.work.with_value(|work| HandOverItem { kind: work.kind, id: work.id, from: work.holder.id, to })
    }
}

/// Whether it can do without someone else.
fn needs_no_successor(work: &StrandedWork) -> bool {
    match work.kind {
        WorkKind::Coordinator => false,
        WorkKind::Supporter | WorkKind::DossierManager => true,
        WorkKind::Task => work.tray.is_some(),
    }
}

/// The pieces of work of one plan.
#[derive(Clone, Copy)]
pub struct Allocation {
    pub(super) form: Form,
    pub(super) pieces: StoredValue<Vec<Piece>>,
    /// Whether all of it has to go.
    pub(super) whole: bool,
    to: Field<Option<Choice>>,
    /// Which piece each item of the plan was about that was made last.
    sent: RwSignal<Vec<usize>>,
}

impl Allocation {
    /// All of this has to go: what can do without a successor does, unless one is named.
    /// What `earlier` says goes where it says.
    pub fn of_all(form: Form, works: Vec<StrandedWork>, earlier: &[(StrandedWork, Going)]) -> Self {
        let begin = |work: &StrandedWork| {
            let same = |(other, _): &&(StrandedWork, Going)| {
                (other.kind, other.id, other.holder.id) == (work.kind, work.id, work.holder.id)
            };
            match earlier.iter().find(same) {
                Some((_, Going::To(choice))) => Going::To(choice.clone()),
                _ if needs_no_successor(work) => Going::NoSuccessor,
                _ => Going::Undecided,
            }
        };
        Self::new(form, works, true, "handOver.successor", begin)
    }

    /// Any of this may go, the rest stays where it is.
    pub fn of_some(form: Form, works: Vec<StrandedWork>) -> Self {
        // Not the name that a dialog over it has: the names of one form's fields are ids in the page.
        Self::new(form, works, false, "handOver.someSuccessor", |_| Going::Undecided)
    }

    fn new(
        form: Form,
        works: Vec<StrandedWork>,
        whole: bool,
        successor: &str,
        begin: impl Fn(&StrandedWork) -> Going,
    ) -> Self {
        let pieces = works
            .into_iter()
            .map(|work| {
                let going = begin(&work);
                Piece::new(work, going)
            })
            .collect();
        // What is wrong with the items is shown here, and not by the form.
        let _items = form.passing_field(ITEMS, String::new());
        Self {
            form,
            pieces: StoredValue::new(pieces),
            whole,
            to: form.passing_field(successor, None),
            sent: RwSignal::new(Vec::new()),
        }
    }

    /// Where each piece goes so far; follows changes.
    pub fn decisions(self) -> Vec<(StrandedWork, Going)> {
        let pieces = self.pieces.get_value();
        pieces.into_iter().map(|piece| (piece.work.get_value(), piece.going.get())).collect()
    }

    /// What was decided.
    pub fn plan(self) -> HandOverPlan {
        let pieces = self.pieces.get_value();
        let decided = |piece: &Piece| self.whole || piece.going.get_untracked() != Going::Undecided;
        let sent: Vec<usize> =
            pieces.iter().enumerate().filter(|(_, piece)| decided(piece)).map(|(at, _)| at).collect();
        let items = sent.iter().filter_map(|at| pieces.get(*at)).map(|piece| piece.to_item()).collect();
        self.sent.set(sent);
        HandOverPlan { items }
    }

    /// What is wrong with where a piece goes.
    pub(super) fn errors_of(self, piece: usize) -> Vec<String> {
        let at = self.sent.with(|sent| sent.iter().position(|sent| *sent == piece));
        at.map(|at| self.form.errors_of(&format!("{ITEMS}[{at}]"))).unwrap_or_default()
    }

    /// What is wrong with the whole.
    pub(super) fn errors(self) -> Vec<String> {
        self.form.errors_at(ITEMS)
    }

    /// Gives what is chosen to the colleague who is named.
    fn give(self) {
        let Some(choice) = self.to.now() else { return self.form.require([self.to.name()]) };
        self.decide(|_| true, &Going::To(choice));
    }

    fn give_up(self) {
        self.decide(needs_no_successor, &Going::NoSuccessor);
    }

    fn decide(self, can: fn(&StrandedWork) -> bool, going: &Going) {
        let chosen: Vec<Piece> =
            self.pieces.get_value().into_iter().filter(|piece| piece.chosen.get_untracked()).collect();
        if chosen.is_empty() {
            let detail = t!(hand_over.choose_first).to_owned();
            let error = FieldError { field: ITEMS.to_owned(), code: FieldCode::Blank, detail };
            return self.form.refuse(vec![error]);
        }
        for piece in chosen {
            // What cannot go there stays chosen.
            if piece.work.with_value(can) {
                piece.going.set(going.clone());
                piece.chosen.set(false);
            }
        }
        self.form.clear_notices();
    }

    /// The work, and above it to whom what is chosen goes.
    pub fn view(self) -> AnyView {
        let root = use_root();
        // Nobody gets their own work, and who orders it never gets it (P4).
        let mut hidden: Vec<_> = self.pieces.with_value(|pieces| {
            pieces.iter().map(|piece| piece.work.with_value(|work| work.holder.id.0)).collect()
        });
        hidden.dedup();
        hidden.extend(untrack(move || root.session.me()).map(|me| me.id.0));
        let hint_id = focus::new_id("hint");
        let counts = live(move || {
            let pieces = self.pieces.get_value();
            let chosen = pieces.iter().filter(|piece| piece.chosen.get()).count();
            let going = pieces.iter().filter(|piece| piece.going.get() != Going::Undecided).count();
            html! {
                <p class="allocation__counts" role="status">
                    <span>{t!(hand_over.chosen, count = chosen)}</span>
                    <span class="faint">{t!(hand_over.going, count = going, total = pieces.len())}</span>
                </p>
            }
        });
        html! {
            <div class="allocation">
                {list::view(self)}
                {counts}
                <div class="inline-form">
                    <ChoiceInput field=self.to search=Search::Employees label=t!(hand_over.give_to) hidden/>
                    <button type="button" class="button" on:click=move |_| self.give()>{t!(hand_over.give)}</button>
                    <button type="button" class="button" aria-describedby=hint_id.clone() on:click=move |_| self.give_up()>
                        {t!(hand_over.nobody)}
                    </button>
                </div>
                <p class="allocation__hint" id=hint_id>{t!(hand_over.nobody_hint)}</p>
            </div>
        }
    }
}
