//! The form of one group, beside the column of groups.

use contract::{Group, GroupChange, GroupId, HandOverPlan, NewGroup};
use leptos::prelude::*;

use super::deletion::DeleteGroup;
use super::form::{GroupFacts, GroupFields};
use crate::app::use_root;
use crate::client::groups;
use crate::consequences::Consequences;
use crate::hand_over::HandOverDialog;
use crate::i18n::t;
use crate::pages::{Chosen, Page};
use crate::settings::columns::Changed;
use crate::shell::use_go;
use crate::ui::form::{Form, FormView, SaveButton};
use crate::ui::html::html;
use crate::ui::page::DetailHeading;
use crate::ui::remote::Remote;

#[component]
pub fn NewGroupForm() -> impl IntoView {
    let root = use_root();
    let changed = Changed::from_context();
    let go = use_go();
    let form = Form::new("group:new");
    let fields = GroupFields::new(form, None);
    let submit = move |()| {
        let Some(reminder_hours) = fields.reminder_hours() else { return };
        let new = NewGroup {
            name: fields.name.now(),
            member_ids: fields.member_ids(),
            work_agreements: fields.work_agreements.now(),
            reminder_hours,
        };
        form.submit(new, groups::create_group, move |group: Group| {
            root.toasts.done(t!(groups.saved, name = group.name.as_str()));
            for warning in group.warnings {
                root.toasts.warn(warning.detail);
            }
            if let Some(changed) = changed {
                changed.note_new();
            }
            go.to(Page::Groups(Chosen::One(group.id)));
        });
    };
    html! {
        <DetailHeading text=t!(groups.new).to_owned()/>
        <FormView form on_submit=submit class="form">
            {fields.view()}
            <div class="buttons"><SaveButton form/></div>
        </FormView>
    }
}

#[component]
pub fn GroupForm(id: GroupId) -> impl IntoView {
    let remote = Remote::new(move || groups::find_group(id));
    remote.detail(|group| html! { <GroupDetail group/> })
}

#[component]
fn GroupDetail(group: RwSignal<Group>) -> impl IntoView {
    let session = use_root().session;
    let administers = Memo::new(move |_| session.me().is_some_and(|me| me.may.administer));
    let may_delete =
        Memo::new(move |_| session.me().is_some_and(|me| me.may.administer || me.may.manage_accounts));
    let name = move || group.with(|group| group.name.clone());
    html! {
        <DetailHeading text=Signal::derive(name)/>
        {move || {
            if administers.get() {
                html! { <KnownGroup group/> }
            } else {
                html! { <GroupFacts group=group.get()/> }
            }
        }}
        {move || may_delete.get().then(|| html! { <DeleteGroup group/> })}
    }
}

#[component]
fn KnownGroup(group: RwSignal<Group>) -> impl IntoView {
    let root = use_root();
    let changed = Changed::from_context();
    let start = group.get_untracked();
    let id = start.id;
    let form = Form::new(format!("group:{id}"));
    let fields = GroupFields::new(form, Some(&start));
    form.when_stale(move |current: Group| {
        fields.rebase(&current);
        group.set(current);
    });
    let consequences = Consequences::new(
        form,
        move || fields.moves_members(),
        move |of| {
            // As it is, but for the members: nothing else of a group decides who sees what.
            let group = group.get();
            let change = GroupChange {
                name: group.name,
                member_ids: fields.following_member_ids(),
                work_agreements: group.work_agreements,
                reminder_hours: group.reminder_hours,
                hand_over: HandOverPlan::default(),
                preview: None,
            };
            groups::preview_group(id, group.version, of, &change)
        },
    );
    let save = move |hand_over: HandOverPlan| {
        let Some(reminder_hours) = fields.reminder_hours() else { return };
        let preview = consequences.digest();
        let change = GroupChange {
            name: fields.name.now(),
            member_ids: fields.member_ids(),
            work_agreements: fields.work_agreements.now(),
            reminder_hours,
            hand_over,
            preview,
        };
        let version = group.with_untracked(|group| group.version);
        form.submit(
            change,
            |change| groups::update_group(id, version, change),
            move |saved: Group| {
                fields.saved(&saved);
                root.toasts.done(t!(groups.saved, name = saved.name.as_str()));
                for warning in &saved.warnings {
                    root.toasts.warn(warning.detail.clone());
                }
                group.set(saved);
                if let Some(changed) = changed {
                    changed.note();
                }
            },
        );
    };
    html! {
        <FormView form on_submit=move |()| save(HandOverPlan::default()) class="form">
            {fields.view()}
            {consequences.view()}
            <div class="buttons"><SaveButton form/></div>
        </FormView>
        <HandOverDialog form on_plan=save/>
    }
}
