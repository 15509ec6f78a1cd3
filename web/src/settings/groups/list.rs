//! The column of groups.

use contract::{ExportList, GroupId, GroupSummary};
use leptos::prelude::*;

use super::page::{GroupForm, NewGroupForm};
use crate::client::groups;
use crate::i18n::{t, tn};
use crate::pages::{Chosen, Page};
use crate::settings::columns::{Changed, Columns, nothing_chosen};
use crate::shell::NavLink;
use crate::ui::bits::Empty;
use crate::ui::html::html;
use crate::ui::listing::Listing;

#[component]
pub fn GroupsPage(chosen: Memo<Chosen<GroupId>>) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let changed = Changed::provide(search);
    let groups = Listing::new(
        move |cursor| {
            changed.track();
            groups::list_groups(&search.get(), cursor)
        },
        entry,
    );
    html! {
        <Columns
            title=t!(groups.title)
            new=Page::Groups(Chosen::New)
            new_label=t!(groups.new)
            search_label=t!(groups.search)
            search
            export=ExportList::Groups
            list=groups.view(
                |rows| html! { <ul class="nav-list">{rows}</ul> },
                || html! { <Empty text=t!(groups.none)/> },
            )
        >
            {move || match chosen.get() {
                Chosen::Nothing => nothing_chosen(),
                Chosen::New => html! { <NewGroupForm/> },
                Chosen::One(id) => html! { <GroupForm id/> },
            }}
        </Columns>
    }
}

fn entry(group: GroupSummary) -> AnyView {
    let name = StoredValue::new(group.name);
    let text = Signal::derive(move || name.get_value());
    html! {
        <li>
            <NavLink page=Page::Groups(Chosen::One(group.id)) text/>
            <span class="nav-list__detail">
                {tn!(group.member_count, groups.one_member, groups.members_count)}
                {group.mine.then(|| format!(" · {}", t!(groups.mine)))}
            </span>
        </li>
    }
}
