//! Who of the platform's helpdesk came to this office, why and for how long (P3).

use contract::SupportSession;
use leptos::prelude::*;

use crate::client::support;
use crate::i18n::{dates, t};
use crate::ui::bits::{Badge, Column, Empty, Table, Tone};
use crate::ui::html::html;
use crate::ui::listing::Listing;

#[component]
pub fn Sessions() -> impl IntoView {
    let sessions = Listing::new(support::list_support_sessions, row);
    html! {
        <section aria-labelledby="sessions-heading">
            <div class="section-header">
                <h2 id="sessions-heading">{t!(support.list)}</h2>
            </div>
            <p class="faint lead">{t!(support.list_text)}</p>
            {sessions.view(
                |rows| html! {
                    <Table label=t!(support.list) head=vec![
                        Column::new(t!(support.who)),
                        Column::new(t!(support.reason)),
                        Column::new(t!(support.since)),
                        Column::new(t!(support.until)),
                    ]>
                        {rows}
                    </Table>
                },
                || html! { <Empty text=t!(support.none)/> },
            )}
        </section>
    }
}

fn row(session: SupportSession) -> AnyView {
    let until = session.ended_at.map_or_else(
        || html! { <Badge text=t!(support.now) tone=Tone::Attention/> },
        |at| html! { <span class="nowrap">{dates::moment(at)}</span> },
    );
    html! {
        <tr>
            <th scope="row">
                {session.employee.name}
                <span class="cell-detail">{session.helpdesk.name}</span>
            </th>
            <td>{session.reason}</td>
            <td><span class="nowrap">{dates::moment(session.started_at)}</span></td>
            <td>{until}</td>
        </tr>
    }
}
