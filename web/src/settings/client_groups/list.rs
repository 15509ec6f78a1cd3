//! The column of client groups.

use contract::{ClientGroup, ClientGroupId, ExportList};
use leptos::prelude::*;

use super::page::{ClientGroupForm, NewClientGroupForm};
use crate::client::client_groups;
use crate::i18n::t;
use crate::pages::{Chosen, Page};
use crate::settings::columns::{Changed, Columns, nothing_chosen};
use crate::shell::NavLink;
use crate::ui::bits::Empty;
use crate::ui::html::html;
use crate::ui::listing::Listing;

#[component]
pub fn ClientGroupsPage(chosen: Memo<Chosen<ClientGroupId>>) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let changed = Changed::provide(search);
    let groups = Listing::new(
        move |cursor| {
            changed.track();
            client_groups::list_client_groups(&search.get(), cursor)
        },
        entry,
    );
    html! {
        <Columns
            title=t!(client_groups.title)
            new=Page::ClientGroups(Chosen::New)
            new_label=t!(client_groups.new)
            search_label=t!(client_groups.search)
            search
            export=ExportList::ClientGroups
            list=groups.view(
                |rows| html! { <ul class="nav-list">{rows}</ul> },
                || html! { <Empty text=t!(client_groups.none)/> },
            )
        >
            {move || match chosen.get() {
                Chosen::Nothing => nothing_chosen(),
                Chosen::New => html! { <NewClientGroupForm/> },
                Chosen::One(id) => html! { <ClientGroupForm id/> },
            }}
        </Columns>
    }
}

fn entry(group: ClientGroup) -> AnyView {
    let name = StoredValue::new(group.name);
    let text = Signal::derive(move || name.get_value());
    html! {
        <li>
            <NavLink page=Page::ClientGroups(Chosen::One(group.id)) text/>
            <span class="nav-list__detail">{group.email}</span>
        </li>
    }
}
