//! Correcting the order of the steps: real exports place late steps after "Afgehandeld" (C1).

use contract::{CaseType, StepOrder, StepType, StepTypeId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::page::step;
use crate::app::use_root;
use crate::client::case_types;
use crate::i18n::t;
use crate::ui::focus;
use crate::ui::form::{Field, FieldFrame, Form, FormView, SaveButton, Value};
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::rows::{Row, rows};

/// The names of steps in order. Their ids say nothing: every revision has its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Order(Vec<String>);

impl Value for Order {
    /// Of other steps than before: those that stay keep the order they got here, and those that are new come after what
    /// they follow there. Of the same steps in yet another order, a person must choose.
    fn merge(base: &Self, mine: &Self, theirs: &Self) -> Option<Self> {
        if sorted(base) == sorted(theirs) {
            return None;
        }
        let mut merged: Vec<String> = mine.0.iter().filter(|name| theirs.0.contains(name)).cloned().collect();
        for (position, name) in theirs.0.iter().enumerate() {
            if !merged.contains(name) {
                let before = position.checked_sub(1).and_then(|before| theirs.0.get(before));
                let after =
                    merged.iter().position(|known| Some(known) == before).map_or(0, |found| found + 1);
                merged.insert(after, name.clone());
            }
        }
        Some(Self(merged))
    }
}

fn sorted(order: &Order) -> Vec<&String> {
    let mut names: Vec<_> = order.0.iter().collect();
    names.sort_unstable();
    names
}

fn order_of(case_type: &CaseType) -> Order {
    Order(case_type.steps.iter().map(|step| step.name.clone()).collect())
}

/// The steps in this order, by id.
fn ids(order: &Order, mut steps: Vec<StepType>) -> Vec<StepTypeId> {
    let mut take = |name: &String| {
        let position = steps.iter().position(|step| step.name == *name)?;
        Some(steps.remove(position).id)
    };
    order.0.iter().filter_map(&mut take).collect()
}

/// The steps, and for who may a way to put them in another order.
#[component]
pub fn Steps(case_type: RwSignal<CaseType>, administers: bool) -> impl IntoView {
    let root = use_root();
    let id = case_type.with_untracked(|case_type| case_type.id);
    let form = Form::new(format!("step-order:{id}"));
    let order = form.field("stepIds", case_type.with_untracked(order_of));
    form.when_stale(move |current: CaseType| {
        order.rebase(order_of(&current));
        case_type.set(current);
    });
    let correcting = RwSignal::new(order.is_dirty_untracked());
    let opener = StoredValue::new(focus::new_id("correct"));
    let close = move || {
        correcting.set(false);
        focus::to_id(&opener.get_value());
    };
    let save = move |()| {
        let (version, steps) =
            case_type.with_untracked(|case_type| (case_type.version, case_type.steps.clone()));
        form.submit(
            StepOrder { step_ids: ids(&order.now(), steps) },
            |change| case_types::update_step_order(id, version, change),
            move |saved: CaseType| {
                order.saved(order_of(&saved));
                case_type.set(saved);
                root.toasts.done(t!(case_types.order_saved));
                close();
            },
        );
    };
    let cancel = move |_| {
        form.reset();
        close();
    };
    let several = Memo::new(move |_| case_type.with(|case_type| case_type.steps.len() > 1));
    let button = live(move || {
        (administers && several.get() && !correcting.get()).then(|| {
            html! {
                <button type="button" class="button button--small" id=opener.get_value()
                    on:click=move |_| {
                        correcting.set(true);
                        focus::to(format!("#{} button", order.dom_id()));
                    }>
                    {t!(case_types.correct_order)}
                </button>
            }
        })
    });
    let content = live(move || {
        if !correcting.get() {
            let steps = case_type.with(|case_type| case_type.steps.clone());
            return html! { <ol class="steps-overview">{steps.into_iter().map(step).collect_view()}</ol> };
        }
        html! {
            <FormView form on_submit=save class="form panel">
                <FieldFrame field=order label=t!(case_types.order).to_owned() hint=Some(t!(case_types.order_hint).to_owned()) group=true role="group"
                    words=|order: &Order| order.0.join(" → ")>
                    <OrderInput order/>
                </FieldFrame>
                <div class="buttons">
                    <SaveButton form/>
                    <button type="button" class="button" on:click=cancel>{t!(common.cancel)}</button>
                </div>
            </FormView>
        }
    });
    html! {
        <section>
            <div class="section-header">
                <h2>{t!(case_types.steps)}</h2>
                {button}
            </div>
            {content}
        </section>
    }
}

/// Each step with a button to put it one higher and one lower.
#[component]
fn OrderInput(order: Field<Order>) -> impl IntoView {
    let told = RwSignal::new(String::new());
    let steps = Signal::derive(move || {
        let names = order.get().0;
        let several = |position: usize, name: &String| {
            names.iter().take(position).filter(|other| *other == name).count()
        };
        names
            .iter()
            .enumerate()
            .map(|(position, name)| {
                let (name, occurrence) = (name.clone(), several(position, name));
                Row::new(format!("{occurrence} {name}"), move || {
                    html! { <Step order name=name.clone() occurrence told/> }
                })
            })
            .collect()
    });
    html! {
        <ol class="step-order" id=order.dom_id() tabindex="-1">{rows(steps)}</ol>
        <p class="visually-hidden" role="status">{move || told.get()}</p>
    }
}

#[component]
fn Step(order: Field<Order>, name: String, occurrence: usize, told: RwSignal<String>) -> impl IntoView {
    let wanted = StoredValue::new(name.clone());
    let position = move |order: &Order| {
        let same = order.0.iter().enumerate().filter(|(_, name)| wanted.with_value(|wanted| *name == wanted));
        same.map(|(position, _)| position).nth(occurrence)
    };
    let at = Memo::new(move |_| position(&order.get()).unwrap_or_default());
    let last = Memo::new(move |_| order.get().0.len().saturating_sub(1));
    let shift =
        move |button: &str, to: Option<usize>| {
            let (from, Some(to)) = (at.get_untracked(), to.filter(|to| *to <= last.get_untracked())) else {
                return;
            };
            order.update(|order| order.0.swap(from, to));
            let count = last.get_untracked() + 1;
            told.set(wanted.with_value(|name| {
                t!(case_types.moved, name = name.as_str(), position = to + 1, count = count)
            }));
            // What moves in the page loses the keyboard.
            focus::to_id(button);
        };
    let button = |shape: Shape, label: String, edge: Signal<bool>, to: fn(usize) -> Option<usize>| {
        let id = focus::new_id("shift");
        let own = id.clone();
        html! {
            <button type="button" class="icon-button" id=id aria-label=label.clone() title=label
                aria-disabled=move || edge.get().then_some("true")
                on:click=move |_| shift(&own, to(at.get_untracked()))>
                <Icon shape/>
            </button>
        }
    };
    let higher = t!(case_types.higher, name = name.as_str());
    let lower = t!(case_types.lower, name = name.as_str());
    html! {
        <li>
            <span class="step-order__name">{name}</span>
            {button(Shape::Up, higher, Signal::derive(move || at.get() == 0), |at| at.checked_sub(1))}
            {button(Shape::Down, lower, Signal::derive(move || at.get() == last.get()), |at| at.checked_add(1))}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(names: &[&str]) -> Order {
        Order(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn what_was_put_in_order_stays_so_when_steps_come_and_go() {
        let (base, mine) = (order(&["a", "b", "c"]), order(&["c", "a", "b"]));
        assert_eq!(Value::merge(&base, &mine, &order(&["b", "a", "c"])), None);
        assert_eq!(
            Value::merge(&base, &mine, &order(&["n", "a", "m", "c"])),
            Some(order(&["n", "c", "a", "m"]))
        );
    }
}
