//! Colleagues who cannot get in, for who can help them (S3).

use contract::LockedAccount;
use leptos::prelude::*;

use super::lists::stay_fresh;
use crate::client::employees;
use crate::i18n::{t, tn};
use crate::pages::Page;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::listing::Listing;

/// How many there are, with a link to them; nothing when there are none.
#[component]
pub fn Locked() -> impl IntoView {
    let accounts = Listing::new(employees::list_locked_accounts, |_: LockedAccount| ().into_any());
    stay_fresh(accounts);
    let known = Memo::new(move |_| (accounts.len(), accounts.has_more()));
    let notice = live(move || {
        let (count, more) = known.get();
        let text = if more {
            t!(home.more_locked, count = count)
        } else {
            tn!(count, home.one_locked, home.many_locked)
        };
        (count > 0).then(|| {
            html! {
                <div class="notice notice--warning">
                    <Icon shape=Shape::Lock/>
                    <p>{text}</p>
                    <a href=Page::Employees.to_string()>{t!(home.see_locked)}</a>
                </div>
            }
        })
    });
    html! { <div class="notices">{notice}</div> }
}
