//! Deleting a group: what hangs on it moves to another, seen and confirmed first (G6).

use contract::validation::FieldCode;
use contract::{
    FieldError, Group, GroupDeleted, GroupDeletion, GroupDeletionPreview, GroupId, GroupInventory,
    HandOverPlan,
};
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::{Call, groups};
use crate::consequences::{dossiers, effects, outdated};
use crate::hand_over::HandOverDialog;
use crate::i18n::{t, tn};
use crate::pages::{Chosen, Page};
use crate::settings::columns::Changed;
use crate::shell::use_go;
use crate::ui::choice::Choice;
use crate::ui::combobox::Search;
use crate::ui::dialog::Dialog;
use crate::ui::form::{CheckBox, ChoiceInput, Field, Form, FormView, SaveButton, TextInput};
use crate::ui::html::{html, live};
use crate::ui::remote::Remote;
use crate::ui::watch::watch;

/// The button, and the dialog it opens.
#[component]
pub fn DeleteGroup(group: RwSignal<Group>) -> impl IntoView {
    let open = RwSignal::new(false);
    let (id, name) = group.with_untracked(|group| (group.id, group.name.clone()));
    let title = t!(group_deletion.title, name = name.as_str());
    let name = StoredValue::new(name);
    html! {
        <div class="danger-zone">
            <button type="button" class="button button--danger-quiet" on:click=move |_| open.set(true)>
                {t!(group_deletion.button)}
            </button>
        </div>
        <Dialog open on_close=move |()| open.set(false) title wide=true>
            {
                let remote = Remote::new(move || groups::find_inventory(id));
                remote.view(move |inventory| {
                    html! { <DeletionForm id name=name.get_value() inventory=inventory.get_untracked() open/> }
                })
            }
        </Dialog>
    }
}

fn count_of(inventory: &GroupInventory) -> AnyView {
    let GroupInventory { members, allow_rules, deny_rules, case_types, tray_tasks, held_tasks } = *inventory;
    let line = |count: u32, text: String| (count > 0).then(|| html! { <li>{text}</li> });
    html! {
        <ul class="inventory">
            {line(members, tn!(members, group_deletion.member, group_deletion.members))}
            {line(allow_rules, tn!(allow_rules, group_deletion.allow_rule, group_deletion.allow_rules))}
            {line(deny_rules, tn!(deny_rules, group_deletion.deny_rule, group_deletion.deny_rules))}
            {line(case_types, tn!(case_types, group_deletion.case_type, group_deletion.case_types))}
            {line(tray_tasks, tn!(tray_tasks, group_deletion.tray_task, group_deletion.tray_tasks))}
            {line(held_tasks, tn!(held_tasks, group_deletion.held_task, group_deletion.held_tasks))}
        </ul>
    }
}

#[component]
fn DeletionForm(id: GroupId, name: String, inventory: GroupInventory, open: RwSignal<bool>) -> impl IntoView {
    let root = use_root();
    let go = use_go();
    let changed = Changed::from_context();
    let form = Form::new("");
    let target = form.passing_field("targetId", None::<Choice>);
    let along = form.passing_field("moveMembers", false);
    let typed = form.passing_field("name", String::new());
    let digest = RwSignal::new(None::<String>);
    let bare = inventory.is_empty();
    let visiting = untrack(move || root.session.me()).is_some_and(|me| me.support.is_some());
    let name = StoredValue::new(name);
    let order = move |hand_over: HandOverPlan| GroupDeletion {
        target_id: target.now().map(|choice: Choice| GroupId(choice.id)),
        move_members: along.now(),
        hand_over,
        preview: digest.get_untracked(),
    };
    let submit = move |hand_over: HandOverPlan| {
        if !bare {
            let (said, meant) = (typed.now().trim().to_lowercase(), name.get_value().trim().to_lowercase());
            let missing =
                [(target.now().is_none()).then(|| target.name()), said.is_empty().then(|| typed.name())];
            let missing: Vec<String> = missing.into_iter().flatten().collect();
            if !missing.is_empty() {
                return form.require(missing);
            }
            if said != meant {
                let detail = t!(group_deletion.another_name).to_owned();
                let code = FieldCode::Contradiction;
                return form.refuse(vec![FieldError { field: typed.name(), code, detail }]);
            }
        }
        form.submit(
            order(hand_over),
            |order| groups::delete_group(id, order),
            move |_: GroupDeleted| {
                let name = name.get_value();
                root.toasts.done(t!(group_deletion.done, name = name.as_str()));
                open.set(false);
                if let Some(changed) = changed {
                    changed.note();
                }
                go.to(Page::Groups(Chosen::Nothing));
            },
        );
    };
    let fields = (!bare).then(|| {
        let name = name.get_value();
        let confirm = t!(group_deletion.type_name, name = name.as_str());
        html! {
            <p>{t!(group_deletion.hangs)}</p>
            {count_of(&inventory)}
            <ChoiceInput field=target search=Search::Groups label=t!(group_deletion.target) hint=t!(group_deletion.target_hint)/>
            // Whoever comes to help makes no memberships (P3).
            {(!visiting).then(|| html! { <CheckBox field=along label=t!(group_deletion.along)/> })}
            {shown(form, id, target, along, digest)}
            <TextInput field=typed label=confirm required=true/>
        }
    });
    html! {
        <FormView form on_submit=move |()| submit(HandOverPlan::default()) class="form form--wide">
            {bare.then(|| html! { <p>{t!(group_deletion.bare)}</p> })}
            {fields}
            <div class="buttons buttons--end">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                <SaveButton form danger=true label=t!(group_deletion.button)/>
            </div>
        </FormView>
        <HandOverDialog form on_plan=submit/>
    }
}

/// What the move does, once a target is chosen.
fn shown(
    form: Form,
    id: GroupId,
    target: Field<Option<Choice>>,
    along: Field<bool>,
    digest: RwSignal<Option<String>>,
) -> AnyView {
    live(move || {
        form.looking().set(false);
        let to = target.get().map(|choice: Choice| GroupId(choice.id)).filter(|to| *to != id)?;
        let ask = move |employee| -> Call<GroupDeletionPreview> {
            let order = GroupDeletion {
                target_id: Some(to),
                move_members: along.get(),
                hand_over: HandOverPlan::default(),
                preview: None,
            };
            groups::preview_deletion(id, employee, &order)
        };
        let remote = Remote::new(move || {
            digest.set(None);
            form.looking().set(true);
            ask(None)
        });
        watch(move || {
            if outdated(form) {
                remote.refresh();
            }
        });
        let content = remote.view(move |preview: RwSignal<GroupDeletionPreview>| {
            watch(move || {
                digest.set(Some(preview.with(|preview| preview.change.digest.clone())));
                form.looking().set(false);
            });
            let conflicts = live(move || {
                let (count, numbers) = preview.with(|preview| {
                    let numbers: Vec<String> =
                        preview.conflicting_dossiers.iter().map(|conflict| conflict.number.clone()).collect();
                    (preview.conflicts, numbers.join(", "))
                });
                (count > 0).then(|| {
                    html! {
                        <p>
                            {tn!(count, group_deletion.conflict, group_deletion.conflicts)}
                            " "
                            <span class="faint">{numbers}</span>
                        </p>
                    }
                })
            });
            let change = Signal::derive(move || preview.with(|preview| preview.change.clone()));
            html! {
                {effects(change, move |employee| {
                    let remote = Remote::new(move || ask(Some(employee)));
                    remote.view(|preview: RwSignal<GroupDeletionPreview>| {
                        live(move || dossiers(preview.get().change))
                    })
                })}
                {conflicts}
            }
        });
        Some(html! {
            <section class="consequences" aria-labelledby="consequences-heading">
                <h3 id="consequences-heading">{t!(consequences.title)}</h3>
                <div aria-live="polite">{content}</div>
            </section>
        })
    })
}
