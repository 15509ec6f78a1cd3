//! The messages that were sent.

use contract::{DossierId, MailState, Message, SentTo};
use leptos::prelude::*;

use crate::dossiers::parts::message_address;
use crate::i18n::{dates, t, words};
use crate::ui::bits::{Badge, Column, Empty, Table, Tone};
use crate::ui::html::html;
use crate::ui::listing::Listing;

/// How much of a message the list shows, in characters.
const BEGINNING: usize = 90;

pub fn sent(listing: Listing) -> AnyView {
    let list = listing.view(
        |rows| {
            html! {
                <Table label=t!(messages.sent) head=vec![
                    Column::new(t!(messages.at)),
                    Column::new(t!(messages.message)),
                    Column::new(t!(messages.author)),
                    Column::new(t!(messages.recipient)),
                    Column::new(t!(messages.mail)),
                ]>
                    {rows}
                </Table>
            }
        },
        || html! { <Empty text=t!(messages.none)/> },
    );
    html! {
        <section aria-labelledby="sent-heading">
            <div class="section-header"><h2 id="sent-heading">{t!(messages.sent)}</h2></div>
            {list}
        </section>
    }
}

pub fn row(id: DossierId, message: Message) -> AnyView {
    html! {
        <tr>
            <td class="nowrap">{dates::moment(message.at)}</td>
            <th scope="row"><a href=message_address(id, message.id)>{beginning(&message.text)}</a></th>
            <td>{message.author.name}</td>
            <td>{message.recipient.name} <span class="cell-detail">{words::recipient_kind(message.recipient.kind)}</span></td>
            <td>{mail(message.mail)}</td>
        </tr>
    }
}

/// What became of the mail.
pub fn mail(state: MailState) -> AnyView {
    let tone = match state {
        MailState::Queued => Tone::Neutral,
        MailState::Sent => Tone::Good,
        MailState::Failed => Tone::Bad,
        MailState::Cancelled => Tone::Attention,
    };
    html! { <Badge text=words::mail_state(state) tone/> }
}

/// "Jan de Vries, dossierbeheerder (j.devries@…)".
pub fn to_whom(to: &SentTo) -> String {
    let kind = words::recipient_kind(to.kind);
    t!(messages.to_whom, name = to.name.as_str(), kind = kind, address = to.address.as_str())
}

fn beginning(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= BEGINNING && line.len() == text.trim_end().len() {
        return line.to_owned();
    }
    let mut shown: String = line.chars().take(BEGINNING).collect();
    if shown.len() < line.len()
        && let Some((words, _)) = shown.rsplit_once(' ')
    {
        shown = words.to_owned();
    }
    format!("{}…", shown.trim_end_matches(|last: char| last.is_whitespace() || ".,;:".contains(last)))
}

#[cfg(test)]
mod tests {
    use super::beginning;

    #[test]
    fn a_message_is_told_from_its_first_words() {
        let long = "woord ".repeat(40);
        for (text, shown) in [
            ("Graag terugbellen.", "Graag terugbellen.".to_owned()),
            ("Graag terugbellen.\n", "Graag terugbellen.".to_owned()),
            ("De keuring is gepland.\n\nDinsdag.", "De keuring is gepland…".to_owned()),
            (long.as_str(), format!("{}…", "woord ".repeat(15).trim_end())),
        ] {
            assert_eq!(beginning(text), shown);
        }
    }
}
