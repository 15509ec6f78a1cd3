//! Where one is signed in, and signing out there (S7).

use contract::{Device, OpenSession, Page, SessionsEnded};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::{Root, use_root};
use crate::client::me;
use crate::i18n::{dates, t, tn};
use crate::ui::bits::{Badge, Column, Table, Tone};
use crate::ui::dialog::Dialog;
use crate::ui::form::{Form, FormView, SaveButton};
use crate::ui::html::{html, live};
use crate::ui::remote::Remote;
use crate::ui::rows::{Row, rows};

type Open = Page<OpenSession>;

#[component]
pub fn Sessions(remote: Remote<Open>) -> impl IntoView {
    let list = remote.view(move |sessions| html! { <List sessions remote/> });
    html! {
        <section class="panel" aria-labelledby="sessions-heading">
            <h2 id="sessions-heading">{t!(preferences.sessions)}</h2>
            <p class="faint">{t!(preferences.sessions_text)}</p>
            {list}
        </section>
    }
}

#[component]
fn List(sessions: RwSignal<Open>, remote: Remote<Open>) -> impl IntoView {
    let root = use_root();
    let shown = Signal::derive(move || {
        let mut sessions = sessions.get().items;
        sessions.sort_by_key(|session| (!session.current, std::cmp::Reverse(session.last_used_at)));
        sessions.into_iter().map(|session| row(root, session, remote)).collect()
    });
    let alone =
        Memo::new(move |_| sessions.with(|sessions| sessions.items.iter().all(|session| session.current)));
    let others = live(move || {
        if alone.get() {
            html! { <p>{t!(preferences.nowhere_else)}</p> }
        } else {
            html! { <EndOthers remote/> }
        }
    });
    html! {
        <Table label=t!(preferences.sessions) head=vec![
            Column::new(t!(preferences.device)),
            Column::new(t!(preferences.address)),
            Column::new(t!(preferences.last_used)),
            Column::unseen(t!(preferences.session_actions)),
        ]>
            {rows(shown)}
        </Table>
        {others}
    }
}

fn row(root: Root, session: OpenSession, remote: Remote<Open>) -> Row {
    let used = dates::lately(session.last_used_at);
    let key = format!("{} {} {used}", session.id, session.current);
    Row::new(key, move || {
        let (id, device) = (session.id, device(&session.device));
        let action = if session.current {
            html! { <Badge text=t!(preferences.this_device) tone=Tone::Good/> }
        } else {
            let label = t!(preferences.end_on, device = device.as_str());
            let ended = t!(preferences.ended_on, device = device.as_str());
            let busy = RwSignal::new(false);
            let end = move |_| {
                if busy.get_untracked() {
                    return;
                }
                busy.set(true);
                let ended = ended.clone();
                spawn_local(async move {
                    match root.api().send(me::end_session(id)).await {
                        // One that is over already is what was asked for.
                        Err(failure) if !failure.is_not_found() => root.toasts.problem(failure.detail()),
                        _ => root.toasts.done(ended),
                    }
                    busy.try_set(false);
                    remote.refresh();
                });
            };
            html! {
                <button type="button" class="button button--small" aria-label=label
                    aria-disabled=move || busy.get().then_some("true") on:click=end>
                    {t!(preferences.end)}
                </button>
            }
        };
        html! {
            <tr>
                <th scope="row">
                    {device}
                    <span class="cell-detail">{t!(preferences.since, when = dates::moment(session.created_at))}</span>
                </th>
                <td class="number">{session.address.clone()}</td>
                <td>{used.clone()}</td>
                <td class="cell-actions">{action}</td>
            </tr>
        }
    })
}

/// "Firefox op Windows", as far as it is known.
fn device(device: &Device) -> String {
    match (device.browser.as_deref(), device.system.as_deref()) {
        (Some(browser), Some(system)) => t!(preferences.device_is, browser = browser, system = system),
        (Some(browser), None) => browser.to_owned(),
        (None, Some(system)) => t!(preferences.browser_unknown, system = system),
        (None, None) => t!(preferences.device_unknown).to_owned(),
    }
}

#[component]
fn EndOthers(remote: Remote<Open>) -> impl IntoView {
    let root = use_root();
    let open = RwSignal::new(false);
    let form = Form::new("");
    let submit = move |()| {
        form.send(me::end_other_sessions(), move |done: SessionsEnded| {
            open.set(false);
            root.toasts.done(tn!(done.ended, preferences.one_other_ended, preferences.others_ended));
            remote.refresh();
        });
    };
    html! {
        <div class="buttons">
            <button type="button" class="button" on:click=move |_| open.set(true)>{t!(preferences.end_others)}</button>
        </div>
        <Dialog open on_close=move |()| open.set(false) title=t!(preferences.end_others)>
            <FormView form on_submit=submit class="form">
                <p>{t!(preferences.end_others_text)}</p>
                <div class="buttons buttons--end">
                    <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                    <SaveButton form label=t!(preferences.end_others)/>
                </div>
            </FormView>
        </Dialog>
    }
}
