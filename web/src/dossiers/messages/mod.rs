//! Messages about a dossier: writing one, those that were sent, and one of them (D6, D8).

mod compose;
mod list;
mod opened;

use contract::DossierId;
use leptos::prelude::*;

use super::parts::open_message;
use crate::client::messages;
use crate::ui::html::{html, live};
use crate::ui::listing::Listing;
use compose::Compose;
use list::{row, sent};
use opened::Opened;

#[component]
pub fn Messages(id: DossierId, may_send: bool) -> impl IntoView {
    let listing =
        Listing::new(move |cursor| messages::list_messages(id, cursor), move |message| row(id, message));
    let message = open_message();
    let opened = live(move || message.get().map(|message| html! { <Opened id message/> }));
    html! {
        {opened}
        {may_send.then(|| html! { <Compose id on_sent=move |()| listing.reload()/> })}
        {sent(listing)}
    }
}
