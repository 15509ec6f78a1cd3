//! One message, as the link in its mail opens it.

use contract::{DossierId, Message, MessageId};
use leptos::prelude::*;

use super::list::{mail, to_whom};
use crate::client::messages;
use crate::dossiers::parts::Part;
use crate::i18n::{dates, t};
use crate::ui::bits::{Fact, Prose};
use crate::ui::focus;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::remote::Remote;

#[component]
pub fn Opened(id: DossierId, message: MessageId) -> impl IntoView {
    let remote = Remote::new(move || messages::find_message(id, message));
    let content = remote.view(|message: RwSignal<Message>| {
        let heading = focus::new_id("message");
        // It came above what one was reading.
        focus::to_id(&heading);
        let said = live(move || {
            let message = message.get();
            let mailed =
                message.mailed_at.map(|at| html! { " " <span class="faint">{dates::moment(at)}</span> });
            html! {
                <dl class="facts facts--row">
                    <Fact term=t!(messages.at)>{dates::moment(message.at)}</Fact>
                    <Fact term=t!(messages.recipient)>{to_whom(&message.recipient)}</Fact>
                    <Fact term=t!(messages.mail)>{mail(message.mail)} {mailed}</Fact>
                </dl>
                <Prose text=message.text/>
            }
        });
        let title = move || message.with(|message| t!(messages.from, name = message.author.name.as_str()));
        html! { <h2 id=heading tabindex="-1">{title}</h2> {said} }
    });
    html! {
        <section class="panel message" aria-label=t!(messages.message)>
            {content}
            <p>
                <a class="with-icon" href=Part::Messages.address(id)>
                    <Icon shape=Shape::Close/>
                    {t!(messages.close)}
                </a>
            </p>
        </section>
    }
}
