//! The column of groups.

use contract::GroupSummary;
use leptos::prelude::*;

use crate::client::groups;
use crate::i18n::{t, tn};
use crate::settings::columns::{Changed, Columns};
use crate::shell::NavLink;
use crate::ui::bits::Empty;
use crate::ui::listing::Listing;

#[component]
pub fn GroupsLayout() -> impl IntoView {
    let search = RwSignal::new(String::new());
    let changed = Changed::provide();
    let groups = Listing::new(move |cursor| {
        changed.track();
        groups::list_groups(&search.get(), cursor)
    });
    view! {
        <Columns
            title=t!(groups.title)
            new_href="/instellingen/medewerkersgroepen/nieuw"
            new_label=t!(groups.new)
            search_label=t!(groups.search)
            search
        >
            {groups.view(
                |items| view! { <ul class="nav-list"><For each=move || items.get() key=key children=entry/></ul> },
                || view! { <Empty text=t!(groups.none)/> },
            )}
        </Columns>
    }
    .into_any()
}

fn key(group: &GroupSummary) -> (contract::GroupId, String, u32) {
    (group.id, group.name.clone(), group.member_count)
}

fn entry(group: GroupSummary) -> AnyView {
    let name = StoredValue::new(group.name);
    let text = Signal::derive(move || name.get_value());
    view! {
        <li>
            <NavLink href=format!("/instellingen/medewerkersgroepen/{}", group.id) text/>
            <span class="nav-list__detail">
                {tn!(group.member_count, groups.one_member, groups.members_count)}
                {group.mine.then(|| format!(" · {}", t!(groups.mine)))}
            </span>
        </li>
    }
    .into_any()
}
