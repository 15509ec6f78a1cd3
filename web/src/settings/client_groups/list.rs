//! The column of client groups.

use contract::{ClientGroup, ClientGroupId};
use leptos::prelude::*;

use crate::client::client_groups;
use crate::i18n::t;
use crate::settings::columns::{Changed, Columns};
use crate::shell::NavLink;
use crate::ui::bits::Empty;
use crate::ui::listing::Listing;

#[component]
pub fn ClientGroupsLayout() -> impl IntoView {
    let search = RwSignal::new(String::new());
    let changed = Changed::provide();
    let groups = Listing::new(move |cursor| {
        changed.track();
        client_groups::list_client_groups(&search.get(), cursor)
    });
    view! {
        <Columns
            title=t!(client_groups.title)
            new_href="/instellingen/klantengroepen/nieuw"
            new_label=t!(client_groups.new)
            search_label=t!(client_groups.search)
            search
        >
            {groups.view(
                |items| view! { <ul class="nav-list"><For each=move || items.get() key=key children=entry/></ul> },
                || view! { <Empty text=t!(client_groups.none)/> },
            )}
        </Columns>
    }
    .into_any()
}

fn key(group: &ClientGroup) -> (ClientGroupId, i64) {
    (group.id, group.version)
}

fn entry(group: ClientGroup) -> AnyView {
    let name = StoredValue::new(group.name);
    let text = Signal::derive(move || name.get_value());
    view! {
        <li>
            <NavLink href=format!("/instellingen/klantengroepen/{}", group.id) text/>
            <span class="nav-list__detail">{group.email}</span>
        </li>
    }
    .into_any()
}
