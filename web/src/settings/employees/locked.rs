//! Accounts that are locked, before all others: whoever manages accounts lets them in again with one click (S3).

use contract::LockedAccount;
use leptos::prelude::*;

use super::reactivate::ReactivateButton;
use crate::client::employees;
use crate::i18n::{dates, t};
use crate::pages::{EmployeePart, Page};
use crate::ui::bits::{Badge, Column, Table, Tone};
use crate::ui::focus;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::listing::Listing;

/// There only when there are any. `then` runs when one of them is active again.
#[component]
pub fn LockedAccounts(#[prop(into)] then: Callback<()>) -> impl IntoView {
    // The rows on screen whose account is not active again.
    let waiting = RwSignal::new(0_usize);
    let accounts = Listing::new(employees::list_locked_accounts, move |account| row(account, waiting, then));
    let there = accounts.has_something();
    live(move || {
        there.get().then(|| {
            html! {
                <section class="locked" aria-labelledby="locked-heading">
                    <div class="section-header">
                        <h2 id="locked-heading">
                            {t!(employees.locked)} " "
                            <span class="count">
                                {move || format!("{}{}", waiting.get(), if accounts.has_more() { "+" } else { "" })}
                            </span>
                        </h2>
                    </div>
                    {accounts.view(
                        |rows| html! {
                            <Table label=t!(employees.locked) head=vec![
                                Column::new(t!(employees.name)),
                                Column::new(t!(employees.email)),
                                Column::new(t!(employees.locked_since)),
                                Column::new(t!(employees.locked_from)),
                                Column::unseen(t!(employees.actions)),
                            ]>
                                {rows}
                            </Table>
                        },
                        || ().into_any(),
                    )}
                </section>
            }
        })
    })
}

fn row(account: LockedAccount, waiting: RwSignal<usize>, changed: Callback<()>) -> AnyView {
    let LockedAccount { employee, username, email, locked_at, locked_from, locked_from_there } = account;
    // Many from one place is somebody who guesses, and no colleague who forgot.
    let many = (locked_from_there > 1).then(|| {
        html! { <Badge text=t!(employees.from_there, count = locked_from_there) tone=Tone::Attention/> }
    });
    // What was done stays in sight until the list is loaded anew.
    let active = RwSignal::new(false);
    waiting.update(|waiting| *waiting += 1);
    let one_less = move || {
        waiting.try_update(|waiting| *waiting = waiting.saturating_sub(1));
    };
    on_cleanup(move || {
        if active.try_get_untracked() == Some(false) {
            one_less();
        }
    });
    let name = StoredValue::new(employee.name.clone());
    let done = StoredValue::new(focus::new_id("active"));
    let then = move |_| {
        active.set(true);
        one_less();
        // In the place of the button that had the keyboard.
        focus::to_id(&done.get_value());
        changed.run(());
    };
    let action = live(move || {
        if active.get() {
            html! {
                <span id=done.get_value() class="with-icon good" tabindex="-1">
                    <Icon shape=Shape::Check/>
                    {t!(employees.active_again)}
                </span>
            }
        } else {
            html! { <ReactivateButton id=employee.id name=name.get_value() small=true then/> }
        }
    });
    html! {
        <tr>
            <th scope="row">
                <a href=Page::Employee(employee.id, EmployeePart::Account).to_string()>{employee.name}</a>
                <span class="cell-detail">{username}</span>
            </th>
            <td>{email}</td>
            <td>
                <span>
                    <time datetime=locked_at.to_rfc3339()>{dates::moment(locked_at)}</time>
                    <span class="cell-detail">{dates::since(locked_at)}</span>
                </span>
            </td>
            <td><span class="locked__from"><span>{locked_from}</span> {many}</span></td>
            <td class="cell-actions">{action}</td>
        </tr>
    }
}
